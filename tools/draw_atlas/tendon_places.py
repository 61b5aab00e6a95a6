"""Where long muscles of forearm, thigh and leg are tendon, in what was not measured.

A muscle of the forearm is tendon from some way above the wrist, one of the leg from some way
above the ankle; quadriceps is tendon from above the patella down to the tibia. In the views of
the feet alone nothing of a leg muscle is flesh.
"""

from shapely import box
from shapely.geometry.base import BaseGeometry

_FAR = 5000.0
_WRIST_V, _ANKLE_V = 852.0, 1640.0
_FLESH_ENDS_ABOVE_MM = {"wrist": 48.0, "ankle": 95.0}
_SURELY_ABOVE_MM = 18.0

_FOREARM = frozenset(
    {
        "abductor-pollicis-longus", "brachioradialis", "extensor-carpi-radialis-brevis",
        "extensor-carpi-radialis-longus", "extensor-carpi-ulnaris", "extensor-digiti-minimi",
        "extensor-digitorum", "extensor-indicis", "extensor-pollicis-brevis",
        "extensor-pollicis-longus", "flexor-carpi-radialis", "flexor-carpi-ulnaris",
        "flexor-digitorum-profundus", "flexor-digitorum-superficialis-humero-ulnar-head",
        "flexor-digitorum-superficialis-radial-head", "flexor-pollicis-longus", "palmaris-longus",
    }
)  # fmt: skip
_LEG = frozenset(
    {
        "extensor-digitorum-longus", "extensor-hallucis-longus", "fibularis-brevis",
        "fibularis-longus", "fibularis-tertius", "flexor-digitorum-longus",
        "flexor-hallucis-longus", "plantaris", "tibialis-anterior", "tibialis-posterior",
    }
)  # fmt: skip
_QUADRICEPS_FLESH_ENDS_V = {
    "rectus-femoris": 1228.0,
    "vastus-intermedius": 1238.0,
    "vastus-lateralis": 1268.0,
    "vastus-medialis": 1272.0,
}


def tendon_place(view: str, structure: str, *, is_measured: bool) -> BaseGeometry | None:
    """Say where a muscle is tendon, if it is one of the long ones.

    Args:
        view: The view.
        structure: The muscle.
        is_measured: Where the tendon was measured, only what is surely tendon is added.
    """
    if structure in _QUADRICEPS_FLESH_ENDS_V:
        return _below(_QUADRICEPS_FLESH_ENDS_V[structure])
    if structure not in _FOREARM | _LEG:
        return None
    if view in {"soles", "feet-dorsal"}:
        return _below(-_FAR) if structure in _LEG else None
    joint, v = ("wrist", _WRIST_V) if structure in _FOREARM else ("ankle", _ANKLE_V)
    return _below(v - (_SURELY_ABOVE_MM if is_measured else _FLESH_ENDS_ABOVE_MM[joint]))


def _below(v: float) -> BaseGeometry:
    return box(-_FAR, v, _FAR, _FAR)
