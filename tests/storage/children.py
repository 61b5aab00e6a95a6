"""What the tests let other processes do: `python -m tests.storage.children WHAT FOLDER …`."""

import json
import logging
import os
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from bodymap.chart.audit import AuditAction, AuditQuestion
from bodymap.chart.backups import Reason
from bodymap.chart.change import Change
from bodymap.chart.marks import MarkId
from bodymap.chart.visit import VisitId
from bodymap.desk.csv_file import csv_text, save_csv
from bodymap.errors import BodymapError, ConflictError, StorageError
from bodymap.reports.book import write_whole
from bodymap.storage.backup import Wanted, back_up
from bodymap.storage.backup_manifest import backup_at
from bodymap.storage.datafile import DataFile
from bodymap.storage.migrate import Migrator
from bodymap.storage.restoring import Restore, restore
from bodymap.storage.swapping import finish_restore
from bodymap.storage.vault.envelope import Envelope
from bodymap.storage.vault.file import replace_file
from tests.builders import a_needle_site, a_note, a_user, an_id
from tests.storage.revisions import NEXT
from tests.vaults import KEY, a_data_file


def chart_together(folder: str, who: str, visits: str, marks: str) -> None:
    """Add so many needles to each visit, looking afresh whenever the other was quicker."""
    data = a_data_file(Path(folder))
    for number in range(1, int(visits) + 1):
        _chart_beside_another(data, VisitId(an_id(f"visit/{number}")), who, int(marks))
    data.close()


def _chart_beside_another(data: DataFile, visit: VisitId, who: str, marks: int) -> None:
    done = 0
    while done < marks:
        with data.open_work() as work:
            seen = work.visits.get(visit)
        number = 1 + max((mark.number for mark in seen.marks), default=0)
        needle = replace(a_needle_site(number), id=MarkId(an_id(f"{visit}/{who}/{done}")))
        with suppress(ConflictError), data.open_work() as work:
            work.visits.apply(visit, seen.version, Change(put=(needle,)))
            work.commit()
            done += 1


def fill_the_disk(folder: str) -> None:
    """Write until files may not grow, at 40 sizes; each time make room again and go on."""
    import resource  # noqa: PLC0415 - not on Windows

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    data = a_data_file(Path(folder))
    visit = VisitId(an_id("visit/1"))
    with data.open_work() as work:
        version = work.visits.get(visit).version
    number, refusals = 0, []

    def note_down() -> None:
        nonlocal number, version
        with data.open_work() as work:
            note = a_note(number + 1, text="x" * 3000)
            newer = work.visits.apply(visit, version, Change(put=(note,)))
            work.commit()
        number, version = number + 1, newer

    for round_ in range(40):
        log = data.path.with_name(f"{data.path.name}-wal")
        size = log.stat().st_size + 750 * round_
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
        try:
            for _ in range(200):
                note_down()
        except StorageError as problem:
            refusals.append(str(problem))
        resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
        note_down()  # there is room again
    with data.open_work() as work:
        kept = work.visits.get(visit)
    data.close()
    print(json.dumps({"acknowledged": number, "version": version, "refusals": refusals}))  # noqa: T201
    assert kept.version == version


def migrate_and_be_killed(folder: str, scripts: str, kills: str) -> None:
    """Migrate copies of FOLDER/old.sqlite in children that are killed later and later."""
    import alembic.command  # noqa: F401, PLC0415 - loaded once, before forking

    old = (Path(folder) / "old.sqlite").read_bytes()
    path = Path(folder) / "bodymap.sqlite"
    for kill in range(int(kills)):
        for left in (*path.parent.glob("bodymap.sqlite*"),):
            left.unlink()
        path.write_bytes(old)
        child = os.fork()
        if child == 0:
            Migrator(path, KEY, head=NEXT, scripts=scripts).prepare()
            os._exit(0)
        time.sleep(0.12 * kill / int(kills))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        again = Migrator(path, KEY, head=NEXT, scripts=scripts).prepare()
        print("migrated again" if again else "was migrated", flush=True)  # noqa: T201


def restore_and_be_killed(folder: str) -> None:
    """Restore FOLDER/backup over copies of FOLDER/old, killed before one more step each time.

    Each line tells what stood there after the next start: `old`, `new`, or what went wrong.
    """
    import shutil  # noqa: PLC0415 - only here

    old, work = Path(folder) / "old", Path(folder) / "work"
    for step in range(400):
        shutil.rmtree(work, ignore_errors=True)
        shutil.copytree(old, work)
        child = os.fork()
        if child == 0:
            _killed_before(step, str(work))
            restore(_a_restore(Path(folder)))
            os._exit(0)
        _, status = os.waitpid(child, 0)
        print(_what_is_there(work), flush=True)  # noqa: T201
        if status == 0:
            return


def _killed_before(step: int, within: str) -> None:
    left = [step]

    def look(event: str, arguments: tuple[object, ...]) -> None:
        if event in {"open", "os.rename", "os.remove", "os.mkdir"} and within in str(arguments):
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            left[0] -= 1

    sys.addaudithook(look)


def _a_restore(folder: Path) -> Restore:
    return Restore(
        backup=backup_at(folder / "backup"),
        folder=folder / "work",
        key=KEY,
        actor=a_user().id,
        where=folder / "work" / "backups",
    )


def _what_is_there(folder: Path) -> str:
    finish_restore(folder)
    data = a_data_file(folder)
    with data.open_work() as work:
        patients = len(work.people.patients())
        restored = work.audit.entries(AuditQuestion(action=AuditAction.RESTORED))
    data.close()
    keys = Envelope.from_text((folder / "bodymap.keys.json").read_bytes())
    keys.check_seal(KEY)
    return {(3, 0): "old", (1, 1): "new"}.get((patients, len(restored)), f"{patients} {restored}")


def do_on_a_full_disk(folder: str, first: str, what: str) -> None:
    """Try at 40 sizes that no file may grow beyond, then once more with room enough."""
    import resource  # noqa: PLC0415 - not on Windows

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    act, largest = DEEDS[what](Path(folder), Path(first))
    refusals = []
    for number in range(40):
        resource.setrlimit(resource.RLIMIT_FSIZE, (largest * number // 40, hard))
        try:
            act()
        except BodymapError as problem:
            refusals.append(str(problem))
        resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
    act()
    print(json.dumps({"refusals": refusals, "done_at_last": True}))  # noqa: T201


Deed = tuple[Callable[[], object], int]
"""What is to be done, and how large the largest file is that it writes."""


def _a_backup(folder: Path, _: Path) -> Deed:
    data = folder / "bodymap.sqlite"
    wanted = Wanted(folder / "backups", Reason.DAILY, datetime(2026, 3, 2, tzinfo=UTC))
    return lambda: back_up(data, KEY, wanted), data.stat().st_size


def _a_restore_of(folder: Path, first: Path) -> Deed:
    (made,) = first.iterdir()
    job = Restore(backup_at(made), folder, KEY, a_user().id, folder / "backups")
    return lambda: restore(job), (folder / "bodymap.sqlite").stat().st_size


def _the_keys(folder: Path, _: Path) -> Deed:
    envelope = Envelope("x" * 4000, ()).sealed(KEY).to_text().encode()
    return lambda: replace_file(folder / "bodymap.keys.json", envelope), len(envelope)


def _a_page(folder: Path, _: Path) -> Deed:
    page = b"%PDF" * 15_000
    return lambda: write_whole(page, folder.parent / "page.pdf"), len(page)


def _a_table(folder: Path, _: Path) -> Deed:
    rows = [(number, "Sample, Pat", "-=" * 20) for number in range(1500)]
    return lambda: save_csv(rows, folder.parent / "table.csv"), len(csv_text(rows))


def _the_log(folder: Path, _: Path) -> Deed:
    sys.stderr = (folder.parent / "log").open("w", encoding="utf-8", buffering=1)
    return _log_and_go_on, 40_000


DEEDS = {
    "backup": _a_backup,
    "restore": _a_restore_of,
    "keys": _the_keys,
    "page": _a_page,
    "table": _a_table,
    "log": _the_log,
}


def _log_and_go_on() -> None:
    """What cannot be logged must not keep anybody from working."""
    for number in range(12):
        logging.getLogger("bodymap").error("fault %d: %s", number, "x" * 100)


def work_where_one_may_only_read(folder: str) -> None:
    """As a user without rights: chart and back up while folder, file or both may only be read."""
    data = Path(folder) / "bodymap.sqlite"
    _note(data.parent)  # whoever is nobody may not load what these need
    for _ in range(2):
        _back_up(data)
    for one in (Path(folder), *Path(folder).rglob("*")):
        os.chown(one, _NOBODY, _NOBODY)
    os.setegid(_NOBODY)
    os.seteuid(_NOBODY)
    told: dict[str, list[str]] = {}
    for what, locked in (
        ("folder", [data.parent]),
        ("file", [data]),
        ("both", [data, data.parent]),
    ):
        before = data.read_bytes()
        for one in locked:
            one.chmod(0o500 if one.is_dir() else 0o400)
        told[what] = [_refused(lambda: _note(data.parent)), _refused(lambda: _back_up(data))]
        for one in reversed(locked):
            one.chmod(0o700)
        assert data.read_bytes() == before
    assert _refused(lambda: _note(data.parent)) == ""
    print(json.dumps(told))  # noqa: T201


def _refused(act: Callable[[], object]) -> str:
    try:
        act()
    except BodymapError as problem:
        return str(problem)
    return ""


def _note(folder: Path) -> None:
    data = a_data_file(folder)
    try:
        with data.open_work() as work:
            work.people.put_user(a_user())
            work.commit()
    finally:
        data.close()


def _back_up(data: Path) -> None:
    back_up(data, KEY, Wanted(data.parent / "b", Reason.DAILY, datetime(2026, 3, 2, tzinfo=UTC)))


_NOBODY = 65534

WHAT = {
    "work-where-one-may-only-read": work_where_one_may_only_read,
    "do-on-a-full-disk": do_on_a_full_disk,
    "restore-and-be-killed": restore_and_be_killed,
    "chart-together": chart_together,
    "fill-the-disk": fill_the_disk,
    "migrate-and-be-killed": migrate_and_be_killed,
}

if __name__ == "__main__":
    WHAT[sys.argv[1]](*sys.argv[2:])
