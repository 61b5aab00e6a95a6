"""Marks of earlier visits copied, and needles placed in a row, in the real window."""

from datetime import date

import pytest
from PySide6.QtCore import Qt

from bodymap.atlas.ids import ViewId
from bodymap.widgets.actions import ActionId

LEFT = Qt.MouseButton.LeftButton
BACK = ViewId.POSTERIOR


@pytest.fixture
def earlier(clinic, visit, infraspinatus):
    """A visit before this one, with a trigger point, two needles and a zone."""
    u, v = infraspinatus
    desk = clinic.chart(visit.id)
    for step in (desk.trigger_point, desk.needle_site, desk.needle_site, desk.pain_from_region):
        desk.do(step(BACK, u, v))
    return desk.visit


@pytest.fixture
def here(window, clinic, patient, therapist, earlier):
    """The window with a new visit open."""
    begun = clinic.begin_visit(patient.id, therapist.id, "", earlier.episode)
    window.open_visit(begun.id)
    window.map.show_view(BACK)
    return window


@pytest.fixture
def reuse(here, qtbot):
    """The page, as the person opens it."""
    qtbot.mouseClick(here.inspector.overview.copy, LEFT)
    return here.inspector.reuse


def test_the_last_visit_is_offered_with_all_its_marks(here, reuse):
    assert here.inspector.title.text() == "Copy marks here"
    assert reuse.source.currentText().endswith("2 needles")
    assert len(reuse.chosen) == 4
    assert reuse.copy.text() == "Copy 4 marks"


def test_two_clicks_copy_a_visit(here, reuse, qtbot):
    qtbot.mouseClick(reuse.copy, LEFT)
    marks = here.session.charting.visit.marks
    assert len(marks) == 4
    assert here.inspector.title.text() == "This visit"
    assert here.actions_by_id[ActionId.UNDO].text() == "Undo copy 4 marks forward"


def test_the_copies_are_stored_and_can_be_taken_back(here, reuse, qtbot, clinic):
    qtbot.mouseClick(reuse.copy, LEFT)
    visit = here.session.charting.visit
    assert clinic.visit(visit.id).marks == visit.marks
    here.actions_by_id[ActionId.UNDO].trigger()
    assert clinic.visit(visit.id).marks == ()


def test_one_chooses_which_marks(here, reuse, qtbot):
    qtbot.mouseClick(reuse.none, LEFT)
    assert not reuse.copy.isEnabled()
    area = reuse.marks.visualRect(reuse.model.index(0))
    qtbot.mouseClick(reuse.marks.viewport(), LEFT, pos=area.center())
    assert reuse.copy.text() == "Copy 1 mark"
    qtbot.mouseClick(reuse.copy, LEFT)
    (mark,) = here.session.charting.visit.marks
    assert here.inspector.title.text() == "Trigger point 1"
    assert here.map.selection == {mark.id}


def test_all_and_none_are_one_click_each(reuse, qtbot):
    qtbot.mouseClick(reuse.none, LEFT)
    assert reuse.chosen == frozenset()
    qtbot.mouseClick(reuse.all, LEFT)
    assert len(reuse.chosen) == 4


def test_the_back_button_leads_to_the_visit(here, reuse, qtbot):
    qtbot.mouseClick(here.inspector.back, LEFT)
    assert here.inspector.title.text() == "This visit"
    assert here.session.charting.visit.marks == ()


def test_another_visit_can_be_looked_at(here, clinic, patient, therapist, earlier, infraspinatus):
    later = clinic.begin_visit(patient.id, therapist.id, "", earlier.episode)
    desk = clinic.chart(later.id)
    desk.do(desk.note(BACK, *infraspinatus, "Scar"))
    here.actions_by_id[ActionId.COPY_FORWARD].trigger()
    reuse = here.inspector.reuse
    assert reuse.source.count() == 2
    assert reuse.copy.text() == "Copy 1 mark"
    reuse.source.activated.emit(1)
    assert reuse.copy.text() == "Copy 4 marks"


def test_without_an_earlier_visit_the_page_says_so(charted):
    charted.actions_by_id[ActionId.COPY_FORWARD].trigger()
    assert charted.inspector.reuse.nothing.isVisible()
    assert not charted.inspector.reuse.copy.isVisible()


def test_a_closed_visit_takes_no_copies(window, signed):
    window.open_visit(signed.id)
    assert not window.actions_by_id[ActionId.COPY_FORWARD].isEnabled()
    assert not window.inspector.overview.copy.isVisible()


def test_opening_another_visit_puts_the_page_away(here, reuse, earlier):
    here.open_visit(earlier.id)
    assert here.inspector.title.text() == "This visit"


@pytest.fixture
def ends(charted):
    """Two needles beside the lumbar spine, both chosen."""
    desk = charted.session.charting
    for v in (520, 640):
        charted.session.push(desk.needle_site(BACK, 25, v))
    charted.map.select([mark.id for mark in desk.visit.marks])
    return charted.inspector.many


def test_a_row_is_placed_between_two_needles(charted, ends, qtbot):
    ends.count.selectAll()
    qtbot.keyClicks(ends.count, "3")
    qtbot.mouseClick(ends.place, LEFT)
    assert len(charted.session.charting.visit.marks) == 5
    assert charted.actions_by_id[ActionId.UNDO].text() == "Undo row of 3 needles"


@pytest.mark.parametrize("typed", ["0", "21", "two", "-3"])
def test_a_row_without_sense_cannot_be_typed(ends, qtbot, typed):
    ends.count.selectAll()
    qtbot.keyClicks(ends.count, typed)
    qtbot.mouseClick(ends.place, LEFT)
    assert 1 <= ends.count.value() <= 20


def test_no_row_is_offered_for_other_marks(charted, ends):
    desk = charted.session.charting
    charted.session.push(desk.trigger_point(BACK, 25, 580))
    charted.map.select([mark.id for mark in desk.visit.marks])
    assert not ends.place.isVisible()


# --- templates


@pytest.fixture
def kept(here, qtbot, infraspinatus):
    """A template of a trigger point and a needle, made from chosen marks."""
    desk = here.session.charting
    for step in (desk.trigger_point, desk.needle_site):
        here.session.push(step(BACK, *infraspinatus))
    here.map.select([mark.id for mark in desk.visit.marks])
    form = here.inspector.many
    qtbot.keyClicks(form.name, "Shoulder")
    qtbot.mouseClick(form.keep, LEFT)
    return form


def test_chosen_marks_are_kept_as_a_template(kept, clinic, therapist):
    assert kept.kept.text().startswith("Kept as “Shoulder”")
    assert kept.name.text() == ""
    (template,) = clinic.templates.of(therapist.id)
    assert (template.name, template.owner) == ("Shoulder", therapist.id)


def test_a_template_can_be_for_everybody(kept, clinic, qtbot):
    qtbot.mouseClick(kept.owner.button("all"), LEFT)
    qtbot.keyClicks(kept.name, "Shoulder")
    qtbot.keyClick(kept.name, Qt.Key.Key_Return)
    (template,) = clinic.templates.of("somebody else")
    assert template.owner is None


@pytest.mark.parametrize(
    ("name", "words"),
    [("", "needs a name"), ("shoulder", "already"), ("x" * 81, "at most 80 characters")],
)
def test_a_name_that_makes_no_sense_is_refused_in_words(here, kept, qtbot, name, words):
    kept.name.setText(name)
    qtbot.mouseClick(kept.keep, LEFT)
    assert words in here.banner.text


def test_a_template_is_charted_on_another_patient(here, kept, clinic, therapist, qtbot):
    other = clinic.add_patient("Other", "Olu", date(1990, 1, 1))
    visit = clinic.begin_visit(other.id, therapist.id, "Left shoulder")
    here.open_visit(visit.id)
    here.actions_by_id[ActionId.COPY_FORWARD].trigger()
    page = here.inspector.reuse
    assert page.source.currentText() == "Template: Shoulder (yours)"
    qtbot.mouseClick(page.copy, LEFT)
    point, needle = here.session.charting.visit.marks
    assert needle.trigger_point == point.id
    assert here.actions_by_id[ActionId.UNDO].text() == "Undo template “Shoulder”"


def test_earlier_visits_stand_before_templates(here, kept):
    here.actions_by_id[ActionId.COPY_FORWARD].trigger()
    page = here.inspector.reuse
    assert page.source.count() == 2
    assert not page.drop.isVisible()
    page.source.activated.emit(1)
    assert page.drop.isVisible()
    assert page.copy.text() == "Copy 2 marks"


def test_a_template_is_deleted(here, kept, clinic, therapist, qtbot):
    here.actions_by_id[ActionId.COPY_FORWARD].trigger()
    page = here.inspector.reuse
    page.source.activated.emit(1)
    qtbot.mouseClick(page.drop, LEFT)
    assert clinic.templates.of(therapist.id) == []
    assert page.source.count() == 1


def test_a_deleted_template_is_brought_back(here, kept, clinic, therapist, qtbot):
    before = clinic.templates.of(therapist.id)
    here.actions_by_id[ActionId.COPY_FORWARD].trigger()
    page = here.inspector.reuse
    assert not page.bring_back.isVisible()
    page.source.activated.emit(1)
    qtbot.mouseClick(page.drop, LEFT)
    assert page.bring_back.text() == "Bring back “Shoulder”"
    qtbot.mouseClick(page.bring_back, LEFT)
    assert clinic.templates.of(therapist.id) == before
    assert page.source.count() == 2
    assert not page.bring_back.isVisible()
