"""What came after visits, asked about before it is read or written."""

from collections.abc import Sequence

from bodymap.chart.afterwards import Afterward
from bodymap.chart.permissions import Action
from bodymap.chart.visit import VisitId
from bodymap.desk.guarded_signing import Asked
from bodymap.desk.ports import Work
from bodymap.errors import DeniedError


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
            raise DeniedError("Nobody puts anything down in the name of somebody else.")
        self._require(Action.ADD_AFTERWARDS, entry.visit)
        self._work.afterwards.add(entry)

    def _require(self, action: Action, visit: VisitId) -> None:
        held = self._work.visits.get(visit)
        self._access.require(action, held.state, held.therapist)
