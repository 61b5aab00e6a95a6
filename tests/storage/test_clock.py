"""Clocks are set back and forth, zones change: order is kept by numbers, and nothing breaks."""

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from random import Random

from bodymap.chart.audit import AuditAction, Entity, Subject
from bodymap.chart.backups import Reason
from bodymap.chart.change import Change
from bodymap.chart.visit import Visit
from bodymap.storage.audit import SqlAudit
from bodymap.storage.backup import Wanted, back_up
from bodymap.storage.backup_manifest import known_backups
from bodymap.storage.connections import connected
from bodymap.storage.datafile import DataFile
from bodymap.storage.verify import trail_findings
from bodymap.storage.work import SqlWork
from tests.builders import a_needle_site, a_user
from tests.torture import times
from tests.vaults import KEY

JUMPS = tuple(timedelta(**by) for by in (
    {"hours": -1}, {"days": -1}, {"days": 3652}, {"hours": 1}, {"seconds": -1}, {"days": -3652}
))  # fmt: skip
ZONES = tuple(timezone(timedelta(minutes=offset)) for offset in (0, 60, 120, -210, 345, 840))


class JumpingClock:
    """Set anew by somebody, or by summer time, before each look."""

    def __init__(self, seed: int) -> None:
        self._chance = Random(seed)  # noqa: S311 - no secret
        self._now = datetime(2026, 3, 29, 0, 59, tzinfo=UTC)

    def now(self) -> datetime:
        self._now += self._chance.choice(JUMPS)
        self._now = max(self._now, datetime(1990, 1, 1, tzinfo=UTC))
        return self._now.astimezone(self._chance.choice(ZONES))


def test_the_trail_keeps_its_order_whatever_the_clock_says(clinic: DataFile, visit: Visit) -> None:
    clock = JumpingClock(1)
    version = visit.version
    for number in range(times(200, 2000)):
        with SqlWork(clinic.engine, a_user().id, clock.now) as work:
            needle = a_needle_site(100 + number % 20, depth_mm=1.0 + number % 20)
            version = work.visits.apply(visit.id, version, Change(put=(needle,)))
            work.commit()
    with clinic.open_work() as work:
        assert isinstance(work.audit, SqlAudit)
        numbers = [entry.number for entry in work.audit.entries()]
        assert work.visits.get(visit.id).version == version
    assert numbers == list(range(len(numbers), 0, -1))
    with connected(clinic.path, KEY) as connection:
        assert trail_findings(connection) == ()


def test_times_are_kept_in_utc_with_the_offset_of_the_day(clinic: DataFile) -> None:
    here = timezone(timedelta(hours=2))
    at = datetime(2026, 10, 25, 2, 30, tzinfo=here)  # an hour that comes twice
    with SqlWork(clinic.engine, a_user().id, lambda: at) as work:
        work.audit.note(AuditAction.VERIFIED, Subject(Entity.CLINIC))
        work.commit()
    with clinic.open_work() as work:
        assert isinstance(work.audit, SqlAudit)
        entry = work.audit.entries()[0]
    assert entry.event.at == at
    assert entry.event.at.utcoffset() == timedelta(hours=2)


def test_the_newest_backup_is_the_newest_whatever_the_clock_said(
    clinic: DataFile, visit: Visit, tmp_path: Path
) -> None:
    clock, made = JumpingClock(2), []
    for number in range(12):
        with clinic.open_work() as work:
            change = Change(put=(a_needle_site(50 + number),))
            work.visits.apply(visit.id, visit.version + number, change)
            work.commit()
        wanted = Wanted(tmp_path / "kept", Reason.DAILY, clock.now().astimezone(UTC))
        made.append(back_up(clinic.path, KEY, wanted))
    kept = known_backups(tmp_path / "kept")
    counts = [backup.manifest.trail.count for backup in kept]
    assert counts == sorted(counts, reverse=True)
    assert len(kept) >= min(7, len({backup.manifest.made.date() for backup in made}))
