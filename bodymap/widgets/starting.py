"""Qt up and running: the application object, and what happens to errors nobody caught."""

import logging
import os
import sys
import threading
from collections.abc import Callable, Sequence
from types import TracebackType

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from bodymap.errors import BodymapError
from bodymap.widgets.qt_messages import tell_qt_messages_discreetly
from bodymap.widgets.tidying import Tidying

_log = logging.getLogger(__name__)

_UNEXPECTED = (
    "Something unexpected went wrong. What was saved is safe; if it happens again, "
    "close bodymap and open it anew."
)


def has_display() -> bool:
    """Whether a window can be shown to somebody here."""
    if os.environ.get("QT_QPA_PLATFORM", "") in {"offscreen", "minimal"}:
        return False
    if sys.platform in {"win32", "darwin"}:
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def check_display() -> None:
    """See that somebody could see a window; whoever names Qt's platform knows what they do.

    Raises:
        BodymapError: There is no screen.
    """
    if not has_display() and "QT_QPA_PLATFORM" not in os.environ:
        raise BodymapError(
            "There is no screen to show the window on: neither DISPLAY nor WAYLAND_DISPLAY is set. "
            "What works without one is told by: bodymap --help"
        )


def qt_application(arguments: Sequence[str] = ()) -> QApplication:
    """The one Qt application; off-screen where nobody could see a window."""
    running = QApplication.instance()
    if isinstance(running, QApplication):
        return running
    if not has_display():
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    tell_qt_messages_discreetly()
    application = QApplication(["bodymap", *arguments])
    application.setApplicationName("bodymap")
    application.setApplicationDisplayName("bodymap")
    application.setDesktopFileName("bodymap")
    Tidying(application)
    return application


class Uncaught(QObject):
    """Logs errors nobody caught and tells the person once, keeping the window open.

    What a `BodymapError` says is shown as it stands. The log carries the traceback only:
    messages of exceptions may quote the record.

    Signals:
        happened: Words for the person.
    """

    happened = Signal(str)

    def __init__(self, parent: QObject, tell: Callable[[str], None]) -> None:
        super().__init__(parent)
        self.happened.connect(tell)  # queued when it comes from another thread
        sys.excepthook = self._hook
        threading.excepthook = lambda args: self._hook(
            args.exc_type, args.exc_value, args.exc_traceback
        )

    def _hook(
        self,
        kind: type[BaseException],
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, problem or kind(), trace)
            return
        _log.critical("uncaught %s at %s", kind.__name__, _where(trace))
        self.happened.emit(_words_of(problem))


def _words_of(problem: BaseException | None) -> str:
    """What a `BodymapError` says is written for the person; what others say is not."""
    return str(problem) if isinstance(problem, BodymapError) and str(problem) else _UNEXPECTED


def _where(trace: TracebackType | None) -> str:
    steps = []
    while trace is not None:
        code = trace.tb_frame.f_code
        steps.append(f"{code.co_filename}:{trace.tb_lineno} in {code.co_name}")
        trace = trace.tb_next
    return " > ".join(steps) or "an unknown place"
