"""Signing: what stands in the way, who signs and as what, and what may follow a signature."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import uuid4

from bodymap.atlas.clinical.screening import ScreeningItem
from bodymap.chart.audit import AuditAction, Entity, Subject
from bodymap.chart.people import Patient
from bodymap.chart.permissions import Action
from bodymap.chart.signing import Meaning, Signature, SignatureId, Statement, visit_digest
from bodymap.chart.states import Move, after
from bodymap.chart.visit import Visit, VisitId
from bodymap.desk.access import Access
from bodymap.desk.auditing import keep_end
from bodymap.desk.entry import InvalidEntryError
from bodymap.desk.needle_counting import tally
from bodymap.desk.ports import Clock, OpenWork, Signer
from bodymap.desk.retrying import tried_twice
from bodymap.desk.rounds import put_down_round
from bodymap.desk.screening import ItemState, checklist
from bodymap.errors import BodymapError, ConflictError, WrongPasswordError


class ObstacleKind(StrEnum):
    """Where to look for what is missing."""

    NEEDLES = "needles"
    SCREENING = "screening"
    OVERRIDE = "override"


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One thing that stands in the way of signing, in words."""

    kind: ObstacleKind
    words: str


class NotReadyError(BodymapError):
    """The visit can't be signed yet.

    Attributes:
        obstacles: What is missing.
    """

    def __init__(self, obstacles: Sequence[Obstacle]) -> None:
        self.obstacles = tuple(obstacles)
        missing = " ".join(obstacle.words for obstacle in obstacles)
        super().__init__(f"This visit can't be signed yet. {missing}")


class UnseenError(ConflictError):
    """The visit is not as the one who signs has seen it; nothing was signed."""


@dataclass(frozen=True, slots=True)
class Signed:
    """One signature as it is shown.

    Attributes:
        is_genuine: Whether the person's key made it over exactly these words.
        is_current: Whether the visit holds what was signed; an earlier round's may not.
    """

    signature: Signature
    is_genuine: bool
    is_current: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a visit stands, all that a person needs to see before they sign.

    Attributes:
        move: The signing move that is open to the one who is signed in; None where none is.
        may_add: Whether they may add to it.
        may_void: Whether they may declare it void.
        digest: SHA-256 of what the visit holds now.
    """

    visit: Visit
    obstacles: tuple[Obstacle, ...]
    signatures: tuple[Signed, ...]
    move: Move | None
    may_add: bool
    may_void: bool
    digest: str

    @property
    def addenda(self) -> tuple[Signed, ...]:
        """What was added after signing, in order."""
        return tuple(one for one in self.signatures if one.signature.is_addendum)

    @property
    def names(self) -> tuple[Signed, ...]:
        """Who signed what the visit holds now."""
        return tuple(
            one
            for one in self.signatures
            if one.is_current and one.signature.statement.meaning in _OF_CONTENT
        )


_OF_CONTENT = frozenset({Meaning.AUTHOR, Meaning.CO_SIGNER})
_SIGNING_MOVES = {
    Move.SIGN: (Action.SIGN, Meaning.AUTHOR),
    Move.SUBMIT: (Action.SUBMIT, Meaning.AUTHOR),
    Move.CO_SIGN: (Action.CO_SIGN, Meaning.CO_SIGNER),
}


class Signing:
    """Signs visits, adds to them and declares them void, each with the password once more.

    Args:
        open_work: The store.
        access: Who is at the desk.
        signer: Their key.
        clock: The time.
        items: The checklist that must be answered; asked for when it is first needed.
        new_id: Makes ids.
    """

    def __init__(
        self,
        open_work: OpenWork,
        access: Access,
        signer: Signer,
        clock: Clock,
        items: Callable[[], Iterable[ScreeningItem]],
        *,
        new_id: Callable[[], str] = lambda: str(uuid4()),
    ) -> None:
        self._open_work = open_work
        self._access = access
        self._signer = signer
        self._clock = clock
        self._items = items
        self._new_id = new_id

    @property
    def signs(self) -> bool:
        """Whether the one who is signed in signs anything at all."""
        return any(self._access.might(action) for action, _ in _SIGNING_MOVES.values())

    def standing(self, visit: VisitId) -> Standing:
        """Where a visit stands for the one who is signed in.

        It is asked of the chart that is open, and that it was opened is put down.

        Raises:
            NotFoundError: No such visit.
            DeniedError: They may not read it.
        """
        with self._open_work() as work:
            held = work.visits.get(visit)
            patient = work.people.patient(held.patient)
            absolute = work.choices.get().absolute
            signatures = work.signatures.of(visit)
        digest = visit_digest(held)
        return Standing(
            visit=held,
            obstacles=self.obstacles(held, patient, absolute) if held.is_open else (),
            signatures=tuple(self._shown(one, digest) for one in signatures),
            move=self._open_move(held),
            may_add=self._may(Action.ADD_ADDENDUM, held),
            may_void=self._may(Action.VOID, held),
            digest=digest,
        )

    def obstacles(
        self, visit: Visit, patient: Patient, absolute: Mapping[str, bool]
    ) -> tuple[Obstacle, ...]:
        """What is missing before the visit may be signed or submitted.

        Args:
            visit: The visit.
            patient: Its patient.
            absolute: Items that the clinic takes as ruling needling out, or as not doing so.
        """
        states = checklist(self._items(), visit, patient, absolute)
        return (*_needles(visit), *_screening(states))

    def sign(self, visit: VisitId, password: str, seen: Visit | None = None) -> Visit:
        """Sign one's own visit; from then on it can't be changed.

        Args:
            visit: Which one.
            password: Of the one who is signed in.
            seen: The visit as it is shown to them; nothing else is signed. Without it, as it is
                stored when this is called.

        Raises:
            NotReadyError: Something is missing.
            WrongPasswordError: It is not the password of the one who is signed in.
            DeniedError: They may not sign it.
            UnseenError: It was changed in another window meanwhile.
            WrongMoveError: Its state does not allow it, or no longer.
        """
        return self._content_signed(visit, Move.SIGN, password, seen)

    def submit(self, visit: VisitId, password: str, seen: Visit | None = None) -> Visit:
        """Hand one's own visit to a supervisor, signed as its author; see `sign`."""
        return self._content_signed(visit, Move.SUBMIT, password, seen)

    def co_sign(self, visit: VisitId, password: str, seen: Visit | None = None) -> Visit:
        """Sign a trainee's submitted visit; see `sign`."""
        return self._content_signed(visit, Move.CO_SIGN, password, seen)

    def add(self, visit: VisitId, text: str, password: str) -> Signature:
        """Add words to a signed visit; what was signed stays as it is.

        Raises:
            InvalidEntryError: There are no words.
            WrongPasswordError: It is not the password of the one who is signed in.
            DeniedError: They may not add to it.
        """
        if not text.strip():
            raise InvalidEntryError("Write what you want to add.")
        held = self._allowed(visit, Action.ADD_ADDENDUM, Move.ADD)
        return self._stored(held, Meaning.ADDENDUM, text.strip(), password, None)

    def void(self, visit: VisitId, reason: str, password: str, seen: Visit | None = None) -> Visit:
        """Declare a visit void; it is kept, with the reason, and never counts again.

        Args:
            visit: Which one.
            reason: Why.
            password: Of the one who is signed in.
            seen: The visit as it is shown to them; see `sign`.

        Raises:
            InvalidEntryError: There is no reason.
            WrongPasswordError: It is not the password of the one who is signed in.
            DeniedError: They may not.
            UnseenError: It was changed in another window meanwhile.
        """
        if not reason.strip():
            raise InvalidEntryError("Say why the visit is void.")
        held = self._allowed(visit, Action.VOID, Move.VOID, seen)
        self._stored(held, Meaning.VOID, reason.strip(), password, Move.VOID)
        return self._read(visit)

    # --- inside

    def _content_signed(
        self, visit: VisitId, move: Move, password: str, seen: Visit | None
    ) -> Visit:
        action, meaning = _SIGNING_MOVES[move]
        held = self._allowed(visit, action, move, seen)
        with self._open_work() as work:
            patient = work.people.patient(held.patient)
            absolute = work.choices.get().absolute
        missing = self.obstacles(held, patient, absolute) if held.is_open else ()
        if missing:
            raise NotReadyError(missing)
        self._stored(held, meaning, "", password, move)
        return self._read(visit)

    def _allowed(
        self, visit: VisitId, action: Action, move: Move, seen: Visit | None = None
    ) -> Visit:
        held = self._read(visit)
        after(held.state, move)  # the words are about the state where that is what is wrong
        self._access.require_for(action, held)
        if seen is not None:
            check_seen(held, seen)
        return held

    def _stored(
        self, held: Visit, meaning: Meaning, text: str, password: str, move: Move | None
    ) -> Signature:
        signature = self._signature(held, meaning, text, password)
        tried_twice(lambda: self._put_down(signature, move))
        return signature

    def _put_down(self, signature: Signature, move: Move | None) -> None:
        """Store a signature under exactly what it was made for, or not at all."""
        statement = signature.statement
        with self._open_work() as work:
            held = work.visits.get(statement.visit)
            after(held.state, move or Move.ADD)
            _check_digest(held, statement.digest)
            if signature.public_key not in work.signatures.keys_of(statement.user):
                work.signatures.add_key(statement.user, signature.public_key, statement.signed_at)
            work.signatures.add(signature)
            put_down_round(work, held, statement, move)
            if move is not None:
                work.visits.move(held.id, held.version, move)
            work.commit()
            keep_end(work, self._signer)

    def _signature(self, held: Visit, meaning: Meaning, text: str, password: str) -> Signature:
        """Made before anything is locked, for the password takes a second to try."""
        user = self._access.user
        with self._open_work() as work:
            head = work.audit.head()
        statement = Statement(
            visit=held.id,
            patient=held.patient,
            user=user.id,
            name=user.name,
            meaning=meaning,
            signed_at=self._clock.now().replace(microsecond=0),
            digest=visit_digest(held),
            text=text,
            audit_count=head.count,
            audit_head=head.hash.hex() if head.count else "",
        )
        try:
            proof = self._signer.prove(password, statement.as_bytes())
        except WrongPasswordError:
            self._put_down_failure(held)
            raise
        return Signature(SignatureId(self._new_id()), statement, proof.public_key, proof.value)

    def _put_down_failure(self, held: Visit) -> None:
        with self._open_work() as work:
            subject = Subject(Entity.VISIT, held.id, held.patient, held.id)
            work.audit.note(AuditAction.SIGN_IN_FAILED, subject)
            work.commit()

    def _read(self, visit: VisitId) -> Visit:
        with self._open_work() as work:
            return work.visits.get(visit)

    def _open_move(self, held: Visit) -> Move | None:
        moves = (move for move, (action, _) in _SIGNING_MOVES.items() if self._may(action, held))
        return next(moves, None)

    def _may(self, action: Action, held: Visit) -> bool:
        return self._access.may(action, held.state, held.therapist)

    def _shown(self, signature: Signature, digest: str) -> Signed:
        return Signed(
            signature,
            is_genuine=self._signer.is_genuine(signature),
            is_current=signature.statement.digest == digest,
        )


def check_seen(held: Visit, seen: Visit) -> None:
    """See that a visit holds what somebody has before them who decides about it.

    Raises:
        UnseenError: It was changed in another window meanwhile.
    """
    if held.version == seen.version:
        return
    if held.state is not seen.state:
        raise UnseenError(
            f"The visit is {held.state} meanwhile. Nothing was written; look at it as it is now."
        )
    _check_digest(held, visit_digest(seen))


def _check_digest(held: Visit, digest: str) -> None:
    if visit_digest(held) != digest:
        raise UnseenError(
            "The visit was changed in another window meanwhile. Nothing was signed or decided; "
            "look at it as it is now, then go on."
        )


def _screening(states: Sequence[ItemState]) -> Iterable[Obstacle]:
    unanswered = sum(state.applies is None for state in states)
    if unanswered:
        questions = "1 question is" if unanswered == 1 else f"{unanswered} questions are"
        yield Obstacle(ObstacleKind.SCREENING, f"Screening: {questions} not answered.")
    for state in states:
        if state.needs_override:
            yield Obstacle(
                ObstacleKind.OVERRIDE,
                f"“{state.item.label}” rules needling out; say why you went on all the same.",
            )


def _needles(visit: Visit) -> Iterable[Obstacle]:
    count = tally(visit)
    used = count.inserted or count.opened or count.in_sharps
    if not used or count.is_reconciled or visit.record.needles.difference.strip():
        return
    words = " ".join(count.mismatches)
    if not words:
        words = f"{count.inserted} went in; how many came out has not been counted."
    yield Obstacle(
        ObstacleKind.NEEDLES, f"Needles: {words} Count again, or say why the numbers differ."
    )
