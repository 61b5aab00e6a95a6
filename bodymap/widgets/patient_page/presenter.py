"""Turns what is entered on the patient's page into steps, and shows what was stored."""

from collections.abc import Callable, Sequence
from typing import Protocol

from bodymap.chart.alerts import Alert, AlertKind
from bodymap.chart.contact import Identifier
from bodymap.chart.people import Episode, EpisodeId, Patient, PatientId
from bodymap.desk.clinic import Clinic
from bodymap.desk.entry import entered
from bodymap.desk.register import RegisterStep
from bodymap.desk.trends import Reading
from bodymap.errors import BodymapError
from bodymap.widgets.patient_page.alerts_card import AlertsCard, with_fields
from bodymap.widgets.patient_page.details_card import DetailsCard
from bodymap.widgets.patient_page.entries import parsed
from bodymap.widgets.patient_page.episodes_card import EpisodesCard
from bodymap.widgets.patient_page.numbers_card import NumbersCard
from bodymap.widgets.patient_page.seconds_card import SecondsCard
from bodymap.widgets.patient_page.words import EPISODE_FIELDS, PATIENT_FIELDS

Ask = Callable[
    [
        Callable[[], Sequence[Reading]],
        Callable[[Sequence[Reading]], None],
        Callable[[str], None],
    ],
    None,
]
"""Runs the first beside the window, then tells its answer or what went wrong."""


class PageView(Protocol):
    """What the presenter needs of the page."""

    details: DetailsCard
    episodes: EpisodesCard
    alerts: AlertsCard
    numbers: NumbersCard
    seconds: SecondsCard
    shows_visits: bool

    def begin(self) -> None:
        """Show another patient from the top."""

    def show_patient(self, patient: Patient) -> None:
        """Show who it is and what is known."""

    def show_episodes(self, episodes: Sequence[Episode], chosen: EpisodeId | None) -> None:
        """Show the complaints, and the fields of the chosen one."""

    def show_readings(self, readings: Sequence[Reading]) -> None:
        """Show how the chosen complaint went."""

    def show_seconds(self, likely: Sequence[Patient], merged: Sequence[Patient]) -> None:
        """Show records that may be of the same person, and those that were merged."""

    def show_problem(self, words: str) -> None:
        """Say what went wrong that belongs to no single field."""


class PatientPagePresenter:
    """One patient at a time."""

    def __init__(
        self, view: PageView, clinic: Clinic, push: Callable[[RegisterStep], None], ask: Ask
    ) -> None:
        self._view = view
        self._clinic = clinic
        self._register = clinic.register
        self._push = push
        self._ask = ask
        self.patient: Patient | None = None
        self._episodes: Sequence[Episode] = ()
        self._readings: Sequence[Reading] | None = None
        self._episode: EpisodeId | None = None

    def open(self, patient: PatientId, episode: EpisodeId | None) -> None:
        """Show a patient, and of the complaints this one."""
        self._view.begin()
        self._episode = episode
        self._readings = None
        self._load(patient)

    def refresh(self) -> None:
        """Show the patient as stored."""
        if self.patient is not None:
            self._load(self.patient.id)

    # --- the patient

    def edit_patient(self, name: str, value: object) -> None:
        """Give a field of the patient another value."""
        patient, form = self.patient, self._view.details.form
        if patient is None:
            return
        label = PATIENT_FIELDS[name].lower()
        self._try(
            lambda: self._register.edit_patient(patient, label, **{name: parsed(name, value)}),
            lambda words: form.show_problem(name, words),
        )

    def add_alert(self, kind: AlertKind, words: str) -> None:
        """Add something to mind."""
        if self.patient is not None:
            alerts = self.patient.alerts
            self._put_alerts("alert", lambda: (*alerts, Alert(kind, words)))

    def edit_alert(self, at: int, fields: dict[str, object]) -> None:
        """Give an alert other words, or the trimester."""
        if self.patient is not None:
            alerts = self.patient.alerts
            self._put_alerts("alert", lambda: with_fields(alerts, at, fields))

    def remove_alert(self, at: int) -> None:
        """An alert no longer holds."""
        if self.patient is not None:
            alerts = self.patient.alerts
            self._put_alerts("removing of an alert", lambda: (*alerts[:at], *alerts[at + 1 :]))

    def add_number(self, system: str, value: str) -> None:
        """Add a number that others know the patient by."""
        if self.patient is not None:
            known = self.patient.identifiers
            self._put_numbers("further number", lambda: (*known, Identifier(system, value)))

    def remove_number(self, at: int) -> None:
        """A further number no longer holds."""
        if self.patient is not None:
            known = self.patient.identifiers
            self._put_numbers("removing of a number", lambda: (*known[:at], *known[at + 1 :]))

    # --- the complaints

    def choose_episode(self, episode: EpisodeId) -> None:
        """Show the fields and the charts of another complaint."""
        self._view.episodes.form.keep_typing()
        self._view.episodes.form.forget()
        self._episode = episode
        self._show_episodes()

    def edit_episode(self, name: str, value: object) -> None:
        """Give a field of the chosen complaint another value."""
        form = self._view.episodes.form
        episode = next((one for one in self._episodes if one.id == self._episode), None)
        if episode is None:
            return
        label = EPISODE_FIELDS[name].lower()
        self._try(
            lambda: self._register.edit_episode(episode, label, **{name: parsed(name, value)}),
            lambda words: form.show_problem(name, words),
        )

    def add_episode(self, complaint: str) -> None:
        """Add a complaint before any visit."""
        if self.patient is None:
            return
        try:
            self._episode = self._register.add_episode(self.patient.id, complaint).id
        except BodymapError as problem:
            self._view.episodes.show_problem(str(problem))
            return
        self._view.episodes.forget_new()
        self.refresh()

    # --- other records of the same person

    def search_second(self, words: str) -> None:
        """Show records that were looked for; without words those that are likely."""
        if self.patient is None:
            return
        try:
            found = self._clinic.patients(words) if words else self._likely(self.patient)
        except BodymapError as problem:
            self._view.seconds.show_problem(str(problem))
            return
        others = [one for one in found if one.id != self.patient.id]
        self._view.show_seconds(others, self._register.merged_into(self.patient.id))
        if not others:
            self._view.seconds.show_problem("Nobody else was found.")

    def merge(self, other: Patient) -> None:
        """Take another record into this one."""
        if (kept := self.patient) is not None:
            self._try(
                lambda: self._register.merge(kept.id, other.id), self._view.seconds.show_problem
            )

    def part(self, other: Patient) -> None:
        """Make a merged record one of its own again."""
        self._try(lambda: self._register.part(other.id), self._view.seconds.show_problem)

    # --- what they have in common

    def _put_alerts(self, label: str, make: Callable[[], tuple[Alert, ...]]) -> None:
        if (patient := self.patient) is not None:
            self._try(
                lambda: self._register.edit_patient(patient, label, alerts=entered(make)),
                self._view.alerts.show_problem,
            )

    def _put_numbers(self, label: str, make: Callable[[], tuple[Identifier, ...]]) -> None:
        if (patient := self.patient) is not None:
            self._try(
                lambda: self._register.edit_patient(patient, label, identifiers=entered(make)),
                self._view.numbers.show_problem,
            )

    def _try(self, make: Callable[[], RegisterStep], refuse: Callable[[str], None]) -> None:
        try:
            step = make()
        except BodymapError as problem:
            refuse(str(problem))
            return
        refuse("")
        if step.changes_anything:
            self._push(step)

    def _load(self, patient: PatientId) -> None:
        try:
            self.patient = self._clinic.patient(patient)
            self._episodes = self._clinic.episodes(patient)
            likely = self._likely(self.patient)
            merged = self._register.merged_into(patient)
        except BodymapError as problem:
            self._view.show_problem(str(problem))
            return
        if self._episode not in {one.id for one in self._episodes}:
            self._episode = self._episodes[0].id if self._episodes else None
        self._view.show_patient(self.patient)
        self._view.show_seconds(likely, merged)
        self._show_episodes()
        if self._view.shows_visits:
            self._ask(
                lambda: self._clinic.trends.of(patient),
                lambda readings: self._read(patient, readings),
                self._view.show_problem,
            )

    def _likely(self, patient: Patient) -> Sequence[Patient]:
        return self._register.second_records(patient)

    def _read(self, patient: PatientId, readings: Sequence[Reading]) -> None:
        if self.patient is not None and self.patient.id == patient:
            self._readings = readings
            self._show_episodes()

    def _show_episodes(self) -> None:
        self._view.show_episodes(self._episodes, self._episode)
        if self._readings is not None:
            chosen = [one for one in self._readings if one.episode == self._episode]
            self._view.show_readings(chosen)
