"""Who is at the desk, and what they may do: nothing reaches the store past this."""

from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from time import monotonic
from types import TracebackType
from typing import NoReturn, Self

from bodymap.chart.audit import AuditAction, Entity, Subject
from bodymap.chart.change import Change
from bodymap.chart.clinic_choices import ClinicChoices
from bodymap.chart.people import Episode, EpisodeId, Patient, PatientId, User, UserId
from bodymap.chart.permissions import CHANGES_NOTHING, Action, may, might
from bodymap.chart.states import ACTIONS, Move
from bodymap.chart.visit import Visit, VisitId, VisitStanding, VisitState, VisitSummary
from bodymap.desk.auditing import THE_CLINIC, of_patient, of_visit, this_visit
from bodymap.desk.denying import denial
from bodymap.desk.guarded_afterwards import GuardedAfterwards
from bodymap.desk.guarded_reviews import GuardedReviews
from bodymap.desk.guarded_signing import GuardedAudit, GuardedSignatures
from bodymap.desk.ports import (
    Afterwards,
    AuditTrail,
    Choices,
    OpenWork,
    People,
    Reviews,
    Signatures,
    Visits,
    Work,
)
from bodymap.errors import BodymapError, DeniedError, StorageError

Denied = tuple[Action, Subject]
"""What was not let pass, and what it would have been done to."""

FRESH_S = 1.0
"""A user who is shut out elsewhere can go on for no longer than this."""


class Access:
    """Knows the signed-in user and answers for what they may do.

    Args:
        open_work: The store, unguarded; only what is asked here goes past the guard.
        only_reading: Why nothing in it can be changed just now; empty when all can be.
    """

    def __init__(self, open_work: OpenWork, only_reading: Callable[[], str] = lambda: "") -> None:
        self._open_work = open_work
        self._only_reading = only_reading
        self._user: UserId | None = None
        self._known: dict[UserId, tuple[float, User]] = {}
        self._authors: dict[VisitId, UserId] = {}
        self._denied: list[Denied] = []

    def begin(self, user: UserId) -> User:
        """Take a user as signed in.

        Raises:
            DeniedError: The user was shut out.
        """
        self._known.clear()
        self._user = user
        try:
            signed_in = self.user
        except BodymapError:
            self._user = None
            raise
        if signed_in.disabled:
            self._user = None
            raise DeniedError("You may no longer sign in here. Ask an administrator.")
        return signed_in

    def end(self) -> None:
        """Nobody is signed in any more; a disk that refuses keeps nobody at the desk."""
        with suppress(BodymapError):
            self.put_down_denials()
        self._denied = []
        self._user = None
        self._known.clear()

    @property
    def actor(self) -> UserId | None:
        """Who is signed in, for the audit trail; nobody is asked."""
        return self._user

    @property
    def is_signed_in(self) -> bool:
        """Whether anybody is."""
        return self._user is not None

    @property
    def only_reading(self) -> str:
        """Why nothing can be changed just now, and what to do; empty when all can be."""
        return self._only_reading()

    @property
    def user(self) -> User:
        """Who is signed in, as the store has it now.

        Raises:
            DeniedError: Nobody is.
        """
        if self._user is None:
            raise DeniedError("Nobody is signed in.")
        return self._person(self._user)

    def may(
        self, action: Action, state: VisitState | None = None, author: UserId | None = None
    ) -> bool:
        """Whether the signed-in user may do something; see `permissions.may`."""
        return (
            self._user is not None
            and may(self.user, action, state, self._person(author) if author else None)
            and self._is_in_reach(action)
        )

    def might(self, action: Action) -> bool:
        """Whether the signed-in user may do something to some visit at least."""
        return self._user is not None and might(self.user, action) and self._is_in_reach(action)

    def require(
        self,
        action: Action,
        state: VisitState | None = None,
        author: UserId | None = None,
        of: Subject = THE_CLINIC,
    ) -> None:
        """Let pass only what the signed-in user may do.

        Args:
            action: What.
            state: The state of the visit, when it is done to one.
            author: Who charted it, likewise; or the trainee it is about.
            of: What it is done to, for the audit trail; of a visit or a complaint its id will do.

        Raises:
            DeniedError: They may not; the words say what, and why.
            StorageError: Nobody may, for nothing can be changed just now.
        """
        if self.may(action, state, author):
            return
        if action not in CHANGES_NOTHING:
            self.check_can_be_changed()
        known = self._person(author) if author else None
        self.deny(action, denial(self.user, action, state, known), of)

    def require_for(self, action: Action, visit: Visit) -> None:
        """Let pass only what the signed-in user may do to a visit as it is.

        Raises:
            DeniedError: They may not; the words say what, and why.
            StorageError: Nobody may, for nothing can be changed just now.
        """
        self.require(action, visit.state, visit.therapist, of_visit(visit))

    def deny(self, action: Action, words: str, of: Subject = THE_CLINIC) -> NoReturn:
        """Refuse something in these words; it is put down.

        Raises:
            DeniedError: Always.
        """
        self._denied.append((action, of))
        raise DeniedError(words)

    def check_can_be_changed(self) -> None:
        """See that what is done now can be written.

        Raises:
            StorageError: Nothing can.
        """
        if why := self._only_reading():
            raise StorageError(f"{why} Nothing was changed.")

    def put_down_denials(self) -> None:
        """Tell the audit trail what was denied; never while a transaction of our own writes.

        Raises:
            BodymapError: The store refused; they are put down with the next ones.
        """
        denied, self._denied = self._denied, []
        try:
            if denied:
                self._put_down(denied)
        except BodymapError:
            self._denied[:0] = denied
            raise

    def _put_down(self, denied: Iterable[Denied]) -> None:
        with self._open_work() as work:
            for action, of in denied:
                subject = _with_patient(work, of)
                work.audit.note(AuditAction.DENIED, subject, new={"action": action.value})
            work.commit()

    def guarded(self, reading: Action = Action.READ_CHART) -> OpenWork:
        """The store, asked about everything before it is done.

        Args:
            reading: What charts are read for.
        """
        return lambda: GuardedWork(self._open_work(), self, reading)

    def author_of(self, visit: VisitId, visits: Visits) -> UserId:
        """Who charts a visit; it never changes, so it is looked up once.

        Raises:
            NotFoundError: No such visit.
        """
        if visit not in self._authors:
            self._authors[visit] = visits.get(visit).therapist
        return self._authors[visit]

    def _is_in_reach(self, action: Action) -> bool:
        """Whether the store takes what it does, just now."""
        return action in CHANGES_NOTHING or not self._only_reading()

    def _person(self, user: UserId) -> User:
        at, known = self._known.get(user, (0.0, None))
        if known is None or monotonic() - at > FRESH_S:
            with self._open_work() as work:
                known = work.people.user(user)
            self._known[user] = (monotonic(), known)
        return known


def _with_patient(work: Work, of: Subject) -> Subject:
    """What something was denied about, with its patient if the store knows one.

    Whoever was denied may have named anything: an entry tells of no patient who is not there.
    """
    try:
        if of.visit is not None:
            return of_visit(work.visits.get(of.visit))
        if of.entity is Entity.EPISODE:
            return replace(of, patient=work.people.episode(EpisodeId(of.id)).patient)
        if of.patient is not None:
            work.people.patient(of.patient)
    except BodymapError:
        return replace(of, patient=None)
    return of


class GuardedWork:
    """A transaction in which everything is asked about first."""

    def __init__(self, inner: Work, access: Access, reading: Action) -> None:
        self._inner = inner
        self._access = access
        self.people: People = _GuardedPeople(inner.people, access)
        self.visits: Visits = _GuardedVisits(inner.visits, access, reading)
        self.audit: AuditTrail = GuardedAudit(inner.audit, access)
        self.signatures: Signatures = GuardedSignatures(inner, access)
        self.reviews: Reviews = GuardedReviews(inner, access)
        self.afterwards: Afterwards = GuardedAfterwards(inner, access, reading)
        self.choices: Choices = _GuardedChoices(inner.choices, access)

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
        with suppress(BodymapError):  # what was denied is told; it is put down with the next one
            self._access.put_down_denials()

    def commit(self) -> None:
        """Make it durable."""
        self._inner.commit()


class _GuardedPeople:
    """Patients and users, asked about first."""

    def __init__(self, inner: People, access: Access) -> None:
        self._inner = inner
        self._require = access.require

    def patients(self, text: str = "", most: int | None = None) -> Sequence[Patient]:
        self._require(Action.FIND_PATIENTS)
        return self._inner.patients(text, most)

    def born_on(self, birth_date: date) -> Sequence[Patient]:
        self._require(Action.FIND_PATIENTS)
        return self._inner.born_on(birth_date)

    def merged_into(self, patient: PatientId) -> Sequence[Patient]:
        self._require(Action.FIND_PATIENTS, of=of_patient(patient))
        return self._inner.merged_into(patient)

    def numbers(self) -> Sequence[str]:
        self._require(Action.FIND_PATIENTS)
        return self._inner.numbers()

    def patient(self, patient: PatientId) -> Patient:
        self._require(Action.FIND_PATIENTS, of=of_patient(patient))
        return self._inner.patient(patient)

    def put_patient(self, patient: Patient) -> None:
        self._require(Action.KEEP_PATIENTS, of=of_patient(patient.id))
        self._inner.put_patient(patient)

    def episodes(self, patient: PatientId) -> Sequence[Episode]:
        self._require(Action.FIND_PATIENTS, of=of_patient(patient))
        return self._inner.episodes(patient)

    def episode(self, episode: EpisodeId) -> Episode:
        self._require(Action.FIND_PATIENTS, of=Subject(Entity.EPISODE, episode))
        return self._inner.episode(episode)

    def put_episode(self, episode: Episode) -> None:
        self._require(Action.KEEP_PATIENTS, of=of_patient(episode.patient))
        self._inner.put_episode(episode)

    def users(self) -> Sequence[User]:
        self._require(Action.SEE_USERS)
        return self._inner.users()

    def user(self, user: UserId) -> User:
        self._require(Action.SEE_USERS)
        return self._inner.user(user)

    def put_user(self, user: User) -> None:
        self._require(Action.KEEP_USERS)
        self._inner.put_user(user)


class _GuardedVisits:
    """Visits, asked about first."""

    def __init__(self, inner: Visits, access: Access, reading: Action) -> None:
        self._inner = inner
        self._access = access
        self._reading = reading

    def get(self, visit: VisitId) -> Visit:
        found = self._inner.get(visit)
        self._access.require_for(self._reading, found)
        return found

    def version(self, visit: VisitId) -> int:
        self._access.require(Action.LIST_VISITS, of=this_visit(visit))
        return self._inner.version(visit)

    def summaries(self, patient: PatientId | None = None) -> Sequence[VisitSummary]:
        of = THE_CLINIC if patient is None else of_patient(patient)
        self._access.require(Action.LIST_VISITS, of=of)
        return self._inner.summaries(patient)

    def standing(self, states: Collection[VisitState]) -> Sequence[VisitStanding]:
        self._access.require(Action.LIST_VISITS)
        return self._inner.standing(states)

    def add(self, visit: Visit) -> None:
        of = of_patient(visit.patient)  # the visit itself is not there
        self._access.require(Action.BEGIN_VISIT, visit.state, visit.therapist, of)
        self._inner.add(visit)

    def apply(
        self, visit: VisitId, version: int, change: Change, undo: Change | None = None
    ) -> int:
        author = self._access.author_of(visit, self._inner)
        # Whether it is still open is looked at where it is written, in the same transaction.
        self._access.require(Action.CHART, VisitState.DRAFT, author, this_visit(visit))
        return self._inner.apply(visit, version, change, undo)

    def move(self, visit: VisitId, version: int, move: Move) -> int:
        found = self._inner.get(visit)
        self._access.require_for(ACTIONS[move], found)
        return self._inner.move(visit, version, move)


class _GuardedChoices:
    """What the clinic has chosen, asked about first."""

    def __init__(self, inner: Choices, access: Access) -> None:
        self._inner = inner
        self._access = access

    def get(self) -> ClinicChoices:
        self._access.require(Action.SEE_USERS)
        return self._inner.get()

    def put(self, choices: ClinicChoices) -> None:
        before = self._inner.get()
        if choices.templates != before.templates:
            self._access.require(Action.KEEP_TEMPLATES)
        if replace(choices, templates=before.templates) != before:
            self._access.require(Action.KEEP_CLINIC)
        self._inner.put(choices)
