"""Ties the pages of a visit's record to the open visit and to the actions that open them."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject

from bodymap.atlas.knowledge import Knowledge
from bodymap.desk.charting import Changed, Charting
from bodymap.desk.clinic import Clinic
from bodymap.widgets.actions import ActionId, Actions
from bodymap.widgets.inspector.view import Inspector
from bodymap.widgets.map.view import MapView
from bodymap.widgets.record.presenter import RecordPresenter
from bodymap.widgets.record.sections import SectionId
from bodymap.widgets.session import Session
from bodymap.widgets.settings import Settings

PAGES: Mapping[ActionId, SectionId] = {
    ActionId.PAGE_SCREENING: SectionId.SCREENING,
    ActionId.PAGE_CONSENT: SectionId.CONSENT,
    ActionId.PAGE_NEEDLES: SectionId.NEEDLES,
    ActionId.PAGE_MEASURES: SectionId.MEASURES,
    ActionId.PAGE_TEXT: SectionId.TEXT,
    ActionId.PAGE_EVENTS: SectionId.EVENTS,
}
"""Which page each action opens."""


class Recording(QObject):
    """Shows the record of whichever visit is open, and keeps what is entered."""

    def __init__(
        self,
        inspector: Inspector,
        body: MapView,
        session: Session,
        clinic: Clinic,
        settings: Settings,
    ) -> None:
        super().__init__(inspector)
        self._inspector, self._map = inspector, body
        self._clinic, self._settings = clinic, settings
        self.presenter = RecordPresenter(
            inspector, Knowledge.load().screening.values, session.push, session.problem.emit
        )
        session.opened.connect(self._follow)
        session.changed.connect(self._refresh)
        pages, present = inspector.record, self.presenter
        pages.edited.connect(present.edit)
        pages.listed.connect(present.edit_row)
        pages.added.connect(present.add)
        pages.removed.connect(present.remove)
        pages.asked.connect(self._ask)
        self._remind(settings.reminder_min)

    def bind(self, actions: Actions) -> None:
        """Let the actions open the pages."""
        for action, section in PAGES.items():
            actions.bind(action, self._opener(section))
        actions.bind(ActionId.PUT_AWAY, self.presenter.put_away)

    def open(self, section: SectionId) -> None:
        """Show a page; the same one again leads back to the overview."""
        at_visit = not self._map.selection
        self._map.select(())
        is_open = at_visit and self._inspector.record.section is section
        self._inspector.open_section(None if is_open else section)

    def _opener(self, section: SectionId) -> Callable[[], None]:
        def opened() -> None:
            self.open(section)

        return opened

    def _follow(self, charting: Charting | None) -> None:
        self._inspector.open_section(None)
        patient = self._clinic.patient(charting.visit.patient) if charting else None
        self.presenter.open(charting, patient)

    def _refresh(self, _changed: Changed) -> None:
        self.presenter.refresh()

    def _ask(self, what: str, value: object) -> None:
        if what == "reminder" and isinstance(value, int):
            self._settings.reminder_min = value
            self._remind(value)
        else:
            self.presenter.ask(what, value)

    def _remind(self, minutes: int) -> None:
        self._inspector.record.show_reminder(minutes)
        self._inspector.timer.show_reminder(minutes)
