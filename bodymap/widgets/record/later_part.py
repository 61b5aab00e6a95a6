"""The part of the page on what came afterwards that goes on once the visit is closed."""

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from bodymap.chart.afterwards import Retraction
from bodymap.chart.visit import Visit, VisitId, VisitState
from bodymap.desk.after_signing import AfterVisit, Heard
from bodymap.widgets.controls.field import emptied, framed, label, stacked, wrapping
from bodymap.widgets.record import later_words
from bodymap.widgets.record.later_form import LaterForm
from bodymap.widgets.theme import Theme


class LaterPart(QWidget):
    """Every entry made since, and what to make another with.

    Signals:
        told: This is to be recorded, in the place of this entry or of none.
    """

    told = Signal(object, object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("later")
        self.caption = label("RECORDED AFTER SIGNING", "caption")
        self.none = wrapping(label("Nothing yet.", "muted", "later-none"))
        self.form = LaterForm(theme)
        self._list = QWidget()
        self._rows: QVBoxLayout = stacked(self._list, spacing=10)
        self._after = AfterVisit()
        self._visit: VisitId | None = None
        stacked(self, self.caption, self.none, self._list, self.form)
        self.form.told.connect(self.told)
        self.form.cancel.clicked.connect(self._begin)

    def show_after(self, visit: Visit, after: AfterVisit) -> None:
        """Show what came after a visit; what is being typed stays while nothing new came."""
        is_other = visit.id != self._visit or after != self._after
        self._visit, self._after = visit.id, after
        self.setVisible(after.may_add or bool(after.entries))
        is_signed = visit.state is not VisitState.SUBMITTED
        self.caption.setText("RECORDED AFTER SIGNING" if is_signed else "RECORDED SINCE")
        self.none.setVisible(not after.entries)
        self.form.setVisible(after.may_add)
        if is_other:
            self._fill()
            self._begin()

    def set_theme(self, theme: Theme) -> None:
        """Show it in another theme."""
        self.form.set_theme(theme)

    def _begin(self) -> None:
        self.form.begin(datetime.now().astimezone().date())

    def _fill(self) -> None:
        emptied(self._rows)
        for row, heard in enumerate(self._after.entries):
            self._rows.addWidget(self._card(row, heard))
        self._list.setVisible(bool(self._after.entries))

    def _card(self, row: int, heard: Heard) -> QWidget:
        told = heard.entry.told
        card = framed("card", f"later-{row}")
        looks = ("muted", "muted") if heard.corrected else ("strong", "body")
        column = stacked(
            card,
            wrapping(label(later_words.title(told), looks[0], f"later-{row}-title")),
            wrapping(label(later_words.author(heard), "muted", f"later-{row}-author")),
            spacing=3,
            margins=10,
        )
        if words := later_words.body(told):
            column.addWidget(wrapping(label(words, looks[1], f"later-{row}-body")))
        if heard.corrected:
            column.addWidget(label("Corrected below; no longer counts", "muted"))
        elif self._after.may_add and not isinstance(told, Retraction):
            column.addWidget(self._correct_button(row), 0, Qt.AlignmentFlag.AlignLeft)
        return card

    def _correct_button(self, row: int) -> QPushButton:
        button = QPushButton("Correct")
        button.setObjectName(f"later-{row}-correct")
        about = later_words.title(self._after.entries[row].entry.told)
        button.setAccessibleName(f"Correct: {about}")
        button.setProperty("look", "link")
        button.setProperty("row", row)
        button.clicked.connect(self._correct)
        return button

    def _correct(self) -> None:
        self.form.correct(self._after.entries[int(self.sender().property("row"))])
