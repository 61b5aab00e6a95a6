"""The window before the record: set a clinic up, or sign in to it."""

from collections.abc import Callable
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QCloseEvent, QPaintEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget
from typing_extensions import override

from bodymap.errors import BodymapError, DamagedDataError
from bodymap.widgets.background import Background
from bodymap.widgets.entrance.card import Card, centred, word_mark
from bodymap.widgets.entrance.house import House
from bodymap.widgets.entrance.sign_in_card import RecoverCard, SignInCard
from bodymap.widgets.guarded import guarded
from bodymap.widgets.settings import Settings
from bodymap.widgets.stylesheet import dress
from bodymap.widgets.theme import Theme

if TYPE_CHECKING:  # what is seen first is not kept waiting by what is seen seldom
    from bodymap.chart.backups import Damage, KeyDamage
    from bodymap.desk.sign_in import Founding
    from bodymap.widgets.entrance.damage_card import DamageCard
    from bodymap.widgets.entrance.key_mending import KeyMending
    from bodymap.widgets.entrance.mending import Mending
    from bodymap.widgets.entrance.recovery_card import RecoveryCard
    from bodymap.widgets.entrance.set_up_card import SetUpCard
    from bodymap.widgets.printing.save_as import SaveAs

T = TypeVar("T")

_SEEN_AFTER_MS = 20
"""From the first painting until the screen shows it."""

_TAKEN_IN = (
    "The data of before was taken in and is encrypted now. The old file, which anybody can read, "
    "is kept as {}. Delete it once you have looked around."
)
_OWED = (
    "Nobody has said yet that the recovery key is on paper, so here is a new one. A sheet that was "
    "printed before no longer opens the clinic."
)


class Entrance(QMainWindow):
    """One card at a time, made when it is first shown; what is slow is done beside the window.

    Args:
        house: What it leads into; only its plate is looked at before the window is painted.
        settings: Who signed in last, and the look.
        make_save_as: Asks where a file goes.
        warm_up: Loads what the window behind the entrance needs, beside this one.

    Signals:
        entered: Somebody is signed in, and the data is open.
    """

    entered = Signal()

    def __init__(
        self,
        house: House,
        settings: Settings,
        make_save_as: "Callable[[QWidget], SaveAs]",
        *,
        warm_up: Callable[[], object] = lambda: None,
    ) -> None:
        super().__init__()
        self.setObjectName("entrance")
        self.setWindowTitle("bodymap")
        self.setMinimumSize(640, 720)
        self._house = house
        self._settings = settings
        self._make_save_as = make_save_as
        self._warm_up = warm_up
        self._is_painted = False
        self._key = ""
        self._theme = Theme.load(settings.theme, touch=settings.touch)
        self.background = Background(self)
        self._cards = QStackedWidget()
        self._pages: dict[Card, QWidget] = {}
        self.setCentralWidget(self._cards)
        dress(self, self._theme)
        self.begin()

    @property
    def card(self) -> Card:
        """The one that is shown."""
        shown = self._cards.currentWidget()
        return next(card for card, page in self._pages.items() if page is shown)

    @cached_property
    def sign_in(self) -> SignInCard:
        """Asks for a name and a password."""
        card = SignInCard()
        card.entered.connect(self._try)
        card.recovery_requested.connect(self._begin_recovery)
        return card

    @cached_property
    def set_up(self) -> "SetUpCard":
        """Asks for what a clinic begins with."""
        from bodymap.widgets.entrance.set_up_card import SetUpCard  # noqa: PLC0415 - seen once

        card = SetUpCard(self._theme)
        card.entered.connect(self._found)
        return card

    @cached_property
    def recovery(self) -> "RecoveryCard":
        """Shows the recovery key."""
        from bodymap.widgets.entrance.recovery_card import RecoveryCard  # noqa: PLC0415 - seen once

        card = RecoveryCard(self._theme)
        card.print_requested.connect(self._ask_where)
        card.kept.connect(self._hand_over)
        return card

    @cached_property
    def recover(self) -> RecoverCard:
        """Asks for the recovery key."""
        card = RecoverCard()
        card.entered.connect(self._recover)
        card.dismissed.connect(self.begin)
        return card

    @cached_property
    def damage(self) -> "DamageCard":
        """Says what is wrong with the data, and what can be put in its place."""
        from bodymap.widgets.entrance.damage_card import DamageCard  # noqa: PLC0415 - seldom seen

        card = DamageCard()
        card.dismissed.connect(self.begin)
        return card

    @cached_property
    def mending(self) -> "Mending":
        """Does what the card of the damage asks for."""
        from bodymap.widgets.backups.choose_folder import FileDialogFolder  # noqa: PLC0415
        from bodymap.widgets.entrance.mending import Mending  # noqa: PLC0415 - seldom needed

        made = Mending(self.damage, self._house.backing_up, self.background, FileDialogFolder(self))
        made.mended.connect(self.begin)
        return made

    @cached_property
    def lost_keys(self) -> "DamageCard":
        """Says what is wrong with the key file, and what can be put in its place."""
        from bodymap.widgets.entrance.damage_card import DamageCard  # noqa: PLC0415 - seldom seen
        from bodymap.widgets.entrance.key_mending import PUT_BACK, TITLE  # noqa: PLC0415

        card = DamageCard(TITLE, PUT_BACK)
        card.dismissed.connect(self._begin_all_the_same)
        return card

    @cached_property
    def key_mending(self) -> "KeyMending":
        """Does what the card of the key file asks for."""
        from bodymap.widgets.backups.choose_folder import FileDialogFolder  # noqa: PLC0415
        from bodymap.widgets.entrance.key_mending import KeyMending  # noqa: PLC0415 - seldom needed

        chosen = FileDialogFolder(self)
        made = KeyMending(self.lost_keys, self._house.backing_up, chosen)
        made.mended.connect(self.begin)
        return made

    @cached_property
    def _save_as(self) -> "SaveAs":
        return self._make_save_as(self)

    def begin(self) -> None:
        """Show the card to begin with; whether the key file is sound is seen beside the window."""
        self._begin_all_the_same()
        if self._is_painted:
            self._look_at_keys()

    def _begin_all_the_same(self) -> None:
        if not self._house.plate.is_set_up:
            self._show(self.set_up)
            self.set_up.begin()
            return
        self._show(self.sign_in)
        clinic, problem = self._house.plate.clinic, ""
        if not clinic:
            clinic, problem = self._asked_at_the_door()
        self.sign_in.begin(clinic, self._settings.login)
        self.sign_in.show_problem(problem)
        self.sign_in.show_news(self._house.take_news())

    def _asked_at_the_door(self) -> tuple[str, str]:
        """The clinic's name and what is wrong with the key file, if anything is."""
        try:
            return self._house.sign_in.clinic, ""
        except BodymapError as problem:
            return "Sign in", str(problem)

    @override
    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._is_painted:
            # What the store needs is loaded while the password is typed, once all is on screen.
            self._is_painted = True
            QTimer.singleShot(_SEEN_AFTER_MS, self, self._begin_warming_up)

    def _begin_warming_up(self) -> None:
        from bodymap.widgets.icons import program_icon  # noqa: PLC0415 - no part of what is seen

        self.setWindowIcon(program_icon())
        self.background.query(self, self._warm, lambda _: None, self._say_whats_wrong)
        self._look_at_keys()

    def _look_at_keys(self) -> None:
        """See beside the window whether the key file is damaged or gone."""

        def look() -> "KeyDamage | None":
            return self._house.backing_up.examine_keys()

        self.background.query(self, look, self._offer_keys, lambda _: None)

    def _offer_keys(self, damage: "KeyDamage | None") -> None:
        if damage is not None:
            self.key_mending.begin(damage)
            self._show(self.lost_keys)

    def _warm(self) -> None:
        """Beside the window: load what comes next, and read the key file with all care."""
        self._warm_up()
        if self._house.plate.is_set_up:
            _ = self._house.sign_in.clinic

    def _say_whats_wrong(self, problem: str) -> None:
        if self.card is self.sign_in and not self.sign_in.problem.text():
            self.sign_in.show_problem(problem)

    @override
    @guarded
    def closeEvent(self, event: QCloseEvent) -> None:
        self.background.end()
        super().closeEvent(event)

    def _show(self, card: Card) -> None:
        if card not in self._pages:
            self._pages[card] = centred(word_mark(), card)
            self._cards.addWidget(self._pages[card])
        self._cards.setCurrentWidget(self._pages[card])

    def _found(self, founding: "Founding") -> None:
        self._settings.login = founding.login.strip()
        self._do(
            self.set_up,
            lambda: self._house.sign_in.set_up(founding),
            self._show_key,
            self._say_what_is_left_to_do,
        )

    def _say_what_is_left_to_do(self, problem: str) -> None:
        """After setting up has failed: where there are keys already one signs in to finish it."""
        if self._house.plate.is_set_up:
            self._begin_all_the_same()
        self._say_problem(problem)

    def _show_key(self, key: str, why: str = "") -> None:
        kept = self._house.kept_plain
        taken_in = _TAKEN_IN.format(kept) if kept else ""
        self._key = key
        self._show(self.recovery)
        self.recovery.show_key(key, "\n\n".join(filter(None, (why, taken_in))))

    def _ask_where(self) -> None:
        from bodymap.widgets.entrance.recovery_sheet import SHEET  # noqa: PLC0415 - seen once

        self._save_as.ask("", SHEET, self._save_sheet)

    def _save_sheet(self, target: Path) -> None:
        from bodymap.widgets.entrance.recovery_sheet import save_sheet  # noqa: PLC0415 - seen once

        try:
            save_sheet(self._house.sign_in.clinic, self._key, target)
        except BodymapError as problem:
            self.recovery.show_problem(str(problem))
            return
        self.recovery.show_problem("")
        self._save_as.open(target)

    def _try(self, login: str, password: str) -> None:
        self._settings.login = login.strip()
        self._do(self.sign_in, lambda: self._signed_in(login, password), self._go_in_or_mend)

    def _signed_in(self, login: str, password: str) -> "Damage | str":
        """Beside the window: sign in, or say what is wrong with the data.

        Returns:
            The damage; or the recovery key that is still owed, for most an empty one.
        """
        try:
            self._house.sign_in.sign_in(login, password)
            self._house.backing_up.put_down_keys()
        except DamagedDataError as problem:
            return self._house.backing_up.examine(problem)
        with suppress(BodymapError):  # it keeps nobody out: it is owed the next time as well
            if self._house.recovery_key.is_owed:
                return self._house.recovery_key.make(password)
        return ""

    def _go_in_or_mend(self, found: "Damage | str") -> None:
        if not isinstance(found, str):
            self.mending.begin(found)
            self._show(self.damage)
        elif found:
            self._show_key(found, _OWED)
        else:
            self._go_in()

    def _begin_recovery(self) -> None:
        self._show(self.recover)
        self.recover.begin()

    def _recover(self, key: str, login: str, password: str) -> None:
        self._do(
            self.recover, lambda: self._house.sign_in.recover(key, login, password), self._go_in
        )

    def _hand_over(self) -> None:
        self._do(self.recovery, self._handed_over, self._go_in)

    def _handed_over(self) -> None:
        """Beside the window; where it cannot be stored, another key is shown the next time."""
        with suppress(BodymapError):
            self._house.recovery_key.hand_over()

    def _go_in(self, _: object = None) -> None:
        self._key = ""
        if self.recovery in self._pages:
            self.recovery.forget()
        self.entered.emit()

    def _say_problem(self, problem: str) -> None:
        self.card.show_problem(problem)
        if self.card is self.sign_in:
            self.sign_in.wait()

    def _do(
        self,
        card: Card,
        act: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[str], None] | None = None,
    ) -> None:
        from PySide6.QtCore import Qt  # noqa: PLC0415 - slow to load

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
            (failed or self._say_problem)(problem)

        self.background.change(self, act, succeed, fail)
