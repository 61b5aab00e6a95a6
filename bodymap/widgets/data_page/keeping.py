"""Ties the page of data and backups to the desk, and makes the day's backup."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, QTimer

from bodymap.chart.backups import Backup
from bodymap.desk.backing_up import BackingUp
from bodymap.errors import BodymapError
from bodymap.widgets.actions import ActionId
from bodymap.widgets.backups.choose_folder import ChooseFolder, FileDialogFolder
from bodymap.widgets.backups.words import made_words, row_of
from bodymap.widgets.data_page.page import DataPage
from bodymap.widgets.errand import Errand, Told
from bodymap.widgets.main_window import MainWindow
from bodymap.widgets.seats.opening import SeatsOpening

T = TypeVar("T")

LOOK_MS = 60 * 60 * 1000
"""So often it is looked whether the day's backup is still to be made."""

_NOT_NOW = "The day’s backup is just being made. Nothing else was done; try again when it is there."

FIRST_LOOK_MS = 3000
"""After the window was opened; it is to be seen first."""


class DataKeeping(QObject):
    """Opens the page, and does what it asks for beside the window.

    Attributes:
        choose: Asks for folders; a test may answer by itself.
        page: The page, while it is open.
    """

    def __init__(
        self, window: MainWindow, backing_up: BackingUp, seats: SeatsOpening | None = None
    ) -> None:
        super().__init__(window)
        self._seats = seats
        self._window, self._backing_up = window, backing_up
        self.choose: ChooseFolder = FileDialogFolder(window)
        self.errand = Errand(self, window.background)
        self.errand.ended.connect(self._show_ended)
        self.page: DataPage | None = None
        window.actions_by_id.bind(ActionId.DATA, self.open)
        self._looking = QTimer(self, interval=LOOK_MS)
        self._looking.timeout.connect(self.back_up_daily)
        self._looking.start()
        QTimer.singleShot(FIRST_LOOK_MS, self, self.back_up_daily)

    def open(self) -> None:
        """Show where the data lies, and its backups."""
        page = DataPage(self._window, self._window.theme)
        page.show_rights(may_restore=self._backing_up.may_restore)
        page.closed.connect(self._forget)
        page.backup_requested.connect(self._back_up)
        page.stop_requested.connect(self.errand.stop)
        page.place_requested.connect(self._ask_place)
        page.folder_requested.connect(self.choose.show)
        page.other_requested.connect(self._ask_other)
        page.restore_requested.connect(self._restore)
        page.verify_requested.connect(self._verify)
        page.seats_requested.connect(self._move)
        page.show_seats(self._seats.words if self._seats is not None else "")
        self.errand.progressed.connect(page.progress.tell)
        self.page = page
        self._refresh()
        page.show_page()
        if self.errand.is_running:
            page.show_busy("Backing up")

    def back_up_daily(self) -> None:
        """Make the day's backup, unless there is one; nobody is kept waiting."""
        self.errand.start(
            self._backing_up.back_up_daily, lambda _: self._refresh(), self._tell_of_none
        )

    def _back_up(self) -> None:
        self._begin("Backing up", self._backing_up.back_up, self._say_made)

    def _restore(self, backup: Backup) -> None:
        self._window.session.leaving.emit()  # what is being typed goes into the backup of now
        self._begin(
            "Putting it back",
            lambda told: self._backing_up.restore(backup, told),
            self._sign_out,
        )

    def _sign_out(self, _: object) -> None:
        self._window.actions_by_id[ActionId.SIGN_OUT].trigger()

    def _verify(self) -> None:
        if self.page is not None:
            self.page.put_away()
        self._window.actions_by_id[ActionId.AUDIT].trigger()

    def _move(self) -> None:
        if self.page is not None and self._seats is not None:
            self.page.put_away()
            self._seats.open()

    def _ask_place(self) -> None:
        self.choose.ask("Where backups go", self._backing_up.where, self._choose_place)

    def _choose_place(self, where: Path) -> None:
        self._try(lambda: self._backing_up.choose(where))
        self._refresh()

    def _ask_other(self) -> None:
        self.choose.ask("The folder of a backup", self._backing_up.where, self._choose_other)

    def _choose_other(self, folder: Path) -> None:
        if (page := self.page) is not None:
            self._try(lambda: page.ask_to_restore(self._backing_up.at(folder)))

    def _try(self, act: Callable[[], object]) -> None:
        try:
            act()
        except BodymapError as problem:
            self._tell(str(problem))

    def _begin(self, words: str, act: Callable[[Told], T], done: Callable[[T], None]) -> None:
        if self.page is not None:
            self.page.show_busy(words)
        if not self.errand.start(act, done, self._tell):
            self._tell(_NOT_NOW)

    def _say_made(self, backup: Backup) -> None:
        self._refresh()
        if self.page is not None:
            self.page.show_notice(made_words(backup))
        else:
            self._window.banner.show_notice(made_words(backup))

    def _tell(self, problem: str) -> None:
        if self.page is not None:
            self.page.show_problem(problem)
        else:
            self._window.banner.show_problem(problem)

    def _tell_of_none(self, problem: str) -> None:
        """Say that there is no new backup, to somebody who may not know that one was begun."""
        self._tell(problem if self.page is not None else f"There is no new backup. {problem}")

    def _refresh(self) -> None:
        if self.page is not None:
            self.page.show_places(self._backing_up.folder, self._backing_up.where)
            self.page.show_backups([row_of(backup) for backup in self._backing_up.known()])

    def _show_ended(self) -> None:
        if self.page is not None:
            self.page.show_busy("")

    def _forget(self) -> None:
        if self.page is not None:
            self.page.deleteLater()
            self.page = None
