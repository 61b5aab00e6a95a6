"""Hears from the system that the screen was locked or the computer goes to sleep."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Slot

_SCREEN_SAVERS = ("org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver")
_LOGIN = "org.freedesktop.login1"
_SLOT = b"1tell(bool)"
"""The slot as Qt names it, with the digit that `SLOT()` puts before it in C++."""


class _Listener(QObject):
    """Turns what the desktop's bus tells into one call."""

    def __init__(self, parent: QObject, act: Callable[[], object]) -> None:
        super().__init__(parent)
        self._act = act

    @Slot(bool)
    def tell(self, begins: bool) -> None:
        """The screen was locked or sleep begins; or it ends."""
        if begins:
            self._act()


def watch_screen(parent: QObject, act: Callable[[], object]) -> bool:
    """Have something done when the screen is locked or the computer goes to sleep.

    Returns:
        Whether anybody here can tell. Where nobody can, sleep still shows in the clocks.
    """
    try:
        from PySide6.QtDBus import QDBusConnection  # noqa: PLC0415 - not on every platform
    except ImportError:
        return False
    session, system = QDBusConnection.sessionBus(), QDBusConnection.systemBus()
    listener = _Listener(parent, act)
    heard = False
    if session.isConnected():
        for name in _SCREEN_SAVERS:
            heard |= session.connect(name, "", name, "ActiveChanged", listener, _SLOT)
    if system.isConnected():
        manager = f"{_LOGIN}.Manager"
        heard |= system.connect(
            _LOGIN, "/org/freedesktop/login1", manager, "PrepareForSleep", listener, _SLOT
        )
    return heard
