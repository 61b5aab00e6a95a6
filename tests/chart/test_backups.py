"""Which backups are kept, whatever the clock does."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from bodymap.chart.audit import AuditHead
from bodymap.chart.backups import (
    DAYS,
    MONTHS,
    WEEKS,
    Backup,
    Manifest,
    Reason,
    is_due,
    newest_first,
    to_be_dropped,
)

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def a_backup(made, reason=Reason.DAILY, entries=0):
    manifest = Manifest(made, reason, "1", 6, "1", {}, AuditHead(entries), 1, "")
    return Backup(Path(f"{made:%Y%m%dT%H%M%S}-{reason}-{entries}"), manifest)


def every_day(days):
    return [a_backup(NOON + timedelta(days=day), entries=day) for day in range(days)]


def kept_of(backups):
    dropped = to_be_dropped(backups)
    return [backup for backup in backups if backup not in dropped]


def test_two_years_of_daily_backups_leave_days_weeks_and_months():
    kept = kept_of(every_day(730))
    assert DAYS + WEEKS + MONTHS - 4 <= len(kept) <= DAYS + WEEKS + MONTHS
    newest = NOON + timedelta(days=729)
    assert [newest - backup.manifest.made for backup in kept[-DAYS:]] == [
        timedelta(days=day) for day in reversed(range(DAYS))
    ]
    assert kept[0].manifest.made < newest - timedelta(days=330)


def test_thinning_each_day_keeps_as_much_as_thinning_once():
    kept = []
    for backup in every_day(730):
        kept = kept_of([*kept, backup])
    assert [backup.folder for backup in kept] == [b.folder for b in kept_of(every_day(730))]


def test_of_one_day_the_newest_stays():
    two = [a_backup(NOON + timedelta(hours=hour), entries=hour) for hour in range(2)]
    assert to_be_dropped(two) == (two[0],)


def test_what_somebody_asked_for_is_never_dropped():
    asked = [a_backup(NOON + timedelta(days=40 * n), Reason.ASKED, n) for n in range(60)]
    assert to_be_dropped(asked) == ()


def test_what_was_made_before_something_risky_stays_for_a_month():
    risky = [
        a_backup(NOON + timedelta(days=29, hours=n), Reason.BEFORE_RESTORE, n) for n in range(9)
    ]
    assert to_be_dropped(risky) == ()
    assert len(to_be_dropped([*risky, a_backup(NOON + timedelta(days=90), entries=99)])) == 8


def test_a_clock_that_jumps_ten_years_ahead_drops_nothing_of_the_last_days():
    days = every_day(DAYS)
    ahead = a_backup(NOON + timedelta(days=3653), entries=100)
    assert len(kept_of([*days, ahead])) >= DAYS


def test_the_newest_is_the_one_that_knows_most_of_the_trail():
    behind = a_backup(NOON - timedelta(days=1), entries=9)
    ahead = a_backup(NOON + timedelta(days=900), entries=3)
    assert newest_first([ahead, behind]) == (behind, ahead)


def test_a_day_needs_one_backup():
    assert is_due((), NOON.date())
    assert not is_due([a_backup(NOON)], NOON.date())
    assert is_due([a_backup(NOON)], date(2026, 3, 3))
    assert is_due([a_backup(NOON)], date(2026, 3, 1))
    assert is_due([a_backup(NOON, Reason.ASKED)], NOON.date())


@given(st.lists(st.tuples(st.integers(0, 4000), st.sampled_from(Reason)), min_size=1, max_size=60))
def test_the_newest_of_all_is_never_dropped(made):
    backups = [
        a_backup(NOON + timedelta(days=day), reason, entries)
        for entries, (day, reason) in enumerate(made)
    ]
    aging = [b for b in backups if b.manifest.reason is not Reason.ASKED]
    latest = max(aging, key=lambda b: b.manifest.made.date(), default=None)
    dropped = to_be_dropped(backups)
    assert latest is None or any(
        b not in dropped for b in aging if b.manifest.made.date() == latest.manifest.made.date()
    )
    assert len(backups) - len(dropped) >= 1
