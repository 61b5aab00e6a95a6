"""A session in which a fault strikes at many places: `python -m tests.faulty_session FOLDER COUNT`.

The record is full of canaries, so that each place has some among its variables, and each fault
quotes one. What the program then says of itself must not hold any. How many faults struck is the
last line of the output.
"""

import os
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog

import bodymap
from bodymap.app import Application
from bodymap.app_window import make_doorway
from bodymap.chart.people import Role
from bodymap.discretion import be_discreet
from bodymap.widgets.actions import ActionId
from bodymap.widgets.controls.veil import Veiled
from bodymap.widgets.starting import Uncaught, qt_application
from tests.builders import a_note, a_patient, a_user, an_episode
from tests.storage.full_record import full_visit
from tests.vaults import CHEAP, OWNER, PASSWORD

CANARY = "Kanarienvogel"
OURS = str(Path(bodymap.__file__).parent)
LEFT_OUT = (
    *("discretion.py", "faults.py", "starting.py", "qt_messages.py", "guarded.py", "tidying.py"),
    "background.py",  # what tells of faults is not to fail itself
)
ENDS = frozenset({ActionId.QUIT, ActionId.SIGN_OUT, ActionId.PRINT, ActionId.LOCK})


class Striker:
    """Raises once in each function of ours, a few calls apart."""

    def __init__(self, count: int) -> None:
        self.count = count
        self.struck: set[CodeType] = set()
        self._calls = 0

    @property
    def is_done(self) -> bool:
        return len(self.struck) >= self.count

    def arm(self) -> None:
        """Python disarms a tracer that raises."""
        if not self.is_done:
            sys.settrace(self._look)

    def _look(self, frame: FrameType, _event: str, _argument: Any) -> None:
        code = frame.f_code
        if code in self.struck or not code.co_filename.startswith(OURS):
            return
        if code.co_filename.endswith(LEFT_OUT) or code.co_name.startswith("<"):
            return
        if frame.f_lineno != code.co_firstlineno:
            return  # a generator that goes on: raised here, not even its `with` would end
        self._calls += 1
        if self._calls % 7:
            return
        self.struck.add(code)
        sys.settrace(None)
        name = f"{CANARY} at\r\n\x1b[31m{code.co_name}"
        raise ValueError(name)


def a_clinic(folder: Path) -> Application:
    """A clinic whose record is full of canaries."""
    folder.mkdir(parents=True)
    application = Application(folder, CHEAP)
    application.vault.set_up("Practice", (OWNER.id, OWNER.login), PASSWORD)
    visit = full_visit()
    for number in (20, 21):
        visit = visit.with_mark(a_note(number, text=f"{CANARY} {number}"))
    with application.open_work() as work:
        owner = a_user(login="tilda", role=Role.SUPERVISOR, also=frozenset(Role) - {Role.TRAINEE})
        work.people.put_user(replace(owner, name=f"{CANARY} Testwell"))
        work.people.put_patient(a_patient(family_name=CANARY, notes=f"{CANARY} notes"))
        work.people.put_episode(an_episode(complaint=f"{CANARY} pain"))
        work.visits.add(visit)
        work.commit()
    application.access.begin(owner.id)
    return application


def gestures(window: Any) -> Iterator[ActionId]:
    """Everything that can be done with a key, over and over."""
    while True:
        for action in ActionId:
            if action not in ENDS and window.actions_by_id[action].isEnabled():
                yield action


def tidy_up(window: Any) -> None:
    for veiled in window.findChildren(Veiled):
        veiled.hide()
    for other in QApplication.topLevelWidgets():
        if isinstance(other, QDialog):
            other.close()


def strike(window: Any, count: int) -> int:
    """Do everything that can be done while faults strike; how many did."""
    striker = Striker(count)
    for number, action in enumerate(gestures(window)):
        if striker.is_done or number > 40 * count:
            break
        striker.arm()
        try:
            window.actions_by_id[action].trigger()
            if number % 5 == 0:
                window.open_visit(full_visit().id)
            QCoreApplication.processEvents()
        except Exception as problem:  # noqa: BLE001 - what Qt would hand to the hook
            sys.excepthook(type(problem), problem, problem.__traceback__)
        sys.settrace(None)
        if number % 10 == 0:
            tidy_up(window)
            QTest.qWait(1)
    return len(striker.struck)


def main(folder: Path, count: int) -> None:
    be_discreet()
    qt_application()
    application = a_clinic(folder)
    doorway = make_doorway(application, folder / "window.ini")
    Uncaught(doorway, lambda _: None)
    doorway.begin()
    window = doorway.window
    assert window is not None
    window.resize(1300, 850)
    window.open_visit(full_visit().id)
    window.background.wait()
    struck = strike(window, count)
    window.background.wait()
    os.write(1, f"{struck}\n".encode())
    os._exit(0)  # after such a session nothing is in a state to be closed


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
