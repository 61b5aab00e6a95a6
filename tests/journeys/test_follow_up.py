"""A second visit: what was charted in full the week before is copied, and all is still there."""

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from bodymap.atlas.ids import ViewId
from bodymap.chart.marks import PainPattern
from bodymap.chart.needling import Handle, Manipulation
from bodymap.widgets.actions import ActionId
from tests.builders import a_visit

pytestmark = [pytest.mark.gui, pytest.mark.journey]


def write(table, name, words):
    (field,) = [one for one in table.window.findChildren(QLineEdit, name) if one.isVisible()]
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, words)
    field.editingFinished.emit()


def chart_in_full(table):
    """A zone, its trigger point and a needle, with findings, response and times."""
    spot = table.in_muscle("infraspinatus")
    table.look_at(spot)
    table.press("tool-trigger-point-button")
    table.click(spot)
    table.press("findings-fold")
    table.press("finding-taut_band-answer-yes")
    write(table, "trigger-point-part", "lower fibres")
    write(table, "threshold-number", "240")
    table.press("tool-needle-button")
    table.click(spot)
    table.press("needle-response-fold")
    table.press("needle-manipulations-chips-pistoning")
    write(table, "needle-pistoning", "12")
    table.press("needle-time-fold")
    table.press("needle-in-now")
    table.press("needle-pack-fold")
    table.press("needle-handle-plastic")
    write(table, "needle-brand", "Testneedle")


def check_charted(visit):
    (point,), (needle,) = visit.trigger_points(), visit.needle_sites()
    assert (point.taut_band, point.part, point.threshold.kpa) == (True, "lower fibres", 240.0)
    assert (needle.manipulations, needle.pistoning) == ({Manipulation.PISTONING}, 12)
    assert (needle.handle, needle.brand) == (Handle.PLASTIC, "Testneedle")
    assert needle.is_in
    assert needle.trigger_point == point.id


def test_a_follow_up_begins_with_what_was_charted_before(sit_down, folder):
    table = sit_down(folder)
    first = a_visit().id
    table.window.finding.choose_patient(table.application.clinic.patients()[0])
    table.window.open_visit(first)
    table.window.map.show_view(ViewId.POSTERIOR)
    table.settle()
    chart_in_full(table)
    check_charted(table.stored)
    last = table.stored
    table.window.close()
    table.application.close()

    table = sit_down(folder)
    clinic = table.application.clinic
    check_charted(clinic.visit(first))
    begun = clinic.begin_visit(last.patient, last.therapist, "", last.episode)
    table.window.finding.choose_patient(clinic.patients()[0])
    table.window.open_visit(begun.id)
    table.window.actions_by_id[ActionId.COPY_FORWARD].trigger()
    table.press("reuse-copy")
    (point,), (needle,) = table.stored.trigger_points(), table.stored.needle_sites()
    assert (point.taut_band, point.threshold, point.part) == (None, None, "lower fibres")
    assert (needle.brand, needle.pistoning, needle.time_in) == ("Testneedle", None, None)
    assert needle.trigger_point == point.id
    assert needle.place == next(last.needle_sites()).place


def test_the_groups_one_works_with_stand_open_the_next_day(sit_down, folder):
    table = sit_down(folder)
    table.window.open_visit(a_visit().id)
    table.window.map.show_view(ViewId.POSTERIOR)
    table.settle()
    chart_in_full(table)
    table.window.close()
    table.application.close()

    table = sit_down(folder)
    table.window.open_visit(a_visit().id)
    (needle,) = table.visit.needle_sites()
    table.window.map.select([needle.id])
    groups = {
        group.objectName(): group.is_open
        for group in table.window.inspector.forms["needle-site"].groups
    }
    assert groups == {
        "needle-response": True,
        "needle-time": True,
        "needle-pack": True,
        "needle-current": False,
    }


def test_a_pain_zone_tells_its_course_and_origin(sit_down, folder):
    table = sit_down(folder)
    table.window.open_visit(a_visit().id)
    table.window.map.show_view(ViewId.POSTERIOR)
    table.settle()
    spot = table.in_muscle("infraspinatus")
    table.look_at(spot)
    table.press("tool-trigger-point-button")
    table.click(spot)
    (point,) = table.visit.trigger_points()
    step = table.window.session.charting.pain_from_region(ViewId.POSTERIOR, *spot)
    table.window.session.push(step)
    table.press("pain-course-fold")
    table.press("pain-pattern-constant")
    write(table, "pain-aggravated", "reaching overhead")
    table.press(f"pain-origins-chips-{point.id}")
    (zone,), (point,) = table.stored.pain_zones(), table.stored.trigger_points()
    assert (zone.pattern, zone.aggravated_by) == (PainPattern.CONSTANT, "reaching overhead")
    assert point.refers_to == {zone.id}
