"""The bar at the top: whose visit it is, what to mind, whether all is saved."""

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QToolButton

from bodymap.chart.people import Episode, Patient
from bodymap.chart.visit import Visit
from bodymap.widgets.actions import ActionId, Actions
from bodymap.widgets.chart_words import STATE_WORDS
from bodymap.widgets.controls.buttons import action_button
from bodymap.widgets.controls.elided import ElidedLabel
from bodymap.widgets.controls.field import emptied, label, nested
from bodymap.widgets.controls.spoken import announce
from bodymap.widgets.icons import icon
from bodymap.widgets.patient_page.name_button import NameButton
from bodymap.widgets.people.words import born
from bodymap.widgets.settings import PAPERS
from bodymap.widgets.theme import Theme

HEIGHT = 64
_PAPER_WORDS = {"A4": "A4", "Letter": "US Letter"}


class TopBar(QFrame):
    """Shows what it is told.

    Signals:
        paper_chosen: The paper that summaries are to be printed on.
    """

    paper_chosen = Signal(str)

    def __init__(self, actions: Actions, menu: QMenu, paper: str) -> None:
        super().__init__()
        self.setObjectName("top-bar")
        self.setAccessibleName("Patient and visit")
        self.setProperty("look", "bar")
        self.setFixedHeight(HEIGHT)
        self.menu_button = action_button(actions, ActionId.OPEN_MENU, "zoom", icon_only=True)
        self.menu = menu
        self.name = ElidedLabel("name", "patient-name")
        self.facts = ElidedLabel("muted", "patient-facts")
        self.name_button = NameButton(actions[ActionId.PATIENT_PAGE], self.name, self.facts)
        self.saved = label("", "saved", "saved")
        self.saved.setAccessibleName("Saved")
        self.undo = action_button(actions, ActionId.UNDO, "zoom", icon_only=True)
        self.redo = action_button(actions, ActionId.REDO, "zoom", icon_only=True)
        self.reference = action_button(actions, ActionId.REFERENCE, "zoom", icon_only=True)
        self.reviews = action_button(actions, ActionId.REVIEWS, "quiet-accent")
        self.over_time = action_button(actions, ActionId.OVER_TIME, "zoom", icon_only=True)
        self.print = self._print_button(actions, paper)
        self._alerts = QHBoxLayout()
        self._alerts.setSpacing(6)
        self._lay_out()
        self._nobody = "Find one at the left, or add a new one"
        self.show_nobody()

    def show_nobody(self) -> None:
        """No patient is chosen."""
        self._show_alerts(())
        self.name.setText("No patient chosen")
        self.facts.setText(self._nobody)
        self.show_saved(None)

    def say_of_nobody(self, words: str) -> None:
        """Say how a patient is found; nobody is chosen yet."""
        if self.facts.text() == self._nobody:
            self.facts.setText(words)
        self._nobody = words

    def show_patient(self, patient: Patient, episode: Episode | None, visit: str) -> None:
        """Show whose visit it is.

        Args:
            patient: The patient.
            episode: What the visit is about, when one is open.
            visit: Which visit of the patient it is, such as "visit 4".
        """
        facts = (born(patient.birth_date), episode.complaint if episode else "", visit)
        self.name.setText(patient.full_name)
        self.facts.setText(" · ".join(filter(None, facts)))
        self._show_alerts(tuple(alert.label for alert in patient.alerts))

    def show_saved(self, at: datetime | None) -> None:
        """Say when the last change was stored."""
        self._tell("" if at is None else f"Saved {at:%H:%M:%S}")
        if at is not None:
            announce(self.saved, self.saved.text())

    def show_unsaved(self) -> None:
        """Say that the disk did not take the last of it."""
        self._tell("Not saved", is_saved=False)
        announce(self.saved, self.saved.text())

    def show_state(self, visit: Visit) -> None:
        """Say how a visit stands that nothing was changed in yet."""
        closed = f"{STATE_WORDS[visit.state].capitalize()} · read only"
        self._tell("All saved" if visit.is_open else closed)

    def set_theme(self, theme: Theme) -> None:
        """Show it in another theme."""
        self.print.setIcon(icon("print", theme, "accent-ink"))

    def _tell(self, words: str, *, is_saved: bool = True) -> None:
        self.saved.setText(words)
        self.saved.setProperty("invalid", not is_saved)
        self.saved.style().polish(self.saved)
        self.saved.setVisible(bool(words))
        if (row := self.layout()) is not None:
            row.activate()  # at once: a gesture may keep Qt from laying out for a while

    def _show_alerts(self, alerts: tuple[str, ...]) -> None:
        emptied(self._alerts)
        for alert in alerts:
            chip = label(alert, "alert", "alert")
            chip.setAccessibleName(f"Alert: {alert}")
            self._alerts.addWidget(chip, 0, Qt.AlignmentFlag.AlignVCenter)

    def _print_button(self, actions: Actions, paper: str) -> QToolButton:
        action = actions[ActionId.PRINT]
        button = QToolButton()
        button.setText(action.text())
        button.setToolTip(action.toolTip())
        button.setObjectName("print-button")
        button.setAccessibleName(action.text())
        button.setProperty("look", "primary")
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(action.trigger)
        action.enabledChanged.connect(button.setEnabled)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.MenuButtonPopup)
        menu = QMenu(button)
        menu.setObjectName("paper-menu")
        group = QActionGroup(menu)
        for known in PAPERS:
            choice = QAction(_PAPER_WORDS[known], menu)
            choice.setObjectName(f"paper-{known}")
            choice.setData(known)
            choice.setCheckable(True)
            choice.setChecked(known == paper)
            group.addAction(choice)
            menu.addAction(choice)
        group.triggered.connect(self._chose_paper)
        button.setMenu(menu)
        return button

    def _chose_paper(self, choice: QAction) -> None:
        self.paper_chosen.emit(choice.data())

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 24, 0)
        row.setSpacing(6)
        row.addWidget(self.menu_button)
        row.addWidget(label("bodymap", "word-mark", "word-mark"))
        row.addSpacing(20)
        row.addWidget(self.name_button)
        row.addSpacing(6)
        nested(row, self._alerts)
        row.addStretch(1)
        row.addWidget(self.reviews)
        row.addWidget(self.over_time)
        row.addWidget(self.reference)
        row.addWidget(self.undo)
        row.addWidget(self.redo)
        row.addSpacing(8)
        row.addWidget(self.saved, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addSpacing(8)
        row.addWidget(self.print)
