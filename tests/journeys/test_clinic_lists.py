"""The clinic's lists, while no visit is open, in the real window."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from bodymap.chart.audit import AuditAction, Entity
from bodymap.widgets.actions import ActionId
from bodymap.widgets.record.sections import SectionId

pytestmark = pytest.mark.journey


def test_the_clinics_lists_are_kept_without_a_visit_and_audited(folder, sit_down):
    table = sit_down(folder)
    inspector = table.window.inspector
    table.window.session.open(None)
    table.window.actions_by_id[ActionId.PAGE_CLINIC].trigger()
    page = inspector.record.pages[SectionId.CLINIC]
    assert page.isVisible()
    QTest.mouseClick(page.reminder.button(30), Qt.MouseButton.LeftButton)
    page.advice.setPlainText("Rest\nDrink water")
    page.advice.keep()
    assert page.reminder.value == 30
    choices = table.application.clinic.choices.now()
    assert (choices.reminder_min, choices.advice) == (30, ("Rest", "Drink water"))
    with table.application.open_work() as work:
        told = [entry.event for entry in work.audit.entries()]
    changes = [event for event in told if event.subject.entity is Entity.CLINIC]
    assert [event.action for event in changes].count(AuditAction.CHANGED) == 2

    page.item.point_at("blood-thinners")
    page.item.chosen.emit("blood-thinners")
    QTest.mouseClick(page.severity.button(True), Qt.MouseButton.LeftButton)
    assert table.application.clinic.choices.now().absolute == {"blood-thinners": True}

    inspector.back.click()
    assert inspector.title.text() == "No visit open"
    assert not page.isVisible()
    table.window.actions_by_id[ActionId.PAGE_SCREENING].trigger()
    assert inspector.title.text() == "No visit open"


def test_a_visit_that_is_opened_takes_the_place_of_the_lists(folder, sit_down):
    table = sit_down(folder)
    inspector = table.window.inspector
    table.window.session.open(None)
    table.window.actions_by_id[ActionId.PAGE_CLINIC].trigger()
    table.window.open_visit(table.application.clinic.visits()[0].id)
    assert inspector.title.text() == "This visit"
    table.window.session.open(None)
    assert inspector.title.text() == "No visit open"
