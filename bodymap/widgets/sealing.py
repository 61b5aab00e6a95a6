"""Ties the page of signatures to the open visit: signing, adding, declaring void."""

from collections.abc import Callable
from contextlib import suppress

from PySide6.QtCore import QObject, Signal

from bodymap.chart.states import Move
from bodymap.chart.visit import VisitId
from bodymap.desk.charting import Charting
from bodymap.desk.signing import Signing, Standing
from bodymap.errors import BodymapError
from bodymap.widgets.actions import SPECS, ActionId, Actions
from bodymap.widgets.background import Background
from bodymap.widgets.inspector.view import Inspector
from bodymap.widgets.map.view import MapView
from bodymap.widgets.record.sections import SectionId
from bodymap.widgets.session import Session
from bodymap.widgets.signing.model import SIGNATURES, action_words, shown_of


class Sealing(QObject):
    """Opens the page where it is asked for, and shows a visit anew once it is signed.

    Args:
        inspector: Where the page stands.
        body: The map; nothing is chosen on it while one signs.
        session: The open visit.
        background: Tries passwords beside the window.

    Signals:
        signed: The id of a visit that is no longer as it is open here.
    """

    signed = Signal(object)

    def __init__(
        self,
        inspector: Inspector,
        body: MapView,
        session: Session,
        background: Background,
    ) -> None:
        super().__init__(inspector)
        self._inspector, self._map, self._session = inspector, body, session
        self._signing: Signing | None = None
        self._background = background
        self._stays = False
        inspector.signing.wanted.connect(self._do)
        inspector.signing.section_wanted.connect(self._go_to)

    def bind(self, actions: Actions) -> None:
        """Let the action lead to the page."""
        self._action = actions[ActionId.SIGN]
        actions.bind(ActionId.SIGN, self.open)
        self._session.opened.connect(self._follow)

    def let_sign(self, signing: Signing) -> None:
        """Take what signs; without it, the page can't be opened."""
        self._signing = signing
        self._follow(self._session.charting)

    def open(self) -> None:
        """Show the page, as the visit stands now."""
        standing = self._standing()
        if standing is None:
            return
        self._session.leaving.emit()  # what is being typed belongs to what is signed
        standing = self._standing() or standing
        self._map.select(())
        self._inspector.signing.show_signing(shown_of(standing))
        self._inspector.open_signing()
        self._inspector.signing.first_control().setFocus()

    def _follow(self, charting: Charting | None) -> None:
        has_visit = charting is not None and self._signing is not None
        self._action.setEnabled(has_visit)
        standing = self._standing() if has_visit else None
        if standing is not None:
            self._call(action_words(standing))
        else:
            with suppress(BodymapError):  # a server that is out of reach; the words may wait
                self._call(self._usual_words())
        if self._stays:
            self._stays = False
            self.open()

    def _call(self, words: str) -> None:
        self._action.setText(words)
        self._action.setIconText(words)  # what buttons say

    def _usual_words(self) -> str:
        signs = self._signing is None or self._signing.signs
        return SPECS[ActionId.SIGN].text if signs else SIGNATURES

    def _standing(self) -> Standing | None:
        if self._signing is None or self._session.charting is None:
            return None
        try:
            return self._signing.standing(self._session.charting.visit.id)
        except BodymapError as problem:
            self._session.problem.emit(str(problem))
            return None

    def _do(self, move: Move, words: str, password: str) -> None:
        charting, signing = self._session.charting, self._signing
        if charting is None or signing is None:
            return
        seen = charting.visit
        visit = seen.id
        acts: dict[Move, Callable[[], object]] = {
            Move.SIGN: lambda: signing.sign(visit, password, seen),
            Move.SUBMIT: lambda: signing.submit(visit, password, seen),
            Move.CO_SIGN: lambda: signing.co_sign(visit, password, seen),
            Move.ADD: lambda: signing.add(visit, words, password),
            Move.VOID: lambda: signing.void(visit, words, password, seen),
        }
        self._inspector.signing.show_problem("")
        self._inspector.signing.show_busy(is_busy=True)
        self._background.change(self, acts[move], lambda _: self._done(move, visit), self._failed)

    def _done(self, move: Move, visit: VisitId) -> None:
        if move is Move.ADD:  # the visit itself is as it was
            self.open()
            return
        self._stays = True
        self.signed.emit(visit)

    def _failed(self, problem: str) -> None:
        page = self._inspector.signing
        page.show_busy(is_busy=False)
        page.show_problem(problem)
        page.password.setFocus()

    def _go_to(self, section: SectionId) -> None:
        self._inspector.open_section(section)
