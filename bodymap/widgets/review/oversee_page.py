"""How a trainee is doing, on a card over the window."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from bodymap.chart.people import UserId
from bodymap.chart.review import Severity
from bodymap.desk.overseeing import Overseeing, Oversight
from bodymap.widgets.background import Background
from bodymap.widgets.chart_words import counted
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
from bodymap.widgets.controls.scrolled import scrolled
from bodymap.widgets.controls.veil import Veiled
from bodymap.widgets.figures.words import PERIODS
from bodymap.widgets.patient_page.cards import Card
from bodymap.widgets.printing.save_as import SaveAs
from bodymap.widgets.review.oversee_parts import MonthTable, UseBars
from bodymap.widgets.review.words import SEVERITY_WORDS
from bodymap.widgets.theme import Theme

_COLUMNS = 3
_MOST = 12
_WIDTH, _HEIGHT = 920, 780
_READING = "Reading the visits…"


class OverseePage(Veiled):
    """Shows one trainee at a time.

    Args:
        window: What it lies over.
        theme: The colours.
        overseeing: Answers.
        background: Reads beside the window.
        save_as: Asks where a file is to go.
    """

    def __init__(
        self,
        window: QWidget,
        theme: Theme,
        overseeing: Overseeing,
        background: Background,
        save_as: SaveAs,
    ) -> None:
        super().__init__(window, theme, "oversee", "How trainees are doing")
        self._overseeing, self._background = overseeing, background
        self._save_as = save_as
        self.shown: Oversight | None = None
        self._asked = 0
        self.trainee = DropDown("oversee-trainee", theme)
        self.period = DropDown("oversee-period", theme)
        self.period.fill([*PERIODS], None)
        for choice in (self.trainee, self.period):
            choice.chosen.connect(self._read)
        self.muscles = UseBars(theme)
        self.export = QPushButton("Save as CSV")
        self.export.setObjectName("oversee-export")
        self.export.clicked.connect(self._export)
        self.problem = wrapping(label("", "muted", "oversee-problem"))
        self._grid = QGridLayout()
        self._grid.setSpacing(12)
        for at in range(_COLUMNS):
            self._grid.setColumnStretch(at, 1)
        self._lay_out()

    def show_page(self) -> None:
        """Open it on the first trainee.

        Raises:
            BodymapError: The store can't be read.
        """
        trainees = self._overseeing.trainees()
        self.trainee.fill(
            [(user.id, user.name) for user in trainees], trainees[0].id if trainees else None
        )
        self.open(_WIDTH, _HEIGHT)
        self.trainee.setFocus()
        self.export.setEnabled(False)
        if trainees:
            self._read()
        else:
            self.problem.setText("No trainee is assigned to you.")

    def show_oversight(self, oversight: Oversight) -> None:
        """Show a trainee."""
        self.shown = oversight
        emptied(self._grid)
        for at, (caption, figure, made_of) in enumerate(tiles(oversight)):
            card = Card(caption, f"oversee-{at}")
            card.add(label(figure, "figure"), wrapping(label(made_of, "muted")))
            card.column.addStretch(1)
            self._grid.addWidget(card, at // _COLUMNS, at % _COLUMNS)
        self.muscles.show_uses(oversight.muscles[:_MOST])
        self.months.show_months(oversight.months)
        for card in (self._bars, self._by_month):
            card.show()
        self.export.setEnabled(True)
        self.problem.setText("")

    def _read(self) -> None:
        trainee, days = self.trainee.value, self.period.value
        if isinstance(trainee, str):
            wanted = days if isinstance(days, int) else None
            self.problem.setText(_READING)
            self.export.setEnabled(False)
            self._asked += 1
            asked = self._asked
            self._background.query(
                self,
                lambda: self._overseeing.of(UserId(trainee), wanted),
                lambda found: self.show_oversight(found) if asked == self._asked else None,
                lambda words: self.problem.setText(words) if asked == self._asked else None,
            )

    def _export(self) -> None:
        if self.shown is not None:
            self._save_as.ask("", f"{self.shown.trainee.name}.csv", self._write)

    def _write(self, target: Path) -> None:
        if (shown := self.shown) is not None:
            self._background.change(
                self,
                lambda: self._overseeing.export(shown, target),
                lambda path: self.problem.setText(f"Saved as {path}."),
                self.problem.setText,
            )

    def _lay_out(self) -> None:
        fields = [Field("Trainee", self.trainee), Field("Period", self.period)]
        for wanted in fields:
            wanted.setMinimumWidth(260)
        choices = beside(*fields, spacing=16)
        self._bars = Card("Muscles and depths, beside the rest of the clinic", "oversee-muscles")
        self._bars.add(self.muscles)
        self.months = MonthTable()
        self._by_month = Card("Month by month", "oversee-months")
        self._by_month.add(self.months)
        for card in (self._bars, self._by_month):
            card.hide()
        inside = QWidget()
        column = stacked(inside, spacing=14)
        column.setContentsMargins(0, 0, 12, 0)
        nested(column, self._grid)
        column.addWidget(self._bars)
        column.addWidget(self._by_month)
        column.addStretch(1)
        self.column.addWidget(choices, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(scrolled(inside, takes_focus=True), 1)
        self.column.addWidget(beside(self.problem, self.export, stretch=0))


def tiles(oversight: Oversight) -> list[tuple[str, str, str]]:
    """What stands on each tile: caption, figure, what it is made of."""
    said = oversight.comments
    kinds = ", ".join(
        f"{SEVERITY_WORDS[kind].lower()} {said.get(kind, 0)}" for kind in reversed(Severity)
    )
    return [
        ("Visits", str(oversight.visits), "without those that are void"),
        (
            "Returned",
            str(oversight.returned),
            f"of {counted(oversight.handed_in, 'round')} handed in",
        ),
        ("Approved", str(oversight.approved), f"{oversight.at_once} in the first round"),
        ("Comments", str(sum(said.values())), kinds),
        ("Needles", str(oversight.needles), "needles, not sites"),
        (
            "Over or near a hazard",
            str(oversight.over_hazards),
            "on the model body; it points to a place and is no finding",
        ),
    ]
