"""The panel at the right: the chosen mark, or the visit at a glance."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from bodymap.chart.marks import MarkKind, kind_of
from bodymap.widgets.actions import ActionId, Actions
from bodymap.widgets.controls.buttons import action_button
from bodymap.widgets.controls.field import framed, label, stacked, wrapping
from bodymap.widgets.inspector.form import Form
from bodymap.widgets.inspector.model import Overview, Shown
from bodymap.widgets.inspector.needle_form import NeedleForm
from bodymap.widgets.inspector.note_form import NoteForm
from bodymap.widgets.inspector.overview_form import OverviewForm
from bodymap.widgets.inspector.pain_zone_form import PainZoneForm
from bodymap.widgets.inspector.trigger_point_form import TriggerPointForm
from bodymap.widgets.inspector.words import counted
from bodymap.widgets.theme import Theme

WIDTH = 352
_MARK_ACTIONS = (ActionId.DUPLICATE, ActionId.MIRROR, ActionId.DELETE)


class Inspector(QFrame):
    """Shows what it is told and tells what was edited.

    Signals:
        edited: Of the mark with this id, this field is to become this value.
        pain_rated: The ratings before and after the session.
        mark_chosen: The person chose a mark in the list.
    """

    edited = Signal(object, str, object)
    pain_rated = Signal(object, object)
    mark_chosen = Signal(object)

    def __init__(self, actions: Actions, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("inspector")
        self.setAccessibleName("Inspector")
        self.setProperty("look", "side-right")
        self.setFixedWidth(WIDTH)
        self.title = label("", "title", "inspector-title")
        self.subtitle = wrapping(label("", "strong", "inspector-subtitle"))
        self.place = wrapping(label("", "muted", "inspector-place"))
        self._buttons = [
            action_button(actions, action, "zoom", icon_only=True) for action in _MARK_ACTIONS
        ]
        self.overview = OverviewForm(theme)
        self.forms: dict[MarkKind, Form] = {
            MarkKind.TRIGGER_POINT: TriggerPointForm(theme),
            MarkKind.NEEDLE_SITE: NeedleForm(theme),
            MarkKind.PAIN_ZONE: PainZoneForm(theme),
            MarkKind.NOTE: NoteForm(theme),
        }
        self._pages = QStackedWidget()
        self._pages.setObjectName("inspector-pages")
        self._scrolled = {kind: _scrolled(form) for kind, form in self.forms.items()}
        self._nothing = QWidget()
        for page in (self._nothing, self.overview, *self._scrolled.values()):
            self._pages.addWidget(page)
        self.needles = label("", "value", "counter-needles")
        self.rest = wrapping(label("", "muted", "counter-rest"))
        self._lay_out()
        self._connect()
        self.show_closed()

    def show_closed(self) -> None:
        """No visit is open."""
        self._head("No visit open", "", "Choose a patient and a visit, or begin a new one.")
        self._pages.setCurrentWidget(self._nothing)
        self.show_counter("", "")
        self._footer.hide()

    def show_overview(self, shown: Overview) -> None:
        """A visit is open, and no mark is chosen."""
        self._head("This visit", "", "")
        self.overview.show_overview(shown)
        self._pages.setCurrentWidget(self.overview)

    def show_mark(self, shown: Shown) -> None:
        """One mark is chosen."""
        heading = shown.heading
        self._head(heading.title, heading.subtitle, heading.place)
        self._show_buttons(shown=shown.editable)
        kind = kind_of(shown.mark)
        self.forms[kind].show_mark(shown)
        self.forms[kind].set_editable(editable=shown.editable)
        self._pages.setCurrentWidget(self._scrolled[kind])

    def show_many(self, count: int, *, editable: bool) -> None:
        """Several marks are chosen."""
        words = "Move, duplicate, mirror or delete them together."
        self._head(f"{counted(count, 'mark')} chosen", "", words if editable else "")
        self._show_buttons(shown=editable)
        self._pages.setCurrentWidget(self._nothing)

    def show_counter(self, needles: str, rest: str) -> None:
        """What is on the map."""
        self.needles.setText(needles)
        self.rest.setText(rest)
        self._footer.show()

    def keep_typing(self) -> None:
        """Hand over what is being typed."""
        for form in self.forms.values():
            form.keep()

    def first_control(self) -> QWidget:
        """Where the keys go when the panel is entered."""
        page = self._pages.currentWidget()
        inside = page.findChildren(QWidget) if page is not None else []
        return next((child for child in inside if _takes_keys(child)), self)

    def set_theme(self, theme: Theme) -> None:
        """Show it in another theme."""
        self.overview.set_theme(theme)
        for form in self.forms.values():
            form.set_theme(theme)

    def _head(self, title: str, subtitle: str, place: str) -> None:
        for line, text in ((self.title, title), (self.subtitle, subtitle), (self.place, place)):
            line.setText(text)
            line.setVisible(bool(text))
        self._show_buttons(shown=False)

    def _show_buttons(self, *, shown: bool) -> None:
        for button in self._buttons:
            button.setVisible(shown)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(0)
        head.addWidget(self.title, 1)
        for button in self._buttons:
            head.addWidget(button)
        top = QVBoxLayout()
        top.setContentsMargins(24, 12, 16, 10)
        self.title.setMinimumHeight(40)
        for line in (self.subtitle, self.place):
            line.setContentsMargins(0, 0, 8, 0)
        top.setSpacing(3)
        top.addLayout(head)
        top.addWidget(self.subtitle)
        top.addWidget(self.place)
        self._footer = framed("footer", "inspector-footer")
        stacked(self._footer, self.needles, self.rest, spacing=2).setContentsMargins(24, 12, 16, 12)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self._pages, 1)
        column.addWidget(self._footer)
        self._nothing.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def _connect(self) -> None:
        for form in self.forms.values():
            form.edited.connect(self.edited)
        self.overview.pain_rated.connect(self.pain_rated)
        self.overview.mark_chosen.connect(self.mark_chosen)


def _scrolled(form: Form) -> QScrollArea:
    form.column.addStretch(1)
    area = QScrollArea()
    area.setObjectName(f"{form.objectName()}-scroll")
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(form)
    area.verticalScrollBar().rangeChanged.connect(form.make_room)
    return area


def _takes_keys(widget: QWidget) -> bool:
    by_tab = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    return bool(by_tab) and widget.isVisible() and widget.isEnabled()
