"""Hides from the window what the signed-in user may not do; the desk denies it all the same."""

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QToolButton, QWidget

from bodymap.chart.permissions import Action
from bodymap.widgets.actions import TOOLS, ActionId, Actions
from bodymap.widgets.inspector.many_form import ManyForm
from bodymap.widgets.inspector.reuse_page import ReusePage
from bodymap.widgets.inspector.view import Inspector
from bodymap.widgets.patient_page.page import PatientPage
from bodymap.widgets.people.view import PeoplePanel
from bodymap.widgets.top_bar import TopBar

NEEDED: Mapping[ActionId, Action] = {
    ActionId.FIND_PATIENT: Action.FIND_PATIENTS,
    ActionId.PATIENT_PAGE: Action.FIND_PATIENTS,
    ActionId.OVER_TIME: Action.READ_CHART,
    ActionId.FIGURES: Action.READ_CHART,
    ActionId.NEW_PATIENT: Action.KEEP_PATIENTS,
    ActionId.NEW_VISIT: Action.BEGIN_VISIT,
    ActionId.SIGN: Action.READ_CHART,
    ActionId.PRINT: Action.PRINT,
    ActionId.AUDIT: Action.READ_AUDIT,
    ActionId.REVIEWS: Action.COMMENT,
    ActionId.NEXT_REVIEW: Action.CO_SIGN,
    ActionId.COMMENT: Action.CO_SIGN,
    ActionId.TRAINEES: Action.OVERSEE,
    ActionId.ROUNDS: Action.COMMENT,
    ActionId.USERS: Action.KEEP_USERS,
    ActionId.RECOVERY_KEY: Action.RENEW_RECOVERY_KEY,
    ActionId.DATA: Action.BACK_UP,
    ActionId.PAGE_CLINIC: Action.KEEP_CLINIC,
    ActionId.ACCOUNT: Action.CHANGE_OWN_PASSWORD,
    **dict.fromkeys((tool for tool in TOOLS if tool is not ActionId.TOOL_SELECT), Action.CHART),
    **dict.fromkeys(
        (
            ActionId.UNDO,
            ActionId.REDO,
            ActionId.DELETE,
            ActionId.DUPLICATE,
            ActionId.MIRROR,
            ActionId.COPY_FORWARD,
            ActionId.ANSWER_REST_NO,
            ActionId.PUT_AWAY,
        ),
        Action.CHART,
    ),
}
"""What somebody must be allowed to do for an action to be seen."""

_NO_CHARTS = "Your role shows no charts. What you may do is in the menu."
_PAIN = "tool-pain-button"
"""Opens the ways to draw pain, and so is no action of its own."""


def hide_what_is_denied(
    window: QWidget, actions: Actions, might: Callable[[Action], bool]
) -> frozenset[ActionId]:
    """Take from menus, keys and bars what the user may do to no visit at all; say what it was."""
    denied = frozenset(action for action, needed in NEEDED.items() if not might(needed))
    hidden = [actions[action] for action in denied]
    for action in hidden:
        action.setVisible(False)  # Qt takes the key of an unseen action away as well
    cannot_chart = ActionId.TOOL_NEEDLE in denied
    for button in window.findChildren(QToolButton):
        if button.defaultAction() in hidden or (cannot_chart and button.objectName() == _PAIN):
            button.hide()
    _say_what_is_left(window, might)
    may_keep = might(Action.KEEP_TEMPLATES)
    for form in window.findChildren(ManyForm):
        form.may_keep = may_keep
    for page in window.findChildren(ReusePage):
        page.may_drop = may_keep
    return denied


def _say_what_is_left(window: QWidget, might: Callable[[Action], bool]) -> None:
    """Name only ways that are open, where nothing is chosen yet."""
    reads, begins = might(Action.READ_CHART), might(Action.BEGIN_VISIT)
    for panel in window.findChildren(PeoplePanel):
        panel.show_rights(visits=reads, begins=begins)
    for page in window.findChildren(PatientPage):
        page.show_rights(visits=reads)
    choose = "Choose a patient and a visit"
    closed = f"{choose}, or begin a new one." if begins else f"{choose}."
    for inspector in window.findChildren(Inspector):
        inspector.say_when_closed(closed if reads else _NO_CHARTS)
    find = "Find one at the left"
    found = f"{find}, or add a new one" if might(Action.KEEP_PATIENTS) else find
    for bar in window.findChildren(TopBar):
        bar.say_of_nobody(found if might(Action.FIND_PATIENTS) else "Your role shows no patients")
