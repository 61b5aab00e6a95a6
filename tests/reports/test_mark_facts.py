"""Further facts of marks in sentences: each one that was recorded, and no other."""

from datetime import timedelta

import pytest

from bodymap.chart.marks import PainPattern
from bodymap.chart.needling import (
    Direction,
    Handle,
    Manipulation,
    Sensation,
    Stimulation,
)
from bodymap.chart.palpation import PressureThreshold, PressureUnit
from bodymap.chart.people import UserId
from bodymap.reports.mark_facts import Facts, OnBody
from tests.builders import (
    BEGAN,
    a_needle_site,
    a_note,
    a_pain_zone,
    a_trigger_point,
    a_user,
    a_visit,
    an_id,
)

ZONE = a_pain_zone(1)
NOOR = UserId("noor")


def told(mark, *others):
    marks = (mark, *others)
    codes = {one.id: f"{type(one).__name__[0]}{one.number}" for one in marks}
    return Facts(marks, codes, lambda user: f"Person {user}").of(mark)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"part": "upper fibres."}, "Upper fibres."),
        ({"taut_band": True, "jump_sign": True}, "Found: taut band, jump sign."),
        ({"nodule": False}, "Not found: nodule."),
        ({"twitch": True}, "Found: twitch on palpation."),
        ({"familiar_pain": True}, "Found: familiar pain."),
        ({"intensity_after": 0}, "Pain on pressure afterwards 0/10."),
        ({"threshold": PressureThreshold(240.0)}, "Pressure threshold 240 kPa."),
        (
            {"threshold_after": PressureThreshold.read_as(3.1, PressureUnit.KGF_CM2)},
            "Pressure threshold afterwards 3.1 kg/cm² (304 kPa).",
        ),
        ({"refers_to": frozenset({ZONE.id})}, "Refers to P1."),
    ],
)
def test_a_trigger_point_tells_what_was_found(fields, sentence):
    assert told(a_trigger_point(1, **fields), ZONE) == sentence


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"count": 2}, "2 needles."),
        ({"direction": Direction.OBLIQUE, "clock": 2}, "Pointing to 2 o’clock."),
        (
            {"brand": "Seirin", "lot": "A17", "handle": Handle.PLASTIC},
            "Seirin, lot A17, plastic handle.",
        ),
        (
            {"manipulations": frozenset(Manipulation), "pistoning": 12},
            "Pistoning × 12, winding, left in place.",
        ),
        ({"manipulations": frozenset({Manipulation.PISTONING})}, "Pistoning."),
        (
            {"sensations": frozenset({Sensation.CRAMP, Sensation.DULL_ACHE})},
            "Felt: dull ache, cramp.",
        ),
        ({"sensations": frozenset({Sensation.NONE})}, "Felt: nothing."),
        ({"bleeding": True, "haematoma": False}, "Bleeding, no haematoma."),
        (
            {"stimulation": Stimulation(2.0, 0.25, 3.5, 10.0)},
            "Electrical stimulation 2 Hz, 0.25 ms, 3.5 mA, 10 min.",
        ),
        ({"time_in": BEGAN}, "In 09:15."),
        (
            {"time_in": BEGAN, "time_out": BEGAN + timedelta(minutes=12)},
            "In 09:15, out 09:27, 12 min.",
        ),
        (
            {"placed_by": NOOR, "removed_by": NOOR},
            "Placed by Person noor, removed by Person noor.",
        ),
    ],
)
def test_a_needle_tells_how_it_was_used(fields, sentence):
    assert told(a_needle_site(1, **fields)) == sentence


def test_a_zone_tells_its_course_its_origin_and_its_size():
    zone = a_pain_zone(
        2,
        intensity=5,
        pattern=PainPattern.INTERMITTENT,
        aggravated_by="reaching overhead.",
        eased_by="warmth",
    )
    point = a_trigger_point(3, refers_to=frozenset({zone.id}))
    assert told(zone, point) == (
        "Comes and goes. Worse with: reaching overhead. Better with: warmth. From T3. "
        "About 37 cm² on the model body, area × intensity 185."
    )


@pytest.mark.parametrize("mark", [a_trigger_point(1), a_needle_site(1), a_note(1)])
def test_nothing_is_said_of_what_was_not_recorded(mark):
    assert told(mark) == ""


def test_a_referral_to_a_zone_that_is_gone_is_passed_over():
    assert told(a_trigger_point(1, refers_to=frozenset({an_id("gone")}))) == ""


def test_the_printed_page_tells_them_below_the_row(printer, read_back, a_record):
    needle = a_needle_site(1, brand="Seirin", placed_by=a_user().id, text="Slow withdrawal")
    page = read_back(printer.summary(a_record(a_visit(0, 0, 0, marks=(needle,)))))
    assert page.says("Seirin. Placed by Tilda Testwell. Slow withdrawal")


def test_a_needle_of_known_depth_tells_what_it_passes_and_a_zone_its_share_of_the_body():
    site = a_needle_site(1)
    body = OnBody({site.id: ("Trapezius", "Supraspinatus")}, 20_000.0)
    facts = Facts((site, ZONE), {}, str, body)
    assert "Passes on the model body: Trapezius, Supraspinatus." in facts.of(site)
    assert "% of it)" in facts.of(ZONE)
