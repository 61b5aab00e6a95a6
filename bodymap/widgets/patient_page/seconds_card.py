"""Records that may be of the same person, those that were merged, and how to do either."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from bodymap.chart.people import Patient
from bodymap.widgets.controls.field import beside, label, stacked, wrapping
from bodymap.widgets.patient_page.cards import Card
from bodymap.widgets.patient_page.lines import Line
from bodymap.widgets.patient_page.words import who

_MOST = 5


class SecondsCard(Card):
    """Shows other records; each has a button that merges it or parts it again.

    Signals:
        searched: Words to find another record by.
        merge_asked: The `Patient` to take into this one.
        part_asked: The merged `Patient` that is to be one of its own again.
    """

    searched = Signal(str)
    merge_asked = Signal(object)
    part_asked = Signal(object)

    def __init__(self) -> None:
        super().__init__("Another record of the same person", "patient-seconds")
        self._rows: list[QWidget] = []
        self._list = QWidget()
        self._listed = stacked(self._list, spacing=6)
        self._words = wrapping(label("", "muted", "seconds-words"))
        self.search = Line("find-second", "Name, date of birth or number")
        self.search.setAccessibleName("Find another record of this person")
        self.search.returnPressed.connect(self._search)
        self.find_button = QPushButton("Find")
        self.find_button.setObjectName("find-second-button")
        self.find_button.setAccessibleName("Find another record")
        self.find_button.clicked.connect(self._search)
        self._problem = wrapping(label("", "wrong", "seconds-problem"))
        self._problem.hide()
        self.add(
            self._words, self._list, beside(self.search, self.find_button, stretch=0), self._problem
        )

    def show_records(self, likely: Sequence[Patient], merged: Sequence[Patient]) -> None:
        """Show the records that may be second ones, and those that were merged."""
        self.show_problem("")
        for row in self._rows:
            self._listed.removeWidget(row)
            row.deleteLater()
        self._rows = [self._row(one, "Merge into this one") for one in likely[:_MOST]]
        self._rows += [self._row(one, "Part again") for one in merged]
        for row in self._rows:
            self._listed.addWidget(row)
        self._list.setVisible(bool(self._rows))
        self._words.setText(_words(likely, merged))

    def show_problem(self, words: str) -> None:
        """Say why it cannot be done."""
        self._problem.setText(words)
        self._problem.setVisible(bool(words))

    def _row(self, other: Patient, deed: str) -> QWidget:
        is_merged = other.merged_into is not None
        button = QPushButton(deed)
        button.setObjectName(f"{'part' if is_merged else 'merge'}-{other.number}")
        button.setProperty("look", "link")
        button.setAccessibleName(f"{deed}: {other.full_name}, {other.number}")
        asked = self.part_asked if is_merged else self.merge_asked
        button.clicked.connect(lambda: asked.emit(other))
        return beside(wrapping(label(who(other), "")), button, stretch=0)

    def _search(self) -> None:
        self.searched.emit(self.search.text().strip())


def _words(likely: Sequence[Patient], merged: Sequence[Patient]) -> str:
    if likely:
        return (
            "Merging moves all complaints and visits here and adds the alerts. The other "
            "record is kept, and the two can be parted again."
        )
    if merged:
        return "Merged into this record:"
    return "None was found. If you know of one, look for it here."
