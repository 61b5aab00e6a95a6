"""What is put into the audit trail besides changes, which the store puts there itself."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Protocol

from bodymap.chart.audit import AuditAction, Entity, Subject
from bodymap.chart.canonical import Plain
from bodymap.chart.people import PatientId, UserId
from bodymap.chart.visit import Visit, VisitId
from bodymap.desk.ports import Clock, OpenWork, Signer, Work
from bodymap.errors import BodymapError, StorageError

THE_CLINIC = Subject(Entity.CLINIC)
"""What is done to nobody's record, or to everybody's."""


def put_down_reading(open_work: OpenWork, visit: Visit) -> None:
    """Put down that a chart was opened, unless by who wrote it."""
    with open_work() as work:
        if work.audit.actor not in {None, visit.therapist}:
            work.audit.note(AuditAction.READ, of_visit(visit))
            work.commit()


def put_down_looking(open_work: OpenWork, visits: Iterable[Visit], why: str, of: Subject) -> None:
    """Put down in one entry that charts were read together, apart from one's own.

    Args:
        open_work: The store.
        visits: All that were read.
        why: What for.
        of: Whose they are: a patient's, a user's or the clinic's.
    """
    with open_work() as work:
        actor = work.audit.actor
        others = sum(visit.therapist != actor for visit in visits)
        if actor is not None and others:
            work.audit.note(AuditAction.READ, of, new={"for": why, "visits": others})
            work.commit()


class Charted(Protocol):
    """A visit, or what a list tells of one."""

    @property
    def id(self) -> VisitId:
        """Which one."""
        ...

    @property
    def patient(self) -> PatientId:
        """Whose body it is about."""
        ...

    @property
    def therapist(self) -> UserId:
        """Who charts it."""
        ...


class DailyReadings:
    """Puts down that charts are read beside the one that is open, apart from one's own.

    They are read again and again, for small pictures with each list of visits. To find out who
    saw what, one entry is enough for each person, purpose and day; more would bury the others.

    Args:
        open_work: The store.
        clock: The time.
    """

    def __init__(self, open_work: OpenWork, clock: Clock) -> None:
        self._open_work = open_work
        self._clock = clock
        self._known: set[tuple[UserId, date, str, VisitId]] = set()

    def put_down(self, visits: Iterable[Charted], why: str) -> None:
        """Put down what was not today: a visit by itself, several of one patient in one entry.

        Args:
            visits: What is read.
            why: What for; empty where that is plain.
        """
        today = self._clock.now().date()
        with self._open_work() as work:
            if (actor := work.audit.actor) is None:
                return
            others = [one for one in visits if one.therapist != actor]
            new = [one for one in others if (actor, today, why, one.id) not in self._known]
            for _, group in groupby(sorted(new, key=_patient_of), _patient_of):
                _note_reading(work, list(group), why)
            if new:
                work.commit()
        self._known |= {(actor, today, why, one.id) for one in new}


_patient_of = attrgetter("patient")


def _note_reading(work: Work, visits: Sequence[Charted], why: str) -> None:
    first, told = visits[0], dict[str, Plain]()
    if why:
        told["for"] = why
    if len(visits) == 1:
        work.audit.note(AuditAction.READ, of_visit(first), new=told)
    else:
        told["visits"] = len(visits)
        work.audit.note(AuditAction.READ, of_patient(first.patient), new=told)


def put_down(open_work: OpenWork, action: AuditAction, visit: Visit) -> None:
    """Put down what was done with a chart."""
    with open_work() as work:
        work.audit.note(action, of_visit(visit))
        work.commit()


@contextmanager
def taken_back(target: Path) -> Iterator[None]:
    """Take a file away again that was written, where the block cannot put down that it was."""
    try:
        yield
    except BodymapError:
        with suppress(OSError):
            target.unlink()
        raise


def put_down_about(open_work: OpenWork, action: AuditAction, user: UserId) -> None:
    """Put down what was done with a user's own way in."""
    with open_work() as work:
        work.audit.note(action, Subject(Entity.USER, user))
        work.commit()


def keep_end(work: Work, signer: Signer) -> None:
    """Keep the trail's end apart from the data, unless it does not follow from the one before.

    An end that is in doubt must not take the place of a good one: the doubt would be gone. Where
    it cannot be written, what was just done is stored all the same, and the next end covers it.
    """
    with suppress(StorageError):
        known, head = signer.anchored(), work.audit.head()
        if head != known and work.audit.has(known):
            signer.anchor(head)


def of_patient(patient: PatientId) -> Subject:
    """A patient's record as what something was done to."""
    return Subject(Entity.PATIENT, patient, patient)


def of_visit(visit: Charted) -> Subject:
    """The visit as what something was done to."""
    return Subject(Entity.VISIT, visit.id, visit.patient, visit.id)


def this_visit(visit: VisitId) -> Subject:
    """The same of a visit of which only the id is known."""
    return Subject(Entity.VISIT, visit, visit=visit)
