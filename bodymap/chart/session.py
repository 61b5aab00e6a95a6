"""One session with the people in it, read together for a printed page."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bodymap.chart.afterwards import Afterward
from bodymap.chart.marks import MarkId
from bodymap.chart.people import Episode, Patient, User, UserId
from bodymap.chart.signing import Signature, visit_digest
from bodymap.chart.visit import Visit


@dataclass(frozen=True, slots=True)
class Screened:
    """One item of the screening and where it stood.

    Attributes:
        item: Its id.
        label: What it is called.
        applies: Whether it applied; None where nobody said.
        is_absolute: Whether it rules needling out.
        note: What else was said.
        override: Why needling went on all the same.
    """

    item: str
    label: str
    applies: bool | None
    is_absolute: bool
    note: str = ""
    override: str = ""


@dataclass(frozen=True, slots=True)
class SessionRecord:
    """All that a printed summary of one visit needs.

    Attributes:
        users: Others who had a hand in it.
        screened: The screening, item by item.
        signatures: Every signature under the visit, in the order they were made.
        passed: What each needle of a charted depth passes, in words, from the skin inwards.
        body_cm2: The outlines of the model body that zones are measured against; 0 if not known.
        afterwards: What became known after it was closed, in the order it was put down.
    """

    visit: Visit
    patient: Patient
    episode: Episode
    therapist: User
    users: tuple[User, ...] = ()
    screened: tuple[Screened, ...] = ()
    signatures: tuple[Signature, ...] = ()
    afterwards: tuple[Afterward, ...] = ()
    passed: Mapping[MarkId, tuple[str, ...]] = field(default_factory=dict)
    body_cm2: float = 0.0

    @property
    def digest(self) -> str:
        """SHA-256 of what the visit holds, in hexadecimal."""
        return visit_digest(self.visit)

    def name_of(self, user: UserId) -> str:
        """What somebody who had a hand in it is called."""
        known = {person.id: person.name for person in (*self.users, self.therapist)}
        return known.get(user, "someone who is no longer known")
