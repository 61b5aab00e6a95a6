"""Two seats on one visit, as the one who comes second sees it."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from bodymap.atlas.ids import ViewId
from bodymap.desk.merging import Whose
from bodymap.errors import StorageError
from bodymap.storage.visits import SqlVisits
from bodymap.widgets.leaving import LeavingPage

BACK = ViewId.POSTERIOR
AT = (60.0, 500.0)


@pytest.fixture
def other(charted, clinic, visit):
    """Another seat with the same visit, which has one note and is in step."""
    charted.session.push(charted.session.charting.note(BACK, *AT, "as it was"))
    charted.following._timer.stop()
    return clinic.chart(visit.id)


def with_text(charting, text):
    return charting.edit(replace(charting.visit.marks[0], text=text))


@pytest.fixture
def disputed(charted, other):
    """The other seat was first."""
    other.do(with_text(other, "theirs"))
    charted.session.push(with_text(charted.session.charting, "mine"))
    assert charted.merging.isVisible()
    return charted


@pytest.mark.parametrize("whose", list(Whose))
def test_the_second_chooses_between_both_versions(qtbot, disputed, other, whose):
    (choice,) = disputed.merging.choices
    qtbot.mouseClick(choice.button(whose), Qt.MouseButton.LeftButton)
    qtbot.mouseClick(disputed.merging.keep, Qt.MouseButton.LeftButton)
    assert not disputed.merging.isVisible()
    other.catch_up(other.look() or other.visit)
    assert other.visit.marks[0].text == whose.value
    assert disputed.session.charting.visit == other.visit


def test_enter_presses_the_button_that_has_the_focus(qtbot, disputed, other):
    (choice,) = disputed.merging.choices
    choice.button(Whose.MINE).setFocus()
    qtbot.keyClick(choice.button(Whose.MINE), Qt.Key.Key_Return)
    assert disputed.merging.isVisible()
    assert choice.value is Whose.MINE
    disputed.merging.leave.setFocus()
    qtbot.keyClick(disputed.merging.leave, Qt.Key.Key_Return)
    assert not disputed.merging.isVisible()
    assert other.look() is None
    assert disputed.session.charting.visit.marks[0].text == "theirs"


def test_enter_elsewhere_keeps_the_choice_as_it_stands(qtbot, disputed, other):
    (choice,) = disputed.merging.choices
    qtbot.mouseClick(choice.button(Whose.MINE), Qt.MouseButton.LeftButton)
    disputed.merging.setFocus()
    qtbot.keyClick(disputed.merging, Qt.Key.Key_Return)
    assert disputed.session.charting.visit.marks[0].text == "mine"


def test_what_is_stored_later_does_not_go_over_what_the_other_seat_made_meanwhile(
    charted, other, monkeypatch
):
    def refuse(*_):
        raise StorageError("The disk is full.")

    with monkeypatch.context() as full:
        full.setattr(SqlVisits, "apply", refuse)
        charted.session.push(with_text(charted.session.charting, "mine"))
    assert len(charted.session.unsaved) == 1
    other.do(with_text(other, "theirs"))
    charted.session.charting.catch_up(charted.session.charting.look())
    charted.session.try_again()
    assert charted.merging.isVisible()
    assert charted.session.charting.visit.marks[0].text == "theirs"
    charted.merging.choices[0].button(Whose.MINE).click()
    charted.merging.keep.click()
    assert charted.session.charting.visit.marks[0].text == "mine"


def test_a_choice_that_the_disk_does_not_take_can_be_stored_later(
    qtbot, disputed, other, monkeypatch
):
    def refuse(*_):
        raise StorageError("The disk is full.")

    merging = disputed.merging
    qtbot.mouseClick(merging.choices[0].button(Whose.MINE), Qt.MouseButton.LeftButton)
    with monkeypatch.context() as full:
        full.setattr(SqlVisits, "apply", refuse)
        qtbot.mouseClick(merging.keep, Qt.MouseButton.LeftButton)
    problem = merging.findChild(QLabel, "merge-problem")
    assert (problem.isVisible(), problem.text()) == (True, "Not saved. The disk is full.")
    assert [choice.value for choice in merging.choices] == [Whose.MINE]
    qtbot.mouseClick(merging.keep, Qt.MouseButton.LeftButton)
    assert not merging.isVisible()
    other.catch_up(other.look() or other.visit)
    assert other.visit.marks[0].text == "mine"


def test_escape_leaves_what_is_stored(qtbot, disputed, other):
    qtbot.keyClick(disputed.merging, Qt.Key.Key_Escape)
    assert not disputed.merging.isVisible()
    assert disputed.session.charting.visit.marks[0].text == "theirs"
    assert other.look() is None


def test_who_leaves_the_window_is_asked_to_choose_first(qtbot, disputed):
    disputed.close()
    assert disputed.isVisible()
    (page,) = disputed.findChildren(LeavingPage)
    assert "have not chosen between the two versions" in page.lost.text()
    assert not page.again.isVisible()
    qtbot.keyClick(page, Qt.Key.Key_Escape)
    assert disputed.merging.isVisible()


def test_a_mark_of_another_seat_is_seen_within_two_seconds(qtbot, charted, other):
    other.do(other.note(BACK, 40.0, 450.0, "from the other seat"))
    charted.following._timer.start()
    assert charted.following._timer.interval() <= 1000
    qtbot.waitUntil(lambda: len(charted.session.charting.visit.marks) == 2)
    assert not charted.session.history.canUndo()  # it would take back what others did
