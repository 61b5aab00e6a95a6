"""Marks of an earlier visit taken over into the open one, as what is to be looked at again."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace

from bodymap.chart.marks import (
    Mark,
    MarkId,
    MarkKind,
    NeedleSite,
    Note,
    PainZone,
    TriggerPoint,
    kind_of,
)
from bodymap.chart.visit import Visit, VisitState
from bodymap.desk.ports import Work


def carried_forward(
    visit: Visit,
    earlier: Iterable[Mark],
    mark_ids: Collection[MarkId],
    fresh_id: Callable[[], MarkId],
) -> tuple[Visit, list[MarkId]]:
    """The visit with copies of marks charted earlier, and the copies' ids.

    Where and in what they lie is kept, and how the needle was used; what was found, felt and
    measured then is not: it has to be found again. Links among the chosen marks are kept.
    """
    chosen = [mark for mark in earlier if mark.id in set(mark_ids)]
    new_ids = {mark.id: fresh_id() for mark in chosen}
    for mark in chosen:
        copy = _relinked(_afresh(mark), mark, new_ids)
        number = visit.next_number(kind_of(mark))
        visit = visit.with_mark(replace(copy, id=new_ids[mark.id], number=number))
    return visit, list(new_ids.values())


def needle_afresh(site: NeedleSite) -> NeedleSite:
    """The needle as a plan: where and how, without what was done, felt or timed."""
    return NeedleSite(
        site.id,
        site.number,
        site.place,
        muscle=site.muscle,
        needle=site.needle,
        count=site.count,
        brand=site.brand,
        handle=site.handle,
        technique=site.technique,
        direction=site.direction,
        clock=site.clock,
    )


def used_before(work: Work, visit: Visit) -> NeedleSite | None:
    """The needle that the therapist last used on this patient in another visit, if any.

    Visits of others are not read for it.
    """
    for summary in work.visits.summaries(visit.patient):
        is_another = summary.id != visit.id and summary.state is not VisitState.VOID
        is_own = summary.therapist == visit.therapist
        if is_another and is_own and summary.counts.get(MarkKind.NEEDLE_SITE):
            return last_needle(work.visits.get(summary.id))
    return None


def last_needle(visit: Visit) -> NeedleSite | None:
    """The needle that was charted last."""
    return max(visit.needle_sites(), key=lambda site: site.number, default=None)


def like(needle: NeedleSite, used: NeedleSite) -> NeedleSite:
    """A needle of the kind that was used, in the same technique."""
    return replace(
        needle,
        needle=used.needle,
        brand=used.brand,
        handle=used.handle,
        technique=used.technique,
    )


def _afresh(mark: Mark) -> Mark:
    match mark:
        case TriggerPoint():
            return TriggerPoint(
                mark.id, mark.number, mark.place, mark.muscle, part=mark.part, status=mark.status
            )
        case NeedleSite():
            return needle_afresh(mark)
        case PainZone():
            return replace(
                mark, intensity=None, pattern=None, aggravated_by="", eased_by="", text=""
            )
        case Note():
            return replace(mark, photo=None)


def _relinked(copy: Mark, mark: Mark, new_ids: dict[MarkId, MarkId]) -> Mark:
    if isinstance(copy, NeedleSite) and isinstance(mark, NeedleSite) and mark.trigger_point:
        return replace(copy, trigger_point=new_ids.get(mark.trigger_point))
    if isinstance(copy, TriggerPoint) and isinstance(mark, TriggerPoint):
        kept = frozenset(new_ids[zone] for zone in mark.refers_to if zone in new_ids)
        return replace(copy, refers_to=kept)
    return copy
