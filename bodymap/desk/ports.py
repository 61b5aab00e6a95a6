"""What the desk needs from the outside: a store, a clock and a printer."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from bodymap.chart.change import Change
from bodymap.chart.clinic_choices import ClinicChoices
from bodymap.chart.people import Episode, EpisodeId, Patient, PatientId, User, UserId
from bodymap.chart.session import SessionRecord
from bodymap.chart.visit import Visit, VisitId, VisitSummary
from bodymap.errors import ConflictError, NotFoundError, StorageError

__all__ = [
    "Choices",
    "Clock",
    "ConflictError",
    "NotFoundError",
    "OpenWork",
    "People",
    "Printer",
    "SessionRecord",
    "StorageError",
    "VisitSummary",
    "Visits",
    "Work",
]


class People(Protocol):
    """Patients, their episodes, and the clinic's users."""

    def patients(self, text: str = "") -> Sequence[Patient]:
        """Patients by name, without those merged into others.

        `text` narrows to those of whom every word is a part of a name, a number or the date of
        birth; neither case nor accents matter.
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

    def summaries(self, patient: PatientId | None = None) -> Sequence[VisitSummary]:
        """Visits of one patient, or all, newest first."""
        ...

    def add(self, visit: Visit) -> None:
        """Store a new visit with any marks it has."""
        ...

    def apply(self, visit: VisitId, version: int, change: Change) -> int:
        """Write one change and return the visit's new version.

        Raises:
            ConflictError: The stored version is not `version`, or the visit is not open.
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
