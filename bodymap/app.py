"""Where everything is wired together: the only module that sees every layer."""

import logging
import sys
import threading
from collections.abc import Sequence
from datetime import datetime
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from platformdirs import user_cache_path

from bodymap.atlas.hit import Atlas
from bodymap.chart.session import SessionRecord
from bodymap.desk.clinic import Clinic
from bodymap.desk.demo import fill_demo_clinic
from bodymap.desk.ports import Work
from bodymap.desk.printing import Printing
from bodymap.errors import BodymapError

if TYPE_CHECKING:
    from bodymap.storage.datafile import DataFile
    from bodymap.widgets.main_window import MainWindow

log = logging.getLogger("bodymap")


class LocalClock:
    """The computer's clock, with the local offset."""

    def now(self) -> datetime:
        """The time with the local offset from UTC."""
        return datetime.now().astimezone()


class Application:
    """bodymap over one data folder; what is slow to load waits until it is first used.

    SQLAlchemy and ReportLab together take longer to import than the window to appear, so
    neither is imported before it is asked for.

    Attributes:
        folder: Where the clinic's data lies.
        atlas: The body.
        clinic: Patients and visits.
        printing: Visits on paper.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.atlas = Atlas.load(cache_dir=user_cache_path("bodymap", appauthor=False))
        self.clinic = Clinic(self.open_work, self.atlas, LocalClock())
        self.printing = Printing(self.open_work, LatePrinter(self.atlas))

    def open_work(self) -> Work:
        """Begin a transaction; the first one opens the data file, or makes it.

        Raises:
            StorageError: The file is damaged, too new, or can't be opened.
        """
        return self._data_file.open_work()

    @cached_property
    def _data_file(self) -> "DataFile":
        from bodymap.storage.datafile import open_data_file  # noqa: PLC0415 - slow to load

        return open_data_file(self.folder)

    def fill_with_demo(self) -> int:
        """Store the demo clinic and say how many visits it has.

        Raises:
            BodymapError: The folder holds patients already.
        """
        if self.clinic.patients():
            raise BodymapError(
                f"The folder {self.folder} holds patients already; name an empty one with --data."
            )
        return fill_demo_clinic(self.open_work, self.atlas)

    def close(self) -> None:
        """Let go of the data file, if it was opened."""
        if "_data_file" in self.__dict__:
            self._data_file.close()


class LatePrinter:
    """The session summary's printer, loaded when something is first printed."""

    def __init__(self, atlas: Atlas) -> None:
        self._atlas = atlas

    def print_summary(self, record: SessionRecord, target: Path, paper: str) -> None:
        """Write the PDF; see `desk.ports.Printer`."""
        from bodymap.reports.session_summary import SummaryPrinter  # noqa: PLC0415 - slow to load

        SummaryPrinter(self._atlas).print_summary(record, target, paper)


def run_window(application: Application, arguments: Sequence[str] = ()) -> int:
    """Open the window and stay until it is closed; the answer is the exit code."""
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415 - the command line works without Qt

    qt = QApplication.instance() or QApplication([sys.argv[0], *arguments])
    window = make_window(application)
    window.show()
    return int(qt.exec())
