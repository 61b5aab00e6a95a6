"""Makes the frozen file of the newest revision: `python -m tests.storage.freeze`, once each.

Such a file is never made again and never edited: it stands for the files that people have.
"""

import tempfile
from datetime import date
from pathlib import Path

from bodymap.chart.alerts import Alert, AlertKind
from bodymap.chart.contact import Contact, EmergencyContact, Identifier
from bodymap.chart.course import Course, EpisodeStatus
from bodymap.chart.visit import VisitState
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
from tests.storage.full_record import full_visit
from tests.storage.signing import sign
from tests.vaults import a_data_file

FILES = Path(__file__).parent / "files"
FULL = a_patient(
    3,
    alerts=(
        Alert(AlertKind.PREGNANCY, "twins", 2),
        Alert(AlertKind.OTHER, "carries an old splinter", came_from=a_patient(4).id),
    ),
    preferred_name="Paddy",
    contact=Contact("+41 44 000 00 00", "pat@example.org", "1 Sample Street\n8000 Nowhere"),
    identifiers=(Identifier("Insurance", "756.0000.0000.00"),),
    language="de-CH",
    emergency=EmergencyContact("Kim Sample", "sister", "044 000 00 01"),
    notes="Prefers the morning",
)
COURSE = Course(
    mechanism="Fell from a ladder",
    referral_source="Dr. Placeholder",
    goals="Sleep on the side again",
    days_between=7,
    planned_visits=6,
    reassess_on=date(2026, 4, 1),
    status=EpisodeStatus.ON_HOLD,
    icd_10="M75.1",
)
TREATED = an_episode(patient=3, course=COURSE, came_from=a_patient(4).id)
HOLE = ((110.0, 350.0), (120.5, 350.25), (115.0, 362.125))


def freeze() -> None:
    """Write the file and what must be read from it."""
    target = FILES / f"revision-{HEAD:04d}.sqlite"
    if target.exists():
        raise SystemExit(f"{target} stands for the files people have; it is not made again")
    with tempfile.TemporaryDirectory() as folder:
        data = a_data_file(Path(folder))
        with data.open_work() as work:
            work.people.put_user(a_user())
            work.people.put_patient(a_patient(1))
            work.people.put_patient(a_patient(2, family_name="Müller-田中", alerts=()))
            work.people.put_patient(a_patient(4))
            work.people.put_patient(FULL)
            work.people.put_patient(a_patient(4, merged_into=FULL.id))
            work.people.put_episode(TREATED)
            for patient in (1, 2):
                work.people.put_episode(an_episode(patient=patient))
            work.visits.add(a_visit(12, 4, 2, 1, state=VisitState.SIGNED))
            work.visits.add(a_visit(2, 1, 1, number=2))
            zone = a_pain_zone(1, 3, polygons=(a_polygon(holes=(HOLE,)), a_polygon(200.0)))
            marks = (a_trigger_point(1, 3, text="Größe 3 mm"), zone, a_note(1, 3, text=""))
            work.visits.add(a_visit(number=3, patient=2, pain_after=0, marks=marks))
            full = full_visit(5)
            work.visits.add(full)
            work.commit()
        sign(data, full)
        target.with_suffix(".json").write_text(canonical(data), "utf-8")
        data.close()
        target.write_bytes(data.path.read_bytes())


if __name__ == "__main__":
    freeze()
