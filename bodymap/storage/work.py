"""The unit of work: one transaction on the data file."""

from collections.abc import Callable
from datetime import datetime
from types import TracebackType
from typing import Self

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from bodymap.chart.people import UserId
from bodymap.storage.afterwards import SqlAfterwards
from bodymap.storage.audit import SqlAudit
from bodymap.storage.clinic_choices import SqlClinicChoices
from bodymap.storage.clock import ClockWatch
from bodymap.storage.people import SqlPeople
from bodymap.storage.reviews import SqlReviews
from bodymap.storage.signatures import SqlSignatures
from bodymap.storage.visits import SqlVisits


def _now() -> datetime:
    return datetime.now().astimezone()


class SqlWork:
    """The desk's `Work` on SQLAlchemy: everything in it is stored by `commit`, or nothing is.

    It begins with the first question or the first write. One that writes first holds the
    write lock from then on; one that reads first sees the data of that moment and is refused
    (`ConflictError`) if it writes after somebody else has.

    Every write puts an entry into the audit trail, in the same transaction.

    Args:
        engine: The data file.
        actor: Who is signed in, for the trail.
        now: The time with the local offset, for the trail.
        watch: Notices that the clock was set, for the trail.
    """

    def __init__(
        self,
        engine: Engine,
        actor: UserId | None = None,
        now: Callable[[], datetime] = _now,
        watch: ClockWatch | None = None,
    ) -> None:
        self._session = Session(
            engine,
            autoflush=False,
            expire_on_commit=False,
            execution_options={"populate_existing": True},  # writes go round the session's rows
        )
        self.audit = SqlAudit(self._session, actor, now, watch)
        self.people = SqlPeople(self._session, self.audit)
        self.visits = SqlVisits(self._session, self.audit)
        self.signatures = SqlSignatures(self._session, self.audit)
        self.reviews = SqlReviews(self._session, self.audit)
        self.afterwards = SqlAfterwards(self._session, self.audit)
        self.choices = SqlClinicChoices(self._session, self.audit)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._session.close()

    def commit(self) -> None:
        """Make it durable; when this returns, it survives a power cut."""
        self._session.commit()
        self.audit.settle_clock()
