from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from bodymap.atlas.ids import ViewId
from bodymap.chart.alerts import Alert, AlertKind
from bodymap.chart.people import AdministrativeSex
from bodymap.errors import StorageError
from bodymap.widgets.people import pictures
from bodymap.widgets.people.lists import LISTED
from bodymap.widgets.people.words import parsed_date
from tests.builders import a_patient

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def panel(qtbot, window):
    qtbot.waitUntil(lambda: window.finding._text is not None and _is_answered(window))
    return window.people


def test_patients_are_found_by_any_word_of_their_name(qtbot, clinic, window):
    for family, given in (("Example", "Amara"), ("Muster", "Dörte"), ("Sample", "Amara")):
        clinic.add_patient(family, given, date(1980, 1, 1))
    qtbot.keyClicks(window.people.search, "amara sam")
    qtbot.waitUntil(lambda: _names(window) == ["Sample, Amara"])


def test_enter_takes_the_only_one_that_was_found(qtbot, visit, window):
    qtbot.keyClicks(window.people.search, "exam")
    qtbot.keyClick(window.people.search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.session.charting is not None)
    assert window.session.charting.visit.id == visit.id


def test_enter_goes_to_the_list_when_several_were_found(qtbot, clinic, window):
    for given in ("Amara", "Eva"):
        clinic.add_patient("Example", given, date(1980, 1, 1))
    qtbot.keyClicks(window.people.search, "exam")
    qtbot.keyClick(window.people.search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.focusWidget() is window.people.patient_list)


def test_nobody_found_is_told(qtbot, patient, window):
    assert patient
    qtbot.keyClicks(window.people.search, "zzz")
    qtbot.waitUntil(window.people.patient_list.isHidden)
    assert window.people._nobody.text() == "Nobody of that name or number."


def test_of_very_many_the_first_are_listed_and_it_is_said(qtbot, patient, window):
    window.people.show_patients([patient] * LISTED, None)
    note = window.people.findChild(QLabel, "no-patients")
    assert note.isVisible()
    assert note.text() == "The first 100 only. Type more of the name to find others."
    window.people.show_patients([patient], None)
    assert not note.isVisible()


def test_ctrl_f_goes_to_the_search(qtbot, window):
    window.map.setFocus()
    qtbot.keyClick(window.map, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert window.focusWidget() is window.people.search


def test_choosing_a_patient_opens_the_newest_visit(qtbot, visit, window):
    qtbot.waitUntil(lambda: _names(window) == ["Example, Amara"])
    _click_row(qtbot, window.people.patient_list, 0)
    assert window.session.charting.visit.id == visit.id
    assert window.top.name.text() == "Example, Amara"
    assert window.top.facts.text() == "b. 1984-03-12 · Right shoulder · visit 1"


def test_another_visit_is_opened_from_its_card(qtbot, clinic, visit, window):
    later = clinic.begin_visit(visit.patient, visit.therapist, "", visit.episode)
    window.open_visit(later.id)
    _click_row(qtbot, window.people.visit_list, 1)
    assert window.session.charting.visit.id == visit.id


def test_a_card_tells_day_state_pain_and_needles(qtbot, charted, infraspinatus):
    desk = charted.session.charting
    charted.session.push(desk.needle_site(ViewId.POSTERIOR, *infraspinatus))
    charted.session.push(desk.rate_pain(6, 3))
    model = charted.people.visits
    said = "21 Nov 2026, draft, Right shoulder, Noor Placeholder, pain 6 → 3, 1 needle"
    told = Qt.ItemDataRole.AccessibleTextRole
    qtbot.waitUntil(lambda: model.index(0).data(told) == said)


def test_a_card_shows_the_body_with_the_marks(qtbot, charted):
    model = charted.people.visits
    role = Qt.ItemDataRole.DecorationRole
    qtbot.waitUntil(lambda: model.index(0).data(role) is not None)
    assert not model.index(0).data(role).isNull()


def test_no_more_pictures_are_kept_than_are_looked_at(
    qtbot, monkeypatch, clinic, patient, therapist, charted
):
    monkeypatch.setattr(pictures, "MOST_KEPT", 2)
    for _ in range(3):
        clinic.begin_visit(patient.id, therapist.id, "Neck")
    charted.finding.refresh()
    qtbot.waitUntil(lambda: len(charted.people.visits._pictures) == 4)
    assert len(charted.pictures._ready) == 2
    charted.people.visits.show_visits(charted.people.visits.visits[:1])
    assert len(charted.people.visits._pictures) == 1


def test_the_lists_keep_the_rules_of_models(qtmodeltester, charted):
    qtmodeltester.check(charted.people.patients)
    qtmodeltester.check(charted.people.visits)


def test_a_new_patient_is_added_and_the_first_visit_asked_for(qtbot, clinic, therapist, panel):
    assert therapist
    panel.window().finding.begin_patient()
    form = panel.new_patient
    qtbot.keyClicks(form.family_name.control, "Ejemplo")
    qtbot.keyClicks(form.given_name.control, "Eva")
    qtbot.keyClicks(form.birth_date.control, "17.5.1988")
    qtbot.mouseClick(form.sex.button(AdministrativeSex.FEMALE), LEFT)
    qtbot.mouseClick(form.save, LEFT)
    (added,) = clinic.patients("ejemplo")
    assert (added.birth_date, added.sex) == (date(1988, 5, 17), "female")
    assert panel.new_visit.isVisible()
    qtbot.keyClicks(panel.new_visit.complaint.control, "left calf")
    qtbot.keyClick(panel.new_visit.complaint.control, Qt.Key.Key_Return)
    assert panel.window().session.charting.visit.patient == added.id
    assert panel.window().top.facts.text() == "b. 1988-05-17 · left calf · visit 1"


def test_what_is_missing_is_said_beside_its_field(qtbot, clinic, panel):
    panel.window().finding.begin_patient()
    form = panel.new_patient
    qtbot.keyClicks(form.given_name.control, "Eva")
    qtbot.keyClicks(form.birth_date.control, "3/4/1984")
    qtbot.mouseClick(form.save, LEFT)
    assert form.family_name.problem == "The family name is missing."
    assert form.given_name.problem == ""
    assert "1984-03-12" in form.birth_date.problem
    assert form.family_name.control.accessibleDescription() == form.family_name.problem
    assert not clinic.patients()


def test_what_the_clinic_refuses_is_said_in_the_panel(qtbot, panel):
    panel.window().finding.begin_patient()
    form = panel.new_patient
    qtbot.keyClicks(form.family_name.control, "Future")
    qtbot.keyClicks(form.given_name.control, "Fae")
    qtbot.keyClicks(form.birth_date.control, "2999-01-01")
    qtbot.mouseClick(form.save, LEFT)
    assert "date of birth" in form._problem.text()
    assert form.isVisible()


def test_a_visit_needs_a_complaint(qtbot, clinic, patient, therapist, panel):
    assert therapist
    panel.window().finding.choose_patient(patient)
    assert panel.new_visit.isVisible()
    qtbot.mouseClick(panel.new_visit.save, LEFT)
    assert "few words" in panel.new_visit.complaint.problem
    assert not clinic.visits(patient.id)


def test_a_known_complaint_is_taken_up_again(qtbot, clinic, visit, panel):
    panel.window().open_visit(visit.id)
    panel.window().finding.begin_visit()
    assert panel.new_visit.episode.currentText() == "Right shoulder"
    qtbot.mouseClick(panel.new_visit.save, LEFT)
    newest = clinic.visits(visit.patient)[0]
    assert newest.id == panel.window().session.charting.visit.id
    assert len(clinic.episodes(visit.patient)) == 1


def test_cancel_goes_back_to_the_lists(qtbot, panel):
    panel.window().finding.begin_patient()
    qtbot.mouseClick(panel.new_patient.cancel, LEFT)
    assert panel.search.isVisible()


def test_a_visit_without_a_patient_is_refused_in_words(qtbot, window):
    qtbot.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert "Choose a patient first" in window.banner.text


def test_alerts_stay_in_sight(open_work, clinic, patient, therapist, window):
    with open_work() as work:
        work.people.put_patient(
            replace(patient, alerts=(a_patient().alerts[0], Alert(AlertKind.PACEMAKER)))
        )
        work.commit()
    visit = clinic.begin_visit(patient.id, therapist.id, "neck")
    window.open_visit(visit.id)
    shown = {chip.text() for chip in window.top.findChildren(type(window.top.saved), "alert")}
    assert shown == {"Anticoagulant", "Pacemaker"}


@pytest.mark.parametrize("refused", ["visits", "patient_of", "chart"])
def test_who_cannot_be_opened_is_not_chosen(
    monkeypatch, clinic, patient, therapist, charted, refused
):
    """Otherwise a visit of one patient could be seen under the name of another."""
    other = clinic.add_patient("Beispiel", "Berta", date(1970, 1, 2), AdministrativeSex.FEMALE)
    clinic.begin_visit(other.id, therapist.id, "Neck")
    read, open_still = getattr(clinic, refused), charted.session.charting

    def fail(asked):
        if asked in {patient.id, open_still.visit.id}:
            return read(asked)
        raise StorageError("The data is out of reach.")

    monkeypatch.setattr(clinic, refused, fail)
    charted.finding.choose_patient(other)
    assert charted.session.charting is open_still
    assert charted.finding.patient == patient
    assert charted.finding.visit == open_still.visit.id
    assert [one.patient for one in charted.people.visits.visits] == [patient.id]
    assert charted.top.name.text() == patient.full_name
    assert "out of reach" in charted.banner.text
    assert not charted.people.new_visit.isVisible()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("1984-03-12", date(1984, 3, 12)),
        (" 12.3.1984 ", date(1984, 3, 12)),
        ("3/4/1984", None),
        ("1984-13-01", None),
        ("", None),
    ],
)
def test_dates_are_read_only_where_they_are_certain(typed, meant):
    assert parsed_date(typed) == meant


def _names(window):
    model = window.people.patients
    return [model.index(row).data() for row in range(model.rowCount())]


def _is_answered(window):
    return bool(window.people._nobody.text())


def _click_row(qtbot, view, row):
    area = view.visualRect(view.model().index(row, 0))
    qtbot.mouseClick(view.viewport(), LEFT, pos=area.center())
