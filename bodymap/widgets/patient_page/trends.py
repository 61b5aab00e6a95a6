"""Charts over the visits: one value or more for each, oldest first."""

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from bodymap.chart.day_words import day_and_month
from bodymap.chart.marks import NPRS_MAX
from bodymap.desk.trends import NPRS, Reading
from bodymap.widgets.guarded import guarded, guarded_answer
from bodymap.widgets.theme import Theme

_HEIGHT = 196
_ROOM = (34, 16, 26, 26)
"""Pixels at the left, above, at the right and below, for what is written there."""

_DAY_PX = 52
_WIDEST_BAR = 34.0
_NARROWEST_BAR = 5.0
_EDGE_PX = 22.0
"""The first and the last visit stand so far from the ends of the axis."""


class Trend(QWidget):
    """One value or more for each visit over an axis of days."""

    def __init__(self, name: str, said: str, theme: Theme) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(said)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.theme = theme
        self.readings: tuple[Reading, ...] = ()

    def show_readings(self, readings: Sequence[Reading]) -> None:
        """Show these visits, given oldest first."""
        self.readings = tuple(readings)
        self.setAccessibleDescription("; ".join(map(self.told, self.readings)))
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Show it in another theme."""
        self.theme = theme
        self.update()

    def told(self, reading: Reading) -> str:
        """What the chart says of one visit, in words."""
        return f"{reading.began:%Y-%m-%d}"

    @property
    def highest(self) -> float:
        """The top of the axis."""
        return NPRS_MAX

    def paint_values(self, painter: QPainter, area: QRectF) -> None:
        """Paint what the chart is about."""

    @override
    @guarded_answer(otherwise=QSize())
    def sizeHint(self) -> QSize:
        return QSize(240, _HEIGHT)

    @override
    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            left, top, right, bottom = _ROOM
            area = QRectF(self.rect()).adjusted(left, top, -right, -bottom)
            self._paint_axes(painter, area)
            if self.readings:
                self.paint_values(painter, area)

    def x_of(self, area: QRectF, at: int) -> float:
        """Where the visit of this place in the order stands: a week is as wide as any other."""
        first, last = self.readings[0].began, self.readings[-1].began
        whole = (last - first).total_seconds()
        if not whole:
            return area.left() + area.width() * (at + 0.5) / len(self.readings)
        room = area.width() - 2 * _EDGE_PX
        share = (self.readings[at].began - first).total_seconds() / whole
        return area.left() + _EDGE_PX + room * share

    def closest_px(self, area: QRectF) -> float:
        """How far apart the two visits stand that follow each other soonest."""
        at = [self.x_of(area, place) for place in range(len(self.readings))]
        return min((after - before for before, after in pairwise(at)), default=area.width())

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
        box = QRectF(at.x() - 60, at.y() - 8, 120, 16)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)

    def paint_line(
        self,
        painter: QPainter,
        area: QRectF,
        values: Sequence[float | None],
        role: str,
        *,
        dashed: bool = False,
    ) -> None:
        """Paint a line through the values there are, a dot on each, the last one in figures."""
        points = [
            QPointF(self.x_of(area, at), self.y_of(area, value))
            for at, value in enumerate(values)
            if value is not None
        ]
        if not points:
            return
        dashes = Qt.PenStyle.DashLine if dashed else Qt.PenStyle.SolidLine
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self.theme.colour(role), 2, dashes))
        painter.drawPolyline(points)
        painter.setPen(QPen(self.theme.colour("card"), 1.5))
        painter.setBrush(self.theme.colour(role))
        for point in points:
            painter.drawEllipse(point, 4.5, 4.5)
        last = next(value for value in reversed(values) if value is not None)
        self.write(painter, points[-1] + QPointF(17, 0), f"{last:.0f}", role, bold=True)

    def _paint_axes(self, painter: QPainter, area: QRectF) -> None:
        for value in (0, self.highest / 2, self.highest):
            y = self.y_of(area, value)
            painter.setPen(QPen(self.theme.colour("line"), 1))
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            self.write(painter, QPointF(area.left() - 17, y), f"{value:.0f}", "muted", bold=False)
        self._write_days(painter, area)

    def _write_days(self, painter: QPainter, area: QRectF) -> None:
        """The days of the last and the first visit, and of others for which there is room."""
        count = len(self.readings)
        taken: list[float] = []
        for at in dict.fromkeys((count - 1, 0, *reversed(range(count)))) if count else ():
            x = self.x_of(area, at)
            if all(abs(x - other) >= _DAY_PX for other in taken):
                began = self.readings[at].began
                middle = QPointF(x, area.bottom() + 15)
                self.write(painter, middle, day_and_month(began), "muted", bold=False)
                taken.append(x)


class PainTrendChart(Trend):
    """Two lines, pain on arrival and at the end, over the ratings that are an improvement."""

    @override
    def told(self, reading: Reading) -> str:
        before = "not rated" if reading.pain_before is None else reading.pain_before
        after = "not rated" if reading.pain_after is None else reading.pain_after
        return f"{reading.began:%Y-%m-%d}: before {before}, after {after}"

    @property
    def improved(self) -> float | None:
        """At this rating, or below it, pain on arrival is less by an amount that matters."""
        first = next((r.pain_before for r in self.readings if r.pain_before is not None), None)
        if first is None or NPRS.minimal_change is None or first < NPRS.minimal_change:
            return None
        return first - NPRS.minimal_change

    @override
    def paint_values(self, painter: QPainter, area: QRectF) -> None:
        if self.improved is not None:
            self._paint_improved(painter, area, self.improved)
        before = [reading.pain_before for reading in self.readings]
        after = [reading.pain_after for reading in self.readings]
        self.paint_line(painter, area, after, "pain-after", dashed=True)
        self.paint_line(painter, area, before, "pain-before")

    def _paint_improved(self, painter: QPainter, area: QRectF, improved: float) -> None:
        y = self.y_of(area, improved)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.theme.colour("accent-ground"))
        painter.drawRect(QRectF(QPointF(area.left(), y), area.bottomRight()))
        painter.setPen(QPen(self.theme.colour("accent"), 1, Qt.PenStyle.DotLine))
        painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))


class AreaTrend(Trend):
    """One line: how much of the body hurts."""

    @property
    @override
    def highest(self) -> float:
        return _round_top(max((reading.area_cm2 or 0 for reading in self.readings), default=0))

    @override
    def told(self, reading: Reading) -> str:
        area = "not drawn" if reading.area_cm2 is None else f"{reading.area_cm2:.0f} cm²"
        return f"{reading.began:%Y-%m-%d}: {area}"

    @override
    def paint_values(self, painter: QPainter, area: QRectF) -> None:
        values = [reading.area_cm2 for reading in self.readings]
        self.paint_line(painter, area, values, "pain")


class NeedleTrend(Trend):
    """A bar for each visit: how many needles."""

    @property
    @override
    def highest(self) -> float:
        most = max((reading.needles for reading in self.readings), default=0)
        return max(4, 2 * -(-most // 2))

    @override
    def told(self, reading: Reading) -> str:
        return f"{reading.began:%Y-%m-%d}: {reading.needles} needles"

    @override
    def paint_values(self, painter: QPainter, area: QRectF) -> None:
        width = max(_NARROWEST_BAR, min(_WIDEST_BAR, 0.6 * self.closest_px(area)))
        for at, reading in enumerate(self.readings):
            x = self.x_of(area, at)
            top = self.y_of(area, reading.needles)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.theme.colour("needle"))
            if reading.needles:
                painter.drawPath(_bar(QRectF(x - width / 2, top, width, area.bottom() - top)))
            self.write(painter, QPointF(x, top - 8), str(reading.needles), "needle", bold=True)


def _round_top(most: float) -> float:
    """A round number of cm² just above the largest area, whose half is whole."""
    steps = (10, 20, 40, 60, 80, 100, 150, 200, 300, 400, 600, 800, 1000, 1500, 2000, 3000, 4000)
    return next((step for step in steps if step >= most), 2.0 * -(-most // 2))


def _bar(box: QRectF) -> QPainterPath:
    """A bar whose upper corners are round."""
    radius = min(4.0, box.height())
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    path.addRoundedRect(box, radius, radius)
    path.addRect(box.adjusted(0, radius, 0, 0))
    return path
