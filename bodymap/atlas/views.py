"""The six views: how they are called, where the patient's left is, what mirrors what."""

from dataclasses import dataclass
from enum import StrEnum

from bodymap.atlas.drawing import Drawing, Frame
from bodymap.atlas.ids import Side, ViewId


class Horizontal(StrEnum):
    """What lies towards the viewer's right."""

    PATIENT_LEFT = "patient-left"
    PATIENT_RIGHT = "patient-right"
    FRONT = "front"
    BACK = "back"


class Vertical(StrEnum):
    """What lies upwards on the page."""

    HEAD = "head"
    TOES = "toes"
    HEEL = "heel"


_TAB_NAMES = {
    ViewId.ANTERIOR: "Front",
    ViewId.POSTERIOR: "Back",
    ViewId.LATERAL_LEFT: "Left side",
    ViewId.LATERAL_RIGHT: "Right side",
    ViewId.SOLES: "Soles",
    ViewId.FEET_DORSAL: "Tops of the feet",
}

_RIGHTWARDS = {
    ViewId.ANTERIOR: Horizontal.PATIENT_LEFT,
    ViewId.POSTERIOR: Horizontal.PATIENT_RIGHT,
    ViewId.LATERAL_LEFT: Horizontal.BACK,
    ViewId.LATERAL_RIGHT: Horizontal.FRONT,
    ViewId.SOLES: Horizontal.PATIENT_LEFT,
    ViewId.FEET_DORSAL: Horizontal.PATIENT_LEFT,
}

_UPWARDS = {ViewId.SOLES: Vertical.TOES, ViewId.FEET_DORSAL: Vertical.HEEL}

_SEEN_SIDE = {ViewId.LATERAL_LEFT: Side.LEFT, ViewId.LATERAL_RIGHT: Side.RIGHT}


def tab_name(view: ViewId) -> str:
    """What the view is called on its tab."""
    return _TAB_NAMES[view]


def rightwards(view: ViewId) -> Horizontal:
    """What lies towards the viewer's right."""
    return _RIGHTWARDS[view]


def upwards(view: ViewId) -> Vertical:
    """What lies upwards on the page."""
    return _UPWARDS.get(view, Vertical.HEAD)


def side_at(view: ViewId, u: float) -> Side:
    """Which side of the patient lies at u; the midline only where it is drawn exactly.

    Side views show one side of the body, at every u.
    """
    if view in _SEEN_SIDE:
        return _SEEN_SIDE[view]
    if u == 0:
        return Side.MIDLINE
    is_left = (u > 0) == (_RIGHTWARDS[view] is Horizontal.PATIENT_LEFT)
    return Side.LEFT if is_left else Side.RIGHT


def mirror(view: ViewId, u: float, v: float) -> tuple[ViewId, float, float]:
    """Say where the same place on the other side of the body is drawn."""
    if view is ViewId.LATERAL_LEFT:
        return ViewId.LATERAL_RIGHT, -u, v
    if view is ViewId.LATERAL_RIGHT:
        return ViewId.LATERAL_LEFT, -u, v
    return view, -u, v


@dataclass(frozen=True, slots=True)
class View:
    """A drawing together with the words for its directions.

    Attributes:
        drawing: What is drawn.
    """

    drawing: Drawing

    @property
    def id(self) -> ViewId:
        """Which view it is."""
        return self.drawing.view

    @property
    def frame(self) -> Frame:
        """The part of the plane that is drawn, in millimetres."""
        return self.drawing.frame

    @property
    def name(self) -> str:
        """What the view is called on its tab."""
        return _TAB_NAMES[self.id]

    @property
    def rightwards(self) -> Horizontal:
        """What lies towards the viewer's right."""
        return _RIGHTWARDS[self.id]

    @property
    def upwards(self) -> Vertical:
        """What lies upwards on the page."""
        return upwards(self.id)

    def side_at(self, u: float) -> Side:
        """Which side of the patient lies at u; see `side_at` of this module."""
        return side_at(self.id, u)

    def mirror(self, u: float, v: float) -> tuple[ViewId, float, float]:
        """Say where the same place on the other side of the body is drawn."""
        return mirror(self.id, u, v)
