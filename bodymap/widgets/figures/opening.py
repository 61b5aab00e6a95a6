"""Puts the figures of the clinic in the place of the body, and the body back."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from bodymap.chart.people import UserId
from bodymap.desk.clinic import Clinic
from bodymap.errors import BodymapError
from bodymap.widgets.actions import ActionId, Actions
from bodymap.widgets.background import Background
from bodymap.widgets.figures.page import FiguresPage
from bodymap.widgets.people.view import PeoplePanel
from bodymap.widgets.printing.save_as import SaveAs

_LEAVING_IT_OPEN = frozenset(
    {
        ActionId.FIGURES,
        ActionId.UNDO,
        ActionId.REDO,
        ActionId.NEXT_PANEL,
        ActionId.PREVIOUS_PANEL,
        ActionId.OPEN_MENU,
        ActionId.CHANGE_THEME,
        ActionId.TOUCH,
        ActionId.KEYS,
        ActionId.QUIT,
    }
)


class SupersededError(BodymapError):
    """Something else was asked for meanwhile, so nobody waits for these figures."""


class FiguresOpening(QObject):
    """Opens and closes the page, and asks for the figures beside the window."""

    read = Signal(int, int, int)

    def __init__(
        self,
        page: FiguresPage,
        people: PeoplePanel,
        clinic: Clinic,
        background: Background,
        save_as: SaveAs,
    ) -> None:
        super().__init__(page)
        self._save_as = save_as
        self.read.connect(self._show_progress)
        page.exported.connect(self._export)
        self.page, self._clinic, self._background = page, clinic, background
        self._instead_of: Sequence[QWidget] = ()
        self._is_covered: Callable[[], bool] = lambda: False
        self._asked = 0
        self.is_open = False
        page.asked.connect(self._ask)
        page.dismissed.connect(self.close)
        background.ending.connect(self._let_go)
        for chosen in (people.patient_chosen, people.visit_chosen, people.new_visit.entered):
            chosen.connect(self.close)

    def bind(
        self, actions: Actions, *, instead_of: Sequence[QWidget], is_covered: Callable[[], bool]
    ) -> None:
        """Follow the actions, and stand in the place of these parts of the window.

        Args:
            actions: Those of the window.
            instead_of: What is hidden while the page is open.
            is_covered: Whether another page is in that place already.
        """
        self._instead_of, self._is_covered = instead_of, is_covered
        actions.bind(ActionId.FIGURES, self.toggle)
        for action in ActionId:
            if action not in _LEAVING_IT_OPEN:
                actions.bind(action, self.close)

    def toggle(self) -> None:
        """Open the page, or go back to the body."""
        if self.is_open:
            self.close()
            return
        self.is_open = True
        for part in self._instead_of:
            part.hide()
        self.page.show()
        self.page.setFocus()
        self.page.export.setVisible(self._clinic.figures.may_export)
        try:
            self.page.show_users(self._clinic.users())
        except BodymapError as problem:
            self.page.show_problem(str(problem))
        self._ask(*self.page.wanted)

    def close(self) -> None:
        """Show the body again, unless another page takes its place."""
        if not self.is_open:
            return
        self.is_open = False
        self._let_go()
        self.page.hide()
        if not self._is_covered():
            for part in self._instead_of:
                part.show()

    def _let_go(self) -> None:
        """Nobody waits for what was asked."""
        self._asked += 1

    def _ask(self, days: int | None, therapist: UserId | None) -> None:
        self._asked += 1
        asked = self._asked
        self.page.show_progress(0, 0)

        def told(done: int, of: int) -> None:
            if asked != self._asked:
                raise SupersededError("Other figures were asked for.")
            self.read.emit(asked, done, of)

        self._background.query(
            self,
            lambda: self._clinic.figures.of(days, therapist, told),
            lambda found: self.page.show_figures(found) if asked == self._asked else None,
            lambda words: self.page.show_problem(words) if asked == self._asked else None,
        )

    def _show_progress(self, asked: int, done: int, of: int) -> None:
        if asked == self._asked:
            self.page.show_progress(done, of)

    def _export(self) -> None:
        self._save_as.ask("", "clinic-figures.csv", self._save)

    def _save(self, target: Path) -> None:
        table = self.page.table
        self._background.change(
            self,
            lambda: self._clinic.figures.export(table, target),
            lambda path: self.page.show_notice(f"Saved as {path}."),
            self.page.show_problem,
        )
