"""Every write is in the trail: who, when, what it was and what it is; with it or not at all."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from bodymap.chart.audit import AuditAction, AuditEvent, AuditQuestion, Entity, Subject
from bodymap.chart.change import Change, between
from bodymap.chart.states import Move
from bodymap.chart.visit import Visit
from bodymap.errors import ConflictError
from bodymap.storage.audit import LONGEST_VALUE
from bodymap.storage.datafile import DataFile
from bodymap.storage.work import SqlWork
from tests.builders import (
    a_needle_site,
    a_pain_zone,
    a_patient,
    a_polygon,
    a_trigger_point,
    a_user,
    a_visit,
    an_episode,
)

BOTH_DATABASES = True

ME = a_user().id
NOON = datetime(2026, 3, 2, 12, tzinfo=timezone(timedelta(hours=1)))


def work_on(data: DataFile) -> SqlWork:
    return SqlWork(data.engine, ME, lambda: NOON)


def since(data: DataFile, count: int) -> list[AuditEvent]:
    with data.open_work() as work:
        entries = work.audit.entries()
    return [entry.event for entry in reversed(entries) if entry.number > count]


def count(data: DataFile) -> int:
    with data.open_work() as work:
        return work.audit.head().count


def told(events: list[AuditEvent]) -> list[tuple[str, str]]:
    return [(event.action.value, event.subject.entity.value) for event in events]


def test_a_new_visit_is_in_it_with_each_mark(clinic: DataFile) -> None:
    before = count(clinic)
    with work_on(clinic) as work:
        work.visits.add(a_visit(2, 1, 1))
        work.commit()
    events = since(clinic, before)
    assert told(events) == [("added", "visit")] + [("added", "mark")] * 4
    assert {event.actor for event in events} == {ME}
    assert {event.at for event in events} == {NOON}
    assert {event.at.utcoffset() for event in events} == {timedelta(hours=1)}
    assert {event.subject.patient for event in events} == {a_visit().patient}


@pytest.mark.parametrize("known", ["known", "read"])
def test_one_gesture_is_one_entry_with_old_and_new(
    clinic: DataFile, visit: Visit, known: str
) -> None:
    site = a_needle_site(1, trigger_point=a_trigger_point().id)
    deeper = replace(site, depth_mm=22.5)
    after = visit.with_mark(deeper)
    before = count(clinic)
    with work_on(clinic) as work:
        undo = between(after, visit) if known == "known" else None
        work.visits.apply(visit.id, 1, between(visit, after), undo)
        work.commit()
    (event,) = since(clinic, before)
    assert (event.action, event.subject.id) == (AuditAction.CHANGED, site.id)
    assert (event.old, event.new) == ('{"depth_mm":18}', '{"depth_mm":22.5}')


def test_what_is_taken_away_stays_readable(clinic: DataFile, visit: Visit) -> None:
    before, gone = count(clinic), visit.marks[-1]
    with work_on(clinic) as work:
        work.visits.apply(visit.id, 1, Change(removed=(gone.id,)))
        work.commit()
    (event,) = since(clinic, before)
    assert told([event]) == [("removed", "mark")]
    assert json.loads(event.old)["text"] == gone.text
    assert event.new == ""


def test_the_visits_own_fields_are_one_entry(clinic: DataFile, visit: Visit) -> None:
    before = count(clinic)
    with work_on(clinic) as work:
        work.visits.apply(visit.id, 1, Change(pain=(6, 2)))
        work.commit()
    (event,) = since(clinic, before)
    assert (told([event]), event.old, event.new) == (
        [("changed", "visit")],
        "",
        '{"pain_after":2}',
    )


def test_people_are_in_it_too(clinic: DataFile) -> None:
    before = count(clinic)
    with work_on(clinic) as work:
        work.people.put_patient(a_patient(1, preferred_name="Paddy"))
        work.people.put_patient(a_patient(3))
        work.people.put_episode(an_episode(1, 3))
        work.people.put_user(a_user(2))
        work.commit()
    events = since(clinic, before)
    assert told(events) == [
        ("changed", "patient"),
        ("added", "patient"),
        ("added", "episode"),
        ("added", "user"),
    ]
    assert (events[0].old, events[0].new) == ("", '{"preferred_name":"Paddy"}')


def test_a_change_of_state_is_in_it(clinic: DataFile, visit: Visit) -> None:
    before = count(clinic)
    with work_on(clinic) as work:
        work.visits.move(visit.id, 1, Move.VOID)
        work.commit()
    (event,) = since(clinic, before)
    assert (event.action, event.old, event.new) == (
        AuditAction.VOIDED,
        '{"state":"draft"}',
        '{"state":"void"}',
    )


def test_what_is_not_stored_is_not_in_it(clinic: DataFile, visit: Visit) -> None:
    before = count(clinic)
    with work_on(clinic) as work:
        work.visits.apply(visit.id, 1, Change(put=(a_needle_site(9),)))
    with pytest.raises(ConflictError), work_on(clinic) as work:
        work.visits.apply(visit.id, 7, Change(put=(a_needle_site(9),)))
    assert count(clinic) == before


def test_long_values_are_kept_by_their_digest(clinic: DataFile, visit: Visit) -> None:
    ring = tuple((u / 7, u * u / 900) for u in range(400))
    before = count(clinic)
    with work_on(clinic) as work:
        zone = a_pain_zone(7, polygons=(a_polygon(outer=ring),))
        work.visits.apply(visit.id, 1, Change(put=(zone,)))
        work.commit()
    (event,) = since(clinic, before)
    kept = json.loads(event.new)["polygons"]
    assert set(kept) == {"length", "sha256"}
    assert kept["length"] > LONGEST_VALUE
    assert len(event.new) < 1000


def test_somebody_who_reads_can_be_put_down(clinic: DataFile, visit: Visit) -> None:
    with work_on(clinic) as work:
        subject = Subject(Entity.VISIT, visit.id, visit.patient, visit.id)
        work.audit.note(AuditAction.READ, subject)
        work.commit()
        (entry,) = work.audit.entries(AuditQuestion(action=AuditAction.READ))
    assert entry.event == AuditEvent(ME, NOON, AuditAction.READ, subject)
    assert entry.number == count(clinic)


def test_questions_narrow_the_trail(clinic: DataFile, visit: Visit) -> None:
    with SqlWork(clinic.engine, a_user(2).id, lambda: NOON + timedelta(days=1)) as work:
        work.people.put_patient(a_patient(2, preferred_name="Po"))
        work.commit()
    with clinic.open_work() as work:
        ask = work.audit.entries
        assert {e.event.subject.patient for e in ask(AuditQuestion(patient=visit.patient))} == {
            visit.patient
        }
        (changed,) = ask(AuditQuestion(actor=a_user(2).id))
        day = timedelta(days=1)
        (found,) = ask(AuditQuestion(since=NOON.astimezone(UTC) + day, until=NOON + 2 * day))
        assert found == changed
        assert changed not in ask(AuditQuestion(until=NOON + day))
        assert len(ask(AuditQuestion(most=3))) == 3
        numbers = [entry.number for entry in ask()]
        assert numbers == sorted(numbers, reverse=True)
