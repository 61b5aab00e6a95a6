"""Opens the page of several seats, and moves the clinic beside the window."""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from bodymap.desk.relocating import Destination, Moved, Relocating, Role, Told
from bodymap.widgets.errand import Errand
from bodymap.widgets.main_window import MainWindow
from bodymap.widgets.seats.page import SeatsPage

_THERE = "The clinic is on the server now. {went} Other computers use the same key file."
_BACK = "The clinic is in the data file of this computer again. {went}"


class ChooseFile(Protocol):
    """Asks for a file."""

    def ask(self, title: str, then: Callable[[Path], None]) -> None:
        """Ask; nothing follows when the person thinks better of it."""
        ...


class FileDialogFile:
    """The platform's own dialog."""

    def __init__(self, parent: QWidget) -> None:
        self._parent = parent

    def ask(self, title: str, then: Callable[[Path], None]) -> None:
        """Ask; nothing follows when the person thinks better of it."""
        dialog = QFileDialog(self._parent, title)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda chosen: then(Path(chosen)))
        dialog.open()


class SeatsOpening(QObject):
    """One page at a time.

    Attributes:
        page: The page, while it is open.
        choose: Asks for the certificate; a test may answer by itself.
    """

    def __init__(self, window: MainWindow, relocating: Relocating) -> None:
        super().__init__(window)
        self._window, self._relocating = window, relocating
        self.errand = Errand(self, window.background)
        self.errand.ended.connect(self._show_ended)
        self.choose: ChooseFile = FileDialogFile(window)
        self.page: SeatsPage | None = None

    @property
    def words(self) -> str:
        """What the way here is called; empty for somebody who may not go it."""
        if not self._relocating.may_move:
            return ""
        on_server = bool(self._relocating.server)
        return "Bring the clinic back from the server" if on_server else "Use it at several seats"

    def open(self) -> None:
        """Show the page, for there or for back."""
        page = SeatsPage(self._window, self._window.theme, self._relocating.server)
        page.closed.connect(self._forget)
        page.stop_requested.connect(self.errand.stop)
        page.certificate_requested.connect(self._choose)
        page.there_requested.connect(self._go)
        page.back_requested.connect(self._come_back)
        self.errand.progressed.connect(page.progress.tell)
        self.page = page
        page.show_page()
        if self.errand.is_running:
            page.show_busy(is_busy=True)

    def _choose(self) -> None:
        if (page := self.page) is not None:
            self.choose.ask("Certificate of the server’s authority", page.take_certificate)

    def _go(self, wanted: Destination) -> None:
        self._start(lambda told: self._relocating.to_server(wanted, told), _THERE)

    def _come_back(self, owner: Role) -> None:
        self._start(lambda told: self._relocating.to_file(owner, told), _BACK)

    def _start(self, act: Callable[[Told], Moved], words: str) -> None:
        self._window.session.leaving.emit()  # what is being typed goes with it
        if self.page is not None:
            self.page.show_busy(is_busy=True)
        self.errand.start(act, lambda moved: self._done(moved, words), self._tell)

    def _done(self, moved: Moved, words: str) -> None:
        told = words.format(went=moved.words)
        said = f"{told}\n\n{moved.advice}" if moved.advice else told
        if self.page is not None:
            self.page.show_done(said)
        else:
            self._window.banner.show_notice(said)

    def _tell(self, problem: str) -> None:
        if self.page is not None:
            self.page.show_problem(problem)
        else:
            self._window.banner.show_problem(problem)

    def _show_ended(self) -> None:
        if self.page is not None:
            self.page.show_busy(is_busy=False)
            self.page.forget_passwords()

    def _forget(self) -> None:
        if self.page is not None:
            self.page.deleteLater()
            self.page = None
