"""Where nothing can be changed: questions are answered, changes refused, nothing is left out."""

import inspect

import pytest

from bodymap.chart.audit import AuditAction, Entity, Subject
from bodymap.chart.people import Role
from bodymap.chart.permissions import CHANGES_NOTHING, Action, might
from bodymap.desk import ports
from bodymap.desk.access import Access
from bodymap.desk.only_reading import READING, UNSEEN, OnlyReading
from bodymap.errors import DeniedError, StorageError
from tests.builders import a_patient, a_user, a_visit, an_episode

WHY = "The folder may only be read."
PORTS = {
    "people": ports.People,
    "visits": ports.Visits,
    "audit": ports.AuditTrail,
    "signatures": ports.Signatures,
    "reviews": ports.Reviews,
    "afterwards": ports.Afterwards,
    "choices": ports.Choices,
}
CHANGES = {
    *("put_patient", "put_episode", "put_user", "add", "apply", "move", "put", "add_key"),
    *("add_round", "add_comment", "add_answer", "add_decision"),
}
HEARD = {"note", "append"}
"""Goes by what is told: see `UNSEEN`."""


def methods(port: type) -> set[str]:
    return {name for name, _ in inspect.getmembers(port) if not name.startswith("_")}


@pytest.fixture
def filled(open_work):
    with open_work() as work:
        work.people.put_user(a_user())
        work.people.put_patient(a_patient())
        work.people.put_episode(an_episode())
        work.visits.add(a_visit())
        work.commit()
    return open_work


@pytest.mark.parametrize("part", PORTS)
def test_every_method_of_the_store_is_a_question_or_a_change(part: str) -> None:
    assert methods(PORTS[part]) - READING - CHANGES - HEARD == set()
    assert not READING & (CHANGES | HEARD)


@pytest.mark.parametrize("part", PORTS)
def test_whatever_is_not_a_question_is_refused(filled, part: str) -> None:
    with OnlyReading(filled(), WHY) as work:
        for name in methods(PORTS[part]) - READING - HEARD:
            with pytest.raises(StorageError, match=f"{WHY} Nothing was changed"):
                getattr(getattr(work, part), name)


def test_what_is_read_cannot_be_charted_on(filled) -> None:
    with OnlyReading(filled(), WHY) as work:
        assert not work.visits.get(a_visit().id).is_open
        assert len(work.people.patients()) == 1
        work.commit()


@pytest.mark.parametrize("action", AuditAction)
def test_what_changes_nothing_is_done_although_it_is_not_put_down(filled, action) -> None:
    with OnlyReading(filled(), WHY) as work:
        before = work.audit.head()
        if action in UNSEEN:
            work.audit.note(action, Subject(Entity.CLINIC))
        else:
            with pytest.raises(StorageError, match=WHY):
                work.audit.note(action, Subject(Entity.CLINIC))
        work.commit()
        assert work.audit.head() == before


@pytest.mark.parametrize("role", Role)
def test_each_role_may_do_what_changes_nothing_and_no_more(open_work, role: Role) -> None:
    user = a_user(role=role)
    with open_work() as work:
        work.people.put_user(user)
        work.commit()
    access = Access(open_work, lambda: WHY)
    access.begin(user.id)
    for action in Action:
        assert access.might(action) == (action in CHANGES_NOTHING and might(user, action))
        if action not in CHANGES_NOTHING:
            with pytest.raises(StorageError, match=WHY):
                access.require(action)
        elif not access.may(action):
            with pytest.raises(DeniedError):
                access.require(action)
