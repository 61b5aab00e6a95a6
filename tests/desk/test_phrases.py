"""Sentences made from the marks."""

import pytest

from bodymap.atlas.ids import Side
from bodymap.chart.marks import NeedleSize, TriggerPointStatus
from bodymap.chart.needling import Technique
from bodymap.desk.phrases import phrases
from tests.builders import a_needle_site, a_place, a_trigger_point, a_visit


def test_findings_come_first_and_like_needles_share_a_line():
    visit = a_visit(3, 1, 0)
    assert phrases(visit) == (
        "Active trigger point, right infraspinatus, 6/10 on pressure.\n"
        "3 needles, right infraspinatus, 0.30 × 40 mm, deep, 6 twitches."
    )


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"twitches": None}, "1 needle, right infraspinatus, 0.30 × 40 mm, deep."),
        ({"twitches": 1}, "1 needle, right infraspinatus, 0.30 × 40 mm, deep, 1 twitch."),
        ({"twitches": 0}, "1 needle, right infraspinatus, 0.30 × 40 mm, deep, 0 twitches."),
        (
            {"technique": Technique.IMS, "needle": NeedleSize(0.25, 30), "twitches": None},
            "1 needle, right infraspinatus, 0.25 × 30 mm, IMS.",
        ),
        (
            {"muscle": None, "twitches": None, "place": a_place(side=Side.MIDLINE)},
            "1 needle, shoulder blade, 0.30 × 40 mm, deep.",
        ),
        (
            {"count": 3, "twitches": 4},
            "3 needles, right infraspinatus, 0.30 × 40 mm, deep, 4 twitches.",
        ),
    ],
)
def test_a_needle_in_words(fields, words):
    visit = a_visit(0, 0, 0).with_mark(a_needle_site(1, **fields))
    assert phrases(visit) == words


def test_a_point_that_was_not_rated():
    point = a_trigger_point(1, status=TriggerPointStatus.LATENT, intensity=None)
    visit = a_visit(0, 0, 0).with_mark(point)
    assert phrases(visit) == "Latent trigger point, right infraspinatus."


def test_nothing_charted_is_nothing_said():
    assert phrases(a_visit(0, 0, 0)) == ""
