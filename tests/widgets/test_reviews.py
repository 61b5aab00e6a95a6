"""The parts of a review in the window."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from bodymap.app import Application
from bodymap.app_window import make_window
from bodymap.atlas.ids import ViewId
from bodymap.chart.review import THE_VISIT, Severity
from bodymap.chart.visit import VisitState
from bodymap.chart.visit_record import VisitRecord
from bodymap.desk.reviewing import pin_to
from bodymap.errors import StorageError
from bodymap.widgets.actions import ActionId
from bodymap.widgets.map.camera import Camera
from bodymap.widgets.review.charted import charted
from bodymap.widgets.review.overlay import Bubbles, Numbered
from bodymap.widgets.review.panel import Part
from bodymap.widgets.review.row import PressedRow
from bodymap.widgets.review.threads import threads_of
from bodymap.widgets.review.words import waited
from bodymap.widgets.reviewing import Reviews
from bodymap.widgets.theme import Theme
from tests.builders import BEGAN, a_patient, a_place, a_visit
from tests.desk.reviewed import (
    SUPERVISOR,
    TRAINEE,
    a_trainees_visit,
    come,
    found_school,
    stored,
)
from tests.storage.reviewing import a_comment
from tests.vaults import CHEAP, PASSWORD

WAIT_MS = 20_000


@pytest.fixture
def school(tmp_path):
    """Two visits handed in; on the first, a comment on a needle and one on an area."""
    application = found_school(tmp_path / "clinic")
    visits = [stored(application, a_trainees_visit(number)) for number in (1, 2)]
    come(application, TRAINEE)
    for visit in visits:
        application.signing.submit(visit.id, PASSWORD)
    come(application, SUPERVISOR)
    first = visits[0]
    reviewing = application.reviewing
    needle = next(first.needle_sites())
    reviewing.comment(first.id, Severity.MUST_CHANGE, "Not so deep", pin_to(needle))
    pin = reviewing.pin_at(ViewId.POSTERIOR, 60.0, 300.0, 30.0)
    reviewing.comment(first.id, Severity.NOTE, "Look here", pin)
    application.first = first.id
    yield application
    application.close()


@pytest.fixture
def window(school, qtbot, tmp_path):
    window = make_window(school, tmp_path / "window.ini")
    window.resize(1440, 900)
    with qtbot.waitExposed(window):
        window.show()
    yield window
    window.close()
    window.deleteLater()
    QApplication.processEvents()


@pytest.fixture
def reviews(window, qtbot):
    reviews = window.findChild(Reviews)
    qtbot.waitUntil(lambda: bool(reviews._queue.model.waiting), timeout=WAIT_MS)
    return reviews


@pytest.fixture
def opened(reviews, school, qtbot):
    """The first visit, being reviewed."""
    reviews.open(school.first)
    qtbot.waitUntil(lambda: reviews.is_open, timeout=WAIT_MS)
    return reviews


def test_the_bar_says_how_many_wait(reviews, window):
    assert window.actions_by_id[ActionId.REVIEWS].text() == "To review · 2"
    assert window.top.reviews.isVisible()


def test_the_list_stands_in_the_place_of_the_patients(reviews, window):
    window.actions_by_id[ActionId.REVIEWS].trigger()
    assert window.reviews.queue.isVisible()
    assert not window.people.isVisible()
    QTest.keyClick(window.reviews.queue.list, Qt.Key.Key_Escape)
    assert window.people.isVisible()


def test_a_review_shows_both_bodies_and_ends_with_escape(opened, window):
    assert window.reviews.panel.isVisible()
    assert not window.reviews.beside.isVisible()  # the patient was never here before
    QTest.keyClick(window.reviews.panel, Qt.Key.Key_Escape)
    assert not opened.is_open
    assert window.inspector.isVisible()
    assert window.people.isVisible()


def test_the_next_one_is_taken_by_a_key_and_held_against_the_last_visit(opened, window, qtbot):
    first = opened.sheet.visit.id
    window.actions_by_id[ActionId.NEXT_REVIEW].trigger()
    qtbot.waitUntil(lambda: opened.sheet.visit.id != first, timeout=WAIT_MS)
    assert window.reviews.beside.isVisible()
    assert window.reviews.beside.caption.text() == "Visit of 2 Mar 2026"
    window.map.show_view(ViewId.ANTERIOR)
    assert window.reviews.beside.map.view_id is ViewId.ANTERIOR


def test_nothing_can_be_charted_on_the_earlier_body(opened, window, qtbot):
    first = opened.sheet.visit.id
    opened.open_next()
    qtbot.waitUntil(lambda: opened.sheet.visit.id != first, timeout=WAIT_MS)
    assert not window.reviews.beside.map.is_writable


def test_a_press_on_a_bubble_opens_its_comment(opened, window, qtbot):
    body = window.map
    body.show_view(ViewId.POSTERIOR)
    place = opened.sheet.review.comments[1].pin.place
    at = body.mm_to_view(place.u_mm, place.v_mm).toPoint() + QPoint(-33, -26)
    QTest.mouseClick(body.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert window.reviews.panel.part is Part.COMMENTS
    assert opened._on_body._chosen == opened.sheet.review.comments[1].id


def test_a_mark_in_hand_is_what_a_comment_is_about(opened, window):
    mark = opened.sheet.visit.marks[0]
    window.map.select([mark.id])
    assert window.reviews.panel.form.pin == pin_to(mark)
    assert window.reviews.panel.form.about.text() == "Trigger point 1"


def test_a_press_beside_the_body_is_told_in_words(opened, window):
    form = window.reviews.panel.form
    window.actions_by_id[ActionId.COMMENT].trigger()
    form.place.click()
    QTest.mouseClick(window.map.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(8, 560))
    assert form.problem.text()
    assert not form.place.isChecked()


def test_all_that_was_charted_can_be_read_where_it_is_decided(opened, window):
    panel = window.reviews.panel
    told = {line.title: line for line in charted(opened.sheet.visit, opened.sheet.patient)}
    assert {"Pain", "Screening", "Consent", "Trigger point 1", "Needle 2", "Needles"} <= set(told)
    assert "18 mm deep" in told["Needle 1"].text
    shown = {row.accessibleName() for row in panel.findChildren(PressedRow)}
    assert {f"{line.title}: {line.text}" for line in told.values()} <= shown
    needle = told["Needle 2"].mark
    (row,) = [row for row in panel.findChildren(PressedRow) if row.mark == needle]
    QTest.mouseClick(row, Qt.MouseButton.LeftButton)
    assert window.map.selection == {needle}


def test_what_was_not_recorded_is_said():
    visit = replace(a_visit(pain_before=None, pain_after=None), record=VisitRecord())
    told = {line.title: line.text for line in charted(visit, a_patient(alerts=()))}
    assert told["Pain"] == told["Consent"] == told["Hygiene"] == "Not recorded"
    assert "not answered" in told["Screening"]


def test_both_bodies_are_of_one_size(opened, window, qtbot):
    first = opened.sheet.visit.id
    opened.open_next()
    qtbot.waitUntil(lambda: opened.sheet.visit.id != first, timeout=WAIT_MS)
    for size in ((1100, 700), (1366, 768), (1920, 1080)):
        window.resize(*size)
        QApplication.processEvents()
        earlier = window.reviews.beside.map
        assert earlier.px_per_mm == pytest.approx(window.map.px_per_mm, rel=0.02)
        assert window.stage.tabs.geometry().right() <= window.stage.width()
        assert window.stage.layers.geometry().right() <= window.stage.width()


def test_both_bodies_show_the_same_place(opened, window, qtbot):
    first = opened.sheet.visit.id
    opened.open_next()
    qtbot.waitUntil(lambda: opened.sheet.visit.id != first, timeout=WAIT_MS)
    body, earlier = window.map, window.reviews.beside.map
    body.zoom_to(2.0)
    body.centre_at(40.0, 350.0)
    assert earlier.camera == body.camera
    earlier.zoom_in()
    assert body.camera == earlier.camera
    opened.close()
    body.zoom_out()
    assert body.camera != earlier.camera


def test_no_tools_are_offered_where_nothing_can_be_charted(opened, window):
    assert not window.stage.palette_bar.isVisible()
    opened.close()
    assert window.stage.palette_bar.isVisible()


def test_a_comment_that_was_not_added_is_not_lost_by_a_decision(opened, window, qtbot):
    panel = window.reviews.panel
    panel.show_part(Part.COMMENTS)
    panel.form.text.setPlainText("One more thing")
    for button in (panel.decision.skip, panel.decision.give_back, panel.decision.give_back):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        assert opened.sheet.visit.state is VisitState.SUBMITTED
    assert "not added yet" in panel.decision.problem.text()
    assert panel.form.text.toPlainText() == "One more thing"


def test_escape_does_not_take_away_what_is_being_written(opened, window):
    panel = window.reviews.panel
    window.activateWindow()
    panel.show_part(Part.COMMENTS)
    panel.form.text.setFocus()
    QTest.keyClicks(panel.form.text, "Half a thou")
    QTest.keyClick(panel.form.text, Qt.Key.Key_Escape)
    assert opened.is_open
    assert panel.form.text.toPlainText() == "Half a thou"
    QTest.keyClick(panel.close_button, Qt.Key.Key_Escape)
    assert not opened.is_open


def test_a_comment_can_be_about_the_whole_visit_again(opened, window):
    window.map.select([opened.sheet.visit.marks[0].id])
    form = window.reviews.panel.form
    window.reviews.panel.show_part(Part.COMMENTS)
    QTest.mouseClick(form.unpin, Qt.MouseButton.LeftButton)
    assert form.pin == THE_VISIT
    assert not form.unpin.isVisible()


def test_the_visit_that_was_pointed_at_stays_so_when_the_list_is_asked_again(
    reviews, window, qtbot
):
    queue = window.reviews.queue
    second = queue.model.waiting[1]
    queue.list.setCurrentIndex(queue.model.index(1))
    queue.show_waiting([second, queue.model.waiting[0]], second.since)
    assert queue.list.currentIndex().row() == 0


def test_what_must_change_stands_in_the_way(opened, window, qtbot):
    decision = window.reviews.panel.decision
    decision.password.setText(PASSWORD)
    decision.approve.click()
    qtbot.waitUntil(lambda: bool(decision.problem.text()), timeout=WAIT_MS)
    assert "1 comment that asks for a change" in decision.problem.text()
    assert decision.password.text() == ""


@pytest.fixture
def elsewhere(school, tmp_path):
    """A second window on the clinic, of whoever comes to it."""
    application = Application(tmp_path / "clinic", CHEAP)
    yield application
    application.close()


def handed_in_anew(elsewhere, visit):
    """Return the visit, and hand it in with one needle at another depth; that needle."""
    come(elsewhere, SUPERVISOR)
    elsewhere.reviewing.send_back(visit, "")
    come(elsewhere, TRAINEE)
    charting = elsewhere.clinic.chart(visit)
    needle = next(charting.visit.needle_sites())
    charting.do(charting.edit(replace(needle, depth_mm=7.0)))
    elsewhere.signing.submit(visit, PASSWORD)
    return needle


def test_what_was_changed_meanwhile_is_shown_before_it_is_decided(
    opened, window, qtbot, school, elsewhere
):
    needle = handed_in_anew(elsewhere, school.first)
    decision = window.reviews.panel.decision
    decision.password.setText(PASSWORD)
    decision.approve.click()
    qtbot.waitUntil(lambda: opened.sheet.review.round == 2, timeout=WAIT_MS)
    assert "meanwhile" in decision.problem.text()
    assert opened.sheet.visit.mark(needle.id).depth_mm == 7.0
    assert window.session.charting.visit.mark(needle.id).depth_mm == 7.0
    assert school.clinic.visit(school.first).state is VisitState.SUBMITTED


def test_what_somebody_else_decided_meanwhile_ends_the_review(
    opened, window, qtbot, school, elsewhere
):
    come(elsewhere, SUPERVISOR)
    elsewhere.reviewing.send_back(school.first, "")
    decision = window.reviews.panel.decision
    decision.password.setText(PASSWORD)
    decision.approve.click()
    qtbot.waitUntil(lambda: not opened.is_open, timeout=WAIT_MS)
    assert window.banner.text == "The visit is returned; it can't be co-signed."
    assert window.session.charting.visit.state is VisitState.RETURNED


def test_a_comment_added_to_a_changed_visit_shows_it_anew_before_it_can_be_decided(
    opened, window, qtbot, school, elsewhere
):
    handed_in_anew(elsewhere, school.first)
    panel = window.reviews.panel
    panel.show_part(Part.COMMENTS)
    panel.form.text.setPlainText("One more thing")
    panel.form.add.click()
    qtbot.waitUntil(lambda: opened.sheet.review.round == 2, timeout=WAIT_MS)
    assert "changed meanwhile" in panel.decision.problem.text()
    rows = panel.findChild(QWidget, "review-charted").findChildren(PressedRow)
    told = [row.accessibleName() for row in rows if not row.isHidden()]
    assert any("7 mm deep" in words for words in told)


def test_what_is_pressed_twice_is_said_once(opened, window, qtbot):
    panel = window.reviews.panel
    panel.show_part(Part.COMMENTS)
    panel.form.text.setPlainText("Once")
    panel.form.add.click()
    panel.form.add.click()
    qtbot.waitUntil(lambda: len(opened.sheet.review.comments) == 3, timeout=WAIT_MS)
    card = panel.threads.card(opened.sheet.review.comments[2].id)
    card.text.setText("And this once")
    for _ in range(2):
        QTest.keyClick(card.text, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(opened.sheet.review.comments[2].answers), timeout=WAIT_MS)
    assert window.background.wait()
    opened.open(opened.sheet.visit.id)
    qtbot.wait(50)
    assert window.background.wait()
    assert [one.text for one in opened.sheet.review.comments].count("Once") == 1
    assert len(opened.sheet.review.comments[2].answers) == 1


def test_a_reply_that_was_not_kept_can_be_sent_again(opened, window, qtbot, monkeypatch):
    panel, comment = window.reviews.panel, opened.sheet.review.comments[0].id
    panel.show_part(Part.COMMENTS)
    card, kept = panel.threads.card(comment), opened._reviewing.answer

    def fail(*_, **__):
        raise StorageError("The disk is full.")

    monkeypatch.setattr(opened._reviewing, "answer", fail)
    card.text.setText("Less deep then")
    card.send.click()
    qtbot.waitUntil(lambda: window.banner.text == "The disk is full.", timeout=WAIT_MS)
    assert card.text.text() == "Less deep then"
    monkeypatch.setattr(opened._reviewing, "answer", kept)
    card.send.click()
    qtbot.waitUntil(lambda: bool(opened.sheet.review.comments[0].answers), timeout=WAIT_MS)


def test_a_decision_is_told_of_whom_it_is_about_wherever_one_has_gone(opened, window, qtbot):
    _, second = (one.visit.id for one in opened._queue.model.waiting)
    name = opened.sheet.patient.full_name
    panel = window.reviews.panel
    panel.decision.give_back.click()
    panel.decision.give_back.click()
    opened.open(second)
    qtbot.waitUntil(lambda: "returned" in window.banner.text, timeout=WAIT_MS)
    assert window.banner.text == f"{name}: returned."
    assert window.background.wait()
    qtbot.waitUntil(lambda: opened.sheet.visit.id == second, timeout=WAIT_MS)
    panel.decision.password.setText("typed for the second")
    opened._decided(replace(opened.sheet, visit=a_visit(7)), a_visit(7))
    assert panel.decision.password.text() == "typed for the second"
    opened._failed(replace(opened.sheet, visit=a_visit(7)), "This was not it.")
    assert panel.decision.problem.text() == ""
    assert window.banner.text.endswith("This was not it.")


def test_of_two_that_are_asked_for_the_last_is_shown(opened, window, qtbot):
    _, second = (one.visit.id for one in opened._queue.model.waiting)
    sheet = opened.sheet
    opened.open(second)
    opened._show_wanted(sheet, "")  # the answer to what was asked before comes late
    qtbot.waitUntil(lambda: opened.sheet.visit.id == second, timeout=WAIT_MS)
    opened._show_wanted(sheet, "")
    assert opened.sheet.visit.id == second


def test_opening_something_else_ends_the_review(opened, window, qtbot, school):
    school.reviewing.answer(school.first, opened.sheet.review.comments[0].id, "", settles=True)
    window.actions_by_id[ActionId.PATIENT_PAGE].trigger()
    assert not opened.is_open
    assert window.page.isVisible()
    assert not window.reviews.beside.isVisible()


def test_the_author_is_shown_comments_and_no_decision(school, window, qtbot):
    school.reviewing.send_back(school.first, "")
    window.close()
    come(school, TRAINEE)
    theirs = make_window(school)
    theirs.show()
    reviews = theirs.findChild(Reviews)
    theirs.open_visit(school.first)
    qtbot.waitUntil(theirs.inspector.comments.isVisible, timeout=WAIT_MS)
    assert school.clinic.visit(school.first).state is VisitState.RETURNED
    assert theirs.map.overlays.above is not None
    assert not reviews.is_open
    card = theirs.inspector.comments.card(reviews.sheet.review.comments[0].id)
    assert card.text.isVisible()
    assert not card.settle.isVisible()
    theirs.close()
    theirs.deleteLater()


def test_a_trainee_who_goes_to_a_mark_still_reads_what_was_said_of_it(school, window, qtbot):
    school.reviewing.send_back(school.first, "")
    window.close()
    come(school, TRAINEE)
    theirs = make_window(school)
    theirs.show()
    reviews = theirs.findChild(Reviews)
    theirs.open_visit(school.first)
    qtbot.waitUntil(theirs.inspector.comments.isVisible, timeout=WAIT_MS)
    qtbot.waitUntil(
        lambda: theirs.actions_by_id[ActionId.REVIEWS].text() == "Returned · 1", timeout=WAIT_MS
    )
    comment = reviews.sheet.review.comments[0]
    reviews.commenting.choose(comment.id)
    assert theirs.map.selection == {comment.pin.mark}
    assert theirs.banner.text == comment.text
    theirs.close()
    theirs.deleteLater()


def test_rounds_stay_to_be_seen_after_all_is_signed(opened, window, qtbot, school):
    for comment in opened.sheet.review.comments:
        school.reviewing.answer(school.first, comment.id, "", settles=True)
    school.reviewing.approve(school.first, PASSWORD)
    opened.close()
    window.open_visit(school.first)
    window.actions_by_id[ActionId.ROUNDS].trigger()
    qtbot.waitUntil(lambda: opened.is_open, timeout=WAIT_MS)
    assert not window.reviews.panel.decision.isVisible()
    assert all(thread.is_settled for thread in threads_of(opened.sheet))


def test_how_a_trainee_is_doing_is_shown(reviews, window, qtbot):
    window.actions_by_id[ActionId.TRAINEES].trigger()
    qtbot.waitUntil(lambda: reviews.overview.shown is not None, timeout=WAIT_MS)
    assert reviews.overview.shown.handed_in == 2
    told = [part.text() for part in reviews.overview.months.findChildren(QLabel)]
    assert told[:3] == ["Month", "Visits", "Handed in"]
    assert told[6:12] == ["2026-03", "2", "2", "0", "2", "0"]
    assert reviews.overview.export.isEnabled()
    reviews.overview.put_away()


def test_the_figures_shown_are_of_who_was_asked_for_last(reviews, window, qtbot):
    window.actions_by_id[ActionId.TRAINEES].trigger()
    page = reviews.overview
    page._read()  # asked once more before the first answer
    shown = []
    page.muscles.show_uses = shown.append
    assert window.background.wait()
    qtbot.waitUntil(lambda: bool(shown), timeout=WAIT_MS)
    qtbot.wait(20)
    assert len(shown) == 1
    page.put_away()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_review_wears_every_theme(opened, window, theme):
    window.set_theme(Theme.load(theme))
    opened.commenting.choose(opened.sheet.review.comments[0].id)
    assert not window.grab().isNull()


def test_a_bubble_is_found_where_it_is_painted_and_nowhere_else():
    comment = a_comment(a_visit())
    camera = Camera(1.0, 0.0, 0.0)
    bubbles = Bubbles([Numbered(1, comment)])
    at = camera.to_px(comment.pin.place.u_mm, comment.pin.place.v_mm)
    beside = at + QPoint(-33, -26).toPointF()
    assert bubbles.comment_at(ViewId.POSTERIOR, camera, beside) == comment.id
    assert bubbles.comment_at(ViewId.POSTERIOR, camera, at) is None
    assert bubbles.comment_at(ViewId.ANTERIOR, camera, beside) is None
    assert a_place().view is ViewId.POSTERIOR


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(0, "1 min"), (59, "59 min"), (60, "1 h"), (1500, "1 day"), (2880, "2 days")],
)
def test_how_long_it_waited_is_told_roughly(minutes, words):
    assert waited(BEGAN, BEGAN + timedelta(minutes=minutes)) == words
