"""Ties the pages of a visit's record to the open visit, the map, and the actions that open them."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from bodymap.atlas.clinical.screening import ScreeningItem
from bodymap.atlas.knowledge import Knowledge
from bodymap.chart.afterwards import AfterwardId, Told
from bodymap.chart.clinic_choices import ClinicChoices
from bodymap.chart.visit import Visit
from bodymap.desk.after_signing import AfterVisit
from bodymap.desk.barring import crossings
from bodymap.desk.charting import Changed, Charting
from bodymap.desk.clinic import Clinic
from bodymap.desk.clinic_choices import codes_from
from bodymap.desk.earlier_consent import EarlierConsent
from bodymap.desk.screening import is_absolute
from bodymap.desk.steps import Step
from bodymap.errors import BodymapError, ConflictError
from bodymap.widgets.actions import ActionId, Actions
from bodymap.widgets.inspector.view import Inspector
from bodymap.widgets.map.overlays.barred import Barred
from bodymap.widgets.map.view import MapView
from bodymap.widgets.record.presenter import RecordPresenter
from bodymap.widgets.record.sections import RecordShown, SectionId
from bodymap.widgets.session import Session

PAGES: Mapping[ActionId, SectionId] = {
    ActionId.PAGE_SCREENING: SectionId.SCREENING,
    ActionId.PAGE_CONSENT: SectionId.CONSENT,
    ActionId.PAGE_NEEDLES: SectionId.NEEDLES,
    ActionId.PAGE_MEASURES: SectionId.MEASURES,
    ActionId.PAGE_TEXT: SectionId.TEXT,
    ActionId.PAGE_EVENTS: SectionId.EVENTS,
    ActionId.PAGE_CLINIC: SectionId.CLINIC,
}
"""Which page each action opens."""


class Recording(QObject):
    """Shows the record of whichever visit is open, and keeps what is entered.

    Signals:
        heard: Something that became known after a visit was closed is stored.
    """

    heard = Signal()

    def __init__(
        self, inspector: Inspector, body: MapView, session: Session, clinic: Clinic
    ) -> None:
        super().__init__(inspector)
        self._inspector, self._map, self._session = inspector, body, session
        self._clinic = clinic
        self._items = Knowledge.load().screening
        self._choices = ClinicChoices()
        self._crossed: tuple[tuple[int, str], ...] = ()
        self.presenter = RecordPresenter(
            inspector, self._items.values, session.push, session.problem.emit
        )
        session.opened.connect(self._follow)
        session.changed.connect(self._refresh)
        session.done.connect(self._warn)
        pages, present = inspector.record, self.presenter
        pages.edited.connect(present.edit)
        pages.listed.connect(present.edit_row)
        pages.added.connect(present.add)
        pages.removed.connect(present.remove)
        pages.asked.connect(self._ask)

    def bind(self, actions: Actions) -> None:
        """Let the actions open the pages."""
        for action, section in PAGES.items():
            actions.bind(action, self._opener(section))
        actions.bind(ActionId.PUT_AWAY, self.presenter.put_away)
        actions.bind(ActionId.ANSWER_REST_NO, self.presenter.answer_rest_no)

    def open(self, section: SectionId) -> None:
        """Show a page; the same one again leads back to the overview.

        While no visit is open, there are the clinic's lists alone.
        """
        if self._session.charting is None and section is not SectionId.CLINIC:
            return
        at_visit = not self._map.selection
        self._map.select(())
        is_open = at_visit and self._inspector.record.section is section
        self._inspector.open_section(None if is_open else section)
        if self._session.charting is None:
            self._show_choices(self._clinic.choices.now())

    def _show_choices(self, choices: ClinicChoices) -> None:
        self._choices = choices
        absolute = choices.absolute
        ruled = {item: is_absolute(item, absolute) for item in self._items.values()}
        self._inspector.record.show_choices(choices, ruled)

    def _opener(self, section: SectionId) -> Callable[[], None]:
        def opened() -> None:
            self.open(section)

        return opened

    def _follow(self, charting: Charting | None) -> None:
        self._inspector.open_section(None)
        if charting is None:
            self._choices = ClinicChoices()
            self.presenter.open(None, None, self._choices)
        else:
            visit = charting.visit
            patient, choices = self._clinic.patient(visit.patient), self._clinic.choices.now()
            self._choices = choices
            self._inspector.timer.show_reminder(choices.reminder_min)
            self.presenter.open(
                charting, patient, choices, self._earlier_consent(visit), self._after(visit)
            )
        self._crossed = self._crossings()
        self._show_areas()

    def _refresh(self, _changed: Changed) -> None:
        self.presenter.refresh()
        self._show_areas()

    def _show_areas(self) -> None:
        shown = self.presenter.shown
        self._map.overlays.show_barred(_barred(shown, self._items) if shown else ())

    def _warn(self, _step: Step) -> None:
        """Say at once that a needle stands where none may, by what was just done."""
        before, self._crossed = self._crossed, self._crossings()
        new = [one for one in self._crossed if one not in before]
        if new:
            numbers = sorted({number for number, _ in new})
            listed = ", ".join(map(str, numbers))
            subject = f"Needle {listed} lies" if len(numbers) == 1 else f"Needles {listed} lie"
            reason = self._name(new[0][1])
            self._session.problem.emit(f"{subject} in an area that is not to be needled: {reason}.")

    def _crossings(self) -> tuple[tuple[int, str], ...]:
        charting = self._session.charting
        if charting is None:
            return ()
        found = crossings(charting.visit, charting.visit.needle_sites())
        return tuple((crossing.site.number, crossing.area.item) for crossing in found)

    def _name(self, item: str) -> str:
        known = next((one for key, one in self._items.items() if key == item), None)
        return known.label.lower() if known else item.replace("-", " ")

    def _earlier_consent(self, visit: Visit) -> EarlierConsent | None:
        try:
            return self._clinic.earlier_consent(visit)
        except BodymapError as problem:  # the visit opens all the same, without it
            self._session.problem.emit(str(problem))
            return None

    def _ask(self, what: str, value: Any) -> None:  # noqa: ANN401 - as many kinds as there are pages
        match what:
            case "draw-area":
                self._map.bar(value)
            case "choose":
                self._choose(lambda choices: replace(choices, **{value[0]: value[1]}))
            case "severity":
                item, ruled = value
                self._choose(lambda choices: choices.with_severity(item, is_absolute=ruled))
            case "codes":
                self._choose(lambda choices: replace(choices, codes=codes_from(value)))
            case "afterward":
                self._add_afterward(*value)
            case _:
                self.presenter.ask(what, value)

    def _after(self, visit: Visit) -> AfterVisit:
        return self._clinic.after_signing.of(visit.id)

    def _add_afterward(self, told: Told, corrects: AfterwardId | None) -> None:
        charting = self._session.charting
        if charting is None:
            return
        try:
            self._clinic.after_signing.add(charting.visit.id, told, corrects)
        except BodymapError as problem:
            self._session.problem.emit(str(problem))
            return
        self.presenter.hear(self._after(charting.visit))
        self.heard.emit()

    def _choose(self, change: Callable[[ClinicChoices], ClinicChoices]) -> None:
        try:
            choices = self._clinic.choices.change(change, self._choices)
        except ConflictError as problem:
            self._session.problem.emit(str(problem))
            self._take_choices(self._clinic.choices.now())
        except BodymapError as problem:
            self._session.problem.emit(str(problem))
            self.presenter.refresh()
            if self._session.charting is None:
                self._show_choices(self._clinic.choices.now())
        else:
            self._take_choices(choices)

    def _take_choices(self, choices: ClinicChoices) -> None:
        self._choices = choices
        self._inspector.timer.show_reminder(choices.reminder_min)
        self.presenter.choose(choices)
        if self._session.charting is None:
            self._show_choices(choices)
        self._show_areas()


def _barred(shown: RecordShown, items: Mapping[Any, ScreeningItem]) -> tuple[Barred, ...]:
    ruled = {str(state.item.id): state.is_absolute for state in shown.items}
    names = {str(key): item.label for key, item in items.items()}
    return tuple(
        Barred(area, names.get(area.item, area.item), ruled.get(area.item, True))
        for area in shown.record.screening.areas
    )
