"""Visits over time in the real window: compared, as heat, one muscle, played."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QApplication

from bodymap.atlas.ids import ViewId
from bodymap.chart.marks import MarkKind
from bodymap.widgets.actions import ActionId
from bodymap.widgets.controls.rows import DETAIL_ROLE
from bodymap.widgets.map.overlays.ghosts import Ghosts
from bodymap.widgets.map.overlays.heat_map import HeatMap
from bodymap.widgets.over_time.model import Mode
from bodymap.widgets.theme import Theme
from tests.widgets.clipping import clipped

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def course(clinic, visit, infraspinatus):
    """Three visits: a trigger point that eases, then a needle besides."""
    visits = []
    u, v = infraspinatus
    for intensity, (before, after) in ((7, (7, 5)), (4, (5, 3)), (2, (4, 1))):
        charting = clinic.chart(visit.id)
        charting.do(charting.trigger_point(ViewId.POSTERIOR, u, v))
        (point,) = charting.visit.trigger_points()
        charting.do(charting.edit(replace(point, intensity=intensity)))
        charting.do(charting.rate_pain(before, after))
        if visits:
            charting.do(charting.needle_site(ViewId.POSTERIOR, u + 3, v))
        visits.append(visit.id)
        visit = clinic.begin_visit(visit.patient, visit.therapist, "", visit.episode)
    return visits


@pytest.fixture
def opened(qtbot, course, window):
    window.open_visit(course[-1])
    window.map.show_view(ViewId.POSTERIOR)
    window.actions_by_id[ActionId.OVER_TIME].trigger()
    qtbot.waitUntil(lambda: window.over_time.presenter._is_read)
    return window


def test_the_key_opens_it_in_the_place_of_the_inspector(qtbot, charted):
    qtbot.keyClick(charted.map, Qt.Key.Key_C)
    assert charted.times.isVisible()
    assert not charted.inspector.isVisible()
    qtbot.keyClick(charted.times, Qt.Key.Key_Escape)
    assert charted.inspector.isVisible()
    assert not charted.times.isVisible()
    assert charted.map.overlays.earlier is None


def test_without_a_visit_there_is_nothing_to_compare(window):
    assert not window.actions_by_id[ActionId.OVER_TIME].isEnabled()


def test_a_first_visit_says_that_it_is_alone(qtbot, charted):
    charted.actions_by_id[ActionId.OVER_TIME].trigger()
    qtbot.waitUntil(charted.times.compare._alone.isVisible)


def test_two_visits_are_compared_in_numbers_and_marks(opened):
    page = opened.times.compare
    assert page._here.text().startswith("Visit 3 of 4")
    assert _lines(page) == ["5 → 4/10", "–", "1, the same", "1, the same"]
    rows = _rows(page.findings.model)
    assert ("Right infraspinatus", "Changed · 4 → 2/10") in rows
    assert any(detail.startswith("As before") for _, detail in rows)
    assert isinstance(opened.map.overlays.earlier, Ghosts)


def test_an_earlier_visit_may_be_chosen(opened, course):
    page = opened.times.compare
    page.other.chosen.emit(course[0])
    assert _lines(page)[0] == "7 → 4/10, a change that matters"
    assert any(detail.startswith("New") for _, detail in _rows(page.findings.model))


def test_it_follows_what_is_charted(opened, infraspinatus):
    u, v = infraspinatus
    desk = opened.session.charting
    opened.session.push(desk.needle_site(ViewId.POSTERIOR, u, v + 12))
    assert _lines(opened.times.compare)[3] == "1 → 2"


def test_a_row_brings_its_mark_into_sight(qtbot, opened):
    opened.map.show_view(ViewId.ANTERIOR)
    view = opened.times.compare.findings.view
    index = view.model().index(0)
    qtbot.mouseClick(view.viewport(), LEFT, pos=view.visualRect(index).center())
    assert opened.map.view_id is ViewId.POSTERIOR
    assert len(opened.map.selection) == 1


def test_steps_go_through_the_visits_of_the_complaint(qtbot, opened, course):
    page = opened.times.compare
    qtbot.mouseClick(page.earlier, LEFT)
    assert opened.session.charting.visit.id == course[1]
    assert page._here.text().startswith("Visit 2 of 4")
    qtbot.mouseClick(page.later, LEFT)
    assert opened.session.charting.visit.id == course[2]


def test_play_shows_one_visit_after_the_other(qtbot, opened, course):
    opened.over_time._playing.setInterval(10)
    page = opened.times.compare
    qtbot.mouseClick(page.play, LEFT)
    assert opened.session.charting.visit.id == course[0]
    assert page.play.text() == "Stop"
    qtbot.waitUntil(lambda: page.play.text() == "Play")
    assert not page.later.isEnabled()


def test_heat_is_shown_of_the_chosen_marks_and_visits(qtbot, opened):
    panel = opened.times
    qtbot.mouseClick(panel.tabs.button(Mode.HEAT), LEFT)
    assert isinstance(opened.map.overlays.earlier, HeatMap)
    qtbot.mouseClick(panel.heat.kind.button(MarkKind.NEEDLE_SITE), LEFT)
    assert panel.heat._words.text() == "Needles of 4 visits"
    assert _hottest(opened) == pytest.approx(2.0, abs=0.1)
    flag = QItemSelectionModel.SelectionFlag.Deselect
    panel.heat.visits.selectionModel().select(panel.heat.model.index(1), flag)
    assert panel.heat._words.text() == "Needles of 3 visits"
    assert _hottest(opened) == pytest.approx(1.0, abs=0.1)


def test_a_muscle_is_followed_through_the_visits(qtbot, opened):
    panel = opened.times
    qtbot.mouseClick(panel.tabs.button(Mode.MUSCLE), LEFT)
    assert panel.muscle.which.currentText() == "Right infraspinatus"
    told = [detail for _, detail in _rows(panel.muscle.rows.model)]
    assert told == [
        "Nothing charted",
        "Active · 2/10, 1 needle",
        "Active · 4/10, 1 needle",
        "Active · 7/10",
    ]


def test_the_patients_page_puts_it_away(opened):
    opened.actions_by_id[ActionId.PATIENT_PAGE].trigger()
    assert opened.page.isVisible()
    assert not opened.times.isVisible()
    opened.actions_by_id[ActionId.PATIENT_PAGE].trigger()
    assert opened.inspector.isVisible()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("touch", [False, True])
@pytest.mark.parametrize("mode", list(Mode))
def test_no_words_are_clipped(opened, theme, touch, mode):
    opened.set_theme(Theme.load(theme, touch=touch))
    opened.times.mode_chosen.emit(mode)
    QApplication.sendPostedEvents()
    assert clipped(opened.times) == []


def _lines(page):
    return [page._grid.itemAtPosition(row, 1).widget().text() for row in range(4)]


def _rows(model):
    rows = [model.index(row) for row in range(model.rowCount())]
    return [(row.data(), row.data(DETAIL_ROLE)) for row in rows]


def _hottest(window):
    return window.map.overlays.earlier._of(ViewId.POSTERIOR).highest
