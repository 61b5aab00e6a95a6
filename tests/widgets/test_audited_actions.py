"""What the window can do and what of it is put down: a new action fails until somebody says."""

from bodymap.chart.permissions import Action
from bodymap.widgets.actions import ActionId
from tests.desk.test_audit_completeness import COMINGS, DEEDS

LEADS_TO: dict[ActionId, tuple[Action | str, ...]] = {
    ActionId.UNDO: (Action.CHART, Action.KEEP_PATIENTS),
    ActionId.REDO: (Action.CHART, Action.KEEP_PATIENTS),
    ActionId.DELETE: (Action.CHART,),
    ActionId.DUPLICATE: (Action.CHART,),
    ActionId.MIRROR: (Action.CHART,),
    ActionId.COPY_FORWARD: (Action.CHART, "marks of somebody else's visit"),
    ActionId.TOOL_TRIGGER_POINT: (Action.CHART,),
    ActionId.TOOL_NEEDLE: (Action.CHART,),
    ActionId.TOOL_PAIN_LASSO: (Action.CHART,),
    ActionId.TOOL_PAIN_REGION: (Action.CHART,),
    ActionId.TOOL_PAIN_BRUSH: (Action.CHART,),
    ActionId.TOOL_PAIN_ERASER: (Action.CHART,),
    ActionId.TOOL_NOTE: (Action.CHART,),
    ActionId.TOOL_BARRED_AREA: (Action.CHART,),
    ActionId.ANSWER_REST_NO: (Action.CHART,),
    ActionId.PAGE_SCREENING: (Action.CHART,),
    ActionId.PAGE_CONSENT: (Action.CHART, "an earlier consent"),
    ActionId.PAGE_NEEDLES: (Action.CHART,),
    ActionId.PAGE_MEASURES: (Action.CHART,),
    ActionId.PAGE_TEXT: (Action.CHART,),
    ActionId.PAGE_EVENTS: (Action.CHART, Action.ADD_AFTERWARDS),
    ActionId.PAGE_CLINIC: (Action.KEEP_CLINIC, Action.KEEP_TEMPLATES),
    ActionId.FIND_PATIENT: (Action.FIND_PATIENTS, "pictures of a patient's visits"),
    ActionId.NEW_PATIENT: (Action.KEEP_PATIENTS,),
    ActionId.PATIENT_PAGE: (Action.KEEP_PATIENTS, Action.LIST_VISITS, Action.READ_CHART),
    ActionId.OVER_TIME: ("a patient's visits over time",),
    ActionId.FIGURES: (Action.READ_CHART, Action.EXPORT),
    ActionId.NEW_VISIT: (Action.BEGIN_VISIT,),
    ActionId.SIGN: (
        Action.SIGN,
        Action.SUBMIT,
        Action.CO_SIGN,
        Action.ADD_ADDENDUM,
        Action.VOID,
        "a first signature",
    ),
    ActionId.REVIEWS: (Action.LIST_VISITS, "what waits for a supervisor"),
    ActionId.NEXT_REVIEW: (Action.READ_CHART,),
    ActionId.COMMENT: (Action.COMMENT, Action.RETURN, Action.CO_SIGN),
    ActionId.ROUNDS: (Action.READ_CHART,),
    ActionId.TRAINEES: (Action.OVERSEE, Action.EXPORT),
    ActionId.AUDIT: (
        Action.READ_AUDIT,
        Action.VERIFY,
        "the audit trail exported",
        "the audit trail printed",
    ),
    ActionId.PRINT: (Action.PRINT,),
    ActionId.USERS: (Action.SEE_USERS, Action.KEEP_USERS),
    ActionId.ACCOUNT: (Action.CHANGE_OWN_PASSWORD,),
    ActionId.RECOVERY_KEY: (Action.RENEW_RECOVERY_KEY,),
    ActionId.DATA: (Action.BACK_UP, Action.RESTORE, "where backups go"),
    ActionId.LOCK: ("locking", "unlocking"),
    ActionId.SIGN_OUT: ("leaving",),
    ActionId.QUIT: ("leaving",),
}
"""Each action that reaches the record, and the rows of the test of completeness that prove it."""

ONLY_LOOKS = {
    *(one for one in ActionId if one.value.startswith(("view-", "show-", "layer-", "zoom-"))),
    ActionId.TOOL_SELECT,
    ActionId.NEXT_MARK,
    ActionId.PREVIOUS_MARK,
    ActionId.PUT_AWAY,
    ActionId.REFERENCE,
    ActionId.FIND_MUSCLE,
    ActionId.EXPLAIN_PAIN,
    ActionId.NEXT_PANEL,
    ActionId.PREVIOUS_PANEL,
    ActionId.OPEN_MENU,
    ActionId.CHANGE_THEME,
    ActionId.TOUCH,
    ActionId.KEYS,
}
"""Actions that change what is shown of what is open already; nothing is read or written."""


def test_every_action_of_the_window_is_told_of() -> None:
    assert LEADS_TO.keys() | ONLY_LOOKS == set(ActionId)
    assert not LEADS_TO.keys() & ONLY_LOOKS


def test_what_it_leads_to_is_proved_to_be_put_down() -> None:
    for action, rows in LEADS_TO.items():
        assert rows, action
        assert all(row in DEEDS or row in COMINGS for row in rows), action
    assert set(DEEDS) <= {row for rows in LEADS_TO.values() for row in rows}
