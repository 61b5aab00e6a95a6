"""Signatures and the audit trail, asked about before they are read or written."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NoReturn, Protocol

from bodymap.chart.audit import (
    AuditAction,
    AuditEntry,
    AuditEvent,
    AuditHead,
    AuditQuestion,
    Entity,
    Subject,
)
from bodymap.chart.canonical import Plain
from bodymap.chart.people import User, UserId
from bodymap.chart.permissions import Action
from bodymap.chart.signing import Meaning, Signature
from bodymap.chart.visit import Visit, VisitId, VisitState
from bodymap.desk.auditing import of_visit
from bodymap.desk.ports import AuditTrail, Work

_ACTIONS: Mapping[Meaning, Action] = {
    Meaning.CO_SIGNER: Action.CO_SIGN,
    Meaning.ADDENDUM: Action.ADD_ADDENDUM,
    Meaning.VOID: Action.VOID,
}
_NOTHING: Mapping[str, Plain] = {}


class Asked(Protocol):
    """Answers for what the signed-in user may do; see `access.Access`."""

    @property
    def user(self) -> User:
        """Who is signed in."""
        ...

    def may(
        self, action: Action, state: VisitState | None = None, author: UserId | None = None
    ) -> bool:
        """Whether they may do something."""
        ...

    def require(
        self,
        action: Action,
        state: VisitState | None = None,
        author: UserId | None = None,
        of: Subject = ...,
    ) -> None:
        """Let pass only what they may do."""
        ...

    def require_for(self, action: Action, visit: Visit) -> None:
        """Let pass only what they may do to a visit."""
        ...

    def deny(self, action: Action, words: str, of: Subject = ...) -> NoReturn:
        """Refuse something in these words."""
        ...


class GuardedAudit:
    """The trail: anybody's doings are put down, but few may read them."""

    def __init__(self, inner: AuditTrail, access: Asked) -> None:
        self._inner = inner
        self._access = access

    @property
    def actor(self) -> UserId | None:
        """Who is signed in."""
        return self._inner.actor

    def note(
        self,
        action: AuditAction,
        subject: Subject,
        *,
        old: Mapping[str, Plain] = _NOTHING,
        new: Mapping[str, Plain] = _NOTHING,
    ) -> None:
        """Put down what the one who is signed in does now."""
        self._inner.note(action, subject, old=old, new=new)

    def append(self, *events: AuditEvent) -> None:
        """Put events at the end of the trail."""
        self._inner.append(*events)

    def head(self) -> AuditHead:
        """Where the trail ends."""
        return self._inner.head()

    def has(self, head: AuditHead) -> bool:
        """Whether the trail once ended like this."""
        return self._inner.has(head)

    def entries(self, question: AuditQuestion | None = None) -> Sequence[AuditEntry]:
        """Entries that answer a question, the newest first."""
        self._access.require(Action.READ_AUDIT)
        return self._inner.entries(question)


class GuardedSignatures:
    """Signatures: nobody signs for somebody else, or what they may not."""

    def __init__(self, work: Work, access: Asked) -> None:
        self._work = work
        self._access = access

    def of(self, visit: VisitId) -> Sequence[Signature]:
        """Every signature under a visit."""
        held = self._work.visits.get(visit)
        self._access.require_for(Action.READ_CHART, held)
        return self._work.signatures.of(visit)

    def add(self, signature: Signature) -> None:
        """Put a signature under its visit."""
        statement = signature.statement
        visit = self._work.visits.get(statement.visit)
        action = _ACTIONS.get(statement.meaning, self._authors_action(visit.state, visit.therapist))
        if statement.user != self._access.user.id:
            words = "Nobody signs in the name of somebody else."
            self._access.deny(action, words, of_visit(visit))
        self._access.require_for(action, visit)
        self._work.signatures.add(signature)

    def keys_of(self, user: UserId) -> Sequence[bytes]:
        """The public keys a user has had."""
        return self._work.signatures.keys_of(user)

    def add_key(self, user: UserId, public_key: bytes, made: datetime) -> None:
        """Put down that a key is a user's."""
        if user != self._access.user.id:
            words = "Nobody makes keys for somebody else."
            self._access.deny(Action.CHANGE_OWN_PASSWORD, words, Subject(Entity.USER, user))
        self._access.require(Action.CHANGE_OWN_PASSWORD)  # as whoever still works here may
        self._work.signatures.add_key(user, public_key, made)

    def _authors_action(self, state: VisitState, author: UserId) -> Action:
        """An author signs, or submits where a supervisor signs later."""
        submits = self._access.may(Action.SUBMIT, state, author)
        return Action.SUBMIT if submits else Action.SIGN
