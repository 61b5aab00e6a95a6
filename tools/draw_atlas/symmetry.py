"""Which views mirror, and where the patient's left lies in each."""

from tools.draw_atlas.partition import Symmetry

_LEFT_SIGN = {"anterior": 1, "posterior": -1, "soles": 1, "feet-dorsal": 1, "lateral-left": 0}


def symmetry_of(view: str) -> Symmetry:
    """Say how a drawn view is symmetric; lateral-right is never drawn, only mirrored."""
    return Symmetry(_LEFT_SIGN[view])
