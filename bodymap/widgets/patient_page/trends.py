"""How it went: pain before and after each visit, and the needles of each."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from bodymap.chart.marks import NPRS_MAX, MarkKind
from bodymap.chart.visit import VisitSummary
from bodymap.widgets.theme import Theme

_HEIGHT = 190
_ROOM = (30, 14, 30, 40)
"""Pixels at the left, above, at the right and below, for what is written there."""

_MOST_DAYS = 8
_WIDEST_BAR = 34.0


class Trend(QWidget):
    """One value or more for each visit, oldest first, over an axis of days."""

    def __init__(self, name: str, said: str, theme: Theme) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(said)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.theme = theme
        self.visits: tuple[VisitSummary, ...] = ()

    def show_visits(self, visits: Sequence[VisitSummary]) -> None:
        """Show these visits, given newest first."""
        self.visits = tuple(reversed(visits))
        self.setAccessibleDescription("; ".join(map(self.told, self.visits)))
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Show it in another theme."""
        self.theme = theme
        self.update()

    def told(self, visit: VisitSummary) -> str:
        """What the chart says of one visit, in words."""
        return f"{visit.began:%Y-%m-%d}"

    @property
    def highest(self) -> int:
        """The top of the axis."""
        return NPRS_MAX

    def paint_values(self, painter: QPainter, area: QRectF) -> None:
        """Paint what the chart is about."""

    @override
    def sizeHint(self) -> QSize:
        return QSize(260, _HEIGHT)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left, top, right, bottom = _ROOM
        area = QRectF(self.rect()).adjusted(left, top, -right, -bottom)
        self._paint_axes(painter, area)
        if self.visits:
            self.paint_values(painter, area)
        painter.end()

    def x_of(self, area: QRectF, at: int) -> float:
        """Where the visit of this place in the order stands."""
        step = area.width() / max(len(self.visits), 1)
        return area.left() + step * (at + 0.5)

    def y_of(self, area: QRectF, value: float) -> float:
        """How high a value stands."""
        return area.bottom() - value / self.highest * area.height()

    def write(self, painter: QPainter, at: QPointF, text: str, role: str, *, bold: bool) -> None:
        """Write a few signs with their middle at a point."""
        font = QFont(self.font())
        font.setPixelSize(11)
        font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
        painter.setFont(font)
        painter.setPen(self.theme.colour(role))
        box = QRectF(at.x() - 40, at.y() - 8, 80, 16)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)

    def _paint_axes(self, painter: QPainter, area: QRectF) -> None:
        for value in (0, self.highest // 2, self.highest):
            y = self.y_of(area, value)
            painter.setPen(QPen(self.theme.colour("line"), 1))
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            self.write(painter, QPointF(area.left() - 15, y), str(value), "muted", bold=False)
        every = -(-len(self.visits) // _MOST_DAYS) if self.visits else 1
        for at, visit in enumerate(self.visits):
            if (len(self.visits) - 1 - at) % every == 0:
                middle = QPointF(self.x_of(area, at), area.bottom() + 14)
                words = f"{visit.began.day} {visit.began:%b}"
                self.write(painter, middle, words, "muted", bold=False)


class PainTrendChart(Trend):
    """Two lines: pain on arrival and at the end."""

    @override
    def told(self, visit: VisitSummary) -> str:
        before = "not rated" if visit.pain_before is None else visit.pain_before
        after = "not rated" if visit.pain_after is None else visit.pain_after
        return f"{visit.began:%Y-%m-%d}: before {before}, after {after}"

    @override
    def paint_values(self, painter: QPainter, area: QRectF) -> None:
        before = [(at, visit.pain_before) for at, visit in enumerate(self.visits)]
        after = [(at, visit.pain_after) for at, visit in enumerate(self.visits)]
        self._paint_line(painter, area, before, "pain-before")
        self._paint_line(painter, area, after, "pain-after")
        y = self.height() - 9.0
        self.write(painter, QPointF(area.left() + 18, y), "before", "pain-before", bold=True)
        self.write(painter, QPointF(area.left() + 68, y), "after", "pain-after", bold=True)

    def _paint_line(
        self, painter: QPainter, area: QRectF, values: list[tuple[int, int | None]], role: str
    ) -> None:
        points = [
            QPointF(self.x_of(area, at), self.y_of(area, value))
            for at, value in values
            if value is not None
        ]
        if not points:
            return
        dashes = Qt.PenStyle.SolidLine if role == "pain-before" else Qt.PenStyle.DashLine
        painter.setPen(QPen(self.theme.colour(role), 2, dashes))
        painter.drawPolyline(points)
        painter.setPen(QPen(self.theme.colour("card"), 1.5))
        painter.setBrush(self.theme.colour(role))
        for point in points:
            painter.drawEllipse(point, 4.5, 4.5)
        last = next(value for _, value in reversed(values) if value is not None)
        self.write(painter, points[-1] + QPointF(15, 0), str(last), role, bold=True)


class NeedleTrend(Trend):
    """A bar for each visit: how many needles."""

    @property
    @override
    def highest(self) -> int:
        most = max((_needles(visit) for visit in self.visits), default=0)
        return max(4, 2 * -(-most // 2))

    @override
    def told(self, visit: VisitSummary) -> str:
        return f"{visit.began:%Y-%m-%d}: {_needles(visit)} needles"

    @override
    def paint_values(self, painter: QPainter, area: QRectF) -> None:
        width = min(_WIDEST_BAR, 0.6 * area.width() / len(self.visits))
        for at, visit in enumerate(self.visits):
            x, count = self.x_of(area, at), _needles(visit)
            top = self.y_of(area, count)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.theme.colour("needle"))
            if count:
                painter.drawPath(_bar(QRectF(x - width / 2, top, width, area.bottom() - top)))
            self.write(painter, QPointF(x, top - 8), str(count), "needle", bold=True)


def _needles(visit: VisitSummary) -> int:
    return visit.counts.get(MarkKind.NEEDLE_SITE, 0)


def _bar(box: QRectF) -> QPainterPath:
    """A bar whose upper corners are round."""
    radius = min(4.0, box.height())
    path = QPainterPath()
    path.addRoundedRect(box, radius, radius)
    path.addRect(box.adjusted(0, radius, 0, 0))
    return path.simplified()
