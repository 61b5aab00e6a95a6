"""A step that comes while another is run waits: Qt's stack must not change under a command."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton

from bodymap.atlas.ids import ViewId
from bodymap.chart.marks import MarkKind


def _typed(window, point, words):
    """Words typed into the note of a trigger point, not yet kept."""
    window.map.select([point])
    note = window.inspector.forms[MarkKind.TRIGGER_POINT].note
    note.setFocus()
    QTest.keyClicks(note, words)


def _pushed(window, step):
    window.session.push(step)
    return step.select


def test_redo_with_words_still_being_typed(qtbot, charted, infraspinatus, clinic):
    desk = charted.session.charting
    point = _pushed(charted, desk.trigger_point(ViewId.POSTERIOR, *infraspinatus))
    _pushed(charted, desk.needle_site(ViewId.POSTERIOR, *infraspinatus))
    charted.session.histories.undo()
    _typed(charted, point, "taut")
    (redo,) = charted.findChildren(QToolButton, "redo-button")
    qtbot.mouseClick(redo, Qt.MouseButton.LeftButton)
    assert clinic.visit(desk.visit.id).mark(point).text == "taut"
    assert not charted.session.history.canRedo()


def test_a_step_asked_for_by_another_waits_for_its_end(charted, infraspinatus, clinic):
    desk = charted.session.charting
    point = _pushed(charted, desk.trigger_point(ViewId.POSTERIOR, *infraspinatus))
    _pushed(charted, desk.needle_site(ViewId.POSTERIOR, *infraspinatus))
    charted.session.undo()
    asked = []

    def ask(_step):
        if not asked:
            asked.append(True)
            charted.session.push(desk.rate_pain(7, None))

    charted.session.done.connect(ask)
    charted.session.redo()
    stored = clinic.visit(desk.visit.id)
    assert (len(stored.marks), stored.pain_before) == (2, 7)
    charted.session.undo()
    assert clinic.visit(desk.visit.id).pain_before is None
    charted.session.undo()
    assert [mark.id for mark in clinic.visit(desk.visit.id).marks] == [point]


def test_a_history_is_cleared_only_after_the_step_that_asks_for_it(charted, infraspinatus):
    desk = charted.session.charting
    session = charted.session
    session.done.connect(lambda _step: session.in_turn(session.history.clear))
    _pushed(charted, desk.trigger_point(ViewId.POSTERIOR, *infraspinatus))
    assert session.history.count() == 0
    assert len(session.charting.visit.marks) == 1
