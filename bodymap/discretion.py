"""What the program tells of itself never quotes the record: not a fault, not a log, not a crash.

The words of an exception, of a library's log or of a Qt warning may hold what somebody typed. So
of each only kind and place are told, in one line.
"""

import logging
import os
import sys
import threading
from types import TracebackType

from typing_extensions import override

from bodymap.widgets.faults import told

_PR_SET_DUMPABLE = 4
"""From <linux/prctl.h>."""


def be_discreet() -> None:
    """Let neither a crash nor a fault write down what is in the record.

    The memory of a crashed program is not written to the disk, and no other program of the same
    person may look into it. Logs are told in one line each.
    """
    sys.excepthook = tell_kind_and_place
    sys.unraisablehook = lambda args: _tell(args.exc_value)
    threading.excepthook = lambda args: _tell(args.exc_value)
    logging.raiseExceptions = False
    logs = logging.StreamHandler()
    logs.setFormatter(OneLine())
    logs.setLevel(logging.WARNING)
    if not logging.getLogger().handlers:
        logging.getLogger().addHandler(logs)
    _leave_no_core()


class OneLine(logging.Formatter):
    """One event is one line, and holds no words but the program's own."""

    @override
    def format(self, record: logging.LogRecord) -> str:
        """What is told of an event; of another's library only where it happened."""
        is_ours = record.name.split(".")[0] == "bodymap"
        where = f"{record.name}:{record.lineno}"
        words = record.getMessage() if is_ours else "something happened in a library"
        parts = ["bodymap:", record.levelname.lower(), where, words]
        if record.exc_info and record.exc_info[1] is not None:
            parts.append(told(record.exc_info[1]))
        return in_one_line(" ".join(parts))


def in_one_line(text: str) -> str:
    """The text without line breaks, escape sequences and other letters that steer a terminal."""
    return "".join(letter if letter.isprintable() else "�" for letter in text)


def tell_kind_and_place(
    kind: type[BaseException], problem: BaseException, _trace: TracebackType | None
) -> None:
    """Tell of an error that nobody caught."""
    if issubclass(kind, KeyboardInterrupt):
        sys.exit(130)
    _tell(problem)


def _tell(problem: BaseException | None) -> None:
    what = "an unknown fault" if problem is None else told(problem)
    line = in_one_line(f"bodymap: something unexpected went wrong: {what}")
    if sys.stderr is not None:
        sys.stderr.write(f"{line}\n")


def _leave_no_core() -> None:
    if os.name != "posix":
        return
    import resource  # noqa: PLC0415 - not on Windows

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        import ctypes  # noqa: PLC0415 - where the limit alone does not hold: crash collectors

        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
