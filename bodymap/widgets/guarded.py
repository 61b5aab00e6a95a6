"""Keeps a fault while painting or handling an event from ending the program.

Where Qt calls a handler written in Python below another one (a painting below `viewportEvent`),
PySide 6.11 hands an exception from one to the other in a way that may end the process. So it is
caught where it happens, and told once Qt is no longer in the middle of something.
"""

import sys
import traceback
from collections.abc import Callable
from functools import partial, wraps
from typing import ParamSpec

from PySide6.QtCore import QTimer

Parameters = ParamSpec("Parameters")
Place = tuple[type[BaseException], str, int]

_told: set[Place] = set()
"""Faults that were told: one that comes back with every frame is told once."""


def guarded(handle: Callable[Parameters, None]) -> Callable[Parameters, None]:
    """Let a handler that fails do nothing more; the fault goes to `sys.excepthook`."""

    @wraps(handle)
    def handled(*args: Parameters.args, **kwargs: Parameters.kwargs) -> None:
        try:
            handle(*args, **kwargs)
        except Exception as problem:  # noqa: BLE001 - nothing may reach Qt
            _tell(problem)

    return handled


def guarded_answer(handle: Callable[Parameters, bool]) -> Callable[Parameters, bool]:
    """The same for a handler that says whether it took the event: if it fails it did not."""

    @wraps(handle)
    def handled(*args: Parameters.args, **kwargs: Parameters.kwargs) -> bool:
        try:
            return handle(*args, **kwargs)
        except Exception as problem:  # noqa: BLE001 - nothing may reach Qt
            _tell(problem)
            return False

    return handled


def _tell(problem: Exception) -> None:
    trace = problem.__traceback__
    *_, last = traceback.walk_tb(trace)
    place = (type(problem), last[0].f_code.co_filename, last[1])
    traceback.clear_frames(trace)  # ends the painter that the handler left on its widget
    if place not in _told:
        _told.add(place)
        QTimer.singleShot(0, partial(sys.excepthook, type(problem), problem, trace))
