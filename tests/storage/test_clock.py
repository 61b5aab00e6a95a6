"""Clocks are set back and forth, zones change: order is kept by numbers, and nothing breaks."""

import json
import sys
import time
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

import pytest

from bodymap.chart.audit import (
    AuditAction,
    AuditHead,
    AuditQuestion,
    Entity,
    FindingKind,
    Subject,
)
from bodymap.chart.backups import Reason
from bodymap.chart.change import Change
from bodymap.chart.visit import Visit
from bodymap.desk.audit_words import line_of
from bodymap.storage.audit import SqlAudit
from bodymap.storage.backup import Wanted, back_up
from bodymap.storage.backup_manifest import known_backups
from bodymap.storage.clock import TOLERATED, ClockWatch, steady_seconds
from bodymap.storage.connections import connected
from bodymap.storage.datafile import DataFile
from bodymap.storage.verify import trail_findings, verify
from bodymap.storage.work import SqlWork
from tests.builders import a_needle_site, a_user, a_visit
from tests.storage.signing import sign
from tests.torture import times
from tests.vaults import KEY, a_data_file

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


# --- the trail says that the clock was set


class Computer:
    """A computer whose clock on the wall is set by hand; the other clock goes on by itself."""

    def __init__(self, began: datetime) -> None:
        self.wall, self.steady = began, 5000.0
        self.zone: tzinfo = UTC

    def now(self) -> datetime:
        return self.wall.astimezone(self.zone)

    def pass_by(self, time: timedelta) -> None:
        self.wall += time
        self.steady += time.total_seconds()

    def watch(self) -> ClockWatch:
        """A program that is started now."""
        return ClockWatch(self.now, lambda: self.steady)


HOUR, DAY, DECADE = timedelta(hours=1), timedelta(days=1), timedelta(days=3653)
SETTINGS = {
    "an hour back": -HOUR,
    "a day back": -DAY,
    "ten years on": DECADE,
    "ten years back": -DECADE,
    "an hour on": HOUR,
    "a minute back": timedelta(minutes=-1),
    "not at all": timedelta(),
}
NEW_YORK, BERLIN = ZoneInfo("America/New_York"), ZoneInfo("Europe/Berlin")


class Sequence:
    """One morning with a clock that is set now and then, and a program that is started anew."""

    def __init__(self, clinic: DataFile, seed: int) -> None:
        self.clinic, self.chance = clinic, Random(seed)  # noqa: S311 - no secret
        last = self.last_time()
        self.computer = Computer(max(last, datetime(2026, 3, 29, 0, 58, tzinfo=UTC)) + HOUR)
        self.watch = self.computer.watch()
        self.expected: list[int] = []

    def last_time(self) -> datetime:
        with self.clinic.open_work() as work:
            assert isinstance(work.audit, SqlAudit)
            (last,) = work.audit.entries(AuditQuestion(most=1))
        return last.event.at

    def go_on(self) -> None:
        computer, by = self.computer, self.chance.choice(tuple(SETTINGS.values()))
        computer.pass_by(timedelta(seconds=self.chance.choice((1, 90, 3600, 8 * 3600))))
        before = computer.wall
        computer.wall += by
        computer.zone = self.chance.choice((UTC, NEW_YORK, BERLIN))
        if self.chance.random() < 0.3:  # started anew: only a time before the last entry shows
            self.watch = computer.watch()
            by = min(computer.wall - self.last_time(), timedelta())
        if abs(by) > TOLERATED:
            self.expected.append(round(by.total_seconds()))
        assert computer.wall - before in SETTINGS.values()

    def write(self) -> None:
        with SqlWork(self.clinic.engine, a_user().id, self.computer.now, self.watch) as work:
            work.audit.note(AuditAction.VERIFIED, Subject(Entity.CLINIC))
            if self.chance.random() < 0.8:
                work.commit()  # else nothing of it stays, and the jump is put down next time
                return
        with SqlWork(self.clinic.engine, a_user().id, self.computer.now, self.watch) as work:
            work.audit.note(AuditAction.VERIFIED, Subject(Entity.CLINIC))
            work.commit()


def told_jumps(clinic: DataFile, since: int) -> list[int]:
    with clinic.open_work() as work:
        assert isinstance(work.audit, SqlAudit)
        entries = work.audit.entries(AuditQuestion(action=AuditAction.CLOCK_SET))
    told = [json.loads(entry.event.new)["by_s"] for entry in reversed(entries)]
    return told[since:]


def test_in_200_sequences_each_jump_is_put_down_and_nothing_else(clinic: DataFile) -> None:
    in_all = 0
    for seed in range(times(200, 2000)):
        sequence = Sequence(clinic, seed)
        sequence.write()
        for _ in range(3):
            sequence.go_on()
            sequence.write()
        assert told_jumps(clinic, in_all) == sequence.expected, seed
        in_all += len(sequence.expected)
    assert in_all > 100
    with clinic.open_work() as work:
        assert isinstance(work.audit, SqlAudit)
        entries = work.audit.entries()
    assert [entry.number for entry in entries] == list(range(len(entries), 0, -1))
    with connected(clinic.path, KEY) as connection:
        assert trail_findings(connection) == ()
        kept = connection.execute("SELECT at_utc FROM audit").fetchall()
    assert all(text.endswith("Z") for (text,) in kept)


# Years that no computer shows yet: a clinic of the tests is begun by the true clock.


def of_the_clock(clinic: DataFile, computer: Computer, by: timedelta) -> str:
    """What the trail says in words after the clock was set."""
    watch = computer.watch()
    for step in (timedelta(), by):
        computer.wall += step
        with SqlWork(clinic.engine, a_user().id, computer.now, watch) as work:
            work.audit.note(AuditAction.VERIFIED, Subject(Entity.CLINIC))
            work.commit()
    with clinic.open_work() as work:
        assert isinstance(work.audit, SqlAudit)
        entries = work.audit.entries(AuditQuestion(action=AuditAction.CLOCK_SET, most=1))
    return line_of(entries[0], {}, {}).change if entries else ""


@pytest.mark.parametrize(
    ("by", "words"),
    [
        (-HOUR, "It went back by 1 hour: 2067-06-01 12:00 → 2067-06-01 11:00"),
        (-DAY, "It went back by 1 day: 2067-06-01 12:00 → 2067-05-31 12:00"),
        (DECADE, "It jumped ahead by 10 years: 2067-06-01 12:00 → 2077-06-01 12:00"),
        (timedelta(minutes=45), "It jumped ahead by 45 minutes: 2067-06-01 12:00"),
        (timedelta(seconds=100), ""),
    ],
)
def test_a_clock_that_was_set_is_told_in_words(clinic: DataFile, by: timedelta, words: str) -> None:
    computer = Computer(datetime(2067, 6, 1, 10, tzinfo=UTC))
    computer.zone = BERLIN
    told = of_the_clock(clinic, computer, by)
    assert told.startswith(words) if words else not told


@pytest.mark.parametrize("zone", [BERLIN, NEW_YORK])
def test_summer_time_and_a_journey_are_no_jump(clinic: DataFile, zone: ZoneInfo) -> None:
    computer = Computer(datetime(2067, 10, 30, 0, 0, tzinfo=UTC))
    watch = computer.watch()
    for turn in range(20):
        computer.pass_by(timedelta(minutes=30))
        computer.zone = zone if turn % 2 else UTC
        with SqlWork(clinic.engine, a_user().id, computer.now, watch) as work:
            work.audit.note(AuditAction.VERIFIED, Subject(Entity.CLINIC))
            work.commit()
    assert told_jumps(clinic, 0) == []


def test_the_clock_that_nobody_can_set_goes_on_while_the_computer_sleeps() -> None:
    if sys.platform == "linux":
        before = time.clock_gettime(time.CLOCK_BOOTTIME)
        assert before <= steady_seconds() <= time.clock_gettime(time.CLOCK_BOOTTIME)
    awake = time.monotonic()
    assert steady_seconds() >= awake


def test_the_program_itself_watches_the_clock(clinic: DataFile) -> None:
    """Entries of ten years hence, as when the clock was ahead and has been put right."""
    hence = datetime.now(UTC) + DECADE
    with SqlWork(clinic.engine, a_user().id, lambda: hence) as work:
        work.audit.note(AuditAction.VERIFIED, Subject(Entity.CLINIC))
        work.commit()
    again = a_data_file(clinic.path.parent)
    for _ in range(2):
        with again.open_work(a_user().id) as work:
            work.audit.note(AuditAction.VERIFIED, Subject(Entity.CLINIC))
            work.commit()
    again.close()
    (by,) = told_jumps(clinic, 0)
    assert abs(by + DECADE.total_seconds()) < 60


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


def test_a_signature_from_before_the_visit_by_the_clock_is_remarked_on(clinic: DataFile) -> None:
    visit = a_visit(2, 1, 0, number=7)
    with clinic.open_work() as work:
        work.visits.add(visit)
        work.commit()
    sign(clinic, visit, signed_at=visit.began - HOUR)
    (found,) = verify(clinic.engine, AuditHead())
    assert (found.kind, found.where) == (FindingKind.CLOCK, f"visit {visit.id}")
    assert "before the visit began" in found.what
    assert found.is_remark
