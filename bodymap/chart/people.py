"""Patients, their complaints, and those who treat them."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NewType

from bodymap.atlas.ids import Side
from bodymap.chart.alerts import Alert, PatientId
from bodymap.chart.checks import LONGEST_LINE, check_text
from bodymap.chart.contact import Contact, EmergencyContact, Identifier, check_language
from bodymap.chart.course import Course

__all__ = [
    "AdministrativeSex",
    "Episode",
    "EpisodeId",
    "Patient",
    "PatientId",
    "Role",
    "User",
    "UserId",
]

EpisodeId = NewType("EpisodeId", str)
UserId = NewType("UserId", str)


class AdministrativeSex(StrEnum):
    """FHIR's administrative gender, for identification only."""

    FEMALE = "female"
    MALE = "male"
    OTHER = "other"
    UNKNOWN = "unknown"


class Role(StrEnum):
    """What a user is to the clinic."""

    THERAPIST = "therapist"
    TRAINEE = "trainee"
    SUPERVISOR = "supervisor"
    ADMIN = "admin"
    CLERK = "clerk"
    AUDITOR = "auditor"


@dataclass(frozen=True, slots=True)
class Patient:
    """A person who is treated.

    Attributes:
        number: The clinic's own number for the patient, unique.
        alerts: What must stay in sight.
        preferred_name: What the patient likes to be called.
        identifiers: Numbers that others know the patient by.
        language: The preferred language as a BCP 47 tag.
        merged_into: The record that this one was found to be a second one of; it is then
            kept, but no longer listed.
    """

    id: PatientId
    number: str
    family_name: str
    given_name: str
    birth_date: date
    sex: AdministrativeSex = AdministrativeSex.UNKNOWN
    alerts: tuple[Alert, ...] = ()
    preferred_name: str = ""
    contact: Contact = field(default_factory=Contact)
    identifiers: tuple[Identifier, ...] = ()
    language: str = ""
    emergency: EmergencyContact = field(default_factory=EmergencyContact)
    notes: str = ""
    merged_into: PatientId | None = None

    def __post_init__(self) -> None:
        if not (self.family_name.strip() and self.given_name.strip()):
            raise ValueError("a patient needs a family name and a given name")
        check_text("the preferred name", self.preferred_name, LONGEST_LINE)
        check_language(self.language)
        check_text("the notes", self.notes)
        if self.merged_into == self.id:
            raise ValueError("a record cannot be merged into itself")

    @property
    def full_name(self) -> str:
        """Family name first, as charts are filed."""
        return f"{self.family_name}, {self.given_name}"


@dataclass(frozen=True, slots=True)
class Episode:
    """One complaint followed over several visits.

    Attributes:
        came_from: The record it was taken over from when two of one person were merged.
    """

    id: EpisodeId
    patient: PatientId
    complaint: str
    side: Side | None = None
    onset: date | None = None
    course: Course = field(default_factory=Course)
    came_from: PatientId | None = None

    def __post_init__(self) -> None:
        again = self.course.reassess_on
        if again is not None and self.onset is not None and again < self.onset:
            raise ValueError("the re-assessment cannot lie before the onset")


@dataclass(frozen=True, slots=True)
class User:
    """Someone who works at the clinic.

    Attributes:
        role: What they are to the clinic first of all.
        login: The name they sign in with; empty for one who does not sign in.
        also: What they are besides: an owner is often therapist and administrator.
        supervisors: For a trainee, who reads their visits.
        disabled: Shut out; what they charted stays theirs.
    """

    id: UserId
    name: str
    role: Role = Role.THERAPIST
    login: str = ""
    also: frozenset[Role] = frozenset()
    supervisors: frozenset[UserId] = frozenset()
    disabled: bool = False

    def __post_init__(self) -> None:
        check_text("the login name", self.login, 80)
        if Role.TRAINEE in self.also:
            raise ValueError("a trainee is a trainee first of all")
        if self.role is Role.TRAINEE and self.also & _NEVER_TRAINEES:
            raise ValueError("a trainee cannot be a therapist or a supervisor as well")
        if self.id in self.supervisors:
            raise ValueError("nobody is their own supervisor")

    @property
    def roles(self) -> frozenset[Role]:
        """Everything they are to the clinic."""
        return self.also | {self.role}


_NEVER_TRAINEES = frozenset({Role.THERAPIST, Role.SUPERVISOR})
