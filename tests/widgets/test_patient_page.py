"""The patient's page in the real window: opened, edited, taken back, merged."""

from datetime import UTC, date, datetime, timedelta

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QPushButton

from bodymap.atlas.ids import Side, ViewId
from bodymap.chart.alerts import Alert, AlertKind
from bodymap.chart.contact import Identifier
from bodymap.chart.course import EpisodeStatus
from bodymap.chart.measures import Measure, MeasureKind
from bodymap.desk.trends import MeasureCourse, Reading
from bodymap.widgets.actions import ActionId
from bodymap.widgets.patient_page.entries import day_meant, parsed
from bodymap.widgets.patient_page.trends import NeedleTrend
from bodymap.widgets.patient_page.trends_card import course_tip, course_words
from bodymap.widgets.theme import Theme
from tests.widgets.clipping import clipped

LEFT = Qt.MouseButton.LeftButton
CONTROL = Qt.KeyboardModifier.ControlModifier

TYPED = [
    ("family_name", "Éxample", lambda p: p.family_name, "Éxample"),
    ("given_name", "Amára", lambda p: p.given_name, "Amára"),
    ("preferred_name", "Mara", lambda p: p.preferred_name, "Mara"),
    ("birth_date", "13.3.1984", lambda p: p.birth_date, date(1984, 3, 13)),
    ("number", "77/b", lambda p: p.number, "77/b"),
    ("language", "de-CH", lambda p: p.language, "de-CH"),
    ("phone", "+41 44 123 45 67", lambda p: p.contact.phone, "+41 44 123 45 67"),
    ("email", "amara@example.org", lambda p: p.contact.email, "amara@example.org"),
    ("address", "1 Sample Street", lambda p: p.contact.address, "1 Sample Street"),
    ("emergency_name", "Eva Example", lambda p: p.emergency.name, "Eva Example"),
    ("emergency_relation", "sister", lambda p: p.emergency.relation, "sister"),
    ("emergency_phone", "044 111", lambda p: p.emergency.phone, "044 111"),
    ("notes", "Prefers mornings", lambda p: p.notes, "Prefers mornings"),
]
OF_COMPLAINT = [
    ("complaint", "Left shoulder", lambda e: e.complaint, "Left shoulder"),
    ("onset", "2026-09-01", lambda e: e.onset, date(2026, 9, 1)),
    ("mechanism", "A fall", lambda e: e.course.mechanism, "A fall"),
    ("referral_source", "Dr. Muster", lambda e: e.course.referral_source, "Dr. Muster"),
    ("goals", "Sleep through", lambda e: e.course.goals, "Sleep through"),
    ("days_between", "7", lambda e: e.course.days_between, 7),
    ("planned_visits", "6", lambda e: e.course.planned_visits, 6),
    ("reassess_on", "1.12.2026", lambda e: e.course.reassess_on, date(2026, 12, 1)),
    ("icd_10", "m75.1", lambda e: e.course.icd_10, "M75.1"),
]


@pytest.fixture
def page(qtbot, window, visit):
    window.open_visit(visit.id)
    window.actions_by_id[ActionId.PATIENT_PAGE].trigger()
    qtbot.waitUntil(lambda: window.paging.presenter._readings is not None)
    return window.page


@pytest.fixture
def stored(clinic, patient):
    return lambda: clinic.patient(patient.id)


def test_the_name_opens_the_page_and_escape_the_body(qtbot, charted):
    qtbot.mouseClick(charted.top.name_button, LEFT)
    assert charted.page.isVisible()
    assert not charted.stage.isVisible()
    assert charted.page.heading.text() == "Example, Amara"
    qtbot.keyClick(charted.page, Qt.Key.Key_Escape)
    assert charted.stage.isVisible()
    assert charted.inspector.isVisible()
    assert not charted.page.isVisible()


def test_the_key_opens_and_closes_it(qtbot, charted):
    qtbot.keyClick(charted.map, Qt.Key.Key_I, CONTROL)
    assert charted.page.isVisible()
    qtbot.keyClick(charted.page, Qt.Key.Key_I, CONTROL)
    assert charted.stage.isVisible()


def test_without_a_patient_there_is_no_page(window):
    assert not window.actions_by_id[ActionId.PATIENT_PAGE].isEnabled()
    assert not window.top.name_button.isEnabled()


@pytest.mark.parametrize("action", [ActionId.VIEW_BACK, ActionId.TOOL_NEEDLE, ActionId.SHOW_DEEP])
def test_whatever_is_about_the_body_shows_the_body(window, page, action):
    window.actions_by_id[action].trigger()
    assert window.stage.isVisible()
    assert not page.isVisible()


def test_a_muscle_can_be_looked_for_from_the_page(qtbot, window, page):
    page.heading.window().activateWindow()
    window.actions_by_id[ActionId.FIND_MUSCLE].trigger()
    assert not page.isVisible()
    search = window.asking.panel.muscle.search
    qtbot.waitUntil(search.hasFocus)
    QApplication.processEvents()
    assert search.hasFocus()


def test_the_body_has_the_keys_once_the_page_is_closed(qtbot, window, page):
    window.actions_by_id[ActionId.PATIENT_PAGE].trigger()
    qtbot.waitUntil(lambda: window.stage.isAncestorOf(window.focusWidget()))


@pytest.mark.parametrize("case", TYPED, ids=lambda case: case[0])
def test_every_field_is_kept_and_taken_back(qtbot, window, page, stored, case):
    name, typed, read, meant = case
    before = stored()
    _type(qtbot, page.details.form, name, typed)
    assert read(stored()) == meant
    window.actions_by_id[ActionId.UNDO].trigger()
    assert stored() == before
    assert _text(page.details.form, name) != typed
    window.actions_by_id[ActionId.REDO].trigger()
    assert read(stored()) == meant


@pytest.mark.parametrize("case", OF_COMPLAINT, ids=lambda case: case[0])
def test_every_field_of_the_complaint_is_kept(qtbot, clinic, window, visit, page, case):
    name, typed, read, meant = case
    _type(qtbot, page.episodes.form, name, typed)
    assert read(clinic.episode(visit.episode)) == meant
    window.actions_by_id[ActionId.UNDO].trigger()
    assert read(clinic.episode(visit.episode)) != meant


def test_sex_side_and_state_are_chosen(qtbot, clinic, visit, page, stored):
    qtbot.mouseClick(page.details.form.fields["sex"].control.button("male"), LEFT)
    assert stored().sex == "male"
    side = page.episodes.form.fields["side"].control
    qtbot.mouseClick(side.button(Side.RIGHT), LEFT)
    assert clinic.episode(visit.episode).side is Side.RIGHT
    qtbot.mouseClick(side.button(Side.RIGHT), LEFT)
    assert clinic.episode(visit.episode).side is None
    state = page.episodes.status
    _choose(qtbot, state, EpisodeStatus.FINISHED)
    assert clinic.episode(visit.episode).course.status is EpisodeStatus.FINISHED


@pytest.mark.parametrize(
    ("name", "typed", "words"),
    [
        ("birth_date", "3/4/1984", "Either number may be the month"),
        ("birth_date", "soon", "Type the day"),
        ("birth_date", "2190-01-01", "check the year"),
        ("birth_date", "", "date of birth is missing"),
        ("family_name", "", "needs a family name"),
        ("phone", "ring me", "phone number"),
        ("email", "amara at home", "e-mail"),
        ("language", "german!", "language"),
    ],
)
def test_what_makes_no_sense_is_said_beside_its_field(qtbot, page, stored, name, typed, words):
    before = stored()
    _type(qtbot, page.details.form, name, typed)
    field = page.details.form.fields[name]
    assert words in field.problem
    assert field.control.accessibleDescription() == field.problem
    assert stored() == before
    other = "notes" if name != "notes" else "phone"
    _type(qtbot, page.details.form, other, "something else")
    assert _text(page.details.form, name) == typed, "what was typed stays"


def test_a_field_that_is_put_right_is_no_longer_wrong(qtbot, page, stored):
    _type(qtbot, page.details.form, "phone", "ring me")
    _type(qtbot, page.details.form, "phone", "044 111")
    assert page.details.form.fields["phone"].problem == ""
    assert stored().contact.phone == "044 111"


@pytest.mark.parametrize(
    ("name", "typed"), [("days_between", "weekly"), ("planned_visits", "0"), ("icd_10", "shoulder")]
)
def test_what_a_complaint_cannot_have_is_said(qtbot, clinic, visit, page, name, typed):
    before = clinic.episode(visit.episode)
    _type(qtbot, page.episodes.form, name, typed)
    assert page.episodes.form.fields[name].problem
    assert clinic.episode(visit.episode) == before


def test_the_bar_and_the_list_tell_what_was_changed(qtbot, window, page):
    _type(qtbot, page.details.form, "family_name", "Sample")
    assert window.top.name.text() == "Sample, Amara"
    assert window.top.saved.text().startswith("Saved")
    model = window.people.patients
    qtbot.waitUntil(lambda: model.index(0).data() == "Sample, Amara")
    _type(qtbot, page.episodes.form, "complaint", "Neck")
    assert "Neck" in window.top.facts.text()


def test_alerts_are_added_worded_and_removed(qtbot, window, page, stored):
    _choose(qtbot, page.alerts.kind, AlertKind.PREGNANCY)
    qtbot.keyClicks(page.alerts.words, "twins")
    qtbot.mouseClick(page.alerts.add_button, LEFT)
    _choose(qtbot, page.alerts.rows[0].trimester, 2)
    assert stored().alerts == (Alert(AlertKind.PREGNANCY, "twins", 2),)
    chips = {chip.text() for chip in window.top.findChildren(type(window.top.saved), "alert")}
    assert "Pregnancy, trimester 2: twins" in chips
    words = page.alerts.rows[0].words
    words.setText("one")
    words.editingFinished.emit()
    assert stored().alerts[0].words == "one"
    qtbot.mouseClick(page.alerts.rows[0].remove, LEFT)
    assert stored().alerts == ()
    window.actions_by_id[ActionId.UNDO].trigger()
    assert stored().alerts[0].words == "one"


def test_an_alert_of_no_kind_needs_words(qtbot, page, stored):
    _choose(qtbot, page.alerts.kind, AlertKind.OTHER)
    qtbot.mouseClick(page.alerts.add_button, LEFT)
    assert "few words" in page.alerts._problem.text()
    assert stored().alerts == ()


def test_further_numbers_are_added_and_removed(qtbot, page, stored):
    qtbot.keyClicks(page.numbers.value, "756.1")
    qtbot.mouseClick(page.numbers.add_button, LEFT)
    assert "needs both" in page.numbers._problem.text()
    qtbot.keyClicks(page.numbers.system, "Insurance")
    qtbot.mouseClick(page.numbers.add_button, LEFT)
    assert stored().identifiers == (Identifier("Insurance", "756.1"),)
    qtbot.mouseClick(page.findChild(QPushButton, "remove-number-0"), LEFT)
    assert stored().identifiers == ()


def test_a_complaint_is_added_and_chosen(qtbot, clinic, patient, page):
    qtbot.mouseClick(page.episodes.add_button, LEFT)
    assert "few words" in page.episodes._problem.text()
    qtbot.keyClicks(page.episodes.new, "Left knee")
    qtbot.keyClick(page.episodes.new, Qt.Key.Key_Return)
    assert {one.complaint for one in clinic.episodes(patient.id)} == {"Right shoulder", "Left knee"}
    assert _text(page.episodes.form, "complaint") == "Left knee"
    assert page.trends._words.text() == "No visits of this complaint yet."


def test_a_second_record_is_merged_and_taken_back(qtbot, clinic, patient, window, therapist, page):
    second = clinic.add_patient("Exampel", "Amara", patient.birth_date)
    visit = clinic.begin_visit(second.id, therapist.id, "Neck")
    window.paging.presenter.refresh()
    qtbot.mouseClick(page.findChild(QPushButton, f"merge-{second.number}"), LEFT)
    assert clinic.visit(visit.id).patient == patient.id
    assert len(window.people.visits.visits) == 2
    part = page.findChild(QPushButton, f"part-{second.number}")
    qtbot.waitUntil(part.isVisible)
    window.actions_by_id[ActionId.UNDO].trigger()
    assert clinic.visit(visit.id).patient == second.id
    assert len(window.people.visits.visits) == 1


def test_a_merged_record_is_parted_again(qtbot, clinic, patient, window, page):
    second = clinic.add_patient("Exampel", "Amara", patient.birth_date)
    clinic.register.do(clinic.register.merge(patient.id, second.id))
    window.paging.presenter.refresh()
    qtbot.mouseClick(page.findChild(QPushButton, f"part-{second.number}"), LEFT)
    assert clinic.patient(second.id).merged_into is None


def test_another_record_is_looked_for(qtbot, clinic, page):
    other = clinic.add_patient("Muster", "Dörte", date(1970, 1, 1))
    qtbot.keyClicks(page.seconds.search, "dort")
    qtbot.keyClick(page.seconds.search, Qt.Key.Key_Return)
    merge = page.findChild(QPushButton, f"merge-{other.number}")
    qtbot.waitUntil(merge.isVisible)
    page.seconds.search.setText("zzz")
    qtbot.mouseClick(page.seconds.find_button, LEFT)
    assert page.seconds._problem.text() == "Nobody else was found."


def test_a_change_from_elsewhere_is_told_and_nothing_written(qtbot, clinic, patient, page, stored):
    known = stored()
    clinic.register.do(clinic.register.edit_patient(known, "phone", phone="044 222"))
    _type(qtbot, page.details.form, "phone", "044 111")
    assert "changed in another window" in page._problem_words.text()
    assert "“044 222” there by now; you entered “044 111”" in page._problem_words.text()
    assert stored().contact.phone == "044 222"
    assert _text(page.details.form, "phone") == "044 222"


def test_another_field_from_elsewhere_is_kept_and_shown(qtbot, clinic, patient, page, stored):
    known = stored()
    clinic.register.do(clinic.register.edit_patient(known, "notes", notes="from elsewhere"))
    _type(qtbot, page.details.form, "phone", "044 111")
    assert (stored().contact.phone, stored().notes) == ("044 111", "from elsewhere")
    assert _text(page.details.form, "notes") == "from elsewhere"


def test_a_visit_of_the_timeline_is_opened_on_the_body(qtbot, clinic, visit, window):
    later = clinic.begin_visit(visit.patient, visit.therapist, "", visit.episode)
    window.open_visit(later.id)
    window.paging.toggle()
    view = window.page.timeline
    index = view.model().index(1)
    qtbot.mouseClick(view.viewport(), LEFT, pos=view.visualRect(index).center())
    assert window.session.charting.visit.id == visit.id
    assert window.stage.isVisible()


def test_what_is_being_typed_is_kept_when_the_page_is_left(qtbot, window, page, stored):
    page.details.form.fields["phone"].control.setText("044 222")
    qtbot.mouseClick(page.back, LEFT)
    assert stored().contact.phone == "044 222"


def test_another_patient_shows_another_page(qtbot, clinic, window, page, stored):
    other = clinic.add_patient("Muster", "Dörte", date(1970, 1, 1))
    page.details.form.fields["phone"].control.setText("044 222")
    window.finding.choose_patient(other)
    assert stored().contact.phone == "044 222"
    assert window.finding.patient.id == other.id
    assert page.heading.text() == "Muster, Dörte"
    assert _text(page.details.form, "phone") == ""
    assert window.top.name.text() == "Muster, Dörte"


def test_undo_on_the_body_does_not_reach_the_page(qtbot, window, page, stored, infraspinatus):
    _type(qtbot, page.details.form, "phone", "044 111")
    window.paging.close()
    assert not window.actions_by_id[ActionId.UNDO].isEnabled()
    desk = window.session.charting
    window.session.push(desk.needle_site(ViewId.POSTERIOR, *infraspinatus))
    window.actions_by_id[ActionId.UNDO].trigger()
    assert stored().contact.phone == "044 111"
    assert window.session.charting.visit.marks == ()


def test_the_charts_tell_what_they_show(qtbot, clinic, visit, window):
    for before, after in ((7, 5), (4, 3)):
        charting = clinic.chart(visit.id)
        charting.do(charting.rate_pain(before, after))
        visit = clinic.begin_visit(visit.patient, visit.therapist, "", visit.episode)
    window.open_visit(visit.id)
    window.paging.toggle()
    chart = window.page.trends.pain
    qtbot.waitUntil(lambda: len(chart.readings) == 3)
    assert "before 7, after 5" in chart.accessibleDescription()
    assert "not rated" in chart.accessibleDescription()
    assert chart.improved == 5
    words = window.page.trends._words.text()
    assert "from 7 to 4: 3 less, a change that usually matters" in words
    assert "Farrar 2001" in words


def test_the_charts_are_on_a_scale_of_days(qtbot):
    chart = NeedleTrend("needles", "Needles", Theme.load("light"))
    qtbot.addWidget(chart)
    began = datetime(2026, 3, 2, 9, tzinfo=UTC)
    area = QRectF(0, 0, 300, 100)
    visit = {"visit": "v", "episode": "e", "pain_before": None, "pain_after": None,
             "needles": 3, "trigger_points": 0, "area_cm2": None, "index": None}  # fmt: skip
    chart.show_readings([Reading(began=began + timedelta(days=d), **visit) for d in (0, 7, 21)])
    first, second, third = (chart.x_of(area, at) for at in range(3))
    assert (third - second) == pytest.approx(2 * (second - first))
    assert 0 < first < third < 300
    assert chart.closest_px(area) == pytest.approx(second - first)
    chart.show_readings([Reading(began=began, **visit)] * 2)
    assert [chart.x_of(area, at) for at in range(2)] == [75, 225]
    assert not chart.grab().isNull()


@pytest.mark.parametrize("size", [(1100, 700), (1440, 900), (1920, 1080)])
@pytest.mark.parametrize("touch", [False, True])
def test_no_words_of_the_page_are_clipped(qtbot, window, page, stored, size, touch):
    window.set_theme(Theme.load("light", touch=touch))
    window.resize(*size)
    page.alerts.added.emit(AlertKind.PREGNANCY, "twins")
    page.numbers.added.emit("Insurance", "756.1")
    assert stored().alerts
    QApplication.sendPostedEvents()
    assert clipped(page) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_page_is_painted_in_its_theme(qtbot, window, page, theme):
    shown = Theme.load(theme)
    window.set_theme(shown)
    picture = page.grab().toImage()
    assert picture.pixelColor(8, page.height() - 8).name() == shown.colour("paper").name()


def test_someone_known_is_told_of_before_being_added_again(qtbot, clinic, visit, window):
    window.finding.begin_patient()
    form = window.people.new_patient
    _enter_patient(qtbot, form, "Exampel", "Amara", "1984-03-12")
    assert form.namesakes.isVisible()
    assert len(clinic.patients()) == 1
    qtbot.mouseClick(form.findChild(QPushButton, "open-P-0001"), LEFT)
    assert window.session.charting.visit.id == visit.id
    assert len(clinic.patients()) == 1


def test_someone_known_is_added_all_the_same_when_asked_twice(qtbot, clinic, visit, window):
    assert visit
    window.finding.begin_patient()
    form = window.people.new_patient
    _enter_patient(qtbot, form, "Exampel", "Amara", "1984-03-12")
    assert form.save.text() == "Add anyway"
    qtbot.mouseClick(form.save, LEFT)
    assert len(clinic.patients()) == 2


@pytest.mark.parametrize(
    ("text", "meant"),
    [("", None), ("2026-11-21", date(2026, 11, 21)), ("21.11.2026", date(2026, 11, 21))],
)
def test_days_are_read_in_usual_spellings(text, meant):
    assert day_meant(text) == meant


def test_choices_are_passed_on_as_they_are():
    assert parsed("sex", Side.LEFT) is Side.LEFT
    assert parsed("phone", "  044 ") == "044"


def _enter_patient(qtbot, form, family, given, born):
    qtbot.keyClicks(form.family_name.control, family)
    qtbot.keyClicks(form.given_name.control, given)
    qtbot.keyClicks(form.birth_date.control, born)
    qtbot.mouseClick(form.save, LEFT)


def _choose(qtbot, drop_down, value):
    drop_down.setCurrentIndex(drop_down.findData(value) - 1)
    drop_down.setFocus()
    qtbot.keyClick(drop_down, Qt.Key.Key_Down)
    assert drop_down.value == value


def _type(qtbot, form, name, text):
    control = form.fields[name].control
    control.setFocus()
    if isinstance(control, QPlainTextEdit):
        control.setPlainText("")
        qtbot.keyClicks(control, text)
        control.keep()
        return
    assert isinstance(control, QLineEdit)
    control.clear()
    if text.isascii():
        qtbot.keyClicks(control, text)
    else:
        control.insert(text)  # no keyboard has such keys
    qtbot.keyClick(control, Qt.Key.Key_Return)


def _text(form, name):
    control = form.fields[name].control
    return control.toPlainText() if isinstance(control, QPlainTextEdit) else control.text()


def test_each_measure_says_whether_its_change_matters_and_by_whose_word():
    ndi = MeasureCourse(Measure(MeasureKind.NDI), 24, 14)
    assert (
        course_words(ndi) == "NDI: 24 → 14/50, 10 less, a change that usually matters to patients"
    )
    assert "7.5 of 50 or more" in course_tip(ndi)
    assert "Young 2009" in course_tip(ndi)
    turned = MeasureCourse(Measure(MeasureKind.ROM, "Neck rotation"), 40, 55)
    assert course_words(turned) == "Range of motion: Neck rotation: 40 → 55°, 15 more"
    assert course_tip(turned).startswith("No smallest change")
