"""Whether what is only ever added to is still what the audit trail tells of it.

The content of a signed visit is bound by its signatures. What comes beside and after them,
comments, decisions, entries after signing, keys and where each visit stands, is bound by the
trail: every such row has one entry that tells what it was when it was added.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, and_, or_, select
from sqlalchemy.orm import Session

from bodymap.chart.audit import AuditAction, Entity, Finding, FindingKind
from bodymap.chart.people import UserId
from bodymap.chart.review import CommentId
from bodymap.storage.afterwards import afterward_told, to_afterward
from bodymap.storage.afterwards_tables import AfterwardRow
from bodymap.storage.audit import NOTHING, Fields, differences, told_in
from bodymap.storage.audit_tables import AuditRow, SigningKeyRow, VisitSignatureRow
from bodymap.storage.audited import fields_of
from bodymap.storage.records import local_time
from bodymap.storage.review_tables import (
    ReviewAnswerRow,
    ReviewCommentRow,
    ReviewDecisionRow,
    RoundRow,
)
from bodymap.storage.reviews import answer_told, round_told, to_answer, to_comment, to_decision
from bodymap.storage.signatures import key_told, to_signature
from bodymap.storage.statements import table_of
from bodymap.storage.tables import Row

Key = tuple[Entity, str, str]
"""What was added, its id, and which of several under that id."""

_LATER = frozenset({"by", "at", "made"})
"""What entries of earlier programs do not tell."""


@dataclass(frozen=True, slots=True)
class Kept:
    """One row that was added.

    Attributes:
        key: Which entry tells of it.
        told: What the entry has to tell.
        name: What it is called in words.
        visit: The visit it says it belongs to, if it says.
    """

    key: Key
    told: Fields
    name: str
    visit: str | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """What the trail tells of a row."""

    number: int
    visit: str | None
    new: str


def retold(session: Session) -> Iterator[Finding]:
    """What is no longer as it was put down, is gone, or was never put down."""
    entries = _entries(session)
    for kind, read in _KINDS.items():
        try:
            rows = [read(row) for row in session.scalars(select(kind).order_by(*_order(kind)))]
        except (ValueError, LookupError):
            table = f"table {kind.__tablename__}"
            yield Finding(FindingKind.CONTENT, table, "What stands in it is not bodymap's.")
            continue
        yield from _compared(rows, entries, has_order=bool(_order(kind)))
    for key, entry in entries.items():
        gone = f"What entry {entry.number} of the audit trail tells of is gone: {_called(key)}."
        yield _finding(key, entry.visit, gone)


def _order(kind: type[Row]) -> Sequence[Column[Any]]:
    columns = table_of(kind).columns
    return [columns["sequence"]] if "sequence" in columns else []


def _compared(rows: list[Kept], entries: dict[Key, Told], *, has_order: bool) -> Iterator[Finding]:
    last = 0
    for kept in rows:
        entry = entries.pop(kept.key, None)
        if entry is None:
            yield _finding(kept.key, kept.visit, f"{kept.name} was never put down by bodymap.")
            continue
        if wrong := difference(kept, entry):
            yield _finding(kept.key, entry.visit, f"{kept.name} {wrong}")
        if has_order and entry.number < last:
            yield _finding(kept.key, entry.visit, f"{kept.name} stands in another place now.")
        last = entry.number


def difference(kept: Kept, entry: Told) -> str:
    """What the row and the entry do not agree on, in words; empty where they agree."""
    if kept.visit not in {None, entry.visit}:
        return "was put under another visit."
    _, expected = differences(NOTHING, kept.told)
    if expected == entry.new:
        return ""
    now, then = told_in(expected), told_in(entry.new)
    names = {name for name in {*now, *then} if now.get(name) != then.get(name)}
    changed = sorted(names - (_LATER - then.keys()))
    return f"is no longer as it was put down: {', '.join(changed)}." if changed else ""


def _finding(key: Key, visit: str | None, what: str) -> Finding:
    entity, name, _ = key
    kind = FindingKind.SIGNATURE if entity in _PROOFS else FindingKind.CONTENT
    return Finding(kind, f"visit {visit}" if visit else f"{entity} {name}", what)


_PROOFS = frozenset({Entity.SIGNATURE, Entity.USER})


def _called(key: Key) -> str:
    entity, name, which = key
    match entity:
        case Entity.USER:
            return "a signing key"
        case Entity.SIGNATURE:
            return f"signature {name}"
        case Entity.AFTERWARD:
            return f"entry {name} after signing"
        case _:
            return which or f"comment or answer {name} of the review"


def _entries(session: Session) -> dict[Key, Told]:
    """What the trail tells of rows that were added."""
    added = and_(
        AuditRow.action == AuditAction.ADDED.value,
        AuditRow.entity.in_([Entity.SIGNATURE.value, Entity.REVIEW.value, Entity.AFTERWARD.value]),
    )
    keys = and_(
        AuditRow.action == AuditAction.CHANGED.value,
        AuditRow.entity == Entity.USER.value,
        AuditRow.new.contains('"signing_key":'),
    )
    query = select(
        AuditRow.number, AuditRow.entity, AuditRow.entity_id, AuditRow.visit_id, AuditRow.new
    ).where(or_(added, keys))
    rows = session.execute(query.order_by(AuditRow.number))
    return {
        (Entity(entity), name, _which(Entity(entity), told_in(new))): Told(number, visit, new)
        for number, entity, name, visit, new in rows
    }


def _which(entity: Entity, told: Mapping[str, object]) -> str:
    """Tells apart what is told of under one id."""
    if entity is Entity.USER:
        return str(told.get("signing_key"))
    if entity is Entity.REVIEW and "digest" in told:
        return f"round {told.get('round')}"
    if entity is Entity.REVIEW and "verdict" in told:
        return f"decision {told.get('round')}"
    return ""


def _of_key(row: SigningKeyRow) -> Kept:
    made = local_time(row.made_utc, row.made_offset_min)
    key = (Entity.USER, row.user_id, row.public_key.hex())
    return Kept(key, key_told(row.public_key, made), "A signing key")


def _of_signature(row: VisitSignatureRow) -> Kept:
    told = fields_of(to_signature(row).statement)
    key = (Entity.SIGNATURE, row.id, "")
    return Kept(key, told, f"The signature of {row.name}", row.visit_id)


def _of_round(row: RoundRow) -> Kept:
    at = local_time(row.at_utc, row.at_offset_min)
    told = round_told(row.number, row.digest, UserId(row.user_id), at)
    key = (Entity.REVIEW, row.visit_id, f"round {row.number}")
    return Kept(key, told, f"Round {row.number} of the review", row.visit_id)


def _of_comment(row: ReviewCommentRow) -> Kept:
    key = (Entity.REVIEW, row.id, "")
    return Kept(key, fields_of(to_comment(row)), "A comment of the review", row.visit_id)


def _of_answer(row: ReviewAnswerRow) -> Kept:
    told = answer_told(CommentId(row.comment_id), to_answer(row))
    return Kept((Entity.REVIEW, row.id, ""), told, "An answer in the review")


def _of_decision(row: ReviewDecisionRow) -> Kept:
    key = (Entity.REVIEW, row.visit_id, f"decision {row.number}")
    told = fields_of(to_decision(row))
    return Kept(key, told, f"The decision about round {row.number}", row.visit_id)


def _of_afterward(row: AfterwardRow) -> Kept:
    key = (Entity.AFTERWARD, row.id, "")
    return Kept(key, afterward_told(to_afterward(row)), "An entry after signing", row.visit_id)


_KINDS: Mapping[type[Row], Callable[[Any], Kept]] = {
    SigningKeyRow: _of_key,
    VisitSignatureRow: _of_signature,
    RoundRow: _of_round,
    ReviewCommentRow: _of_comment,
    ReviewAnswerRow: _of_answer,
    ReviewDecisionRow: _of_decision,
    AfterwardRow: _of_afterward,
}
