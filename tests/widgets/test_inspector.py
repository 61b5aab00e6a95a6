from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

from bodymap.atlas.ids import ViewId
from bodymap.chart.marks import MarkKind, NeedleSize, PainKind, PainQuality, TriggerPointStatus
from bodymap.chart.needling import Direction, Technique
from bodymap.chart.visit import VisitForReading, VisitState
from bodymap.widgets.actions import ActionId
from bodymap.widgets.chart_words import structure_name
from bodymap.widgets.inspector.model import overview
from tests.builders import a_user, a_visit

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def chosen(charted, clinic):
    """Puts a mark on the body, chooses it, and reads it back as it is stored."""

    class Chosen:
        def put(self, kind, *at):
            desk = charted.session.charting
            make = {
                MarkKind.TRIGGER_POINT: desk.trigger_point,
                MarkKind.NEEDLE_SITE: desk.needle_site,
                MarkKind.PAIN_ZONE: desk.pain_from_region,
                MarkKind.NOTE: desk.note,
            }[kind]
            step = make(ViewId.POSTERIOR, *at)
            charted.session.push(step)
            self.id = step.select
            return charted.inspector.forms[kind]

        @property
        def mark(self):
            desk = charted.session.charting
            stored = clinic.visit(desk.visit.id)
            assert stored.marks == desk.visit.marks
            return stored.mark(self.id)

        @property
        def last_step(self):
            return charted.actions_by_id[ActionId.UNDO].text()

    return Chosen()


@pytest.fixture
def needle(chosen, infraspinatus):
    return chosen.put(MarkKind.NEEDLE_SITE, *infraspinatus)


def test_an_empty_visit_says_what_to_do(charted):
    assert charted.inspector.title.text() == "This visit"
    assert "Take a tool" in charted.inspector.overview.hint.text()
    assert charted.inspector.needles.text() == "Needles 0"


def test_the_technique_is_changed_by_one_click(qtbot, chosen, needle):
    qtbot.mouseClick(needle.technique.button(Technique.SUPERFICIAL), LEFT)
    assert chosen.mark.technique is Technique.SUPERFICIAL
    assert chosen.last_step == "Undo technique of needle 1"


def test_the_direction_is_changed_by_one_click(qtbot, chosen, needle):
    qtbot.mouseClick(needle.direction.button(Direction.OBLIQUE), LEFT)
    assert chosen.mark.direction is Direction.OBLIQUE


def test_a_common_size_is_changed_by_one_click(qtbot, chosen, needle):
    qtbot.mouseClick(needle.needle.packs.button(NeedleSize(0.25, 30)), LEFT)
    assert chosen.mark.needle == NeedleSize(0.25, 30)


def test_another_size_is_typed(qtbot, chosen, needle):
    qtbot.mouseClick(needle.needle.packs.button("other"), LEFT)
    assert needle.needle.diameter.isVisible()
    needle.needle.diameter.setValue(0.22)
    needle.needle.length.setValue(75)
    qtbot.keyClick(needle.needle.length, Qt.Key.Key_Return)
    assert chosen.mark.needle == NeedleSize(0.22, 75)
    assert needle.needle.diameter.isVisible()


def test_a_shorter_needle_takes_its_depth_with_it(qtbot, chosen, needle):
    needle.depth_control.number.setValue(38)
    needle.depth_control.keep()
    qtbot.mouseClick(needle.needle.packs.button(NeedleSize(0.25, 30)), LEFT)
    assert chosen.mark.depth_mm == 30
    assert needle.depth_control.slider.maximum() == 30


def test_a_depth_is_kept_once_when_the_hand_rests(charted, chosen, needle):
    steps = charted.session.history.count()
    needle.depth_control.slider.setSliderDown(True)
    for depth in range(5, 16):
        needle.depth_control.slider.setValue(depth)
    assert chosen.mark.depth_mm is None
    needle.depth_control.slider.setSliderDown(False)
    assert chosen.mark.depth_mm == 15
    assert charted.session.history.count() == steps + 1


def test_a_depth_can_be_taken_back(chosen, needle):
    needle.depth_control.number.setValue(12)
    needle.depth_control.keep()
    needle.depth_control.number.setValue(-1)
    needle.depth_control.keep()
    assert chosen.mark.depth_mm is None


def test_twitches_are_counted_and_taken_back(qtbot, chosen, needle):
    qtbot.mouseClick(needle.twitches.button(2), LEFT)
    assert chosen.mark.twitches == 2
    qtbot.mouseClick(needle.twitches.button(2), LEFT)
    assert chosen.mark.twitches is None


def test_the_muscles_under_the_point_can_be_chosen(qtbot, chosen, needle):
    offered = [needle.muscle.itemText(row) for row in range(needle.muscle.count())]
    assert offered[0] == "No muscle"
    assert needle.muscle.currentText().startswith("Infraspinatus · ")
    needle.muscle.setFocus()
    qtbot.keyClick(needle.muscle, Qt.Key.Key_Up)
    assert chosen.mark.muscle == needle.muscle.currentData()


def test_a_needle_near_a_trigger_point_is_linked_and_can_be_let_go(chosen, infraspinatus):
    chosen.put(MarkKind.TRIGGER_POINT, *infraspinatus)
    point = chosen.id
    form = chosen.put(MarkKind.NEEDLE_SITE, *infraspinatus)
    assert chosen.mark.trigger_point == point
    assert form.trigger_point.currentText() == "1 · Right infraspinatus"
    form.trigger_point.activated.emit(0)
    assert chosen.mark.trigger_point is None


def test_the_column_names_what_lies_there(needle):
    assert "Infraspinatus from" in needle.bar.accessibleDescription()
    needle.depth_control.slider.setValue(20)
    assert "tip is at 20 mm" in needle.bar.accessibleDescription()


def test_a_hazard_within_reach_is_cautioned_with_its_source(charted, chosen):
    desk = charted.session.charting
    at = _over_the_pleura(desk.atlas)
    form = chosen.put(MarkKind.NEEDLE_SITE, *at)
    card = form.caution
    assert card.isVisible()
    assert "pleura" in card.accessibleName().lower()
    assert "model body" in card.accessibleDescription()


def test_a_trigger_point_is_told_with_status_intensity_and_words(qtbot, chosen, infraspinatus):
    form = chosen.put(MarkKind.TRIGGER_POINT, *infraspinatus)
    qtbot.mouseClick(form.status.button(TriggerPointStatus.LATENT), LEFT)
    qtbot.mouseClick(form.intensity.button(7), LEFT)
    qtbot.keyClicks(form.note, "taut band")
    form.note.keep()
    mark = chosen.mark
    assert (mark.status, mark.intensity, mark.text) == ("latent", 7, "taut band")


def test_a_pain_zone_is_told_with_kind_and_qualities(qtbot, chosen, infraspinatus):
    form = chosen.put(MarkKind.PAIN_ZONE, *infraspinatus)
    qtbot.mouseClick(form.kind.button(PainKind.REFERRED), LEFT)
    for quality in (PainQuality.BURNING, PainQuality.ACHING):
        qtbot.mouseClick(form.qualities.button(quality), LEFT)
    mark = chosen.mark
    assert mark.kind is PainKind.REFERRED
    assert mark.qualities == {PainQuality.BURNING, PainQuality.ACHING}
    assert form.regions.text()
    assert form.area.text().startswith("1 piece · about ")


def test_words_are_kept_as_one_step_when_the_person_goes_elsewhere(
    qtbot, charted, chosen, infraspinatus
):
    form = chosen.put(MarkKind.NOTE, *infraspinatus)
    steps = charted.session.history.count()
    form.note.setFocus()
    qtbot.keyClicks(form.note, "keep off the scar")
    assert charted.session.history.count() == steps
    charted.map.setFocus()
    assert chosen.mark.text == "keep off the scar"
    assert charted.session.history.count() == steps + 1


def test_words_are_kept_after_a_pause(qtbot, chosen, infraspinatus):
    form = chosen.put(MarkKind.NOTE, *infraspinatus)
    qtbot.keyClicks(form.note, "sleeps badly")
    qtbot.waitUntil(lambda: chosen.mark.text == "sleeps badly")


def test_words_are_kept_when_the_window_closes(qtbot, charted, chosen, clinic, infraspinatus):
    form = chosen.put(MarkKind.NOTE, *infraspinatus)
    visit = charted.session.charting.visit.id
    qtbot.keyClicks(form.note, "last words")
    charted.close()
    assert clinic.visit(visit).mark(chosen.id).text == "last words"


def test_words_go_to_the_mark_they_were_typed_for(qtbot, charted, chosen, infraspinatus):
    u, v = infraspinatus
    form = chosen.put(MarkKind.NOTE, u, v)
    first = chosen.id
    qtbot.keyClicks(form.note, "for the first")
    chosen.put(MarkKind.NOTE, u + 30, v)
    assert charted.session.charting.visit.mark(first).text == "for the first"
    assert chosen.mark.text == ""


def test_keys_of_the_map_are_only_letters_while_typing(qtbot, charted, chosen, infraspinatus):
    form = chosen.put(MarkKind.NOTE, *infraspinatus)
    form.note.setFocus()
    qtbot.keyClicks(form.note, "ntvpm 123")
    assert form.note.toPlainText() == "ntvpm 123"
    assert len(charted.session.charting.visit.marks) == 1


def test_a_letter_on_a_drop_down_is_for_its_list(qtbot, charted, chosen, needle):
    charted.actions_by_id[ActionId.TOOL_SELECT].trigger()
    tool, view = charted.map.tool, charted.map.view_id
    needle.muscle.setFocus()
    for letter in ("t", "n", "O", "2", " "):
        qtbot.keyClicks(needle.muscle, letter)
        needle.muscle.hidePopup()
    assert (charted.map.tool, charted.map.view_id) == (tool, view)
    assert len(charted.session.charting.visit.marks) == 1
    qtbot.keyClick(needle.muscle, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert charted.inspector.title.text() == "Screening"


def test_the_marks_are_listed_and_chosen_from_the_list(qtbot, charted, chosen, infraspinatus):
    chosen.put(MarkKind.TRIGGER_POINT, *infraspinatus)
    chosen.put(MarkKind.NEEDLE_SITE, *infraspinatus)
    charted.map.select([])
    overview = charted.inspector.overview
    rows = [overview.model.index(row).data() for row in range(overview.model.rowCount())]
    assert rows == ["1  Right infraspinatus", "1  Right infraspinatus"]
    area = overview.marks.visualRect(overview.model.index(1))
    qtbot.mouseClick(overview.marks.viewport(), LEFT, pos=area.center())
    assert charted.inspector.title.text() == "Needle 1"
    assert charted.map.selection == {chosen.id}


def test_the_list_keeps_the_rules_of_models(qtmodeltester, charted, chosen, infraspinatus):
    chosen.put(MarkKind.NEEDLE_SITE, *infraspinatus)
    charted.map.select([])
    qtmodeltester.check(charted.inspector.overview.model)


def test_pain_is_rated_before_and_after(qtbot, charted, clinic):
    overview = charted.inspector.overview
    qtbot.mouseClick(overview.before.button(6), LEFT)
    qtbot.mouseClick(overview.after.button(3), LEFT)
    visit = clinic.visit(charted.session.charting.visit.id)
    assert (visit.pain_before, visit.pain_after) == (6, 3)
    qtbot.mouseClick(overview.after.button(3), LEFT)
    assert clinic.visit(visit.id).pain_after is None


def test_the_counter_counts_needles_points_zones_and_muscles(charted, chosen, infraspinatus):
    chosen.put(MarkKind.TRIGGER_POINT, *infraspinatus)
    chosen.put(MarkKind.NEEDLE_SITE, *infraspinatus)
    chosen.put(MarkKind.NEEDLE_SITE, *infraspinatus)
    assert charted.inspector.needles.text() == "Needles 2"
    assert charted.inspector.rest.text() == "1 trigger point · 0 zones · 1 muscle"


def test_several_marks_are_told_by_number(charted, chosen, infraspinatus):
    chosen.put(MarkKind.TRIGGER_POINT, *infraspinatus)
    chosen.put(MarkKind.NEEDLE_SITE, *infraspinatus)
    charted.map.select([mark.id for mark in charted.session.charting.visit.marks])
    assert charted.inspector.title.text() == "2 marks chosen"


def _over_the_pleura(atlas):
    for u in range(20, 100, 6):
        for v in range(330, 480, 10):
            hit = atlas.hit(ViewId.POSTERIOR, u, v)
            if hit and any(h.id.startswith("pleura") and h.depth_mm < 45 for h in hit.hazards):
                return u, v
    raise LookupError("the pleura is nowhere within a needle's reach")


def test_a_wheel_in_passing_changes_nothing(charted, chosen, needle):
    before = charted.session.history.count()
    for field in (needle.depth_control.slider, needle.depth_control.number, needle.muscle):
        middle = QPointF(field.rect().center())
        event = QWheelEvent(
            middle,
            field.mapToGlobal(middle),
            QPoint(),
            QPoint(0, 120),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(field, event)
    assert needle.depth_control.depth_mm is None
    assert charted.session.history.count() == before
    assert chosen.mark.muscle == "infraspinatus"


def test_a_depth_goes_to_the_mark_it_was_chosen_for(qtbot, charted, chosen, infraspinatus):
    u, v = infraspinatus
    form = chosen.put(MarkKind.NEEDLE_SITE, u, v)
    first = chosen.id
    form.depth_control.slider.setValue(14)
    chosen.put(MarkKind.NEEDLE_SITE, u + 30, v)
    assert charted.session.charting.visit.mark(first).depth_mm == 14
    form.depth_control.number.setFocus()
    form.depth_control.number.selectAll()
    qtbot.keyClicks(form.depth_control.number, "22")
    second = chosen.id
    charted.map.select([first])
    assert charted.session.charting.visit.mark(first).depth_mm == 14
    assert charted.session.charting.visit.mark(second).depth_mm == 22


def test_a_list_left_open_speaks_for_the_mark_it_was_opened_on(charted, chosen, infraspinatus):
    form = chosen.put(MarkKind.NEEDLE_SITE, *infraspinatus)
    needle = chosen.id
    chosen.put(MarkKind.PAIN_ZONE, *infraspinatus)
    form.muscle.activated.emit(0)
    assert charted.session.charting.visit.mark(needle).muscle is None


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (VisitState.DRAFT, "a draft of Ada Able"),
        (VisitState.RETURNED, "returned to Ada Able"),
        (VisitState.SUBMITTED, "waits for a supervisor"),
        (VisitState.SIGNED, "is signed"),
        (VisitState.VOID, "declared void"),
    ],
)
def test_why_a_visit_is_only_read_is_said(state, words):
    author = a_user(name="Ada Able")
    visit = VisitForReading.of(replace(a_visit(therapist=author.id), state=state))
    assert words in overview(visit, structure_name, [author]).why_not


def test_of_an_open_visit_there_is_no_reason():
    assert overview(a_visit(), structure_name, [a_user()]).why_not == ""
