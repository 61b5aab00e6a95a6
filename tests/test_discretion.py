"""R14 and R15: what is in the record stays in the record, whatever happens."""

import gzip
import json
import logging
import os
import re
import signal
import subprocess
import sys
import zlib
from base64 import b64encode
from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import SQLAlchemyError

from bodymap.discretion import OneLine
from bodymap.widgets.faults import told
from tests.canary_day import ALSO, CANARIES
from tests.faulty_session import CANARY
from tests.torture import times

ROOT = Path(__file__).parent.parent
PLAN = json.loads(files("bodymap.assets").joinpath("demo/clinic.json").read_text("utf-8"))
OF_THE_DEMO = sorted(
    {course["patient"]["family_name"] for course in PLAN["courses"]}
    | {course["complaint"] for course in PLAN["courses"]}
)
"""What only the record of the demo clinic holds: names and complaints."""

DEFLATED = re.compile(rb"\x78[\x01\x5e\x9c\xda]|\x1f\x8b\x08")
MOST_STREAMS = 400


def disguises(words: str) -> list[bytes]:
    """The words as they may lie in a file."""
    encoded = [words.encode(coding) for coding in ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le")]
    in_base64 = [b64encode(b"x" * shift + one)[4:-4] for one in encoded[:2] for shift in range(3)]
    in_hex = [encoded[0].hex().encode(), encoded[0].hex().upper().encode()]
    return [*encoded, *in_base64, *in_hex]


def needles_of(words: Iterable[str]) -> list[bytes]:
    """All of them in every disguise, but for what is too short to mean anything."""
    return [needle for one in words for needle in disguises(one) if len(needle) > 5]


def inflated(content: bytes) -> bytes:
    """Everything that is deflated somewhere in a file."""
    found = []
    for start in list(DEFLATED.finditer(content))[:MOST_STREAMS]:
        try:
            stream = zlib.decompressobj(wbits=zlib.MAX_WBITS | 32)
            found.append(stream.decompress(content[start.start() :], 2**20))
        except zlib.error:
            continue
    return b"".join(found)


def betrayals(folder: Path, words: Iterable[str]) -> list[str]:
    """The files that any of the words is found in, in whatever disguise."""
    found, needles = [], needles_of(words)
    for file in folder.rglob("*"):
        if file.is_file():
            content = file.read_bytes()
            content += inflated(content)
            if any(needle in content for needle in needles):
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
    (tmp_path / "zipped").write_bytes(b"..." + gzip.compress(words.encode("utf-16-le")))
    assert len(betrayals(tmp_path, [words])) == len(disguises(words)) + 2


def test_a_day_at_the_demo_clinic_leaves_no_word_of_it_outside_the_vault(tmp_path: Path) -> None:
    home, output = tmp_path / "home", tmp_path / "output"
    subprocess.run(
        [sys.executable, "-m", "bodymap", "demo", "--output", str(output)],
        env=home_of(home),
        check=True,
        capture_output=True,
    )
    assert list(home.rglob("bodymap.sqlite"))
    assert betrayals(home, OF_THE_DEMO) == []


@pytest.mark.skipif(os.name != "posix", reason="kills with signals")
@pytest.mark.parametrize("end", ["close", "abort", "kill"])
def test_50_canaries_are_found_nowhere_but_where_the_person_put_them(
    tmp_path: Path, end: str
) -> None:
    """After charting, printing, exporting, backing up, restoring, and a crash."""
    home, output = tmp_path / "home", tmp_path / "output"
    output.mkdir()
    child = subprocess.Popen(
        [
            *(sys.executable, "-m", "tests.canary_day", str(home / "clinic"), str(output)),
            "wait" if end == "kill" else end,
        ],
        env=home_of(home) | {"PYTHONPATH": str(ROOT)},
        cwd=home,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert child.stdout is not None
    told_first = child.stdout.readline()
    if end == "kill":
        child.send_signal(signal.SIGKILL)
    _, errors = child.communicate(timeout=120)
    assert told_first == b"now\n", errors
    assert (child.returncode == 0) == (end == "close")
    if end != "close":
        assert (home / "clinic" / "bodymap.sqlite-wal").stat().st_size > 0
    exported = (output / "trail.csv").read_text("utf-8")
    assert all(canary in exported for canary in CANARIES), "else the search would prove nothing"
    assert list((home / "clinic" / "backups").rglob("*.sqlite"))
    words = (*CANARIES, *ALSO)
    assert betrayals(home, words) == []
    assert not any(needle in errors for needle in needles_of(words))


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
        "import resource; from bodymap.discretion import be_discreet\n"
        "limit = resource.RLIMIT_CORE; _, most = resource.getrlimit(limit)\n"
        "resource.setrlimit(limit, (most, most)); be_discreet()\n"
        "print(most, *resource.getrlimit(limit))"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    allowed, *left = ended.stdout.split()
    assert left == ["0", "0"]
    assert allowed != "0", "else the limit was nothing before, and this proves nothing"


def test_faults_at_100_places_say_nothing_of_the_record(tmp_path: Path) -> None:
    """Each strikes in another function while canaries are among its variables, and quotes one."""
    count = times(100, 400)
    home = tmp_path / "home"
    ended = subprocess.run(
        [sys.executable, "-m", "tests.faulty_session", str(home / "clinic"), str(count)],
        env=home_of(home) | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        timeout=600,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr[-2000:]
    assert int(ended.stdout.splitlines()[-1]) == count
    told_of = ended.stderr.decode()
    assert CANARY not in told_of
    assert not any(byte < 32 and byte != 10 for byte in ended.stderr)
    lines = told_of.splitlines()
    assert len(lines) >= count / 2
    assert all("bodymap" in line for line in lines)
    assert betrayals(home, [CANARY]) == []


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
        with pytest.raises(SQLAlchemyError, match="patient has") as problem:
            work._session.connection().exec_driver_sql(
                "INSERT INTO patient VALUES (?)", ("Amara Canary",)
            )
        assert "Canary" not in str(problem.value)
    assert "Canary" not in caplog.text
