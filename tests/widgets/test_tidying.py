"""Cycles are cleared away, and only where the widgets live."""

import gc
import threading
import weakref

from PySide6.QtCore import QThreadPool
from PySide6.QtWidgets import QWidget

from bodymap.widgets.tidying import tidy


class Ring:
    """Keeps itself alive."""

    def __init__(self, died_in: list[threading.Thread]) -> None:
        self.itself = self
        self.widget = QWidget()
        weakref.finalize(self, lambda: died_in.append(threading.current_thread()))


def test_a_busy_worker_collects_nothing(qtbot):
    died_in: list[threading.Thread] = []
    Ring(died_in)
    QThreadPool.globalInstance().start(lambda: [[] for _ in range(100_000)])
    qtbot.waitUntil(lambda: not QThreadPool.globalInstance().activeThreadCount())
    assert not gc.isenabled()
    while gc.get_count()[0] <= gc.get_threshold()[0]:
        Ring(died_in)
    tidy()
    assert died_in
    assert set(died_in) == {threading.main_thread()}


def test_nothing_is_done_before_it_is_due(qtbot):
    gc.collect()
    before = gc.get_stats()
    tidy()
    assert gc.get_stats() == before
