"""P11: a backup that is opened and counted, beside SQLite's bare copy; and putting it back.

The bare copy (`VACUUM INTO`) is what no backup can do without. What bodymap does more: the copy is
opened, every page's seal is checked, all rows are counted, its digest is taken, and all of it is
synced to the disk before it gets its name.
"""

import shutil
import sys
import tempfile
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path

from benchmarks.measure import Result, compared, in_turns, limited, report
from bodymap.atlas.ids import RegionId, Side, StructureId, ViewId
from bodymap.chart.backups import Backup, Reason
from bodymap.chart.marks import MarkId, NeedleSite
from bodymap.chart.people import Episode, EpisodeId, Patient, PatientId, User, UserId
from bodymap.chart.place import Place
from bodymap.chart.visit import Visit, VisitId
from bodymap.storage.backup import Wanted, back_up
from bodymap.storage.connections import connected
from bodymap.storage.datafile import open_data_file
from bodymap.storage.restoring import Restore, restore
from bodymap.storage.vault.envelope import Envelope
from bodymap.storage.vault.file import KEY_FILE
from bodymap.storage.vault.keys import DataKey

VISITS, NEEDLES = 400, 250
ROUNDS = 7
RESTORED_WITHIN_S = 60.0

USER = User(UserId("u"), "Noor Placeholder")
PATIENT = Patient(PatientId("p"), "P-0001", "Example", "Amara", date(1984, 3, 12))
EPISODE = Episode(EpisodeId("e"), PATIENT.id, "Right shoulder")
WHEN = datetime(2026, 3, 2, 9, 15, tzinfo=UTC)
MUSCLE = StructureId("infraspinatus")
PLACE = Place(
    ViewId.POSTERIOR,
    88.0,
    402.0,
    Side.RIGHT,
    RegionId("shoulder-blade"),
    "32 mm lateral and 12 mm below the spinous process of T5, right",
    (MUSCLE,),
)


def run() -> list[Result]:
    """Measure a clinic of 100,000 marks."""
    key = DataKey.new()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "clinic"
        data = _filled(folder, key)
        size = data.stat().st_size / 1e6
        number = count()

        def ours() -> Backup:
            shutil.rmtree(folder / "backups", ignore_errors=True)
            return back_up(data, key, Wanted(folder / "backups", Reason.ASKED, WHEN))

        def bare() -> None:
            target = Path(name) / f"bare-{next(number)}"
            with connected(data, key) as connection:
                connection.execute("VACUUM INTO ?", (str(target),))
            target.unlink()

        our_s, bare_s = in_turns(ours, bare, rounds=ROUNDS)
        backup = ours()
        (restore_s,) = in_turns(lambda: _restored(backup, key, Path(name)), rounds=3)
    what = f"{VISITS * NEEDLES:,} marks, {size:.0f} MB"
    return [
        compared("P11", f"backup with proof, {what}, s; bare VACUUM INTO", our_s, bare_s, 1.6),
        limited(
            "P11", f"putting it back on a clean computer, {what}, s", restore_s, RESTORED_WITHIN_S
        ),
    ]


def _restored(backup: Backup, key: DataKey, scratch: Path) -> None:
    there = scratch / "clean"
    shutil.rmtree(there, ignore_errors=True)
    restore(Restore(backup, there, key, USER.id, there / "backups"))


def _filled(folder: Path, key: DataKey) -> Path:
    data = open_data_file(folder, key)
    with data.open_work(USER.id) as work:
        work.people.put_user(USER)
        work.people.put_patient(PATIENT)
        work.people.put_episode(EPISODE)
        work.commit()
    for visit in range(VISITS):
        marks = tuple(
            NeedleSite(MarkId(f"{visit:0>24}/{n:0>11}"), n, PLACE, MUSCLE, depth_mm=18.0)
            for n in range(1, NEEDLES + 1)
        )
        with data.open_work(USER.id) as work:
            work.visits.add(
                Visit(VisitId(f"{visit:036}"), PATIENT.id, EPISODE.id, USER.id, WHEN, marks=marks)
            )
            work.commit()
    data.close()
    (folder / KEY_FILE).write_text(Envelope("Bench", ()).sealed(key).to_text())
    return data.path


if __name__ == "__main__":
    sys.exit(report(run()))
