"""A fault while painting must never end the program."""

import ast
import subprocess
import sys
from importlib import resources
from pathlib import Path

import pytest

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
        painter = QPainter(self.viewport())
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


@pytest.mark.parametrize("around", ["", "@guarded_answer"])
def test_a_faulty_painting_is_told_once_and_survived(around):
    ran = _ran(around, "@guarded")

    assert (ran.returncode, ran.stdout.split()) == (0, ["told", "TypeError", "alive"])
    assert "active painter" not in ran.stderr


def test_a_handler_that_answers_is_guarded_too():
    ran = _ran("@guarded_answer", "@guarded", "1 / 0")

    assert (ran.returncode, ran.stdout.split()) == (0, ["told", "ZeroDivisionError", "alive"])


def test_every_painting_is_guarded():
    bare = [
        f"{path.name}:{handler.lineno}"
        for path in sorted(Path(_root(), "bodymap", "widgets").rglob("*.py"))
        for handler in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(handler, ast.FunctionDef) and handler.name == "paintEvent"
        if "guarded" not in map(ast.unparse, handler.decorator_list)
    ]

    assert bare == []
