"""A session from the first click to the printed page, through the real window."""

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt

from bodymap.atlas.ids import Side, ViewId
from bodymap.chart.marks import TriggerPointStatus
from bodymap.chart.needling import Technique
from tests.builders import a_visit

pytestmark = [pytest.mark.gui, pytest.mark.journey]

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def chart_the_session(table):
    """Two trigger points, three needles (one by touch, one by key) and a lasso zone."""
    infraspinatus = table.in_muscle("infraspinatus")
    trapezius = table.in_muscle("trapezius-descending")
    table.press("view-back-button")
    table.look_at((infraspinatus[0] - 10, infraspinatus[1] - 20))
    table.key(Qt.Key.Key_T)
    table.click(infraspinatus)
    table.click(trapezius)
    table.press("status-latent")
    table.press("tool-needle-button")
    table.click(infraspinatus)
    table.press("technique-superficial")
    table.press("twitches-2")
    table.tap((infraspinatus[0] + 18, infraspinatus[1] + 20))
    table.click(trapezius)
    table.press("tool-pain-button")
    u, v = infraspinatus
    table.drag([(u + 60, v - 40), (u + 95, v - 30), (u + 95, v + 30), (u + 60, v + 40)])


def test_chart_undo_quit_reopen_print_and_read_the_page(folder, sit_down, tmp_path):
    table = sit_down(folder)
    table.window.open_visit(a_visit().id)
    chart_the_session(table)

    points = list(table.visit.trigger_points())
    needles = list(table.visit.needle_sites())
    assert [point.muscle for point in points] == ["infraspinatus", "trapezius-descending"]
    assert points[1].status is TriggerPointStatus.LATENT
    assert [needle.trigger_point for needle in needles] == [points[0].id, None, points[1].id]
    assert needles[0].twitches == 2
    assert needles[2].technique is Technique.SUPERFICIAL
    assert len(list(table.visit.pain_zones())) == 1
    assert all(mark.place.side is Side.RIGHT for mark in table.visit.marks)
    assert table.stored == table.visit

    charted = table.visit.marks
    for _ in range(4):
        table.key(Qt.Key.Key_Z, CONTROL)
    assert table.stored.marks == table.visit.marks != charted
    for _ in range(4):
        table.key(Qt.Key.Key_Z, CONTROL | SHIFT)
    assert table.stored.marks == charted

    table.window.close()
    table.application.close()
    again = sit_down(folder)
    again.window.open_visit(a_visit().id)
    assert again.visit.marks == charted

    page = again.application.printing.summary(again.visit.id, tmp_path / "summary.pdf")
    text = " ".join(" ".join(p.extract_text() for p in PdfReader(page).pages).split())
    assert "Sample 1, Pat" in text
    for words in ("Infraspinatus", "Trapezius, descending part", "T1", "T2", "P1", "Latent"):
        assert words in text
    for mark in (*points, *needles):
        assert mark.place.landmark in text
    assert "Back of the shoulder" in text
    again.window.grab().save(str(tmp_path / "window.png"))


def test_keys_alone_are_enough(folder, sit_down):
    table = sit_down(folder)
    table.window.open_visit(a_visit().id)
    table.map.setFocus()
    table.key(Qt.Key.Key_2)
    assert table.map.view_id is ViewId.POSTERIOR
    table.key(Qt.Key.Key_N)
    table.key(Qt.Key.Key_Right)
    table.key(Qt.Key.Key_Return)
    (needle,) = table.visit.needle_sites()
    table.key(Qt.Key.Key_Right, SHIFT)
    table.key(Qt.Key.Key_M)
    table.key(Qt.Key.Key_Delete)
    assert table.stored == table.visit
    assert table.visit.has(needle.id)


def test_the_wheel_zooms_towards_the_pointer(folder, sit_down):
    table = sit_down(folder)
    table.window.open_visit(a_visit().id)
    table.press("view-front-button")
    at = table.in_muscle("rectus-femoris", Side.LEFT, ViewId.ANTERIOR)
    before, zoom = table.pixel(at), table.map.px_per_mm
    for _ in range(5):
        table.wheel(at, 1)
    assert table.map.px_per_mm > 1.5 * zoom
    assert (table.pixel(at) - before).manhattanLength() <= 4
    table.settle()


def test_every_view_and_dissection_can_be_charted_on(folder, sit_down):
    table = sit_down(folder)
    table.window.open_visit(a_visit().id)
    table.key(Qt.Key.Key_T)
    for number, view in enumerate(ViewId):
        table.key(Qt.Key.Key_1 + number)
        at = table.on_the_skin(view)
        for button in ("show-skin", "show-outer", "show-middle", "show-deep"):
            before = len(table.visit.marks)
            table.press(f"{button}-button")
            table.click(at)
            assert len(table.visit.marks) == before + 1, f"{view}, {button}"
    assert {mark.place.view for mark in table.visit.marks} == set(ViewId)
    assert table.stored == table.visit
