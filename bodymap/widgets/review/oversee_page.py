"""How a trainee is doing, on a card over the window."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QScrollArea, QSizePolicy, QWidget
from typing_extensions import override

from bodymap.chart.people import UserId
from bodymap.chart.review import Severity
from bodymap.desk.overseeing import MuscleUse, Overseeing, Oversight
from bodymap.errors import BodymapError
from bodymap.widgets.background import Background
from bodymap.widgets.chart_words import counted, structure_name
from bodymap.widgets.controls.choice import DropDown
from bodymap.widgets.controls.field import Field, beside, label, stacked, wrapping
from bodymap.widgets.controls.rows import elided, fonts
from bodymap.widgets.controls.veil import Veiled
from bodymap.widgets.figures.words import PERIODS
from bodymap.widgets.guarded import guarded
from bodymap.widgets.patient_page.cards import Card
from bodymap.widgets.printing.save_as import SaveAs
from bodymap.widgets.review.words import SEVERITY_WORDS
from bodymap.widgets.theme import Theme

_COLUMNS = 3
_ROW = 34
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
        while item := self._grid.takeAt(0):
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for at, (caption, figure, made_of) in enumerate(tiles(oversight)):
            card = Card(caption, f"oversee-{at}")
            card.add(label(figure, "figure"), wrapping(label(made_of, "muted")))
            self._grid.addWidget(card, at // _COLUMNS, at % _COLUMNS)
        self.muscles.show_uses(oversight.muscles[:_MOST])
        self._bars.show()
        self.export.setEnabled(True)
        self.problem.setText("")

    def _read(self) -> None:
        trainee, days = self.trainee.value, self.period.value
        if isinstance(trainee, str):
            wanted = days if isinstance(days, int) else None
            self.problem.setText(_READING)
            self._background.query(
                self,
                lambda: self._overseeing.of(UserId(trainee), wanted),
                self.show_oversight,
                self.problem.setText,
            )

    def _export(self) -> None:
        if self.shown is not None:
            self._save_as.ask("", f"{self.shown.trainee.name}.csv", self._write)

    def _write(self, target: Path) -> None:
        if self.shown is None:
            return
        try:
            self.problem.setText(f"Saved {self._overseeing.export(self.shown, target)}")
        except BodymapError as problem:
            self.problem.setText(str(problem))

    def _lay_out(self) -> None:
        fields = [Field("Trainee", self.trainee), Field("Period", self.period)]
        for wanted in fields:
            wanted.setMinimumWidth(260)
        choices = beside(*fields, spacing=16)
        self._bars = Card("Muscles and depths, beside the rest of the clinic", "oversee-muscles")
        self._bars.add(self.muscles)
        self._bars.hide()
        inside = QWidget()
        column = stacked(inside, spacing=14)
        column.setContentsMargins(0, 0, 12, 0)
        column.addLayout(self._grid)
        column.addWidget(self._bars)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inside)
        self.column.addWidget(choices, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(scroll, 1)
        self.column.addWidget(beside(self.problem, self.export, stretch=0))


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
    def sizeHint(self) -> QSize:
        return QSize(400, max(1, len(self._uses)) * _ROW)

    @override
    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
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
        painter.end()


def use_words(use: MuscleUse) -> str:
    """How often and how deep, beside the clinic's."""
    depth = "–" if use.depth_mm is None else f"{use.depth_mm:.0f}"
    clinic = "–" if use.clinic_depth_mm is None else f"{use.clinic_depth_mm:.0f}"
    return (
        f"{use.share:.0%} of needles, clinic {use.clinic_share:.0%} · {depth} mm, clinic {clinic}"
    )


def tiles(oversight: Oversight) -> list[tuple[str, str, str]]:
    """What stands on each tile: caption, figure, what it is made of."""
    said = oversight.comments
    kinds = ", ".join(
        f"{SEVERITY_WORDS[kind].lower()} {said.get(kind, 0)}" for kind in reversed(Severity)
    )
    return [
        ("Visits", str(oversight.visits), f"{oversight.handed_in} times handed in"),
        (
            "Returned",
            str(oversight.returned),
            f"{oversight.at_once} of {counted(oversight.approved, 'approval')} in the first round",
        ),
        ("Comments", str(sum(said.values())), kinds),
        ("Needles", str(oversight.needles), "needles, not sites"),
        (
            "Over or near a hazard",
            str(oversight.over_hazards),
            "on the model body; it points to a place and is no finding",
        ),
        ("Months", str(len(oversight.months)), "in which anything was charted"),
    ]
