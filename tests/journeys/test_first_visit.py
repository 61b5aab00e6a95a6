"""A patient who was never here before: from the first question to the last needle in the sharps."""

from datetime import date

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from bodymap.atlas.ids import Side
from bodymap.chart.consent import ConsentForm
from bodymap.chart.people import AdministrativeSex
from bodymap.widgets.record.sections import Progress, SectionId
from tests.vaults import OWNER, found_clinic

pytestmark = [pytest.mark.gui, pytest.mark.journey]

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def empty(tmp_path):
    """The folder of a clinic that has seen nobody yet."""
    found_clinic(tmp_path / "new").close()
    return tmp_path / "new"


def register(table):
    """Name, birth date and sex; the panel of the first visit follows by itself."""
    table.key(Qt.Key.Key_N, CONTROL | SHIFT)
    form = table.window.people.new_patient
    for control, text in (
        (form.family_name.control, "Nováková"),
        (form.given_name.control, "Zoë"),
        (form.birth_date.control, "1979-05-30"),
    ):
        control.setFocus()
        control.insert(text)
    QTest.mouseClick(form.sex.button(AdministrativeSex.FEMALE), LEFT)
    QTest.mouseClick(form.save, LEFT)
    panel = table.window.people.new_visit
    table.qtbot.waitUntil(panel.complaint.control.isVisible)
    QTest.keyClicks(panel.complaint.control, "Right shoulder")
    QTest.keyClick(panel.complaint.control, Qt.Key.Key_Return)


def ask_and_agree(table):
    """No item applies; consent as usual; hands and skin are clean."""
    table.key(Qt.Key.Key_1, CONTROL)
    table.press("screening-rest")
    table.key(Qt.Key.Key_2, CONTROL)
    table.press("consent-usual")
    for button in ("hands-alcohol-rub", "gloves-one-hand", "skin-alcohol", "positions-prone"):
        table.press(f"hygiene-{button}")


def treat(table, muscle):
    """A tender point and three needles around it, all in, then all out."""
    table.press("view-back-button")
    table.look_at(muscle)
    table.key(Qt.Key.Key_T)
    table.click(muscle)
    table.press("trigger-point-intensity-7")
    table.key(Qt.Key.Key_N)
    for du, dv in ((0, 0), (16, 12), (-14, 14)):
        table.click((muscle[0] + du, muscle[1] + dv))
    table.key(Qt.Key.Key_3, CONTROL)
    page = table.window.inspector.record.pages[SectionId.NEEDLES]
    assert (page.inside.text(), page.outside.text()) == ("3", "0")
    assert not page.verdict.isVisible()
    table.press("needles-put-away")
    assert page.verdict.text() == "Every needle is accounted for."


def test_a_first_visit_from_a_new_patient_to_reconciled_needles(empty, sit_down, tmp_path):
    table = sit_down(empty)
    assert table.application.clinic.patients() == []
    register(table)
    ask_and_agree(table)
    treat(table, table.in_muscle("infraspinatus"))
    tiles = table.window.inspector.overview.sections.tiles
    for section in (SectionId.SCREENING, SectionId.CONSENT, SectionId.NEEDLES):
        assert tiles[section].state.progress is Progress.DONE
    kept = table.stored
    assert kept == table.visit
    table.window.close()
    table.application.close()

    again = sit_down(empty)
    clinic = again.application.clinic
    (patient,) = clinic.patients()
    assert (patient.full_name, patient.birth_date) == ("Nováková, Zoë", date(1979, 5, 30))
    again.window.finding.choose_patient(patient)
    assert again.visit == kept
    assert again.visit.therapist == OWNER.id
    assert again.visit.record.consent.form is ConsentForm.VERBAL
    first, *_ = kept.needle_sites()
    assert [first.trigger_point] == [point.id for point in kept.trigger_points()]
    assert {mark.place.side for mark in kept.marks} == {Side.RIGHT}
    target = again.application.printing.summary(kept.id, tmp_path / "first.pdf")
    text = " ".join(" ".join(p.extract_text() for p in PdfReader(target).pages).split())
    for words in ("Nováková, Zoë", "Right shoulder", "3 opened, 3 put in, 3 out again, 3 in"):
        assert words in text
