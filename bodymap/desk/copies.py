"""Copies of marks: beside the original, or on the other side of the body."""

from collections.abc import Callable, Collection
from dataclasses import replace

from bodymap.atlas.hit import Atlas
from bodymap.chart.marks import Mark, MarkId, NeedleSite, TriggerPoint, kind_of
from bodymap.chart.visit import Visit
from bodymap.desk.moving import linked, mirrored, moved
from bodymap.desk.placing import OffTheBodyError

_BESIDE_MM = ((12.0, 12.0), (-12.0, 12.0), (12.0, -12.0), (-12.0, -12.0), (0.0, 0.0))
"""Where a duplicate may go, tried in order until one lies on the body."""


class Copies:
    """Makes copies with new ids and numbers; links within the copied marks are kept."""

    def __init__(self, atlas: Atlas, fresh_id: Callable[[], MarkId]) -> None:
        self._atlas = atlas
        self._fresh_id = fresh_id

    def beside(self, visit: Visit, mark_ids: Collection[MarkId]) -> tuple[Visit, list[MarkId]]:
        """The visit with copies a little beside the originals, and the copies' ids."""
        return self._copied(visit, mark_ids, self._beside)

    def across(self, visit: Visit, mark_ids: Collection[MarkId]) -> tuple[Visit, list[MarkId]]:
        """The visit with copies on the other side of the body, and the copies' ids."""
        return self._copied(visit, mark_ids, self._across)

    def _copied(
        self, visit: Visit, mark_ids: Collection[MarkId], placed: Callable[[Mark], Mark]
    ) -> tuple[Visit, list[MarkId]]:
        originals = [mark for mark in visit.marks if mark.id in set(mark_ids)]
        new_ids = {mark.id: self._fresh_id() for mark in originals}
        for mark in originals:
            number = visit.next_number(kind_of(mark))
            copy = replace(_untimed(placed(mark)), id=new_ids[mark.id], number=number)
            visit = visit.with_mark(_relinked(copy, visit, new_ids))
        return visit, list(new_ids.values())

    def _beside(self, mark: Mark) -> Mark:
        for du, dv in _BESIDE_MM:
            try:
                return moved(self._atlas, mark, du, dv)
            except OffTheBodyError:
                continue
        return mark

    def _across(self, mark: Mark) -> Mark:
        return mirrored(self._atlas, mark)


def _untimed(mark: Mark) -> Mark:
    """A copied needle has not been in yet."""
    if not isinstance(mark, NeedleSite):
        return mark
    return replace(mark, time_in=None, time_out=None, placed_by=None, removed_by=None)


def _relinked(mark: Mark, visit: Visit, new_ids: dict[MarkId, MarkId]) -> Mark:
    if isinstance(mark, TriggerPoint):
        kept = frozenset(new_ids[zone] for zone in mark.refers_to if zone in new_ids)
        return replace(mark, refers_to=kept)
    if not isinstance(mark, NeedleSite):
        return mark
    if mark.trigger_point in new_ids:
        return replace(mark, trigger_point=new_ids[mark.trigger_point])
    return linked(mark, visit)
