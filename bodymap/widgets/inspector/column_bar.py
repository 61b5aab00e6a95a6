"""What a needle meets under a point of the model body, as a bar with its depths."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from bodymap.atlas.ids import Kind
from bodymap.widgets.guarded import guarded, guarded_answer
from bodymap.widgets.inspector.model import Stretch
from bodymap.widgets.theme import Theme

_BAR_TOP, _BAR_HEIGHT = 21, 30
_SCALE_PX, _SCALE_ROOM_PX = 10, 24
_ROW_HEIGHT, _LABEL_ROWS = 15, 3
_LEAST_MM = 40
_NAME_PX = 11
_USUAL_WIDTH = 240
_ROLES = {
    Kind.BONE: "bone",
    Kind.CARTILAGE: "bone",
    Kind.TENDON_FASCIA: "tendon",
    Kind.ORGAN: "organ",
    Kind.NERVE: "nerve",
    Kind.VESSEL: "vessel",
}


@dataclass(frozen=True, slots=True)
class _Name:
    """A name below the bar, and where it is written."""

    text: str
    area: QRectF
    alarming: bool


class ColumnBar(QWidget):
    """The way in, skin at the left; decides nothing, and says whose body it is.

    The needle lies in it on the same scale: faint as far as it would reach, full to its tip.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("column-bar")
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._theme = theme
        self._stretches: tuple[Stretch, ...] = ()
        self._tip_mm: float | None = None
        self._needle_mm: float | None = None
        self._guide_mm: float | None = None
        self._reach_mm = float(_LEAST_MM)

    def set_theme(self, theme: Theme) -> None:
        """Show it in another theme."""
        self._theme = theme
        self.update()

    def show_column(
        self,
        stretches: Sequence[Stretch],
        least_mm: float,
        needle_mm: float | None = None,
        guide_mm: float | None = None,
    ) -> None:
        """Show what lies there, and how a needle compares.

        Args:
            stretches: What is met on the way.
            least_mm: How deep to look at least.
            needle_mm: How deep the needle would come, pushed in to its handle.
            guide_mm: The depth that a source advises not to pass.
        """
        self._stretches = tuple(stretches)
        self._needle_mm, self._guide_mm = needle_mm, guide_mm
        deepest = max(least_mm, needle_mm or 0.0, guide_mm or 0.0)
        self._reach_mm = math.ceil(max(deepest * 1.1, _LEAST_MM) / 10) * 10.0
        self._describe()
        self.updateGeometry()
        self.update()

    def show_tip(self, depth_mm: float | None) -> None:
        """Show how deep the needle's tip is; None when that is not recorded."""
        self._tip_mm = depth_mm
        self._describe()
        self.update()

    @override
    @guarded_answer(otherwise=QSize())
    def sizeHint(self) -> QSize:
        return QSize(_USUAL_WIDTH, self.heightForWidth(max(self.width(), _USUAL_WIDTH)))

    @override
    @guarded_answer(otherwise=0)
    def heightForWidth(self, width: int) -> int:
        """Only so many rows below the bar as the names need."""
        bar = _bar(width)
        names = [name.area.bottom() for name in self._names(bar)]
        return math.ceil(max(names, default=bar.bottom() + 1))

    @override
    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            bar = _bar(self.width())
            self._paint_stretches(painter, bar)
            self._paint_scale(painter, bar)
            self._paint_labels(painter, bar)
            if self._guide_mm is not None:
                self._paint_guide(painter, self._x(self._guide_mm, bar), bar)
            if self._needle_mm is not None:
                self._paint_needle(painter, self._x(self._needle_mm, bar), bar)
            if self._tip_mm is not None:
                self._paint_tip(painter, bar, self._tip_mm)

    def _paint_stretches(self, painter: QPainter, bar: QRectF) -> None:
        frame = QPainterPath()
        frame.addRoundedRect(bar, 6, 6)
        painter.save()
        painter.setClipPath(frame)
        painter.fillRect(bar, self._theme.colour("skin"))
        muscles = 0
        for stretch in self._within_reach():
            area = self._area(stretch, bar)
            painter.fillRect(area, self._fill(stretch, muscles))
            painter.setPen(QPen(self._theme.colour("card"), 1))
            painter.drawLine(area.topLeft(), area.bottomLeft())
            muscles += stretch.kind is Kind.MUSCLE
        painter.restore()
        painter.setPen(QPen(self._theme.colour("line"), 1))
        painter.drawPath(frame)

    def _fill(self, stretch: Stretch, muscles: int) -> QColor:
        return self._theme.colour(_ROLES.get(stretch.kind, ("muscle-3", "muscle-1")[muscles % 2]))

    def _paint_scale(self, painter: QPainter, bar: QRectF) -> None:
        painter.setFont(self._font(_SCALE_PX))
        apart = self._x(10, bar) - bar.left()
        every = 10 if apart >= _SCALE_ROOM_PX else 20
        for depth_mm in range(10, int(self._reach_mm), 10):
            x = self._x(depth_mm, bar)
            painter.setPen(QPen(self._theme.colour("control-line"), 1))
            painter.drawLine(QPointF(x, bar.bottom() - 4), QPointF(x, bar.bottom()))
            if depth_mm % every == 0:
                painter.setPen(self._theme.colour("muted"))
                number = QRectF(x - apart, 0, 2 * apart, 12)
                painter.drawText(number, Qt.AlignmentFlag.AlignCenter, str(depth_mm))
        painter.setPen(self._theme.colour("muted"))
        painter.drawText(QRectF(bar.left(), 0, 40, 12), Qt.AlignmentFlag.AlignVCenter, "mm")

    def _paint_labels(self, painter: QPainter, bar: QRectF) -> None:
        for name in self._names(bar):
            painter.setFont(self._font(_NAME_PX, bold=name.alarming))
            painter.setPen(self._theme.colour("caution" if name.alarming else "ink"))
            painter.drawText(name.area, name.text)

    def _names(self, bar: QRectF) -> list["_Name"]:
        """What is written below the bar; left out where all rows are full."""
        placed: list[_Name] = []
        for text, centre, alarming in self._labels(bar):
            metrics = QFontMetricsF(self._font(_NAME_PX, bold=alarming))
            width = math.ceil(metrics.horizontalAdvance(text)) + 2
            area = _free(centre, width, bar, [name.area for name in placed])
            if area is not None:
                placed.append(_Name(text, area, alarming))
        return placed

    def _labels(self, bar: QRectF) -> list[tuple[str, float, bool]]:
        """What is written below the bar, where, and whether it alarms; that comes first."""
        labels = [
            (f"{one.name} {one.entry_mm:.0f}", self._area(one, bar).center().x(), one.alarming)
            for one in self._within_reach()
        ]
        if self._guide_mm is not None:
            text = f"Guide value {self._guide_mm:.0f}"
            labels.insert(0, (text, self._x(self._guide_mm, bar), True))
        return sorted(labels, key=lambda label: not label[2])

    def _font(self, size_px: int, *, bold: bool = False) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(size_px)
        font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
        return font

    def _paint_guide(self, painter: QPainter, x: float, bar: QRectF) -> None:
        for role, width in (("card", 4.0), ("caution", 2.0)):
            pen = QPen(self._theme.colour(role), width, c=Qt.PenCapStyle.FlatCap)
            if role == "caution":
                pen.setDashPattern([2.5, 1.5])
            painter.setPen(pen)
            painter.drawLine(QPointF(x, bar.top()), QPointF(x, bar.bottom() + 3))

    def _paint_needle(self, painter: QPainter, x: float, bar: QRectF) -> None:
        """How far the needle would reach, faintly."""
        ink = QColor(self._theme.colour("needle"))
        ink.setAlphaF(0.55)
        middle, left = bar.center().y(), QPointF(bar.left(), bar.center().y())
        painter.setPen(QPen(self._theme.colour("halo"), 4.5, c=Qt.PenCapStyle.FlatCap))
        painter.drawLine(left, QPointF(x, middle))
        painter.setPen(QPen(ink, 2.0, c=Qt.PenCapStyle.FlatCap))
        painter.drawLine(left, QPointF(x, middle))
        painter.drawLine(QPointF(x, middle - 4), QPointF(x, middle + 4))

    def _paint_tip(self, painter: QPainter, bar: QRectF, tip_mm: float) -> None:
        x = min(self._x(tip_mm, bar), bar.right() - 1)
        painter.setPen(QPen(self._theme.colour("needle"), 3, c=Qt.PenCapStyle.FlatCap))
        middle = bar.center().y()
        painter.drawLine(QPointF(0, middle), QPointF(x, middle))
        painter.setPen(QPen(self._theme.colour("needle"), 2))
        painter.drawLine(QPointF(x, bar.top() - 3), QPointF(x, bar.bottom() + 3))
        painter.setBrush(self._theme.colour("needle"))
        painter.setPen(Qt.PenStyle.NoPen)
        top = bar.top() - 2
        painter.drawPolygon(
            QPolygonF([QPointF(x - 5, top - 6), QPointF(x + 5, top - 6), QPointF(x, top + 1)])
        )

    def _within_reach(self) -> list[Stretch]:
        return [stretch for stretch in self._stretches if stretch.entry_mm < self._reach_mm]

    def _area(self, stretch: Stretch, bar: QRectF) -> QRectF:
        left, right = self._x(stretch.entry_mm, bar), self._x(stretch.exit_mm, bar)
        return QRectF(left, bar.top(), max(right - left, 3.0), bar.height()).intersected(bar)

    def _x(self, depth_mm: float, bar: QRectF) -> float:
        return bar.left() + bar.width() * depth_mm / self._reach_mm

    def _describe(self) -> None:
        met = (
            f"{one.name} from {one.entry_mm:.0f} to {one.exit_mm:.0f} mm"
            for one in self._within_reach()
        )
        said = ["; ".join(met) + "."]
        if self._needle_mm is not None:
            said.append(f"The needle would reach {self._needle_mm:.0f} mm.")
        if self._tip_mm is not None:
            said.append(f"The needle’s tip is at {self._tip_mm:.0f} mm.")
        if self._guide_mm is not None:
            said.append(f"The guide value is {self._guide_mm:.0f} mm.")
        self.setAccessibleName("Under this point, model body")
        self.setAccessibleDescription(" ".join(said))
        self.setToolTip(
            "\n".join(
                f"{one.name}: {one.entry_mm:.0f}–{one.exit_mm:.0f} mm" for one in self._stretches
            )
        )


def _bar(width: int) -> QRectF:
    """Where the bar lies in a widget of that width."""
    return QRectF(0.5, _BAR_TOP, width - 1, _BAR_HEIGHT)


def _free(centre: float, width: float, bar: QRectF, taken: Sequence[QRectF]) -> QRectF | None:
    """Room for a name as near as can be under its place; None where all rows are full."""
    left = min(max(centre - width / 2, 0.0), max(bar.width() + 1 - width, 0.0))
    for row in range(_LABEL_ROWS):
        area = QRectF(left, bar.bottom() + 4 + row * _ROW_HEIGHT, width, _ROW_HEIGHT)
        if not any(area.adjusted(-6, 0, 6, 0).intersects(other) for other in taken):
            return area
    return None
