"""What the audit trail keeps of each write: the fields that differ, before and after."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cache

from bodymap.chart.audit import AuditAction, AuditEvent, Entity, Subject
from bodymap.chart.canonical import Plain, plain
from bodymap.chart.change import Change
from bodymap.chart.marks import Mark, MarkId, kind_of
from bodymap.chart.people import PatientId
from bodymap.chart.states import Move
from bodymap.chart.visit import Visit, VisitId
from bodymap.chart.visit_record import VisitRecord
from bodymap.storage.audit import Fields, SqlAudit

MOVES: Mapping[Move, AuditAction] = {
    Move.CHANGE: AuditAction.CHANGED,
    Move.SUBMIT: AuditAction.SUBMITTED,
    Move.RETURN: AuditAction.RETURNED,
    Move.SIGN: AuditAction.SIGNED,
    Move.CO_SIGN: AuditAction.CO_SIGNED,
    Move.ADD: AuditAction.ADDENDUM,
    Move.VOID: AuditAction.VOIDED,
}


@dataclass(frozen=True, slots=True)
class Before:
    """What there was of all that a change touches."""

    patient: PatientId
    pain: tuple[int | None, int | None]
    marks: Collection[Mark]
    record: VisitRecord | None


def fields_of(record: object) -> Fields:
    """A record without its classes, by field."""
    told = plain(record)
    if not isinstance(told, dict):
        raise TypeError("a record has fields")
    return told


def visit_added(trail: SqlAudit, visit: Visit) -> Iterator[AuditEvent]:
    """The visit, then each of its marks."""
    subject = Subject(Entity.VISIT, visit.id, visit.patient, visit.id)
    own = {name: value for name, value in fields_of(visit).items() if name != "marks"}
    yield trail.event(AuditAction.ADDED, subject, new=own)
    for mark in visit.marks:
        yield _mark_added(trail, visit.patient, visit.id, mark)


def visit_changed(
    trail: SqlAudit, visit: VisitId, before: Before, change: Change
) -> Iterator[AuditEvent]:
    """Each mark that was touched, then the visit's own fields if they were."""
    known = {mark.id: mark for mark in before.marks}
    for gone in change.removed:
        if gone in known:
            subject = _of_mark(before.patient, visit, gone)
            yield trail.event(AuditAction.REMOVED, subject, old=_told(known[gone]))
    for mark in change.put:
        if mark.id in known:
            subject = _of_mark(before.patient, visit, mark.id)
            old, new = _told_apart(known[mark.id], mark)
            yield trail.event(AuditAction.CHANGED, subject, old=old, new=new)
        else:
            yield _mark_added(trail, before.patient, visit, mark)
    if change.pain is not None or change.record is not None:
        subject = Subject(Entity.VISIT, visit, before.patient, visit)
        pain = None if change.pain is None else before.pain
        old, new = _own_fields(pain, before.record), _own_fields(change.pain, change.record)
        yield trail.event(AuditAction.CHANGED, subject, old=old, new=new)


def _mark_added(trail: SqlAudit, patient: PatientId, visit: VisitId, mark: Mark) -> AuditEvent:
    return trail.event(AuditAction.ADDED, _of_mark(patient, visit, mark.id), new=_told(mark))


def _of_mark(patient: PatientId, visit: VisitId, mark: MarkId) -> Subject:
    return Subject(Entity.MARK, mark, patient, visit)


def _told(mark: Mark) -> Fields:
    fields = {name: value for name, value in fields_of(mark).items() if name != "id"}
    return {"kind": kind_of(mark).value, **fields}


def _told_apart(old: Mark, new: Mark) -> tuple[Fields, Fields]:
    """Both, without the fields that the new one has taken over from the old as they were."""
    if type(old) is not type(new):
        return _told(old), _told(new)
    kind: type = type(new)
    names = [name for name in _names(kind) if getattr(old, name) is not getattr(new, name)]
    return _some(old, names), _some(new, names)


def _some(mark: Mark, names: Iterable[str]) -> Fields:
    told = plain({name: getattr(mark, name) for name in names})
    return told if isinstance(told, dict) else {}


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


def _own_fields(pain: tuple[int | None, int | None] | None, record: VisitRecord | None) -> Fields:
    told: dict[str, Plain] = {}
    if pain is not None:
        rated = zip(("pain_before", "pain_after"), pain, strict=True)
        told |= {name: rating for name, rating in rated if rating is not None}
    return told if record is None else {**told, **fields_of(record)}
