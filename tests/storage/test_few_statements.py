"""What a gesture and the opening of a visit send to the database: no more than they need."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import groupby

import pytest
from sqlalchemy import Engine

from bodymap.chart.audit import AuditAction
from bodymap.chart.change import Change
from bodymap.chart.needling import Sensation
from bodymap.chart.visit import Visit
from bodymap.errors import ConflictError
from bodymap.storage.datafile import DataFile
from tests.builders import a_needle_site, a_place, a_trigger_point

WRITES = ("BEGIN", "UPDATE visit", "INSERT INTO mark", "SELECT audit_head", "INSERT INTO audit")
"""What every gesture on a mark sends, besides COMMIT."""


def sent(engine: Engine, act: Callable[[], object]) -> Sequence[str]:
    """What the driver was handed meanwhile, without the ends of transactions."""
    with engine.connect() as connection:
        driver = connection.connection.driver_connection
        assert driver is not None
    texts: list[str] = []
    driver.set_trace_callback(texts.append)
    act()
    driver.set_trace_callback(None)
    told = (text for text, _ in groupby(texts))  # a trigger tells its statement once more
    return [" ".join(text.split()) for text in told if text not in {"COMMIT", "ROLLBACK"}]


def applied(data: DataFile, visit: Visit, change: Change, undo: Change) -> Sequence[str]:
    """What is sent when a change is made to a visit of this version."""

    def apply() -> None:
        with data.open_work() as work:
            work.visits.apply(visit.id, visit.version, change, undo)
            work.commit()

    return sent(data.engine, apply)


def begun(texts: Sequence[str], known: Sequence[str]) -> list[str]:
    """The statements by their beginnings; one that is not known stands there as it is."""
    return [next((word for word in known if text.startswith(word)), text) for text in texts]


@pytest.fixture
def moving(visit: Visit, clinic: DataFile) -> DataFile:
    """A clinic whose clock has been looked at: the first entry of the trail asks for the last."""
    clinic.engine.dispose()  # the one connection that follows is watched
    with clinic.open_work() as work:
        work.people.put_patient(work.people.patients()[0])
        work.commit()
    del visit
    return clinic


def test_a_needle_that_is_placed(moving: DataFile, visit: Visit) -> None:
    needle = a_needle_site(9)
    texts = applied(moving, visit, Change(put=(needle,)), Change(removed=(needle.id,)))
    known = (*WRITES, "INSERT INTO mark_structure", "INSERT INTO needle_site")
    assert set(begun(texts, known)) <= set(known)
    assert len(texts) == len(WRITES) + 1 + len(needle.place.structures)


def test_a_needle_that_is_moved_writes_its_place_alone(moving: DataFile, visit: Visit) -> None:
    needle = a_needle_site(9, trigger_point=None)
    applied(moving, visit, Change(put=(needle,)), Change(removed=(needle.id,)))
    moved = replace(needle, place=replace(needle.place, u_mm=needle.place.u_mm + 1))
    there = replace(visit, version=visit.version + 1)
    texts = applied(moving, there, Change(put=(moved,)), Change(put=(needle,)))
    assert begun(texts, WRITES) == ["BEGIN", *WRITES[1:]]


def test_a_needle_that_is_removed(moving: DataFile, visit: Visit) -> None:
    needle = visit.marks[-1]
    texts = applied(moving, visit, Change(removed=(needle.id,)), Change(put=(needle,)))
    known = ("BEGIN", "UPDATE visit", "DELETE FROM mark", "SELECT audit_head", "INSERT INTO audit")
    assert begun(texts, known) == list(known)


def test_a_change_on_an_older_version_writes_nothing(moving: DataFile, visit: Visit) -> None:
    needle = a_needle_site(9)
    older = replace(visit, version=visit.version + 1)
    with pytest.raises(ConflictError):
        applied(moving, older, Change(put=(needle,)), Change(removed=(needle.id,)))
    with moving.open_work() as work:
        assert work.visits.get(visit.id) == visit


def test_a_visit_asks_each_table_once(moving: DataFile, visit: Visit) -> None:
    def read() -> None:
        with moving.open_work() as work:
            assert work.visits.get(visit.id) == visit

    texts = [text for text in sent(moving.engine, read) if text != "BEGIN"]
    tables = [text.partition(" FROM ")[2].split()[0] for text in texts]
    assert len(tables) == len(set(tables)) <= 26


def test_what_a_move_leaves_alone_is_still_there(moving: DataFile, visit: Visit) -> None:
    """A mark that is put over itself keeps all it has, and an entry tells no more than differs."""
    felt = frozenset({Sensation.DULL_ACHE})
    when = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
    needle = a_needle_site(9, sensations=felt, time_in=when, text="held")
    applied(moving, visit, Change(put=(needle,)), Change(removed=(needle.id,)))
    moved = replace(needle, place=a_place(u_mm=101.0))
    there = replace(visit, version=visit.version + 1)
    applied(moving, there, Change(put=(moved,)), Change(put=(needle,)))
    with moving.open_work() as work:
        assert moved in work.visits.get(visit.id).marks
        (entry, *_) = work.audit.entries()
    assert entry.event.action is AuditAction.CHANGED
    assert entry.event.old.startswith('{"place":{')
    assert entry.event.new.startswith('{"place":{')


def test_a_point_keeps_its_referrals_when_their_zone_comes_back(
    moving: DataFile, visit: Visit
) -> None:
    """Removing a zone takes the referrals to it along; undoing it puts both back."""
    zone = next(mark for mark in visit.marks if type(mark).__name__ == "PainZone")
    point = a_trigger_point(9, refers_to=frozenset({zone.id}))
    gone, back = Change(removed=(zone.id,)), Change(put=(zone, point))
    applied(moving, visit, Change(put=(point,)), Change(removed=(point.id,)))
    applied(moving, replace(visit, version=visit.version + 1), gone, back)
    with moving.open_work() as work:
        assert replace(point, refers_to=frozenset()) in work.visits.get(visit.id).marks
    undo = Change(put=(point,), removed=(zone.id,))
    applied(moving, replace(visit, version=visit.version + 2), back, undo)
    with moving.open_work() as work:
        assert point in work.visits.get(visit.id).marks
