"""What a trainee did, as bars beside the clinic and as a table of months."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget
from typing_extensions import override

from bodymap.desk.overseeing import Month, MuscleUse
from bodymap.widgets.chart_words import structure_name
from bodymap.widgets.controls.field import emptied, label
from bodymap.widgets.controls.rows import elided, fonts
from bodymap.widgets.guarded import guarded, guarded_answer
from bodymap.widgets.theme import Theme

_ROW = 34
_HEADS = ("Month", "Visits", "Handed in", "Returned", "Comments", "Over or near a hazard")


class UseBars(QWidget):
    """Two bars for each muscle: the trainee's share, and the clinic's below it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("use-bars")
        self.setAccessibleName("Muscles and depths")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._theme = theme
        self._uses: tuple[MuscleUse, ...] = ()

    def show_uses(self, uses: Sequence[MuscleUse]) -> None:
        """Show these, the most needled first."""
        self._uses = tuple(uses)
        said = (f"{structure_name(use.muscle)}: {use_words(use)}" for use in self._uses)
        self.setAccessibleDescription(". ".join(said))
        self.updateGeometry()
        self.update()

    @override
    @guarded_answer(otherwise=QSize())
    def sizeHint(self) -> QSize:
        return QSize(400, max(1, len(self._uses)) * _ROW)

    @override
    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            _, quiet = fonts(self.font())
            most = max((max(use.share, use.clinic_share) for use in self._uses), default=1.0) or 1.0
            left, room = 220, self.width() - 220 - 280
            painter.setPen(Qt.PenStyle.NoPen)
            for row, use in enumerate(self._uses):
                line = self.rect().adjusted(0, row * _ROW, 0, 0)
                line.setHeight(_ROW)
                name = line.adjusted(0, 0, left - line.width() - 12, 0)
                elided(painter, name, structure_name(use.muscle), quiet, self._theme, "ink")
                painter.setPen(Qt.PenStyle.NoPen)
                for at, (share, role) in enumerate(
                    ((use.share, "needle"), (use.clinic_share, "control-line"))
                ):
                    painter.setBrush(self._theme.colour(role))
                    width = max(2.0, room * share / most)
                    top = line.top() + 6 + at * 12
                    painter.drawRoundedRect(QRectF(left, top, width, 9), 3, 3)
                words = line.adjusted(left + room + 16, 0, 0, 0)
                elided(painter, words, use_words(use), quiet, self._theme, "muted")
            if not self._uses:
                elided(painter, self.rect(), "No needles yet", quiet, self._theme, "muted")


def use_words(use: MuscleUse) -> str:
    """How often and how deep, beside the clinic's."""
    depth = "–" if use.depth_mm is None else f"{use.depth_mm:.0f}"
    clinic = "–" if use.clinic_depth_mm is None else f"{use.clinic_depth_mm:.0f}"
    shares = f"{100 * use.share:.0f} % of needles, clinic {100 * use.clinic_share:.0f} %"
    return f"{shares} · {depth} mm, clinic {clinic}"


class MonthTable(QWidget):
    """A line for each month, the newest first."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("month-table")
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setVerticalSpacing(8)

    def show_months(self, months: Sequence[Month]) -> None:
        """Show these."""
        emptied(self._grid)
        for column, head in enumerate(_HEADS):
            self._grid.addWidget(label(head, "muted"), 0, column)
            self._grid.setColumnStretch(column, 1)
        for row, month in enumerate(reversed(months), 1):
            for column, told in enumerate(_told(month)):
                self._grid.addWidget(label(told, "body"), row, column)


def _told(month: Month) -> tuple[str, ...]:
    counts = (
        month.visits, month.handed_in, month.returned, month.comments, month.over_hazards
    )  # fmt: skip
    return (month.name, *map(str, counts))
