"""The patient's complaints: one at a time, with what is known and planned of it."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from bodymap.chart.people import Episode, EpisodeId
from bodymap.widgets.controls.choice import DropDown
from bodymap.widgets.controls.field import beside, label, stacked, wrapping
from bodymap.widgets.controls.segments import Option, Segments
from bodymap.widgets.patient_page.cards import Card, rule
from bodymap.widgets.patient_page.lines import Fields, Line, side_by_side
from bodymap.widgets.patient_page.words import (
    EPISODE_FIELDS,
    HINTS,
    SIDE_WORDS,
    STATUS_WORDS,
    in_list,
)
from bodymap.widgets.theme import Theme


class EpisodesCard(Card):
    """Every field of the complaint that is chosen.

    Signals:
        chosen: The id of the complaint to show.
        edited: A field by name, and what was entered.
        added: Words of a new complaint.
    """

    chosen = Signal(object)
    edited = Signal(str, object)
    added = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__("Complaints", "patient-episodes")
        self.which = DropDown("which-episode", theme)
        self.which.setAccessibleName("Complaint to show")
        self.which.chosen.connect(self.chosen)
        self._none = label("No complaint yet. Begin a visit, or add one here.", "muted")
        self.new = Line("new-episode", "A new complaint, in a few words")
        self.new.setAccessibleName("New complaint")
        self.new.returnPressed.connect(self._add)
        self.add_button = QPushButton("Add complaint")
        self.add_button.setObjectName("add-episode")
        self.add_button.clicked.connect(self._add)
        self._problem = wrapping(label("", "wrong", "episode-problem"))
        self._problem.hide()
        self.form = Fields(self, EPISODE_FIELDS, HINTS)
        self.form.edited.connect(self.edited)
        self.status = DropDown("status", theme)
        self._fields = self._laid_out()
        self.add(self.which, self._none, self._fields, rule())
        self.add(beside(self.new, self.add_button, stretch=0), self._problem)

    def show_episodes(self, episodes: Sequence[Episode], chosen: EpisodeId | None) -> None:
        """Show the complaints, and the fields of the chosen one."""
        self.show_problem("")
        self.which.fill([(one.id, in_list(one)) for one in episodes], chosen)
        self.which.setVisible(len(episodes) > 1)
        self._none.setVisible(not episodes)
        shown = next((one for one in episodes if one.id == chosen), None)
        self._fields.setVisible(shown is not None)
        if shown is not None:
            for name, value in values(shown).items():
                self.form.show_value(name, value)

    def forget_new(self) -> None:
        """The new complaint is among the others."""
        self.new.set_text("")

    def show_problem(self, words: str) -> None:
        """Say what is wrong with the new complaint."""
        self._problem.setText(words)
        self._problem.setVisible(bool(words))

    def set_theme(self, theme: Theme) -> None:
        """Show it in another theme."""
        self.which.set_theme(theme)
        self.status.set_theme(theme)

    def _laid_out(self) -> QWidget:
        form = self.form
        sides = [Option(side, text) for side, text in SIDE_WORDS.items()]
        self.status.fill(list(STATUS_WORDS.items()), None)
        fields = QWidget()
        stacked(
            fields,
            form.line("complaint"),
            side_by_side(
                form.choice("side", Segments("side", sides, clearable=True)),
                form.choice("status", self.status),
            ),
            side_by_side(form.line("onset"), form.line("referral_source"), form.line("icd_10")),
            side_by_side(form.text("mechanism"), form.text("goals")),
            side_by_side(
                form.line("days_between"), form.line("planned_visits"), form.line("reassess_on")
            ),
        )
        return fields

    def _add(self) -> None:
        self.added.emit(self.new.text().strip())


def values(episode: Episode) -> Mapping[str, object]:
    """What each field of the card shows."""
    course = episode.course
    return {
        "complaint": episode.complaint,
        "side": episode.side,
        "status": course.status,
        "onset": episode.onset.isoformat() if episode.onset else "",
        "mechanism": course.mechanism,
        "referral_source": course.referral_source,
        "goals": course.goals,
        "days_between": course.days_between,
        "planned_visits": course.planned_visits,
        "reassess_on": course.reassess_on.isoformat() if course.reassess_on else "",
        "icd_10": course.icd_10,
    }
