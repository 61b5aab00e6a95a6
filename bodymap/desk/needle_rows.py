"""A course of needles in a row, such as along the paraspinal muscles."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from bodymap.atlas.hit import Atlas
from bodymap.chart.marks import MarkId, MarkKind, NeedleSite
from bodymap.chart.place import Place
from bodymap.chart.visit import Visit
from bodymap.desk.carrying import needle_afresh
from bodymap.desk.moving import linked, set_at
from bodymap.errors import BodymapError

MOST_BETWEEN = 20


class NoRowError(BodymapError):
    """There is no row between these two."""


def with_row(
    atlas: Atlas,
    visit: Visit,
    ends: tuple[MarkId, MarkId],
    count: int,
    fresh_id: Callable[[], MarkId],
) -> Visit:
    """The visit with more needles like the first of two, evenly on the line to the other.

    Raises:
        NoRowError: The two are not needles of one view, or the count is none of a row.
        OffTheBodyError: The line leaves the body.
    """
    first, last = _ends(visit, ends)
    if not 1 <= count <= MOST_BETWEEN:
        raise NoRowError(f"A row has between 1 and {MOST_BETWEEN} needles between its ends.")
    for u_mm, v_mm in _evenly(first.place, last.place, count):
        number = visit.next_number(MarkKind.NEEDLE_SITE)
        fresh = replace(needle_afresh(first), id=fresh_id(), number=number)
        placed = set_at(atlas, fresh, first.place.view, u_mm, v_mm)
        visit = visit.with_mark(linked(placed, visit) if isinstance(placed, NeedleSite) else placed)
    return visit


def _ends(visit: Visit, ends: tuple[MarkId, MarkId]) -> tuple[NeedleSite, NeedleSite]:
    match visit.mark(ends[0]), visit.mark(ends[1]):
        case NeedleSite() as first, NeedleSite() as last if first.place.view == last.place.view:
            return first, last
        case _:
            raise NoRowError("A row lies between two needles of one view. Choose those two.")


def _evenly(first: Place, last: Place, count: int) -> Iterator[tuple[float, float]]:
    for index in range(1, count + 1):
        share = index / (count + 1)
        yield (
            first.u_mm + share * (last.u_mm - first.u_mm),
            first.v_mm + share * (last.v_mm - first.v_mm),
        )
