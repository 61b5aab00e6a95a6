"""The panel of a review: what to look at, what was changed, comments, and the decision."""

from enum import StrEnum

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPlainTextEdit,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from bodymap.chart.marks import MarkId
from bodymap.desk.differences import Differences
from bodymap.desk.reviewing import Sheet
from bodymap.desk.risks import Risk
from bodymap.widgets.controls.choice import DropDown
from bodymap.widgets.controls.field import Field, label, nested, stacked, wrapping
from bodymap.widgets.controls.segments import Option, Segments
from bodymap.widgets.guarded import guarded
from bodymap.widgets.icons import icon
from bodymap.widgets.review.charted import charted
from bodymap.widgets.review.comment_form import CommentForm
from bodymap.widgets.review.decision import DecisionBar
from bodymap.widgets.review.row import Charted, PressedRow, Rows
from bodymap.widgets.review.threads import ThreadsPage
from bodymap.widgets.review.words import (
    RISK_WORDS,
    difference_detail,
    difference_title,
    earlier_words,
)
from bodymap.widgets.side_panel import WIDTH
from bodymap.widgets.theme import Theme

_NO_RISKS = "Nothing stands out in this visit."
_NO_EARLIER = "There is no earlier visit of this patient to compare with."
_SAME = "Nothing is another."


class Part(StrEnum):
    """What is looked at."""

    RISKS = "risks"
    CHANGES = "changes"
    COMMENTS = "comments"


class ReviewPanel(QFrame):
    """Shows what it is told and tells what was asked for.

    Signals:
        mark_chosen: The id of a mark to be brought into sight.
        earlier_chosen: The number in the list of what the visit is to be held against.
        dismissed: The panel is to be put away.
    """

    mark_chosen = Signal(object)
    earlier_chosen = Signal(int)
    dismissed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("review")
        self.setAccessibleName("Review")
        self.setProperty("look", "side-right")
        self.setFixedWidth(WIDTH)
        self.close_button = QToolButton()
        self.close_button.setObjectName("review-close")
        self.close_button.setAccessibleName("Close the review")
        self.close_button.setProperty("look", "zoom")
        self.close_button.clicked.connect(self.dismissed)
        self.name = label("", "title", "review-name")
        side = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute  # whatever the script
        self.name.setAlignment(side | Qt.AlignmentFlag.AlignVCenter)
        self.facts = wrapping(label("", "muted", "review-facts"))
        self.tabs = Segments("review-part", _tabs(0, 0, 0))
        self.earlier = DropDown("review-earlier", theme)
        self.threads = ThreadsPage("review-threads")
        self.form = CommentForm()
        self.decision = DecisionBar()
        self._risks, self._changes = Rows("review-risks"), Rows("review-changes")
        self._charted = Charted()
        self._charted.chosen.connect(self.mark_chosen)
        self._pages = QStackedWidget()
        self._lay_out()
        self._connect()
        self.set_theme(theme)
        self.hide()

    @property
    def part(self) -> Part:
        """What is looked at."""
        return Part(str(self.tabs.value))

    def show_sheet(self, sheet: Sheet, facts: str) -> None:
        """Show a visit to be reviewed."""
        self.name.setText(sheet.patient.full_name)
        self.facts.setText(f"{facts}\n{sheet.complaint}")
        self._risks.show_rows([_risk_row(risk, self.mark_chosen) for risk in sheet.risks])
        self._risks.show_words("" if sheet.risks else _NO_RISKS)
        self._charted.show_lines(charted(sheet.visit, sheet.patient))
        choices: list[tuple[object, str]] = [
            (at, earlier_words(one)) for at, one in enumerate(sheet.earlier)
        ]
        self.earlier.fill(choices, 0 if choices else None)
        self._held_against.setVisible(bool(choices))
        self.threads.show_sheet(sheet)
        self.form.setVisible(sheet.may_comment)
        self.decision.setVisible(sheet.may_decide)
        self.decision.clear()

    def show_differences(self, differences: Differences | None, counts: tuple[int, int]) -> None:
        """Show what is another.

        Args:
            differences: None when there is nothing to hold the visit against.
            counts: How many risks and comments there are.
        """
        found = differences or Differences()
        rows = [
            PressedRow(difference_title(one), difference_detail(one), one.mark.id)
            for one in found.marks
        ]
        rows += [PressedRow("In the record", _begun(words), None) for words in found.fields]
        for row in rows:
            row.pressed.connect(self.mark_chosen)
        self._changes.show_rows(rows)
        words = _NO_EARLIER if differences is None else _SAME
        self._changes.show_words("" if rows else words)
        value = self.tabs.value
        self.tabs.set_options(_tabs(counts[0], len(rows), counts[1]))
        self.tabs.set_value(value)

    def show_part(self, part: Part) -> None:
        """Turn to a page."""
        self.tabs.set_value(part)
        self._pages.setCurrentIndex(list(Part).index(part))

    def set_theme(self, theme: Theme) -> None:
        """Show it in another theme."""
        self.close_button.setIcon(icon("close", theme, "muted"))
        self.earlier.set_theme(theme)

    @override
    @guarded
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and isinstance(self.focusWidget(), QPlainTextEdit):
            self.close_button.setFocus()  # what is being written is not lost by one key
        elif event.key() == Qt.Key.Key_Escape:
            self.dismissed.emit()
        else:
            super().keyPressEvent(event)

    def _turn(self, part: object) -> None:
        self.show_part(Part(str(part)))

    def _choose_earlier(self, at: object) -> None:
        if isinstance(at, int):
            self.earlier_chosen.emit(at)

    def _connect(self) -> None:
        self.tabs.chosen.connect(self._turn)
        self.earlier.chosen.connect(self._choose_earlier)

    def _lay_out(self) -> None:
        self._held_against = Field("Held against", self.earlier)
        changes, comments = QWidget(), QWidget()
        stacked(changes, self._held_against, self._changes, spacing=10)
        stacked(comments, self.threads, self.form, spacing=10).setStretch(0, 1)
        self._risks.put_below(self._charted)
        for page in (self._risks, changes, comments):
            self._pages.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 14, 16, 14)
        column.setSpacing(10)
        head = nested(column, QHBoxLayout())
        head.addWidget(self.name, 1)
        head.addWidget(self.close_button)
        column.addWidget(self.facts)
        column.addWidget(self.tabs)
        column.addWidget(self._pages, 1)
        column.addWidget(self.decision)
        self.show_part(Part.RISKS)


def _risk_row(risk: Risk, chosen: object) -> PressedRow:
    row = PressedRow(RISK_WORDS[risk.kind].capitalize(), risk.words, risk.mark, look="caution")
    row.pressed.connect(chosen)
    return row


def _begun(words: str) -> str:
    return words[:1].upper() + words[1:]


def _tabs(risks: int, changes: int, comments: int) -> tuple[Option, ...]:
    said = ((Part.RISKS, "Look at", risks), (Part.CHANGES, "Changes", changes),
            (Part.COMMENTS, "Comments", comments))  # fmt: skip
    return tuple(Option(part, f"{text} {count}" if count else text) for part, text, count in said)


def chosen_mark(value: object) -> MarkId | None:
    """The mark of a row, if it is about one."""
    return MarkId(value) if isinstance(value, str) else None
