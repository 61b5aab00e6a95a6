"""Nobody leaves the window over what is not saved without knowing."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from bodymap.atlas.ids import ViewId
from bodymap.desk.charting import Charting
from bodymap.errors import StorageError
from bodymap.widgets.actions import ActionId
from bodymap.widgets.controls.note_edit import NoteEdit
from bodymap.widgets.leaving import LeavingPage

AT = (60.0, 500.0)


@pytest.fixture
def full(charted, monkeypatch):
    """A note that the disk, which is full, did not take; called, there is room again."""
    do = Charting.do

    def refuse(*_):
        raise StorageError("The disk is full.")

    monkeypatch.setattr(Charting, "do", refuse)
    charted.session.push(charted.session.charting.note(ViewId.POSTERIOR, *AT, "a word"))
    assert not charted.session.is_all_saved
    return lambda: monkeypatch.setattr(Charting, "do", do)


@pytest.fixture
def other_visit(clinic, visit):
    return clinic.begin_visit(visit.patient, visit.therapist, "", visit.episode)


def page_of(window):
    """The question, if it is asked."""
    shown = (page for page in window.findChildren(LeavingPage) if page.isVisible())
    return next(shown, None)


def press(qtbot, window, name):
    qtbot.mouseClick(page_of(window).findChild(QPushButton, name), Qt.MouseButton.LeftButton)


def quit_by_key(qtbot, window):
    window.map.setFocus()
    qtbot.keyClick(window.map, Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier)


def test_who_lost_nothing_is_not_asked(qtbot, charted):
    quit_by_key(qtbot, charted)
    assert not charted.isVisible()


def test_who_would_lose_something_is_told_what_and_may_stay(qtbot, charted, full, clinic, visit):
    quit_by_key(qtbot, charted)
    assert charted.isVisible()
    lost = page_of(charted).findChild(QLabel, "leaving-lost").text()
    assert lost.startswith("The disk did not take: note 1.")
    press(qtbot, charted, "leaving-stay")
    assert page_of(charted) is None
    assert len(charted.session.unsaved) == 1
    full()
    charted.session.try_again()
    assert len(clinic.visit(visit.id).marks) == 1
    charted.close()
    assert not charted.isVisible()


def test_it_can_be_saved_on_the_way_out(qtbot, charted, full, clinic, visit):
    charted.close()
    full()
    press(qtbot, charted, "leaving-again")
    assert not charted.isVisible()
    assert [mark.text for mark in clinic.visit(visit.id).marks] == ["a word"]


def test_the_disk_that_is_still_full_keeps_the_window_open(qtbot, charted, full):
    charted.close()
    press(qtbot, charted, "leaving-again")
    assert charted.isVisible()
    assert page_of(charted) is None
    assert charted.banner.text.startswith("Not saved: note 1")
    charted.close()
    assert page_of(charted) is not None, "it is asked again"


def test_who_knows_may_leave(qtbot, charted, full, clinic, visit):
    charted.close()
    press(qtbot, charted, "leaving-leave")
    assert not charted.isVisible()
    assert clinic.visit(visit.id).marks == ()


def test_what_is_not_saved_at_another_visit_counts(qtbot, charted, full, other_visit):
    charted.open_visit(other_visit.id)
    charted.close()
    press(qtbot, charted, "leaving-again")
    assert charted.isVisible()
    assert "at another visit is not saved yet" in charted.banner.text


def test_words_half_typed_that_the_disk_does_not_take_are_asked_about(qtbot, charted, full):
    charted.session.try_again()
    charted.actions_by_id[ActionId.PAGE_TEXT].trigger()
    written = next(one for one in charted.findChildren(NoteEdit) if one.isVisible())
    qtbot.keyClicks(written, "half a word")
    charted.close()
    assert charted.isVisible()
    full()
    press(qtbot, charted, "leaving-again")
    assert not charted.isVisible()
