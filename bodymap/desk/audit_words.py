"""The audit trail in words: one line for each entry, as the window and the paper show it."""

from collections.abc import Mapping
from datetime import timedelta

from bodymap.chart.audit import AuditAction, AuditEntry, AuditEvent, AuditLine, Entity
from bodymap.chart.people import PatientId, UserId
from bodymap.desk.audit_changes import change_in_words, day_and_time, fields_of, short_digest

ACTIONS = {
    AuditAction.ADDED: "added",
    AuditAction.CHANGED: "changed",
    AuditAction.REMOVED: "removed",
    AuditAction.READ: "read",
    AuditAction.SUBMITTED: "submitted",
    AuditAction.RETURNED: "returned",
    AuditAction.SIGNED: "signed",
    AuditAction.CO_SIGNED: "co-signed",
    AuditAction.ADDENDUM: "added to",
    AuditAction.VOIDED: "declared void",
    AuditAction.PRINTED: "printed",
    AuditAction.EXPORTED: "exported",
    AuditAction.SIGNED_IN: "signed in",
    AuditAction.SIGN_IN_FAILED: "wrong password",
    AuditAction.SIGNED_OUT: "signed out",
    AuditAction.LOCKED: "locked",
    AuditAction.UNLOCKED: "unlocked",
    AuditAction.DENIED: "denied",
    AuditAction.BREAK_GLASS: "recovery key used",
    AuditAction.RECOVERY_KEY_MADE: "new recovery key made",
    AuditAction.PASSWORD_CHANGED: "password changed",
    AuditAction.BACKED_UP: "backed up",
    AuditAction.RESTORED: "restored",
    AuditAction.VERIFIED: "verified",
    AuditAction.MOVED: "moved to or from a server",
    AuditAction.CLOCK_SET: "clock set",
}
_ENTITIES = {
    Entity.CLINIC: "clinic",
    Entity.USER: "user",
    Entity.PATIENT: "patient",
    Entity.EPISODE: "complaint",
    Entity.VISIT: "visit",
    Entity.MARK: "mark",
    Entity.SIGNATURE: "signature",
    Entity.REVIEW: "review",
    Entity.AFTERWARD: "entry after signing",
    Entity.AUDIT: "audit trail",
}


_ADDED_TO = frozenset({Entity.REVIEW, Entity.AFTERWARD})
_IN_COLUMNS = frozenset({"by", "at", "id", "comment", "pin"})
"""What a line about them says in its other columns, or what is for the computer alone."""


def line_of(
    entry: AuditEntry, users: Mapping[UserId, str], patients: Mapping[PatientId, str]
) -> AuditLine:
    """An entry in words."""
    event, subject = entry.event, entry.event.subject
    action = ACTIONS[event.action]
    is_own = event.action in _SAY_ALL
    return AuditLine(
        number=entry.number,
        time=f"{event.at:%Y-%m-%d %H:%M:%S}",
        who="–" if event.actor is None else users.get(event.actor, event.actor),
        what=action if is_own else f"{_ENTITIES[subject.entity]} {action}",
        whose="" if subject.patient is None else patients.get(subject.patient, subject.patient),
        change=_change(event, users),
    )


def _change(event: AuditEvent, users: Mapping[UserId, str]) -> str:
    if event.subject.entity is Entity.SIGNATURE:
        return _signature(event.new)
    if event.action is AuditAction.CLOCK_SET:
        return _clock_set(event.old, event.new)
    if event.subject.entity is Entity.REVIEW and "digest" in (told := fields_of(event.new)):
        return f"round {told.get('round', '?')} was handed in; digest {_digest(told)}"
    known = _IN_COLUMNS if event.subject.entity in _ADDED_TO else frozenset[str]()
    names = {str(user): name for user, name in users.items()}
    return change_in_words(event.old, event.new, known, names)


def _signature(new: str) -> str:
    """What a person needs to know of a signature; the rest is for the computer."""
    told = fields_of(new)
    parts = [f"as {told.get('meaning', '?')}", f"digest {_digest(told)}"]
    return "; ".join([*parts, str(told["text"])] if told.get("text") else parts)


def _digest(told: Mapping[str, object]) -> str:
    return short_digest(str(told.get("digest", "")))


def _clock_set(old: str, new: str) -> str:
    """How far the computer's clock was set, such as `It went back by 1 hour: …`."""
    told = fields_of(new)
    by = timedelta(seconds=float(str(told.get("by_s", 0))))
    way = "It went back" if by < timedelta() else "It jumped ahead"
    before, after = (day_and_time(str(of.get("clock", "?"))) for of in (fields_of(old), told))
    return f"{way} by {_about(abs(by))}: {before} → {after}"


def _about(time: timedelta) -> str:
    """A span of time to the largest unit that it has one of."""
    for unit, name in _UNITS:
        if time >= unit:
            count = round(time / unit)
            return f"{count} {name}" if count == 1 else f"{count} {name}s"
    return "less than a minute"


_UNITS = (
    (timedelta(days=365), "year"),
    (timedelta(days=1), "day"),
    (timedelta(hours=1), "hour"),
    (timedelta(minutes=1), "minute"),
)


_SAY_ALL = frozenset(
    {
        AuditAction.SIGNED_IN,
        AuditAction.SIGN_IN_FAILED,
        AuditAction.SIGNED_OUT,
        AuditAction.LOCKED,
        AuditAction.UNLOCKED,
        AuditAction.BREAK_GLASS,
        AuditAction.RECOVERY_KEY_MADE,
        AuditAction.PASSWORD_CHANGED,
        AuditAction.DENIED,
        AuditAction.CLOCK_SET,
    }
)
"""Actions that say by themselves what was done."""
