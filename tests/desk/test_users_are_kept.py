"""Users are kept by administrators alone; a try leaves neither rows nor ways in behind."""

import pytest

from bodymap.chart.people import Role
from bodymap.errors import DeniedError
from tests.builders import a_user
from tests.vaults import OWNER, PASSWORD, found_clinic

THERAPIST = a_user(2, login="robin")
SHUT_OUT = a_user(3, login="sam", disabled=True)
NEW = "a second horse of fair colour"
TRIES = {
    "add": lambda users: users.add(a_user(9, login="mallory", also=frozenset({Role.ADMIN})), NEW),
    "change": lambda users: users.change(a_user(2, login="robin", also=frozenset({Role.ADMIN}))),
    "set a password": lambda users: users.change(OWNER, OWNER, NEW),
    "shut out": lambda users: users.shut_out(OWNER.id),
    "let in": lambda users: users.let_in(SHUT_OUT.id, NEW),
}


@pytest.fixture
def application(tmp_path):
    """A clinic with a therapist at the desk who keeps no users."""
    application = found_clinic(tmp_path / "clinic")
    with application.open_work() as work:
        work.people.put_user(THERAPIST)
        work.people.put_user(SHUT_OUT)
        work.commit()
    application.vault.give_way_in(THERAPIST.id, THERAPIST.login, PASSWORD)
    application.sign_in.sign_in(THERAPIST.login, PASSWORD)
    yield application
    application.close()


@pytest.mark.parametrize("what", TRIES)
def test_nobody_but_an_administrator_keeps_users(application, what: str) -> None:
    users, slots = application.users.all(), application.vault._read().slots
    with pytest.raises(DeniedError):
        TRIES[what](application.users)
    assert application.users.all() == users
    assert application.vault._read().slots == slots
