"""A muscle pointed out on the body, and where the pain of its trigger points is felt."""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen

from bodymap.atlas.clinical.referral import Felt
from bodymap.atlas.hit import Atlas
from bodymap.atlas.ids import Dissection, Side, StructureId, ViewId
from bodymap.desk.reasoning import LAYERS, outlines
from bodymap.widgets.map.camera import Camera
from bodymap.widgets.map.overlays.areas import joined, regions_path
from bodymap.widgets.map.overlays.stripes import striped
from bodymap.widgets.theme import Theme

_NO_INK = QColor(Qt.GlobalColor.transparent)


@dataclass(frozen=True, slots=True)
class MuscleShown:
    """What is shown of a muscle.

    Attributes:
        structures: Its outlines in the drawings.
        side: The patient's side.
        primary: The regions where most people feel its pain.
        spillover: Those where some do.
    """

    structures: frozenset[StructureId]
    side: Side
    primary: frozenset[Felt] = frozenset()
    spillover: frozenset[Felt] = frozenset()


class MusclePaths:
    """A muscle with its referral on one view, ready to be painted.

    Where the dissection hides the muscle, its outline in the next deeper one is shown broken.
    """

    def __init__(
        self, shown: MuscleShown, atlas: Atlas, view: ViewId, dissection: Dissection
    ) -> None:
        drawing = atlas.view(view).drawing
        self._primary = regions_path(drawing, shown.primary)
        self._spillover = regions_path(drawing, shown.spillover)
        self._muscle, self._is_covered = QPainterPath(), False
        for layer_of in _from(dissection):
            self._muscle = joined(
                outlines(atlas, shown.structures, shown.side, view, LAYERS[layer_of])
            )
            if not self._muscle.isEmpty():
                self._is_covered = layer_of != dissection
                break

    def paint(self, painter: QPainter, camera: Camera, theme: Theme) -> None:
        """Paint it, in pixels of the map: primary dense, spillover sparse, muscle outlined."""
        ink = theme.colour("referral-hatch")
        ratio = painter.device().devicePixelRatio()
        sparse = striped((ink, *[_NO_INK] * 6), 2, camera, ratio)
        dense = striped((ink, _NO_INK, _NO_INK), 2, camera, ratio)
        wash = QColor(ink)
        wash.setAlphaF(0.16)
        _fill(painter, camera.transform.map(self._spillover), None, sparse, theme, broken=True)
        _fill(painter, camera.transform.map(self._primary), wash, dense, theme, broken=False)
        self._paint_muscle(painter, camera.transform.map(self._muscle), theme)

    def _paint_muscle(self, painter: QPainter, shape: QPainterPath, theme: Theme) -> None:
        if shape.isEmpty():
            return
        painter.fillPath(shape, theme.colour("muscle-shown-ground"))
        painter.strokePath(shape, _pen(theme.colour("halo"), 4.4))
        painter.strokePath(shape, _pen(theme.colour("muscle-shown"), 2.4, broken=self._is_covered))


def _from(dissection: Dissection) -> tuple[Dissection, ...]:
    """The dissection that is shown, then the deeper ones, then the others."""
    order = tuple(LAYERS)
    at = order.index(dissection) if dissection in order else 0
    return (*order[at:], *order[:at])


def _fill(
    painter: QPainter,
    shape: QPainterPath,
    wash: QColor | None,
    hatch: QBrush,
    theme: Theme,
    *,
    broken: bool,
) -> None:
    if shape.isEmpty():
        return
    if wash is not None:
        painter.fillPath(shape, wash)
    painter.fillPath(shape, hatch)
    painter.strokePath(shape, _pen(theme.colour("referral"), 1.6, broken=broken))


def _pen(colour: QColor, width: float, *, broken: bool = False) -> QPen:
    pen = QPen(colour, width)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    if broken:
        pen.setDashPattern([3.4, 2.6])
    return pen
