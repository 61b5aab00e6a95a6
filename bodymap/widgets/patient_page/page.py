"""The patient's page: it stands in the middle in place of the body."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from bodymap.chart.people import Episode, EpisodeId, Patient
from bodymap.desk.trends import Reading
from bodymap.widgets.controls.elided import ElidedLabel
from bodymap.widgets.controls.field import framed, label, nested, stacked, wrapping
from bodymap.widgets.controls.scrolled import scrolled
from bodymap.widgets.controls.spoken import announce
from bodymap.widgets.guarded import guarded
from bodymap.widgets.icons import icon
from bodymap.widgets.patient_page.alerts_card import AlertsCard
from bodymap.widgets.patient_page.cards import Card
from bodymap.widgets.patient_page.details_card import DetailsCard
from bodymap.widgets.patient_page.episodes_card import EpisodesCard
from bodymap.widgets.patient_page.numbers_card import NumbersCard
from bodymap.widgets.patient_page.seconds_card import SecondsCard
from bodymap.widgets.patient_page.timeline import Timeline
from bodymap.widgets.patient_page.trends_card import TrendsCard
from bodymap.widgets.patient_page.words import facts, heading
from bodymap.widgets.people.lists import VisitListModel
from bodymap.widgets.theme import Theme

_GAP = 16


class PatientPage(QFrame):
    """Shows what it is told; each card tells what was entered in it.

    Signals:
        dismissed: The person went back to the body.
    """

    dismissed = Signal()

    def __init__(self, visits: VisitListModel, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("patient-page")
        self.setProperty("look", "page")
        self.setAccessibleName("The patient’s page")
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.back = QPushButton("Back to the body")
        self.back.setObjectName("page-back")
        self.back.setProperty("look", "link")
        self.back.clicked.connect(self.dismissed)
        self.heading = ElidedLabel("title", "page-heading")
        self.facts = ElidedLabel("muted", "page-facts")
        self.shows_visits = True
        self.timeline = Timeline(visits, theme)
        self._visits = Card("Visits", "patient-visits")
        self.trends = TrendsCard(theme)
        self.alerts = AlertsCard(theme)
        self.episodes = EpisodesCard(theme)
        self.details = DetailsCard()
        self.numbers = NumbersCard()
        self.seconds = SecondsCard()
        self._problem = framed("problem", "page-problem")
        self._problem_words = wrapping(label("", "strong", "page-problem-words"))
        self._lay_out()
        self.set_theme(theme)

    def show_patient(self, patient: Patient) -> None:
        """Show who it is and what is known."""
        self.heading.setText(heading(patient))
        self.facts.setText(facts(patient))
        self.alerts.show_patient(patient)
        self.details.show_patient(patient)
        self.numbers.show_patient(patient)

    def begin(self) -> None:
        """Show another patient from the top."""
        self.show_problem("")
        self.details.form.forget()
        self.episodes.form.forget()
        self._scroll.verticalScrollBar().setValue(0)
        self.timeline.scrollToTop()

    def show_episodes(self, episodes: Sequence[Episode], chosen: EpisodeId | None) -> None:
        """Show the complaints, and the fields of the chosen one."""
        self.episodes.show_episodes(episodes, chosen)

    def show_readings(self, readings: Sequence[Reading]) -> None:
        """Show how the chosen complaint went."""
        self.trends.show_readings(readings)

    def show_seconds(self, likely: Sequence[Patient], merged: Sequence[Patient]) -> None:
        """Show records that may be of the same person, and those that were merged."""
        self.seconds.show_records(likely, merged)

    def show_rights(self, *, visits: bool) -> None:
        """Show the visits and how they went, or leave both out."""
        self.shows_visits = visits
        for card in (self._visits, self.trends):
            card.setVisible(visits)

    def show_problem(self, words: str) -> None:
        """Say what went wrong that belongs to no single field."""
        self._problem_words.setText(words)
        self._problem.setVisible(bool(words))
        if words:
            announce(self._problem, words)

    def set_theme(self, theme: Theme) -> None:
        """Show it in another theme."""
        self.back.setIcon(icon("back", theme, "accent"))
        for card in (self.timeline, self.trends, self.alerts, self.episodes):
            card.set_theme(theme)

    def keep_typing(self) -> None:
        """Hand over what is being typed."""
        self.details.form.keep_typing()
        self.episodes.form.keep_typing()
        self.alerts.keep_typing()

    @override
    @guarded
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismissed.emit()
        else:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        self.back.setIconSize(QSize(18, 18))
        head = QFrame()
        head.setProperty("look", "bar")
        row = QHBoxLayout(head)
        row.setContentsMargins(14, 8, 24, 8)
        row.setSpacing(14)
        names = QWidget()
        stacked(names, self.heading, self.facts, spacing=0)
        row.addWidget(self.back)
        row.addWidget(names, 1)
        stacked(self._problem, self._problem_words, margins=12)
        self._problem.hide()
        self._visits.add(self.timeline)
        inside = QWidget()
        column = stacked(inside, self._problem, self._visits, self.trends, spacing=_GAP)
        column.setContentsMargins(24, 18, 24, 24)
        left = (self.alerts, self.episodes, self.numbers, self.seconds)
        _fill(nested(column, QHBoxLayout()), left, (self.details,))
        column.addStretch(1)
        self._scroll = scrolled(inside, "page-scroll")
        self._scroll.viewport().setAutoFillBackground(False)
        stacked(self, head, self._scroll, spacing=0)


def _fill(row: QHBoxLayout, *columns: tuple[QWidget, ...]) -> None:
    """Cards in columns of one width, each as high as it needs."""
    row.setSpacing(_GAP)
    for cards in columns:
        column = nested(row, QVBoxLayout(), 1)
        column.setSpacing(_GAP)
        for card in cards:
            column.addWidget(card)
        column.addStretch(1)
