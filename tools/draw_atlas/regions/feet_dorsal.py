"""The plate of the feet from above: the patient's left foot, x to the patient's left, toes down.

The two malleoli and the heel stand behind the ankle, the tops of the metatarsals are shared
between the second and the third, and the toes begin over their joints.
"""

LINES = {
    "heel": "30,-66 50,-60 75,-58 98,-62 125,-74",
    "ankle-inner": "30,-12 46,-16 57,-28 60,-44 58,-62",
    "ankle-outer": "97,-64 97,-48 103,-36 113,-30 140,-28",
    "below-ankle": "30,2 50,4 80,8 104,2 116,-14 122,-32",
    "outer-border": "119,-22 126,2 134,28 139,50 141,70",
    "third-ray": "89,5 95,30 101,55 106,90",
    "toe-bases": "35,70 58,74 76,80 90,90 106,92 120,86 133,76 144,67 170,60",
    "great-toe": "93,88 96,106 100,128 103,160",
}

NAMES = {
    "heel": "72,-85",
    "medial-ankle": "50,-38",
    "lateral-ankle": "108,-48",
    "anterior-ankle": "80,-20",
    "dorsum-foot-medial": "72,45",
    "dorsum-foot-lateral": "118,50",
    "lateral-sole": "136,15",
    "great-toe-dorsal": "82,115",
    "lesser-toes-dorsal": "115,110",
}
