"""What a person calls the further facts of a needle."""

from bodymap.chart.needling import Handle, Manipulation, Sensation

HANDLE_WORDS = {
    Handle.PLASTIC: "Plastic",
    Handle.STEEL: "Steel",
    Handle.COPPER: "Copper",
    Handle.SILVER: "Silver",
}
MANIPULATION_WORDS = {
    Manipulation.PISTONING: "Pistoning",
    Manipulation.WINDING: "Winding",
    Manipulation.IN_PLACE: "Left in",
}
SENSATION_WORDS = {
    Sensation.DULL_ACHE: "Dull ache",
    Sensation.CRAMP: "Cramp",
    Sensation.SHARP: "Sharp",
    Sensation.ELECTRIC: "Electric",
    Sensation.NONE: "Nothing",
}
