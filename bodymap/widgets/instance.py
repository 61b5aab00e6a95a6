"""One window for one data folder: whoever starts bodymap again is shown the one that is open."""

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCryptographicHash, QDir, QLockFile, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer

_WAIT_MS = 500
_CALL = b"show\n"
_LISTEN_AFTER_MS = 250
"""What listening needs is loaded once the window is painted."""

_STARTING_S = 3.0
"""So long one that has just been started may need until it listens."""


class FirstInstance(QObject):
    """The window of a data folder, for all others that are started on the same one.

    A lock says whether there is one; a socket lets others call it.

    Signals:
        called: bodymap was started once more.
    """

    called = Signal()

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._name = name_of(folder)
        self._lock = QLockFile(QDir.temp().filePath(f"{self._name}.lock"))
        self._lock.setStaleLockTime(0)  # however long it is open; a killed one's lock is none
        self._server: QLocalServer | None = None
        self._soon = QTimer(self, interval=_LISTEN_AFTER_MS, singleShot=True)
        self._soon.timeout.connect(self._listen)

    def begin(self) -> bool:
        """Be the first, or call the one that is; False when there is one.

        Where the system has no such locks or sockets everybody is the first: the data can bear it.
        """
        if not self._lock.tryLock(0):
            is_held = self._lock.error() is QLockFile.LockError.LockFailedError
            if _has_called(self._name, _STARTING_S if is_held else 0.0):
                return False
        self._soon.start()
        return True

    def end(self) -> None:
        """Let the next one be the first."""
        self._soon.stop()
        if self._server is not None:
            self._server.close()
        self._lock.unlock()

    def _listen(self) -> None:
        from PySide6.QtNetwork import QLocalServer  # noqa: PLC0415 - not before the window is seen

        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._answer)
        QLocalServer.removeServer(self._name)  # left behind by one that was killed
        self._server.listen(self._name)

    def _answer(self) -> None:
        assert self._server is not None  # noqa: S101 - it is the one that calls
        while (caller := self._server.nextPendingConnection()) is not None:
            caller.disconnected.connect(caller.deleteLater)
            caller.disconnectFromServer()
            self.called.emit()


def name_of(folder: Path) -> str:
    """What the instances of a folder know each other by, for this user alone."""
    who = f"{os.environ.get('USERNAME') or os.environ.get('USER', '')}:{folder.resolve()}"
    digest = QCryptographicHash.hash(who.encode(), QCryptographicHash.Algorithm.Sha256)
    return f"bodymap-{digest.data().hex()[:20]}"


def come_forward() -> None:
    """Put the windows that are open before all others."""
    from PySide6.QtCore import Qt  # noqa: PLC0415 - slow to load, and not for the first window

    for window in QApplication.topLevelWidgets():
        if window.isVisible():
            window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
            window.raise_()
            window.activateWindow()


def _has_called(name: str, within_s: float) -> bool:
    until = time.monotonic() + within_s
    while not _call(name):
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True


def _call(name: str) -> bool:
    from PySide6.QtNetwork import QLocalSocket  # noqa: PLC0415 - seldom needed

    socket = QLocalSocket()
    socket.connectToServer(name)
    if not socket.waitForConnected(_WAIT_MS):
        return False
    socket.write(_CALL)
    socket.waitForBytesWritten(_WAIT_MS)
    socket.disconnectFromServer()
    return True
