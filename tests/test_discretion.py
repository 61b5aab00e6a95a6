"""R14 and R15: what is in the record stays in the record, whatever happens."""

import json
import logging
import os
import re
import signal
import subprocess
import sys
import zlib
from base64 import b64encode
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import SQLAlchemyError

from bodymap.discretion import OneLine
from bodymap.widgets.faults import told
from tests.torture import times

PLAN = json.loads(files("bodymap.assets").joinpath("demo/clinic.json").read_text("utf-8"))
CANARIES = sorted(
    {course["patient"]["family_name"] for course in PLAN["courses"]}
    | {course["complaint"] for course in PLAN["courses"]}
)
"""What only the record of the demo clinic holds: names and complaints."""

ZLIB = re.compile(rb"\x78[\x01\x5e\x9c\xda]")


def disguises(words: str) -> list[bytes]:
    """The words as they may lie in a file."""
    plain = words.encode()
    shifted = (b64encode(b"x" * shift + plain)[4:-4] for shift in range(3))
    return [plain, words.encode("utf-16-le"), words.encode("utf-16-be"), *shifted]


NEEDLES = [needle for words in CANARIES for needle in disguises(words) if len(needle) > 5]


def inflated(content: bytes) -> bytes:
    """Everything that is deflated somewhere in a file."""
    found = []
    for start in list(ZLIB.finditer(content))[:400]:
        try:
            found.append(zlib.decompressobj().decompress(content[start.start() :], 2**20))
        except zlib.error:
            continue
    return b"".join(found)


def betrayals(folder: Path) -> list[str]:
    """The files that a canary is found in, in whatever disguise."""
    found = []
    for file in folder.rglob("*"):
        if file.is_file():
            content = file.read_bytes()
            content += inflated(content)
            if any(needle in content for needle in NEEDLES):
                found.append(str(file.relative_to(folder)))
    return found


def home_of(folder: Path) -> dict[str, str]:
    """An environment in which everything that is kept is kept in one folder."""
    for name in ("tmp", "cache", "config", "state", "data", "run"):
        (folder / name).mkdir(parents=True)
    (folder / "run").chmod(0o700)
    kept = {k: v for k, v in os.environ.items() if k not in {"DISPLAY", "WAYLAND_DISPLAY"}}
    return kept | {
        "HOME": str(folder),
        "TMPDIR": str(folder / "tmp"),
        "XDG_CACHE_HOME": str(folder / "cache"),
        "XDG_CONFIG_HOME": str(folder / "config"),
        "XDG_STATE_HOME": str(folder / "state"),
        "XDG_DATA_HOME": str(folder / "data"),
        "XDG_RUNTIME_DIR": str(folder / "run"),
        "QT_QPA_PLATFORM": "offscreen",
    }


def test_the_search_finds_a_canary_in_every_disguise(tmp_path: Path) -> None:
    words = CANARIES[0]
    for at, disguise in enumerate(disguises(words)):
        (tmp_path / f"{at}").write_bytes(b"....." + disguise + b".....")
    (tmp_path / "deflated").write_bytes(b"..." + zlib.compress(words.encode()))
    assert len(betrayals(tmp_path)) == len(disguises(words)) + 1


def test_a_day_at_the_demo_clinic_leaves_no_word_of_it_outside_the_vault(tmp_path: Path) -> None:
    home, output = tmp_path / "home", tmp_path / "output"
    subprocess.run(
        [sys.executable, "-m", "bodymap", "demo", "--output", str(output)],
        env=home_of(home),
        check=True,
        capture_output=True,
    )
    assert list(home.rglob("bodymap.sqlite"))
    assert betrayals(home) == []


CRASH = """
import os, sys
from pathlib import Path
from bodymap.app import Application, DEMO
application = Application(Path(sys.argv[1]), DEMO)
Path(sys.argv[1]).mkdir()
application.fill_with_demo()
patient = application.clinic.patients()[0]
application.clinic.begin_visit(patient.id, application.access.user.id, patient.family_name)
print("now", flush=True)
os.abort() if sys.argv[2] == "abort" else sys.stdin.read()
"""


@pytest.mark.skipif(os.name != "posix", reason="kills with signals")
@pytest.mark.parametrize("how", ["abort", "kill"])
def test_a_crash_leaves_no_word_of_the_record(tmp_path: Path, how: str) -> None:
    home = tmp_path / "home"
    child = subprocess.Popen(
        [sys.executable, "-c", CRASH, str(home / "clinic"), how],
        env=home_of(home),
        cwd=home,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert child.stdout is not None
    child.stdout.readline()
    if how == "kill":
        child.send_signal(signal.SIGKILL)
    _, errors = child.communicate(timeout=60)
    assert child.returncode < 0
    assert (home / "clinic" / "bodymap.sqlite-wal").stat().st_size > 0
    assert betrayals(home) == []
    assert not any(needle in errors for needle in NEEDLES)


def test_an_error_that_nobody_caught_does_not_quote_the_record() -> None:
    code = (
        "import sys; from unittest import mock; import bodymap.cli as cli; "
        "from bodymap.__main__ import main\n"
        "def fail(*_):\n    name = 'Amara Canary'; raise ValueError(f'no such {name}')\n"
        "sys.argv = ['bodymap', 'patients']\n"
        "with mock.patch.object(cli, '_signed_in', fail): main()"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False
    )
    assert ended.returncode == 1
    assert "Canary" not in ended.stderr + ended.stdout
    assert "ValueError at" in ended.stderr
    assert ended.stderr.count("\n") == 1


@pytest.mark.skipif(os.name != "posix", reason="POSIX limits")
def test_a_crash_writes_no_memory_to_the_disk() -> None:
    code = (
        "import resource; from bodymap.discretion import be_discreet; be_discreet(); "
        "print(resource.getrlimit(resource.RLIMIT_CORE)[0])"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ended.stdout.strip() == "0"


def test_faults_at_100_places_say_nothing_of_the_record(tmp_path: Path) -> None:
    """Each strikes in another function while canaries are among its variables, and quotes one."""
    count = times(100, 400)
    home = tmp_path / "home"
    environment = home_of(home)
    ended = subprocess.run(
        [sys.executable, "-m", "tests.faulty_session", str(home / "clinic"), str(count)],
        env=environment,
        capture_output=True,
        timeout=600,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr[-2000:]
    assert int(ended.stdout.splitlines()[-1]) == count
    told_of = ended.stderr.decode()
    assert "Kanarienvogel" not in told_of
    assert not any(byte < 32 and byte != 10 for byte in ended.stderr)
    lines = told_of.splitlines()
    assert len(lines) >= count / 2
    assert all("bodymap" in line for line in lines)
    assert not any(b"Kanarienvogel" in file.read_bytes() for file in home.rglob("*.log"))


STRANGE = st.text(min_size=1).map(lambda words: f"Canary{words}\r\n\x1b[31m\u2028{words}")


@given(STRANGE)
@settings(max_examples=1000, deadline=None)
def test_a_log_tells_a_fault_in_one_line_without_its_words(words: str) -> None:
    try:
        raise ValueError(words)
    except ValueError as problem:
        line = told(problem)
        record = logging.LogRecord(
            "sqlalchemy.pool", logging.ERROR, "x.py", 1, words, (), sys.exc_info()
        )
    for text in (line, OneLine().format(record)):
        assert "Canary" not in text
        assert text.isprintable()


@given(STRANGE)
@settings(max_examples=1000, deadline=None)
def test_an_entry_of_our_own_is_one_line_whatever_is_in_it(words: str) -> None:
    record = logging.LogRecord("bodymap.x", logging.ERROR, "x.py", 1, "told %s", (words,), None)
    assert OneLine().format(record).isprintable()


def test_what_qt_warns_of_is_told_without_its_words() -> None:
    code = (
        "from bodymap.discretion import be_discreet; be_discreet()\n"
        "from bodymap.widgets.starting import qt_application; qt = qt_application()\n"
        "from PySide6.QtCore import qWarning, qCritical, QLoggingCategory, qCWarning\n"
        "qWarning('Amara Canary\\n\\x1b[31mred'); qCritical('Amara Canary')\n"
        "qCWarning(QLoggingCategory('qt.qpa.screen'), 'no such screen')\n"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "Canary" not in ended.stderr
    assert "no such screen" in ended.stderr
    assert ended.stderr.count("\n") == 3


def test_what_is_ignored_and_what_threads_throw_is_told_without_its_words() -> None:
    code = (
        "from bodymap.discretion import be_discreet; be_discreet()\n"
        "import threading\n"
        "class Bad:\n    def __del__(self): raise ValueError('Amara Canary')\n"
        "def fail(): raise ValueError('Amara Canary')\n"
        "bad = Bad(); del bad\n"
        "one = threading.Thread(target=fail); one.start(); one.join()\n"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "Canary" not in ended.stderr
    assert ended.stderr.count("ValueError at") == 2
    assert ended.stderr.count("\n") == 2


@pytest.mark.skipif(sys.platform != "linux", reason="Linux has crash collectors that ask this")
def test_no_crash_collector_and_no_other_program_reads_the_memory() -> None:
    code = (
        "from bodymap.discretion import be_discreet; be_discreet()\n"
        "import ctypes; print(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ended.stdout.strip() == "0"


def test_the_driver_keeps_what_it_was_asked_to_itself(open_work, caplog) -> None:
    with caplog.at_level(logging.DEBUG), open_work() as work:
        with pytest.raises(SQLAlchemyError, match="nowhere") as problem:
            work._session.connection().exec_driver_sql(
                "INSERT INTO nowhere VALUES (?)", ("Amara Canary",)
            )
        assert "Canary" not in str(problem.value)
    assert "Canary" not in caplog.text
