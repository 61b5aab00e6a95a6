"""A patient kept up over the weeks: added, told of, followed, found twice and merged."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton

from bodymap.chart.alerts import Alert, AlertKind
from bodymap.chart.contact import Identifier
from tests.builders import a_patient, a_visit

pytestmark = [pytest.mark.gui, pytest.mark.journey]

CONTROL = Qt.KeyboardModifier.ControlModifier


def write(table, name, text):
    """Type into a field of the page and go on to the next."""
    lines = table.window.page.findChildren(QLineEdit, name)
    assert len(lines) == 1, f"{name}: {len(lines)} lines"
    lines[0].setFocus()
    lines[0].selectAll()
    QTest.keyClicks(lines[0], text)
    QTest.keyClick(lines[0], Qt.Key.Key_Return)


def keep_up(table):
    """Who to call, how it began, what to mind, and what others know the patient by."""
    write(table, "preferred-name", "Patty")
    write(table, "phone", "+41 44 123 45 67")
    write(table, "emergency-name", "Kim Sample")
    write(table, "onset", "1.2.2026")
    write(table, "icd-10", "m75.1")
    kind = table.window.page.alerts.kind
    kind.setFocus()
    while kind.value is not AlertKind.PACEMAKER:
        QTest.keyClick(kind, Qt.Key.Key_Down)
    write(table, "new-alert-words", "left chest")
    write(table, "new-number-system", "Insurance")
    write(table, "new-number-value", "756.1")


def test_a_patient_is_kept_up_and_all_of_it_comes_back(folder, sit_down, tmp_path):
    table = sit_down(folder)
    clinic = table.application.clinic
    table.window.open_visit(a_visit().id)
    table.press("name-button")
    keep_up(table)
    patient = clinic.patient(a_patient().id)
    assert patient.alerts[-1] == Alert(AlertKind.PACEMAKER, "left chest")
    assert patient.identifiers[-1] == Identifier("Insurance", "756.1")
    assert clinic.episode(a_visit().episode).course.icd_10 == "M75.1"
    table.window.page.grab().save(str(tmp_path / "page.png"))
    QTest.keyClick(table.window.page, Qt.Key.Key_Escape)
    assert table.map.isVisible()

    table.window.close()
    table.application.close()
    again = sit_down(folder)
    again.window.open_visit(a_visit().id)
    again.press("name-button")
    assert again.application.clinic.patient(patient.id) == patient
    assert "Patty" in again.window.page.heading.text()
    shown = {line.objectName(): line.text() for line in again.window.page.findChildren(QLineEdit)}
    assert shown["phone"] == "+41 44 123 45 67"
    assert shown["onset"] == "2026-02-01"


def test_two_records_of_one_person_become_one_and_two_again(folder, sit_down, qtbot):
    table = sit_down(folder)
    clinic, page = table.application.clinic, table.window.page
    first = clinic.patient(a_patient().id)
    second = clinic.add_patient(first.family_name + "e", first.given_name, first.birth_date)
    therapist = clinic.users()[0].id
    elsewhere = clinic.begin_visit(second.id, therapist, "Left calf")

    table.window.open_visit(a_visit().id)
    QTest.keyClick(table.map, Qt.Key.Key_I, CONTROL)
    merge = page.findChild(QPushButton, f"merge-{second.number}")
    qtbot.waitUntil(merge.isVisible)
    QTest.mouseClick(merge, Qt.MouseButton.LeftButton)
    assert {visit.id for visit in clinic.visits(first.id)} == {a_visit().id, elsewhere.id}
    assert [one.id for one in clinic.patients(second.number)] == [first.id]

    QTest.keyClick(page, Qt.Key.Key_Z, CONTROL)
    assert [visit.id for visit in clinic.visits(second.id)] == [elsewhere.id]
    assert clinic.patient(first.id) == first
    assert clinic.patient(second.id) == second
