"""Proving the record from the window: progress, cancel, words; the window goes on meanwhile."""

from itertools import pairwise
from time import process_time

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest

from bodymap.chart.audit import AuditAction, AuditQuestion, Entity, Finding, FindingKind, Subject
from bodymap.desk.finding_words import ADVICE, Told
from bodymap.storage.connections import connected
from bodymap.storage.datafolder import FILE_NAME
from bodymap.widgets.actions import ActionId
from bodymap.widgets.audit.page import AuditPage
from bodymap.widgets.audit.verdict import MOST_FOUND, Verdict
from bodymap.widgets.errand import STOPPED
from tests.builders import a_patient

ENTRIES = 30_000
_GUARDS = "SELECT name FROM sqlite_schema WHERE type = 'trigger'"


def audit_page(door) -> AuditPage:
    door.do(ActionId.AUDIT)
    page = door.window.findChild(AuditPage)
    door.until(lambda: page.model.rowCount() > 0)
    return page


def fill_trail(door, entries: int = ENTRIES) -> None:
    """As many entries as a clinic makes in some months."""
    with door.application.open_work() as work:
        event = work.audit.event(AuditAction.READ, Subject(Entity.CLINIC), new={"text": "x" * 200})
        work.audit.append(*[event] * entries)
        work.commit()


def begin(page) -> None:
    QTest.mouseClick(page.verify, Qt.MouseButton.LeftButton)


def test_a_sound_record_is_said_to_be_so_with_progress_on_the_way(door):
    page = audit_page(door)
    fill_trail(door)
    seen = []
    page._errand.progressed.connect(lambda what, per_cent: seen.append((what, per_cent)))
    begin(page)
    assert not page.progress.isHidden()
    assert not page.verify.isEnabled()
    door.until(lambda: not page.verdict.isHidden())
    assert "All is as bodymap wrote it" in page.verdict.text
    assert page.progress.isHidden()
    assert page.verify.isEnabled()
    assert len({per_cent for what, per_cent in seen if what == "audit trail"}) > 5


def test_it_can_be_stopped(door):
    page = audit_page(door)
    fill_trail(door)
    before = door.application.verifying.entries(AuditQuestion(most=1))
    begin(page)
    QTest.mouseClick(page.progress.stop, Qt.MouseButton.LeftButton)
    began = process_time()
    door.until(lambda: not page.verdict.isHidden())
    assert process_time() - began < 2.0
    assert page.verdict.text == STOPPED
    assert page.verify.isEnabled()
    assert door.application.verifying.entries(AuditQuestion(most=1)) == before, (
        "nothing is put down"
    )


def test_who_leaves_the_page_leaves_nothing_running(door):
    page = audit_page(door)
    fill_trail(door)
    begin(page)
    page.put_away()
    door.until(lambda: door.window.findChild(AuditPage) is None)
    assert door.window.background.wait()


def longest_gap(door, page) -> float:
    """How long the program worked while the window heard nothing, in seconds of the processor."""
    ticks = []
    timer = QTimer()
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.timeout.connect(lambda: ticks.append(process_time()))
    timer.start(5)
    begin(page)
    door.until(lambda: not page.verdict.isHidden())
    timer.stop()
    assert len(ticks) > 20
    return max(later - earlier for earlier, later in pairwise(ticks))


def test_the_window_is_not_held_up_meanwhile(door):
    page = audit_page(door)
    fill_trail(door)
    # Other programs take the processor now and then; who holds the window up does so each time.
    gaps = (longest_gap(door, page) for _ in range(5))
    assert any(gap < 0.25 for gap in gaps)


def test_what_is_found_is_called_as_a_person_calls_it(door):
    key = door.application.vault.data_key
    with connected(door.application.folder / FILE_NAME, key) as client:
        for (name,) in client.execute(_GUARDS).fetchall():
            client.execute(f"DROP TRIGGER {name}")
        client.execute("UPDATE visit SET state = 'signed'")
    page = audit_page(door)
    begin(page)
    door.until(lambda: not page.verdict.isHidden())
    patient = a_patient()
    assert f"{patient.family_name}, {patient.given_name}, visit of" in page.verdict.text
    assert ADVICE[FindingKind.SCHEMA] in page.verdict.text
    assert ADVICE[FindingKind.CONTENT] in page.verdict.text
    assert ADVICE[FindingKind.PAGES] not in page.verdict.text


def test_every_kind_has_advice():
    assert set(ADVICE) == set(FindingKind)


@pytest.mark.parametrize("count", [1, MOST_FOUND, MOST_FOUND + 2])
def test_very_many_findings_are_counted(qtbot, count):
    verdict = Verdict()
    qtbot.addWidget(verdict)
    verdict.show_found([Told("A", "B", FindingKind.CHAIN)] * count, is_well=False)
    assert verdict.text.count("A\nB") == min(count, MOST_FOUND)
    assert ("and 2 more" in verdict.text) == (count > MOST_FOUND)
    assert verdict.text.count(ADVICE[FindingKind.CHAIN]) == 1


def test_what_is_not_known_is_called_by_its_id(door):
    found = [
        Finding(FindingKind.CHAIN, "entry 7", "x"),
        Finding(FindingKind.CONTENT, "visit 9", "y"),
    ]
    told = door.application.verifying.in_words(found)
    assert [one.where for one in told] == ["Entry 7", "Visit 9"]


@pytest.mark.parametrize("typed", ["2026-13-01", "yesterday", "9999-12-31"])
def test_a_day_that_is_none_is_told_whatever_is_asked_for(door, typed):
    page = audit_page(door)
    page.until.setText(typed)
    page.since.setText(typed)
    for ask in (page.refresh, page.export.click, page.print.click):
        page.count.setText("")
        ask()
        assert "2026-03-02" in page.count.text()
    page.put_away()


def test_of_two_questions_the_answer_to_the_last_is_shown(door):
    page = audit_page(door)
    lines = page.model.lines
    before = page._asked
    page.refresh()
    door.until(lambda: page._asked == before + 1)
    page._show(before, ())  # comes late
    assert len(page.model.lines) >= len(lines)
    page.put_away()
