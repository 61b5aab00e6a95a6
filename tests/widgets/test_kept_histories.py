"""Which visits keep what can be undone while others are looked at, and that the rest goes."""

import pytest
from PySide6.QtGui import QUndoStack

from bodymap.atlas.ids import ViewId
from bodymap.chart.states import Move
from bodymap.widgets.session import KEPT_HISTORIES


@pytest.fixture
def begin(charted, clinic, visit, infraspinatus):
    """Begins another visit, opens it and charts a point on it."""

    def begin():
        other = clinic.begin_visit(visit.patient, visit.therapist, "", visit.episode)
        charted.open_visit(other.id)
        step = charted.session.charting.trigger_point(ViewId.POSTERIOR, *infraspinatus)
        charted.session.push(step)
        return other.id

    return begin


@pytest.fixture
def kept(charted, qtbot):
    """How many histories of visits there are, beside the one of the patient's page."""

    def kept():
        qtbot.wait(1)  # Qt deletes later
        return len(charted.session.histories.findChildren(QUndoStack)) - 1

    return kept


def test_only_the_drafts_opened_last_keep_their_history(charted, begin, kept, clinic):
    drafts = [begin() for _ in range(KEPT_HISTORIES + 3)]
    assert kept() == KEPT_HISTORIES
    charted.open_visit(drafts[3])
    charted.session.undo()
    assert not clinic.visit(drafts[3]).marks
    charted.open_visit(drafts[2])
    assert not charted.session.history.canUndo()


def test_a_draft_looked_at_again_is_not_the_one_that_goes(charted, begin):
    first, second = begin(), begin()
    for _ in range(KEPT_HISTORIES - 2):
        begin()
    charted.open_visit(first)
    begin()
    charted.open_visit(first)
    assert charted.session.history.canUndo()
    charted.open_visit(second)
    assert not charted.session.history.canUndo()


def test_a_visit_that_is_closed_keeps_no_history(charted, begin, kept, open_work):
    first = begin()
    before = kept()
    closed = begin()
    version = charted.session.charting.visit.version
    with open_work() as work:
        work.visits.move(closed, version, Move.SUBMIT)
        work.commit()
    charted.open_visit(closed)
    assert not charted.session.history.canUndo()
    charted.open_visit(first)
    assert charted.session.history.canUndo()
    assert kept() == before


def test_a_history_is_let_go_only_after_the_step_that_is_run(charted, begin, kept, infraspinatus):
    begin()
    session = charted.session
    session.done.connect(lambda _step: session.open(None))
    session.push(session.charting.trigger_point(ViewId.POSTERIOR, *infraspinatus))
    assert session.charting is None
    assert kept()
