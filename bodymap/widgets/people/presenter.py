"""Finds patients and visits for the panel, and adds them."""

from collections.abc import Callable, Sequence
from typing import Protocol

from bodymap.chart.people import Episode, Patient, PatientId, User, UserId
from bodymap.chart.visit import VisitId, VisitSummary
from bodymap.desk.clinic import Clinic
from bodymap.errors import BodymapError
from bodymap.widgets.people.lists import LISTED
from bodymap.widgets.people.new_patient import PatientEntry
from bodymap.widgets.people.new_visit import VisitEntry


class Query(Protocol):
    """Asks the clinic beside the window and tells the answer in it."""

    def __call__(
        self,
        act: Callable[[], Sequence[Patient]],
        done: Callable[[Sequence[Patient]], None],
        failed: Callable[[str], None],
    ) -> None:
        """Run `act` and tell its outcome."""
        ...


class NewPatientForm(Protocol):
    """What the presenter needs of the panel that adds a patient."""

    def show_namesakes(self, known: Sequence[Patient]) -> None:
        """Say who may be the same person."""

    def show_problem(self, text: str) -> None:
        """Say what the clinic will not take."""


class NewVisitForm(Protocol):
    """What the presenter needs of the panel that begins a visit."""

    def begin(
        self,
        patient: Patient,
        episodes: Sequence[Episode],
        users: Sequence[User],
        therapist: UserId | None,
    ) -> None:
        """Ask for a visit of this patient."""

    def show_problem(self, text: str) -> None:
        """Say what the clinic will not take."""


class PeopleView(Protocol):
    """What the presenter needs of the panel."""

    @property
    def new_patient(self) -> NewPatientForm:
        """The panel that adds a patient."""
        ...

    @property
    def shows_visits(self) -> bool:
        """Whether visits may be seen at all."""
        ...

    @property
    def begins_visits(self) -> bool:
        """Whether a visit may be begun."""
        ...

    @property
    def new_visit(self) -> NewVisitForm:
        """The panel that begins a visit."""
        ...

    def show_patients(self, patients: Sequence[Patient], chosen: PatientId | None) -> None:
        """Show the patients that were found."""

    def point_at_patient(self, patient: PatientId) -> None:
        """Show which patient is chosen."""

    def show_visits(self, visits: Sequence[VisitSummary], chosen: VisitId | None) -> None:
        """Show the visits of the chosen patient."""

    def show_no_patient(self) -> None:
        """Nobody is chosen."""

    def show_nothing_charted(self) -> None:
        """The chosen patient has not been here before."""

    def show_lists(self) -> None:
        """Show patients and visits again."""

    def show_new_patient(self) -> None:
        """Show the panel that adds a patient."""

    def show_new_visit(self) -> None:
        """Show the panel that begins a visit."""


class PeoplePresenter:
    """Who is chosen, and which visit is open.

    Both go together: where a visit cannot be opened, whoever was chosen before still is, so that
    nothing is charted for one patient under the name of another.

    Args:
        view: The panel.
        clinic: Patients and visits.
        open_visit: Opens a visit, or none; whether it could.
        report: Says what went wrong.
        query: Asks the clinic beside the window.
    """

    def __init__(
        self,
        view: PeopleView,
        clinic: Clinic,
        open_visit: Callable[[VisitId | None], bool],
        report: Callable[[str], None],
        query: Query,
    ) -> None:
        self._view = view
        self._clinic = clinic
        self._open_visit = open_visit
        self._report = report
        self._query = query
        self._text = ""
        self.patient: Patient | None = None
        self.visit: VisitId | None = None
        self._therapist: UserId | None = None
        self._warned: PatientEntry | None = None

    def search(self, text: str) -> None:
        """Show the patients with these words in their names or number."""
        self._text = text
        self._query(
            lambda: self._clinic.patients(text, LISTED),
            lambda found: self._found(text, found),
            self._report,
        )

    def _found(self, text: str, patients: Sequence[Patient]) -> None:
        if text != self._text:
            return  # the answer to what was typed before
        self._view.show_patients(patients, self.patient.id if self.patient else None)
        if self.patient is None:
            self._view.show_no_patient()

    def choose_patient(self, patient: Patient) -> None:
        """Show a patient's visits and open the newest one."""
        visits = self._visits(patient.id)
        if visits is None:
            self._stay()
        elif visits:
            self.open(visits[0].id)
        else:
            self._choose(patient, None, ())
            self._open_visit(None)
            self._view.show_nothing_charted()
            if self._view.begins_visits:
                self.begin_visit()

    def open(self, visit: VisitId) -> None:
        """Open a visit, with its patient."""
        before = self.patient, self.visit
        try:
            patient = self._clinic.patient_of(visit)
            self._choose(patient, visit, self._clinic.visits(patient.id))
        except BodymapError as problem:
            self._report(str(problem))
            self._stay()
            return
        if not self._open_visit(visit):
            self.patient, self.visit = before
            self._stay()

    def refresh(self) -> None:
        """Show the visits as they are now."""
        if self.patient is not None:
            visits = self._visits(self.patient.id)
            if visits is not None:
                self._view.show_visits(visits, self.visit)

    def follow(self, patient: Patient) -> None:
        """The chosen patient was changed; visits may have come or gone with it."""
        self.patient = patient
        self.search(self._text)
        visits = self._visits(patient.id)
        if visits is None:
            return
        if self.visit is not None and self.visit not in {visit.id for visit in visits}:
            self.choose_patient(patient)
        else:
            self._view.show_visits(visits, self.visit)

    def begin_patient(self) -> None:
        """Ask for a new patient."""
        self._warned = None
        self._view.show_new_patient()

    def add_patient(self, entry: PatientEntry) -> None:
        """Add the patient and go on with the first visit.

        Where there may be a record of the same person already, it is told first; asked for
        once more, the patient is added all the same.
        """
        try:
            if entry != self._warned and (known := self._namesakes(entry)):
                self._warned = entry
                self._view.new_patient.show_namesakes(known)
                return
            patient = self._clinic.add_patient(
                entry.family_name, entry.given_name, entry.birth_date, entry.sex, entry.number
            )
        except BodymapError as problem:
            self._view.new_patient.show_problem(str(problem))
            return
        self._warned = None
        self._view.show_lists()
        self.patient = patient
        self.search(self._text)
        self.choose_patient(patient)

    def choose_known(self, patient: Patient) -> None:
        """There is a record of the person already: open it instead of adding one."""
        self._view.show_lists()
        self.choose_patient(patient)

    def begin_visit(self) -> None:
        """Ask for a new visit of the chosen patient."""
        if self.patient is None:
            self._report("Choose a patient first; then begin the visit.")
            return
        try:
            episodes = self._clinic.episodes(self.patient.id)
            users = self._clinic.therapists()
        except BodymapError as problem:
            self._report(str(problem))
            return
        self._view.show_new_visit()
        self._view.new_visit.begin(self.patient, episodes, users, self._therapist)

    def add_visit(self, entry: VisitEntry) -> None:
        """Begin the visit and open it."""
        if self.patient is None:
            return
        try:
            visit = self._clinic.begin_visit(
                self.patient.id, entry.therapist, entry.complaint, entry.episode
            )
        except BodymapError as problem:
            self._view.new_visit.show_problem(str(problem))
            return
        self._therapist = entry.therapist
        self._view.show_lists()
        self.open(visit.id)

    def _namesakes(self, entry: PatientEntry) -> Sequence[Patient]:
        names = entry.family_name, entry.given_name
        return self._clinic.register.namesakes(*names, entry.birth_date)

    def _choose(
        self, patient: Patient, visit: VisitId | None, visits: Sequence[VisitSummary]
    ) -> None:
        self.patient, self.visit = patient, visit
        self._view.point_at_patient(patient.id)
        self._view.show_visits(visits, visit)

    def _stay(self) -> None:
        """Point at whoever is chosen still: somebody else was pointed at and cannot be."""
        if self.patient is None:
            self._view.show_no_patient()
        else:
            self._view.point_at_patient(self.patient.id)
            self.refresh()

    def _visits(self, patient: PatientId) -> Sequence[VisitSummary] | None:
        """The visits of a patient; None where they cannot be read, which is told."""
        if not self._view.shows_visits:
            return ()
        try:
            return self._clinic.visits(patient)
        except BodymapError as problem:
            self._report(str(problem))
            return None
