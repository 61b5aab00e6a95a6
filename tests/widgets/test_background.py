import logging
import threading
from functools import partial
from itertools import count

from PySide6.QtCore import QObject, QThread

import bodymap.widgets.background
from bodymap.errors import BodymapError
from bodymap.widgets.background import Background
from bodymap.widgets.errand import STOPPED, Errand

LONG_S = 60
"""For a thread on a busy machine."""


def test_the_job_runs_beside_the_window_and_the_answer_comes_in_it(qtbot, qapp):
    owner, answers = QObject(), []
    background = Background(owner)
    background.query(
        owner,
        threading.get_ident,
        lambda ident: answers.append((ident, QThread.currentThread())),
        answers.append,
    )
    qtbot.waitUntil(lambda: len(answers) == 1)
    ((ident, thread),) = answers
    assert ident != threading.get_ident()
    assert thread is qapp.thread()


def test_what_is_told_is_let_go_of_only_when_its_thread_is_through(qtbot, monkeypatch):
    """Qt would otherwise delete it while the thread is still within `emit`."""
    owner, through, told = QObject(), [], []
    background = Background(owner)

    def emit_slowly(signal, value):
        signal.emit(value)
        for _ in range(100_000):
            pass
        through.append(True)

    monkeypatch.setattr(bodymap.widgets.background, "_emit", emit_slowly)
    background.query(owner, lambda: 1, lambda _: told.append(list(through)), told.append)
    qtbot.waitUntil(lambda: bool(told))
    assert told == [[True]]


def test_who_is_held_by_a_job_alone_is_deleted_once(qtbot):
    """A job that were an object of theirs would go with them while it is going itself."""
    gone = []
    for _ in range(50):
        owner, answers = QObject(), []
        owner.destroyed.connect(lambda: gone.append(True))
        Background(owner).query(owner, threading.get_ident, answers.append, answers.append)
        del owner
        qtbot.waitUntil(partial(bool, answers))
    qtbot.waitUntil(lambda: len(gone) == 50)


def test_a_problem_is_told_in_its_own_words(qtbot):
    owner, told = QObject(), []

    def refuse():
        raise BodymapError("The folder is gone.")

    Background(owner).change(owner, refuse, told.append, told.append)
    qtbot.waitUntil(lambda: told == ["The folder is gone."])


def test_a_bug_is_logged_and_told_without_details(qtbot, caplog):
    owner, told = QObject(), []

    def stumble():
        raise ZeroDivisionError

    with caplog.at_level(logging.ERROR):
        Background(owner).change(owner, stumble, told.append, told.append)
        qtbot.waitUntil(lambda: bool(told))
    assert told == ["Something went wrong inside the program."]
    assert "a background job failed" in caplog.text


def test_changes_run_one_after_the_other(qtbot):
    owner, order = QObject(), []
    background = Background(owner)
    first_may_end = threading.Event()

    def first():
        assert first_may_end.wait(LONG_S)
        order.append("first")

    background.change(owner, first, lambda _none: None, order.append)
    background.change(owner, lambda: order.append("second"), lambda _none: None, order.append)
    first_may_end.set()
    qtbot.waitUntil(lambda: len(order) == 2)
    assert order == ["first", "second"]


def test_nobody_is_told_when_the_asker_is_gone(qtbot):
    owner, asker, told = QObject(), QObject(), []
    background = Background(owner)
    may_end = threading.Event()
    background.query(asker, lambda: may_end.wait(LONG_S), told.append, told.append)
    asker.deleteLater()
    qtbot.waitUntil(lambda: not _is_alive(asker))
    may_end.set()
    assert background.wait()
    qtbot.wait(20)
    assert told == []


def _is_alive(thing):
    try:
        thing.objectName()
    except RuntimeError:
        return False
    return True


def test_after_its_end_nothing_is_begun_any_more(qtbot):
    owner, done, may_end = QObject(), [], threading.Event()
    background = Background(owner)
    background.query(owner, lambda: may_end.wait(LONG_S), done.append, done.append)
    threading.Timer(0.05, may_end.set).start()
    background.end()
    background.query(owner, lambda: "late", done.append, done.append)
    background.change(owner, lambda: "late", done.append, done.append)
    qtbot.waitUntil(lambda: bool(done))
    assert done == [True]
    assert background.wait()
    assert done == [True]


def test_what_takes_long_stops_when_the_window_goes(qtbot):
    owner, told = QObject(), []
    background = Background(owner)
    errand, is_under_way = Errand(owner, background), threading.Event()

    def backing_up(tell):
        for page in count():
            tell("pages", page, page + 1)
            is_under_way.set()

    assert errand.start(backing_up, told.append, told.append)
    assert not errand.start(backing_up, told.append, told.append)
    assert is_under_way.wait(LONG_S)
    background.end()  # which waits for what was begun
    qtbot.waitUntil(lambda: told == [STOPPED])
