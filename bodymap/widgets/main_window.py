"""The window: patients at the left, the body in the middle, the inspector at the right."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QMenu, QVBoxLayout, QWidget
from typing_extensions import override

from bodymap.atlas.hit import Atlas
from bodymap.chart.marks import MarkId
from bodymap.chart.visit import VisitId
from bodymap.desk.charting import Changed, Charting
from bodymap.desk.clinic import Clinic
from bodymap.desk.printing import Printing
from bodymap.desk.steps import Step
from bodymap.errors import BodymapError
from bodymap.widgets.actions import ActionId, Actions
from bodymap.widgets.background import Background
from bodymap.widgets.icons import program_icon
from bodymap.widgets.inspector.presenter import InspectorPresenter
from bodymap.widgets.inspector.view import Inspector
from bodymap.widgets.inspector.words import structure_name
from bodymap.widgets.keys_page import KeysPage
from bodymap.widgets.knowledge.asking import Asking
from bodymap.widgets.map.view import MapView
from bodymap.widgets.menus import MARK_MENU, filled, follow_history, main_menu
from bodymap.widgets.panel_round import PanelRound
from bodymap.widgets.people.pictures import VisitPictures
from bodymap.widgets.people.presenter import PeoplePresenter
from bodymap.widgets.people.view import PeoplePanel
from bodymap.widgets.printing.presenter import PrintPresenter
from bodymap.widgets.printing.save_as import FileDialogSaveAs, SaveAs
from bodymap.widgets.recording import Recording
from bodymap.widgets.session import Session
from bodymap.widgets.settings import Settings
from bodymap.widgets.stage.steering import Steering
from bodymap.widgets.stage.view import Stage
from bodymap.widgets.stylesheet import dress
from bodymap.widgets.theme import Theme
from bodymap.widgets.top_bar import TopBar

T = TypeVar("T")

_REFRESH_MS = 150


class MainWindow(QMainWindow):
    """Puts the panels together; what they do stands in their presenters."""

    def __init__(
        self,
        clinic: Clinic,
        printing: Printing,
        atlas: Atlas,
        theme: Theme,
        settings: Settings,
        save_as: SaveAs | None = None,
    ) -> None:
        super().__init__()
        self.setObjectName("window")
        self.setWindowTitle("bodymap")
        self.setWindowIcon(program_icon())
        self.setMinimumSize(1100, 700)
        self._clinic = clinic
        self._settings = settings
        self.theme = theme
        self.session = Session(self)
        self.actions_by_id = Actions(self, theme)
        self.addActions(list(self.actions_by_id.all()))
        self.map = MapView(atlas, theme)
        self.stage = Stage(self.map, self.actions_by_id, theme)
        self.people = PeoplePanel(self.actions_by_id, theme)
        self.inspector = Inspector(self.actions_by_id, theme)
        self.asking = Asking(self.map, atlas, self.actions_by_id, theme, instead_of=self.people)
        self.top = TopBar(self.actions_by_id, main_menu(self, self.actions_by_id), settings.paper)
        self.keys_page = KeysPage(self)
        self.background = Background(self)
        self.pictures = VisitPictures(clinic, atlas, theme, self.people.visits)
        self.banner = self.stage.banner
        self.steering = Steering(self.map, self.stage, self.actions_by_id, settings)
        self.panels = PanelRound(
            (self.people, lambda: self.people.search),
            (self.stage, lambda: self.map),
            (self.inspector, self.inspector.first_control),
        )
        self._present(clinic, printing, save_as or FileDialogSaveAs(self))
        self._is_painted = False
        self._refresh = QTimer(self, interval=_REFRESH_MS, singleShot=True)
        self._lay_out()
        self._connect()
        self._bind()
        self._begin()

    def open_visit(self, visit: VisitId) -> None:
        """Open a visit for charting, or for reading once it is closed."""
        self.finding.open(visit)

    def _chart(self, visit: VisitId | None) -> None:
        self.inspector.keep_typing()
        try:
            charting = self._clinic.chart(visit) if visit else None
        except BodymapError as problem:
            self.banner.show_problem(str(problem))
            return
        self.banner.dismiss()
        if not self.session.is_up_to_date(charting):
            self.session.open(charting)

    def set_theme(self, theme: Theme) -> None:
        """Show the whole window in another theme."""
        self.theme = theme
        self.actions_by_id.set_theme(theme)
        parts = (self.map, self.stage, self.people, self.asking.panel, self.inspector, self.top)
        for part in parts:
            part.set_theme(theme)
        self.keys_page.set_theme(theme)
        self.pictures.set_theme(theme)
        self.actions_by_id[ActionId.CHANGE_THEME].setChecked(theme.is_dark)
        dress(self, theme)
        self.stage.arrange()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._is_painted:
            # The store is slow to load: the window is seen first, the patients follow.
            self._is_painted = True
            self.finding.search("")

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        self.inspector.keep_typing()
        self._settings.geometry = self.saveGeometry()
        self.session.open(None)
        self.background.wait()
        super().closeEvent(event)

    def _present(self, clinic: Clinic, printing: Printing, save_as: SaveAs) -> None:
        problem = self.banner.show_problem
        self.inspecting = InspectorPresenter(
            self.inspector, structure_name, self.session.push, problem, clinic.users
        )
        self.recording = Recording(self.inspector, self.map, self.session, clinic, self._settings)
        self.recording.bind(self.actions_by_id)
        self.finding = PeoplePresenter(self.people, clinic, self._chart, problem, self._query)
        self.printing = PrintPresenter(
            printing, save_as, self.banner, self.background, self._settings
        )

    def _query(
        self, act: Callable[[], T], done: Callable[[T], None], failed: Callable[[str], None]
    ) -> None:
        self.background.query(self, act, done, failed)

    def _lay_out(self) -> None:
        panels = QWidget()
        row = QHBoxLayout(panels)
        column = QVBoxLayout()
        for layout in (row, column):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(0)
        row.addWidget(self.people)
        row.addWidget(self.asking.panel)
        row.addWidget(self.stage, 1)
        row.addWidget(self.inspector)
        whole = QWidget()
        whole.setLayout(column)
        column.addWidget(self.top)
        column.addWidget(panels, 1)
        self.setCentralWidget(whole)

    def _connect(self) -> None:
        self.session.opened.connect(self._show_visit)
        self.session.changed.connect(self._show_change)
        self.session.done.connect(self._show_step)
        self.session.problem.connect(self.banner.show_problem)
        self.map.step_made.connect(self.session.push)
        self.map.selection_changed.connect(self._show_selection)
        self.map.problem.connect(self.banner.show_problem)
        self.map.context_requested.connect(self._offer)
        self.inspector.edited.connect(self.inspecting.edit)
        self.inspector.refused.connect(self.inspecting.refuse)
        self.inspector.group_toggled.connect(self._keep_group)
        self.inspector.pain_rated.connect(self.inspecting.rate_pain)
        self.inspector.mark_chosen.connect(self._go_to)
        self.people.searched.connect(self.finding.search)
        self.people.patient_chosen.connect(self.finding.choose_patient)
        self.people.visit_chosen.connect(self.finding.open)
        self.people.new_patient.entered.connect(self.finding.add_patient)
        self.people.new_visit.entered.connect(self.finding.add_visit)
        self.top.paper_chosen.connect(self._keep_paper)
        self.asking.follow(self.session)
        self._refresh.timeout.connect(self._refresh_visits)

    def _bind(self) -> None:
        bind = self.actions_by_id.bind
        bind(ActionId.FIND_PATIENT, self._find)
        bind(ActionId.NEW_PATIENT, self.finding.begin_patient)
        bind(ActionId.NEW_VISIT, self.finding.begin_visit)
        bind(ActionId.PRINT, self._print)
        follow_history(self.session.histories, self.actions_by_id)
        bind(ActionId.UNDO, self._undo)
        bind(ActionId.REDO, self.session.histories.redo)
        bind(ActionId.NEXT_PANEL, self.panels.go_on)
        bind(ActionId.PREVIOUS_PANEL, self.panels.go_back)
        bind(ActionId.OPEN_MENU, self._open_menu)
        bind(ActionId.CHANGE_THEME, self._change_theme)
        bind(ActionId.TOUCH, self._change_touch)
        bind(ActionId.KEYS, self.keys_page.open)
        bind(ActionId.QUIT, self.close)

    def _begin(self) -> None:
        self.restoreGeometry(self._settings.geometry)
        self.actions_by_id[ActionId.TOUCH].setChecked(self.theme.touch)
        self.inspector.open_groups(self._settings.open_groups)
        self.set_theme(self.theme)
        self.session.open(None)
        self.people.search.setFocus()

    # --- the open visit

    def _show_visit(self, charting: Charting | None) -> None:
        self.map.set_charting(charting)
        self.inspecting.open(charting)
        self.steering.show_charting(charting)
        self.actions_by_id[ActionId.PRINT].setEnabled(charting is not None)
        patient = self.finding.patient
        if patient is None:
            self.top.show_nobody()
            return
        if charting is None:
            self.top.show_patient(patient, None, "")
            self.top.show_saved(None)
            return
        visit = charting.visit
        self.steering.show_where(visit)
        ids = [summary.id for summary in reversed(self.people.visits.visits)]
        number = f"visit {ids.index(visit.id) + 1}" if visit.id in ids else ""
        self.top.show_patient(patient, self._clinic.episode(visit.episode), number)
        self.top.show_state(visit)
        self.map.setFocus()

    def _show_change(self, changed: Changed) -> None:
        self.banner.dismiss_problem()
        self.top.show_saved(changed.saved_at)
        self.inspecting.refresh()
        self.steering.follow(changed)
        self.pictures.forget(changed.after.id)
        self._refresh.start()

    def _show_step(self, step: Step) -> None:
        charting = self.session.charting
        if step.select and charting and charting.visit.has(step.select):
            self.map.select([step.select])

    def _show_selection(self, marks: frozenset[MarkId]) -> None:
        self.inspecting.choose(marks)
        self.steering.show_selection()

    def _go_to(self, mark: MarkId) -> None:
        if not self.steering.is_in_sight(mark):
            self.map.centre_on(mark)
        self.map.select([mark])

    def _refresh_visits(self) -> None:
        self.finding.refresh()
        self.pictures.refresh()

    # --- what the actions do

    def _undo(self) -> None:
        self.inspector.keep_typing()
        self.map.finish_nudging()
        self.session.histories.undo()

    def _find(self) -> None:
        self.asking.close()
        self.people.show_lists()
        self.people.search.setFocus()
        self.people.search.selectAll()

    def _print(self) -> None:
        self.inspector.keep_typing()
        if self.session.charting is not None:
            self.printing.print_summary(self.session.charting.visit.id)

    def _keep_group(self, name: str, is_open: bool) -> None:
        others = self._settings.open_groups - {name}
        self._settings.open_groups = others | {name} if is_open else others

    def _keep_paper(self, paper: str) -> None:
        self._settings.paper = paper
        self._print()

    def _offer(self, at: QPoint, mark: MarkId | None) -> None:
        if mark is not None and mark not in self.map.selection:
            self.map.select([mark])
        if mark is not None:
            menu = filled(QMenu(self), self.actions_by_id, MARK_MENU)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(at)

    def _open_menu(self) -> None:
        button = self.top.menu_button
        self.top.menu.popup(button.mapToGlobal(button.rect().bottomLeft() + QPoint(0, 4)))

    def _change_theme(self) -> None:
        name = self.theme.name.other
        self._settings.theme = name
        self.set_theme(Theme.load(name, touch=self.theme.touch))

    def _change_touch(self) -> None:
        self._settings.touch = not self.theme.touch
        self.set_theme(Theme.load(self.theme.name, touch=not self.theme.touch))
