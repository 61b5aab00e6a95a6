"""The panel that begins a visit."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from bodymap.chart.people import Episode, EpisodeId, Patient, User, UserId
from bodymap.widgets.controls.choice import DropDown
from bodymap.widgets.controls.field import Field, beside, edit_of, label, line, stacked, wrapping
from bodymap.widgets.people.words import patient_detail
from bodymap.widgets.theme import Theme


@dataclass(frozen=True, slots=True)
class VisitEntry:
    """A known episode or a new complaint, and who treats."""

    episode: EpisodeId | None
    complaint: str
    therapist: UserId


class NewVisitPanel(QWidget):
    """Asks what the patient comes with and who treats.

    Signals:
        entered: A complete `VisitEntry`.
        dismissed: The person went back.
    """

    entered = Signal(object)
    dismissed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("new-visit")
        self.setAccessibleName("New visit")
        self._patient = wrapping(label("", "strong", "new-visit-patient"))
        self._detail = wrapping(label("", "muted"))
        self.episode = DropDown("episode", theme)
        self._episode_field = Field("Complaint", self.episode)
        self.complaint = Field("What the patient comes with", line("complaint", "In a few words"))
        self.therapist = DropDown("therapist", theme)
        self._therapist_field = Field("Therapist", self.therapist)
        self._problem = wrapping(label("", "wrong", "new-visit-problem"))
        self.save = QPushButton("Begin visit")
        self.save.setObjectName("save-visit")
        self.save.setProperty("look", "primary")
        self.cancel = QPushButton("Cancel")
        self.cancel.setObjectName("cancel-visit")
        self.save.clicked.connect(self._enter)
        self.cancel.clicked.connect(self.dismissed)
        self.episode.chosen.connect(self._chose_episode)
        edit_of(self.complaint).returnPressed.connect(self._enter)
        who = QWidget()
        stacked(who, self._patient, self._detail, spacing=2)
        stacked(
            self,
            label("New visit", "title"),
            who,
            self._episode_field,
            self.complaint,
            self._therapist_field,
            self._problem,
            beside(self.save, self.cancel, stretch=0),
            spacing=12,
        ).addStretch(1)

    def begin(
        self,
        patient: Patient,
        episodes: Sequence[Episode],
        users: Sequence[User],
        therapist: UserId | None,
    ) -> None:
        """Ask for a visit of this patient, with the likeliest answers already given."""
        self._patient.setText(patient.full_name)
        self._detail.setText(patient_detail(patient))
        known: list[tuple[object, str]] = [(one.id, one.complaint) for one in episodes]
        first = episodes[0].id if episodes else None
        self.episode.fill([*known, (None, "A new complaint")], first)
        self._episode_field.setVisible(bool(episodes))
        likely = therapist or (users[0].id if users else None)
        self.therapist.fill([(user.id, user.name) for user in users], likely)
        edit_of(self.complaint).clear()
        self.complaint.set_problem("")
        self._therapist_field.set_problem("")
        self.show_problem("")
        self._chose_episode(first)
        (edit_of(self.complaint) if first is None else self.save).setFocus()

    def show_problem(self, text: str) -> None:
        """Say what the clinic will not take."""
        self._problem.setText(text)
        self._problem.setVisible(bool(text))

    def set_theme(self, theme: Theme) -> None:
        """Show it in another theme."""
        self.episode.set_theme(theme)
        self.therapist.set_theme(theme)

    def _chose_episode(self, episode: object) -> None:
        self.complaint.setVisible(episode is None)
        if episode is None:
            edit_of(self.complaint).setFocus()

    def _enter(self) -> None:
        episode = self.episode.currentData()
        complaint = edit_of(self.complaint).text().strip()
        therapist = self.therapist.currentData()
        unsaid = episode is None and not complaint
        self.complaint.set_problem(
            "Say it in a few words, such as “right shoulder”." if unsaid else ""
        )
        self._therapist_field.set_problem("" if therapist else "Choose who treats.")
        if not unsaid and therapist:
            self.entered.emit(VisitEntry(episode, complaint, therapist))
