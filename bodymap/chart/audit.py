"""The audit trail: who did what, when, to whose record; each entry bound to the one before."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from hashlib import sha256

from bodymap.chart.people import PatientId, UserId
from bodymap.chart.visit import VisitId

FIRST = bytes(32)
"""What the first entry is bound to, for there is none before it."""


class AuditAction(StrEnum):
    """What was done."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"
    READ = "read"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    SIGNED = "signed"
    CO_SIGNED = "co-signed"
    ADDENDUM = "addendum"
    VOIDED = "voided"
    PRINTED = "printed"
    EXPORTED = "exported"
    SIGNED_IN = "signed-in"
    SIGN_IN_FAILED = "sign-in-failed"
    SIGNED_OUT = "signed-out"
    LOCKED = "locked"
    UNLOCKED = "unlocked"
    DENIED = "denied"
    BREAK_GLASS = "break-glass"
    RECOVERY_KEY_MADE = "recovery-key-made"
    PASSWORD_CHANGED = "password-changed"  # noqa: S105 - the name of an event
    BACKED_UP = "backed-up"
    RESTORED = "restored"
    VERIFIED = "verified"
    MOVED = "moved"
    CLOCK_SET = "clock-set"


class Entity(StrEnum):
    """What it was done to."""

    CLINIC = "clinic"
    USER = "user"
    PATIENT = "patient"
    EPISODE = "episode"
    VISIT = "visit"
    MARK = "mark"
    SIGNATURE = "signature"
    REVIEW = "review"
    AFTERWARD = "afterward"
    AUDIT = "audit"


@dataclass(frozen=True, slots=True)
class Subject:
    """What something was done to.

    Attributes:
        id: Which one; empty where there is but one.
        patient: Whose record it concerns, if anybody's.
        visit: Which visit it concerns, if any.
    """

    entity: Entity
    id: str = ""
    patient: PatientId | None = None
    visit: VisitId | None = None


@dataclass(frozen=True, slots=True)
class AuditEvent:
    """One thing that happened.

    Attributes:
        actor: Who did it; None where nobody is known, as at a failed sign-in.
        at: When, with the local offset.
        old: What it was before, as canonical JSON of what differs; empty where it was not.
        new: What it is now, likewise.
    """

    actor: UserId | None
    at: datetime
    action: AuditAction
    subject: Subject
    old: str = ""
    new: str = ""

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise ValueError("an entry's time needs its offset from UTC")


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """An event in its place in the chain.

    Attributes:
        number: Counts from 1 without a gap.
        hash: SHA-256 over the hash before and over the entry.
    """

    number: int
    event: AuditEvent
    hash: bytes


Row = tuple[int | str | None, ...]
"""The values of an entry as they are stored and chained, see `row_of`."""


def row_of(number: int, event: AuditEvent) -> Row:
    """The entry's values in the order they are chained in.

    These are number, time in UTC, minutes the clock here was ahead of it, actor, action, entity,
    its id, patient, visit, old, new.
    """
    offset, subject = event.at.utcoffset() or timedelta(), event.subject
    return (
        number,
        utc_text(event.at),
        round(offset / timedelta(minutes=1)),
        event.actor,
        event.action.value,
        subject.entity.value,
        subject.id,
        subject.patient,
        subject.visit,
        event.old,
        event.new,
    )


_AS_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def utc_text(time: datetime) -> str:
    """A time in UTC as text that sorts like the time."""
    return time.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def chained(before: bytes, row: Row) -> bytes:
    """The hash that binds an entry to all that came before it.

    SHA-256 over the 32 bytes of the hash before and the row as a JSON list in UTF-8 without
    white space.
    """
    return sha256(before + _AS_JSON(row).encode("utf-8")).digest()


@dataclass(frozen=True, slots=True)
class AuditQuestion:
    """Which entries somebody wants to see; what is None does not narrow.

    Attributes:
        patient: Whose record.
        actor: Who did it.
        action: What was done.
        since: From this time on.
        until: Before this time.
        most: At most so many, the newest.
    """

    patient: PatientId | None = None
    actor: UserId | None = None
    action: AuditAction | None = None
    since: datetime | None = None
    until: datetime | None = None
    most: int | None = None


@dataclass(frozen=True, slots=True)
class AuditHead:
    """Where the chain ends: how many entries it has, and the hash of the last."""

    count: int = 0
    hash: bytes = FIRST


class FindingKind(StrEnum):
    """What can be wrong with a clinic's data."""

    CHAIN = "chain"
    END = "end"
    SIGNATURE = "signature"
    CONTENT = "content"
    SCHEMA = "schema"
    PAGES = "pages"
    CLOCK = "clock"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as bodymap wrote it.

    Attributes:
        where: Which entry, visit, table or page, by its id.
        what: What is wrong with it, in words.
    """

    kind: FindingKind
    where: str
    what: str

    @property
    def is_remark(self) -> bool:
        """Whether all is as bodymap wrote it nonetheless, and this only worth knowing."""
        return self.kind is FindingKind.CLOCK


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One entry in words.

    Attributes:
        number: Its place in the trail.
        time: When, by the clock where it was done.
        who: Who did it.
        what: What was done, to what.
        whose: The patient it concerns.
        change: The fields that differ, before and after.
    """

    number: int
    time: str
    who: str
    what: str
    whose: str
    change: str
