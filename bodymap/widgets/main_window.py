"""The window: patients at the left, the body in the middle, the inspector at the right."""

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QCloseEvent, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QWidget
from typing_extensions import override

from bodymap.atlas.hit import Atlas
from bodymap.chart.visit import VisitId
from bodymap.desk.clinic import Clinic
from bodymap.desk.printing import Printing
from bodymap.desk.signing import Signing
from bodymap.widgets.actions import ActionId, Actions
from bodymap.widgets.background import Background
from bodymap.widgets.banner_place import BannerPlace
from bodymap.widgets.controls.field import beside, nested, stacked
from bodymap.widgets.figures.opening import FiguresOpening
from bodymap.widgets.figures.page import FiguresPage
from bodymap.widgets.guarded import guarded
from bodymap.widgets.heading import Heading
from bodymap.widgets.icons import program_icon
from bodymap.widgets.inspecting import Inspecting
from bodymap.widgets.inspector.view import Inspector
from bodymap.widgets.keys_page import KeysPage
from bodymap.widgets.knowledge.asking import Asking
from bodymap.widgets.leaving import Leaving
from bodymap.widgets.looks import Looks
from bodymap.widgets.map.view import MapView
from bodymap.widgets.menus import main_menu
from bodymap.widgets.merging.following import Following
from bodymap.widgets.merging.page import MergePage
from bodymap.widgets.over_time.opening import OverTime
from bodymap.widgets.over_time.panel import OverTimePanel
from bodymap.widgets.panel_round import PanelRound
from bodymap.widgets.patient_page.opening import PageOpening
from bodymap.widgets.patient_page.page import PatientPage
from bodymap.widgets.people.pictures import VisitPictures
from bodymap.widgets.people.view import PeoplePanel
from bodymap.widgets.printing.presenter import PrintPresenter
from bodymap.widgets.printing.save_as import FileDialogSaveAs, SaveAs
from bodymap.widgets.printout import Printout
from bodymap.widgets.reception import Reception
from bodymap.widgets.recording import Recording
from bodymap.widgets.reusing import Reusing
from bodymap.widgets.review.panels import ReviewPanels
from bodymap.widgets.sealing import Sealing
from bodymap.widgets.session import Session
from bodymap.widgets.settings import Settings
from bodymap.widgets.stage.marking import Marking
from bodymap.widgets.stage.steering import Steering
from bodymap.widgets.stage.view import Stage
from bodymap.widgets.stylesheet import dress
from bodymap.widgets.theme import Theme
from bodymap.widgets.top_bar import TopBar
from bodymap.widgets.warming import Warming


class MainWindow(QMainWindow):
    """Puts the panels together; each is tied to the others by an object of its own.

    Signals:
        left: It is closed for good, which may be refused as long as something is not saved.
    """

    left = Signal()

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
        dress(self, theme)  # before its parts are there: each is then looked at once
        self._settings = settings
        self._save_as: SaveAs = save_as or FileDialogSaveAs(self)
        self._is_begun = self._is_painted = False
        self.session = Session(self)
        self.background = Background(self)
        self.actions_by_id = Actions(self, theme)
        self.addActions(list(self.actions_by_id.all()))
        self._make_panels(atlas, theme)
        self._lay_out()
        self._place_banner(theme)
        self._tie_map(clinic)
        self._tie_visits(clinic, theme)
        self._tie_printing(printing)
        self._tie_window()
        self.warming = Warming(atlas, self.map, self.background)
        self._begin(theme)

    @property
    def theme(self) -> Theme:
        """The colours and sizes."""
        return self.looks.theme

    def set_theme(self, theme: Theme) -> None:
        """Show the whole window in another theme."""
        self.looks.show(theme)

    def open_visit(self, visit: VisitId) -> None:
        """Open a visit for charting, or for reading once it is closed."""
        self.finding.open(visit)

    def let_sign(self, signing: Signing) -> None:
        """Let visits be signed here."""
        self.sealing.let_sign(signing)

    def finish(self) -> None:
        """Store what is being typed or nudged; a line half drawn is let go."""
        self.map.interrupt()
        self.map.finish_nudging()
        self.session.leaving.emit()

    @override
    @guarded
    def showEvent(self, event: QShowEvent) -> None:
        if not self._is_begun and self.actions_by_id[ActionId.FIND_PATIENT].isVisible():
            self.finding.search("")  # beside the window, while it is painted
        self._is_begun = True
        super().showEvent(event)

    @override
    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._is_painted:
            self._is_painted = True
            self.warming.begin()

    @override
    @guarded
    def closeEvent(self, event: QCloseEvent) -> None:
        if not self.leaving.may_go(self.close):
            event.ignore()
            return
        self._settings.geometry = self.saveGeometry()
        self.warming.stop()
        self.session.open(None)
        self.background.end()
        self.left.emit()
        super().closeEvent(event)

    # --- the parts

    def _make_panels(self, atlas: Atlas, theme: Theme) -> None:
        actions = self.actions_by_id
        self.map = MapView(atlas, theme)
        self.map.show_view(self._settings.view)  # before another is opened for its size
        self.stage = Stage(self.map, actions, theme)
        self.people = PeoplePanel(actions, theme)
        self.inspector = Inspector(actions, theme)
        self.page = PatientPage(self.people.visits, theme)
        self.times = OverTimePanel(theme)
        self.figures_page = FiguresPage(theme)
        self.asking = Asking(self.map, atlas, actions, theme, instead_of=self.people)
        self.top = TopBar(actions, main_menu(self, actions), self._settings.paper)
        self.keys_page = KeysPage(self, theme)
        self.merging = MergePage(self, theme)
        self.reviews = ReviewPanels(atlas, theme)

    def _lay_out(self) -> None:
        whole = QWidget()
        column = stacked(whole, self.top, spacing=0)
        row = nested(column, QHBoxLayout(), 1)
        row.setSpacing(0)
        row.addWidget(self.people)
        row.addWidget(self.asking.panel)
        row.addWidget(self.reviews.queue)
        row.addWidget(self.reviews.beside, 1)
        row.addWidget(self.stage, 1)
        row.addWidget(self.page, 1)
        row.addWidget(self.figures_page, 1)
        self.side = beside(self.inspector, self.times, self.reviews.panel, spacing=0)
        row.addWidget(self.side)
        self.setCentralWidget(whole)

    def _place_banner(self, theme: Theme) -> None:
        """After all that it is to lie over."""
        self.messages = BannerPlace(self, theme, self.stage, (self.page, self.figures_page))
        self.banner = self.messages.banner

    # --- what ties them together; whoever hears of a visit first stands first

    def _tie_map(self, clinic: Clinic) -> None:
        actions, settings, session = self.actions_by_id, self._settings, self.session
        self.steering = Steering(self.map, self.stage, actions, settings)
        self.recording = Recording(self.inspector, self.map, session, clinic)
        self.recording.bind(actions)
        self.marking = Marking(self.stage, self.banner, self.steering, self.inspector, session)
        self.marking.bind(actions)
        self.inspecting = Inspecting(self.inspector, self.steering, session, clinic, settings)
        self.asking.follow(session)
        self.reusing = Reusing(self.inspector, self.map, session, clinic, actions)

    def _tie_visits(self, clinic: Clinic, theme: Theme) -> None:
        actions, session, people = self.actions_by_id, self.session, self.people
        for action in (ActionId.FIND_PATIENT, ActionId.NEW_PATIENT, ActionId.NEW_VISIT):
            actions.bind(action, self.asking.close)
        self.pictures = VisitPictures(clinic, self.map.gallery, theme, people.visits)
        self.reception = Reception(
            people, self.pictures, clinic, session, self.background, self.banner
        )
        self.reception.bind(actions)
        self.finding = self.reception.presenter
        self.heading = Heading(self.top, self.finding, people.visits, clinic, session)
        self.over_time = OverTime(
            self.times, self.map, session, clinic, self.finding, self.background
        )
        self.over_time.bind(actions, instead_of=self.inspector)
        self.paging = PageOpening(self.page, people, self.finding, session, clinic, self.background)
        self.paging.bind(actions, instead_of=(self.stage, self.side))
        self.paging.changed.connect(self.heading.show_patient_change)
        self.figuring = FiguresOpening(
            self.figures_page, people, clinic, self.background, self._save_as
        )
        middle = (self.stage, self.side)
        self.figuring.bind(actions, instead_of=middle, is_covered=lambda: self.paging.is_open)
        self.sealing = Sealing(self.inspector, self.map, session, self.background)
        self.sealing.bind(actions)
        self.following = Following(self.merging, session, self.background)
        self.sealing.signed.connect(self.finding.open)
        self.recording.heard.connect(self.finding.refresh)

    def _tie_printing(self, printing: Printing) -> None:
        self.printing = PrintPresenter(
            printing, self._save_as, self.banner, self.background, self._settings
        )
        self.printout = Printout(
            self.printing,
            self.top,
            self.inspector,
            self.session,
            self.actions_by_id,
            self._settings,
        )

    def _tie_window(self) -> None:
        bind = self.actions_by_id.bind
        self.panels = PanelRound(
            (self.people, lambda: self.people.search),
            (self.asking.panel, self.asking.panel.first_control),
            (self.stage, lambda: self.map),
            (self.page, lambda: self.page.back),
            (self.figures_page, lambda: self.figures_page.back),
            (self.inspector, self.inspector.first_control),
            (self.times, lambda: self.times.close_button),
            (self.reviews.queue, lambda: self.reviews.queue.list),
            (self.reviews.panel, lambda: self.reviews.panel.close_button),
            (self.banner, lambda: self.banner.first_control),
        )
        bind(ActionId.NEXT_PANEL, self.panels.go_on)
        bind(ActionId.PREVIOUS_PANEL, self.panels.go_back)
        bind(ActionId.OPEN_MENU, self._open_menu)
        bind(ActionId.KEYS, self.keys_page.open)
        bind(ActionId.QUIT, self.close)
        self.leaving = Leaving(
            self, self.session, self.merging, self.finish, lambda: self.looks.theme
        )
        parts = (self.map, self.people, self.asking.panel, self.inspector, self.top)
        pages = (self.page, self.times, self.figures_page, self.reviews)
        others = (self.keys_page, self.merging, self.pictures, self.stage, self.messages, *pages)
        self.looks = Looks(self, (*parts, *others), self.actions_by_id, self._settings)

    def _begin(self, theme: Theme) -> None:
        self.restoreGeometry(self._settings.geometry)
        self.set_theme(theme)
        self.session.open(None)
        self.people.search.setFocus()

    def _open_menu(self) -> None:
        button = self.top.menu_button
        self.top.menu.popup(button.mapToGlobal(button.rect().bottomLeft() + QPoint(0, 4)))
