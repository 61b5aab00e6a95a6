"""The window before the record: set a clinic up, or sign in to it."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QPaintEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget
from typing_extensions import override

from bodymap.chart.backups import Damage
from bodymap.desk.backing_up import BackingUp
from bodymap.desk.sign_in import Founding, SignIn
from bodymap.errors import BodymapError, DamagedDataError
from bodymap.widgets.background import Background
from bodymap.widgets.backups.choose_folder import FileDialogFolder
from bodymap.widgets.entrance.card import Card, centred, word_mark
from bodymap.widgets.entrance.damage_card import DamageCard
from bodymap.widgets.entrance.mending import Mending
from bodymap.widgets.entrance.recovery_card import RecoveryCard
from bodymap.widgets.entrance.recovery_sheet import save_sheet
from bodymap.widgets.entrance.set_up_card import SetUpCard
from bodymap.widgets.entrance.sign_in_card import RecoverCard, SignInCard
from bodymap.widgets.guarded import guarded
from bodymap.widgets.icons import program_icon
from bodymap.widgets.printing.save_as import SaveAs
from bodymap.widgets.settings import Settings
from bodymap.widgets.stylesheet import dress
from bodymap.widgets.theme import Theme

T = TypeVar("T")

_TAKEN_IN = (
    "The data of before was taken in and is encrypted now. The old file, which anybody can read, "
    "is kept as {}. Delete it once you have looked around."
)


class Entrance(QMainWindow):
    """One card at a time; what is slow is done beside the window.

    Signals:
        entered: Somebody is signed in, and the data is open.
    """

    entered = Signal()

    def __init__(
        self,
        door: SignIn,
        settings: Settings,
        make_save_as: Callable[[QWidget], SaveAs],
        *,
        warm_up: Callable[[], object] = lambda: None,
        kept_plain: Callable[[], Path | None] = lambda: None,
        backing_up: BackingUp | None = None,
    ) -> None:
        super().__init__()
        self.setObjectName("entrance")
        self.setWindowTitle("bodymap")
        self.setWindowIcon(program_icon())
        self.setMinimumSize(640, 720)
        self._door = door
        self._settings = settings
        self._save_as = make_save_as(self)
        self._warm_up = warm_up
        self._kept_plain = kept_plain
        self._is_painted = False
        self._key = ""
        theme = Theme.load(settings.theme, touch=settings.touch)
        self.background = Background(self)
        self.set_up = SetUpCard(theme)
        self.recovery = RecoveryCard(theme)
        self.sign_in = SignInCard()
        self.recover = RecoverCard()
        self.damage = DamageCard()
        self.mending = (
            Mending(self.damage, backing_up, self.background, FileDialogFolder(self))
            if backing_up
            else None
        )
        self._cards = QStackedWidget()
        self._pages: dict[Card, QWidget] = {}
        for card in (self.set_up, self.recovery, self.sign_in, self.recover, self.damage):
            self._pages[card] = centred(word_mark(), card)
            self._cards.addWidget(self._pages[card])
        self.setCentralWidget(self._cards)
        self._connect()
        dress(self, theme)
        self.begin()

    @property
    def card(self) -> Card:
        """The one that is shown."""
        shown = self._cards.currentWidget()
        return next(card for card, page in self._pages.items() if page is shown)

    def begin(self) -> None:
        """Show the card to begin with; the key file may say that it is damaged."""
        if not self._door.is_set_up:
            self._show(self.set_up)
            self.set_up.begin()
            return
        self._show(self.sign_in)
        try:
            clinic = self._door.clinic
        except BodymapError as problem:
            self.sign_in.begin("Sign in", self._settings.login)
            self.sign_in.show_problem(str(problem))
            return
        self.sign_in.begin(clinic, self._settings.login)
        self.sign_in.show_news(self.mending.news if self.mending else "")

    @override
    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._is_painted:
            # What the store needs is loaded while the password is typed, once all is painted.
            self._is_painted = True
            QTimer.singleShot(0, self, self._begin_warming_up)

    def _begin_warming_up(self) -> None:
        self.background.query(self, self._warm_up, lambda _: None, lambda _: None)

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        self.background.end()
        super().closeEvent(event)

    def _connect(self) -> None:
        self.set_up.entered.connect(self._found)
        self.recovery.print_requested.connect(self._ask_where)
        self.recovery.kept.connect(self._go_in)
        self.sign_in.entered.connect(self._try)
        self.sign_in.recovery_requested.connect(self._begin_recovery)
        self.recover.entered.connect(self._recover)
        self.recover.dismissed.connect(self.begin)
        self.damage.dismissed.connect(self.begin)
        if self.mending is not None:
            self.mending.mended.connect(self.begin)

    def _show(self, card: Card) -> None:
        self._cards.setCurrentWidget(self._pages[card])

    def _found(self, founding: Founding) -> None:
        self._settings.login = founding.login.strip()
        self._do(self.set_up, lambda: self._door.set_up(founding), self._show_key)

    def _show_key(self, key: str) -> None:
        kept = self._kept_plain()
        self._key = key
        self.recovery.show_key(key, _TAKEN_IN.format(kept) if kept else "")
        self._show(self.recovery)

    def _ask_where(self) -> None:
        self._save_as.ask("", "bodymap recovery key.pdf", self._save_sheet)

    def _save_sheet(self, target: Path) -> None:
        try:
            save_sheet(self._door.clinic, self._key, target)
        except BodymapError as problem:
            self.recovery.show_problem(str(problem))
            return
        self.recovery.show_problem("")
        self._save_as.open(target)

    def _try(self, login: str, password: str) -> None:
        self._settings.login = login.strip()
        self._do(self.sign_in, lambda: self._signed_in(login, password), self._go_in_or_mend)

    def _signed_in(self, login: str, password: str) -> Damage | None:
        """Beside the window: sign in, or say what is wrong with the data."""
        try:
            self._door.sign_in(login, password)
        except DamagedDataError as problem:
            if self.mending is None:
                raise
            return self.mending.examine(problem)
        return None

    def _go_in_or_mend(self, damage: Damage | None) -> None:
        if damage is None:
            self._go_in()
            return
        self.damage.show_damage(damage)
        self._show(self.damage)

    def _begin_recovery(self) -> None:
        self._show(self.recover)
        self.recover.begin()

    def _recover(self, key: str, login: str, password: str) -> None:
        self._do(self.recover, lambda: self._door.recover(key, login, password), self._go_in)

    def _go_in(self, _: object = None) -> None:
        self._key = ""
        self.recovery.forget()
        self.entered.emit()

    def _do(self, card: Card, act: Callable[[], T], done: Callable[[T], None]) -> None:
        card.set_busy(is_busy=True)
        self.setCursor(Qt.CursorShape.BusyCursor)

        def free() -> None:
            card.set_busy(is_busy=False)
            self.unsetCursor()

        def succeed(value: T) -> None:
            free()
            done(value)

        def fail(problem: str) -> None:
            free()
            card.show_problem(problem)
            if card is self.sign_in:
                self.sign_in.wait()

        self.background.change(self, act, succeed, fail)
