import logging

import pytest
from PySide6.QtGui import QUndoStack

from bodymap.chart.change import Change
from bodymap.desk.steps import Step
from bodymap.errors import BodymapError
from bodymap.widgets.undo import StepCommand


def a_step(label="needle 1"):
    return Step(label=label, apply=Change(), revert=Change())


@pytest.fixture
def history(qtbot):
    assert qtbot
    return QUndoStack()


def test_a_step_is_done_undone_and_done_again(history):
    did = []
    step = a_step()
    history.push(
        StepCommand(
            step, lambda s: did.append(("do", s)), lambda s: did.append(("undo", s)), did.append
        )
    )
    history.undo()
    history.redo()
    assert did == [("do", step), ("undo", step), ("do", step)]


def test_a_step_that_fails_leaves_the_history_and_is_told(history):
    told = []

    def refuse(_step):
        raise BodymapError("The disk is full.")

    history.push(StepCommand(a_step(), refuse, refuse, told.append))
    assert told == ["The disk is full."]
    assert history.count() == 0


def test_an_undo_that_fails_leaves_the_history_and_is_told(history):
    told = []

    def refuse(_step):
        raise BodymapError("The disk is full.")

    history.push(StepCommand(a_step(), lambda _step: None, refuse, told.append))
    history.undo()
    assert told == ["The disk is full."]
    assert not history.canUndo()
    assert not history.canRedo()


def test_a_bug_never_reaches_qt_and_is_logged(history, caplog):
    told = []

    def stumble(_step):
        raise ZeroDivisionError("Example, Amara")

    with caplog.at_level(logging.ERROR):
        history.push(StepCommand(a_step(), stumble, stumble, told.append))
    assert "nothing was changed" in told[0]
    assert "a step could not be run: ZeroDivisionError at " in caplog.text
    assert "Amara" not in caplog.text
