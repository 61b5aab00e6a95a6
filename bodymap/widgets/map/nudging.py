"""Moving marks by arrow keys: a run of keys becomes one step."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from bodymap.chart.marks import MarkId
from bodymap.desk.charting import Charting
from bodymap.desk.steps import Step
from bodymap.widgets.map.marks.layer import Shift

STEP_MM = 1.0
LONG_STEP_MM = 5.0

_RUN_MS = 450
"""Keys that follow one another sooner than this belong together."""


class Nudging(QObject):
    """Collects arrow keys, shows the marks where they will be, and then takes one step."""

    def __init__(
        self,
        show: Callable[[Shift], None],
        take: Callable[[Callable[[Charting], Step]], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._show, self._take = show, take
        self._shift = Shift()
        self._run = QTimer(self, interval=_RUN_MS, singleShot=True)
        self._run.timeout.connect(self.finish)

    @property
    def is_under_way(self) -> bool:
        """Whether keys were pressed that are not a step yet."""
        return bool(self._shift.mark_ids)

    def by(self, mark_ids: frozenset[MarkId], du_mm: float, dv_mm: float) -> None:
        """One more key."""
        if mark_ids != self._shift.mark_ids:
            self.finish()
        if not mark_ids:
            return
        du, dv = self._shift.du_mm + du_mm, self._shift.dv_mm + dv_mm
        self._shift = Shift(mark_ids, du, dv)
        self._show(self._shift)
        self._run.start()

    def finish(self) -> None:
        """Take the step, if there is one to take; before any other gesture."""
        shift = self.drop()
        if shift.mark_ids and (shift.du_mm or shift.dv_mm):
            ids, du, dv = shift.mark_ids, shift.du_mm, shift.dv_mm
            self._take(lambda charting: charting.move(ids, du, dv))

    def drop(self) -> Shift:
        """Forget the keys pressed so far; the answer says what they would have done."""
        self._run.stop()
        shift, self._shift = self._shift, Shift()
        if shift.mark_ids:
            self._show(self._shift)
        return shift
