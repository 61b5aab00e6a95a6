"""Hides from the window what the signed-in user may not do; the desk denies it all the same."""

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QToolButton, QWidget

from bodymap.chart.permissions import Action
from bodymap.widgets.actions import TOOLS, ActionId, Actions
from bodymap.widgets.inspector.many_form import ManyForm
from bodymap.widgets.inspector.reuse_page import ReusePage

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
    may_keep = might(Action.KEEP_TEMPLATES)
    for form in window.findChildren(ManyForm):
        form.may_keep = may_keep
    for page in window.findChildren(ReusePage):
        page.may_drop = may_keep
    return denied
