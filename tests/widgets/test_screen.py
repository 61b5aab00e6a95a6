"""Whether the lock hears of the system's screen lock and sleep, over real buses of our own."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from bodymap.widgets.entrance.lock import Why
from bodymap.widgets.entrance.screen import own_session

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="D-Bus is Linux's")

PATIENCE_S = 120
"""For a program that starts on a busy machine."""

PLAY = """
import sys
from PySide6.QtCore import SLOT, QCoreApplication, QObject, Slot
from PySide6.QtDBus import QDBusConnection, QDBusMessage
from PySide6.QtTest import QTest
from bodymap.widgets.entrance.screen import watch_screen

class End(QObject):
    has_come = False

    @Slot()
    def come(self):
        self.has_come = True

qt = QCoreApplication([])
heard, end = [], End()
watch = watch_screen(qt, heard.append)
print("hears", watch.hears, flush=True)
service, path, interface, name, *values = sys.argv[1:]
bus = QDBusConnection.systemBus() if "login1" in service else QDBusConnection.sessionBus()
assert bus.connect(service, path, "test.Ends", "End", end, SLOT("come()"))
bus.interface().isServiceRegistered(service)  # answered once all that was asked for is in force
other = QDBusConnection.connectToBus(bus.baseService() and sys.stdin.readline().strip(), "other")
assert other.registerService(service)
signal = QDBusMessage.createSignal(path, interface, name)
signal.setArguments([value == "true" for value in values])
assert other.send(signal)
assert other.send(QDBusMessage.createSignal(path, "test.Ends", "End"))
for _ in range(6000):
    if end.has_come:
        break
    QTest.qWait(10)
assert end.has_come
print("heard", *heard, sep="|")
"""


@dataclass(frozen=True)
class Buses:
    """Two buses of our own: for the person's session and for the system."""

    session: str
    system: str

    def hear(self, service: str, path: str, interface: str, *signal: str) -> list[str]:
        """What the program hears when a signal is sent on the bus that it belongs on."""
        address = self.system if "login1" in service else self.session
        environment = os.environ | {
            "DBUS_SESSION_BUS_ADDRESS": self.session,
            "DBUS_SYSTEM_BUS_ADDRESS": self.system,
            "XDG_SESSION_ID": "2",
        }
        ended = subprocess.run(
            [sys.executable, "-c", PLAY, service, path, interface, *signal],
            input=f"{address}\n",
            env=environment,
            capture_output=True,
            text=True,
            timeout=PATIENCE_S,
            check=False,
        )
        assert ended.returncode == 0, ended.stderr
        hears, heard = ended.stdout.splitlines()
        assert hears == "hears True"
        return heard.split("|")[1:]


@pytest.fixture(scope="module")
def buses() -> Iterator[Buses]:
    assert shutil.which("dbus-daemon"), "install dbus-daemon, as tools/system_libraries.sh does"
    daemons = [
        subprocess.Popen(
            ["dbus-daemon", "--session", "--nofork", "--print-address"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        for _ in range(2)
    ]
    addresses = [daemon.stdout.readline().strip() for daemon in daemons if daemon.stdout]
    yield Buses(*addresses)
    for daemon in daemons:
        daemon.terminate()
        daemon.communicate(timeout=PATIENCE_S)


LOGIN, MANAGER = "org.freedesktop.login1", "/org/freedesktop/login1"
SIGNALS = {
    "sleep begins": (LOGIN, MANAGER, f"{LOGIN}.Manager", "PrepareForSleep", "true"),
    "sleep ends": (LOGIN, MANAGER, f"{LOGIN}.Manager", "PrepareForSleep", "false"),
    "this session": (LOGIN, f"{MANAGER}/session/_32", f"{LOGIN}.Session", "Lock"),
    "freedesktop": (
        "org.freedesktop.ScreenSaver",
        "/org/freedesktop/ScreenSaver",
        "org.freedesktop.ScreenSaver",
        "ActiveChanged",
        "true",
    ),
    "gnome": (
        "org.gnome.ScreenSaver",
        "/org/gnome/ScreenSaver",
        "org.gnome.ScreenSaver",
        "ActiveChanged",
        "true",
    ),
}


@pytest.mark.parametrize("name", SIGNALS)
def test_the_system_is_heard(buses: Buses, name: str) -> None:
    heard = buses.hear(*SIGNALS[name])
    assert heard == [Why.SLEPT if "sleep" in name else Why.SCREEN]


@pytest.mark.parametrize(
    "signal",
    [
        (LOGIN, f"{MANAGER}/session/_33", f"{LOGIN}.Session", "Lock"),
        (LOGIN, f"{MANAGER}/session/_32", f"{LOGIN}.Session", "Unlock"),
        (*SIGNALS["gnome"][:-1], "false"),
    ],
    ids=["another session", "unlocked", "screen unlocked"],
)
def test_what_is_no_lock_of_ours_is_not_heard(buses: Buses, signal: tuple[str, ...]) -> None:
    assert buses.hear(*signal) == []


def test_without_any_bus_the_window_opens_all_the_same() -> None:
    nowhere = {"DBUS_SESSION_BUS_ADDRESS": "unix:path=/nowhere", "XDG_RUNTIME_DIR": "/nowhere"}
    code = (
        "from PySide6.QtCore import QCoreApplication\n"
        "from bodymap.widgets.entrance.screen import watch_screen\n"
        "qt = QCoreApplication([])\n"
        "print(watch_screen(qt, print).hears)"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | nowhere | {"DBUS_SYSTEM_BUS_ADDRESS": "unix:path=/nowhere"},
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=True,
    )
    assert ended.stdout.strip() == "False"


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("2", "/session/_32"),
        ("c1", "/session/c1"),
        ("12", "/session/_312"),
        ("a-b", "/session/a_2db"),
        ("", ""),
    ],
)
def test_a_session_is_known_by_its_path(
    monkeypatch: pytest.MonkeyPatch, name: str, path: str
) -> None:
    monkeypatch.setenv("XDG_SESSION_ID", name)
    assert own_session() == (f"{MANAGER}{path}" if path else "")
