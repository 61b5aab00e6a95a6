"""The pages of the record, made when they are first opened."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QScrollArea, QStackedWidget

from bodymap.atlas.clinical.screening import ScreeningItem
from bodymap.chart.clinic_choices import ClinicChoices
from bodymap.chart.marks import NeedleSite
from bodymap.widgets.controls.scrolled import scrolled
from bodymap.widgets.record.clinic_page import ClinicPage
from bodymap.widgets.record.consent_page import ConsentPage
from bodymap.widgets.record.events_page import EventsPage
from bodymap.widgets.record.measures_page import MeasuresPage
from bodymap.widgets.record.needle_page import NeedlePage
from bodymap.widgets.record.page import Page
from bodymap.widgets.record.screening_page import ScreeningPage
from bodymap.widgets.record.sections import TITLES, RecordShown, SectionId
from bodymap.widgets.record.text_page import TextPage
from bodymap.widgets.theme import Theme


class RecordPages(QStackedWidget):
    """One page at a time; which one stays open while marks are looked at.

    Signals:
        edited, listed, added, removed, asked: As those of `Page`.
    """

    edited = Signal(str, str, object)
    listed = Signal(str, int, str, object)
    added = Signal(str, object)
    removed = Signal(str, int)
    asked = Signal(str, object)

    def __init__(self, theme: Theme, where: Callable[[NeedleSite], str]) -> None:
        super().__init__()
        self.setObjectName("record-pages")
        self._theme = theme
        self._where = where
        self._shown: RecordShown | None = None
        self.pages: dict[SectionId, Page] = {}
        self._areas: dict[SectionId, QScrollArea] = {}
        self.section: SectionId | None = None
        self._make: dict[SectionId, Callable[[Theme], Page]] = {
            SectionId.SCREENING: ScreeningPage,
            SectionId.CONSENT: ConsentPage,
            SectionId.NEEDLES: self._needle_page,
            SectionId.MEASURES: MeasuresPage,
            SectionId.TEXT: TextPage,
            SectionId.EVENTS: EventsPage,
            SectionId.CLINIC: ClinicPage,
        }

    @property
    def title(self) -> str:
        """What the open page is called."""
        return TITLES[self.section] if self.section else ""

    def open(self, section: SectionId | None) -> None:
        """Open a page, or none."""
        self.keep_typing()
        self.section = section
        if section is None:
            return
        if section not in self.pages:
            self._add(section)
        if self._shown is not None:
            self.pages[section].show_record(self._shown)
        self.setCurrentWidget(self._areas[section])

    def show_record(self, shown: RecordShown) -> None:
        """Show a record, or the same one changed."""
        self._shown = shown
        if self.section is not None:
            self.pages[self.section].show_record(shown)

    def show_choices(self, choices: ClinicChoices, ruled: Mapping[ScreeningItem, bool]) -> None:
        """Show the clinic's lists, while no visit is open; see `ClinicPage.show_choices`."""
        page = self.pages.get(SectionId.CLINIC)
        if isinstance(page, ClinicPage):
            page.show_choices(choices, ruled)

    def keep_typing(self) -> None:
        """Hand over what is being typed."""
        for page in self.pages.values():
            page.keep_typing()

    def set_theme(self, theme: Theme) -> None:
        """Show it in another theme."""
        self._theme = theme
        for page in self.pages.values():
            page.set_theme(theme)

    def _needle_page(self, theme: Theme) -> Page:
        return NeedlePage(theme, self._where)

    def _add(self, section: SectionId) -> None:
        page = self._make[section](self._theme)
        page.column.addStretch(1)
        area = scrolled(page, f"{section}-scroll")
        area.verticalScrollBar().rangeChanged.connect(page.make_room)
        for name in ("edited", "listed", "added", "removed", "asked"):
            getattr(page, name).connect(getattr(self, name))
        self.pages[section] = page
        self._areas[section] = area
        self.addWidget(area)
