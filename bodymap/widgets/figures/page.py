"""The page of figures: tiles, and the muscles by how often they were needled."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QWidget,
)
from typing_extensions import override

from bodymap.atlas.ids import StructureId
from bodymap.chart.people import User, UserId
from bodymap.desk.figures import Figures
from bodymap.widgets.chart_words import structure_name
from bodymap.widgets.controls.choice import DropDown
from bodymap.widgets.controls.field import Field, emptied, label, nested, stacked, wrapping
from bodymap.widgets.controls.rows import elided, fonts
from bodymap.widgets.controls.scrolled import scrolled
from bodymap.widgets.figures.reading import ReadingBar
from bodymap.widgets.figures.words import PERIODS, rows, tiles
from bodymap.widgets.guarded import guarded, guarded_answer
from bodymap.widgets.icons import icon
from bodymap.widgets.patient_page.cards import Card
from bodymap.widgets.theme import Theme

_COLUMNS = 3
_MOST = 20
_ROW = 28
_NAME = 260


class FiguresPage(QFrame):
    """Shows what it is told and tells which period and whose visits are wanted.

    Signals:
        asked: The days back, or None; and the id of the therapist, or None.
        exported: The figures are wanted as a file.
        dismissed: The person went back to the body.
    """

    exported = Signal()
    asked = Signal(object, object)
    dismissed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("figures-page")
        self.setAccessibleName("The clinic in figures")
        self.setProperty("look", "page")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.back = _button("figures-back", "Back to the body", "link")
        self.back.clicked.connect(self.dismissed)
        self.export = _button("figures-export", "Save as CSV…", "secondary")
        self.export.setEnabled(False)
        self.export.clicked.connect(self.exported)
        self.reading = ReadingBar()
        self._figures: Figures | None = None
        self.period = DropDown("figures-period", theme)
        self.period.fill([*PERIODS], None)
        self.therapist = DropDown("figures-therapist", theme)
        for choice in (self.period, self.therapist):
            choice.chosen.connect(self._ask)
        self.muscles = MuscleBars(theme)
        self._bars = Card("Needles by muscle", "figures-muscles")
        self._tiles: dict[str, tuple[Card, QWidget]] = {}
        self._grid = QGridLayout()
        self._grid.setSpacing(16)
        self._problem = wrapping(label("", "wrong", "figures-problem"))
        self._problem.hide()
        self._notice = wrapping(label("", "muted", "figures-notice"))
        self._notice.hide()
        self._lay_out()
        self.set_theme(theme)
        self.hide()

    @property
    def wanted(self) -> tuple[int | None, UserId | None]:
        """The days back, and whose visits; None for all."""
        days, therapist = self.period.value, self.therapist.value
        whose = UserId(therapist) if isinstance(therapist, str) else None
        return days if isinstance(days, int) else None, whose

    def show_users(self, users: Sequence[User]) -> None:
        """Offer the figures of each who works here."""
        chosen = self.therapist.value
        everyone: list[tuple[object, str]] = [(None, "Everyone")]
        self.therapist.fill([*everyone, *((user.id, user.name) for user in users)], chosen)

    @property
    def table(self) -> Sequence[Sequence[str | float]]:
        """What is shown, as rows of a file; none before anything is."""
        if self._figures is None:
            return ()
        return rows(self._figures, self.period.currentText(), self.therapist.currentText())

    def show_progress(self, done: int, of: int) -> None:
        """Say how many visits have been read."""
        self.export.setEnabled(False)
        self.reading.show_progress(done, of)

    def show_figures(self, figures: Figures) -> None:
        """Show the figures."""
        self.show_problem("")
        self._figures = figures
        self.reading.hide()
        self.export.setEnabled(True)
        emptied(self._grid)
        for at, (caption, figure, made_of) in enumerate(tiles(figures)):
            card = Card(caption, f"figure-{at}")
            card.add(label(figure, "figure"), wrapping(label(made_of, "muted")))
            card.column.addStretch(1)
            self._grid.addWidget(card, at // _COLUMNS, at % _COLUMNS)
        self.muscles.show_muscles(figures.muscles[:_MOST])
        self._bars.show()

    def show_notice(self, words: str) -> None:
        """Say what was done with the figures."""
        self._notice.setText(words)
        self._notice.setVisible(bool(words))

    def show_problem(self, words: str) -> None:
        """Say why there are no figures."""
        self.reading.hide()
        self.show_notice("")
        self._problem.setText(words)
        self._problem.setVisible(bool(words))

    def set_theme(self, theme: Theme) -> None:
        """Show it in another theme."""
        self.back.setIcon(icon("back", theme, "accent"))
        self.period.set_theme(theme)
        self.therapist.set_theme(theme)
        self.muscles.set_theme(theme)

    @override
    @guarded
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismissed.emit()
        else:
            super().keyPressEvent(event)

    def _ask(self) -> None:
        self.asked.emit(*self.wanted)

    def _lay_out(self) -> None:
        self.back.setIconSize(QSize(18, 18))
        head = QFrame()
        head.setProperty("look", "bar")
        row = QHBoxLayout(head)
        row.setContentsMargins(14, 8, 24, 8)
        row.setSpacing(14)
        row.addWidget(self.back)
        row.addWidget(label("The clinic in figures", "title"), 1)
        choices = QWidget()
        asked = QHBoxLayout(choices)
        asked.setContentsMargins(0, 0, 0, 0)
        asked.setSpacing(16)
        asked.addWidget(Field("Period", self.period), 1)
        asked.addWidget(Field("Therapist", self.therapist), 1)
        asked.addStretch(1)
        asked.addWidget(self.export, 0, Qt.AlignmentFlag.AlignBottom)
        self._bars.add(self.muscles)
        self._bars.hide()
        inside = QWidget()
        column = stacked(inside, choices, self.reading, self._problem, self._notice, spacing=16)
        column.setContentsMargins(24, 18, 24, 24)
        nested(column, self._grid)
        column.addWidget(self._bars)
        column.addStretch(1)
        scroll = scrolled(inside)
        scroll.viewport().setAutoFillBackground(False)
        stacked(self, head, scroll, spacing=0)


def _button(name: str, text: str, look: str) -> QPushButton:
    button = QPushButton(text)
    button.setObjectName(name)
    button.setProperty("look", look)
    return button


class MuscleBars(QWidget):
    """A bar for each muscle."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("muscle-bars")
        self.setAccessibleName("Needles by muscle")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._theme = theme
        self.muscles: tuple[tuple[StructureId, int], ...] = ()

    def show_muscles(self, muscles: Sequence[tuple[StructureId, int]]) -> None:
        """Show these, the most needled first."""
        self.muscles = tuple(muscles)
        said = (f"{structure_name(muscle)} {count}" for muscle, count in self.muscles)
        self.setAccessibleDescription(", ".join(said))
        self.updateGeometry()
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Show it in another theme."""
        self._theme = theme
        self.update()

    @override
    @guarded_answer(otherwise=QSize())
    def sizeHint(self) -> QSize:
        return QSize(400, max(1, len(self.muscles)) * _ROW)

    @override
    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            strong, quiet = fonts(self.font())
            most = max((count for _, count in self.muscles), default=1)
            room = self.width() - _NAME - 60
            for row, (muscle, count) in enumerate(self.muscles):
                line = self.rect().adjusted(0, row * _ROW, 0, 0)
                line.setHeight(_ROW)
                name = structure_name(muscle)
                elided(painter, line.adjusted(0, 0, _NAME - line.width() - 12, 0), name, quiet,
                       self._theme, "ink")  # fmt: skip
                width = max(4.0, room * count / most)
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(self._theme.colour("needle"))
                painter.drawRoundedRect(QRectF(_NAME, line.top() + 6, width, _ROW - 12), 4, 4)
                figure = line.adjusted(int(_NAME + width) + 8, 0, 0, 0)
                elided(painter, figure, str(count), strong, self._theme, "needle")
            if not self.muscles:
                elided(painter, self.rect(), "No needles yet", quiet, self._theme, "muted")
