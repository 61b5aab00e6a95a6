"""Nobody leaves the window over what is not saved without knowing."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget
from shiboken6 import isValid

from bodymap.widgets.controls.field import label, nested, wrapping
from bodymap.widgets.controls.veil import Veiled
from bodymap.widgets.entrance.card import link, primary
from bodymap.widgets.merging.page import MergePage
from bodymap.widgets.session import Session
from bodymap.widgets.theme import Theme

_WIDTH, _HEIGHT = 540, 230
_MOST_NAMED = 6
_LOST = " {} can still be saved while this window is open; if you leave now, it is lost."
_TWO_VERSIONS = (
    "Somebody else changed this visit too, and you have not chosen between the two versions."
)


class LeavingPage(Veiled):
    """What is lost by leaving now.

    Signals:
        again_requested: It is to be tried once more to save it.
        leave_requested: The window is to be left without it.
    """

    again_requested = Signal()
    leave_requested = Signal()

    def __init__(self, window: QWidget, theme: Theme) -> None:
        super().__init__(window, theme, "leaving-page", "Not everything is saved")
        self.lost = wrapping(label("", "body", "leaving-lost"))
        self.leave = link("Leave and lose it", "leaving-leave")
        self.stay = QPushButton("Stay")
        self.stay.setObjectName("leaving-stay")
        self.again = primary("Try to save again", "leaving-again")
        self.leave.clicked.connect(self.leave_requested)
        self.stay.clicked.connect(self.put_away)
        self.again.clicked.connect(self.again_requested)
        self.column.addWidget(self.lost)
        self.column.addStretch(1)
        row = nested(self.column, QHBoxLayout())
        row.addWidget(self.leave)
        row.addStretch(1)
        row.addWidget(self.stay)
        row.addWidget(self.again)

    def show_page(self, lost: str, *, can_try: bool) -> None:
        """Say what is lost, and whether it can be tried again from here to save it."""
        self.lost.setText(lost)
        self.again.setVisible(can_try)
        self.open(_WIDTH, _HEIGHT)
        (self.again if can_try else self.stay).setFocus()


class Leaving(QObject):
    """Asks before the window is left, if anything would be lost by it.

    Args:
        window: The window.
        session: What the disk did not take.
        merging: Where somebody may be choosing between two versions.
        finish: Stores what is being typed or nudged.
        theme: The colours and sizes of the time.
    """

    def __init__(
        self,
        window: QWidget,
        session: Session,
        merging: MergePage,
        finish: Callable[[], None],
        theme: Callable[[], Theme],
    ) -> None:
        super().__init__(window)
        self._window, self._session, self._merging = window, session, merging
        self._finish, self._theme = finish, theme
        self._page: LeavingPage | None = None
        self._may_lose = False

    def ask(self, leave: Callable[[], object]) -> None:
        """Leave: at once if nothing is lost by it, otherwise once the person has said so."""
        if self.may_go(leave):
            leave()

    def may_go(self, leave: Callable[[], object]) -> bool:
        """Whether nothing is lost by leaving; otherwise the person is asked, and then leaves."""
        self._finish()
        if not self._loses_nothing:
            self._show_question(leave)
        return self._loses_nothing

    @property
    def _loses_nothing(self) -> bool:
        return self._may_lose or (self._session.is_all_saved and not self._merging.isVisible())

    def _show_question(self, leave: Callable[[], object]) -> None:
        self._put_away()
        self._page = page = LeavingPage(self._window, self._theme())
        page.closed.connect(page.deleteLater)
        page.again_requested.connect(lambda: self._try_again(leave))
        page.leave_requested.connect(lambda: self._leave(leave))
        can_try = not self._merging.isVisible()
        if can_try:
            page.show_page(self._unsaved() + _LOST.format("It"), can_try=True)
        else:
            page.show_page(_TWO_VERSIONS + _LOST.format("Yours"), can_try=False)

    def may_lose(self) -> None:
        """Let the window be left whatever is not saved: the person knows, or is shut out."""
        self._may_lose = True

    def _unsaved(self) -> str:
        labels = [step.label for step in self._session.all_unsaved]
        more = len(labels) - _MOST_NAMED
        named = ", ".join(labels[:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
        return f"The disk did not take: {named}."

    def _try_again(self, leave: Callable[[], object]) -> None:
        self._put_away()
        self._session.try_again()
        if self._loses_nothing:
            leave()
        else:
            self._session.remind()

    def _leave(self, leave: Callable[[], object]) -> None:
        self._put_away()
        self.may_lose()
        leave()

    def _put_away(self) -> None:
        if self._page is not None and isValid(self._page):
            self._page.put_away()
        self._page = None
