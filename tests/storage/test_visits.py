from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings

from bodymap.chart.change import Change, between, changed
from bodymap.chart.marks import MarkId, MarkKind
from bodymap.chart.people import PatientId
from bodymap.chart.visit import Visit, VisitId, VisitState
from bodymap.errors import ConflictError, NotFoundError, StorageError
from bodymap.storage.datafile import DataFile
from bodymap.storage.postgres.database import Database
from tests.builders import (
    BEGAN,
    a_needle_site,
    a_note,
    a_pain_zone,
    a_place,
    a_polygon,
    a_trigger_point,
    a_visit,
    an_id,
)
from tests.storage.conftest import reopened
from tests.storage.strategies import visits

BOTH_DATABASES = True


def stored(data: DataFile, visit: Visit) -> Visit:
    with data.open_work() as work:
        return work.visits.get(visit.id)


def apply(data: DataFile, visit: Visit, change: Change) -> Visit:
    """Store a change and return the visit as the desk would hold it."""
    with data.open_work() as work:
        version = work.visits.apply(visit.id, visit.version, change)
        work.commit()
    return replace(changed(visit, change), version=version)


@settings(max_examples=60, deadline=None)
@given(visit=visits())
def test_every_field_comes_back_as_it_was(shared_clinic: DataFile, visit: Visit) -> None:
    with shared_clinic.open_work() as work:
        work.visits.add(visit)
        assert work.visits.get(visit.id) == visit  # within the transaction; it is not kept


@settings(max_examples=60, deadline=None)
@given(one=visits(), other=visits())
def test_a_change_turns_one_state_into_another_and_back(
    shared_clinic: DataFile, one: Visit, other: Visit
) -> None:
    other = replace(one, marks=other.marks, pain_before=other.pain_before, state=VisitState.DRAFT)
    one = replace(one, state=VisitState.DRAFT)
    with shared_clinic.open_work() as work:
        work.visits.add(one)
        version = work.visits.apply(one.id, one.version, between(one, other))
        assert work.visits.get(one.id) == replace(other, version=version)
        version = work.visits.apply(one.id, version, between(other, one))
        assert work.visits.get(one.id) == replace(one, version=version)


def test_the_time_keeps_its_offset(clinic: DataFile, visit: Visit) -> None:
    began = stored(clinic, visit).began
    assert (began, began.utcoffset()) == (BEGAN, timedelta(hours=1))


def test_what_is_committed_is_there_after_reopening(clinic: DataFile, visit: Visit) -> None:
    clinic.close()
    again = reopened(clinic)
    try:
        assert stored(again, visit) == visit
    finally:
        again.close()


def test_without_commit_nothing_is_stored(clinic: DataFile, visit: Visit) -> None:
    with clinic.open_work() as work:
        work.visits.apply(visit.id, visit.version, Change(removed=(visit.marks[0].id,)))
    assert stored(clinic, visit) == visit


def test_an_exception_rolls_back(clinic: DataFile, visit: Visit) -> None:
    def fail_half_way() -> None:
        with clinic.open_work() as work:
            work.visits.apply(visit.id, visit.version, Change(pain=(9, 9)))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_half_way()
    assert stored(clinic, visit) == visit


def test_each_change_counts_the_version_up(clinic: DataFile, visit: Visit) -> None:
    with clinic.open_work() as work:
        assert work.visits.apply(visit.id, 1, Change(pain=(7, 2))) == 2
        assert work.visits.apply(visit.id, 2, Change(pain=(7, None))) == 3
        work.commit()
    after = stored(clinic, visit)
    assert (after.version, after.pain_before, after.pain_after) == (3, 7, None)


def test_an_older_version_is_refused_and_nothing_is_written(clinic: DataFile, visit: Visit) -> None:
    newer = apply(clinic, visit, Change(pain=(1, 1)))
    with pytest.raises(ConflictError, match="another window"):
        apply(clinic, visit, Change(removed=(visit.marks[0].id,)))
    assert stored(clinic, visit) == newer


@pytest.mark.parametrize("state", [VisitState.SIGNED, VisitState.SUBMITTED, VisitState.VOID])
def test_a_visit_that_is_not_open_is_refused(clinic: DataFile, state: VisitState) -> None:
    visit = a_visit(state=state)
    with clinic.open_work() as work:
        work.visits.add(visit)
        work.commit()
    with pytest.raises(ConflictError, match=state), clinic.open_work() as work:
        work.visits.apply(visit.id, visit.version, Change(pain=(1, 1)))


def test_a_returned_visit_may_be_changed(clinic: DataFile) -> None:
    visit = a_visit(state=VisitState.RETURNED)
    with clinic.open_work() as work:
        work.visits.add(visit)
        assert work.visits.apply(visit.id, 1, Change(put=(a_note(),))) == 2


def test_an_unknown_visit_is_not_found(clinic: DataFile) -> None:
    nobody = VisitId(an_id("nobody"))
    with clinic.open_work() as work:
        with pytest.raises(NotFoundError):
            work.visits.get(nobody)
        with pytest.raises(NotFoundError):
            work.visits.apply(nobody, 1, Change(pain=(1, 1)))


def test_a_visit_is_added_once(clinic: DataFile, visit: Visit) -> None:
    with pytest.raises(ConflictError), clinic.open_work() as work:
        work.visits.add(visit)


def test_a_visit_needs_an_episode_of_the_same_patient(clinic: DataFile) -> None:
    stranger = replace(a_visit(), patient=PatientId(an_id("patient/2")))
    with pytest.raises(StorageError, match="breaks a rule"), clinic.open_work() as work:
        work.visits.add(stranger)


def test_a_replaced_trigger_point_keeps_its_needles(clinic: DataFile, visit: Visit) -> None:
    point = next(visit.trigger_points())
    after = apply(clinic, visit, Change(put=(replace(point, text="rechecked"),)))
    assert next(after.needle_sites()).trigger_point == point.id
    assert stored(clinic, visit) == after


def test_a_removed_trigger_point_cuts_its_needles_loose(clinic: DataFile, visit: Visit) -> None:
    point = next(visit.trigger_points())
    after = apply(clinic, visit, Change(removed=(point.id,)))
    assert next(after.needle_sites()).trigger_point is None
    assert stored(clinic, visit) == after


def test_a_needle_may_come_with_its_trigger_point_in_any_order(
    clinic: DataFile, visit: Visit
) -> None:
    point = a_trigger_point(9)
    needle = a_needle_site(9, trigger_point=point.id)
    after = apply(clinic, visit, Change(put=(needle, point)))
    assert stored(clinic, visit) == after


def test_a_link_to_nothing_is_refused(clinic: DataFile, visit: Visit) -> None:
    needle = a_needle_site(9, trigger_point=MarkId(an_id("nothing")))
    with pytest.raises(StorageError, match="breaks a rule"):
        apply(clinic, visit, Change(put=(needle,)))
    assert stored(clinic, visit) == visit


def test_marks_may_swap_numbers(clinic: DataFile, visit: Visit) -> None:
    one, two, *_ = visit.needle_sites()
    swap = Change(put=(replace(one, number=2), replace(two, number=1)))
    after = apply(clinic, visit, swap)
    assert stored(clinic, visit) == after


def test_a_number_is_not_used_twice(clinic: DataFile, visit: Visit) -> None:
    double = replace(a_needle_site(1), id=MarkId(an_id("double")))
    with pytest.raises(ConflictError), clinic.open_work() as work:
        work.visits.apply(visit.id, 1, Change(put=(double,)))


def test_a_mark_of_another_visit_is_not_taken_over(clinic: DataFile, visit: Visit) -> None:
    second = a_visit(number=2)
    with clinic.open_work() as work:
        work.visits.add(second)
        work.commit()
    with pytest.raises(ConflictError, match="another visit"), clinic.open_work() as work:
        work.visits.apply(second.id, 1, Change(put=(replace(visit.marks[0], number=50),)))
    with clinic.open_work() as work:
        work.visits.apply(second.id, 1, Change(removed=(visit.marks[0].id,)))
        work.commit()
    assert stored(clinic, visit) == visit


def test_a_zone_loses_pieces_and_regions_when_they_are_gone(clinic: DataFile, visit: Visit) -> None:
    hole = ((100.0, 340.0), (110.0, 340.0), (105.0, 350.0))
    pieces = (a_polygon(60.0, holes=(hole,)), a_polygon(140.0))
    zone = a_pain_zone(7, polygons=pieces)
    full = apply(clinic, visit, Change(put=(zone,)))
    assert stored(clinic, visit) == full
    fewer = replace(zone, polygons=pieces[1:], regions=(), qualities=frozenset())
    after = apply(clinic, full, Change(put=(fewer,)))
    assert stored(clinic, visit) == after


def test_a_removed_mark_leaves_no_row_behind(clinic: DataFile, visit: Visit) -> None:
    apply(clinic, visit, Change(removed=tuple(mark.id for mark in visit.marks)))
    tables = ("mark", "mark_structure", "trigger_point", "needle_site", "pain_zone")
    parts = ("pain_zone_region", "pain_zone_quality", "polygon_ring")
    with clinic.engine.connect() as connection:
        for table in (*tables, *parts):
            rows = connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one()  # noqa: S608
            assert (table, rows) == (table, 0)


def test_text_that_cannot_be_stored_is_refused_in_words(clinic: DataFile, visit: Visit) -> None:
    broken = a_note(5, text="\ud800")
    with pytest.raises(StorageError, match="cannot be stored"), clinic.open_work() as work:
        work.visits.apply(visit.id, 1, Change(put=(broken,)))


def test_numbers_beyond_the_file_are_refused_in_words(clinic: DataFile, visit: Visit) -> None:
    huge = a_needle_site(5, twitches=2**70)
    with pytest.raises(StorageError, match="cannot be stored"), clinic.open_work() as work:
        work.visits.apply(visit.id, 1, Change(put=(huge,)))


def test_summaries_count_marks_and_come_newest_first(clinic: DataFile, visit: Visit) -> None:
    earlier_clock = a_visit(0, 0, 0, number=2, began=BEGAN - timedelta(days=900))
    with clinic.open_work() as work:
        work.visits.add(earlier_clock)
        work.commit()
    with clinic.open_work() as work:
        newest, older = work.visits.summaries()
    assert (newest.id, older.id) == (earlier_clock.id, visit.id)
    assert newest.counts == dict.fromkeys(MarkKind, 0)
    assert list(older.counts.values()) == [2, 3, 2, 1]
    assert (older.patient_name, older.therapist_name) == ("Sample 1, Pat", "Tilda Testwell 1")
    assert older.began.utcoffset() == timedelta(hours=1)


def test_summaries_of_one_patient(clinic: DataFile) -> None:
    other = a_visit(number=2, patient=2)
    with clinic.open_work() as work:
        work.visits.add(a_visit())
        work.visits.add(other)
        work.commit()
    with clinic.open_work() as work:
        assert [found.id for found in work.visits.summaries(other.patient)] == [other.id]
        assert len(work.visits.summaries()) == 2


def test_a_place_far_from_any_structure_comes_back(clinic: DataFile, visit: Visit) -> None:
    after = apply(clinic, visit, Change(put=(a_note(8, place=a_place(structures=())),)))
    assert stored(clinic, visit) == after


@pytest.mark.parametrize(
    "harm",
    [
        "DELETE FROM needle_site",
        "DELETE FROM polygon_ring",
        "PRAGMA ignore_check_constraints = ON; UPDATE trigger_point SET status = 'gone'",
    ],
)
def test_rows_that_make_no_visit_are_told_as_damage(
    clinic: DataFile, visit: Visit, harm: str
) -> None:
    if harm.startswith("PRAGMA") and isinstance(clinic, Database):
        return  # a server has no such way past its rules
    with clinic.engine.begin() as connection:
        for statement in harm.split("; "):
            connection.exec_driver_sql(statement)
    with clinic.open_work() as work, pytest.raises(StorageError, match="damaged"):
        work.visits.get(visit.id)
