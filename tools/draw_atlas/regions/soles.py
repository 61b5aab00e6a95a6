"""The plate of the soles: the patient's left foot, x to the patient's left, toes upward.

The ball follows the five metatarsal heads, the toes the crease in front of it, the long arch
the inner edge of the plantar aponeurosis and the heel the end of its fat pad.
"""

LINES = {
    "heel": "25,44 50,50 80,57 104,54 140,42",
    "ball-back": "25,-44 55,-47 80,-47 102,-42 122,-30 160,-14",
    "toe-bases": "30,-98 62,-98 82,-103 98,-102 114,-95 130,-84 144,-73 170,-64",
    "ball-inner": "87,-104 91,-86 89,-66 83,-46",
    "ball-outer": "128,-86 126,-66 124,-48 119,-31",
    "arch-inner": "80,-48 74,-20 70,10 69,35 70,56",
    "arch-outer": "119,-32 107,0 99,25 93,57",
    "great-toe": "102,-160 99,-138 95,-122 91,-110 88,-101",
}

NAMES = {
    "heel": "80,80",
    "medial-arch": "58,0",
    "midsole": "86,10",
    "lateral-sole": "118,0",
    "ball-of-foot-medial": "70,-75",
    "ball-of-foot-central": "107,-68",
    "ball-of-foot-lateral": "137,-50",
    "great-toe-plantar": "82,-125",
    "lesser-toes-plantar": "112,-122",
}
