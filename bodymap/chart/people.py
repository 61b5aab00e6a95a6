"""Patients, their complaints, and those who treat them."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NewType

from bodymap.atlas.ids import Side

PatientId = NewType("PatientId", str)
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


@dataclass(frozen=True, slots=True)
class Patient:
    """A person who is treated.

    Attributes:
        number: The clinic's own number for the patient, unique.
        alerts: Short words that must stay in sight, such as "Anticoagulant".
    """

    id: PatientId
    number: str
    family_name: str
    given_name: str
    birth_date: date
    sex: AdministrativeSex = AdministrativeSex.UNKNOWN
    alerts: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not (self.family_name.strip() and self.given_name.strip()):
            raise ValueError("a patient needs a family name and a given name")

    @property
    def full_name(self) -> str:
        """Family name first, as charts are filed."""
        return f"{self.family_name}, {self.given_name}"


@dataclass(frozen=True, slots=True)
class Episode:
    """One complaint followed over several visits."""

    id: EpisodeId
    patient: PatientId
    complaint: str
    side: Side | None = None
    onset: date | None = None


@dataclass(frozen=True, slots=True)
class User:
    """Someone who works at the clinic."""

    id: UserId
    name: str
    role: Role = Role.THERAPIST
