"""Patients and their complaints as they are kept up: corrected, added to, found twice, merged."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TypeVar

from bodymap.atlas.ids import Side
from bodymap.chart.alerts import Alert
from bodymap.chart.checks import LONGEST_LINE, check_text
from bodymap.chart.contact import Contact, EmergencyContact, Identifier
from bodymap.chart.course import Course
from bodymap.chart.naming import may_be_the_same
from bodymap.chart.people import (
    AdministrativeSex,
    Episode,
    EpisodeId,
    Patient,
    PatientId,
)
from bodymap.desk.entry import InvalidEntryError, entered
from bodymap.desk.ports import Clock, OpenWork, Work
from bodymap.desk.retrying import tried_twice
from bodymap.desk.versions import brought_together
from bodymap.errors import ConflictError

EARLIER_NUMBER = "Earlier number"
"""What the number of a merged record is called with the patient that it was merged into."""

_OLDEST_YEARS = 130
_LONGEST_COMPLAINT = 500

R = TypeVar("R", Patient, Episode, Course, Contact, EmergencyContact)

_CONTACT = {"phone": "phone", "email": "email", "address": "address"}
_EMERGENCY = {
    "emergency_name": "name",
    "emergency_relation": "relation",
    "emergency_phone": "phone",
}
_OF_EPISODE = ("complaint", "side", "onset")


@dataclass(frozen=True, slots=True)
class RegisterStep:
    """A change to patients and episodes that can be done and taken back.

    Attributes:
        label: What the undo menu calls it, such as "phone".
        patients: Each patient before and after.
        episodes: Each episode before and after.
    """

    label: str
    patients: tuple[tuple[Patient, Patient], ...] = ()
    episodes: tuple[tuple[Episode, Episode], ...] = ()

    @property
    def changes_anything(self) -> bool:
        """Whether anything is another after it than before."""
        pairs = (*self.patients, *self.episodes)
        return any(before != after for before, after in pairs)

    @property
    def reverse(self) -> "RegisterStep":
        """The step that takes this one back."""
        return RegisterStep(
            self.label,
            tuple((after, before) for before, after in self.patients),
            tuple((after, before) for before, after in self.episodes),
        )


class Register:
    """Makes steps and carries them out, each in one transaction."""

    def __init__(self, open_work: OpenWork, clock: Clock, new_id: Callable[[], str]) -> None:
        self._open_work = open_work
        self._clock = clock
        self._new_id = new_id

    def edit_patient(self, patient: Patient, label: str, **fields: object) -> RegisterStep:
        """Give fields of a patient, of the contact or of the emergency contact other values.

        Fields of the contact go by their names, those of the emergency contact by theirs with
        `emergency_` before.

        Raises:
            InvalidEntryError: A value can't be right.
        """
        after = entered(lambda: _patient_with(patient, fields))
        self.check_patient(after)
        return RegisterStep(label, patients=((patient, after),))

    def edit_episode(self, episode: Episode, label: str, **fields: object) -> RegisterStep:
        """Give fields of an episode, or of its course, other values.

        Raises:
            InvalidEntryError: A value can't be right.
        """
        own = {name: value for name, value in fields.items() if name in _OF_EPISODE}
        planned = {name: value for name, value in fields.items() if name not in _OF_EPISODE}
        after = entered(lambda: _with(episode, {**own, "course": _with(episode.course, planned)}))
        self.check_episode(after)
        return RegisterStep(label, episodes=((episode, after),))

    def add_episode(self, patient: PatientId, complaint: str) -> Episode:
        """Add a complaint before any visit.

        Raises:
            InvalidEntryError: There are no words for it, or the patient's record was merged into
                another one.
        """
        episode = Episode(EpisodeId(self._new_id()), patient, complaint.strip())
        self.check_episode(episode)
        with self._open_work() as work:
            check_not_merged(work, patient)
            work.people.put_episode(episode)
            work.commit()
        return episode

    def second_records(self, patient: Patient) -> Sequence[Patient]:
        """Records that may be of the same person: the same day of birth and a similar name."""
        with self._open_work() as work:
            born = work.people.born_on(patient.birth_date)
        return [other for other in born if may_be_the_same(patient, other)]

    def namesakes(self, family_name: str, given_name: str, birth_date: date) -> Sequence[Patient]:
        """Patients who may be the one that is about to be added."""
        if not (family_name.strip() and given_name.strip()):
            return []
        new = Patient(PatientId(""), "", family_name, given_name, birth_date)
        return self.second_records(new)

    def merged_into(self, patient: PatientId) -> Sequence[Patient]:
        """The records that were merged into a patient; they are kept."""
        with self._open_work() as work:
            return work.people.merged_into(patient)

    def merge(self, kept: PatientId, gone: PatientId) -> RegisterStep:
        """Take a second record of a person into the first.

        Its episodes and visits move, its alerts and numbers are added; the record itself stays
        in the file, marked, so that the two can be parted again.

        Raises:
            InvalidEntryError: They are one record, or one of them is merged already.
        """
        with self._open_work() as work:
            first, second = work.people.patient(kept), work.people.patient(gone)
            episodes, parts = work.people.episodes(gone), work.people.merged_into(gone)
        if kept == gone:
            raise InvalidEntryError("A record cannot be merged into itself.")
        if first.merged_into or second.merged_into:
            raise InvalidEntryError("That record has been merged into another one already.")
        if parts:
            raise InvalidEntryError(
                f"Other records were merged into {second.number}. Merge the other way round, "
                "or part them first."
            )
        moved = [(one, replace(one, patient=kept, came_from=gone)) for one in episodes]
        return RegisterStep(
            f"merging of {second.number}",
            patients=((first, _joined(first, second)), (second, replace(second, merged_into=kept))),
            episodes=tuple(moved),
        )

    def part(self, gone: PatientId) -> RegisterStep:
        """Make a merged record one of its own again, with the episodes that came from it.

        Raises:
            InvalidEntryError: It is not merged.
        """
        with self._open_work() as work:
            second = work.people.patient(gone)
            if second.merged_into is None:
                raise InvalidEntryError("That record is not merged into another one.")
            first = work.people.patient(second.merged_into)
            episodes = [one for one in work.people.episodes(first.id) if one.came_from == gone]
        back = [(one, replace(one, patient=gone, came_from=None)) for one in episodes]
        return RegisterStep(
            f"parting of {second.number}",
            patients=((first, _parted(first, second)), (second, replace(second, merged_into=None))),
            episodes=tuple(back),
        )

    def do(self, step: RegisterStep) -> datetime:
        """Store a step, in one transaction, and say when that was.

        Other fields that were changed elsewhere meanwhile stay as they are there.

        Raises:
            ConflictError: The same was changed elsewhere meanwhile, or a number is taken.
            InvalidEntryError: It does not go together with what was changed elsewhere meanwhile.
            NotFoundError: Somebody is not there.
        """
        tried_twice(lambda: self._store(step))
        return self._clock.now()

    def undo(self, step: RegisterStep) -> datetime:
        """Take a step back, in one transaction, and say when that was.

        Raises:
            ConflictError: Something was changed elsewhere meanwhile.
        """
        return self.do(step.reverse)

    def _store(self, step: RegisterStep) -> None:
        with self._open_work() as work:
            if len(step.patients) + len(step.episodes) == 1:
                _edit(work, step)
            else:
                _rearrange(work, step)
            work.commit()

    def check_patient(self, patient: Patient) -> None:
        """Look at what only the desk can say of a patient.

        Raises:
            InvalidEntryError: A name or number is missing or too long, or the date of birth
                can't be right.
        """
        for what, text in (
            ("family name", patient.family_name),
            ("given name", patient.given_name),
            ("number", patient.number),
        ):
            if not text.strip():
                raise InvalidEntryError(f"The {what} is missing.")
            _check_line(f"the {what}", text)
        if not isinstance(patient.birth_date, date):
            raise InvalidEntryError("The date of birth is missing.")
        if not isinstance(patient.sex, AdministrativeSex):
            raise InvalidEntryError("The sex is one of those offered.")
        self.check_birth_date(patient.birth_date)

    def check_birth_date(self, birth_date: date) -> None:
        """Refuse a date of birth that can't be right.

        Raises:
            InvalidEntryError: It lies in the future or too far back.
        """
        today = self._clock.now().date()
        if not today.year - _OLDEST_YEARS <= birth_date.year or birth_date > today:
            raise InvalidEntryError("The date of birth can't be right; check the year.")

    def check_episode(self, episode: Episode) -> None:
        """Look at what only the desk can say of an episode.

        Raises:
            InvalidEntryError: There is no complaint, or it began in the future.
        """
        entered(lambda: check_text("the complaint", episode.complaint, _LONGEST_COMPLAINT))
        if not episode.complaint.strip():
            raise InvalidEntryError("Say in a few words what the patient comes with.")
        if not isinstance(episode.side, Side | None):
            raise InvalidEntryError("The side is left, right or midline.")
        if episode.onset is not None and episode.onset > self._clock.now().date():
            raise InvalidEntryError("The onset can't lie in the future.")


def check_not_merged(work: Work, patient: PatientId) -> None:
    """Refuse to go on in a record that was found to be a second one.

    Raises:
        InvalidEntryError: It is one; the words say where to go on.
        NotFoundError: No such patient.
    """
    held = work.people.patient(patient)
    if held.merged_into is not None:
        kept = work.people.patient(held.merged_into)
        raise InvalidEntryError(
            f"The record {held.number} was merged into {kept.number}, {kept.full_name}. "
            "Open that one and go on there."
        )


def _edit(work: Work, step: RegisterStep) -> None:
    """Change one record; what somebody else changed in it meanwhile stays."""
    for before, after in step.patients:
        stored = work.people.patient(before.id)
        _expect(stored.merged_into, before.merged_into)
        both = entered(lambda: brought_together(before, after, stored))  # noqa: B023 - called now
        work.people.put_patient(both)
    for episode, changed in step.episodes:
        held = work.people.episode(episode.id)
        joined = entered(lambda: brought_together(episode, changed, held))  # noqa: B023
        work.people.put_episode(joined)


def _rearrange(work: Work, step: RegisterStep) -> None:
    """Change records that belong together; each has to be as it was known."""
    for before, after in _freeing_first(step.patients):
        _expect(work.people.patient(before.id), before)
        work.people.put_patient(after)
    for episode, changed in step.episodes:
        _expect(work.people.episode(episode.id), episode)
        work.people.put_episode(changed)


def _with(record: R, fields: dict[str, object]) -> R:
    return replace(record, **fields)  # type: ignore[arg-type]  # checked by the record itself


def _patient_with(patient: Patient, fields: dict[str, object]) -> Patient:
    contact = {_CONTACT[name]: value for name, value in fields.items() if name in _CONTACT}
    emergency = {_EMERGENCY[name]: value for name, value in fields.items() if name in _EMERGENCY}
    others = {name: value for name, value in fields.items() if name not in {*_CONTACT, *_EMERGENCY}}
    parts = {
        "contact": _with(patient.contact, contact),
        "emergency": _with(patient.emergency, emergency),
    }
    return _with(patient, parts | others)


def _joined(first: Patient, second: Patient) -> Patient:
    new = [alert for alert in second.alerts if not _is_said(alert, first.alerts)]
    taken = [replace(alert, came_from=alert.came_from or second.id) for alert in new]
    numbers = (Identifier(EARLIER_NUMBER, second.number), *second.identifiers)
    known = [number for number in numbers if number not in first.identifiers]
    return replace(
        first,
        alerts=(*first.alerts, *taken),
        identifiers=(*first.identifiers, *known),
    )


def _parted(first: Patient, second: Patient) -> Patient:
    """Undo `_joined`; what stood before the earlier number was the first record's own."""
    earlier, numbers = Identifier(EARLIER_NUMBER, second.number), first.identifiers
    at = numbers.index(earlier) if earlier in numbers else 0
    taken = {earlier, *second.identifiers}
    return replace(
        first,
        alerts=tuple(alert for alert in first.alerts if alert.came_from != second.id),
        identifiers=(*numbers[:at], *(one for one in numbers[at:] if one not in taken)),
    )


def _is_said(alert: Alert, known: Iterable[Alert]) -> bool:
    return any(alert.says_the_same(other) for other in known)


def _freeing_first(
    patients: Sequence[tuple[Patient, Patient]],
) -> Sequence[tuple[Patient, Patient]]:
    """Those that give a number up before those that take one."""
    return sorted(patients, key=lambda pair: pair[0].number == pair[1].number)


def _expect(stored: object, known: object) -> None:
    if stored != known:
        raise ConflictError(
            "This record was changed in another window meanwhile. Nothing was written; "
            "open it again to see the change."
        )


def _check_line(what: str, text: str) -> None:
    entered(lambda: check_text(what, text, LONGEST_LINE))
