"""What is kept of reviews comes back as it was, and nothing of it can be changed."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from sqlalchemy.exc import IntegrityError

from bodymap.chart.audit import Entity
from bodymap.chart.review import Comment, Pin, Review, Severity
from bodymap.chart.states import Move
from bodymap.chart.visit import Visit, VisitState
from bodymap.errors import BodymapError, StorageError
from bodymap.storage.datafile import DataFile
from bodymap.storage.postgres.database import Database
from bodymap.storage.snapshots import packed, unpacked
from tests.builders import a_note, a_place, a_user, a_visit
from tests.storage.full_record import FULL, PHOTO
from tests.storage.reviewing import a_comment, a_decision, a_submission, an_answer, review
from tests.storage.strategies import visits

BOTH_DATABASES = True


def read(data: DataFile, visit: Visit) -> Review:
    with data.open_work() as work:
        return work.reviews.of(visit.id)


@given(visits())
@settings(max_examples=60)
def test_a_visit_comes_back_from_its_bytes(visit: Visit) -> None:
    assert unpacked(packed(visit)) == visit


def test_a_visit_with_everything_comes_back_from_its_bytes() -> None:
    visit = a_visit(2, 1, 1, record=FULL).with_mark(a_note(9, photo=PHOTO))
    assert unpacked(packed(visit)) == visit


@pytest.mark.parametrize("content", [b"", b"no visit", packed(a_visit())[:40]])
def test_other_bytes_are_no_visit(content: bytes) -> None:
    with pytest.raises(ValueError, match="no visit"):
        unpacked(content)


def test_a_word_that_bodymap_never_writes_is_told_as_damage(clinic: DataFile, visit: Visit) -> None:
    if isinstance(clinic, Database):
        return  # a server has no such way past its rules
    review(clinic, visit)
    with clinic.engine.begin() as connection:
        connection.exec_driver_sql("PRAGMA ignore_check_constraints = ON")
        connection.exec_driver_sql("DROP TRIGGER kept_review_comment_update")
        connection.exec_driver_sql("UPDATE review_comment SET severity = 'odd'")
    with pytest.raises(StorageError, match="damaged"):
        read(clinic, visit)


def test_a_visit_that_was_never_handed_in_has_no_rounds(clinic: DataFile, visit: Visit) -> None:
    assert read(clinic, visit) == Review(visit.id)


def test_a_review_comes_back_as_it_was(clinic: DataFile, visit: Visit) -> None:
    review(clinic, visit)
    comment = a_comment(visit)
    assert read(clinic, visit) == Review(
        visit.id,
        (a_submission(visit),),
        (replace(comment, answers=(an_answer(comment),)),),
        (a_decision(visit),),
    )


@pytest.mark.parametrize(
    "pin",
    [Pin(), Pin(place=a_place()), Pin(place=a_place(), radius_mm=300), None],
    ids=["visit", "point", "area", "mark"],
)
def test_a_pin_comes_back(clinic: DataFile, visit: Visit, pin: Pin | None) -> None:
    review(clinic, visit)
    mark = visit.marks[0]
    said = a_comment(visit, 2, severity=Severity.NOTE, pin=pin or Pin(mark.id, mark.place))
    with clinic.open_work() as work:
        work.reviews.add_comment(visit.id, said)
        work.commit()
    assert read(clinic, visit).comments[-1] == said


def test_each_part_of_a_review_is_in_the_audit_trail(clinic: DataFile, visit: Visit) -> None:
    review(clinic, visit)
    with clinic.open_work() as work:
        entries = [e for e in work.audit.entries() if e.event.subject.entity is Entity.REVIEW]
    assert len(entries) == 4
    assert {entry.event.actor for entry in entries} == {a_user().id}
    assert {entry.event.subject.visit for entry in entries} == {visit.id}


def adding(what: str, visit: Visit, comment: Comment):
    return {
        "round again": lambda r: r.add_round(visit.id, a_submission(visit)),
        "round left out": lambda r: r.add_round(visit.id, a_submission(visit, 3)),
        "comment": lambda r: r.add_comment(visit.id, a_comment(visit, 2)),
        "comment on no round": lambda r: r.add_comment(visit.id, a_comment(visit, 2, round=7)),
        "answer": lambda r: r.add_answer(visit.id, comment.id, an_answer(comment, 2)),
        "decision": lambda r: r.add_decision(visit.id, a_decision(visit, round=2)),
    }[what]


@pytest.mark.parametrize("what", ["round again", "round left out", "comment on no round"])
def test_rounds_are_counted_without_a_gap(clinic: DataFile, visit: Visit, what: str) -> None:
    review(clinic, visit)
    with clinic.open_work() as work, pytest.raises((BodymapError, IntegrityError)):
        adding(what, visit, a_comment(visit))(work.reviews)


@pytest.mark.parametrize("what", ["round left out", "comment", "answer", "decision"])
def test_nothing_is_said_of_a_visit_that_is_void(clinic: DataFile, visit: Visit, what: str) -> None:
    returned = review(clinic, visit)
    with clinic.open_work() as work:
        work.visits.move(visit.id, returned.version, Move.VOID)
        work.commit()
    with clinic.open_work() as work, pytest.raises((BodymapError, IntegrityError)):
        adding(what, visit, a_comment(visit))(work.reviews)
    assert len(read(clinic, visit).submissions) == 1


def test_a_second_round_follows_the_first(clinic: DataFile, visit: Visit) -> None:
    returned = review(clinic, visit)
    with clinic.open_work() as work:
        work.reviews.add_round(visit.id, a_submission(replace(returned, pain_after=1), 2))
        work.visits.move(visit.id, returned.version, Move.SUBMIT)
        work.commit()
    kept = read(clinic, visit)
    assert [one.visit.pain_after for one in kept.submissions] == [visit.pain_after, 1]
    assert all(one.is_sound for one in kept.submissions)
    assert kept.submissions[1].visit.state is VisitState.RETURNED
