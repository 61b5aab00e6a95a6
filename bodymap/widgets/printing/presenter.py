"""Prints the open visit and says where the page went."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from bodymap.chart.visit import VisitId
from bodymap.desk.printing import Printing
from bodymap.errors import BodymapError
from bodymap.widgets.background import Background
from bodymap.widgets.printing.save_as import SaveAs
from bodymap.widgets.problems import Banner
from bodymap.widgets.settings import Settings


class PrintPresenter(QObject):
    """Asks where to save, has the page made beside the window, and tells the outcome in it."""

    def __init__(
        self,
        printing: Printing,
        save_as: SaveAs,
        banner: Banner,
        background: Background,
        settings: Settings,
    ) -> None:
        super().__init__(background)
        self._printing = printing
        self._save_as = save_as
        self._banner = banner
        self._background = background
        self._settings = settings

    def print_summary(self, visit: VisitId) -> None:
        """Save the visit's summary where the person says."""
        try:
            name = self._printing.suggested_name(visit)
        except BodymapError as problem:
            self._banner.show_problem(str(problem))
            return
        self._save_as.ask(self._settings.last_folder, name, partial(self._save, visit))

    def _save(self, visit: VisitId, target: Path) -> None:
        self._settings.last_folder = str(target.parent)
        paper = self._settings.paper
        self._banner.show_notice("Making the summary…")
        self._background.change(
            self,
            lambda: self._printing.summary(visit, target, paper),
            self._tell_done,
            self._banner.show_problem,
        )

    def _tell_done(self, path: Path) -> None:
        self._banner.show_notice(f"Summary saved as {path.name}.", "Open", lambda: self._open(path))

    def _open(self, path: Path) -> None:
        self._save_as.open(path)
