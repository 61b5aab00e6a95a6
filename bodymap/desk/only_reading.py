"""A store in which nothing can be changed just now: all is read, every change is refused.

Who only looks is not kept from it. That they looked cannot be put down while nothing can be
written, and the window says so. It would help nobody to refuse: whoever can take the right to
write away from a folder can also copy it, and read the copy unseen; but a therapist whose disk
fails may need to know what was done to a patient.
"""

from collections.abc import Mapping
from types import TracebackType
from typing import Any, Self, cast

from bodymap.chart.audit import AuditAction, AuditEvent, Subject
from bodymap.chart.canonical import Plain
from bodymap.chart.visit import Visit, VisitForReading, VisitId
from bodymap.desk.ports import (
    Afterwards,
    AuditTrail,
    Choices,
    People,
    Reviews,
    Signatures,
    Visits,
    Work,
)
from bodymap.errors import StorageError

NOT_PUT_DOWN = "Nothing can be put into the audit trail meanwhile, not even who reads."

UNSEEN = frozenset(
    {
        *(AuditAction.SIGNED_IN, AuditAction.SIGN_IN_FAILED, AuditAction.SIGNED_OUT),
        *(AuditAction.LOCKED, AuditAction.UNLOCKED, AuditAction.DENIED),
        *(AuditAction.READ, AuditAction.PRINTED, AuditAction.EXPORTED, AuditAction.VERIFIED),
    }
)
"""What changes nothing, and is done although it cannot be put down."""

READING = frozenset(
    {
        *("patients", "born_on", "merged_into", "numbers", "patient", "episodes", "episode"),
        *("users", "user", "get", "version", "standing", "summaries"),
        *("actor", "head", "has", "entries", "of", "keys_of"),
    }
)
"""What only asks the store; whatever is called otherwise is a change."""

_NOTHING: Mapping[str, Plain] = {}


class OnlyReading:
    """A transaction in which nothing can be changed.

    Args:
        inner: The store.
        why: Why nothing can be changed, and what to do.
    """

    def __init__(self, inner: Work, why: str) -> None:
        self._inner = inner
        self.people = cast("People", _Part(inner.people, why))
        self.visits: Visits = cast("Visits", _Visits(inner.visits, why))
        self.audit: AuditTrail = cast("AuditTrail", _Trail(inner.audit, why))
        self.signatures = cast("Signatures", _Part(inner.signatures, why))
        self.reviews = cast("Reviews", _Part(inner.reviews, why))
        self.afterwards = cast("Afterwards", _Part(inner.afterwards, why))
        self.choices = cast("Choices", _Part(inner.choices, why))

    def __enter__(self) -> Self:
        self._inner.__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._inner.__exit__(kind, problem, trace)

    def commit(self) -> None:
        """There is nothing to be stored."""


class _Part:
    """One part of the store: questions go on to it, changes are refused."""

    def __init__(self, inner: object, why: str) -> None:
        self._inner = inner
        self._why = why

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the part has
        if name not in READING:
            self._refuse()
        return getattr(self._inner, name)

    def _refuse(self) -> None:
        raise StorageError(f"{self._why} Nothing was changed.")


class _Visits(_Part):
    def get(self, visit: VisitId) -> Visit:
        return VisitForReading.of(cast("Visits", self._inner).get(visit))


class _Trail(_Part):
    def note(
        self,
        action: AuditAction,
        _subject: Subject,
        *,
        old: Mapping[str, Plain] = _NOTHING,  # noqa: ARG002 - as the trail has it
        new: Mapping[str, Plain] = _NOTHING,  # noqa: ARG002
    ) -> None:
        if action not in UNSEEN:
            self._refuse()

    def append(self, *events: AuditEvent) -> None:
        if any(event.action not in UNSEEN for event in events):
            self._refuse()
