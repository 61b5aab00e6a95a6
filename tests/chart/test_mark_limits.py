"""What a mark can't hold, each with words that say why."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bodymap.chart.marks import NeedleSize
from bodymap.chart.needling import Direction, Manipulation, Sensation, Stimulation
from bodymap.chart.pain_area import area_cm2, pain_index, percent_of_body
from bodymap.chart.palpation import MOST_KPA, PressureThreshold, PressureUnit
from bodymap.chart.photo import MOST_BYTES, Photo
from bodymap.chart.place import Polygon
from tests.builders import BEGAN, a_needle_site, a_pain_zone, a_polygon, a_trigger_point

JPEG = b"\xff\xd8\xff"
LATER = BEGAN + timedelta(minutes=10)

WRONG = [
    (a_trigger_point, {"intensity": -1}, "0 to 10"),
    (a_trigger_point, {"intensity_after": 11}, "0 to 10"),
    (a_trigger_point, {"part": "x" * 81}, "80 characters"),
    (a_needle_site, {"count": 0}, "between 1 and 50"),
    (a_needle_site, {"count": 51}, "between 1 and 50"),
    (a_needle_site, {"brand": "x" * 81}, "80 characters"),
    (a_needle_site, {"lot": "x" * 81}, "80 characters"),
    (a_needle_site, {"clock": 0, "direction": Direction.OBLIQUE}, "1 to 12"),
    (a_needle_site, {"clock": 13, "direction": Direction.OBLIQUE}, "1 to 12"),
    (a_needle_site, {"clock": 3}, "points nowhere"),
    (a_needle_site, {"twitches": -1}, "from 0"),
    (a_needle_site, {"pistoning": 5}, "only a needle that was pistoned"),
    (
        a_needle_site,
        {"pistoning": 0, "manipulations": frozenset({Manipulation.PISTONING})},
        "1 to 100",
    ),
    (
        a_needle_site,
        {"pistoning": 101, "manipulations": frozenset({Manipulation.PISTONING})},
        "1 to 100",
    ),
    (
        a_needle_site,
        {"sensations": frozenset({Sensation.NONE, Sensation.CRAMP})},
        "either nothing was felt",
    ),
    (a_needle_site, {"time_in": datetime(2026, 3, 2, 9, 0)}, "offset"),  # noqa: DTZ001 - on purpose
    (a_needle_site, {"time_out": datetime(2026, 3, 2, 9, 0)}, "offset"),  # noqa: DTZ001 - on purpose
    (a_needle_site, {"time_in": LATER, "time_out": BEGAN}, "after it went in"),
    (a_needle_site, {"time_in": BEGAN, "time_out": BEGAN + timedelta(days=2)}, "less than a day"),
    (a_needle_site, {"needle": NeedleSize(0.3, 30), "depth_mm": 31.0}, "deeper than it is long"),
    (a_pain_zone, {"intensity": 11}, "0 to 10"),
    (a_pain_zone, {"aggravated_by": "x" * 401}, "400 characters"),
    (a_pain_zone, {"eased_by": "x" * 401}, "400 characters"),
]


@pytest.mark.parametrize(
    ("make", "fields", "words"), WRONG, ids=lambda value: getattr(value, "__name__", None)
)
def test_a_mark_refuses_what_makes_no_sense(make, fields, words):
    with pytest.raises(ValueError, match=words):
        make(1, **fields)


RIGHT = [
    (a_trigger_point, {"intensity": 0, "intensity_after": 10, "part": "ü" * 80}),
    (a_needle_site, {"count": 50, "brand": "x" * 80, "lot": ""}),
    (a_needle_site, {"clock": 12, "direction": Direction.TANGENTIAL}),
    (a_needle_site, {"pistoning": 100, "manipulations": frozenset(Manipulation)}),
    (a_needle_site, {"sensations": frozenset(Sensation) - {Sensation.NONE}}),
    (a_needle_site, {"time_out": LATER}),
    (a_needle_site, {"time_in": BEGAN, "time_out": BEGAN}),
    (a_pain_zone, {"aggravated_by": "x" * 400, "eased_by": "x" * 400}),
]


@pytest.mark.parametrize(
    ("make", "fields"), RIGHT, ids=lambda value: getattr(value, "__name__", None)
)
def test_a_mark_takes_what_lies_on_the_edge(make, fields):
    mark = make(1, **fields)
    assert all(getattr(mark, name) == value for name, value in fields.items())


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("hz", 0.0),
        ("hz", 251.0),
        ("pulse_ms", 0.001),
        ("pulse_ms", 11.0),
        ("milliamperes", 0.0),
        ("milliamperes", 101.0),
        ("minutes", 0.0),
        ("minutes", 121.0),
        ("minutes", float("nan")),
        ("hz", float("inf")),
    ],
)
def test_a_setting_beyond_any_device_is_refused(setting, value):
    with pytest.raises(ValueError, match="between"):
        Stimulation(**{setting: value})


def test_stimulation_without_a_setting_is_none():
    with pytest.raises(ValueError, match="at least one"):
        Stimulation()


@pytest.mark.parametrize("kpa", [0.0, -1.0, MOST_KPA + 0.1, float("nan")])
def test_a_pressure_that_no_algometer_shows_is_refused(kpa):
    with pytest.raises(ValueError, match="pressure threshold"):
        PressureThreshold(kpa)


@pytest.mark.parametrize("value", [0.01, 0.5, 2.4, 7.25, 20.0])
def test_a_pressure_is_shown_as_it_was_read(value):
    threshold = PressureThreshold.read_as(value, PressureUnit.KGF_CM2)
    assert threshold.kpa == pytest.approx(value * 98.0665)
    assert threshold.value == value


@pytest.mark.parametrize(
    ("data", "width", "height", "words"),
    [
        (b"\x89PNG", 10, 10, "JPEG"),
        (b"", 10, 10, "JPEG"),
        (JPEG + bytes(MOST_BYTES), 10, 10, "4 MB"),
        (JPEG, 0, 10, "1600 pixels"),
        (JPEG, 10, 1601, "1600 pixels"),
    ],
)
def test_a_photo_that_is_none_or_too_large_is_refused(data, width, height, words):
    with pytest.raises(ValueError, match=words):
        Photo(data, width, height)


def test_a_needle_is_in_between_its_two_times():
    site = a_needle_site(1)
    assert not site.is_in
    assert replace(site, time_in=BEGAN).is_in
    assert not replace(site, time_in=BEGAN, time_out=LATER).is_in


# --- how large a zone is


def square(side_mm, hole_mm=0):
    ring = ((0.0, 0.0), (side_mm, 0.0), (side_mm, side_mm), (0.0, side_mm))
    hole = ((10.0, 10.0), (10.0, 10 + hole_mm), (10 + hole_mm, 10 + hole_mm), (10 + hole_mm, 10.0))
    return Polygon(a_polygon().view, ring, (hole,) if hole_mm else ())


def test_an_area_is_told_in_square_centimetres_without_its_holes():
    assert area_cm2(a_pain_zone(1, polygons=(square(100.0),))) == 100.0
    assert area_cm2(a_pain_zone(1, polygons=(square(100.0, 20.0),))) == 96.0
    assert area_cm2(a_pain_zone(1, polygons=(square(100.0), square(50.0)))) == 125.0


def test_the_share_of_the_body_is_that_of_its_outlines():
    zones = [a_pain_zone(n, polygons=(square(100.0),)) for n in (1, 2)]
    assert percent_of_body(zones, 10_000.0) == 2.0


def test_the_index_is_area_times_intensity_of_what_was_rated():
    zones = [
        a_pain_zone(1, polygons=(square(100.0),), intensity=6),
        a_pain_zone(2, polygons=(square(50.0),), intensity=2),
        a_pain_zone(3, polygons=(square(50.0),), intensity=None),
    ]
    assert pain_index(zones) == 100 * 6 + 25 * 2
    assert pain_index(zones[2:]) is None
