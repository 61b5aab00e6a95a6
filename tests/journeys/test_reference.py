"""Knowledge at the pointer: what explains a pain, and what a needle must keep clear of."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from bodymap.atlas.areas import inside_point
from bodymap.atlas.ids import LayerId, Side, ViewId
from bodymap.atlas.knowledge import Knowledge
from bodymap.chart.marks import MarkKind
from tests.builders import a_visit

pytestmark = [pytest.mark.gui, pytest.mark.journey]

CONTROL = Qt.KeyboardModifier.ControlModifier
BESIDE_THE_SCAPULA = (35.0, 360.0)
FEW = 5
"""Among the first: no more than this far down a list."""


def ring_in_region(table, view, region, side):
    """A lasso well inside a region of the skin."""
    shapes = table.application.atlas.view(view).drawing.in_layer(LayerId.SURFACE_REGIONS)
    area = next(s for s in shapes if (s.structure, s.side) == (region, side)).polygon()
    u, v = inside_point(area)
    table.look_at((u, v), 4.0)
    return list(area.buffer(-4).exterior.coords)[::4]


def test_pain_drawn_on_the_temple_leads_to_a_trigger_point_in_the_neck(folder, sit_down, tmp_path):
    table = sit_down(folder)
    table.window.open_visit(a_visit().id)
    table.press("view-right-button")
    table.press("tool-pain-button")
    table.drag(ring_in_region(table, ViewId.LATERAL_RIGHT, "temple", Side.RIGHT))
    (zone,) = table.visit.pain_zones()
    assert zone.regions == ("temple",)

    table.key(Qt.Key.Key_X)
    panel = table.window.asking.panel
    rows = panel.pain.rows
    names = [rows.index(row).data() for row in range(FEW)]
    assert "Upper trapezius, right" in names
    assert "Sternocleidomastoid, right" in names
    table.qtbot.waitUntil(panel.pain.list.hasFocus)
    for _ in range(names.index("Upper trapezius, right")):
        QTest.keyClick(panel.pain.list, Qt.Key.Key_Down)
    assert "covers 100 %" in panel.pain.list.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole)
    table.settle()
    table.window.grab().save(str(tmp_path / "explained.png"))

    QTest.keyClick(panel.pain.list, Qt.Key.Key_Return)
    table.key(Qt.Key.Key_Return)
    (point,) = table.stored.trigger_points()
    assert point.muscle in Knowledge.load().muscle("upper-trapezius").structures
    assert point.place.side is Side.RIGHT
    table.key(Qt.Key.Key_Z, CONTROL)
    assert not list(table.stored.trigger_points())


def test_a_needle_beside_the_scapula_over_the_lung_raises_its_caution(folder, sit_down, tmp_path):
    table = sit_down(folder)
    table.window.open_visit(a_visit().id)
    table.press("view-back-button")
    table.look_at(BESIDE_THE_SCAPULA)
    table.press("tool-needle-button")
    table.click(BESIDE_THE_SCAPULA)
    (needle,) = table.visit.needle_sites()
    form = table.window.inspector.forms[MarkKind.NEEDLE_SITE]
    caution = form.caution
    assert caution.isVisible()
    assert "pleura" in caution.accessibleName()
    said = caution.accessibleDescription()
    assert "Guide value for rhomboid major: 19 mm" in said
    assert "Source: model body" in said
    assert "Board Notice" in said
    table.window.grab().save(str(tmp_path / "caution.png"))

    form.depth_control.number.setValue(10)
    form.depth_control.keep()
    assert table.stored.mark(needle.id).depth_mm == 10
    assert "tip is 10 mm deep" in form.tip.text()
    assert caution.isHidden()
    form.depth_control.number.setValue(30)
    form.depth_control.keep()
    assert caution.isVisible()
    assert "Guide value for rhomboid major: 19 mm" in caution.accessibleDescription()


def test_a_muscle_is_asked_for_by_its_abbreviation_and_planned(folder, sit_down):
    table = sit_down(folder)
    table.window.open_visit(a_visit().id)
    table.key(Qt.Key.Key_K, CONTROL)
    panel = table.window.asking.panel
    table.qtbot.waitUntil(panel.muscle.search.hasFocus)
    QTest.keyClicks(panel.muscle.search, "QL")
    QTest.keyClick(panel.muscle.search, Qt.Key.Key_Return)
    assert panel.muscle.card.title.text() == "Quadratus lumborum"
    table.press("muscle-side-left")
    table.press("plan-here")
    table.key(Qt.Key.Key_Return)
    (point,) = table.stored.trigger_points()
    assert (point.muscle, point.place.side) == ("quadratus-lumborum", Side.LEFT)
