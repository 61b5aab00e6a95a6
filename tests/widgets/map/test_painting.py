"""What is to be seen: marks in their colours where they were put, the body behind them."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QImage

from bodymap.atlas.ids import Dissection, LayerId, RegionId, Side, ViewId
from bodymap.chart.marks import MarkId, PainKind, TriggerPoint, TriggerPointStatus
from bodymap.chart.place import Place
from bodymap.widgets.map.marks.layer import MANY
from bodymap.widgets.map.sides import side_words
from bodymap.widgets.map.tool_id import ToolId
from bodymap.widgets.theme import Theme
from tests.builders import a_place

BESIDE_PX = 6
"""From a trigger point's centre, past its number, on its disc."""


def far(one, other):
    return max(abs(a - b) for a, b in zip(one.getRgb(), other.getRgb(), strict=True))


@pytest.fixture
def put(map_view, hand):
    def mark(tool, u, v):
        map_view.use_tool(tool)
        hand.click(u, v)
        map_view.select(())
        map_view.use_tool(ToolId.SELECT)

    return mark


def test_a_trigger_point_is_a_red_disc_where_it_was_clicked(put, colour_at, theme):
    put(ToolId.TRIGGER_POINT, 60, 350)
    assert colour_at(60, 350, dx=BESIDE_PX) == theme.colour("trigger-point")


def test_a_latent_trigger_point_is_an_open_ring(put, charting, colour_at, theme):
    put(ToolId.TRIGGER_POINT, 60, 350)
    (point,) = charting.visit.trigger_points()
    charting.do(charting.edit(replace(point, status=TriggerPointStatus.LATENT)))
    assert colour_at(60, 350, dx=BESIDE_PX) == theme.colour("trigger-point-ground")
    assert far(colour_at(60, 350, dx=12), theme.colour("trigger-point")) < 40


def test_a_needle_is_a_blue_pin_with_its_badge_up_to_the_right(put, map_view, colour_at, theme):
    put(ToolId.NEEDLE_SITE, 60, 350)
    (needle,) = map_view.marks.shown
    x, y = map_view.marks.shown.get(needle).way
    assert colour_at(60, 350) == theme.colour("needle")
    assert colour_at(60, 350, round(x) - 7, round(y)) == theme.colour("needle")
    assert x > 0 > y


def test_a_needle_sits_in_its_trigger_point(put, colour_at, theme):
    put(ToolId.TRIGGER_POINT, 60, 350)
    put(ToolId.NEEDLE_SITE, 64, 352)
    assert colour_at(60, 350) == theme.colour("needle")
    assert colour_at(60, 350, dx=-7) == theme.colour("trigger-point")


def test_a_note_is_a_violet_flag(put, colour_at, theme):
    put(ToolId.NOTE, 60, 350)
    assert colour_at(60, 350, dx=2, dy=-22) == theme.colour("note")


def test_a_zone_is_hatched_in_its_colour(map_view, hand, charting, theme):
    map_view.use_tool(ToolId.PAIN_BRUSH)
    map_view.brush_radius_mm = 40
    hand.drag((60, 340), (62, 380))
    hand.leave()
    map_view.select(())
    at = map_view.mm_to_view(60, 360).toPoint()
    part = map_view.viewport().grab().toImage().copy(at.x() - 8, at.y() - 8, 16, 16)
    colours = [part.pixelColor(x, y) for x in range(16) for y in range(16)]
    ink = theme.colour("pain-hatch")
    assert min(far(colour, ink) for colour in colours) < 30
    assert max(far(colour, ink) for colour in colours) > 60


def test_each_kind_of_pain_has_a_hatch_of_its_own(map_view, hand, charting):
    map_view.use_tool(ToolId.PAIN_BRUSH)
    map_view.brush_radius_mm = 40
    hand.drag((60, 340), (62, 380))
    hand.leave()
    (zone,) = charting.visit.pain_zones()
    pictures = []
    for kind in PainKind:
        charting.do(charting.edit(replace(zone, kind=kind)))
        pictures.append(map_view.viewport().grab().toImage())
    assert all(one != other for i, one in enumerate(pictures) for other in pictures[:i])


def test_what_is_in_hand_wears_a_halo(put, map_view, colour_at, theme):
    put(ToolId.TRIGGER_POINT, 60, 350)
    before = colour_at(60, 350, dx=17)
    map_view.select_next(1)
    assert colour_at(60, 350, dx=17) != before
    assert far(colour_at(60, 350, dx=17), theme.colour("selection")) < 60


def test_marks_keep_their_size_when_zooming(put, map_view, charting, colour_at, theme):
    put(ToolId.TRIGGER_POINT, 60, 350)
    place = charting.visit.marks[0].place
    at = (place.u_mm, place.v_mm)
    map_view.zoom_to(5.0, map_view.mm_to_view(*at))
    assert colour_at(*at, dx=BESIDE_PX) == theme.colour("trigger-point")
    assert colour_at(*at, dx=25) != theme.colour("trigger-point")


def test_a_deleted_mark_is_gone_from_the_picture(put, map_view, crisp, colour_at, theme):
    crisp()
    bare = colour_at(60, 350, dx=BESIDE_PX)
    put(ToolId.TRIGGER_POINT, 60, 350)
    map_view.select_next(1)
    map_view.delete_selection()
    assert colour_at(60, 350, dx=BESIDE_PX) == bare


def test_only_the_touched_part_is_painted_again(qtbot, map_view, hand, crisp):
    map_view.use_tool(ToolId.TRIGGER_POINT)
    qtbot.wait(30)  # whatever asks to be painted has asked for it
    crisp()  # and is painted, at once
    painted = []
    original = map_view.paintEvent

    def watch(event):
        painted.append(event.region().boundingRect())
        original(event)

    map_view.paintEvent = watch
    hand.click(60, 350)
    qtbot.waitUntil(lambda: bool(painted))
    assert all(area.width() < 120 and area.height() < 120 for area in painted)


def many_points(count):
    places = [a_place(-120.0 + 8 * (i % 30), 300.0 + 8 * (i // 30)) for i in range(count)]
    return [
        TriggerPoint(MarkId(str(i)), i + 1, place, status=TriggerPointStatus.ACTIVE)
        for i, place in enumerate(places)
    ]


def test_many_marks_look_like_few(map_view, crisp, colour_at, theme):
    points = many_points(MANY + 30)
    map_view.zoom_to(3.0, map_view.mm_to_view(0, 340))
    map_view.marks.show(points[:40], ViewId.POSTERIOR)
    crisp()
    few = colour_at(-120, 300, dx=BESIDE_PX)
    map_view.marks.show(points, ViewId.POSTERIOR)
    crisp()
    assert colour_at(-120, 300, dx=BESIDE_PX) == few == theme.colour("trigger-point")


def test_one_of_many_marks_can_be_taken_in_hand_and_dragged(
    map_view, crisp, hand, colour_at, theme
):
    points = many_points(MANY + 30)
    map_view.zoom_to(3.0)
    map_view.centre_at(0, 300)
    map_view.marks.show(points, ViewId.POSTERIOR)
    crisp()
    before = colour_at(0, 300, dx=-16)
    hand.click(0, 300)
    crisp()
    assert map_view.selection
    assert colour_at(0, 300, dx=-17) != before
    path = [hand.px(0, 300), hand.px(0, 280), hand.px(0, 270)]
    hand.drag_px(*path, release=False)
    crisp()
    assert colour_at(0, 270, dx=BESIDE_PX) == theme.colour("trigger-point")
    hand.key(Qt.Key.Key_Escape)
    crisp()
    assert colour_at(0, 270, dx=BESIDE_PX) != theme.colour("trigger-point")


@pytest.mark.parametrize("dissection", Dissection)
@pytest.mark.parametrize("view", ViewId)
def test_every_view_shows_a_body_on_paper(map_view, crisp, theme, view, dissection):
    map_view.show_view(view)
    map_view.show_dissection(dissection)
    crisp()
    image = map_view.viewport().grab().toImage()
    colours = {image.pixel(x, y) for x in range(0, 900, 9) for y in range(0, 800, 9)}
    assert theme.colour("paper").rgb() in colours
    assert len(colours) > 3


@pytest.mark.parametrize("layer", [LayerId.SURFACE_REGIONS, LayerId.SKELETON, LayerId.HAZARDS])
def test_layers_are_laid_over_and_taken_off(map_view, crisp, layer):
    crisp()
    bare = map_view.viewport().grab().toImage()
    map_view.show_layer(layer, True)
    crisp()
    assert map_view.viewport().grab().toImage() != bare
    map_view.show_layer(layer, False)
    crisp()
    assert map_view.viewport().grab().toImage() == bare


def test_another_theme_has_other_colours(map_view, crisp, colour_at):
    crisp()
    light = colour_at(60, 350)
    dark = Theme.load("dark")
    map_view.set_theme(dark)
    crisp()
    assert colour_at(60, 350) != light
    assert map_view.viewport().grab().toImage().pixelColor(5, 400) == dark.colour("paper")


def test_the_body_is_crisp_again_after_zooming(map_view, crisp):
    crisp()
    map_view.zoom_to(2.7, QPointF(450, 300))
    assert not map_view.is_crisp
    crisp()
    shown = map_view.viewport().grab().toImage()
    plain = map_view.snapshot(900, 800)
    assert difference(shown, plain) < 2.0


def test_panning_shows_what_a_fresh_painting_shows(map_view, crisp):
    crisp()
    map_view.zoom_to(2.0, QPointF(450, 300))
    crisp()
    map_view.pan(QPointF(-133, 77))
    crisp()
    assert difference(map_view.viewport().grab().toImage(), map_view.snapshot(900, 800)) < 2.0


def difference(one, other):
    """The mean difference of two pictures, 0 to 255, looked at every few pixels."""
    spots = [(x, y) for x in range(0, one.width(), 7) for y in range(0, one.height(), 7)]
    apart = [far(QColor(one.pixel(*s)), QColor(other.pixel(*s))) for s in spots]
    return sum(apart) / len(apart)


def test_a_snapshot_shows_the_marks_at_any_size(put, map_view, theme):
    put(ToolId.TRIGGER_POINT, 60, 350)
    image = map_view.snapshot(400, 640)
    assert image.size() == QSize(400, 640)
    assert contains(image, theme.colour("trigger-point"))


def contains(image, colour):
    picture = image.convertToFormat(QImage.Format.Format_RGB32)
    spots = ((x, y) for x in range(picture.width()) for y in range(picture.height()))
    return any(picture.pixel(*spot) == colour.rgb() for spot in spots)


@pytest.mark.parametrize(
    ("view", "left", "right"),
    [
        (ViewId.ANTERIOR, "Patient’s right", "Patient’s left"),
        (ViewId.POSTERIOR, "Patient’s left", "Patient’s right"),
        (ViewId.SOLES, "Patient’s right", "Patient’s left"),
        (ViewId.FEET_DORSAL, "Patient’s right", "Patient’s left"),
        (ViewId.LATERAL_LEFT, "Front", "Back"),
        (ViewId.LATERAL_RIGHT, "Back", "Front"),
    ],
)
def test_the_words_beside_the_figure_are_the_patients_sides(atlas, view, left, right):
    words = side_words(view)
    assert (words.left, words.right) == (left, right)
    if words.letters:
        assert words.letters == (left.split()[1][0].upper(), right.split()[1][0].upper())
        assert atlas.view(view).side_at(-10.0) is Side(left.split()[1])


def test_a_mark_on_another_view_is_not_painted(map_view, crisp, theme):
    place = Place(ViewId.ANTERIOR, 0.0, 300.0, Side.MIDLINE, RegionId("chest"))
    map_view.marks.show([TriggerPoint(MarkId("1"), 1, place)], ViewId.POSTERIOR)
    crisp()
    assert not contains(map_view.snapshot(300, 400), theme.colour("trigger-point"))
