"""Opens and closes the list of what waits, keeps it up to date, and says in the bar how much."""

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QObject, QTimer

from bodymap.desk.reviewing import Reviewing
from bodymap.desk.waiting import Waiting
from bodymap.widgets.actions import SPECS, ActionId
from bodymap.widgets.main_window import MainWindow

REFRESH_MS = 30_000
"""So often it is asked what waits."""

FIRST_MS = 1_500
"""So long after the window is made it is read; until then only how many wait is known."""

_RETURNED = "Returned"
"""What waits for a trainee."""


class WaitingList(QObject):
    """Ties the list to the window and to the desk.

    Args:
        window: The window.
        reviewing: Knows what waits.
        leave: Puts a review away that is open.
    """

    def __init__(
        self, window: MainWindow, reviewing: Reviewing, leave: Callable[[], object]
    ) -> None:
        super().__init__(window)
        self._window, self._reviewing, self._leave = window, reviewing, leave
        self._panel = window.reviews.queue
        self._timer = QTimer(self, interval=REFRESH_MS)
        self._timer.timeout.connect(self.refresh)
        if reviewing.takes_part:
            self._timer.start()
            self._panel.overview.setVisible(reviewing.is_supervisor)
            QTimer.singleShot(0, self, self._count)
            QTimer.singleShot(FIRST_MS, self, self.refresh)

    def toggle(self) -> None:
        """Show what waits in the place of the patients, or the patients again."""
        if not self._panel.isHidden():
            self.close()
            return
        self._leave()
        self._window.asking.close()
        self._window.people.hide()
        self._panel.show()
        self._panel.list.setFocus()
        self.refresh(afresh=True)

    def close(self) -> None:
        """Show the patients again."""
        if not self._panel.isHidden():
            self._panel.hide()
            self._window.people.show()

    def refresh(self, *, afresh: bool = False) -> None:
        """Ask what waits.

        Args:
            afresh: Whether to read again what was read before and is not changed.
        """
        self._window.background.query(
            self,
            lambda: self._reviewing.queue(afresh=afresh),
            self._show,
            self._window.banner.show_problem,
        )

    def _count(self) -> None:
        self._window.background.query(
            self, self._reviewing.count, self._tell, self._window.banner.show_problem
        )

    def _show(self, waiting: Sequence[Waiting]) -> None:
        self._panel.show_waiting(waiting, datetime.now().astimezone())
        self._tell(len(waiting))

    def _tell(self, count: int) -> None:
        action = self._window.actions_by_id[ActionId.REVIEWS]
        words = SPECS[ActionId.REVIEWS].text if self._reviewing.is_supervisor else _RETURNED
        action.setText(f"{words} · {count}" if count else words)
        action.setIconText(action.text())
