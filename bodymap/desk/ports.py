"""What the desk needs from the outside: a store, a clock and a printer."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from bodymap.chart.afterwards import Afterward
from bodymap.chart.audit import (
    AuditAction,
    AuditEntry,
    AuditEvent,
    AuditHead,
    AuditQuestion,
    Subject,
)
from bodymap.chart.canonical import Plain
from bodymap.chart.change import Change
from bodymap.chart.clinic_choices import ClinicChoices
from bodymap.chart.people import Episode, EpisodeId, Patient, PatientId, User, UserId
from bodymap.chart.review import Answer, Comment, CommentId, Decision, Review, Submission
from bodymap.chart.session import SessionRecord
from bodymap.chart.signing import Proof, Signature
from bodymap.chart.states import Move
from bodymap.chart.visit import Visit, VisitId, VisitStanding, VisitState, VisitSummary
from bodymap.errors import ConflictError, NotFoundError, StorageError

__all__ = [
    "Afterwards",
    "AuditTrail",
    "Choices",
    "Clock",
    "ConflictError",
    "Keys",
    "NotFoundError",
    "OpenWork",
    "People",
    "Printer",
    "Reviews",
    "SessionRecord",
    "Signatures",
    "Signer",
    "StorageError",
    "VisitSummary",
    "Visits",
    "Work",
]


class People(Protocol):
    """Patients, their episodes, and the clinic's users."""

    def patients(self, text: str = "", most: int | None = None) -> Sequence[Patient]:
        """Patients by name, without those merged into others.

        `text` narrows to those of whom every word is a part of a name, a number or the date of
        birth; neither case nor accents matter. No more than `most`.
        """
        ...

    def born_on(self, birth_date: date) -> Sequence[Patient]:
        """Patients born on one day, without those merged into others."""
        ...

    def merged_into(self, patient: PatientId) -> Sequence[Patient]:
        """The records that were found to be second ones of this patient."""
        ...

    def numbers(self) -> Sequence[str]:
        """Every number that is taken, of merged records too."""
        ...

    def patient(self, patient: PatientId) -> Patient:
        """One patient.

        Raises:
            NotFoundError: No such patient.
        """
        ...

    def put_patient(self, patient: Patient) -> None:
        """Add the patient or replace the one with its id."""
        ...

    def episodes(self, patient: PatientId) -> Sequence[Episode]:
        """The patient's episodes, newest first."""
        ...

    def episode(self, episode: EpisodeId) -> Episode:
        """One episode.

        Raises:
            NotFoundError: No such episode.
        """
        ...

    def put_episode(self, episode: Episode) -> None:
        """Add the episode or replace the one with its id.

        One that is replaced may go to another patient; its visits go with it.
        """
        ...

    def users(self) -> Sequence[User]:
        """Everyone who works here, by name."""
        ...

    def user(self, user: UserId) -> User:
        """One user.

        Raises:
            NotFoundError: No such user.
        """
        ...

    def put_user(self, user: User) -> None:
        """Add the user or replace the one with its id."""
        ...


class Visits(Protocol):
    """Visits with their marks."""

    def get(self, visit: VisitId) -> Visit:
        """One visit with all its marks.

        Raises:
            NotFoundError: No such visit.
        """
        ...

    def version(self, visit: VisitId) -> int:
        """How often a visit has been changed; asked each second.

        Raises:
            NotFoundError: No such visit.
        """
        ...

    def summaries(self, patient: PatientId | None = None) -> Sequence[VisitSummary]:
        """Visits of one patient, or all, newest first."""
        ...

    def standing(self, states: Collection[VisitState]) -> Sequence[VisitStanding]:
        """Visits in these states, the oldest first; one query, however many there are."""
        ...

    def add(self, visit: Visit) -> None:
        """Store a new visit with any marks it has."""
        ...

    def apply(
        self, visit: VisitId, version: int, change: Change, undo: Change | None = None
    ) -> int:
        """Write one change and return the visit's new version.

        Args:
            visit: Which one.
            version: The version that the change was made on.
            change: What to write.
            undo: What would take it back, as known from that version; read when not given.

        Raises:
            ConflictError: The stored version is not `version`, or the visit is not open.
            NotFoundError: No such visit.
        """
        ...

    def move(self, visit: VisitId, version: int, move: Move) -> int:
        """Take a visit to another state and return its new version.

        Raises:
            ConflictError: The stored version is not `version`.
            WrongMoveError: The visit's state does not allow it.
            NotFoundError: No such visit.
        """
        ...


class Choices(Protocol):
    """What the clinic has chosen for all visits."""

    def get(self) -> ClinicChoices:
        """The choices; the usual ones where nobody has chosen."""
        ...

    def put(self, choices: ClinicChoices) -> None:
        """Keep the choices in place of those before."""
        ...


class AuditTrail(Protocol):
    """Who did what and when; entries are only ever added, with the transaction they are in."""

    @property
    def actor(self) -> UserId | None:
        """Who is signed in."""
        ...

    def note(
        self,
        action: AuditAction,
        subject: Subject,
        *,
        old: Mapping[str, Plain] = ...,
        new: Mapping[str, Plain] = ...,
    ) -> None:
        """Put down what the one who is signed in does now; of old and new, what differs."""
        ...

    def append(self, *events: AuditEvent) -> None:
        """Put events at the end of the trail."""
        ...

    def head(self) -> AuditHead:
        """Where the trail ends."""
        ...

    def has(self, head: AuditHead) -> bool:
        """Whether the trail once ended like this: it goes on from there and was not rewritten."""
        ...

    def entries(self, question: AuditQuestion | None = None) -> Sequence[AuditEntry]:
        """Entries that answer a question, the newest first."""
        ...


class Signatures(Protocol):
    """Signatures under visits, and the keys they are made with."""

    def of(self, visit: VisitId) -> Sequence[Signature]:
        """Every signature under a visit, in the order they were made."""
        ...

    def add(self, signature: Signature) -> None:
        """Put a signature under its visit."""
        ...

    def keys_of(self, user: UserId) -> Sequence[bytes]:
        """The public keys a user has had, the newest last."""
        ...

    def add_key(self, user: UserId, public_key: bytes, made: datetime) -> None:
        """Put down that a key is a user's."""
        ...


class Reviews(Protocol):
    """Rounds of visits that were handed in, with comments and decisions; only added to."""

    def of(self, visit: VisitId) -> Review:
        """All rounds of a visit; an empty review where it never was handed in."""
        ...

    def add_round(self, visit: VisitId, submission: Submission) -> None:
        """Keep the visit as it is handed in, before it changes its state."""
        ...

    def add_comment(self, visit: VisitId, comment: Comment) -> None:
        """Keep a comment; its answers are added by themselves."""
        ...

    def add_answer(self, visit: VisitId, comment: CommentId, answer: Answer) -> None:
        """Keep a reply to a comment."""
        ...

    def add_decision(self, visit: VisitId, decision: Decision) -> None:
        """Keep what was decided about a round, before the visit changes its state."""
        ...


class Afterwards(Protocol):
    """What becomes known after a visit is closed; only added to."""

    def of(self, visit: VisitId) -> Sequence[Afterward]:
        """Every entry under a visit, in the order they were made."""
        ...

    def add(self, entry: Afterward) -> None:
        """Keep an entry.

        Raises:
            NotFoundError: No such visit.
            StorageError: The visit is not closed, or what it corrects is corrected already.
        """
        ...


class Work(Protocol):
    """One transaction: everything in it is stored by `commit`, or nothing is.

    Leaving the block without `commit` rolls back.
    """

    @property
    def people(self) -> People:
        """Patients, episodes and users."""
        ...

    @property
    def visits(self) -> Visits:
        """Visits and marks."""
        ...

    @property
    def audit(self) -> AuditTrail:
        """Who did what."""
        ...

    @property
    def signatures(self) -> Signatures:
        """Who signed what."""
        ...

    @property
    def reviews(self) -> Reviews:
        """What supervisors said of visits that were handed in."""
        ...

    @property
    def afterwards(self) -> Afterwards:
        """What became known after visits were closed."""
        ...

    @property
    def choices(self) -> Choices:
        """What the clinic has chosen for all visits."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...

    def commit(self) -> None:
        """Make it durable; when this returns, it survives a power cut."""
        ...


OpenWork = Callable[[], Work]


class Clock(Protocol):
    """What time it is, here."""

    def now(self) -> datetime:
        """The time with the local offset from UTC."""
        ...


class Keys(Protocol):
    """The key file: who can open the data. Errors are those of `bodymap.errors`."""

    @property
    def is_set_up(self) -> bool:
        """Whether there is a clinic to sign in to."""
        ...

    @property
    def clinic(self) -> str:
        """The clinic's name."""
        ...

    @property
    def failed_before(self) -> int:
        """How many tries had failed before the last one that went well."""
        ...

    def set_up(self, clinic: str, owner: tuple[UserId, str], password: str) -> str:
        """Make the keys, take them in hand and return the recovery key."""
        ...

    def sign_in(self, login: str, password: str) -> UserId:
        """Take the keys in hand for a user."""
        ...

    def recover(self, printed: str) -> None:
        """Take the keys in hand by the recovery key."""
        ...

    def confirm(self, user: UserId, password: str) -> object:
        """See that it is the user who sits here."""
        ...

    def change_password(self, user: UserId, old: str, new: str) -> None:
        """Change one's own password."""
        ...

    def give_way_in(self, user: UserId, login: str, password: str) -> None:
        """Let a user sign in from now on."""
        ...

    def take_way_in(self, user: UserId) -> None:
        """Let a user no longer sign in."""
        ...

    def new_recovery_key(self) -> str:
        """Make another recovery key in place of the one before."""
        ...

    @property
    def recovery_key_is_owed(self) -> bool:
        """Whether a recovery key was made that nobody has said to have on paper."""
        ...

    def hand_over_recovery_key(self) -> None:
        """Somebody has it on paper now."""
        ...

    def close(self) -> None:
        """Let go of the keys."""
        ...


class Signer(Protocol):
    """Signs in the name of whoever is signed in, once they have given their password again."""

    def prove(self, password: str, message: bytes) -> Proof:
        """Sign a message with their own key; takes about a second.

        Raises:
            WrongPasswordError: It is not theirs.
            TooManyTriesError: It has been tried too often.
        """
        ...

    def anchor(self, head: AuditHead) -> None:
        """Keep the audit trail's end apart from the data."""
        ...

    def anchored(self) -> AuditHead:
        """The end that was kept last."""
        ...

    def is_genuine(self, signature: Signature) -> bool:
        """Whether the key of the signature made it over exactly this statement."""
        ...


class Printer(Protocol):
    """Puts a session on paper."""

    def print_summary(self, record: SessionRecord, target: Path, paper: str) -> None:
        """Write the PDF.

        Args:
            record: What to print.
            target: The file; replaced only when the new one is complete.
            paper: `A4` or `Letter`.

        Raises:
            BodymapError: The file cannot be written.
        """
        ...
