"""Hears from the system that the screen was locked or the computer goes to sleep.

On Linux desktops this comes over D-Bus: from the screen saver, and from logind (`Lock` of this
session, `PrepareForSleep`), see
https://www.freedesktop.org/software/systemd/man/org.freedesktop.login1.html .
Elsewhere nobody tells; that the computer slept still shows in its clocks, see `idle`.
"""

import os
from collections.abc import Callable

from PySide6.QtCore import QObject, Slot

from bodymap.widgets.entrance.lock import Why

_SCREEN_SAVERS = ("org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver")
_LOGIN = "org.freedesktop.login1"
_MANAGER = "/org/freedesktop/login1"
_SCREEN, _SLEEP, _LOCK = b"1hear_screen(bool)", b"1hear_sleep(bool)", b"1hear_lock()"
"""The slots as Qt names them, with the digit that `SLOT()` puts before them in C++."""


class ScreenWatch(QObject):
    """Turns what the desktop's buses tell into one call.

    Attributes:
        hears: Whether anybody here can tell.
    """

    def __init__(self, parent: QObject, act: Callable[[Why], object]) -> None:
        super().__init__(parent)
        self._act = act
        self.hears = False

    @Slot(bool)
    def hear_screen(self, begins: bool) -> None:
        """The screen saver has locked the screen, or was unlocked."""
        if begins:
            self._act(Why.SCREEN)

    @Slot(bool)
    def hear_sleep(self, _begins: bool) -> None:
        """The computer goes to sleep, or has woken: if it was quicker than we were, now."""
        self._act(Why.SLEPT)

    @Slot()
    def hear_lock(self) -> None:
        """Somebody asked for this session to be locked."""
        self._act(Why.SCREEN)


def watch_screen(parent: QObject, act: Callable[[Why], object]) -> ScreenWatch:
    """Have something done when the screen is locked or the computer goes to sleep."""
    watch = ScreenWatch(parent, act)
    try:
        from PySide6.QtDBus import QDBusConnection  # noqa: PLC0415 - not on every platform
    except ImportError:
        return watch
    session, system = QDBusConnection.sessionBus(), QDBusConnection.systemBus()
    if session.isConnected():
        for name in _SCREEN_SAVERS:
            watch.hears |= session.connect(name, "", name, "ActiveChanged", watch, _SCREEN)
    if system.isConnected():
        manager, own = f"{_LOGIN}.Manager", f"{_LOGIN}.Session"
        watch.hears |= system.connect(_LOGIN, _MANAGER, manager, "PrepareForSleep", watch, _SLEEP)
        watch.hears |= system.connect(_LOGIN, own_session(), own, "Lock", watch, _LOCK)
    return watch


def own_session() -> str:
    """The path by which logind knows this session; empty, for any, where that is not known.

    In a path, a letter that is not allowed and a digit at the beginning stand as `_` and two
    hexadecimal digits.
    """
    name = os.environ.get("XDG_SESSION_ID", "")
    if not name:
        return ""
    allowed = (
        chr(byte) if chr(byte).isalnum() and byte < 128 and (at or not chr(byte).isdigit())
        else f"_{byte:02x}"
        for at, byte in enumerate(name.encode())
    )  # fmt: skip
    return f"{_MANAGER}/session/{''.join(allowed)}"
