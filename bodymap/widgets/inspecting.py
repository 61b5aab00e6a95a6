"""Ties the inspector to the marks in hand, and what is edited in it to the open visit."""

from PySide6.QtCore import QObject

from bodymap.chart.marks import MarkId
from bodymap.desk.charting import Changed
from bodymap.desk.clinic import Clinic
from bodymap.widgets.chart_words import structure_name
from bodymap.widgets.inspector.presenter import InspectorPresenter
from bodymap.widgets.inspector.view import Inspector
from bodymap.widgets.session import Session
from bodymap.widgets.settings import Settings
from bodymap.widgets.stage.steering import Steering


class Inspecting(QObject):
    """Shows the chosen marks, and keeps what is entered about them."""

    def __init__(
        self,
        inspector: Inspector,
        steering: Steering,
        session: Session,
        clinic: Clinic,
        settings: Settings,
    ) -> None:
        super().__init__(inspector)
        self._steering, self._settings = steering, settings
        self.presenter = InspectorPresenter(
            inspector, structure_name, session.push, session.problem.emit, clinic.users
        )
        session.leaving.connect(inspector.keep_typing)
        session.opened.connect(self.presenter.open)
        session.changed.connect(self._refresh)
        steering.map.selection_changed.connect(self.presenter.choose)
        inspector.edited.connect(self.presenter.edit)
        inspector.refused.connect(self.presenter.refuse)
        inspector.pain_rated.connect(self.presenter.rate_pain)
        inspector.row_wanted.connect(self.presenter.place_row)
        inspector.mark_chosen.connect(self._go_to)
        inspector.group_toggled.connect(self._keep_group)
        inspector.open_groups(settings.open_groups)

    def _refresh(self, _changed: Changed) -> None:
        self.presenter.refresh()

    def _go_to(self, mark: MarkId) -> None:
        self._steering.go_to(mark)

    def _keep_group(self, name: str, is_open: bool) -> None:
        others = self._settings.open_groups - {name}
        self._settings.open_groups = others | {name} if is_open else others
