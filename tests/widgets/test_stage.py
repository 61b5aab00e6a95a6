"""What lies over the map stays clear of what must be read on it."""

from operator import itemgetter

import pytest
from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtWidgets import QPushButton

from bodymap.atlas.areas import inside_point
from bodymap.atlas.ids import LayerId, ViewId
from bodymap.widgets.actions import ActionId
from bodymap.widgets.map.marks.badges import BADGE_PX
from bodymap.widgets.map.sides import CLEAR_PX, HEIGHT_PX, Sides
from bodymap.widgets.theme import Theme

SIZES = [(1100, 700), (1440, 900)]


def words_for_the_sides(charted):
    """Where they stand while the whole figure is shown, as far as they may stretch."""
    body = charted.map
    crown = body.mm_to_view(0, body.gallery.frame(body.view_id).top()).y()
    return QRectF(0, crown - CLEAR_PX - HEIGHT_PX, body.room.width(), HEIGHT_PX)


@pytest.fixture
def pills(monkeypatch):
    """Where the words for the patient's sides were painted last, as far as they may stretch."""
    seen = []
    plain = Sides.paint

    def watched(sides, *painting):
        *_, free, _theme = painting
        seen.append(free)
        plain(sides, *painting)

    monkeypatch.setattr(Sides, "paint", watched)
    return seen


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("touch", [False, True])
@pytest.mark.parametrize("action", [ActionId.TOOL_SELECT, ActionId.TOOL_PAIN_BRUSH])
def test_the_tools_leave_the_words_for_the_sides_alone(charted, pills, size, touch, action):
    charted.set_theme(Theme.load("light", touch=touch))
    charted.resize(*size)
    charted.actions_by_id[action].trigger()
    charted.map.zoom_to(2.0)
    charted.map.centre_at(-300, 500)
    charted.map.viewport().repaint()
    stage, free = charted.stage, pills[-1]
    words = QRect(int(free.left()), int(free.top()) + 6, int(free.width()), int(HEIGHT_PX))
    bars = (stage.tabs, stage.palette_bar, stage.palette_bar.ways, stage.zoom)
    for bar in bars:
        if bar.isVisible():
            assert not bar.geometry().intersects(words), bar.objectName()


@pytest.mark.parametrize("size", SIZES)
def test_a_message_leaves_them_alone_too(charted, pills, size):
    charted.resize(*size)
    charted.map.centre_at(0, 500)
    charted.banner.show_problem("That point is off the body.")
    charted.map.viewport().repaint()
    top = charted.stage.mapFrom(charted, charted.messages.pos()).y()
    assert top >= pills[-1].top() + 6 + HEIGHT_PX


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("touch", [False, True])
def test_the_hazards_are_explained_while_they_are_shown(charted, size, touch):
    charted.set_theme(Theme.load("light", touch=touch))
    charted.resize(*size)
    stage = charted.stage
    assert stage.legend.isHidden()
    charted.map.show_layer(LayerId.HAZARDS, on=True)
    assert stage.legend.isVisible()
    assert stage.rect().contains(stage.legend.geometry())
    for bar in (stage.zoom, stage.tabs, stage.palette_bar, stage.layers, stage.dissections):
        assert not bar.geometry().intersects(stage.legend.geometry()), bar.objectName()
    charted.map.show_layer(LayerId.HAZARDS, on=False)
    assert stage.legend.isHidden()


def test_the_legend_uses_the_colours_of_the_hazards(charted):
    charted.map.show_view(ViewId.POSTERIOR)
    charted.map.show_layer(LayerId.HAZARDS, on=True)
    shown = charted.stage.legend.grab().toImage()
    seen = {shown.pixelColor(x, y).name() for x in range(10, 28) for y in range(shown.height())}
    for role in ("hazard-nerve", "hazard-vessel"):
        assert charted.theme.colour(role).name() in seen


@pytest.mark.parametrize("touch", [False, True])
@pytest.mark.parametrize(("width", "are_offered"), [(1100, False), (1920, True)])
def test_spinal_levels_have_switches_where_there_is_room(charted, width, are_offered, touch):
    charted.set_theme(Theme.load("light", touch=touch))
    charted.resize(width, 900)
    layers, zoom = charted.stage.layers, charted.stage.zoom
    *_, dermatomes, segments = layers.switches
    assert [dermatomes.isVisible(), segments.isVisible()] == [are_offered] * 2
    assert charted.stage.rect().contains(layers.geometry())
    assert not layers.geometry().intersects(zoom.geometry())


def test_the_switch_of_the_dermatomes_shows_them(qtbot, charted):
    charted.resize(1920, 900)
    *_, dermatomes, segments = charted.stage.layers.switches
    qtbot.mouseClick(dermatomes, Qt.MouseButton.LeftButton)
    assert charted.actions_by_id[ActionId.LAYER_DERMATOMES].isChecked()
    qtbot.mouseClick(segments, Qt.MouseButton.LeftButton)
    assert not dermatomes.isChecked()


def test_the_tool_for_areas_not_to_needle_is_seen_while_it_is_in_hand(charted):
    palette, note = charted.stage.palette_bar, ActionId.TOOL_NOTE
    assert not palette.barred.isVisible()
    charted.actions_by_id[ActionId.TOOL_BARRED_AREA].trigger()
    assert palette.barred.isVisible()
    assert palette.barred.isChecked()
    charted.actions_by_id[note].trigger()
    assert not palette.barred.isVisible()
    assert palette.note.isChecked()


def test_no_part_of_the_overview_covers_another_in_a_low_window_for_fingers(charted):
    theme = Theme.load("light", touch=True)
    charted.set_theme(theme)
    charted.resize(1100, 700)
    charted.map.viewport().repaint()
    overview = charted.inspector.overview
    for button in (*overview.before.findChildren(QPushButton), overview.sign):
        assert button.height() >= button.minimumSizeHint().height(), button.text()
    (first, *_, last) = overview.before.findChildren(QPushButton)
    assert last.geometry().top() >= first.geometry().bottom()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("view", ViewId)
def test_the_number_of_a_needle_stands_clear_of_the_words_for_the_sides(charted, atlas, view, size):
    """However near the top of the figure it is put, first or as one of several."""
    charted.resize(*size)
    charted.map.show_view(view)
    skin = atlas.view(view).drawing.in_layer(LayerId.SURFACE_REGIONS)
    u, v = min((inside_point(shape.polygon()) for shape in skin), key=itemgetter(1))
    charting = charted.session.charting
    for across in (0.0, 9.0, -9.0):
        charted.session.push(charting.needle_site(view, u + across, v))
    charted.map.viewport().repaint()
    words, shown = words_for_the_sides(charted), charted.map.marks.shown
    for mark in charting.visit.marks:
        needle = shown.get(mark.id)
        middle = charted.map.mm_to_view(*needle.at) + QPointF(*needle.way)
        assert middle.y() - BADGE_PX >= words.bottom(), mark.number
