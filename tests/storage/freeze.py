"""Makes the frozen file of the newest revision: `python -m tests.storage.freeze`, once each.

Such a file is never made again and never edited: it stands for the files that people have.
"""

import tempfile
from pathlib import Path

from bodymap.chart.visit import VisitState
from bodymap.storage.datafile import open_data_file
from bodymap.storage.migrate import HEAD
from tests.builders import (
    a_note,
    a_pain_zone,
    a_patient,
    a_polygon,
    a_trigger_point,
    a_user,
    a_visit,
    an_episode,
)
from tests.storage.canonical import canonical

FILES = Path(__file__).parent / "files"
HOLE = ((110.0, 350.0), (120.5, 350.25), (115.0, 362.125))


def freeze() -> None:
    """Write the file and what must be read from it."""
    target = FILES / f"revision-{HEAD:04d}.sqlite"
    if target.exists():
        raise SystemExit(f"{target} stands for the files people have; it is not made again")
    with tempfile.TemporaryDirectory() as folder:
        data = open_data_file(Path(folder))
        with data.open_work() as work:
            work.people.put_user(a_user())
            work.people.put_patient(a_patient(1))
            work.people.put_patient(a_patient(2, family_name="Müller-田中", alerts=()))
            for patient in (1, 2):
                work.people.put_episode(an_episode(patient=patient))
            work.visits.add(a_visit(12, 4, 2, 1, state=VisitState.SIGNED))
            work.visits.add(a_visit(2, 1, 1, number=2))
            zone = a_pain_zone(1, 3, polygons=(a_polygon(holes=(HOLE,)), a_polygon(200.0)))
            marks = (a_trigger_point(1, 3, text="Größe 3 mm"), zone, a_note(1, 3, text=""))
            work.visits.add(a_visit(number=3, patient=2, pain_after=0, marks=marks))
            work.commit()
        target.with_suffix(".json").write_text(canonical(data), "utf-8")
        data.close()
        target.write_bytes(data.path.read_bytes())


if __name__ == "__main__":
    freeze()
