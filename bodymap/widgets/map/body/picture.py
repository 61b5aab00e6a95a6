"""The body of one view, ready to be painted at any scale."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QPainter, QPen

from bodymap.widgets.map.body.patches import Patch
from bodymap.widgets.theme import Theme

_WIDEST_PX = 4.0
"""No line of the drawing makes a patch reach further than this beyond its path."""


@dataclass(frozen=True, slots=True)
class Look:
    """The pens and brushes of one scale, made once."""

    theme: Theme
    px_per_mm: float

    def brush(self, role: str) -> QBrush:
        """What fills a patch."""
        return QBrush(self.theme.colour(role)) if role else QBrush(Qt.BrushStyle.NoBrush)

    def pen(self, role: str, width: float) -> QPen:
        """What draws its line: thicker when closer, but far less than in proportion."""
        if not role:
            return QPen(Qt.PenStyle.NoPen)
        growth = min(max(self.px_per_mm, 0.3), 12.0) ** 0.4
        pen = QPen(self.theme.colour(role), width * growth / self.px_per_mm)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        return pen


class BodyPicture:
    """Patches with a quick answer to which of them touch an area."""

    def __init__(self, patches: Sequence[Patch]) -> None:
        self._patches = patches
        bounds = [patch.path.controlPointRect() for patch in patches]
        self._edges = np.array(
            [(box.left(), box.top(), box.right(), box.bottom()) for box in bounds], np.float64
        ).reshape(-1, 4)
        self._from = np.array([patch.from_px_per_mm for patch in patches])

    def in_area(self, area_mm: QRectF, px_per_mm: float) -> list[Patch]:
        """The patches that may show in an area, bottom first."""
        reach = _WIDEST_PX / px_per_mm
        left, top, right, bottom = self._edges.T
        touches = (left <= area_mm.right() + reach) & (right >= area_mm.left() - reach)
        touches &= (top <= area_mm.bottom() + reach) & (bottom >= area_mm.top() - reach)
        shown = np.flatnonzero(touches & (self._from <= px_per_mm))
        return [self._patches[i] for i in shown.tolist()]

    def paint(
        self, painter: QPainter, theme: Theme, px_per_mm: float, area_mm: QRectF
    ) -> Iterator[None]:
        """Paint an area, pausing after each patch so that others get their turn.

        Args:
            painter: Its transform takes millimetres of the view.
            theme: The colours.
            px_per_mm: Logical pixels to a millimetre: decides on widths and on how much is shown.
            area_mm: What is needed.
        """
        look = Look(theme, px_per_mm)
        brushes: dict[str, QBrush] = {}
        pens: dict[tuple[str, float], QPen] = {}
        for patch in self.in_area(area_mm, px_per_mm):
            line = (patch.line, patch.width)
            if patch.fill not in brushes:
                brushes[patch.fill] = look.brush(patch.fill)
            if line not in pens:
                pens[line] = look.pen(*line)
            painter.setBrush(brushes[patch.fill])
            painter.setPen(pens[line])
            painter.drawPath(patch.path)
            yield

    def paint_all(self, painter: QPainter, theme: Theme, px_per_mm: float, area_mm: QRectF) -> None:
        """Paint an area in one go."""
        for _ in self.paint(painter, theme, px_per_mm, area_mm):
            pass
