"""A fault in what Qt calls must never end the program."""

import importlib
import inspect
import pkgutil
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from typing_extensions import override

import bodymap.widgets
from bodymap.widgets.guarded import AGAIN_S, guarded, guarded_answer

_PROGRAM = """
import sys
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractScrollArea, QApplication
from bodymap.widgets.guarded import guarded, guarded_answer

class Map(QAbstractScrollArea):
    {around}
    def viewportEvent(self, event):
        {fault_around}
        return super().viewportEvent(event)

    {within}
    def paintEvent(self, event):
        with QPainter(self.viewport()) as painter:
            painter.save()
            painter.drawPixmap("no picture")

sys.excepthook = lambda kind, problem, trace: print("told", kind.__name__)
application = QApplication([])
body = Map()
body.show()
for _ in range(5):
    body.viewport().repaint()
    application.processEvents()
print("alive")
"""


def _ran(around: str, within: str, fault_around: str = "") -> subprocess.CompletedProcess[str]:
    program = _PROGRAM.format(around=around, within=within, fault_around=fault_around)
    return subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        timeout=60,
        env={"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": _root()},
        check=False,
    )


def _root() -> str:
    return str(Path(str(resources.files("bodymap"))).parent)


ANSWERED = "@guarded_answer(otherwise=False)"


@pytest.mark.parametrize("around", ["", ANSWERED])
def test_a_faulty_painting_is_told_once_and_survived(around):
    ran = _ran(around, "@guarded")

    assert (ran.returncode, ran.stdout.split()) == (0, ["told", "TypeError", "alive"])
    assert "active painter" not in ran.stderr


def test_a_handler_that_answers_is_guarded_too():
    ran = _ran(ANSWERED, "@guarded", "1 / 0")

    assert (ran.returncode, ran.stdout.split()) == (0, ["told", "ZeroDivisionError", "alive"])


def test_a_fault_in_a_size_hint_gives_the_answer_that_it_gives_otherwise(
    monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    class Hinted(QWidget):
        @override
        @guarded_answer(otherwise=QSize())
        def sizeHint(self) -> QSize:
            raise ValueError("no size")

        @override
        @guarded_answer(otherwise=QSize(7, 5))
        def minimumSizeHint(self) -> QSize:
            raise TypeError("none at all")

    told: list[type[BaseException]] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, *_: told.append(kind))
    box = QWidget()
    qtbot.addWidget(box)
    QVBoxLayout(box).addWidget(Hinted())
    box.show()
    qtbot.waitUntil(lambda: len(told) == 2)

    assert sorted(kind.__name__ for kind in told) == ["TypeError", "ValueError"]
    assert box.minimumSizeHint().width() >= 7


def test_a_fault_that_comes_back_is_told_again_after_a_while(
    monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    now, told = [100.0], []
    monkeypatch.setattr("bodymap.widgets.guarded.monotonic", lambda: now[0])
    monkeypatch.setattr(sys, "excepthook", lambda _kind, problem, _: told.append(str(problem)))

    @guarded
    def fails() -> None:
        raise ValueError(f"at {now[0]}")

    for seconds in (0, AGAIN_S - 1, 1):
        now[0] += seconds
        fails()
    qtbot.waitUntil(lambda: len(told) == 2)

    assert told == ["at 100.0", f"at {100 + AGAIN_S}"]


def test_every_override_of_a_method_of_qt_is_guarded() -> None:
    bare = [
        f"{kind.__module__}.{kind.__name__}.{name}"
        for kind in _widgets()
        for name, method in vars(kind).items()
        if inspect.isfunction(method) and _is_of_qt(kind, name)
        if Path(method.__code__.co_filename).name != "guarded.py"
    ]

    assert bare == []


def test_every_painter_ends_where_its_painting_does() -> None:
    """One that a fault leaves on a picture outlives it, and its end is the program's."""
    within, all_of_them = 0, 0
    for path in Path(_root(), "bodymap").rglob("*.py"):
        source = path.read_text(encoding="utf-8")
        within += len(re.findall(r"with (?:QPainter\(|painter:)", source))
        all_of_them += len(re.findall(r"\bQ(?:Style)?Painter\(", source))

    assert within == all_of_them > 20


def _widgets() -> Iterator[type]:
    """Every class of the window's own that is one of Qt too."""
    for found in pkgutil.walk_packages(bodymap.widgets.__path__, "bodymap.widgets."):
        module = importlib.import_module(found.name)
        for kind in vars(module).values():
            if inspect.isclass(kind) and kind.__module__ == module.__name__:
                yield kind


def _is_of_qt(kind: type, name: str) -> bool:
    bases = (base for base in kind.__mro__ if base.__module__.startswith("PySide6."))
    return not name.startswith("_") and any(name in vars(base) for base in bases)
