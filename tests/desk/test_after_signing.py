"""What becomes known after signing: who may put it down, how it is corrected, where it counts."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bodymap.chart.adverse_events import AdverseEvent, EventKind, Severity
from bodymap.chart.afterwards import Retraction
from bodymap.chart.follow_up import FollowUp, FollowUpKind
from bodymap.chart.people import Role
from bodymap.chart.states import Move
from bodymap.desk.after_signing import AfterSigning
from bodymap.desk.entry import InvalidEntryError
from bodymap.desk.figures import ClinicFigures
from bodymap.desk.printing import Printing
from bodymap.errors import ConflictError, DeniedError, NotFoundError
from tests.builders import a_patient, a_user, a_visit, an_episode, an_id
from tests.vaults import OWNER, PASSWORD, found_clinic

PNEUMOTHORAX = AdverseEvent(EventKind.PNEUMOTHORAX, Severity.SERIOUS, text="Short of breath")
SORE = FollowUp(FollowUpKind.FOLLOW_UP, a_visit().began.date() + timedelta(days=1), 2, 3)
COLLEAGUE = a_user(2, login="sam")
TRAINEE = a_user(3, login="tara", role=Role.TRAINEE)
CLERK = a_user(4, login="cleo", role=Role.CLERK)


class ThreeWeeksLater:
    def now(self):
        return a_visit().began + timedelta(weeks=3)


@pytest.fixture
def application(tmp_path):
    application = found_clinic(tmp_path / "clinic")
    with application.open_work() as work:
        for user in (COLLEAGUE, TRAINEE, CLERK):
            work.people.put_user(user)
        work.people.put_patient(a_patient(alerts=()))
        work.people.put_episode(an_episode())
        for number, move in ((1, Move.SIGN), (2, None), (3, Move.SUBMIT), (4, Move.VOID)):
            visit = a_visit(number=number, therapist=OWNER.id)
            work.visits.add(visit)
            if move is not None:
                work.visits.move(visit.id, visit.version, move)
        work.commit()
    for user in (COLLEAGUE, TRAINEE, CLERK):
        application.vault.give_way_in(user.id, user.login, PASSWORD)
    yield application
    application.close()


SIGNED, DRAFT, SUBMITTED, VOID = (a_visit(number=number).id for number in (1, 2, 3, 4))


@pytest.fixture
def desk(application):
    access = application.access
    return AfterSigning(access.guarded(), ThreeWeeksLater(), access)


def come(application, user):
    application.sign_in.sign_in(user.login, PASSWORD)


def test_an_event_is_put_down_the_next_day(desk):
    entry = desk.add(SIGNED, PNEUMOTHORAX)
    after = desk.of(SIGNED)
    assert after.may_add
    assert after.events == (PNEUMOTHORAX,)
    (heard,) = after.entries
    assert (heard.entry, heard.by, heard.corrected) == (entry, OWNER.name, False)


def test_a_submitted_visit_takes_it_too(desk):
    told = replace(SORE, on=a_visit(number=3).began.date())
    desk.add(SUBMITTED, told)
    assert desk.of(SUBMITTED).follow_ups == (told,)


@pytest.mark.parametrize(("visit", "words"), [(DRAFT, "still open"), (VOID, "void")])
def test_what_is_open_or_void_takes_none(desk, visit, words):
    assert not desk.of(visit).may_add
    with pytest.raises(InvalidEntryError, match=words):
        desk.add(visit, PNEUMOTHORAX)


def test_no_visit_takes_none(desk):
    with pytest.raises(NotFoundError):
        desk.add(an_id("nowhere"), PNEUMOTHORAX)


@pytest.mark.parametrize("days", [-1, 22])
def test_a_day_lies_between_the_visit_and_today(desk, days):
    on = a_visit().began.date() + timedelta(days=days)
    with pytest.raises(InvalidEntryError, match="between the visit and today"):
        desk.add(SIGNED, replace(SORE, on=on))


def test_a_correction_stands_in_the_place_of_what_it_corrects(desk):
    first = desk.add(SIGNED, PNEUMOTHORAX)
    milder = replace(PNEUMOTHORAX, severity=Severity.MILD)
    desk.add(SIGNED, milder, first.id)
    after = desk.of(SIGNED)
    assert after.events == (milder,)
    assert [heard.corrected for heard in after.entries] == [True, False]


def test_a_retraction_leaves_nothing_that_counts(desk):
    first = desk.add(SIGNED, PNEUMOTHORAX)
    desk.add(SIGNED, Retraction("It was another patient"), first.id)
    assert desk.of(SIGNED).events == ()
    assert len(desk.of(SIGNED).entries) == 2


def test_nothing_is_corrected_twice(desk):
    first = desk.add(SIGNED, PNEUMOTHORAX)
    desk.add(SIGNED, PNEUMOTHORAX, first.id)
    with pytest.raises(ConflictError, match="corrected already"):
        desk.add(SIGNED, PNEUMOTHORAX, first.id)


def test_an_entry_is_corrected_by_one_of_its_kind(desk):
    first = desk.add(SIGNED, PNEUMOTHORAX)
    with pytest.raises(InvalidEntryError, match="its own kind"):
        desk.add(SIGNED, SORE, first.id)
    with pytest.raises(InvalidEntryError, match="no such entry"):
        desk.add(SIGNED, SORE, an_id("nowhere"))


def test_whoever_takes_the_call_puts_it_down_in_their_own_name(application, desk):
    come(application, COLLEAGUE)
    assert desk.of(SIGNED).may_add
    assert desk.add(SIGNED, PNEUMOTHORAX).by == COLLEAGUE.id


def test_a_trainee_does_so_for_their_own_visits_only(application, desk):
    come(application, TRAINEE)
    assert not desk.of(SIGNED).may_add
    with pytest.raises(DeniedError, match="record what came after"):
        desk.add(SIGNED, PNEUMOTHORAX)


def test_nobody_puts_it_down_in_another_name(application, desk):
    entry = desk.add(SIGNED, PNEUMOTHORAX)
    forged = replace(entry, id=an_id("forged"), by=COLLEAGUE.id)
    with application.access.guarded()() as work, pytest.raises(DeniedError, match="in the name"):
        work.afterwards.add(forged)


def test_the_clinics_figures_count_it_once(application, desk):
    def events():
        return ClinicFigures(application.access.guarded(), ThreeWeeksLater()).of().events

    assert events() == ()
    first = desk.add(SIGNED, PNEUMOTHORAX)
    desk.add(SIGNED, PNEUMOTHORAX, first.id)
    assert events() == ((Severity.SERIOUS, 1),)


def test_it_is_part_of_what_is_printed(application, desk):
    entry = desk.add(SIGNED, PNEUMOTHORAX)
    printing = Printing(application.access.guarded(), printer=None)
    assert printing.record(SIGNED).afterwards == (entry,)
