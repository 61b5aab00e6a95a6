"""What is asked for while the day's backup is being made."""

import threading

import pytest

from bodymap.widgets.actions import ActionId
from bodymap.widgets.data_page.keeping import DataKeeping


@pytest.fixture
def busy(door):
    """The page, while the day's backup takes its time."""
    keeping, may_end = door.window.findChild(DataKeeping), threading.Event()
    door.until(lambda: not keeping.errand.is_running)
    door.do(ActionId.DATA)
    assert keeping.errand.start(lambda _: may_end.wait(60), lambda _: None, lambda _: None)
    yield keeping
    may_end.set()
    door.until(lambda: not keeping.errand.is_running)


def test_what_cannot_be_done_now_is_told(door, busy):
    backup = door.application.backing_up.known()[0]
    for ask in (lambda: busy._restore(backup), busy._back_up):
        busy.page.show_problem("")
        ask()
        assert "Nothing else was done" in busy.page.problem.text()
        assert busy.page.problem.isVisible()
