"""A signed visit, and what the patient tells the next morning, in the real window."""

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from bodymap.chart.adverse_events import EventKind, Severity
from bodymap.chart.signing import visit_digest
from bodymap.chart.visit import VisitState
from bodymap.widgets.actions import ActionId
from bodymap.widgets.people.lists import VISIT_ROLE
from bodymap.widgets.record.later_form import LaterKind
from bodymap.widgets.record.sections import SectionId
from tests.journeys.test_signing import do, signed

pytestmark = pytest.mark.journey


def click(button):
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def later(table):
    """The page on what came afterwards, and what is recorded below a closed visit."""
    do(table, ActionId.PAGE_EVENTS)
    page = table.window.inspector.record.pages[SectionId.EVENTS]
    assert page.isVisible()
    return page.later


def record_event(form, kind, severity, words):
    click(form.choice.button(LaterKind.EVENT))
    form.kind.point_at(kind)
    form.kind.chosen.emit(kind)
    click(form.event_card.severity.button(severity))
    form.event_card.text.setPlainText(words)
    click(form.button)


def told(table):
    return table.application.clinic.after_signing.of(table.visit.id)


def test_a_pneumothorax_of_the_next_morning_is_recorded_and_corrected(
    folder, sit_down, qtbot, tmp_path
):
    table = sit_down(folder)
    signed(table, qtbot)
    digest = visit_digest(table.stored)
    part = later(table)
    assert part.form.isVisible()
    assert not table.window.inspector.record.pages[SectionId.EVENTS].kind.isVisible()
    record_event(part.form, EventKind.PNEUMOTHORAX, Severity.MILD, "Short of breath")
    assert [event.kind for event in told(table).events] == [EventKind.PNEUMOTHORAX]

    click(table.window.findChild(QPushButton, "later-0-correct"))
    click(part.form.event_card.severity.button(Severity.SERIOUS))
    part.form.event_card.action.setPlainText("Sent to hospital")
    click(part.form.button)
    assert [event.severity for event in told(table).events] == [Severity.SERIOUS]
    assert table.window.findChild(QLabel, "later-1-title").text() == "Pneumothorax, serious"
    tile = table.window.inspector.overview.sections.tiles[SectionId.EVENTS]
    assert tile.state.detail == "adverse event"
    assert table.window.people.visits.index(0).data(VISIT_ROLE).events == 1

    assert visit_digest(table.stored) == digest
    assert table.application.verifying.verify() == ()
    assert sum(count for _, count in table.application.clinic.figures.of().events) == 1
    summary = table.application.printing.summary(table.visit.id, tmp_path / "summary.pdf")
    text = " ".join(sheet.extract_text() for sheet in PdfReader(summary).pages)
    assert "Recorded after signing" in text
    assert "Sent to hospital" in text
    assert "No longer counts: see no. 2" in text


def test_what_was_heard_is_taken_back_with_a_reason(folder, sit_down, qtbot):
    table = sit_down(folder)
    signed(table, qtbot)
    form = later(table).form
    click(form.choice.button(LaterKind.JOURNAL))
    form.entry_card.on.setText("soon")
    click(form.button)
    assert "not a day" in form.problem.text()
    assert told(table).entries == ()
    form.entry_card.on.setText(f"{table.visit.began:%Y-%m-%d}")
    click(form.entry_card.soreness.button(4))
    click(form.button)
    assert [heard.soreness for heard in told(table).follow_ups] == [4]

    click(table.window.findChild(QPushButton, "later-0-correct"))
    click(form.choice.button(LaterKind.ERROR))
    click(form.button)
    assert "why" in form.problem.text()
    form.reason.setPlainText("Another patient called")
    click(form.button)
    assert told(table).follow_ups == ()
    assert len(told(table).entries) == 2
    assert table.visit.state is VisitState.SIGNED


def test_a_draft_has_no_such_entries(folder, sit_down):
    table = sit_down(folder)
    table.window.open_visit(table.application.clinic.visits()[0].id)
    assert not later(table).isVisible()
