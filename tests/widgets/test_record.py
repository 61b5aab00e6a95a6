"""The record of a visit, entered in the window: stored at once, taken back, refused in words."""

from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QPlainTextEdit

from bodymap.atlas.ids import Side, ViewId
from bodymap.chart.adverse_events import EventKind, Onset, Outcome, Severity
from bodymap.chart.clinic_choices import ClinicChoices
from bodymap.chart.consent import Consent, ConsentForm, ConsentGiver, ConsentScope, Told
from bodymap.chart.follow_up import FollowUpKind, Relief
from bodymap.chart.hygiene import Gloves, HandHygiene, Position, SkinPreparation
from bodymap.chart.measures import MeasureKind
from bodymap.chart.narrative import Chapter
from bodymap.chart.screening import Answer
from bodymap.chart.visit_record import VisitRecord
from bodymap.widgets.actions import ActionId
from bodymap.widgets.map.tool_id import ToolId
from bodymap.widgets.record.sections import Progress, SectionId
from tests.widgets.clipping import clipped

LEFT = Qt.MouseButton.LeftButton


class Table:
    """The window with a visit, and hands that find controls by their names."""

    def __init__(self, window, clinic):
        self.window, self.clinic = window, clinic

    @property
    def stored(self):
        return self.clinic.visit(self.window.session.charting.visit.id).record

    @property
    def problem(self):
        return self.window.banner.text if self.window.banner.isVisible() else ""

    def open(self, section):
        if self.window.inspector.record.section is not section:
            self.window.recording.open(section)

    def find(self, kind, name):
        QApplication.processEvents()
        found = [one for one in self.window.findChildren(kind, name) if one.isVisible()]
        assert len(found) == 1, f"{name}: {len(found)} found"
        return found[0]

    def press(self, name):
        QTest.mouseClick(self.find(QAbstractButton, name), LEFT)

    def write(self, name, text):
        line = self.find(QLineEdit, name)
        line.setFocus()
        line.selectAll()
        QTest.keyClicks(line, text) if text.isascii() else line.insert(text)
        QTest.keyClick(line, Qt.Key.Key_Return)

    def tell(self, name, text):
        edit = self.find(QPlainTextEdit, name)
        edit.setPlainText(text)
        edit.keep()

    def undo(self):
        self.window.actions_by_id[ActionId.UNDO].trigger()

    def tile(self, section):
        return self.window.inspector.overview.sections.tiles[section].state


def choose(drop_down, value):
    """Choose an entry as a click on it does."""
    drop_down.point_at(value)
    drop_down.activated.emit(drop_down.currentIndex())


@pytest.fixture
def table(charted, clinic):
    return Table(charted, clinic)


# --- screening


def test_no_to_the_rest_is_one_step_that_is_taken_back_as_one(table):
    table.open(SectionId.SCREENING)
    table.press("answer-epilepsy-yes")
    table.press("screening-rest")
    answered = table.stored.screening
    assert answered.to("epilepsy").answer is Answer.YES
    assert answered.to("pacemaker").answer is Answer.NO
    assert table.tile(SectionId.SCREENING).progress is Progress.DONE
    table.undo()
    assert [one.item for one in table.stored.screening.answers] == ["epilepsy"]


def test_what_rules_needling_out_wants_a_reason(table):
    table.open(SectionId.SCREENING)
    table.press("answer-bleeding-disorder-yes")
    assert table.tile(SectionId.SCREENING).detail == "1 to decide"
    table.tell("override-bleeding-disorder", "Mild, haematologist agrees")
    table.tell("note-bleeding-disorder", "von Willebrand, type 1")
    said = table.stored.screening.to("bleeding-disorder")
    assert said.override == "Mild, haematologist agrees"
    assert said.note == "von Willebrand, type 1"
    assert table.tile(SectionId.SCREENING).progress is Progress.OPEN


def test_an_answer_taken_back_is_open_again(table):
    table.open(SectionId.SCREENING)
    table.press("answer-epilepsy-no")
    table.press("answer-epilepsy-no")
    assert table.stored.screening.answers == ()


def test_age_is_answered_by_the_record_and_by_nobody_else(table):
    table.open(SectionId.SCREENING)
    row = table.window.inspector.record.pages[SectionId.SCREENING].rows["child-under-12"]
    assert row.answer.value is Answer.NO
    assert not row.answer.isEnabled()


# --- areas that are barred


@pytest.fixture
def wounded(table):
    """An open wound was answered with Yes, and the tool to draw it is in hand."""
    table.open(SectionId.SCREENING)
    table.press("answer-open-wound-yes")
    table.press("draw-open-wound")
    return table


def test_an_area_is_drawn_and_shown_with_its_reason(wounded, infraspinatus, click):
    assert wounded.window.map.tool is ToolId.BARRED_AREA
    click(*infraspinatus)
    (area,) = wounded.stored.screening.areas
    assert (area.item, area.view, area.place.side) == ("open-wound", ViewId.POSTERIOR, Side.RIGHT)
    (barred,) = wounded.window.map.overlays.barred
    assert barred.is_absolute
    assert barred.words == "Open wound or fresh scar at the site"
    assert not wounded.window.map.grab().isNull()


def test_the_same_region_again_is_free_again(wounded, infraspinatus, click):
    click(*infraspinatus)
    click(*infraspinatus)
    assert wounded.stored.screening.areas == ()


def test_an_area_is_drawn_by_free_hand_and_cleared(wounded, infraspinatus):
    body, (u, v) = wounded.window.map, infraspinatus
    corners = [(u - 20, v - 20), (u + 20, v - 22), (u + 22, v + 20), (u - 18, v + 20)]
    pixels = [body.mm_to_view(*corner).toPoint() for corner in corners]
    body.zoom_to(2.0)
    body.centre_at(u, v)
    pixels = [body.mm_to_view(*corner).toPoint() for corner in corners]
    QTest.mousePress(body.viewport(), LEFT, pos=pixels[0])
    for pixel in pixels[1:]:
        QTest.mouseMove(body.viewport(), pixel)
    QTest.mouseRelease(body.viewport(), LEFT, pos=pixels[-1])
    (area,) = wounded.stored.screening.areas
    assert len(area.polygons) == 1
    wounded.press("clear-open-wound")
    assert wounded.stored.screening.areas == ()


def test_a_needle_placed_in_it_warns_at_once(wounded, infraspinatus, click):
    click(*infraspinatus)
    assert wounded.problem == ""
    wounded.window.actions_by_id[ActionId.TOOL_NEEDLE].trigger()
    click(*infraspinatus)
    assert wounded.problem.startswith("Needle 1 lies in an area that is not to be needled")
    assert wounded.tile(SectionId.SCREENING).detail == "needle 1"


def test_a_needle_beside_it_does_not(wounded, infraspinatus, click):
    click(*infraspinatus)
    wounded.window.actions_by_id[ActionId.TOOL_NEEDLE].trigger()
    click(-infraspinatus[0], infraspinatus[1])
    assert len(list(wounded.window.session.charting.visit.needle_sites())) == 1
    assert wounded.problem == ""


def test_the_tool_asks_for_an_item_first(table, infraspinatus, click):
    table.window.actions_by_id[ActionId.TOOL_BARRED_AREA].trigger()
    click(*infraspinatus)
    assert "Answer an item of the screening" in table.problem
    assert table.stored == VisitRecord()


# --- consent and hygiene


def test_the_usual_consent_is_one_click(table):
    table.open(SectionId.CONSENT)
    table.press("consent-usual")
    assert table.stored.consent == Consent(ConsentForm.VERBAL, told=frozenset(Told))
    assert table.tile(SectionId.CONSENT).progress is Progress.DONE


def test_every_part_of_consent_can_be_entered(table):
    table.open(SectionId.CONSENT)
    table.press("consent-form-written")
    table.press("consent-scope-episode")
    table.press("consent-given-by-guardian")
    table.write("consent-guardian", "Kim Sample")
    table.press("consent-told-pneumothorax")
    table.press("consent-withdrawn")
    table.tell("consent-note", "Stopped after the second needle")
    consent = table.stored.consent
    assert (consent.form, consent.scope) == (ConsentForm.WRITTEN, ConsentScope.EPISODE)
    assert (consent.given_by, consent.guardian) == (ConsentGiver.GUARDIAN, "Kim Sample")
    assert consent.told == {Told.PNEUMOTHORAX}
    assert consent.withdrawn
    assert consent.note == "Stopped after the second needle"
    assert table.tile(SectionId.CONSENT).detail == "withdrawn"


def test_a_signature_is_kept_as_lines_and_can_be_cleared(table):
    table.open(SectionId.CONSENT)
    pad = table.window.inspector.record.pages[SectionId.CONSENT].signature
    QTest.mousePress(pad, LEFT, pos=QPoint(30, 60))
    for x in range(40, 200, 20):
        QTest.mouseMove(pad, QPoint(x, 40 + x % 30))
    QTest.mouseRelease(pad, LEFT, pos=QPoint(200, 60))
    (stroke,) = table.stored.consent.signature
    assert len(stroke) > 4
    table.press("consent-clear")
    assert table.stored.consent.signature == ()


def test_consent_for_the_whole_complaint_is_found_at_the_next_visit(table, clinic, visit):
    table.open(SectionId.CONSENT)
    table.press("consent-usual")
    table.press("consent-scope-episode")
    given = table.stored.consent
    following = clinic.begin_visit(visit.patient, visit.therapist, "", visit.episode)
    table.window.open_visit(following.id)
    table.open(SectionId.CONSENT)
    table.press("consent-confirm")
    assert table.stored.consent == given


def test_every_part_of_hygiene_can_be_entered(table):
    table.open(SectionId.CONSENT)
    for name in (
        "hygiene-hands-alcohol-rub",
        "hygiene-gloves-one-hand",
        "hygiene-skin-chlorhexidine",
        "hygiene-positions-prone",
        "hygiene-positions-left-side",
    ):
        table.press(name)
    table.tell("hygiene-note", "Pillow under the shin")
    hygiene = table.stored.hygiene
    assert hygiene.hands is HandHygiene.ALCOHOL_RUB
    assert hygiene.gloves is Gloves.ONE_HAND
    assert hygiene.skin is SkinPreparation.CHLORHEXIDINE
    assert hygiene.positions == {Position.PRONE, Position.LEFT_SIDE}
    assert hygiene.note == "Pillow under the shin"


# --- needles


@pytest.fixture
def needled(table, infraspinatus, click):
    """Two needles are in the right infraspinatus."""
    table.window.map.zoom_to(2.0)
    table.window.map.centre_at(*infraspinatus)
    table.window.actions_by_id[ActionId.TOOL_NEEDLE].trigger()
    click(*infraspinatus)
    click(infraspinatus[0] - 12, infraspinatus[1])
    table.open(SectionId.NEEDLES)
    return table


def test_needles_are_counted_out_one_by_one(needled):
    needled.press("needle-out-1")
    page = needled.window.inspector.record.pages[SectionId.NEEDLES]
    assert (page.inside.text(), page.outside.text()) == ("1", "1")
    needled.write("needles-opened", "2")
    needled.write("needles-sharps", "2")
    assert (
        "Still in: needle 2." in page.findChild(type(page.verdict), "needles-mismatch-text").text()
    )
    assert needled.tile(SectionId.NEEDLES).progress is Progress.CAUTION
    needled.press("needle-out-2")
    assert page.verdict.text() == "Every needle is accounted for."


def test_a_needle_still_in_says_since_when(needled):
    charting = needled.window.session.charting
    first = next(iter(charting.visit.needle_sites()))
    needled.window.session.push(charting.put_in([first.id]))
    (site, _) = charting.visit.needle_sites()
    page = needled.window.inspector.record.pages[SectionId.NEEDLES]
    rows = [row.text() for row in page.findChildren(QLabel) if row.text().startswith("Needle 1")]
    assert f"in since {site.time_in:%H:%M}" in rows[-1]


def test_a_difference_that_is_explained_is_no_caution(needled):
    needled.write("needles-opened", "3")
    needled.write("needles-sharps", "2")
    assert needled.tile(SectionId.NEEDLES).progress is Progress.CAUTION
    needled.write("needles-difference", "One fell to the floor")
    assert needled.stored.needles.difference == "One fell to the floor"
    assert needled.tile(SectionId.NEEDLES).progress is Progress.DONE


def test_all_away_is_one_step(needled):
    needled.window.actions_by_id[ActionId.PUT_AWAY].trigger()
    assert (needled.stored.needles.opened, needled.stored.needles.in_sharps) == (2, 2)
    assert needled.tile(SectionId.NEEDLES).progress is Progress.DONE
    needled.undo()
    assert needled.stored.needles.opened is None
    assert needled.tile(SectionId.NEEDLES).detail == "2 in · 0 out"


# --- measures


def add_measure(table, kind, subject=""):
    table.open(SectionId.MEASURES)
    page = table.window.inspector.record.pages[SectionId.MEASURES]
    choose(page.kind, kind)
    if subject:
        QTest.keyClicks(page.subject, subject)
        if page.subject.completer() is not None:
            page.subject.completer().popup().hide()
        QTest.keyClick(page.subject, Qt.Key.Key_Return)
    return page


def test_a_movement_is_measured_before_and_after(table):
    add_measure(table, MeasureKind.ROM, "Neck rotation")
    table.write("measure-0-before", "40")
    table.write("measure-0-after", "55")
    table.write("measure-0-note", "Pain at the end")
    (measure,) = table.stored.measures
    assert (measure.kind, measure.subject) == (MeasureKind.ROM, "Neck rotation")
    assert (measure.before, measure.after, measure.note) == (40, 55, "Pain at the end")
    page = table.window.inspector.record.pages[SectionId.MEASURES]
    assert "Usual range 60°" in page.cards.cards[0].usual.text()


def test_a_test_and_a_muscle_are_found_rather_than_counted(table):
    add_measure(table, MeasureKind.SPECIAL_TEST, "Spurling")
    add_measure(table, MeasureKind.ACTIVATION, "Infraspinatus")
    table.press("measure-0-found-before-1.0")
    table.press("measure-1-found-before-1.0")
    table.press("measure-1-found-after-2.0")
    test, muscle = table.stored.measures
    assert (test.before, test.after) == (1, None)
    assert (muscle.before, muscle.after) == (1, 2)


def test_a_score_is_a_total_that_can_be_removed(table):
    add_measure(table, MeasureKind.NDI)
    assert [one.kind for one in table.stored.measures] == [MeasureKind.NDI]
    table.press("measure-0-remove")
    assert table.stored.measures == ()
    table.undo()
    assert [one.kind for one in table.stored.measures] == [MeasureKind.NDI]


# --- text


def test_a_condition_is_typed_and_spelled_as_the_clinic_does(table):
    table.open(SectionId.TEXT)
    table.write("conditions-line", "neck pain")
    table.write("conditions-line", "Kopfschmerz nach Sturz")
    assert table.stored.narrative.conditions == ("Neck pain", "Kopfschmerz nach Sturz")
    table.press("conditions-Neck pain")
    assert table.stored.narrative.conditions == ("Kopfschmerz nach Sturz",)


@pytest.mark.parametrize("chapter", Chapter)
def test_every_chapter_can_be_written_in_any_script(table, chapter):
    table.open(SectionId.TEXT)
    table.tell(f"text-{chapter}", "Grüße 田中 مرحبا\nand a second line")
    assert table.stored.narrative.texts[chapter] == "Grüße 田中 مرحبا\nand a second line"
    table.undo()
    assert table.stored.narrative.chapters == ()


def test_what_was_charted_is_written_in_words_once(needled):
    needled.open(SectionId.TEXT)
    needled.press("text-fill")
    needled.press("text-fill")
    written = needled.stored.narrative.texts[Chapter.OBJECTIVE]
    assert written == "2 needles, right infraspinatus, 0.30 × 40 mm, deep."


def test_advice_is_chosen_and_added_to(table):
    table.open(SectionId.TEXT)
    usual = ClinicChoices().advice[0]
    table.press(f"advice-chips-{usual}")
    table.tell("advice-other", "Drink enough")
    assert table.stored.narrative.aftercare == (usual, "Drink enough")


# --- afterwards


def test_every_part_of_an_adverse_event_can_be_entered(table):
    table.open(SectionId.EVENTS)
    page = table.window.inspector.record.pages[SectionId.EVENTS]
    choose(page.kind, EventKind.FAINTING)
    table.press("event-0-severity-significant")
    card = page.cards.cards[0]
    choose(card.onset, Onset.STRAIGHT_AFTER)
    choose(card.outcome, Outcome.RESOLVED)
    table.tell("event-0-text", "Pale, for two minutes")
    table.tell("event-0-action", "Laid down, legs up")
    table.write("event-0-reported", "Dr. Placeholder")
    (event,) = table.stored.adverse_events
    assert (event.kind, event.severity) == (EventKind.FAINTING, Severity.SIGNIFICANT)
    assert (event.onset, event.outcome) == (Onset.STRAIGHT_AFTER, Outcome.RESOLVED)
    assert event.text == "Pale, for two minutes"
    assert event.action == "Laid down, legs up"
    assert event.reported_to == "Dr. Placeholder"
    assert table.tile(SectionId.EVENTS).progress is Progress.CAUTION
    table.press("event-0-remove")
    assert table.stored.adverse_events == ()


def test_what_is_heard_afterwards_can_be_entered(table):
    table.open(SectionId.EVENTS)
    table.press("follow-up-add")
    table.press("journal-add")
    table.write("follow-up-0-on", "2027-01-02")
    table.press("follow-up-0-pain-2")
    table.press("follow-up-0-soreness-4")
    table.press("follow-up-0-relief-better")
    table.tell("follow-up-0-text", "Slept through")
    asked, journal = table.stored.follow_ups
    assert (asked.kind, asked.on) == (FollowUpKind.FOLLOW_UP, date(2027, 1, 2))
    assert (asked.pain, asked.soreness, asked.relief) == (2, 4, Relief.BETTER)
    assert asked.text == "Slept through"
    assert journal.kind is FollowUpKind.JOURNAL


# --- what makes no sense

REFUSED = [
    (SectionId.NEEDLES, "needles-opened", "-1", "from 0 to 999"),
    (SectionId.NEEDLES, "needles-opened", "2.5", "whole number"),
    (SectionId.NEEDLES, "needles-opened", "six", "not a number"),
    (SectionId.NEEDLES, "needles-sharps", "1000", "from 0 to 999"),
    (SectionId.NEEDLES, "needles-sharps", "٣ ٤", "not a number"),
    (SectionId.NEEDLES, "needles-difference", "x" * 201, "at most 200"),
    (SectionId.MEASURES, "measure-0-before", "51", "from 0 to 50"),
    (SectionId.MEASURES, "measure-0-after", "12.5", "whole number"),
    (SectionId.MEASURES, "measure-0-after", "nan", "whole number"),
    (SectionId.MEASURES, "measure-0-before", "low", "not a number"),
    (SectionId.CONSENT, "consent-guardian", "x" * 201, "at most 200"),
    (SectionId.EVENTS, "event-0-reported", "x" * 201, "at most 200"),
    (SectionId.EVENTS, "follow-up-0-on", "tomorrow", "not a day"),
    (SectionId.EVENTS, "follow-up-0-on", "2026-02-30", "not a day"),
    (SectionId.EVENTS, "follow-up-0-on", "", "not a day"),
    (SectionId.TEXT, "conditions-line", "x" * 201, "at most 200"),
]


@pytest.mark.parametrize(("section", "name", "typed", "words"), REFUSED)
def test_what_makes_no_sense_is_refused_in_words(table, section, name, typed, words):
    present = table.window.recording.presenter
    add_measure(table, MeasureKind.NDI)
    present.edit("needles", "in_sharps", 1)
    present.edit("consent", "given_by", ConsentGiver.GUARDIAN)
    table.open(SectionId.EVENTS)
    table.press("follow-up-add")
    page = table.window.inspector.record.pages[SectionId.EVENTS]
    choose(page.kind, EventKind.PAIN)
    table.open(section)
    before = table.stored
    line = table.find(QLineEdit, name)
    shown = line.text()
    table.write(name, typed) if typed else (line.clear(), line.keep())
    assert words in table.problem
    assert table.stored == before
    assert line.text() == shown


@pytest.mark.parametrize("name", ["text-plan", "advice-other"])
def test_a_text_without_end_is_refused(table, name):
    table.open(SectionId.TEXT)
    table.tell(name, "x" * 20_001)
    assert "This was not kept" in table.problem
    assert table.stored == VisitRecord()


# --- the clinic's own lists


def test_the_clinic_changes_its_lists_for_every_visit(table, clinic):
    table.open(SectionId.CLINIC)
    table.tell("clinic-advice", "Rest\nDrink\nRest\n")
    table.tell("clinic-conditions", "Sore neck")
    table.press("needles-reminder-15")
    table.press("clinic-billing")
    table.tell("clinic-codes", "1234; 1; ; Nadelung")
    chosen = clinic.choices.now()
    assert chosen.advice == ("Rest", "Drink")
    assert chosen.conditions == ("Sore neck",)
    assert chosen.reminder_min == 15
    assert chosen.has_billing
    assert [(code.code, code.most) for code in chosen.codes] == [("1234", None)]
    table.open(SectionId.TEXT)
    table.press("advice-chips-Drink")
    assert table.stored.narrative.aftercare == ("Drink",)


def test_a_clinic_can_take_an_item_more_seriously(table, clinic):
    table.open(SectionId.CLINIC)
    page = table.window.inspector.record.pages[SectionId.CLINIC]
    choose(page.item, "epilepsy")
    table.press("clinic-severity-True")
    assert clinic.choices.now().absolute == {"epilepsy": True}
    table.open(SectionId.SCREENING)
    table.press("answer-epilepsy-yes")
    assert table.tile(SectionId.SCREENING).detail == "1 to decide"
    table.open(SectionId.CLINIC)
    table.press("clinic-severity-reference")
    assert clinic.choices.now() == ClinicChoices()


def test_a_code_that_is_none_is_refused(table, clinic):
    clinic.choices.change(lambda _: ClinicChoices(has_billing=True))
    table.window.session.open(table.window.session.charting)
    table.open(SectionId.CLINIC)
    table.tell("clinic-codes", "20560 for needles")
    assert "is not a code" in table.problem
    assert clinic.choices.now().codes == ClinicChoices().codes


def test_the_billing_aid_is_off_until_wanted_and_counts_muscles(needled, clinic):
    page = needled.window.inspector.record.pages[SectionId.NEEDLES]
    assert not page.bill.isVisible()
    needled.open(SectionId.CLINIC)
    needled.press("clinic-billing")
    needled.open(SectionId.NEEDLES)
    assert page.bill.isVisible()
    assert "1 muscle needled.\n20560" in page.bill.text()


# --- the pages themselves


def test_a_key_opens_a_page_and_closes_it_again(table):
    for action in (ActionId.PAGE_CONSENT, ActionId.PAGE_TEXT):
        table.window.actions_by_id[action].trigger()
        assert table.window.inspector.title.text() in {"Consent and hygiene", "Text and advice"}
    table.window.actions_by_id[ActionId.PAGE_TEXT].trigger()
    assert table.window.inspector.title.text() == "This visit"


def test_typing_belongs_to_the_visit_it_was_typed_in(table, clinic, visit):
    table.open(SectionId.TEXT)
    edit = table.find(QPlainTextEdit, "text-plan")
    edit.setPlainText("Again in a week")
    other = clinic.begin_visit(visit.patient, visit.therapist, "", visit.episode)
    table.window.open_visit(other.id)
    assert clinic.visit(visit.id).record.narrative.texts == {Chapter.PLAN: "Again in a week"}
    assert table.stored == VisitRecord()


def test_a_closed_visit_is_read_and_not_changed(window, signed):
    window.open_visit(signed.id)
    window.recording.open(SectionId.CONSENT)
    page = window.inspector.record.pages[SectionId.CONSENT]
    assert not page.isEnabled()


@pytest.mark.parametrize("section", SectionId)
@pytest.mark.parametrize("touch", [False, True])
def test_no_word_of_a_page_is_clipped(table, section, touch):
    if touch:
        table.window.actions_by_id[ActionId.TOUCH].trigger()
    table.open(section)
    QApplication.processEvents()
    assert clipped(table.window.inspector) == []
