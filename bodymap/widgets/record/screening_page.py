"""The screening checklist: what rules needling out first, then what asks for care."""

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from bodymap.desk.screening import ItemState
from bodymap.widgets.controls.field import label, wrapping
from bodymap.widgets.record.page import Page
from bodymap.widgets.record.screening_row import ScreeningRow
from bodymap.widgets.record.sections import RecordShown
from bodymap.widgets.theme import Theme

_CAPTIONS = {True: "NO NEEDLING IF ONE APPLIES", False: "NEEDLE WITH CARE IF ONE APPLIES"}


class ScreeningPage(Page):
    """All items, with how many are answered and one button for the rest."""

    def __init__(self, theme: Theme) -> None:
        super().__init__("screening-page", theme)
        self.progress = wrapping(label("", "muted", "screening-progress"))
        self.rest = QPushButton("Answer the rest with No")
        self.rest.setObjectName("screening-rest")
        self.rest.clicked.connect(self._answer_rest)
        self.rows: dict[str, ScreeningRow] = {}
        self._order: tuple[tuple[str, bool], ...] = ()
        self._list = QWidget()
        self.column.addWidget(self.progress)
        self.column.addWidget(self.rest)
        self.column.addWidget(self._list)

    @override
    def show_record(self, shown: RecordShown) -> None:
        """Show where every item stands."""
        order = tuple((str(state.item.id), state.is_absolute) for state in shown.items)
        if order != self._order:
            self._order = order
            self._build(shown.items)
        answered = sum(item.applies is not None for item in shown.items)
        self.progress.setText(f"{answered} of {len(shown.items)} answered. Does it apply?")
        self.rest.setVisible(shown.editable and answered < len(shown.items))
        screening = shown.record.screening
        for state in shown.items:
            areas = screening.areas_of(state.item.id)
            self.rows[state.item.id].show_state(state, areas, editable=shown.editable)

    def _build(self, items: tuple[ItemState, ...]) -> None:
        self.column.removeWidget(self._list)
        self._list.hide()
        self._list.deleteLater()
        self._list, self.rows, caption = QWidget(), {}, ""
        column = QVBoxLayout(self._list)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        for state in items:
            if _CAPTIONS[state.is_absolute] != caption:
                caption = _CAPTIONS[state.is_absolute]
                column.addWidget(label(caption, "caption"))
            row = self.rows[state.item.id] = ScreeningRow(state)
            row.edited.connect(self._edited)
            row.asked.connect(self.asked)
            column.addWidget(row)
        self.column.insertWidget(2, self._list)

    def _edited(self, item: str, field: str, value: object) -> None:
        self.asked.emit("answer", (item, field, value))

    def _answer_rest(self) -> None:
        self.asked.emit("rest-no", None)
