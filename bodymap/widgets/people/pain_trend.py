"""The patient's pain over the visits, before and after each."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from bodymap.chart.marks import NPRS_MAX
from bodymap.chart.visit import VisitSummary
from bodymap.widgets.guarded import guarded, guarded_answer
from bodymap.widgets.theme import Theme

_FEWEST = 2


class PainTrend(QWidget):
    """Two lines over time; hidden until there are two visits to compare."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("pain-trend")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Pain over visits")
        self._theme = theme
        self._before: list[int] = []
        self._after: list[int] = []

    @property
    def is_worth_showing(self) -> bool:
        """Whether there is anything to compare."""
        return len(self._before) >= _FEWEST

    def set_theme(self, theme: Theme) -> None:
        """Show it in another theme."""
        self._theme = theme
        self.update()

    def show_visits(self, visits: Sequence[VisitSummary]) -> None:
        """Show the ratings of these visits, given newest first."""
        rated = [
            (visit.pain_before, visit.pain_after)
            for visit in reversed(visits)
            if visit.pain_before is not None and visit.pain_after is not None
        ]
        self._before = [before for before, _ in rated]
        self._after = [after for _, after in rated]
        said = ", ".join(f"{before} to {after}" for before, after in rated)
        self.setAccessibleDescription(f"Before and after each visit, oldest first: {said}")
        self.update()

    @override
    @guarded_answer(otherwise=QSize())
    def sizeHint(self) -> QSize:
        return QSize(160, 112)

    @override
    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.is_worth_showing:
            return
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            area = QRectF(self.rect()).adjusted(6, 8, -18, -28)
            painter.setPen(QPen(self._theme.colour("line"), 1))
            for share in (0.0, 0.5, 1.0):
                y = area.bottom() - share * area.height()
                painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            self._paint_line(painter, area, self._before, "pain-before")
            self._paint_line(painter, area, self._after, "pain-after")
            self._paint_legend(painter)

    def _paint_line(self, painter: QPainter, area: QRectF, values: list[int], role: str) -> None:
        colour = self._theme.colour(role)
        step = area.width() / (len(values) - 1)
        points = [
            QPointF(area.left() + step * at, area.bottom() - value / NPRS_MAX * area.height())
            for at, value in enumerate(values)
        ]
        dashes = Qt.PenStyle.SolidLine if role == "pain-before" else Qt.PenStyle.DashLine
        painter.setPen(QPen(colour, 2, dashes))
        painter.drawPolyline(points)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        for point in points:
            painter.drawEllipse(point, 3.2, 3.2)
        painter.setPen(colour)
        font = QFont(self.font())
        font.setPixelSize(11)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.drawText(points[-1] + QPointF(7, 4), str(values[-1]))

    def _paint_legend(self, painter: QPainter) -> None:
        left = 6
        for text, role in (("before", "pain-before"), ("after", "pain-after")):
            painter.setPen(self._theme.colour(role))
            painter.drawText(left, self.height() - 6, text)
            left += painter.fontMetrics().horizontalAdvance(text) + 14
