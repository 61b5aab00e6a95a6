import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget

from bodymap.atlas.hit import Atlas
from bodymap.atlas.ids import Dissection, LayerId, ViewId
from bodymap.chart.marks import NeedleSite, TriggerPoint
from bodymap.chart.states import Move
from bodymap.widgets.actions import SPECS, TOOLS, VIEWS, ActionId
from bodymap.widgets.main_window import MainWindow
from bodymap.widgets.map.tool_id import ToolId
from bodymap.widgets.theme import Theme

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def test_a_needle_is_charted_with_one_key_and_one_click(charted, click, press, infraspinatus):
    press(Qt.Key.Key_N)
    click(*infraspinatus)
    (needle,) = charted.session.charting.visit.marks
    assert isinstance(needle, NeedleSite)
    assert needle.muscle == "infraspinatus"
    assert charted.inspector.title.text() == "Needle 1"
    assert charted.inspector.subtitle.text() == "Right infraspinatus"


def test_each_mark_is_saved_and_the_time_is_shown(charted, click, press, clinic, infraspinatus):
    press(Qt.Key.Key_T)
    click(*infraspinatus)
    visit = charted.session.charting.visit
    assert clinic.visit(visit.id).marks == visit.marks
    assert charted.top.saved.text() == f"Saved {charted.session.charting.saved_at:%H:%M:%S}"


def test_undo_and_redo_say_what_they_would_do(charted, click, press, infraspinatus):
    press(Qt.Key.Key_T)
    click(*infraspinatus)
    undo, redo = charted.actions_by_id[ActionId.UNDO], charted.actions_by_id[ActionId.REDO]
    assert undo.text() == "Undo trigger point 1"
    press(Qt.Key.Key_Z, CTRL)
    assert not charted.session.charting.visit.marks
    assert (undo.isEnabled(), redo.text()) == (False, "Redo trigger point 1")
    press(Qt.Key.Key_Z, CTRL | SHIFT)
    assert isinstance(charted.session.charting.visit.marks[0], TriggerPoint)
    press(Qt.Key.Key_Z, CTRL)
    press(Qt.Key.Key_Y, CTRL)
    assert len(charted.session.charting.visit.marks) == 1


def test_each_draft_keeps_its_own_history(charted, click, press, clinic, visit, infraspinatus):
    press(Qt.Key.Key_T)
    click(*infraspinatus)
    other = clinic.begin_visit(visit.patient, visit.therapist, "", visit.episode)
    charted.open_visit(other.id)
    assert not charted.actions_by_id[ActionId.UNDO].isEnabled()
    charted.open_visit(visit.id)
    press(Qt.Key.Key_Z, CTRL)
    assert not clinic.visit(visit.id).marks


def test_a_history_goes_when_somebody_else_changed_the_visit(
    charted, click, press, clinic, visit, infraspinatus
):
    press(Qt.Key.Key_T)
    click(*infraspinatus)
    elsewhere = clinic.chart(visit.id)
    elsewhere.do(elsewhere.rate_pain(5, None))
    charted.open_visit(visit.id)
    assert not charted.session.history.canUndo()


def test_a_problem_goes_when_the_next_gesture_goes_well(charted, click, press, infraspinatus):
    press(Qt.Key.Key_T)
    click(600, 850)
    assert charted.banner.text
    click(*infraspinatus)
    assert charted.banner.text == ""


def test_a_step_that_cannot_be_stored_is_told_and_nothing_changes(
    charted, click, press, clinic, infraspinatus
):
    visit = charted.session.charting.visit
    charted.following._timer.stop()
    with clinic._open_work() as work:
        work.visits.move(visit.id, visit.version, Move.SUBMIT)  # another window was faster
        work.commit()
    press(Qt.Key.Key_T)
    click(*infraspinatus)
    assert "submitted" in charted.banner.text
    assert not charted.session.charting.visit.marks
    assert not charted.session.history.canUndo()


def test_a_click_beside_the_body_is_told_in_words(charted, click, press):
    press(Qt.Key.Key_T)
    click(600, 850)
    assert "off the body" in charted.banner.text
    assert not charted.session.charting.visit.marks


@pytest.mark.parametrize("action", VIEWS)
def test_every_view_has_a_key(charted, press, action):
    press(SPECS[action].keys[0])
    assert charted.map.view_id == VIEWS[action]
    assert charted.actions_by_id[action].isChecked()


@pytest.mark.parametrize("action", TOOLS)
def test_every_tool_has_a_key(charted, press, action):
    press(SPECS[action].keys[0])
    assert charted.map.tool == TOOLS[action]
    assert charted.actions_by_id[action].isChecked()


def test_the_ways_to_draw_pain_open_with_the_pain_tool(charted, press):
    ways = charted.stage.palette_bar.ways
    assert ways.isHidden()
    press(Qt.Key.Key_B)
    assert ways.isVisible()
    assert charted.stage.palette_bar.pain.isChecked()
    ways.slider.setValue(24)
    assert charted.map.brush_radius_mm == 24
    press(Qt.Key.Key_V)
    assert ways.isHidden()


def test_the_pain_button_takes_the_way_used_last(qtbot, charted, press):
    press(Qt.Key.Key_R)
    press(Qt.Key.Key_V)
    qtbot.mouseClick(charted.stage.palette_bar.pain, Qt.MouseButton.LeftButton)
    assert charted.map.tool is ToolId.PAIN_REGION


def test_dissections_and_layers_follow_their_keys(charted, press):
    press(Qt.Key.Key_4, Qt.KeyboardModifier.AltModifier)
    assert charted.map.dissection is Dissection.DEEP
    press(Qt.Key.Key_K)
    press(Qt.Key.Key_H)
    assert charted.map.layers == {LayerId.SKELETON, LayerId.HAZARDS}
    press(Qt.Key.Key_K)
    assert charted.map.layers == {LayerId.HAZARDS}


def test_a_layer_is_switched_by_its_switch_too(qtbot, charted):
    (skeleton, *_) = charted.stage.layers.switches
    qtbot.mouseClick(skeleton, Qt.MouseButton.LeftButton)
    assert charted.map.layers == {LayerId.SKELETON}
    assert charted.actions_by_id[ActionId.LAYER_SKELETON].isChecked()


def test_zoom_is_told_in_percent_of_the_whole_figure(charted, press):
    percent = charted.findChild(QLabel, "zoom-percent")
    press(Qt.Key.Key_0)
    assert percent.text() == "100%"
    press("+")
    assert percent.text() == "135%"


def test_a_closed_visit_can_only_be_read(window, signed):
    window.open_visit(signed.id)
    assert "This visit is signed" in window.inspector.overview.hint.text()
    assert window.top.saved.text() == "Signed · read only"
    assert not window.actions_by_id[ActionId.TOOL_NEEDLE].isEnabled()
    window.map.select([window.session.charting.visit.marks[0].id])
    assert not window.actions_by_id[ActionId.DELETE].isEnabled()
    form = window.inspector.findChild(QWidget, "trigger-point-form")
    assert not form.status.isEnabled()
    assert form.note.isReadOnly()


def test_marks_are_deleted_duplicated_and_mirrored_by_key(charted, click, press, infraspinatus):
    press(Qt.Key.Key_T)
    click(*infraspinatus)
    press(Qt.Key.Key_M)
    sides = {mark.place.side for mark in charted.session.charting.visit.marks}
    assert sides == {"left", "right"}
    press(Qt.Key.Key_D, CTRL)
    assert len(charted.session.charting.visit.marks) == 3
    press(Qt.Key.Key_Delete)
    assert len(charted.session.charting.visit.marks) == 2


def test_f6_goes_round_the_panels(window, press):
    press(Qt.Key.Key_F6)
    assert window.inspector.isAncestorOf(window.focusWidget())
    window.actions_by_id[ActionId.NEXT_PANEL].trigger()
    assert window.focusWidget() is window.people.search
    window.actions_by_id[ActionId.NEXT_PANEL].trigger()
    assert window.focusWidget() is window.map
    window.actions_by_id[ActionId.PREVIOUS_PANEL].trigger()
    assert window.focusWidget() is window.people.search


def test_only_the_view_that_is_shown_is_opened_before_the_window(qtbot, clinic, printing, settings):
    opened = set()

    class WatchedAtlas(Atlas):
        def view(self, view):
            opened.add(view)
            return super().view(view)

    settings.view = ViewId.SOLES
    window = MainWindow(clinic, printing, WatchedAtlas(), Theme.load(settings.theme), settings)
    qtbot.addWidget(window)
    assert opened == {ViewId.SOLES}
    assert window.actions_by_id[ActionId.VIEW_SOLES].isChecked()


def test_the_keys_page_lists_every_key(qtbot, window, press):
    press(Qt.Key.Key_F1)
    assert window.keys_page.isVisible()
    shown = {label.text() for label in window.keys_page.findChildren(QLabel)}
    assert {spec.text for spec in SPECS.values()} <= shown
    qtbot.keyClick(window.keys_page, Qt.Key.Key_Escape)
    assert window.keys_page.isHidden()


def test_the_theme_is_changed_and_remembered(window, press, settings):
    press(Qt.Key.Key_L, CTRL | SHIFT)
    assert window.theme.is_dark
    assert settings.theme == "dark"
    press(Qt.Key.Key_L, CTRL | SHIFT)
    assert not window.theme.is_dark


def test_large_targets_are_at_least_44_pixels(charted, press, settings):
    press(Qt.Key.Key_T, CTRL | SHIFT)
    assert settings.touch
    for button in charted.stage.findChildren(QAbstractButton):
        if button.isVisible():
            assert min(button.width(), button.height()) >= 44, button.objectName()


def test_the_window_remembers_its_place_and_view(charted, settings):
    charted.map.show_view(ViewId.SOLES)
    charted.close()
    assert not settings.geometry.isEmpty()
    assert settings.view is ViewId.SOLES


def test_everything_that_can_be_used_has_a_name(charted, click, press, infraspinatus):
    press(Qt.Key.Key_N)
    click(*infraspinatus)
    for widget in charted.findChildren(QWidget):
        if isinstance(widget, QAbstractButton | QLineEdit) and widget.isVisible():
            if widget.objectName() in {"qt_spinbox_lineedit", "_q_qlineeditclearbutton"}:
                continue
            if isinstance(widget.parent(), QLineEdit):
                continue
            assert widget.accessibleName() or widget.text(), widget
            assert widget.objectName(), widget.accessibleName()


def test_an_undo_shows_the_view_it_touches(charted, click, press, infraspinatus):
    press(Qt.Key.Key_T)
    click(*infraspinatus)
    charted.map.show_view(ViewId.SOLES)
    press(Qt.Key.Key_Z, CTRL)
    assert charted.map.view_id is ViewId.POSTERIOR


def test_opening_the_open_visit_again_keeps_its_history(charted, click, press, infraspinatus):
    press(Qt.Key.Key_T)
    click(*infraspinatus)
    charted.open_visit(charted.session.charting.visit.id)
    assert charted.session.history.canUndo()


def test_a_visit_changed_elsewhere_is_read_anew_when_opened_again(charted, clinic):
    visit = charted.session.charting.visit
    elsewhere = clinic.chart(visit.id)
    elsewhere.do(elsewhere.rate_pain(5, None))
    charted.open_visit(visit.id)
    assert charted.session.charting.visit.pain_before == 5


def test_a_mark_offers_its_deeds_at_a_press_of_the_right_button(
    charted, click, press, infraspinatus
):
    press(Qt.Key.Key_T)
    click(*infraspinatus)
    (mark,) = charted.session.charting.visit.marks
    charted.map.select([])
    charted.map.context_requested.emit(QPoint(300, 300), mark.id)
    menu = QApplication.activePopupWidget()
    offered = [action.text() for action in menu.actions() if action.text()]
    assert offered == ["About this muscle", "Duplicate", "Mirror", "Delete"]
    assert charted.map.selection == {mark.id}
    menu.close()
