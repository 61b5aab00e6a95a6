"""What the inspector shows while no mark is chosen: what to do, the ratings, the marks."""

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from bodymap.widgets.actions import ActionId, Actions
from bodymap.widgets.controls.buttons import action_button
from bodymap.widgets.controls.field import Field, beside, label, stacked, wrapping
from bodymap.widgets.controls.rows import RowDelegate, row_list
from bodymap.widgets.controls.scrolled import scrolled
from bodymap.widgets.controls.segments import rating, rating_columns
from bodymap.widgets.inspector.mark_list import MarkListModel
from bodymap.widgets.inspector.model import Overview
from bodymap.widgets.record.tiles import SectionTiles
from bodymap.widgets.theme import Theme

_HINT = (
    "Take a tool and click on the body. Each mark is saved at once; "
    "choose one to see and change it here."
)
_LEAST_ROWS = 2
_READ = "Choose a mark to read what was charted."


class OverviewForm(QWidget):
    """The visit at a glance.

    Signals:
        pain_rated: The ratings before and after; None where there is none.
        mark_chosen: The id of a mark in the list.
    """

    pain_rated = Signal(object, object)
    mark_chosen = Signal(object)

    def __init__(self, actions: Actions, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("overview")
        self._theme = theme
        self.before = rating("pain-before", touch=theme.touch)
        self.after = rating("pain-after", touch=theme.touch)
        self.before.setAccessibleName("Pain before the session")
        self.after.setAccessibleName("Pain after the session")
        self.hint = wrapping(label(_HINT, "muted", "overview-hint"))
        self.sections = SectionTiles(theme)
        self.marks = row_list("mark-list", "Marks of this visit")
        self.model = MarkListModel(theme)
        self._delegate = RowDelegate(self.marks, theme)
        self.marks.setModel(self.model)
        self.marks.setItemDelegate(self._delegate)
        self.marks.clicked.connect(self._chose)
        self.marks.activated.connect(self._chose)
        self.before.chosen.connect(self._rated)
        self.after.chosen.connect(self._rated)
        self._list_caption = label("MARKS", "caption")
        self.copy = action_button(actions, ActionId.COPY_FORWARD, "quiet-accent")
        self.sign = action_button(actions, ActionId.SIGN, "segment")
        self.sign.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.marks.setMinimumHeight(_LEAST_ROWS * theme.size("row"))
        self._lay_out()

    def show_overview(self, shown: Overview) -> None:
        """Show a visit."""
        self.before.set_value(shown.pain_before)
        self.after.set_value(shown.pain_after)
        self.before.setEnabled(shown.editable)
        self.after.setEnabled(shown.editable)
        self.hint.setText(f"{shown.why_not} {_READ}" if shown.why_not else _HINT)
        self.model.show_marks(shown.marks)
        self.copy.setVisible(shown.editable)

    def set_theme(self, theme: Theme) -> None:
        """Show it in another theme."""
        self._delegate.theme = theme
        self.marks.setMinimumHeight(_LEAST_ROWS * theme.size("row"))
        self.sections.set_theme(theme)
        self.model.set_theme(theme)
        for scale in (self.before, self.after):
            scale.set_columns(rating_columns(touch=theme.touch))

    def _lay_out(self) -> None:
        inside = QWidget()
        self._column = column = QVBoxLayout(inside)
        column.setSpacing(14)
        self._make_room(0, 0)
        column.addWidget(self.hint)
        column.addWidget(self.sections)
        column.addWidget(Field("Pain before, 0–10", self.before))
        column.addWidget(Field("Pain after, 0–10", self.after))
        column.addWidget(beside(self._list_caption, self.copy, stretch=0))
        column.addWidget(self.marks, 1)
        scroll = scrolled(inside)
        scroll.verticalScrollBar().rangeChanged.connect(self._make_room)
        foot = QWidget()
        stacked(foot, self.sign).setContentsMargins(24, 0, 24, 8)
        stacked(self, scroll, foot, spacing=6).setStretch(0, 1)

    def _make_room(self, _least: int, most: int) -> None:
        """Keep the same margin at the right whether or not there is a scroll bar."""
        self._column.setContentsMargins(24, 6, 14 if most else 24, 8)

    def _rated(self) -> None:
        self.pain_rated.emit(self.before.value, self.after.value)

    def _chose(self, index: QModelIndex) -> None:
        self.mark_chosen.emit(self.model.mark_at(index).id)
