"""Whatever the window asks for, the desk decides: every door of the store is guarded."""

import inspect
from datetime import date
from itertools import product
from pathlib import Path

import pytest

from bodymap.atlas.ids import ViewId
from bodymap.chart.change import Change
from bodymap.chart.clinic_choices import ClinicChoices
from bodymap.chart.people import Role
from bodymap.chart.permissions import ABOUT_VISITS, Action
from bodymap.chart.template import PlannedPoint, Template
from bodymap.chart.visit import VisitState
from bodymap.desk.access import Access, GuardedWork
from bodymap.errors import DeniedError
from tests.builders import a_needle_site, a_patient, a_user, a_visit, an_episode
from tests.vaults import a_data_file

PARTS = ("people", "visits", "choices", "audit", "signatures", "reviews", "afterwards")
OTHERWISE = ClinicChoices(reminder_min=25)
WITH_TEMPLATE = ClinicChoices(
    templates=(Template("Neck", None, (PlannedPoint(ViewId.POSTERIOR, 0, 0),)),)
)
ROLES = {role: a_user(10 + at, role=role) for at, role in enumerate(Role)}
VISIT = a_visit(therapist=ROLES[Role.THERAPIST].id, patient=1)
TRAINEES = a_visit(number=2, therapist=ROLES[Role.TRAINEE].id)

DOORS = {
    "patients": (Action.FIND_PATIENTS, lambda work: work.people.patients()),
    "patients born on": (
        Action.FIND_PATIENTS,
        lambda work: work.people.born_on(date(1984, 2, 29)),
    ),
    "merged": (Action.FIND_PATIENTS, lambda work: work.people.merged_into(a_patient().id)),
    "numbers": (Action.FIND_PATIENTS, lambda work: work.people.numbers()),
    "patient": (Action.FIND_PATIENTS, lambda work: work.people.patient(a_patient().id)),
    "put patient": (Action.KEEP_PATIENTS, lambda work: work.people.put_patient(a_patient(2))),
    "episodes": (Action.FIND_PATIENTS, lambda work: work.people.episodes(a_patient().id)),
    "episode": (Action.FIND_PATIENTS, lambda work: work.people.episode(an_episode().id)),
    "put episode": (Action.KEEP_PATIENTS, lambda work: work.people.put_episode(an_episode(2))),
    "users": (Action.SEE_USERS, lambda work: work.people.users()),
    "user": (Action.SEE_USERS, lambda work: work.people.user(ROLES[Role.CLERK].id)),
    "put user": (Action.KEEP_USERS, lambda work: work.people.put_user(a_user(30))),
    "visits": (Action.LIST_VISITS, lambda work: work.visits.summaries()),
    "choices": (Action.SEE_USERS, lambda work: work.choices.get()),
    "put choices": (Action.KEEP_CLINIC, lambda work: work.choices.put(OTHERWISE)),
    "put templates": (Action.KEEP_TEMPLATES, lambda work: work.choices.put(WITH_TEMPLATE)),
}


@pytest.fixture(scope="module")
def open_work(tmp_path_factory):
    data = a_data_file(tmp_path_factory.mktemp("clinic"))
    with data.open_work() as work:
        for user in ROLES.values():
            work.people.put_user(user)
        work.people.put_patient(a_patient())
        work.people.put_episode(an_episode())
        work.visits.add(VISIT)
        work.visits.add(TRAINEES)
        work.commit()
    yield data.open_work
    data.close()


def at_desk(open_work, role: Role) -> Access:
    access = Access(open_work)
    access.begin(ROLES[role].id)
    return access


@pytest.mark.parametrize(("role", "door"), list(product(Role, DOORS)))
def test_each_door_opens_to_those_who_may_and_to_nobody_else(open_work, role, door) -> None:
    action, go_through = DOORS[door]
    access = at_desk(open_work, role)
    with access.guarded()() as work:
        if access.may(action):
            go_through(work)
        else:
            with pytest.raises(DeniedError, match="You may not"):
                go_through(work)


@pytest.mark.parametrize(("role", "visit"), list(product(Role, [VISIT, TRAINEES])))
def test_a_visit_is_read_and_changed_by_those_who_may(open_work, role, visit) -> None:
    access = at_desk(open_work, role)
    change = Change(put=(a_needle_site(40, visit=40),))
    for action, go_through in (
        (Action.READ_CHART, lambda work: work.visits.get(visit.id)),
        (Action.CHART, lambda work: work.visits.apply(visit.id, 1, change)),
    ):
        with access.guarded()() as work:
            if access.may(action, VisitState.DRAFT, visit.therapist):
                go_through(work)
            else:
                with pytest.raises(DeniedError):
                    go_through(work)


@pytest.mark.parametrize("role", Role)
def test_a_chart_is_read_to_print_by_those_who_may_print(open_work, role: Role) -> None:
    access = at_desk(open_work, role)
    with access.guarded(Action.PRINT)() as work:
        if access.might(Action.PRINT):
            work.visits.get(VISIT.id)
        else:
            with pytest.raises(DeniedError, match="print"):
                work.visits.get(VISIT.id)


@pytest.mark.parametrize("role", Role)
def test_a_visit_is_begun_for_oneself(open_work, role: Role) -> None:
    access = at_desk(open_work, role)
    own = a_visit(number=50, therapist=ROLES[role].id)
    others = a_visit(number=51, therapist=ROLES[Role.CLERK].id)
    with access.guarded()() as work:
        if access.might(Action.BEGIN_VISIT):
            work.visits.add(own)
        else:
            with pytest.raises(DeniedError):
                work.visits.add(own)
    with access.guarded()() as work, pytest.raises(DeniedError):
        work.visits.add(others)


def test_the_words_say_whose_it_is(open_work) -> None:
    access = at_desk(open_work, Role.SUPERVISOR)
    with access.guarded()() as work, pytest.raises(DeniedError) as told:
        work.visits.apply(VISIT.id, 1, Change())
    assert ROLES[Role.THERAPIST].name in str(told.value)


def test_nobody_at_the_desk_may_nothing(open_work) -> None:
    access = Access(open_work)
    assert not any(access.may(action) for action in Action)
    assert not any(access.might(action) for action in ABOUT_VISITS)
    with access.guarded()() as work, pytest.raises(DeniedError, match="Nobody"):
        work.people.patients()


def public(thing: object) -> set[str]:
    return {name for name, _ in inspect.getmembers(thing) if not name.startswith("_")}


def test_no_door_of_the_store_is_left_unguarded(tmp_path: Path) -> None:
    data = a_data_file(tmp_path)
    access = Access(data.open_work)
    with data.open_work() as inner:
        guarded = GuardedWork(inner, access, Action.READ_CHART)
        assert public(guarded) == public(inner)
        for part in public(guarded) - {"commit"}:
            guard = getattr(guarded, part)
            assert type(guard).__module__.startswith("bodymap.desk"), part
            assert public(guard) <= public(getattr(inner, part)), part
    data.close()
