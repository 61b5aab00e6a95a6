"""The page over the window: where the data lies, its backups, back up now, put one back."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from bodymap.chart.backups import Backup
from bodymap.widgets.backups.progress_line import ProgressLine
from bodymap.widgets.backups.words import NONE_YET, BackupRow, asked_to_restore
from bodymap.widgets.controls.elided import ElidedLabel
from bodymap.widgets.controls.field import beside, framed, label, stacked, wrapping
from bodymap.widgets.controls.scrolled import scrolled
from bodymap.widgets.controls.veil import Veiled
from bodymap.widgets.entrance.card import link, primary
from bodymap.widgets.theme import Theme

_WIDTH, _HEIGHT = 720, 760


class DataPage(Veiled):
    """Shows what it is told, and tells what is wanted.

    Signals:
        backup_requested: A backup is to be made now.
        stop_requested: What is being done is to stop.
        place_requested: Backups are to go elsewhere.
        folder_requested: A `Path` is to be shown.
        other_requested: A backup that lies elsewhere is to be put back.
        restore_requested: This `Backup` is to be put back.
        verify_requested: The record is to be proved.
        seats_requested: The clinic is to be moved to a server, or back.
    """

    backup_requested = Signal()
    stop_requested = Signal()
    place_requested = Signal()
    folder_requested = Signal(object)
    other_requested = Signal()
    restore_requested = Signal(object)
    verify_requested = Signal()
    seats_requested = Signal()

    def __init__(self, window: QWidget, theme: Theme) -> None:
        super().__init__(window, theme, "data-page", "Data and backups")
        self.folder = ElidedLabel("body", "data-folder")
        self.place = ElidedLabel("body", "backup-folder")
        self.show_folder = link("Show", "show-data-folder")
        self.choose_place = link("Change", "choose-backup-folder")
        self.back_up = primary("Back up now", "back-up-now")
        self.verify = QPushButton("Verify the record")
        self.verify.setObjectName("data-verify")
        self.other = link("Put back one that lies elsewhere", "restore-other")
        self.seats = link("", "several-seats")
        self.progress = ProgressLine("data")
        self.problem = wrapping(label("", "wrong", "data-problem"))
        self.notice = wrapping(label("", "body", "data-notice"))
        self.none = label(NONE_YET, "muted", "no-backups")
        self._rows: list[QWidget] = []
        self._list = QVBoxLayout()
        self._backup: Backup | None = None
        self._confirm = framed("caution", "restore-confirm")
        self._question = wrapping(label("", "caution-text", "restore-question"))
        self.put_back = primary("Put it back", "put-back")
        self.leave = link("Leave everything as it is", "leave-as-is")
        self._may_restore = True
        self._lay_out()
        self._connect()

    def show_page(self) -> None:
        """Open it."""
        self.open(_WIDTH, _HEIGHT)
        self.back_up.setFocus()

    def show_places(self, folder: Path, place: Path) -> None:
        """Say where the data lies and where backups go."""
        self.folder.setText(str(folder))
        self.place.setText(str(place))

    def show_rights(self, *, may_restore: bool) -> None:
        """Offer to put backups back, or not."""
        self._may_restore = may_restore
        self.other.setVisible(may_restore)

    def show_seats(self, words: str) -> None:
        """Offer to move the clinic to a server or back; empty for who may not."""
        self.seats.setText(words)
        self.seats.setVisible(bool(words))

    def show_backups(self, rows: Sequence[BackupRow]) -> None:
        """List the backups there are."""
        for row in self._rows:
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = [self._row(row) for row in rows]
        for widget in self._rows:
            self._list.insertWidget(self._list.count() - 1, widget)
        self.none.setVisible(not rows)

    def ask_to_restore(self, backup: Backup) -> None:
        """Ask once more before a backup takes the place of the data."""
        self._backup = backup
        self._question.setText(asked_to_restore(backup))
        self._confirm.show()
        self.leave.setFocus()

    def show_busy(self, words: str) -> None:
        """Show that something is being done; empty when nothing is any more."""
        for part in (self.back_up, self.verify, self.other, self.choose_place, *self._rows):
            part.setDisabled(bool(words))
        self._confirm.hide()
        if words:
            self.show_problem("")
            self.show_notice("")
            self.progress.begin(words)
        else:
            self.progress.hide()

    def show_problem(self, text: str) -> None:
        """Say what went wrong."""
        self.problem.setText(text)
        self.problem.setVisible(bool(text))

    def show_notice(self, text: str) -> None:
        """Say what went well."""
        self.notice.setText(text)
        self.notice.setVisible(bool(text))

    def _row(self, row: BackupRow) -> QWidget:
        card = framed("card", "backup")
        words = QWidget()
        stacked(words, label(row.title, "strong-small"), label(row.detail, "muted"), spacing=2)
        button = QPushButton("Put back")
        button.setObjectName("restore")
        button.setAccessibleName(f"Put back the backup of {row.title}")
        button.setProperty("look", "link")
        button.clicked.connect(lambda: self.ask_to_restore(row.backup))
        card.setToolTip(str(row.backup.folder))
        stacked(card, beside(words, button, stretch=0), margins=10)
        button.setVisible(self._may_restore)  # once it has a parent: else it would be a window
        return card

    def _lay_out(self) -> None:
        stacked(
            self._confirm,
            self._question,
            beside(self.put_back, self.leave, QWidget(), stretch=2),
            spacing=8,
            margins=12,
        )
        for part in (self._confirm, self.problem, self.notice):
            part.hide()
        listed = QWidget()
        listed.setLayout(self._list)
        self._list.setContentsMargins(0, 0, 8, 0)
        self._list.setSpacing(6)
        self._list.addStretch(1)
        for widget in (
            label("THE CLINIC’S DATA LIES IN", "caption"),
            beside(self.folder, self.show_folder, stretch=0),
            beside(self.seats, QWidget(), stretch=1),
            label("BACKUPS GO TO", "caption"),
            beside(self.place, self.choose_place, stretch=0),
            beside(self.back_up, self.verify, QWidget(), stretch=2),
            self.progress,
            self.problem,
            self.notice,
            self._confirm,
            label("BACKUPS", "caption"),
            self.none,
        ):
            self.column.addWidget(widget)
        self.column.addWidget(scrolled(listed, takes_focus=True), 1)
        self.column.addWidget(self.other, 0, Qt.AlignmentFlag.AlignLeft)

    def _connect(self) -> None:
        self.back_up.clicked.connect(self.backup_requested)
        self.verify.clicked.connect(self.verify_requested)
        self.choose_place.clicked.connect(self.place_requested)
        self.show_folder.clicked.connect(
            lambda: self.folder_requested.emit(Path(self.folder.text()))
        )
        self.other.clicked.connect(self.other_requested)
        self.seats.clicked.connect(self.seats_requested)
        self.progress.stop_requested.connect(self.stop_requested)
        self.leave.clicked.connect(self._confirm.hide)
        self.put_back.clicked.connect(self._put_back)

    def _put_back(self) -> None:
        if self._backup is not None:
            self.restore_requested.emit(self._backup)
