"""What becomes known after signing is kept beside the signed visit, and only ever added to."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from sqlalchemy.exc import IntegrityError

from bodymap.chart.afterwards import Afterward, Retraction
from bodymap.chart.audit import Entity
from bodymap.chart.follow_up import FollowUp, FollowUpKind
from bodymap.chart.signing import visit_digest
from bodymap.chart.states import Move
from bodymap.chart.visit import Visit
from bodymap.errors import BodymapError, NotFoundError
from bodymap.storage.datafile import DataFile
from tests.builders import a_visit, an_id
from tests.storage.afterwards import an_afterward
from tests.storage.record_strategies import events, follow_ups, said
from tests.storage.signing import sign

BOTH_DATABASES = True


def has_no_nul(told) -> bool:
    """PostgreSQL keeps any character but this one; it is refused there in words."""
    return "\x00" not in "".join(
        v for v in (getattr(told, f) for f in told.__slots__) if type(v) is str
    )


told_of = (events | follow_ups).filter(has_no_nul)
retractions = said.map(Retraction).filter(has_no_nul)


def keep(data: DataFile, *entries: Afterward) -> None:
    with data.open_work() as work:
        for entry in entries:
            work.afterwards.add(entry)
        work.commit()


def read(data: DataFile, visit: Visit) -> list[Afterward]:
    with data.open_work() as work:
        return list(work.afterwards.of(visit.id))


@pytest.fixture
def signed(clinic: DataFile, visit: Visit) -> Visit:
    return sign(clinic, visit)


def test_a_visit_has_nothing_after_it_at_first(clinic: DataFile, signed: Visit) -> None:
    assert read(clinic, signed) == []


@pytest.fixture(scope="module")
def always_signed(shared_clinic: DataFile) -> Visit:
    visit = a_visit(number=77)
    with shared_clinic.open_work() as work:
        work.visits.add(visit)
        work.commit()
    return sign(shared_clinic, visit)


@given(told=told_of)
@settings(max_examples=60)
def test_what_was_told_comes_back_as_it_was(shared_clinic, always_signed: Visit, told) -> None:
    number = len(read(shared_clinic, always_signed)) + 1
    entry = an_afterward(always_signed, number, told=told)
    keep(shared_clinic, entry)
    assert read(shared_clinic, always_signed)[-1] == entry


@given(told=retractions)
@settings(max_examples=20)
def test_a_retraction_comes_back_as_it_was(shared_clinic, always_signed: Visit, told) -> None:
    number = len(read(shared_clinic, always_signed)) + 1
    first = an_afterward(always_signed, number)
    second = an_afterward(always_signed, number + 1, told=told, corrects=first.id)
    keep(shared_clinic, first, second)
    assert read(shared_clinic, always_signed)[-2:] == [first, second]


def test_a_draft_takes_no_such_entry(clinic: DataFile, visit: Visit) -> None:
    with pytest.raises((BodymapError, IntegrityError)):
        keep(clinic, an_afterward(visit))


def test_a_void_visit_takes_no_such_entry(clinic: DataFile, visit: Visit) -> None:
    void = sign(clinic, visit, Move.VOID)
    with pytest.raises((BodymapError, IntegrityError)):
        keep(clinic, an_afterward(void))


def test_nothing_is_put_under_no_visit(clinic: DataFile, signed: Visit) -> None:
    with pytest.raises(NotFoundError):
        keep(clinic, replace(an_afterward(signed), visit=an_id("nobody")))


def test_an_entry_is_corrected_once(clinic: DataFile, signed: Visit) -> None:
    first = an_afterward(signed)
    keep(clinic, first, an_afterward(signed, 2, corrects=first.id))
    with pytest.raises((BodymapError, IntegrityError)):
        keep(clinic, an_afterward(signed, 3, corrects=first.id))


def test_an_entry_of_another_visit_is_not_corrected(clinic: DataFile, signed: Visit) -> None:
    with pytest.raises((BodymapError, IntegrityError)):
        keep(clinic, an_afterward(signed, corrects=an_id("elsewhere")))


def test_it_is_in_the_audit_trail_and_not_in_the_digest(clinic: DataFile, signed: Visit) -> None:
    keep(clinic, an_afterward(signed))
    with clinic.open_work() as work:
        event = work.audit.entries()[0].event
        assert visit_digest(work.visits.get(signed.id)) == visit_digest(signed)
    assert event.subject.entity is Entity.AFTERWARD
    assert event.subject.visit == signed.id
    assert "pneumothorax" in event.new


def test_the_list_of_visits_tells_what_counts(clinic: DataFile, signed: Visit) -> None:
    def listed() -> tuple[int, int]:
        with clinic.open_work() as work:
            (summary,) = work.visits.summaries()
            return summary.events, summary.heard

    assert listed() == (0, 0)
    first = an_afterward(signed)
    keep(clinic, first, an_afterward(signed, 2, corrects=first.id))
    assert listed() == (1, 0)
    heard = an_afterward(signed, 3, told=FollowUp(FollowUpKind.JOURNAL, signed.began.date()))
    keep(clinic, heard)
    assert listed() == (1, 1)
    keep(clinic, an_afterward(signed, 4, told=Retraction("Another patient"), corrects=heard.id))
    assert listed() == (1, 0)
