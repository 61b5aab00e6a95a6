"""What is put into the audit trail besides changes, which the store puts there itself."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from bodymap.chart.audit import AuditAction, Entity, Subject
from bodymap.chart.people import PatientId, UserId
from bodymap.chart.visit import Visit, VisitId
from bodymap.desk.ports import OpenWork, Signer, Work
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


def of_visit(visit: Visit) -> Subject:
    """The visit as what something was done to."""
    return Subject(Entity.VISIT, visit.id, visit.patient, visit.id)


def this_visit(visit: VisitId) -> Subject:
    """The same of a visit of which only the id is known."""
    return Subject(Entity.VISIT, visit, visit=visit)
