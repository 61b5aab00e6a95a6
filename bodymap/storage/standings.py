"""Whether each visit stands where the audit trail says that it was taken."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from bodymap.chart.audit import AuditAction, Entity, Finding, FindingKind
from bodymap.storage.audit import told_in
from bodymap.storage.audit_tables import AuditRow
from bodymap.storage.audited import MOVES
from bodymap.storage.tables import VisitRow

_TOLD = sorted({AuditAction.ADDED.value, *MOVES.values()} - {AuditAction.CHANGED.value})


def standings(session: Session) -> Iterator[Finding]:
    """Visits that are gone, that nobody began, or that stand elsewhere than they were taken.

    A visit of a program that kept no trail yet is not looked for before it is first moved.
    """
    told, began = _told(session)
    query = select(VisitRow.id, VisitRow.sequence, VisitRow.state).order_by(VisitRow.sequence)
    try:
        rows = session.execute(query).all()
    except LookupError:
        yield Finding(FindingKind.CONTENT, "table visit", "What stands in it is not bodymap's.")
        return
    last = 0  # 0 as long as the visits are from before there was a trail
    for visit, _, state in rows:
        where, stands, number = f"visit {visit}", told.pop(visit, None), began.get(visit, last)
        if last and visit not in began:
            yield Finding(FindingKind.CONTENT, where, "It was never begun in bodymap.")
        elif number < last:
            yield Finding(FindingKind.CONTENT, where, "It stands in another place now.")
        last = number
        if stands is None:
            continue
        if stands != state.value:
            words = f"It is {state} here; by the audit trail it is {stands}."
            yield Finding(FindingKind.CONTENT, where, words)
    for visit in told:
        yield Finding(FindingKind.CONTENT, f"visit {visit}", "It is gone.")


def _told(session: Session) -> tuple[dict[str, str], dict[str, int]]:
    """Where each visit stands by the trail, and which entry tells that it was begun."""
    query = select(AuditRow.number, AuditRow.visit_id, AuditRow.action, AuditRow.new).where(
        AuditRow.entity == Entity.VISIT.value, AuditRow.action.in_(_TOLD)
    )
    stands: dict[str, str] = {}
    began: dict[str, int] = {}
    for number, visit, action, new in session.execute(query.order_by(AuditRow.number)):
        state = told_in(new).get("state")
        if visit and state:
            stands[visit] = str(state)
        if visit and action == AuditAction.ADDED.value:
            began[visit] = number
    return stands, began
