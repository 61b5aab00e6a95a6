"""The panel of visits over time, in the place of the inspector while it is open."""

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QListView,
    QPushButton,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from bodymap.chart.marks import MarkKind
from bodymap.widgets.controls.choice import DropDown
from bodymap.widgets.controls.field import (
    Field,
    beside,
    emptied,
    label,
    nested,
    stacked,
    wrapping,
)
from bodymap.widgets.controls.rows import RowDelegate, row_list
from bodymap.widgets.controls.segments import Option, Segments
from bodymap.widgets.guarded import guarded
from bodymap.widgets.icons import icon
from bodymap.widgets.inspector.choosing import filled
from bodymap.widgets.inspector.mark_list import MarkListModel
from bodymap.widgets.inspector.model import Choice, Listed
from bodymap.widgets.over_time.model import Comparison, HeatChoice, Mode, MuscleCourse
from bodymap.widgets.over_time.words import HEAT_WORDS
from bodymap.widgets.side_panel import WIDTH
from bodymap.widgets.theme import Theme

_MODES = (
    Option(Mode.COMPARE, "Compare", "Compare with another visit"),
    Option(Mode.HEAT, "Heat", "Where the marks of many visits lie"),
    Option(Mode.MUSCLE, "Muscle", "One muscle through all visits"),
)
_ALONE = "There is no other visit of this patient to compare with yet."
_LEGEND = "Faint and hollow on the body: the marks of the other visit."


class OverTimePanel(QFrame):
    """Shows what it is told and tells what was asked for.

    Signals:
        mode_chosen: The `Mode` to turn to.
        other_chosen: The id of the visit to compare with.
        mark_chosen: The id of a mark to be brought into sight.
        kind_chosen: The `MarkKind` whose heat is wanted.
        visits_chosen: The ids of the visits whose heat is wanted.
        muscle_chosen: The muscle and side to follow.
        step_asked: So many visits on, or back.
        play_asked: The visits are to be shown one after the other, or no longer.
        dismissed: The panel is to be put away.
    """

    mode_chosen = Signal(object)
    other_chosen = Signal(object)
    mark_chosen = Signal(object)
    kind_chosen = Signal(object)
    visits_chosen = Signal(object)
    muscle_chosen = Signal(object)
    step_asked = Signal(int)
    play_asked = Signal()
    dismissed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("over-time")
        self.setAccessibleName("Over time")
        self.setProperty("look", "side-right")
        self.setFixedWidth(WIDTH)
        self._theme = theme
        self.close_button = QToolButton()
        self.close_button.setObjectName("over-time-close")
        self.close_button.setAccessibleName("Close visits over time")
        self.close_button.setProperty("look", "zoom")
        self.close_button.clicked.connect(self.dismissed)
        self.tabs = Segments("over-time-mode", _MODES)
        self.compare = ComparePage(theme)
        self.heat = HeatPage(theme)
        self.muscle = MusclePage(theme)
        self._pages = QStackedWidget()
        self._order = {
            Mode.COMPARE: self.compare,
            Mode.HEAT: self.heat,
            Mode.MUSCLE: self.muscle,
        }
        for page in self._order.values():
            self._pages.addWidget(page)
        self._lay_out()
        self._connect()
        self.set_theme(theme)
        self.hide()

    def show_mode(self, mode: Mode) -> None:
        """Turn to a page."""
        self.tabs.set_value(mode)
        self._pages.setCurrentWidget(self._order[mode])

    def show_comparison(self, shown: Comparison) -> None:
        """Show two visits side by side."""
        self.compare.show_comparison(shown)

    def show_heat(self, shown: HeatChoice) -> None:
        """Show what the heat is made of."""
        self.heat.show_choice(shown)

    def show_muscle(self, shown: MuscleCourse) -> None:
        """Show one muscle through the visits."""
        self.muscle.show_course(shown)

    def show_playing(self, *, on: bool) -> None:
        """Say whether the visits are being shown one after the other."""
        self.compare.play.setText("Stop" if on else "Play")

    def set_theme(self, theme: Theme) -> None:
        """Show it in another theme."""
        self._theme = theme
        self.close_button.setIcon(icon("close", theme, "muted"))
        for page in (self.compare, self.heat, self.muscle):
            page.set_theme(theme)

    @override
    @guarded
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismissed.emit()
        else:
            super().keyPressEvent(event)

    def _connect(self) -> None:
        self.tabs.chosen.connect(self.mode_chosen)
        self.compare.other.chosen.connect(self.other_chosen)
        self.compare.mark_chosen.connect(self.mark_chosen)
        self.compare.play.clicked.connect(self.play_asked)
        self.compare.stepped.connect(self.step_asked)
        self.heat.kind.chosen.connect(self.kind_chosen)
        self.heat.visits_chosen.connect(self.visits_chosen)
        self.muscle.which.chosen.connect(self.muscle_chosen)
        self.muscle.mark_chosen.connect(self.mark_chosen)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 14, 16, 16)
        column.setSpacing(12)
        head = nested(column, QHBoxLayout())
        head.addWidget(label("Over time", "title", "over-time-title"), 1)
        head.addWidget(self.close_button)
        column.addWidget(self.tabs)
        column.addWidget(self._pages, 1)


class ComparePage(QWidget):
    """Two visits: what the numbers say, and what became of each mark.

    Signals:
        mark_chosen: The id of a mark to be brought into sight.
        stepped: So many visits on, or back.
    """

    mark_chosen = Signal(object)
    stepped = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._here = label("", "strong", "compare-here")
        self.earlier = _button("Earlier", "compare-earlier")
        self.later = _button("Later", "compare-later")
        self.play = _button("Play", "compare-play")
        self.earlier.clicked.connect(lambda: self.stepped.emit(-1))
        self.later.clicked.connect(lambda: self.stepped.emit(1))
        self.other = DropDown("compare-other", theme)
        self._alone = wrapping(label(_ALONE, "muted", "compare-alone"))
        self._lines = QWidget()
        self._grid = QGridLayout(self._lines)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setColumnStretch(1, 1)
        self.findings = MarkRows("compare-findings", "What became of each mark", theme)
        self.findings.chosen.connect(self.mark_chosen)
        self._both = QWidget()
        inner = stacked(self._both, Field("Compared with", self.other), self._lines)
        inner.addWidget(wrapping(label(_LEGEND, "muted")))
        inner.addWidget(self.findings, 1)
        row = beside(self.earlier, self.play, self.later)
        column = stacked(self, self._here, row, self._alone)
        column.addWidget(self._both, 1)
        column.addStretch(0)

    def show_comparison(self, shown: Comparison) -> None:
        """Show two visits side by side."""
        self._here.setText(shown.here)
        self.earlier.setEnabled(shown.can_go[0])
        self.later.setEnabled(shown.can_go[1])
        self.play.setEnabled(any(shown.can_go))
        filled(self.other, shown.others, shown.other)
        self._both.setVisible(bool(shown.others))
        self._alone.setVisible(shown.is_read and not shown.others)
        emptied(self._grid)
        for row, (caption, words) in enumerate(shown.lines):
            self._grid.addWidget(label(caption, "muted"), row, 0)
            self._grid.addWidget(wrapping(label(words, "strong", f"compare-{row}")), row, 1)
        self.findings.show_rows(shown.findings)

    def set_theme(self, theme: Theme) -> None:
        """Show it in another theme."""
        self.other.set_theme(theme)
        self.findings.set_theme(theme)


class HeatPage(QWidget):
    """Which marks of which visits are shown as heat.

    Signals:
        visits_chosen: The ids of the visits.
    """

    visits_chosen = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        kinds = [Option(kind, text) for kind, text in HEAT_WORDS.items()]
        self.kind = Segments("heat-kind", kinds)
        self._words = label("", "strong", "heat-words")
        self.visits = row_list("heat-visits", "Visits to show as heat")
        self.visits.setSelectionMode(QListView.SelectionMode.MultiSelection)
        self.model = MarkListModel(theme)
        self._delegate = RowDelegate(self.visits, theme)
        self.visits.setModel(self.model)
        self.visits.setItemDelegate(self._delegate)
        self.visits.selectionModel().selectionChanged.connect(self._chose)
        self._choices: tuple[Choice, ...] = ()
        self._is_telling = True
        column = stacked(self, self.kind, self._words, label("VISITS", "caption"))
        column.addWidget(self.visits, 1)

    def show_choice(self, shown: HeatChoice) -> None:
        """Show what the heat is made of."""
        self.kind.set_value(shown.kind)
        self._words.setText(shown.words)
        self._choices = shown.visits
        self._is_telling = False
        self.model.show_marks([_as_row(choice, shown.kind) for choice in shown.visits])
        flags = QItemSelectionModel.SelectionFlag
        for row, choice in enumerate(shown.visits):
            flag = flags.Select if choice.value in shown.chosen else flags.Deselect
            self.visits.selectionModel().select(self.model.index(row), flag)
        self._is_telling = True

    def set_theme(self, theme: Theme) -> None:
        """Show it in another theme."""
        self._delegate.theme = theme
        self.model.set_theme(theme)

    def _chose(self) -> None:
        if self._is_telling:
            rows = self.visits.selectionModel().selectedIndexes()
            self.visits_chosen.emit(frozenset(self._choices[row.row()].value for row in rows))


class MusclePage(QWidget):
    """One muscle through all visits.

    Signals:
        mark_chosen: The id of a mark to be brought into sight.
    """

    mark_chosen = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.which = DropDown("muscle-which", theme)
        self.rows = MarkRows("muscle-rows", "The muscle at each visit", theme)
        self.rows.chosen.connect(self.mark_chosen)
        self._none = wrapping(label("No muscle has been charted yet.", "muted", "muscle-none"))
        self._field = Field("Muscle", self.which)
        column = stacked(self, self._field, self._none)
        column.addWidget(self.rows, 1)

    def show_course(self, shown: MuscleCourse) -> None:
        """Show one muscle through the visits."""
        filled(self.which, shown.muscles, shown.muscle)
        self._field.setVisible(bool(shown.muscles))
        self._none.setVisible(not shown.muscles)
        self.rows.show_rows(shown.rows)

    def set_theme(self, theme: Theme) -> None:
        """Show it in another theme."""
        self.which.set_theme(theme)
        self.rows.set_theme(theme)


class MarkRows(QWidget):
    """A list of marks.

    Signals:
        chosen: The id of the mark of the row that was pressed.
    """

    chosen = Signal(object)

    def __init__(self, name: str, accessible_name: str, theme: Theme) -> None:
        super().__init__()
        self.view = row_list(name, accessible_name)
        self.model = MarkListModel(theme)
        self._delegate = RowDelegate(self.view, theme)
        self.view.setModel(self.model)
        self.view.setItemDelegate(self._delegate)
        self.view.clicked.connect(self._chose)
        self.view.activated.connect(self._chose)
        stacked(self, self.view)

    def show_rows(self, rows: tuple[Listed, ...]) -> None:
        """Show other marks."""
        self.model.show_marks(rows)

    def set_theme(self, theme: Theme) -> None:
        """Show it in another theme."""
        self._delegate.theme = theme
        self.model.set_theme(theme)

    def _chose(self, index: QModelIndex) -> None:
        if mark := self.model.mark_at(index).id:
            self.chosen.emit(mark)


def _as_row(choice: Choice, kind: MarkKind) -> Listed:
    when, _, complaint = choice.text.partition(" · ")
    return Listed(str(choice.value), kind, when, complaint)  # type: ignore[arg-type]  # a visit's


def _button(text: str, name: str) -> QPushButton:
    made = QPushButton(text)
    made.setObjectName(name)
    return made
