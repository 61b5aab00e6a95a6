"""The body with the marks of a visit: what is stored shows, and what is done becomes a step."""

from collections.abc import Callable, Collection

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from bodymap.atlas.hit import Atlas
from bodymap.atlas.views import tab_name
from bodymap.chart.marks import MarkId, PainZone
from bodymap.desk.charting import Changed, Charting
from bodymap.desk.steps import Step
from bodymap.errors import BodymapError
from bodymap.widgets.map.canvas import MapCanvas
from bodymap.widgets.map.hover_words import words_for_mark
from bodymap.widgets.map.marks.layer import Shift
from bodymap.widgets.map.nudging import Nudging
from bodymap.widgets.map.tools.tool import SNAP_MM, TOUCH_REACH_PX, Pointer
from bodymap.widgets.theme import Theme

CLOSED = "There is no open visit to chart in. Begin a visit, or choose one that is still open."


class ChartedCanvas(MapCanvas):
    """Follows a charting, and knows which marks are in hand.

    Signals:
        step_made: A `Step` to be done.
        selection_changed: The frozenset of `MarkId` now in hand.
        problem: Words for the person.
    """

    step_made = Signal(object)
    selection_changed = Signal(object)
    problem = Signal(str)

    def __init__(self, atlas: Atlas, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(atlas, theme, parent)
        self._charting: Charting | None = None
        self._unsubscribe: Callable[[], None] | None = None
        self._nudging = Nudging(self.show_shift, self.take, self)
        self.view_changed.connect(self._show_marks)
        self.setAccessibleName(self.tr("Body map"))

    def leave_gestures(self) -> None:
        """Finish or leave what is being done, before something else begins."""
        self._nudging.finish()

    def interrupt(self) -> None:
        """Leave what is being done, for its marks are about to change."""
        self._nudging.drop()

    # --- the visit

    @property
    def charting(self) -> Charting | None:
        """The visit at the table."""
        return self._charting

    @property
    def is_writable(self) -> bool:
        """Whether there is a visit that may be changed."""
        return self._charting is not None and self._charting.visit.is_open

    def set_charting(self, charting: Charting | None) -> None:
        """Show another visit, or none; it is followed from then on."""
        self.leave_gestures()
        if self._unsubscribe is not None:
            self._unsubscribe()
        self._charting = charting
        self._unsubscribe = charting.subscribe(self._follow) if charting else None
        self.select(frozenset())
        self._show_marks()

    def _show_marks(self) -> None:
        marks = self._charting.visit.marks if self._charting else ()
        self.marks.show(marks, self._view, self.gallery.frame(self._view).top())
        self._describe()
        self.viewport().update()

    def _follow(self, changed: Changed) -> None:
        self.interrupt()
        self.marks.apply(changed.change, self._view, self._camera)
        self.select(frozenset(i for i in self.selection if changed.after.has(i)))
        self._describe()

    def take(self, make: Callable[[Charting], Step]) -> None:
        """Finish a gesture with the step it makes; what stands in the way is told."""
        if self._charting is None or not self.is_writable:
            self.complain(self.tr(CLOSED))
            return
        try:
            step = make(self._charting)
        except BodymapError as problem:
            self.complain(str(problem))
            return
        if step.apply.is_empty:
            return
        self.step_made.emit(step)
        if step.select is not None and self._charting.visit.has(step.select):
            self.select(frozenset({step.select}))

    def complain(self, words: str) -> None:
        """Tell the person what stands in the way."""
        self.problem.emit(words)

    # --- what is in hand

    @property
    def selection(self) -> frozenset[MarkId]:
        """The marks in hand; some may lie on other views."""
        return self.marks.selection

    def select(self, mark_ids: Collection[MarkId]) -> None:
        """Take marks in hand, and no others."""
        chosen, before = frozenset(mark_ids), self.marks.selection
        if chosen == before:
            return
        self._nudging.finish()
        self.marks.select(chosen)
        self._describe()
        self.selection_changed.emit(chosen)

    def select_next(self, by: int) -> None:
        """Take the next mark on this view in hand (by = 1), or the previous one (-1)."""
        ids = list(self.marks.shown)
        if not ids:
            return
        held = [index for index, mark_id in enumerate(ids) if mark_id in self.selection]
        start = (held[-1 if by > 0 else 0] + by) if held else (0 if by > 0 else -1)
        self.select(frozenset({ids[start % len(ids)]}))

    def centre_on(self, mark_id: MarkId) -> None:
        """Show a mark in the middle, on its own view."""
        if self._charting is None or not self._charting.visit.has(mark_id):
            return
        place = self._charting.visit.mark(mark_id).place
        self.show_view(place.view)
        self.centre_at(place.u_mm, place.v_mm)

    def delete_selection(self) -> None:
        """Take the marks in hand off the map."""
        self._with_selection(lambda charting, ids: charting.remove(ids))

    def duplicate_selection(self) -> None:
        """Put copies beside the marks in hand."""
        self._with_selection(lambda charting, ids: charting.duplicate(ids))

    def mirror_selection(self) -> None:
        """Put copies on the other side of the body."""
        self._with_selection(lambda charting, ids: charting.mirror(ids))

    def nudge(self, du_mm: float, dv_mm: float) -> None:
        """Move the marks in hand a little; a run of nudges becomes one step."""
        here = frozenset(i for i in self.selection if self.marks.mark(i))
        if self.is_writable:
            self._nudging.by(here, du_mm, dv_mm)
        elif here:
            self.complain(self.tr(CLOSED))

    def finish_nudging(self) -> None:
        """Make a step of the nudges so far; to be called before an undo."""
        self._nudging.finish()

    def _with_selection(self, make: Callable[[Charting, frozenset[MarkId]], Step]) -> None:
        self._nudging.finish()
        ids = self.selection
        if ids:
            self.take(lambda charting: make(charting, ids))

    def nearest(self, pointer: Pointer) -> MarkId | None:
        """The mark a pointer means."""
        snap = SNAP_MM / 25.4 * self.physicalDpiX()
        within = TOUCH_REACH_PX if pointer.is_touch else min(max(snap, 14.0), TOUCH_REACH_PX)
        return self.marks.shown.nearest(pointer.at, self._camera, within)

    def zone_in_hand(self) -> MarkId | None:
        """The pain zone that drawing adds to: the one selected on this view."""
        if len(self.selection) != 1:
            return None
        (mark_id,) = self.selection
        return mark_id if isinstance(self.marks.mark(mark_id), PainZone) else None

    def show_shift(self, shift: Shift) -> None:
        """Show marks where a drag has taken them; nothing is stored by that."""
        self.marks.drag(shift)

    def _count(self) -> str:
        count = len(self.marks.shown)
        return self.tr("1 mark") if count == 1 else self.tr("{count} marks").format(count=count)

    def _describe(self) -> None:
        """Say in words what is shown, for those who do not see it."""
        words = [tab_name(self._view), self._count()]
        for mark_id in self.selection:
            if mark := self.marks.mark(mark_id):
                told = words_for_mark(mark)
                words.append(". ".join((f"In hand: {told.title}", *told.lines)))
        self.setAccessibleDescription(", ".join(words))
