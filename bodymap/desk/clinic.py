"""Patients, their episodes and visits, as the desk sees them."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import date
from uuid import uuid4

from bodymap.atlas.hit import Atlas
from bodymap.chart.people import (
    AdministrativeSex,
    Episode,
    EpisodeId,
    Patient,
    PatientId,
    User,
    UserId,
)
from bodymap.chart.visit import Visit, VisitForReading, VisitId, VisitSummary
from bodymap.desk.access import Access
from bodymap.desk.after_signing import AfterSigning
from bodymap.desk.auditing import DailyReadings, of_patient, put_down_looking, put_down_reading
from bodymap.desk.charting import Charting
from bodymap.desk.clinic_choices import Choosing
from bodymap.desk.earlier_consent import EarlierConsent, consented_before
from bodymap.desk.entry import InvalidEntryError
from bodymap.desk.figures import ClinicFigures
from bodymap.desk.ports import Clock, OpenWork
from bodymap.desk.register import Register, check_not_merged
from bodymap.desk.retrying import tried_twice
from bodymap.desk.templates import Templates
from bodymap.desk.trends import Trends
from bodymap.errors import NotFoundError

__all__ = ["Clinic", "InvalidEntryError"]


class Clinic:
    """Finds patients and visits, adds them, and opens a visit for charting.

    Args:
        open_work: The store.
        atlas: The body.
        clock: The time.
        new_id: Makes ids.
        access: Who is at the desk, where people sign in.

    Attributes:
        register: Patients and their complaints as they are kept up.
        trends: How visits compare over time.
        figures: What all visits come to.
        choices: What the clinic has chosen for all visits.
        templates: Sets of marks that are charted again and again.
        after_signing: What becomes known after a visit is closed.
    """

    def __init__(
        self,
        open_work: OpenWork,
        atlas: Atlas,
        clock: Clock,
        new_id: Callable[[], str] = lambda: str(uuid4()),
        access: Access | None = None,
    ) -> None:
        self._access = access
        self._open_work = open_work
        self._atlas = atlas
        self._clock = clock
        self._new_id = new_id
        self._readings = DailyReadings(open_work, clock)
        self.register = Register(open_work, clock, new_id)
        self.trends = Trends(open_work)
        self.figures = ClinicFigures(open_work, clock, access)
        self.choices = Choosing(open_work)
        self.templates = Templates(self.choices)
        self.after_signing = AfterSigning(open_work, clock, access, new_id)

    def patients(self, text: str = "", most: int | None = None) -> Sequence[Patient]:
        """Patients by name, at most so many; `text` narrows by names, numbers and birth dates."""
        with self._open_work() as work:
            return work.people.patients(text, most)

    def patient(self, patient: PatientId) -> Patient:
        """One patient.

        Raises:
            NotFoundError: No such patient.
        """
        with self._open_work() as work:
            return work.people.patient(patient)

    def users(self) -> Sequence[User]:
        """Everyone who works here, by name."""
        with self._open_work() as work:
            return work.people.users()

    def therapists(self) -> Sequence[User]:
        """Who may begin a visit here: the one at the desk, where people sign in."""
        return self.users() if self._access is None else (self._access.user,)

    def user(self, user: UserId) -> User:
        """One user.

        Raises:
            NotFoundError: No such user.
        """
        with self._open_work() as work:
            return work.people.user(user)

    def episodes(self, patient: PatientId) -> Sequence[Episode]:
        """The patient's complaints, newest first."""
        with self._open_work() as work:
            return work.people.episodes(patient)

    def episode(self, episode: EpisodeId) -> Episode:
        """One complaint.

        Raises:
            NotFoundError: No such episode.
        """
        with self._open_work() as work:
            return work.people.episode(episode)

    def visits(self, patient: PatientId | None = None) -> Sequence[VisitSummary]:
        """Visits of one patient, or all, newest first."""
        with self._open_work() as work:
            return work.visits.summaries(patient)

    def patient_of(self, visit: VisitId) -> Patient:
        """Whose visit it is; of its chart nothing is told, so that nothing is put down.

        Raises:
            NotFoundError: No such visit.
        """
        with self._open_work() as work:
            return work.people.patient(work.visits.get(visit).patient)

    def visit(self, visit: VisitId, why: str = "") -> Visit:
        """One visit with all its marks; that somebody else's was read is put down once a day.

        Args:
            visit: Which one.
            why: What for; empty where that is plain.

        Raises:
            NotFoundError: No such visit.
            StorageError: That it was read could not be put down.
        """
        found = self._stored(visit)
        self._readings.put_down((found,), why)
        return found

    def pictured(self, visit: VisitId, listed: Collection[VisitSummary]) -> Visit:
        """One visit of a list, for its small picture; the whole list is put down in one entry.

        Args:
            visit: Which one.
            listed: The visits whose pictures are made, one after the other.

        Raises:
            NotFoundError: No such visit, or it is not listed.
            StorageError: That they are looked at could not be put down.
        """
        if visit not in {one.id for one in listed}:
            raise NotFoundError("There is no such visit in the list.")
        self._readings.put_down(listed, "small pictures")
        return self._stored(visit)

    def earlier_consent(self, visit: Visit) -> EarlierConsent | None:
        """Consent to all treatment of the complaint that was given at an earlier visit, if any.

        Raises:
            StorageError: That it was read with somebody else's visit could not be put down.
        """
        with self._open_work() as work:
            earlier = consented_before(work, visit)
        if earlier is None:
            return None
        self._readings.put_down((earlier,), "earlier consent")
        return EarlierConsent(earlier.record.consent, earlier.began.date())

    def _stored(self, visit: VisitId) -> Visit:
        with self._open_work() as work:
            return work.visits.get(visit)

    def course(self, patient: PatientId) -> Sequence[Visit]:
        """All visits of a patient, the oldest first; that they were read is put down once."""
        with self._open_work() as work:
            listed = work.visits.summaries(patient)
            visits = [work.visits.get(one.id) for one in reversed(listed)]
        put_down_looking(self._open_work, visits, "visits over time", of_patient(patient))
        return visits

    def chart(self, visit: VisitId) -> Charting:
        """Open a visit for charting; somebody else's only for reading, which is put down each time.

        Raises:
            NotFoundError: No such visit.
        """
        stored = self._stored(visit)
        put_down_reading(self._open_work, stored)
        if self._access is not None and self._access.user.id != stored.therapist:
            stored = VisitForReading.of(stored)
        return Charting(self._open_work, self._atlas, self._clock, stored, self._new_id)

    def add_user(self, name: str) -> User:
        """Add a therapist.

        Raises:
            InvalidEntryError: The name is empty.
        """
        if not name.strip():
            raise InvalidEntryError("The therapist's name is missing.")
        user = User(UserId(self._new_id()), name.strip())
        with self._open_work() as work:
            work.people.put_user(user)
            work.commit()
        return user

    def add_patient(
        self,
        family_name: str,
        given_name: str,
        birth_date: date,
        sex: AdministrativeSex = AdministrativeSex.UNKNOWN,
        number: str = "",
    ) -> Patient:
        """Add a patient; an empty number is replaced by the clinic's next one.

        Raises:
            InvalidEntryError: A name is missing, the birth date can't be right, or the number
                belongs to someone else.
        """
        self._check_person(family_name, given_name, birth_date)
        patient = Patient(
            id=PatientId(self._new_id()),
            number=number.strip(),
            family_name=family_name.strip(),
            given_name=given_name.strip(),
            birth_date=birth_date,
            sex=sex,
        )
        return tried_twice(lambda: self._added(patient))

    def _added(self, wanted: Patient) -> Patient:
        with self._open_work() as work:
            taken = set(work.people.numbers())
            if wanted.number in taken:
                raise InvalidEntryError(f"The number {wanted.number} belongs to another patient.")
            patient = replace(wanted, number=wanted.number or _next_number(taken))
            self.register.check_patient(patient)
            work.people.put_patient(patient)
            work.commit()
        return patient

    def begin_visit(
        self,
        patient: PatientId,
        therapist: UserId,
        complaint: str,
        episode: EpisodeId | None = None,
    ) -> Visit:
        """Begin a visit now, in a known episode or in a new one for the complaint.

        Raises:
            InvalidEntryError: There is neither an episode nor a complaint, the episode is
                another patient's, or the patient's record was merged into another one.
        """
        if episode is None and not complaint.strip():
            raise InvalidEntryError(
                "What the patient comes with is missing: say it in a few words."
            )
        with self._open_work() as work:
            check_not_merged(work, patient)
            if episode is not None and work.people.episode(episode).patient != patient:
                raise InvalidEntryError(
                    "This complaint belongs to another patient by now. Open the patient again."
                )
            if episode is None:
                episode = EpisodeId(self._new_id())
                new = Episode(episode, patient, complaint.strip())
                self.register.check_episode(new)
                work.people.put_episode(new)
            visit_id = VisitId(self._new_id())
            visit = Visit(visit_id, patient, episode, therapist, began=self._clock.now())
            work.visits.add(visit)
            work.commit()
        return visit

    def _check_person(self, family_name: str, given_name: str, birth_date: date) -> None:
        if not family_name.strip():
            raise InvalidEntryError("The family name is missing.")
        if not given_name.strip():
            raise InvalidEntryError("The given name is missing.")
        self.register.check_birth_date(birth_date)


def _next_number(taken: set[str]) -> str:
    used = [int(number[2:]) for number in taken if number[:2] == "P-" and number[2:].isdecimal()]
    return f"P-{max(used, default=0) + 1:04d}"
