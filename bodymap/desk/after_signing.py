"""What becomes known after a visit is closed: read, added, corrected; never changed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import uuid4

from bodymap.chart.adverse_events import AdverseEvent
from bodymap.chart.afterwards import Afterward, AfterwardId, Retraction, Told
from bodymap.chart.follow_up import FollowUp
from bodymap.chart.permissions import Action
from bodymap.chart.visit import Visit, VisitId, VisitState
from bodymap.desk.access import Access
from bodymap.desk.entry import InvalidEntryError
from bodymap.desk.ports import Clock, ConflictError, OpenWork
from bodymap.desk.retrying import tried_twice

_CLOSED = frozenset({VisitState.SUBMITTED, VisitState.SIGNED})


@dataclass(frozen=True, slots=True)
class Heard:
    """One entry as it is shown.

    Attributes:
        by: Who put it down, by name.
        corrected: Whether a later entry stands in its place.
    """

    entry: Afterward
    by: str
    corrected: bool


@dataclass(frozen=True, slots=True)
class AfterVisit:
    """All that came after one visit.

    Attributes:
        entries: In the order they were made, corrected ones too.
        may_add: Whether the one at the desk may add to them now.
    """

    entries: tuple[Heard, ...] = ()
    may_add: bool = False

    @property
    def events(self) -> tuple[AdverseEvent, ...]:
        """Adverse events among the entries that count."""
        return tuple(told for told in self._standing() if isinstance(told, AdverseEvent))

    @property
    def follow_ups(self) -> tuple[FollowUp, ...]:
        """What was heard of the patient, among the entries that count."""
        return tuple(told for told in self._standing() if isinstance(told, FollowUp))

    def _standing(self) -> tuple[Told, ...]:
        return tuple(heard.entry.told for heard in self.entries if not heard.corrected)


class AfterSigning:
    """Keeps what becomes known later under the visit that it came of.

    Args:
        open_work: The store.
        clock: The time.
        access: Who is at the desk; without it, entries are made by who charted the visit.
        new_id: Makes ids.
    """

    def __init__(
        self,
        open_work: OpenWork,
        clock: Clock,
        access: Access | None = None,
        new_id: Callable[[], str] = lambda: str(uuid4()),
    ) -> None:
        self._open_work = open_work
        self._clock = clock
        self._access = access
        self._new_id = new_id

    def of(self, visit: VisitId) -> AfterVisit:
        """What came after a visit; it is shown with the chart, whose opening is put down.

        Raises:
            NotFoundError: No such visit.
        """
        with self._open_work() as work:
            entries = work.afterwards.of(visit)
            names = {user.id: user.name for user in work.people.users()} if entries else {}
            can_add = self._may_add(work.visits.get(visit))
        corrected = {entry.corrects for entry in entries}
        heard = (
            Heard(
                entry, names.get(entry.by, "someone who is no longer known"), entry.id in corrected
            )
            for entry in entries
        )
        return AfterVisit(tuple(heard), can_add)

    def add(self, visit: VisitId, told: Told, corrects: AfterwardId | None = None) -> Afterward:
        """Put down what became known; it stays as it is from then on.

        Args:
            visit: The visit that it came of.
            told: What became known.
            corrects: An earlier entry that this one stands in the place of.

        Raises:
            NotFoundError: No such visit.
            InvalidEntryError: The visit is not closed, the day lies before it or has not come
                yet, or there is no such entry to correct.
            ConflictError: Somebody else corrected that entry meanwhile.
            DeniedError: They may not.
        """
        return tried_twice(lambda: self._added(visit, told, corrects))

    def _added(self, visit: VisitId, told: Told, corrects: AfterwardId | None) -> Afterward:
        now = self._clock.now()
        with self._open_work() as work:
            held = work.visits.get(visit)
            if held.state not in _CLOSED:
                raise InvalidEntryError(_OPEN if held.is_open else _VOID)
            if isinstance(told, FollowUp) and not held.began.date() <= told.on <= now.date():
                raise InvalidEntryError("The day has to lie between the visit and today.")
            _check_corrected(work.afterwards.of(visit), told, corrects)
            by = held.therapist if self._access is None else self._access.user.id
            entry = Afterward(AfterwardId(self._new_id()), visit, by, now, told, corrects)
            work.afterwards.add(entry)
            work.commit()
        return entry

    def _may_add(self, held: Visit) -> bool:
        if self._access is None:
            return held.state in _CLOSED
        return self._access.may(Action.ADD_AFTERWARDS, held.state, held.therapist)


_OPEN = "The visit is still open: put it down in the visit itself."
_VOID = "The visit is void; nothing is added to it."


def _check_corrected(
    entries: Sequence[Afterward], told: Told, corrects: AfterwardId | None
) -> None:
    if corrects is None:
        return
    if any(entry.corrects == corrects for entry in entries):
        raise ConflictError("This entry was corrected already. Open the visit again to see it.")
    earlier = next((entry for entry in entries if entry.id == corrects), None)
    if earlier is None or isinstance(earlier.told, Retraction):
        raise InvalidEntryError("There is no such entry to correct.")
    if not isinstance(told, Retraction | type(earlier.told)):
        raise InvalidEntryError("An entry is corrected by one of its own kind.")
