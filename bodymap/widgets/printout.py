"""Ties printing to the action, the choice of paper and the visit that is open."""

from PySide6.QtCore import QObject

from bodymap.desk.charting import Charting
from bodymap.widgets.actions import ActionId, Actions
from bodymap.widgets.inspector.view import Inspector
from bodymap.widgets.printing.presenter import PrintPresenter
from bodymap.widgets.session import Session
from bodymap.widgets.settings import Settings
from bodymap.widgets.top_bar import TopBar


class Printout(QObject):
    """Prints whichever visit is open."""

    def __init__(
        self,
        presenter: PrintPresenter,
        top: TopBar,
        inspector: Inspector,
        session: Session,
        actions: Actions,
        settings: Settings,
    ) -> None:
        super().__init__(top)
        self._presenter, self._inspector = presenter, inspector
        self._session, self._settings = session, settings
        self._action = actions[ActionId.PRINT]
        actions.bind(ActionId.PRINT, self._print)
        session.opened.connect(self._follow)
        top.paper_chosen.connect(self._print_on)

    def _follow(self, charting: Charting | None) -> None:
        self._action.setEnabled(charting is not None)

    def _print_on(self, paper: str) -> None:
        self._settings.paper = paper
        self._print()

    def _print(self) -> None:
        self._inspector.keep_typing()
        if self._session.charting is not None:
            self._presenter.print_summary(self._session.charting.visit.id)
