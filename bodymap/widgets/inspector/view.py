"""The panel at the right: the chosen mark, or the visit at a glance."""

from collections.abc import Collection, Mapping
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from bodymap.chart.marks import MarkKind, NeedleSite, kind_of
from bodymap.widgets.actions import ActionId, Actions
from bodymap.widgets.chart_words import counted, structure_name, whereabouts
from bodymap.widgets.controls.buttons import action_button, redrawn
from bodymap.widgets.controls.field import framed, label, nested, stacked, wrapping
from bodymap.widgets.controls.scrolled import scrolled
from bodymap.widgets.inspector.form import Form
from bodymap.widgets.inspector.many_form import ManyForm
from bodymap.widgets.inspector.model import Many, Overview, Shown
from bodymap.widgets.inspector.needle_form import NeedleForm
from bodymap.widgets.inspector.note_form import NoteForm
from bodymap.widgets.inspector.overview_form import OverviewForm
from bodymap.widgets.inspector.pain_zone_form import PainZoneForm
from bodymap.widgets.inspector.reuse_page import TITLE as REUSE_TITLE
from bodymap.widgets.inspector.reuse_page import ReusePage
from bodymap.widgets.inspector.trigger_point_form import TriggerPointForm
from bodymap.widgets.record.needle_timer import NeedleTimer
from bodymap.widgets.record.pages import RecordPages
from bodymap.widgets.record.sections import RecordShown, SectionId
from bodymap.widgets.review.threads import TITLE as COMMENTS_TITLE
from bodymap.widgets.review.threads import ThreadsPage
from bodymap.widgets.side_panel import WIDTH
from bodymap.widgets.signing.page import TITLE as SIGNING_TITLE
from bodymap.widgets.signing.page import SigningPage
from bodymap.widgets.theme import Theme

_MARK_ACTIONS = (ActionId.DUPLICATE, ActionId.MIRROR, ActionId.DELETE)


class Inspector(QFrame):
    """Shows what it is told and tells what was edited.

    Signals:
        edited: Of the mark with this id, this field is to become this value.
        refused: What was entered can't be right; words for the person.
        group_toggled: A group of fields, by name, was opened (True) or closed.
        pain_rated: The ratings before and after the session.
        mark_chosen: The person chose a mark in the list.
        row_wanted: So many needles are to stand between the two chosen ones.
    """

    edited = Signal(object, str, object)
    refused = Signal(str)
    group_toggled = Signal(str, bool)
    pain_rated = Signal(object, object)
    mark_chosen = Signal(object)
    row_wanted = Signal(int)
    _closed = "Choose a patient and a visit, or begin a new one."

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
        self.overview = OverviewForm(actions, theme)
        self.record = RecordPages(theme, _where)
        self.timer = NeedleTimer()
        self.back = QToolButton()
        self.forms: dict[MarkKind, Form] = {
            MarkKind.TRIGGER_POINT: TriggerPointForm(theme),
            MarkKind.NEEDLE_SITE: NeedleForm(theme),
            MarkKind.PAIN_ZONE: PainZoneForm(theme),
            MarkKind.NOTE: NoteForm(theme),
        }
        self._pages = QStackedWidget()
        self._pages.setObjectName("inspector-pages")
        self._scrolled = {kind: _with_bar(form) for kind, form in self.forms.items()}
        self._nothing = QWidget()
        self.many = ManyForm()
        self.reuse = ReusePage(theme)
        self.signing = SigningPage(theme)
        self.comments = ThreadsPage("inspector-comments", margin=24)
        self._visit_page: QWidget = self.overview
        self._has_visit = False
        for page in (self._nothing, self.many, *self._visit_pages, *self._scrolled.values()):
            self._pages.addWidget(page)
        self.needles = label("", "value", "counter-needles")
        self.rest = wrapping(label("", "muted", "counter-rest"))
        self._lay_out()
        self._connect()
        self.show_closed()

    def show_closed(self) -> None:
        """No visit is open."""
        self._has_visit, self._visit_page = False, self.overview
        self._head("No visit open", "", self._closed)
        self._pages.setCurrentWidget(self._nothing)
        self.show_counter("", "")
        self._footer.hide()

    def say_when_closed(self, words: str) -> None:
        """Say what to do while no visit is open."""
        self._closed = words
        if not self._has_visit:
            self.show_closed()

    def show_overview(self, shown: Overview) -> None:
        """A visit is open, and no mark is chosen."""
        self._has_visit = True
        self.overview.show_overview(shown)
        self._show_visit_page()

    def show_record(self, shown: RecordShown) -> None:
        """What the visit holds besides its marks."""
        self.record.show_record(shown)
        self.overview.sections.show_sections(shown)
        self.timer.show_needles(shown.visit, shown.needles)

    def open_section(self, section: SectionId | None) -> None:
        """Open a section of the record in place of the overview, or the overview again."""
        self.record.open(section)
        self._open(self.record if section else self.overview)

    def open_reuse(self) -> None:
        """Open the page of marks that can be copied in place of the overview."""
        self.record.open(None)
        self._open(self.reuse)

    def open_signing(self) -> None:
        """Open the page of signatures in place of the overview."""
        self.record.open(None)
        self._open(self.signing)

    def open_comments(self) -> None:
        """Open the page of a supervisor's comments in place of the overview."""
        self.record.open(None)
        self._open(self.comments)

    def show_mark(self, shown: Shown) -> None:
        """One mark is chosen."""
        heading = shown.heading
        self._head(heading.title, heading.subtitle, heading.place)
        self._show_buttons(shown=shown.editable)
        kind = kind_of(shown.mark)
        self.forms[kind].show_mark(shown)
        self.forms[kind].set_editable(editable=shown.editable)
        self._pages.setCurrentWidget(self._scrolled[kind])

    def show_many(self, shown: Many) -> None:
        """Several marks are chosen."""
        words = "Move, duplicate, mirror or delete them together."
        self._head(f"{counted(shown.count, 'mark')} chosen", "", words if shown.editable else "")
        self._show_buttons(shown=shown.editable)
        self.many.show_many(shown)
        self._pages.setCurrentWidget(self.many)

    def show_counter(self, needles: str, rest: str) -> None:
        """What is on the map."""
        self.needles.setText(needles)
        self.rest.setText(rest)
        self._footer.show()

    def keep_typing(self) -> None:
        """Hand over what is being typed."""
        for form in self.forms.values():
            form.keep()
        self.record.keep_typing()

    def open_groups(self, names: Collection[str]) -> None:
        """Open these groups of fields and close the others."""
        for form in self.forms.values():
            for group in form.groups:
                group.set_open(is_open=group.objectName() in names)

    def first_control(self) -> QWidget:
        """Where the keys go when the panel is entered."""
        page = self._pages.currentWidget()
        inside = page.findChildren(QWidget) if page is not None else []
        return next((child for child in inside if _takes_keys(child)), self)

    def set_theme(self, theme: Theme) -> None:
        """Show it in another theme."""
        self.overview.set_theme(theme)
        self.record.set_theme(theme)
        self.reuse.set_theme(theme)
        self.signing.set_theme(theme)
        redrawn(self.back, "back", theme, "muted")
        for form in self.forms.values():
            form.set_theme(theme)

    def _head(self, title: str, subtitle: str, place: str) -> None:
        self.back.hide()
        for line, text in ((self.title, title), (self.subtitle, subtitle), (self.place, place)):
            line.setText(text)
            line.setVisible(bool(text))
        self._show_buttons(shown=False)

    @property
    def _visit_pages(self) -> Mapping[QWidget, str]:
        """The pages that speak of the visit as a whole, and what they are called."""
        return {
            self.overview: "This visit",
            self.record: self.record.title,
            self.reuse: REUSE_TITLE,
            self.signing: SIGNING_TITLE,
            self.comments: COMMENTS_TITLE,
        }

    def _open(self, page: QWidget) -> None:
        at_visit = self._pages.currentWidget() in {*self._visit_pages, self._nothing}
        self._visit_page = page
        if at_visit:
            self._show_visit_page()

    def _show_visit_page(self) -> None:
        if self._visit_page is self.overview and not self._has_visit:
            self.show_closed()
            return
        self._head(self._visit_pages[self._visit_page], "", "")
        self.back.setVisible(self._visit_page is not self.overview)
        self._pages.setCurrentWidget(self._visit_page)

    def _leave_section(self) -> None:
        self.open_section(None)

    def _show_buttons(self, *, shown: bool) -> None:
        for button in self._buttons:
            button.setVisible(shown)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        top = nested(column, QVBoxLayout())
        top.setContentsMargins(24, 12, 16, 10)
        self.title.setMinimumHeight(40)
        for line in (self.subtitle, self.place):
            line.setContentsMargins(0, 0, 8, 0)
        top.setSpacing(3)
        head = nested(top, QHBoxLayout())
        head.setSpacing(0)
        _dress_back(self.back)
        head.addWidget(self.back)
        head.addWidget(self.title, 1)
        for button in self._buttons:
            head.addWidget(button)
        top.addWidget(self.subtitle)
        top.addWidget(self.place)
        self._footer = framed("footer", "inspector-footer")
        stacked(self._footer, self.needles, self.timer, self.rest, spacing=2).setContentsMargins(
            24, 12, 16, 12
        )
        column.addWidget(self._pages, 1)
        column.addWidget(self._footer)
        self._nothing.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def _connect(self) -> None:
        for form in self.forms.values():
            form.edited.connect(self.edited)
            form.refused.connect(self.refused)
            for group in form.groups:
                group.toggled.connect(partial(self.group_toggled.emit, group.objectName()))
        self.many.row_wanted.connect(self.row_wanted)
        self.overview.pain_rated.connect(self.pain_rated)
        self.overview.mark_chosen.connect(self.mark_chosen)
        self.overview.sections.chosen.connect(self.open_section)
        self.back.clicked.connect(self._leave_section)


def _where(site: NeedleSite) -> str:
    return whereabouts(site, structure_name)


def _dress_back(button: QToolButton) -> None:
    button.setObjectName("section-back")
    button.setAccessibleName("Back to the visit")
    button.setToolTip("Back to the visit")
    button.setProperty("look", "zoom")


def _with_bar(form: Form) -> QScrollArea:
    form.column.addStretch(1)
    area = scrolled(form, f"{form.objectName()}-scroll")
    area.verticalScrollBar().rangeChanged.connect(form.make_room)
    return area


def _takes_keys(widget: QWidget) -> bool:
    by_tab = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    return bool(by_tab) and widget.isVisible() and widget.isEnabled()
