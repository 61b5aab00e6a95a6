"""Hears from the system that the screen was locked or the computer goes to sleep.

On Linux desktops this comes over D-Bus: from the screen saver, and from logind (`Lock` of this
session, `PrepareForSleep`), see
https://www.freedesktop.org/software/systemd/man/org.freedesktop.login1.html .
Elsewhere nobody tells; that the computer slept still shows in its clocks, see `idle`.
"""

import logging
import os
from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import SLOT, QObject, Slot

from bodymap.widgets.entrance.lock import Why

if TYPE_CHECKING:
    from PySide6.QtDBus import QDBusConnection  # not on every platform

_log = logging.getLogger(__name__)

Signal = tuple[str, str, str, str]
"""Service, path, interface and name of a signal on a bus."""

_SCREEN_SAVERS = ("org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver")
_LOGIN = "org.freedesktop.login1"
_MANAGER = "/org/freedesktop/login1"
_SCREEN, _SLEEP, _LOCK = map(SLOT, ("hear_screen(bool)", "hear_sleep(bool)", "hear_lock()"))


class ScreenWatch(QObject):
    """Turns what the desktop's buses tell into one call.

    Attributes:
        hears: Whether anybody here can tell.
    """

    def __init__(self, parent: QObject, act: Callable[[Why], object]) -> None:
        super().__init__(parent)
        self._act = act
        self.hears = False

    def listen(self, bus: "QDBusConnection", signal: Signal, slot: str) -> None:
        """Hear a signal on a bus, if there is one; nothing that is wrong there may hinder work."""
        if not bus.isConnected():
            return
        try:
            # Qt's stubs ask for bytes here, and Qt for the text that `SLOT` makes.
            self.hears |= bus.connect(*signal, self, cast("bytes", slot))
        except (TypeError, ValueError) as problem:
            _log.warning("the screen lock is not heard: %s", type(problem).__name__)

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
    for name in _SCREEN_SAVERS:
        watch.listen(session, (name, "", name, "ActiveChanged"), _SCREEN)
    watch.listen(system, (_LOGIN, _MANAGER, f"{_LOGIN}.Manager", "PrepareForSleep"), _SLEEP)
    watch.listen(system, (_LOGIN, own_session(), f"{_LOGIN}.Session", "Lock"), _LOCK)
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
