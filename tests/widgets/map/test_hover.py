"""The card that names what is under the pointer."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPointF, QRectF, QSizeF

from bodymap.atlas.areas import inside_point
from bodymap.atlas.ids import Dissection, LayerId, Side, ViewId
from bodymap.widgets.map.hover import card_place
from bodymap.widgets.map.hover_words import with_side, words_for_mark
from bodymap.widgets.map.tool_id import ToolId
from tests.builders import a_needle_site, a_note, a_pain_zone, a_trigger_point


@pytest.fixture
def card(qtbot, map_view, hand):
    """Hovers over a point and waits for the card's words."""

    def over(u, v):
        with qtbot.waitSignal(map_view.hovered):
            hand.hover(u, v)
        return map_view.hover_card

    return over


@pytest.fixture
def infraspinatus(atlas):
    shapes = atlas.view(ViewId.POSTERIOR).drawing.in_layer(LayerId.MUSCLES_SUPERFICIAL)
    shape = next(s for s in shapes if (s.structure, s.side) == ("infraspinatus", Side.RIGHT))
    return inside_point(shape.polygon())


def test_hovering_names_the_muscle_its_side_and_depth(card, infraspinatus):
    words = card(*infraspinatus).words
    assert words.title == "Right infraspinatus"
    assert "mm" in words.lines[0]
    assert words.lines[-1].endswith("right")


def test_on_the_skin_the_region_is_named(card, map_view, infraspinatus):
    map_view.show_dissection(Dissection.SKIN)
    words = card(*infraspinatus).words
    assert words.title.startswith("Right ")
    assert "infraspinatus" not in words.title


def test_off_the_body_nothing_is_said(card, map_view, infraspinatus):
    card(*infraspinatus)
    assert card(-320, 40).isHidden()


def test_a_mark_is_named_before_the_body(card, map_view, hand, infraspinatus):
    map_view.use_tool(ToolId.TRIGGER_POINT)
    hand.click(*infraspinatus)
    assert card(*infraspinatus).words.title == "Active trigger point 1"


def test_the_card_goes_when_the_pointer_leaves(card, map_view, hand, infraspinatus):
    shown = card(*infraspinatus)
    hand.leave()
    assert shown.isHidden()


def test_the_card_is_read_aloud(card, infraspinatus):
    assert card(*infraspinatus).accessibleName().startswith("Right infraspinatus. ")


def test_the_muscle_under_the_pointer_is_outlined(card, map_view, crisp, infraspinatus):
    crisp()
    before = map_view.viewport().grab().toImage()
    card(*infraspinatus).hide()
    assert map_view.viewport().grab().toImage() != before


@pytest.mark.parametrize("x", range(0, 901, 100))
@pytest.mark.parametrize("y", range(0, 801, 100))
def test_the_card_stays_on_the_map_and_beside_the_pointer(x, y):
    size = QSizeF(260, 70)
    place = card_place(QPointF(x, y), size, QSizeF(900, 800))
    card = QRectF(place, size)
    assert QRectF(0, 0, 900, 800).contains(card)
    assert not card.contains(QPointF(x, y))


@pytest.mark.parametrize(
    ("name", "side", "words"),
    [
        ("Infraspinatus", Side.RIGHT, "Right infraspinatus"),
        ("C7 vertebra", Side.LEFT, "Left C7 vertebra"),
        ("sternum", Side.MIDLINE, "Sternum"),
    ],
)
def test_sides_are_written_out(name, side, words):
    assert with_side(name, side) == words


def test_every_kind_of_mark_is_described():
    point = replace(a_trigger_point(), muscle=None)
    titles = [words_for_mark(mark).title for mark in (point, a_needle_site(), a_pain_zone())]
    assert titles == ["Active trigger point 1", "Needle 1", "Pain zone 1"]
    assert words_for_mark(a_note()).lines == ("Old scar, avoid",)
    assert words_for_mark(point).lines[0] == "Right"
    assert words_for_mark(a_needle_site()).lines[1] == "0.30 × 40 mm · 18 mm deep"
    assert words_for_mark(a_pain_zone()).lines == ("Presenting · 5/10",)
