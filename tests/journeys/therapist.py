"""A scripted therapist at the real window, to be killed: `python -m tests.journeys.therapist`.

The process loads everything once and then forks a therapist for each line it is sent, `FOLDER
VISIT SEED HONESTY`. A therapist works through the window, with mouse and keys, without end.
Whoever listens is told, in lines of text:

- `BORN pid`
- `TRY version state`: a gesture is about to be stored, and this is the visit it leads to
- `ACK version state`: the transaction has been committed
- `GONE status`: the therapist is dead, as `os.waitpid` says it
"""

import hashlib
import os
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from random import Random
from types import TracebackType
from typing import Self
from unittest import mock

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

import bodymap.storage.datafile
import bodymap.widgets.main_window  # noqa: F401 - loaded once, before forking
from bodymap.app import Application
from bodymap.app_window import make_window
from bodymap.atlas.hit import Atlas
from bodymap.atlas.ids import ViewId
from bodymap.chart.change import Change, changed
from bodymap.chart.marks import Mark
from bodymap.chart.visit import Visit, VisitId
from bodymap.desk.ports import Visits, Work
from bodymap.widgets.actions import ActionId
from bodymap.widgets.main_window import MainWindow
from bodymap.widgets.starting import qt_application
from tests.storage.canonical import visit_text
from tests.vaults import OWNER, PASSWORD

ENOUGH = 40
"""So many marks are cleared away before going on."""

LIE_S = 0.2
"""How long a dishonest therapist says a mark is stored before it is."""

LONGEST_LIFE_S = 600
"""A therapist whom nobody kills dies by then, so that none is left over after a failed test."""


def state_of(visit: Visit) -> str:
    """A short name for everything that is in a visit."""
    return hashlib.sha256(visit_text(visit).encode()).hexdigest()[:16]


def tell(*words: object) -> None:
    """One whole line, or none of it, even for one who is killed."""
    os.write(1, (" ".join(map(str, words)) + "\n").encode())


class TellingApplication(Application):
    """The real application, whose transactions on one visit are told."""

    def __init__(self, folder: Path, visit: VisitId, *, honest: bool) -> None:
        super().__init__(folder)
        self.honest = honest
        self.sign_in.sign_in(OWNER.login, PASSWORD)
        self.known = self.clinic.visit(visit)

    def open_work(self) -> Work:
        return TellingWork(super().open_work(), self)


class TellingWork:
    """A unit of work that tells what it is about to store, and that it has been stored."""

    def __init__(self, inner: Work, application: TellingApplication) -> None:
        self._inner = inner
        self._application = application
        self._tried: Visit | None = None

    def __getattr__(self, part: str) -> object:
        return getattr(self._inner, part)

    @property
    def visits(self) -> "TellingVisits":
        return TellingVisits(self._inner.visits, self._announce)

    def __enter__(self) -> Self:
        self._inner.__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._inner.__exit__(kind, problem, trace)

    def commit(self) -> None:
        tried = self._tried
        if tried is not None and not self._application.honest:
            tell("ACK", tried.version, state_of(tried))
            time.sleep(LIE_S)
        self._inner.commit()
        if tried is not None:
            self._application.known = tried
            tell("ACK", tried.version, state_of(tried))

    def _announce(self, version: int, change: Change) -> None:
        known = self._application.known
        self._tried = replace(changed(known, change), version=version + 1)
        tell("TRY", self._tried.version, state_of(self._tried))


class TellingVisits:
    """Visits whose changes are announced before they are written."""

    def __init__(self, inner: Visits, announce: Callable[[int, Change], None]) -> None:
        self._inner = inner
        self._announce = announce

    def __getattr__(self, part: str) -> object:
        return getattr(self._inner, part)

    def apply(
        self, visit: VisitId, version: int, change: Change, undo: Change | None = None
    ) -> int:
        self._announce(version, change)
        return self._inner.apply(visit, version, change, undo)


class Therapist:
    """Works on the open visit: places, draws, moves, mirrors, deletes, takes back."""

    def __init__(self, window: MainWindow, atlas: Atlas, random: Random) -> None:
        self._window = window
        self._atlas = atlas
        self._map = window.map
        self._random = random

    def work(self) -> None:
        """Go on until killed."""
        common = [self.place] * 5 + [self.drag] * 3
        rare = [self.draw, self.delete, self.mirror, self.nudge, self.undo, self.undo, self.redo]
        while True:
            crowded = len(self._marks()) > ENOUGH
            gesture = self.clear_away if crowded else self._random.choice(common + rare)
            gesture()
            QApplication.processEvents()

    def place(self) -> None:
        """A click with one of the tools that place points."""
        tools = (ActionId.TOOL_TRIGGER_POINT, ActionId.TOOL_NEEDLE, ActionId.TOOL_NOTE)
        self._do(self._random.choice(tools))
        QTest.mouseClick(self._map.viewport(), Qt.MouseButton.LeftButton, pos=self._spot())

    def draw(self) -> None:
        """A freehand line round an area of pain."""
        self._map.select(())
        self._do(ActionId.TOOL_PAIN_LASSO)
        at, size = self._spot(), self._random.randint(15, 40)
        corners = ((0, 0), (size, 2), (size + 3, size), (size // 2, size + 6), (-4, size), (0, 3))
        self._drag([at + QPoint(x, y) for x, y in corners])

    def drag(self) -> None:
        """A mark taken by the mouse to another place."""
        mark = self._any_mark()
        self._do(ActionId.TOOL_SELECT)
        at = self._map.mm_to_view(mark.place.u_mm, mark.place.v_mm).toPoint()
        by = QPoint(self._random.randint(-25, 25), self._random.randint(-25, 25))
        self._drag([at, at + by / 2, at + by])

    def nudge(self) -> None:
        """Several marks moved by the arrow keys: one gesture, many rows."""
        self._map.select([mark.id for mark in self._some_marks()])
        for _ in range(3):
            QTest.keyClick(self._map, Qt.Key.Key_Right)
        self._map.finish_nudging()

    def delete(self) -> None:
        """One mark taken off."""
        self._map.select([self._any_mark().id])
        self._do(ActionId.DELETE)

    def mirror(self) -> None:
        """Several marks copied to the other side at once."""
        self._map.select([mark.id for mark in self._some_marks()])
        self._do(ActionId.MIRROR)

    def undo(self) -> None:
        """The last step taken back."""
        self._do(ActionId.UNDO)

    def redo(self) -> None:
        """And done again."""
        self._do(ActionId.REDO)

    def clear_away(self) -> None:
        """All but a few marks taken off in one gesture."""
        self._map.select([mark.id for mark in self._marks()[5:]])
        self._do(ActionId.DELETE)

    def _do(self, action: ActionId) -> None:
        self._window.actions_by_id[action].trigger()

    def _drag(self, path: list[QPoint]) -> None:
        viewport, left = self._map.viewport(), Qt.MouseButton.LeftButton
        QTest.mousePress(viewport, left, pos=path[0])
        for at in path[1:]:
            QTest.mouseMove(viewport, at)
        QTest.mouseRelease(viewport, left, pos=path[-1])

    def _spot(self) -> QPoint:
        room = self._map.viewport().rect()
        while True:
            at = QPoint(self._random.randrange(room.width()), self._random.randrange(room.height()))
            u_mm, v_mm = self._map.view_to_mm(at.toPointF())
            if self._atlas.hit(self._map.view_id, u_mm, v_mm) is not None:
                return at

    def _marks(self) -> tuple[Mark, ...]:
        charting = self._window.session.charting
        return charting.visit.marks if charting else ()

    def _any_mark(self) -> Mark:
        while not self._marks():
            self.place()
        return self._random.choice(self._marks())

    def _some_marks(self) -> list[Mark]:
        return self._random.sample(self._marks(), min(6, len(self._marks())))


def treat(folder: str, visit: str, seed: str, honesty: str) -> None:
    """Open the window on a stored visit and work on it."""
    qt_application()
    application = TellingApplication(Path(folder), VisitId(visit), honest=honesty == "honest")
    window = make_window(application)
    window.resize(1280, 800)
    window.show()
    window.open_visit(VisitId(visit))
    QApplication.processEvents()
    Therapist(window, application.atlas, Random(seed)).work()  # noqa: S311 - no secret


def fork_a_therapist(*order: str) -> None:
    """Let one work in a process of its own, and say when it is born and gone."""
    child = os.fork()
    if child == 0:
        signal.alarm(LONGEST_LIFE_S)
        try:
            treat(*order)
        finally:
            os._exit(1)
    tell("BORN", child)
    _, status = os.waitpid(child, 0)
    tell("GONE", status)


def warm_body(cache: Path) -> Atlas:
    """The body with what is worked out when it is first touched, so that no therapist waits."""
    atlas = Atlas.load(cache_dir=cache)
    for view in (ViewId.ANTERIOR, ViewId.POSTERIOR):
        atlas.hit(view, 0.0, 400.0)
    return atlas


if __name__ == "__main__":
    with mock.patch.object(Atlas, "load", return_value=warm_body(Path(sys.argv[1]))):
        tell("READY")
        for line in sys.stdin:
            fork_a_therapist(*line.split())
