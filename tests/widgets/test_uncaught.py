"""What nobody caught is told to the person, and nothing of the record goes into the log."""

import logging
import sys
import threading

import pytest
from PySide6.QtCore import QObject

from bodymap.errors import StorageError
from bodymap.widgets.starting import Uncaught

FULL = "The disk is full. Make room on it; Amara Example is not saved yet."


@pytest.fixture
def told(qtbot, monkeypatch):
    """What the person is told."""
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    keeper, words = QObject(), []
    Uncaught(keeper, words.append)
    yield words
    keeper.deleteLater()


def happen(problem):
    sys.excepthook(type(problem), problem, None)


def test_what_was_written_for_the_person_is_shown_as_it_stands(told):
    happen(StorageError(FULL))
    assert told == [FULL]


@pytest.mark.parametrize("problem", [ValueError("row 7 of Amara Example"), StorageError()])
def test_what_was_not_is_told_in_words_of_its_own(told, problem):
    happen(problem)
    (words,) = told
    assert words.startswith("Something unexpected went wrong.")
    assert "Amara" not in words


def test_it_is_shown_too_when_it_comes_from_another_thread(qtbot, told):
    def fail():
        raise StorageError(FULL)

    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: told == [FULL])


def test_the_log_says_where_and_never_what(told, caplog):
    with caplog.at_level(logging.CRITICAL):
        happen(StorageError(FULL))
    assert "StorageError" in caplog.text
    assert "Amara" not in caplog.text


def test_whoever_stops_the_program_is_told_nothing(told, capsys):
    happen(KeyboardInterrupt())
    assert told == []
