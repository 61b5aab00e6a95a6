"""Lets the map show the visit that is open, and lets what is done on the map change it."""

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QMenu

from bodymap.chart.marks import MarkId
from bodymap.desk.charting import Changed, Charting
from bodymap.desk.steps import Step
from bodymap.widgets.actions import ActionId, Actions
from bodymap.widgets.inspector.view import Inspector
from bodymap.widgets.map.overlays.unsaved import UnsavedMarks
from bodymap.widgets.menus import MARK_MENU, filled, follow_history
from bodymap.widgets.problems import Banner
from bodymap.widgets.session import Session
from bodymap.widgets.stage.steering import Steering
from bodymap.widgets.stage.view import Stage


class Marking(QObject):
    """Gestures become steps of the session; steps show on the map."""

    def __init__(
        self,
        stage: Stage,
        banner: Banner,
        steering: Steering,
        inspector: Inspector,
        session: Session,
    ) -> None:
        super().__init__(stage)
        self._stage, self._map, self._banner = stage, stage.map, banner
        self._steering, self._inspector, self._session = steering, inspector, session
        self._actions: Actions | None = None
        session.opened.connect(self._show_visit)
        session.changed.connect(self._show_change)
        session.done.connect(self._take_in_hand)
        session.problem.connect(self._show_problem)
        session.unsaved_changed.connect(self._show_unsaved)
        self._map.step_made.connect(session.push)
        self._map.problem.connect(self._banner.show_problem)
        self._map.selection_changed.connect(steering.show_selection)
        self._map.context_requested.connect(self._offer)

    def bind(self, actions: Actions) -> None:
        """Let the actions take steps back and do them again."""
        self._actions = actions
        follow_history(self._session.histories, actions)
        actions.bind(ActionId.UNDO, self._undo)
        actions.bind(ActionId.REDO, self._redo)

    def _show_visit(self, charting: Charting | None) -> None:
        self._map.set_charting(charting)
        self._steering.show_charting(charting)
        if charting is not None:
            self._steering.show_where(charting.visit)
            self._map.setFocus()

    def _show_change(self, changed: Changed) -> None:
        if not self._session.unsaved:
            self._banner.dismiss_problem()
        self._steering.follow(changed)

    def _show_problem(self, text: str) -> None:
        steps = self._session.unsaved
        if steps:
            labels = ", ".join(step.label for step in steps)
            self._banner.show_problem(
                f"Not saved: {labels}. {text}", "Try again", self._session.try_again
            )
        else:
            self._banner.show_problem(text)

    def _show_unsaved(self) -> None:
        marks = [mark for step in self._session.unsaved for mark in step.apply.put]
        self._map.overlays.show_unsaved(UnsavedMarks(marks) if marks else None)

    def _take_in_hand(self, step: Step) -> None:
        charting = self._session.charting
        if step.select and charting and charting.visit.has(step.select):
            self._map.select([step.select])

    def _offer(self, at: QPoint, mark: MarkId | None) -> None:
        if mark is None or self._actions is None:
            return
        if mark not in self._map.selection:
            self._map.select([mark])
        menu = filled(QMenu(self._stage), self._actions, MARK_MENU)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(at)

    def _undo(self) -> None:
        self._keep_what_is_begun()
        self._session.undo()

    def _redo(self) -> None:
        self._keep_what_is_begun()
        self._session.redo()

    def _keep_what_is_begun(self) -> None:
        self._inspector.keep_typing()
        self._map.finish_nudging()
