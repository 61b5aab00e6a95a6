"""Keeps a fault in what Qt calls from ending the program.

Where Qt calls a method written in Python below another one (a painting below `viewportEvent`, a
size hint below `show`), PySide 6.11 hands an exception from one to the other in a way that may
end the process. So every override of a method of Qt is guarded: a fault is caught where it
happens, and told once Qt is no longer in the middle of something.
"""

import sys
import traceback
from collections.abc import Callable
from functools import partial, wraps
from math import inf
from time import monotonic
from typing import ParamSpec, TypeVar

from PySide6.QtCore import QTimer

Parameters = ParamSpec("Parameters")
Answer = TypeVar("Answer")
Default = TypeVar("Default")
Place = tuple[type[BaseException], str, int]

AGAIN_S = 10.0
"""How long a fault that was told is not told again: some come back with every frame."""

_told: dict[Place, float] = {}
"""When each fault was told last."""


def guarded(handle: Callable[Parameters, None]) -> Callable[Parameters, None]:
    """Let a handler that fails do nothing more; the fault goes to `sys.excepthook`."""

    @wraps(handle)
    def handled(*args: Parameters.args, **kwargs: Parameters.kwargs) -> None:
        try:
            handle(*args, **kwargs)
        except Exception as problem:  # noqa: BLE001 - nothing may reach Qt
            _tell(problem)

    return handled


def guarded_answer(
    *, otherwise: Default
) -> Callable[[Callable[Parameters, Answer]], Callable[Parameters, Answer | Default]]:
    """The same for a handler that Qt wants an answer of: if it fails, the answer is `otherwise`."""

    def guard(handle: Callable[Parameters, Answer]) -> Callable[Parameters, Answer | Default]:
        @wraps(handle)
        def handled(*args: Parameters.args, **kwargs: Parameters.kwargs) -> Answer | Default:
            try:
                return handle(*args, **kwargs)
            except Exception as problem:  # noqa: BLE001 - nothing may reach Qt
                _tell(problem)
                return otherwise

        return handled

    return guard


def _tell(problem: Exception) -> None:
    trace = problem.__traceback__
    *_, last = traceback.walk_tb(trace)
    place = (type(problem), last[0].f_code.co_filename, last[1])
    now = monotonic()
    if now - _told.get(place, -inf) >= AGAIN_S:
        _told[place] = now
        QTimer.singleShot(0, partial(sys.excepthook, type(problem), problem, trace))
