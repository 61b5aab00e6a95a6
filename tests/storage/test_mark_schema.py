"""What the file itself refuses of the further facts of marks, whoever writes them."""

from dataclasses import replace

import pytest

from bodymap.chart.marks import NeedleSite, Note, TriggerPoint
from bodymap.chart.needling import Direction, Manipulation, Sensation
from bodymap.chart.palpation import PressureThreshold
from bodymap.chart.photo import Photo
from bodymap.chart.visit import Visit
from bodymap.errors import BodymapError
from bodymap.storage.datafile import DataFile
from tests.builders import BEGAN, a_note, a_visit

WRONG = [
    "UPDATE trigger_point SET intensity_after = 11",
    "UPDATE trigger_point SET part = hex(zeroblob(50))",
    "UPDATE trigger_point SET threshold_kpa = 0",
    "UPDATE trigger_point SET threshold_kpa = 2001",
    "UPDATE trigger_point SET threshold_unit = NULL",
    "UPDATE trigger_point SET threshold_unit = 'psi'",
    "UPDATE trigger_point SET threshold_after_kpa = 10",
    "UPDATE trigger_point SET taut_band = 2",
    "UPDATE trigger_point SET nodule = 'maybe'",
    "UPDATE trigger_point SET jump_sign = -1",
    "UPDATE trigger_point SET twitch = 7",
    "UPDATE trigger_point SET familiar_pain = 'x'",
    "UPDATE trigger_point_referral SET pain_zone_id = 'nowhere'",
    "UPDATE needle_site SET count = 0",
    "UPDATE needle_site SET count = 51",
    "UPDATE needle_site SET brand = hex(zeroblob(50))",
    "UPDATE needle_site SET lot = hex(zeroblob(50))",
    "UPDATE needle_site SET handle = 'gold'",
    "UPDATE needle_site SET clock = 13",
    "UPDATE needle_site SET direction = 'perpendicular'",
    "UPDATE needle_site SET pistoning = 0",
    "UPDATE needle_site SET bleeding = 3",
    "UPDATE needle_site SET haematoma = 'some'",
    "UPDATE needle_site SET stimulation_hz = 300",
    "UPDATE needle_site SET stimulation_pulse_ms = 0",
    "UPDATE needle_site SET stimulation_ma = 101",
    "UPDATE needle_site SET stimulation_min = 0",
    "UPDATE needle_site SET in_offset_min = NULL",
    "UPDATE needle_site SET out_utc = '1999-01-01 00:00:00', out_offset_min = 0",
    "UPDATE needle_site SET placed_by_id = 'nobody'",
    "UPDATE needle_site SET removed_by_id = 'nobody'",
    "UPDATE needle_manipulation SET manipulation = 'twisting'",
    "UPDATE needle_sensation SET sensation = 'joy'",
    "UPDATE pain_zone SET pattern = 'sometimes'",
    "UPDATE pain_zone SET aggravated_by = hex(zeroblob(300))",
    "UPDATE pain_zone SET eased_by = hex(zeroblob(300))",
    "UPDATE note_photo SET width_px = 0",
    "UPDATE note_photo SET height_px = 1601",
    "UPDATE note_photo SET data = zeroblob(4194305)",
]


def in_full(visit: Visit) -> Visit:
    """The visit with something in every column that may be empty."""
    zone = next(visit.pain_zones())
    for mark in list(visit.marks):
        match mark:
            case TriggerPoint():
                visit = visit.with_mark(
                    replace(
                        mark,
                        threshold=PressureThreshold(200.0),
                        refers_to=frozenset({zone.id}),
                    )
                )
            case NeedleSite():
                visit = visit.with_mark(
                    replace(
                        mark,
                        direction=Direction.OBLIQUE,
                        clock=2,
                        manipulations=frozenset({Manipulation.PISTONING}),
                        pistoning=3,
                        sensations=frozenset({Sensation.CRAMP}),
                        time_in=BEGAN,
                        placed_by=visit.therapist,
                    )
                )
            case Note():
                visit = visit.with_mark(replace(mark, photo=Photo(b"\xff\xd8\xff", 2, 2)))
            case _:
                pass
    return visit


@pytest.fixture
def full(clinic: DataFile) -> Visit:
    """A stored visit whose marks say all they can."""
    visit = in_full(a_visit(2, 1, 1, 0, number=9).with_mark(a_note(1, 9)))
    with clinic.open_work() as work:
        work.visits.add(visit)
        work.commit()
    return visit


@pytest.mark.parametrize("statement", WRONG)
@pytest.mark.usefixtures("full")
def test_the_file_refuses_what_no_mark_can_hold(clinic: DataFile, statement: str) -> None:
    def carry_out() -> None:
        with clinic.engine.begin() as connection:
            connection.exec_driver_sql(statement)

    with pytest.raises(BodymapError):
        carry_out()


def test_all_of_it_comes_back(clinic: DataFile, full: Visit) -> None:
    with clinic.open_work() as work:
        assert work.visits.get(full.id) == full
