"""The reference in the window: a muscle's card, from pain to muscle, dermatomes."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from bodymap.atlas.areas import inside_point
from bodymap.atlas.ids import Dissection, LayerId, Side, ViewId
from bodymap.atlas.knowledge import Knowledge
from bodymap.chart.marks import PainKind
from bodymap.widgets.actions import ActionId
from bodymap.widgets.knowledge import model, words
from bodymap.widgets.knowledge.presenter import MOST, Page
from bodymap.widgets.map.overlays.levels import LevelKind, LevelsShown, label_of, roots
from bodymap.widgets.map.tool_id import ToolId

LEFT = Qt.MouseButton.LeftButton
BEHIND = ViewId.POSTERIOR


@pytest.fixture
def panel(window):
    return window.asking.panel


@pytest.fixture
def asked(window):
    """Does an action."""

    def trigger(action):
        window.actions_by_id[action].trigger()

    return trigger


@pytest.fixture
def painful(charted, atlas):
    """Draws whole painful regions into the open visit."""

    def draw(region, side, view):
        shapes = atlas.view(view).drawing.in_layer(LayerId.SURFACE_REGIONS)
        shape = next(s for s in shapes if (s.structure, s.side) == (region, side))
        desk = charted.session.charting
        charted.session.push(desk.pain_from_region(view, *inside_point(shape.polygon())))

    return draw


@pytest.fixture
def temple(painful):
    painful("temple", Side.RIGHT, ViewId.LATERAL_RIGHT)


def titles(rows):
    return [rows.index(row).data() for row in range(rows.rowCount())]


# --- a muscle by its name


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("ECRB", "Extensor carpi radialis brevis"),
        ("ql", "Quadratus lumborum"),
        ("musculus infraspinatus", "Infraspinatus"),
        ("upper trap", "Upper trapezius"),
    ],
)
def test_a_muscle_is_found_by_any_of_its_names(qtbot, charted, panel, asked, typed, name):
    asked(ActionId.FIND_MUSCLE)
    search = panel.muscle.search
    assert panel.isVisible()
    assert charted.people.isHidden()
    qtbot.waitUntil(search.hasFocus)
    qtbot.keyClicks(search, typed)
    assert titles(panel.muscle.rows)[0] == name
    qtbot.keyClick(search, Qt.Key.Key_Return)
    assert panel.muscle.card.title.text() == name
    assert charted.map.overlays.muscle is not None


def test_a_muscle_that_is_not_known_is_said_so_and_the_nearest_is_offered(
    qtbot, charted, panel, asked
):
    asked(ActionId.FIND_MUSCLE)
    qtbot.keyClicks(panel.muscle.search, "infraspinotus")
    assert "The nearest is Infraspinatus" in panel.muscle.hint.text()
    assert titles(panel.muscle.rows) == ["Infraspinatus"]


def test_a_list_of_muscles_is_gone_down_with_the_keys(qtbot, charted, panel, asked):
    asked(ActionId.FIND_MUSCLE)
    qtbot.keyClicks(panel.muscle.search, "gluteus")
    qtbot.keyClick(panel.muscle.search, Qt.Key.Key_Down)
    qtbot.keyClick(panel.muscle.found, Qt.Key.Key_Down)
    second = titles(panel.muscle.rows)[1]
    qtbot.keyClick(panel.muscle.found, Qt.Key.Key_Return)
    assert panel.muscle.card.title.text() == second


# --- a muscle on the body


def test_the_key_i_asks_for_the_muscle_under_the_pointer(qtbot, charted, infraspinatus, press):
    at = charted.map.mm_to_view(*infraspinatus).toPoint()
    with qtbot.waitSignal(charted.map.hovered):
        qtbot.mouseMove(charted.map.viewport(), at)
    press(Qt.Key.Key_I)
    assert charted.asking.presenter.muscle.id == "infraspinatus"
    assert charted.asking.panel.muscle.card.sides.value is Side.RIGHT
    press(Qt.Key.Key_I)
    assert not charted.asking.presenter.is_open
    assert charted.people.isVisible()


def test_the_button_asks_for_the_muscle_of_the_chosen_mark(
    qtbot, charted, panel, asked, infraspinatus
):
    desk = charted.session.charting
    charted.session.push(desk.needle_site(BEHIND, *infraspinatus))
    charted.map.select([next(desk.visit.needle_sites()).id])
    qtbot.mouseClick(charted.top.reference, LEFT)
    assert panel.muscle.card.title.text() == "Infraspinatus"


def test_nothing_chosen_leads_to_the_search(charted, panel, asked):
    asked(ActionId.REFERENCE)
    assert panel.muscle.hint.isVisible()
    assert not panel.muscle.card.isVisible()


def test_the_card_tells_all_that_is_known_with_its_sources():
    knowledge = Knowledge.load()
    for muscle in knowledge.muscles.values():
        card = model.card(muscle, knowledge, Side.RIGHT, None)
        told = {section.caption: " ".join(section.lines) for section in card.sections}
        assert told["Action"]
        assert told["Nerve"]
        assert told["Usual needle"]
        assert told["Sources"] == " ".join(knowledge.cite(muscle.sources))
        assert words.REFERENCE_ONLY in told[""]
        assert len(card.points) == len(model.points_on(muscle, Side.RIGHT))
        assert all(told.values())


def test_one_trigger_point_shows_less_than_all(qtbot, charted, panel, asked):
    charted.asking.presenter.show_muscle(Knowledge.load().muscle("infraspinatus"), Side.RIGHT)
    whole = charted.map.overlays.muscle
    points = panel.muscle.card.points
    chosen = next(p for p in Knowledge.load().muscle("infraspinatus").trigger_points[2:])
    qtbot.mouseClick(points.button(chosen.id), LEFT)
    part = charted.map.overlays.muscle
    assert part.primary < whole.primary
    assert "inner edge of the shoulder blade" in panel.muscle.card.told.text


def test_the_other_side_mirrors_the_referral(qtbot, charted, panel):
    charted.asking.presenter.show_muscle(Knowledge.load().muscle("infraspinatus"), Side.RIGHT)
    right = charted.map.overlays.muscle.primary
    qtbot.mouseClick(panel.muscle.card.sides.button(Side.LEFT), LEFT)
    left = charted.map.overlays.muscle.primary
    assert left == {(region, side.mirrored) for region, side in right}


def test_the_referral_is_laid_on_and_taken_off(charted, asked):
    charted.asking.presenter.show_muscle(Knowledge.load().muscle("infraspinatus"), Side.RIGHT)
    assert charted.map.overlays.muscle.primary
    asked(ActionId.SHOW_REFERRAL)
    assert not charted.map.overlays.muscle.primary
    assert charted.map.overlays.muscle.structures
    asked(ActionId.SHOW_REFERRAL)
    assert charted.map.overlays.muscle.primary


def test_a_muscle_is_brought_into_sight(charted, atlas):
    charted.map.show_view(ViewId.SOLES)
    charted.asking.presenter.show_muscle(Knowledge.load().muscle("infraspinatus"), Side.RIGHT)
    view, dissection = charted.map.view_id, charted.map.dissection
    assert view is not ViewId.SOLES
    assert dissection is not Dissection.SKIN


def test_escape_leaves_the_body_bare(qtbot, charted, panel):
    charted.asking.presenter.show_muscle(Knowledge.load().muscle("infraspinatus"), Side.RIGHT)
    charted.asking.open(Page.MUSCLE)
    qtbot.keyClick(panel.muscle.search, Qt.Key.Key_Escape)
    assert panel.isHidden()
    assert charted.people.isVisible()
    assert charted.map.overlays.muscle is None


def test_the_reference_is_one_of_the_panels_that_f6_goes_round(qtbot, charted, panel, press):
    charted.asking.open(Page.MUSCLE)
    seen = set()
    for _ in range(3):
        press(Qt.Key.Key_F6) if not seen else charted.panels.go_on()
        seen.add(charted.focusWidget().objectName())
    assert "find-muscle" in seen


def test_reading_works_without_a_visit(qtbot, window, panel, asked):
    asked(ActionId.FIND_MUSCLE)
    qtbot.keyClicks(panel.muscle.search, "infraspinatus")
    qtbot.keyClick(panel.muscle.search, Qt.Key.Key_Return)
    assert window.map.overlays.muscle is not None
    asked(ActionId.EXPLAIN_PAIN)
    assert "Open a visit" in panel.pain.pain.text()


# --- from pain to muscle


def test_no_pain_is_said_so(charted, panel, asked):
    asked(ActionId.EXPLAIN_PAIN)
    assert "No pain is drawn" in panel.pain.pain.text()
    assert not panel.pain.list.isVisible()


def test_pain_is_explained_best_first_with_percents(charted, panel, asked, temple):
    asked(ActionId.EXPLAIN_PAIN)
    assert panel.pain.pain.text() == "Pain: Temple, right"
    explained = charted.asking.presenter.explained
    assert 1 < len(explained) <= MOST
    first = panel.pain.rows.index(0)
    assert panel.pain.list.selectedIndexes() == [first]
    assert first.data() == f"{explained[0].name}, right"
    assert titles(panel.pain.rows) == [words.ranked_title(one) for one in explained]


def test_down_the_list_each_muscle_is_shown_on_the_body(qtbot, charted, panel, asked, temple):
    asked(ActionId.EXPLAIN_PAIN)
    shown = []
    for _ in range(4):
        shown.append(charted.map.overlays.muscle.structures)
        qtbot.keyClick(panel.pain.list, Qt.Key.Key_Down)
    known = Knowledge.load()
    for one, structures in zip(charted.asking.presenter.explained[:4], shown, strict=True):
        assert structures == frozenset(known.muscle(one.muscle).structures)


def test_more_pain_changes_the_list_at_once_and_keeps_the_muscle_pointed_at(
    qtbot, charted, panel, asked, temple, painful
):
    asked(ActionId.EXPLAIN_PAIN)
    pointed = charted.asking.presenter.explained[2]
    for _ in range(2):
        qtbot.keyClick(panel.pain.list, Qt.Key.Key_Down)
    painful("forehead", Side.RIGHT, ViewId.LATERAL_RIGHT)
    assert "Forehead" in panel.pain.pain.text()
    assert pointed.muscle in {one.muscle for one in charted.asking.presenter.explained}
    shown = charted.map.overlays.muscle.structures
    assert shown == frozenset(Knowledge.load().muscle(pointed.muscle).structures)
    current = panel.pain.list.currentIndex()
    assert current.isValid()
    assert current.data() == words.ranked_title(pointed)


def test_enter_plans_a_trigger_point_in_the_muscle(qtbot, charted, panel, asked, temple):
    asked(ActionId.EXPLAIN_PAIN)
    planned = charted.asking.presenter.explained[0]
    qtbot.keyClick(panel.pain.list, Qt.Key.Key_Return)
    assert charted.map.tool is ToolId.TRIGGER_POINT
    qtbot.waitUntil(charted.map.hasFocus)
    qtbot.keyClick(charted.map, Qt.Key.Key_Return)
    (point,) = charted.session.charting.visit.trigger_points()
    structures = Knowledge.load().muscle(planned.muscle).structures
    assert point.muscle in structures
    assert point.place.side is Side.RIGHT


def test_every_muscle_of_a_list_can_be_planned_where_it_is(charted, atlas, temple, asked):
    asked(ActionId.EXPLAIN_PAIN)
    presenter = charted.asking.presenter
    for row, one in enumerate(presenter.explained):
        presenter.plan(row)
        QTest.keyClick(charted.map, Qt.Key.Key_Return)
        points = list(charted.session.charting.visit.trigger_points())
        assert len(points) == row + 1, one.muscle
        assert points[-1].muscle in Knowledge.load().muscle(one.muscle).structures


def test_a_muscle_that_no_drawing_shows_is_said_so_and_can_be_planned_by_hand(charted, panel):
    charted.asking.open(Page.MUSCLE)
    muscle = Knowledge.load().muscle("longissimus-capitis")
    charted.asking.presenter.show_muscle(muscle, Side.RIGHT)
    card = model.card(muscle, Knowledge.load(), Side.RIGHT, None)
    assert card.sections[0].caption == "Not drawn"
    charted.asking.presenter.plan_here()
    assert charted.map.tool is ToolId.TRIGGER_POINT
    assert charted.map.meant == {"longissimus-capitis"}


def test_another_tool_forgets_the_muscle_that_was_meant(charted, asked, temple):
    asked(ActionId.EXPLAIN_PAIN)
    charted.asking.presenter.plan(0)
    assert charted.map.meant
    charted.map.use_tool(ToolId.NEEDLE_SITE)
    assert not charted.map.meant


def test_a_signed_visit_is_explained_but_not_planned_in(window, signed, panel, asked, clinic):
    window.open_visit(signed.id)
    asked(ActionId.EXPLAIN_PAIN)
    assert not panel.pain.hint.isVisible()
    window.asking.presenter.show_muscle(Knowledge.load().muscle("infraspinatus"), Side.RIGHT)
    assert panel.muscle.card.plan.isHidden()


def test_numbness_and_soreness_are_not_explained(charted, panel, asked, temple):
    desk = charted.session.charting
    (zone,) = desk.visit.pain_zones()
    asked(ActionId.EXPLAIN_PAIN)
    assert charted.asking.presenter.explained
    charted.session.push(desk.edit(replace(zone, kind=PainKind.NUMBNESS)))
    assert not charted.asking.presenter.explained


def test_the_card_of_the_muscle_pointed_at_is_one_click_away(qtbot, charted, panel, asked, temple):
    asked(ActionId.EXPLAIN_PAIN)
    first = charted.asking.presenter.explained[0]
    qtbot.mouseClick(panel.pain.about, LEFT)
    assert charted.asking.presenter.page is Page.MUSCLE
    assert panel.muscle.card.title.text() == first.name


# --- dermatomes


def test_dermatomes_are_laid_on_by_their_key_and_stay_when_the_reference_closes(
    charted, press, asked
):
    press(Qt.Key.Key_D)
    assert charted.map.overlays.levels
    asked(ActionId.FIND_MUSCLE)
    charted.asking.close()
    assert charted.map.overlays.levels
    press(Qt.Key.Key_D)
    assert not charted.map.overlays.levels


def test_the_legend_shows_one_level_alone(qtbot, charted, panel):
    charted.asking.open(Page.LEVELS)
    rows = panel.levels.list
    at = rows.visualRect(panel.levels.rows.index(5)).center()
    qtbot.mouseClick(rows.viewport(), LEFT, pos=at)
    assert charted.actions_by_id[ActionId.LAYER_DERMATOMES].isChecked()
    assert titles(panel.levels.rows)[5] == "C4"
    assert charted.map.overlays.levels == LevelsShown(LevelKind.SKIN, "C4")
    qtbot.mouseClick(rows.viewport(), LEFT, pos=at)
    assert charted.map.overlays.levels == LevelsShown(LevelKind.SKIN)


def test_skin_and_muscles_of_the_levels_are_shown_one_at_a_time(charted, panel, asked):
    charted.asking.open(Page.LEVELS)
    asked(ActionId.LAYER_DERMATOMES)
    asked(ActionId.LAYER_SEGMENTS)
    assert charted.map.overlays.levels == LevelsShown(LevelKind.MUSCLES)
    assert not charted.actions_by_id[ActionId.LAYER_DERMATOMES].isChecked()
    legend = dict(zip(titles(panel.levels.rows), panel.levels.rows.details, strict=True))
    assert "Infraspinatus" in legend["C5"]
    assert "Infraspinatus" not in legend["L5"]
    asked(ActionId.LAYER_SEGMENTS)
    assert charted.map.overlays.levels is None


@pytest.mark.parametrize(
    ("written", "label"),
    [
        (("C6", "C5"), "C5–C6"),
        (("C3", "C4", "CN XI"), "XI, C3–C4"),
        (("C8", "T1"), "C8–T1"),
        (("L5", "S1", "S2"), "L5–S2"),
        (("CN VII",), "VII"),
        (("C5", "C7"), "C5, C7"),
    ],
)
def test_roots_are_told_in_short(written, label):
    assert label_of(roots(written)) == label


@pytest.mark.parametrize("kind", list(LevelKind))
@pytest.mark.parametrize("view", list(ViewId))
def test_overlays_are_painted_in_every_view(charted, view, kind):
    charted.map.show_view(view)
    bare = charted.map.grab().toImage()
    charted.map.overlays.show_levels(LevelsShown(kind))
    assert charted.map.grab().toImage() != bare
    charted.map.overlays.show_levels(None)
