"""Makes another recovery key over the window, and shows it once."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from bodymap.desk.recovery_key import RecoveryKey
from bodymap.errors import BodymapError
from bodymap.widgets.background import Background
from bodymap.widgets.controls.field import Field, beside, edit_of, label, wrapping
from bodymap.widgets.controls.veil import Veiled
from bodymap.widgets.entrance.card import password_line, primary, words_of
from bodymap.widgets.entrance.key_on_paper import KeyOnPaper
from bodymap.widgets.entrance.recovery_sheet import SHEET, save_sheet
from bodymap.widgets.printing.save_as import FileDialogSaveAs, SaveAs
from bodymap.widgets.theme import Theme

_WIDTH = 500

_BEFORE = (
    "The recovery key on paper opens the clinic when every password is forgotten, as often as "
    "somebody types it. If its sheet was used, lost, or seen by somebody who should not have it, "
    "make a new one: the key before then no longer opens the clinic."
)
_COPIES = (
    "Backups made until now still open with the key before. If a stranger may have it, "
    "keep those backups where nobody gets at them."
)
_MADE = (
    "The key before no longer opens the clinic: tear up its sheet. This one is shown only now and "
    "kept nowhere. Print it, and lock it away where you keep deeds and passports."
)
_NOT_YET = "The key is shown only now. Print it first, and say that you have it on paper."
_NOT_STORED = (
    "{} That the key is on paper could not be stored: at your next sign in you are shown another "
    "one, and this one then no longer opens the clinic."
)
_DONE = "There is a new recovery key. The one before no longer opens the clinic."


class RecoveryKeyPage(Veiled):
    """Asks for the password, makes the key, and closes once it is on paper.

    Attributes:
        save_as: Asks where the sheet goes; a test may answer by itself.

    Signals:
        finished: What the window says when it is on paper.
        failed: What it says when that could not be stored.
    """

    finished = Signal(str)
    failed = Signal(str)

    def __init__(
        self, window: QWidget, theme: Theme, recovery_key: RecoveryKey, background: Background
    ) -> None:
        super().__init__(window, theme, "recovery-key-page", "Recovery key")
        self._recovery_key, self._background = recovery_key, background
        self._key = ""
        self.save_as: SaveAs = FileDialogSaveAs(window)
        self.lead = wrapping(label(_BEFORE, "muted", "recovery-key-lead"))
        self.copies = wrapping(label(_COPIES, "caution-text", "recovery-key-copies"))
        self.password = Field("Your password", password_line("recovery-key-password"))
        self.problem = wrapping(label("", "wrong", "recovery-key-problem"))
        self.make = primary("Make a new key", "make-recovery-key")
        self._asks = (self.copies, self.password, beside(self.make, QWidget(), stretch=1))
        self.shown = KeyOnPaper(theme, "Done")
        self.column.addWidget(self.lead)
        for widget in (*self._asks, self.shown, self.problem):
            self.column.addWidget(widget)
        self.column.addStretch(1)
        self.shown.hide()
        self.problem.hide()
        edit_of(self.password).returnPressed.connect(self._make)
        self.make.clicked.connect(self._make)
        self.shown.print_requested.connect(self._ask_where)
        self.shown.kept.connect(self._hand_over)

    def show_page(self) -> None:
        """Open it, waiting for the password."""
        self._fit()
        edit_of(self.password).setFocus()

    @override
    def put_away(self) -> None:
        """Close it, unless the key would be gone before anybody has it."""
        if self._key:
            self._say(_NOT_YET)
            return
        super().put_away()

    def _fit(self) -> None:
        """As high as its words need at this width; fonts are known once it is shown."""
        self.open(_WIDTH, 0)
        for part in reversed(
            self.card.findChildren(QWidget)
        ):  # what is inside tells its size first
            if (layout := part.layout()) is not None:
                layout.activate()
        self.column.activate()
        self.open(_WIDTH, self.column.totalHeightForWidth(_WIDTH))

    def _say(self, problem: str) -> None:
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))
        self._fit()

    def _make(self) -> None:
        if not (password := words_of(self.password)):
            return
        self.set_busy(is_busy=True)
        self._background.change(
            self, lambda: self._recovery_key.make(password), self._show, self._refuse
        )

    def _refuse(self, problem: str) -> None:
        self.set_busy(is_busy=False)
        self._say(problem)
        edit_of(self.password).setFocus()
        edit_of(self.password).selectAll()

    def _show(self, key: str) -> None:
        self.set_busy(is_busy=False)
        self._key = key
        edit_of(self.password).clear()
        for widget in self._asks:
            widget.hide()
        self.lead.setText(_MADE)
        self.shown.show()
        self._say("")
        self.shown.show_key(key)
        self._fit()
        self.shown.print.setFocus()

    def _ask_where(self) -> None:
        self.save_as.ask("", SHEET, self._save)

    def _save(self, target: Path) -> None:
        try:
            save_sheet(self._recovery_key.clinic, self._key, target)
        except BodymapError as problem:
            self._say(str(problem))
            return
        self._say("")
        self.save_as.open(target)

    def _hand_over(self) -> None:
        self.set_busy(is_busy=True)
        self._background.change(self, self._recovery_key.hand_over, self._finish, self._fail)

    def _finish(self, _: object) -> None:
        self._close_for_good()
        self.finished.emit(_DONE)

    def _fail(self, problem: str) -> None:
        self._close_for_good()
        self.failed.emit(_NOT_STORED.format(problem))

    def _close_for_good(self) -> None:
        self.set_busy(is_busy=False)
        self._key = ""
        self.shown.forget()
        self.put_away()
