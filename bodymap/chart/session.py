"""One session with the people in it, read together for a printed page."""

from dataclasses import dataclass

from bodymap.chart.people import Episode, Patient, User
from bodymap.chart.visit import Visit


@dataclass(frozen=True, slots=True)
class SessionRecord:
    """All that a printed summary of one visit needs."""

    visit: Visit
    patient: Patient
    episode: Episode
    therapist: User
