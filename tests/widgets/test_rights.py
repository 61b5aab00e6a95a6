"""R18 in the window: each action is either tied to a right or open to everybody on purpose."""

from bodymap.chart.people import Role
from bodymap.desk.access import Access
from bodymap.widgets.actions import ActionId
from bodymap.widgets.rights import NEEDED
from tests.builders import a_user

OPEN_TO_ALL = {
    *(action for action in ActionId if action.startswith(("view-", "show-", "layer-", "zoom-"))),
    *(action for action in ActionId if action.startswith("page-") and action not in NEEDED),
    ActionId.TOOL_SELECT,
    ActionId.NEXT_MARK,
    ActionId.PREVIOUS_MARK,
    ActionId.REFERENCE,
    ActionId.FIND_MUSCLE,
    ActionId.EXPLAIN_PAIN,
    ActionId.NEXT_PANEL,
    ActionId.PREVIOUS_PANEL,
    ActionId.OPEN_MENU,
    ActionId.CHANGE_THEME,
    ActionId.TOUCH,
    ActionId.KEYS,
    ActionId.LOCK,
    ActionId.SIGN_OUT,
    ActionId.QUIT,
}
"""What looks at the body or at an open chart, or belongs to the window itself."""


def test_nobody_forgot_to_say_who_may_see_an_action() -> None:
    assert set(ActionId) == OPEN_TO_ALL | set(NEEDED)
    assert not OPEN_TO_ALL & set(NEEDED)


def test_the_figures_are_saved_by_those_who_may(charted, open_work, monkeypatch) -> None:
    for number, role, is_offered in ((7, Role.TRAINEE, False), (8, Role.THERAPIST, True)):
        user, access = a_user(number, role=role), Access(open_work)
        with open_work() as work:
            work.people.put_user(user)
            work.commit()
        access.begin(user.id)
        monkeypatch.setattr(charted.figuring._clinic.figures, "_access", access)
        charted.actions_by_id[ActionId.FIGURES].trigger()
        assert charted.figures_page.export.isVisible() is is_offered
        charted.actions_by_id[ActionId.VIEW_BACK].trigger()
