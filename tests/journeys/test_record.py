"""A session with its whole record, from the first question to the printed page."""

from dataclasses import replace

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit

from bodymap.chart.alerts import Alert, AlertKind
from bodymap.chart.measures import MeasureKind
from bodymap.chart.screening import Answer
from bodymap.widgets.record.sections import Progress, SectionId
from tests.builders import a_patient, a_visit

pytestmark = [pytest.mark.gui, pytest.mark.journey]

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
LEFT = Qt.MouseButton.LeftButton

PRINTED = (
    "50 of 50 items answered. Applies: Open wound or fresh scar at the site",
    "Written, by the patient, for this visit.",
    "Hands: alcohol rub. Gloves: one hand. Skin: alcohol. Position: prone.",
    "3 opened, 2 put in, 2 out again, 3 in the sharps container.",
    "22/50 12/50 -10*",
    "Consent signed on screen by Sample 1, Pat",
)


def keep_count(table, name, text):
    line = table.window.findChild(QLineEdit, name)
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, text)
    QTest.keyClick(line, Qt.Key.Key_Return)


def tile(table, section):
    return table.window.inspector.overview.sections.tiles[section].state


def page_of(table, section):
    return table.window.inspector.record.pages[section]


def bar_the_wound(table, at):
    """Screening by key; an open wound is answered with Yes and drawn over the shoulder blade."""
    table.key(Qt.Key.Key_1, CONTROL)
    table.press("answer-open-wound-yes")
    table.press("draw-open-wound")
    u, v = at
    table.drag([(u - 14, v - 14), (u + 14, v - 15), (u + 15, v + 14), (u - 13, v + 15)])
    table.press("screening-rest")


def consent_in_writing(table):
    """What was explained in one click, written, and signed with the finger."""
    table.key(Qt.Key.Key_2, CONTROL)
    table.press("consent-usual")
    table.press("consent-form-written")
    pad = page_of(table, SectionId.CONSENT).signature
    QTest.mousePress(pad, LEFT, pos=QPoint(40, 60))
    for step in range(1, 9):
        QTest.mouseMove(pad, QPoint(40 + 20 * step, 60 - 20 * (step % 2)))
    QTest.mouseRelease(pad, LEFT, pos=QPoint(220, 60))
    table.press("hygiene-hands-alcohol-rub")
    table.press("hygiene-gloves-one-hand")
    table.press("hygiene-skin-alcohol")
    table.press("hygiene-positions-prone")


def measure_the_neck(table):
    """A score before and after."""
    table.key(Qt.Key.Key_4, CONTROL)
    kind = page_of(table, SectionId.MEASURES).kind
    kind.point_at(MeasureKind.NDI)
    kind.activated.emit(kind.currentIndex())
    table.settle()
    keep_count(table, "measure-0-before", "22")
    keep_count(table, "measure-0-after", "12")


def needle_beside_the_wound(table, at):
    """A needle in the wound is warned of and taken back; two beside it are not."""
    table.key(Qt.Key.Key_N)
    table.click(at)
    assert "Needle 1 lies in an area that is not to be needled" in table.window.banner.text
    table.key(Qt.Key.Key_Z, CONTROL)
    table.click((at[0] + 24, at[1] + 18))
    table.click((at[0] - 24, at[1] - 18))


def count_the_needles(table):
    """One too many was opened; what does not fit is named until all is put away."""
    table.key(Qt.Key.Key_3, CONTROL)
    keep_count(table, "needles-opened", "3")
    keep_count(table, "needles-sharps", "2")
    assert "Still in: needle 1, needle 2." in page_of(table, SectionId.NEEDLES).mismatch.text()
    table.key(Qt.Key.Key_O, CONTROL | SHIFT)
    assert tile(table, SectionId.NEEDLES).progress is Progress.DONE


def printed(table, target):
    page = table.application.printing.summary(table.visit.id, target)
    return " ".join(" ".join(p.extract_text() for p in PdfReader(page).pages).split())


def test_a_session_with_its_whole_record(folder, sit_down, tmp_path):
    table = sit_down(folder)
    table.window.open_visit(a_visit().id)
    muscle = table.in_muscle("infraspinatus")
    table.press("view-back-button")
    table.look_at(muscle)
    bar_the_wound(table, muscle)
    assert tile(table, SectionId.SCREENING).detail == "1 to decide"
    needle_beside_the_wound(table, muscle)
    consent_in_writing(table)
    measure_the_neck(table)
    count_the_needles(table)
    table.key(Qt.Key.Key_5, CONTROL)
    table.press("text-fill")

    kept = table.visit.record
    assert table.stored.record == kept
    table.window.grab().save(str(tmp_path / "record.png"))
    table.window.close()
    table.application.close()
    again = sit_down(folder)
    again.window.open_visit(a_visit().id)
    assert again.visit.record == kept
    (barred,) = again.map.overlays.barred
    assert barred.area == kept.screening.areas[0]
    text = printed(again, tmp_path / "summary.pdf")
    for words in PRINTED:
        assert words in text


def test_a_patient_who_takes_blood_thinners(folder, sit_down, tmp_path):
    table = sit_down(folder)
    patient = replace(a_patient(), alerts=(Alert(AlertKind.ANTICOAGULANT, "apixaban"),))
    with table.application.open_work() as work:
        work.people.put_patient(patient)
        work.commit()
    table.window.open_visit(a_visit().id)
    table.key(Qt.Key.Key_1, CONTROL)
    row = page_of(table, SectionId.SCREENING).rows["blood-thinners"]
    assert row.answer.value is Answer.YES
    assert row.answer.toolTip() == "From the record"
    chips = {chip.text() for chip in table.window.top.findChildren(QLabel, "alert")}
    assert "Anticoagulant: apixaban" in chips
    warning = row.findChild(QFrame, "guidance-blood-thinners")
    assert warning.isVisible()
    assert any("bleed" in words.text().lower() for words in warning.findChildren(QLabel))
    assert not row.more.override.isVisibleTo(row)  # care is asked for; nothing is ruled out
    table.press("screening-rest")
    assert tile(table, SectionId.SCREENING).progress is Progress.DONE
    assert table.stored.record.screening.to("blood-thinners").answer is None  # the alert says it

    text = printed(table, tmp_path / "summary.pdf")
    assert "Blood thinners (anticoagulant or antiplatelet medicine) (with care)." in text
