"""What a trainee hands in always waits for somebody: no change takes their last supervisor."""

from dataclasses import replace

import pytest

from bodymap.chart.people import Role, UserId
from bodymap.desk.entry import InvalidEntryError
from bodymap.desk.supervision import check_supervised
from tests.builders import a_user
from tests.vaults import PASSWORD, found_clinic

SASCHA = a_user(2, name="Sascha", login="sascha", role=Role.SUPERVISOR)
ROBIN = a_user(3, name="Robin", login="robin", role=Role.SUPERVISOR)


def a_trainee(number, name, *supervisors, **fields):
    ids = frozenset(one.id for one in supervisors)
    given = {"login": name.lower(), "role": Role.TRAINEE, "supervisors": ids}
    return a_user(number, name=name, **(given | fields))


TONI = a_trainee(4, "Toni", SASCHA)
KIM = a_trainee(5, "Kim", SASCHA, ROBIN)
NO_LONGER = {
    "shut out": {"disabled": True},
    "a therapist": {"role": Role.THERAPIST},
    "a clerk": {"role": Role.CLERK, "also": frozenset({Role.ADMIN})},
}


@pytest.mark.parametrize("change", NO_LONGER.values(), ids=NO_LONGER)
def test_the_only_supervisor_of_a_trainee_stays_one(change):
    known = (SASCHA, ROBIN, TONI, KIM)
    with pytest.raises(InvalidEntryError, match="Sascha is the only supervisor of Toni"):
        check_supervised(replace(SASCHA, **change), known)
    check_supervised(replace(ROBIN, **change), known)


def test_all_who_need_another_one_are_named():
    known = (SASCHA, TONI, a_trainee(6, "Alex", SASCHA), a_trainee(7, "Mika", SASCHA))
    with pytest.raises(InvalidEntryError) as caught:
        check_supervised(replace(SASCHA, disabled=True), known)
    assert "only supervisor of Alex, Mika and Toni. Give each of them another" in str(caught.value)


def test_one_who_is_shut_out_is_no_other_supervisor():
    gone = replace(ROBIN, disabled=True)
    with pytest.raises(InvalidEntryError, match="only supervisor of Kim and Toni"):
        check_supervised(replace(SASCHA, disabled=True), (SASCHA, gone, TONI, KIM))


def test_a_trainee_who_is_shut_out_holds_nobody():
    check_supervised(replace(SASCHA, disabled=True), (SASCHA, replace(TONI, disabled=True)))


def test_who_is_a_supervisor_besides_is_one():
    both = replace(SASCHA, role=Role.THERAPIST, also=frozenset({Role.SUPERVISOR}))
    check_supervised(both, (SASCHA, TONI))


@pytest.mark.parametrize("shut", [True, False], ids=["shut out", "not a supervisor"])
def test_a_trainee_is_given_one_who_works_here(shut):
    other = replace(ROBIN, disabled=True) if shut else replace(ROBIN, role=Role.THERAPIST)
    alone = replace(TONI, supervisors=frozenset({other.id}))
    with pytest.raises(InvalidEntryError, match="Toni needs a supervisor who works here"):
        check_supervised(alone, (SASCHA, other, TONI))
    with pytest.raises(InvalidEntryError, match="Toni needs"):
        check_supervised(alone, (SASCHA, other))


def test_what_was_wrong_before_is_no_obstacle_to_another_change():
    gone = replace(SASCHA, disabled=True)
    check_supervised(replace(TONI, name="Toni Second"), (gone, ROBIN, TONI))
    check_supervised(replace(ROBIN, name="Robin Second"), (gone, ROBIN, TONI))


@pytest.fixture
def application(tmp_path):
    application = found_clinic(tmp_path / "clinic")
    yield application
    application.close()


def added(application, user):
    return application.users.add(replace(user, id=UserId("")), PASSWORD)


def test_the_desk_keeps_to_it(application):
    users = application.users
    sascha, robin = added(application, SASCHA), added(application, ROBIN)
    toni = added(application, a_trainee(4, "Toni", sascha))
    before = users.all()
    with pytest.raises(InvalidEntryError, match="only supervisor of Toni"):
        users.shut_out(sascha.id)
    with pytest.raises(InvalidEntryError, match="only supervisor of Toni"):
        users.change(replace(sascha, role=Role.THERAPIST), sascha)
    assert users.all() == before
    assert application.vault.has_way_in(sascha.id)
    users.change(replace(toni, supervisors=frozenset({robin.id})), toni)
    users.shut_out(sascha.id)
    with pytest.raises(InvalidEntryError, match="Alex needs a supervisor who works here"):
        added(application, a_trainee(6, "Alex", sascha))


def test_a_trainee_is_let_in_again_once_they_have_a_supervisor(application):
    users = application.users
    sascha, robin = added(application, SASCHA), added(application, ROBIN)
    toni = added(application, a_trainee(4, "Toni", sascha))
    users.shut_out(toni.id)
    users.shut_out(sascha.id)
    with pytest.raises(InvalidEntryError, match="Toni needs a supervisor who works here"):
        users.let_in(toni.id, PASSWORD)
    gone = replace(toni, disabled=True)
    users.change(replace(gone, supervisors=frozenset({robin.id})), gone)
    users.let_in(toni.id, PASSWORD)
    assert application.vault.has_way_in(toni.id)
