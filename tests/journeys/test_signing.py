"""From a draft to a signed chart that nobody changes, in the real window."""

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from sqlcipher3 import dbapi2 as driver

from bodymap.atlas.ids import ViewId
from bodymap.chart.audit import FindingKind
from bodymap.chart.visit import VisitState
from bodymap.storage.connections import connected
from bodymap.storage.datafolder import FILE_NAME
from bodymap.widgets.actions import ActionId
from bodymap.widgets.audit.page import AuditPage
from bodymap.widgets.record.sections import SectionId
from tests.vaults import OWNER, PASSWORD

pytestmark = pytest.mark.journey


def do(table, action):
    table.window.actions_by_id[action].trigger()


def enter(table, password, words=""):
    page = table.window.inspector.signing
    if words:
        page.text.setPlainText(words)
    page.password.setText(password)
    QTest.mouseClick(page.button, Qt.MouseButton.LeftButton)


def charted_and_counted(table):
    """Two needles, put away; every question answered."""
    table.window.open_visit(table.application.clinic.visits()[0].id)
    table.map.show_view(ViewId.POSTERIOR)
    table.settle()
    charting = table.window.session.charting
    for muscle in ("infraspinatus", "teres-minor"):
        table.window.session.push(charting.needle_site(ViewId.POSTERIOR, *table.in_muscle(muscle)))
    do(table, ActionId.PUT_AWAY)
    do(table, ActionId.ANSWER_REST_NO)


def key_of(table):
    return table.application.vault.data_key


def signed(table, qtbot):
    """Chart and sign in the window."""
    charted_and_counted(table)
    do(table, ActionId.SIGN)
    enter(table, PASSWORD)
    page = table.window.inspector.signing
    qtbot.waitUntil(lambda: table.visit.state is VisitState.SIGNED and page.password.isEnabled())


def test_a_signature_that_is_seen_before_it_is_told_is_shown_like_any(
    folder, sit_down, monkeypatch
):
    """Each second it is looked what is stored: also after the signing, and before its answer."""
    table = sit_down(folder)
    charted_and_counted(table)
    do(table, ActionId.SIGN)
    following, charting = table.window.following, table.window.session.charting

    def signed_and_seen(_whose, act, done, _failed):
        signed = act()
        following._seen(charting, charting.look())
        assert table.visit.state is VisitState.SIGNED
        done(signed)

    monkeypatch.setattr(table.window.background, "change", signed_and_seen)
    enter(table, PASSWORD)
    assert table.window.inspector.signing.button.text() == "Sign addendum"
    do(table, ActionId.PAGE_EVENTS)
    assert table.window.inspector.record.pages[SectionId.EVENTS].later.form.isVisible()


def test_nothing_is_signed_while_something_is_missing(folder, sit_down):
    table = sit_down(folder)
    page = table.window.inspector.signing
    table.window.open_visit(table.application.clinic.visits()[0].id)
    do(table, ActionId.SIGN)
    assert page.isVisible()
    assert not page.button.isVisible()
    go = table.window.findChild(QPushButton, "signing-go-screening")
    QTest.mouseClick(go, Qt.MouseButton.LeftButton)
    assert table.window.inspector.record.section is SectionId.SCREENING


def test_a_wrong_password_signs_nothing(folder, sit_down, qtbot):
    table = sit_down(folder)
    page = table.window.inspector.signing
    charted_and_counted(table)
    do(table, ActionId.SIGN)
    enter(table, "not the password")
    qtbot.waitUntil(lambda: page.problem.text() != "")
    assert "wrong" in page.problem.text()
    assert page.password.text() == ""
    assert table.stored.state is VisitState.DRAFT


def test_a_signed_chart_stays_as_it_is_and_is_added_to(folder, sit_down, qtbot):
    table = sit_down(folder)
    signed(table, qtbot)
    window = table.window
    assert window.inspector.signing.isVisible(), "who signed is shown at once"
    assert not window.actions_by_id[ActionId.UNDO].isEnabled()
    marks = table.stored.marks
    table.map.setFocus()
    table.key(Qt.Key.Key_N)
    table.click(table.in_muscle("infraspinatus"))
    assert table.stored.marks == marks
    do(table, ActionId.SIGN)
    enter(table, PASSWORD, "Called the next day: all well")
    standing = table.application.signing.standing
    qtbot.waitUntil(lambda: len(standing(table.visit.id).addenda) == 1)
    assert table.stored.marks == marks


def test_no_sql_changes_it_paper_shows_it_and_it_is_proved(folder, sit_down, qtbot, tmp_path):
    table = sit_down(folder)
    signed(table, qtbot)
    with connected(folder / FILE_NAME, key_of(table)) as client:
        for statement in (
            "UPDATE needle_site SET depth_mm = 3",
            "DELETE FROM mark",
            "UPDATE visit SET state = 'draft'",
            "DELETE FROM audit",
        ):
            with pytest.raises(driver.Error, match="bodymap:"):
                client.execute(statement)
    summary = table.application.printing.summary(table.visit.id, tmp_path / "summary.pdf")
    text = " ".join(sheet.extract_text() for sheet in PdfReader(summary).pages)
    digest = table.application.signing.standing(table.visit.id).digest
    assert f"Signed by {OWNER.name} (author)" in text
    assert f"Digest {digest[:4]} {digest[4:8]}" in text
    assert table.application.verifying.verify() == ()


def test_tampering_is_found_in_the_window(folder, sit_down, qtbot):
    table = sit_down(folder)
    charted_and_counted(table)
    table.application.signing.sign(table.visit.id, PASSWORD)
    with connected(folder / FILE_NAME, key_of(table)) as client:
        client.execute("DROP TRIGGER closed_needle_site_update")
        client.execute("UPDATE needle_site SET depth_mm = 3")
    do(table, ActionId.AUDIT)
    page = table.window.findChild(AuditPage)
    qtbot.waitUntil(lambda: page.model.rowCount() > 0)
    QTest.mouseClick(page.verify, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not page.verdict.isHidden())
    assert "Not all is as bodymap wrote it" in page.verdict.text
    assert "It no longer holds what" in page.verdict.text
    assert "printed pages" in page.verdict.text
    kinds = {finding.kind for finding in table.application.verifying.verify()}
    assert kinds == {FindingKind.SCHEMA, FindingKind.CONTENT}
    page.action.point_at(None)
    page.since.setText("2026-13-99")
    page.refresh()
    assert "2026-03-02" in page.count.text()
    page.put_away()
