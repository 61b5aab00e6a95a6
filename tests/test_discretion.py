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
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.exc import SQLAlchemyError

from bodymap.widgets.faults import told

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
        "import resource; from bodymap.__main__ import be_discreet; be_discreet(); "
        "print(resource.getrlimit(resource.RLIMIT_CORE)[0])"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ended.stdout.strip() == "0"


@given(st.text(min_size=6).map(lambda words: f"Canary{words}"))
def test_a_log_tells_a_fault_in_one_line_without_its_words(words: str) -> None:
    try:
        raise ValueError(words)
    except ValueError as problem:
        line = told(problem)
    assert "Canary" not in line
    assert "\n" not in line
    assert "\x1b" not in line


def test_the_driver_keeps_what_it_was_asked_to_itself(open_work, caplog) -> None:
    with caplog.at_level(logging.DEBUG), open_work() as work:
        with pytest.raises(SQLAlchemyError, match="nowhere") as problem:
            work._session.connection().exec_driver_sql(
                "INSERT INTO nowhere VALUES (?)", ("Amara Canary",)
            )
        assert "Canary" not in str(problem.value)
    assert "Canary" not in caplog.text
