"""What came after visits, asked about before it is read or written."""

from collections.abc import Sequence

from bodymap.chart.afterwards import Afterward
from bodymap.chart.permissions import Action
from bodymap.chart.visit import VisitId
from bodymap.desk.auditing import this_visit
from bodymap.desk.guarded_signing import Asked
from bodymap.desk.ports import Work


class GuardedAfterwards:
    """Entries under closed visits: each in the name of who puts it down.

    Args:
        work: The transaction.
        access: Who is at the desk.
        reading: What charts are read for.
    """

    def __init__(self, work: Work, access: Asked, reading: Action) -> None:
        self._work = work
        self._access = access
        self._reading = reading

    def of(self, visit: VisitId) -> Sequence[Afterward]:
        """Every entry under a visit."""
        self._require(self._reading, visit)
        return self._work.afterwards.of(visit)

    def add(self, entry: Afterward) -> None:
        """Keep an entry."""
        if entry.by != self._access.user.id:
            words = "Nobody puts anything down in the name of somebody else."
            self._access.deny(Action.ADD_AFTERWARDS, words, this_visit(entry.visit))
        self._require(Action.ADD_AFTERWARDS, entry.visit)
        self._work.afterwards.add(entry)

    def _require(self, action: Action, visit: VisitId) -> None:
        self._access.require_for(action, self._work.visits.get(visit))
