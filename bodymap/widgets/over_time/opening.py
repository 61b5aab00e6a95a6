"""Opens the panel of visits over time, and lays over the body what it shows."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QPainterPath
from PySide6.QtWidgets import QWidget

from bodymap.atlas.hit import Atlas
from bodymap.atlas.ids import LayerId, ViewId
from bodymap.chart.marks import Mark, MarkId, MarkKind
from bodymap.chart.visit import Visit
from bodymap.desk.charting import Changed, Charting
from bodymap.desk.clinic import Clinic
from bodymap.desk.heat import Heat, heat
from bodymap.widgets.actions import ActionId, Actions
from bodymap.widgets.background import Background
from bodymap.widgets.chart_words import structure_name
from bodymap.widgets.map.overlays.areas import area_path
from bodymap.widgets.map.overlays.ghosts import Ghosts
from bodymap.widgets.map.overlays.heat_map import HeatMap
from bodymap.widgets.map.view import MapView
from bodymap.widgets.over_time.panel import OverTimePanel
from bodymap.widgets.over_time.presenter import Course, OverTimePresenter
from bodymap.widgets.over_time.words import HEAT_ROLES
from bodymap.widgets.people.presenter import PeoplePresenter
from bodymap.widgets.session import Session

PLAY_MS = 1500
"""How long each visit is shown while they are played."""


class OverlaidBody:
    """The map as the panel needs it."""

    def __init__(self, body: MapView) -> None:
        self._map = body

    def show_ghosts(self, marks: Sequence[Mark]) -> None:
        """Lay the marks of another visit under those of the open one."""
        self._map.fade_marks(on=False)
        self._map.overlays.show_earlier(Ghosts(marks))

    def show_heat(self, visits: Sequence[Visit], kind: MarkKind) -> None:
        """Lay the heat of visits over the body."""

        def of(view: ViewId) -> Heat:
            frame = self._map.gallery.frame(view)
            area = frame.left(), frame.top(), frame.width(), frame.height()
            return heat(visits, kind, view, area)

        charting = self._map.charting
        if charting is not None:
            skin = partial(_skin, charting.atlas)
            self._map.fade_marks(on=True)
            self._map.overlays.show_earlier(HeatMap(HEAT_ROLES[kind], of, skin))

    def show_nothing(self) -> None:
        """Take off what was laid over the body."""
        self._map.fade_marks(on=False)
        self._map.overlays.show_earlier(None)


class OverTime(QObject):
    """Follows the session while the panel is open."""

    def __init__(
        self,
        panel: OverTimePanel,
        body: MapView,
        session: Session,
        clinic: Clinic,
        finding: PeoplePresenter,
        background: Background,
    ) -> None:
        super().__init__(panel)
        self.panel, self._map = panel, body
        self._session, self._finding = session, finding
        self._background = background
        self._instead_of: QWidget | None = None
        self.presenter = OverTimePresenter(
            panel, OverlaidBody(body), clinic, structure_name, session.problem.emit, self._ask
        )
        self._playing = QTimer(self, interval=PLAY_MS)
        self._playing.timeout.connect(self._play_on)
        self._connect()

    def bind(self, actions: Actions, *, instead_of: QWidget) -> None:
        """Follow the actions, and stand in the place of another panel."""
        self._instead_of = instead_of
        self._action = actions[ActionId.OVER_TIME]
        actions.bind(ActionId.OVER_TIME, self.toggle)
        actions.bind(ActionId.PATIENT_PAGE, self.close)
        self._action.setEnabled(False)

    def toggle(self) -> None:
        """Open the panel, or put it away."""
        charting = self._session.charting
        if self.presenter.is_open or charting is None:
            self.close()
            return
        self._show(is_open=True)
        self.presenter.open(charting.visit)
        self.panel.tabs.button(self.presenter.mode).setFocus()

    def close(self) -> None:
        """Put the panel away."""
        if self.presenter.is_open:
            self._stop()
            self.presenter.close()
            self._show(is_open=False)
            self._map.setFocus()

    def _show(self, *, is_open: bool) -> None:
        self.panel.setVisible(is_open)
        if self._instead_of is not None:
            self._instead_of.setHidden(is_open)

    def _follow(self, charting: Charting | None) -> None:
        self._action.setEnabled(charting is not None)
        if charting is None:
            self.close()
        else:
            self.presenter.follow(charting.visit)

    def _follow_change(self, changed: Changed) -> None:
        self.presenter.follow(changed.after)

    def _go_to(self, mark_id: MarkId) -> None:
        if (mark := self.presenter.find(mark_id)) is None:
            return
        self._map.show_view(mark.place.view)
        self._map.centre_at(mark.place.u_mm, mark.place.v_mm)
        charting = self._session.charting
        if charting is not None and charting.visit.has(mark_id):
            self._map.select([mark_id])

    def _step(self, by: int) -> None:
        if (visit := self.presenter.beside(by)) is not None:
            self._finding.open(visit)

    def _step_by_hand(self, by: int) -> None:
        self._stop()
        self._step(by)

    def _play(self) -> None:
        if self._playing.isActive():
            self._stop()
            return
        self.panel.show_playing(on=True)
        self._finding.open(self.presenter.first)
        self._playing.start()

    def _play_on(self) -> None:
        if self.presenter.beside(1) is None:
            self._stop()
        else:
            self._step(1)

    def _stop(self) -> None:
        self._playing.stop()
        self.panel.show_playing(on=False)

    def _ask(
        self,
        act: Callable[[], Course],
        done: Callable[[Course], None],
        failed: Callable[[str], None],
    ) -> None:
        self._background.query(self, act, done, failed)

    def _connect(self) -> None:
        panel, presenter = self.panel, self.presenter
        panel.dismissed.connect(self.close)
        panel.mode_chosen.connect(presenter.choose_mode)
        panel.other_chosen.connect(presenter.choose_other)
        panel.kind_chosen.connect(presenter.choose_kind)
        panel.visits_chosen.connect(presenter.choose_visits)
        panel.muscle_chosen.connect(presenter.choose_muscle)
        panel.mark_chosen.connect(self._go_to)
        panel.step_asked.connect(self._step_by_hand)
        panel.play_asked.connect(self._play)
        self._session.opened.connect(self._follow)
        self._session.changed.connect(self._follow_change)


def _skin(atlas: Atlas, view: ViewId) -> QPainterPath:
    """The outline of the body in a view, in millimetres."""
    path = QPainterPath()
    for shape in atlas.view(view).drawing.in_layer(LayerId.SKIN):
        path.addPath(area_path(shape.polygon()))
    return path
