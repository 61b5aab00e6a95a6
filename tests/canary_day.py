"""A day at the desk with 50 canaries in the record: `python -m tests.canary_day FOLDER OUTPUT END`.

Everything is done that could leave a trace: charting, searching, typing, looking at every page,
copying, locking, printing, exporting, verifying, backing up, restoring. Then the day ends with
`close`, `abort` or `wait`, to be killed.
"""

import os
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog

from bodymap.app import Application
from bodymap.app_window import make_doorway
from bodymap.chart.adverse_events import AdverseEvent, EventKind
from bodymap.chart.alerts import Alert, AlertKind
from bodymap.chart.audit import AuditQuestion
from bodymap.chart.change import Change
from bodymap.chart.consent import Consent, ConsentForm
from bodymap.chart.contact import Contact, EmergencyContact, Identifier
from bodymap.chart.follow_up import FollowUp, FollowUpKind
from bodymap.chart.hygiene import Hygiene
from bodymap.chart.narrative import Chapter, Narrative
from bodymap.chart.needle_count import NeedleCount
from bodymap.chart.people import Patient
from bodymap.chart.screening import Answer, Screening, ScreeningAnswer
from bodymap.chart.visit import Visit
from bodymap.chart.visit_record import VisitRecord
from bodymap.discretion import be_discreet
from bodymap.widgets.actions import ActionId
from bodymap.widgets.controls.veil import Veiled
from bodymap.widgets.main_window import MainWindow
from bodymap.widgets.starting import qt_application
from tests.builders import a_note, a_patient, a_visit, an_episode
from tests.vaults import found_clinic

CANARIES = tuple(f"Kanarie{number:02}Zwo" for number in range(50))
BORN = date(1913, 8, 17)
ALSO = (BORN.isoformat(), "17 August 1913", "+49 555 0131877")
"""The day of birth, as it is stored and as it is shown, and a telephone number."""

_ENDS = frozenset({ActionId.QUIT, ActionId.SIGN_OUT, ActionId.PRINT, ActionId.LOCK})


def a_marked_patient(words: list[str]) -> Patient:
    """Somebody of whom every field is a canary."""
    patient = a_patient(
        family_name=words.pop(),
        given_name=words.pop(),
        preferred_name=words.pop(),
        notes=words.pop(),
        birth_date=BORN,
        alerts=(Alert(AlertKind.ANTICOAGULANT, words.pop()), Alert(AlertKind.OTHER, words.pop())),
    )
    contact = Contact(ALSO[2], f"{words.pop()}@example.org", words.pop())
    return replace(
        patient,
        number=words.pop(),
        contact=contact,
        emergency=EmergencyContact(words.pop(), words.pop()),
        identifiers=(Identifier(words.pop(), words.pop()),),
    )


def a_marked_visit(words: list[str]) -> Visit:
    """A visit of which every field of words is a canary; the rest of them are notes."""
    chapters = tuple((chapter, words.pop()) for chapter in Chapter)
    record = VisitRecord(
        screening=Screening((ScreeningAnswer("blood-thinners", Answer.YES, words.pop()),)),
        consent=Consent(ConsentForm.VERBAL, note=words.pop()),
        hygiene=Hygiene(note=words.pop()),
        needles=NeedleCount(6, 5, words.pop()),
        narrative=Narrative(chapters, (words.pop(),), (words.pop(),)),
        adverse_events=(AdverseEvent(EventKind.BRUISING, text=words.pop()),),
        follow_ups=(FollowUp(FollowUpKind.JOURNAL, date(2026, 3, 4), 3, text=words.pop()),),
    )
    visit = a_visit(2, 1, 1, record=record)
    marks = [replace(mark, text=words.pop()) for mark in visit.marks]
    notes = [a_note(number, text=text) for number, text in enumerate(words, start=1)]
    return replace(visit, marks=(*marks, *notes))


def look_at_everything(window: MainWindow) -> None:
    """Open all there is, with the visit open."""
    for action in ActionId:
        if action not in _ENDS and window.actions_by_id[action].isEnabled():
            window.actions_by_id[action].trigger()
            window.background.wait()
            QCoreApplication.processEvents()
        for veiled in window.findChildren(Veiled):
            veiled.hide()
        for other in QApplication.topLevelWidgets():
            if isinstance(other, QDialog):
                other.close()


def work(application: Application, folder: Path, output: Path) -> None:
    """The day."""
    doorway = make_doorway(application, folder / "window.ini")
    doorway.begin()
    window, lock = doorway.window, doorway.lock
    assert window is not None
    assert lock is not None
    window.resize(1300, 850)
    visit = a_visit().id
    window.open_visit(visit)
    look_at_everything(window)
    window.open_visit(visit)
    QTest.keyClicks(window.people.search, CANARIES[49])
    QGuiApplication.clipboard().setText(CANARIES[48])
    lock.lock()
    lock.unlock()
    application.printing.summary(visit, output / "summary.pdf")
    application.verifying.export(AuditQuestion(), output / "trail.csv")
    application.verifying.print_out(AuditQuestion(), "all", output / "trail.pdf", "A4")
    application.verifying.verify()
    backup = application.backing_up.back_up()
    application.backing_up.restore(backup)
    held = application.clinic.visit(visit)
    with application.open_work() as store:
        mark = replace(held.marks[0], text=f"{CANARIES[47]} once more")
        store.visits.apply(visit, held.version, Change(put=(mark,)))
        store.commit()
    window.background.wait()


def main(folder: Path, output: Path, end: str) -> None:
    be_discreet()
    qt_application()
    application = found_clinic(folder)
    words = list(CANARIES[1:])  # the first is the complaint
    patient, visit = a_marked_patient(words), a_marked_visit(words)
    planted = repr((patient, visit))
    assert all(canary in planted + CANARIES[0] for canary in CANARIES)
    with application.open_work() as store:
        store.people.put_patient(patient)
        store.people.put_episode(an_episode(complaint=CANARIES[0]))
        store.visits.add(visit)
        store.commit()
    work(application, folder, output)
    os.write(1, b"now\n")
    match end:
        case "abort":
            os.abort()
        case "wait":
            sys.stdin.read()
    application.close()
    os._exit(0)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
