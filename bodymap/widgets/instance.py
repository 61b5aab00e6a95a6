"""One window for one data folder: whoever starts bodymap again is shown the one that is open."""

import hashlib
import os
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from PySide6.QtWidgets import QApplication

_WAIT_MS = 500
_CALL = b"show\n"


class FirstInstance(QObject):
    """The window of a data folder, for all others that are started on the same one.

    Signals:
        called: bodymap was started once more.
    """

    called = Signal()

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._name = name_of(folder)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._answer)

    def begin(self) -> bool:
        """Be the first, or call the one that is; False when there is one.

        Where the system has no such sockets everybody is the first: the data can bear it.
        """
        if _has_called(self._name):
            return False
        QLocalServer.removeServer(self._name)  # left behind by one that was killed
        self._server.listen(self._name)
        return True

    def end(self) -> None:
        """Let the next one be the first."""
        self._server.close()

    def _answer(self) -> None:
        while (caller := self._server.nextPendingConnection()) is not None:
            caller.disconnected.connect(caller.deleteLater)
            caller.disconnectFromServer()
            self.called.emit()


def name_of(folder: Path) -> str:
    """What the instances of a folder know each other by, for this user alone."""
    who = f"{os.environ.get('USERNAME') or os.environ.get('USER', '')}:{folder.resolve()}"
    return f"bodymap-{hashlib.sha256(who.encode()).hexdigest()[:20]}"


def come_forward() -> None:
    """Put the windows that are open before all others."""
    for window in QApplication.topLevelWidgets():
        if window.isVisible():
            window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
            window.raise_()
            window.activateWindow()


def _has_called(name: str) -> bool:
    socket = QLocalSocket()
    socket.connectToServer(name)
    if not socket.waitForConnected(_WAIT_MS):
        return False
    socket.write(_CALL)
    socket.waitForBytesWritten(_WAIT_MS)
    socket.disconnectFromServer()
    return True
