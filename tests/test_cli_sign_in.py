"""Who calls from the command line signs in by the environment or a prompt, never by an argument."""

import io
import subprocess
import sys

import pytest

from bodymap.cli import run
from bodymap.desk.demo import PASSWORD, demo_logins
from tests.vaults import found_clinic


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    folder = tmp_path_factory.mktemp("demo")
    assert run(["demo", "--no-window", "--data", str(folder)]) == 0
    return folder


@pytest.fixture(scope="module")
def practice(tmp_path_factory):
    """The folder of a clinic whose password nobody prints."""
    folder = tmp_path_factory.mktemp("practice")
    found_clinic(folder).close()
    return folder


@pytest.fixture(autouse=True)
def nobody(monkeypatch):
    monkeypatch.delenv("BODYMAP_USER", raising=False)
    monkeypatch.delenv("BODYMAP_PASSWORD", raising=False)
    monkeypatch.setattr("sys.stdin", io.StringIO())


def test_the_demo_says_who_may_sign_in_and_how(tmp_path, capsys):
    run(["demo", "--no-window", "--data", str(tmp_path)])
    told = capsys.readouterr().err
    assert PASSWORD in told
    assert "robin (owner and supervisor), sam (therapist), noor (trainee)" in told


@pytest.mark.parametrize("login", demo_logins())
def test_everybody_in_the_demo_signs_in(demo, login, monkeypatch, capsys):
    monkeypatch.setenv("BODYMAP_USER", login)
    monkeypatch.setenv("BODYMAP_PASSWORD", PASSWORD)
    assert run(["patients", "--data", str(demo)]) == 0
    assert "Example, Amara" in capsys.readouterr().out


@pytest.mark.parametrize(
    "command",
    [["patients"], ["visits"], ["pdf", "--visit", "x", "-o", "x.pdf"]],
    ids=lambda command: command[0],
)
def test_nobody_gets_nothing(practice, command, capsys):
    assert run([*command, "--data", str(practice)]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert "Set BODYMAP_USER and BODYMAP_PASSWORD" in told.err
    assert told.err.count("\n") == 1


def test_whoever_ends_the_input_instead_of_answering_is_told(practice, capsys, monkeypatch):
    ended = io.StringIO()
    monkeypatch.setattr(ended, "isatty", lambda: True)
    monkeypatch.setattr("sys.stdin", ended)
    assert run(["patients", "--data", str(practice)]) == 1
    assert capsys.readouterr().err == "bodymap: Nobody is signed in.\n"


def test_the_demo_opens_unasked(demo, capsys):
    assert run(["patients", "--data", str(demo)]) == 0
    assert "Example, Amara" in capsys.readouterr().out


def test_half_a_sign_in_does_not_open_the_demo(demo, monkeypatch, capsys):
    monkeypatch.setenv("BODYMAP_USER", demo_logins()[0])
    assert run(["patients", "--data", str(demo)]) == 1
    assert "Set BODYMAP_USER and BODYMAP_PASSWORD" in capsys.readouterr().err


def test_a_wrong_password_is_one_line_and_exit_1(demo, monkeypatch, capsys):
    monkeypatch.setenv("BODYMAP_USER", demo_logins()[0])
    monkeypatch.setenv("BODYMAP_PASSWORD", "nonsense nonsense")
    assert run(["patients", "--data", str(demo)]) == 1
    told = capsys.readouterr()
    assert told.err == "bodymap: The name or the password is wrong.\n"
    assert told.out == ""


def test_a_password_is_never_an_argument():
    helped = subprocess.run(
        [sys.executable, "-m", "bodymap", "patients", "--help"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "--password" not in helped.stdout


def test_what_the_store_needs_is_loaded_after_the_entrance_is_there(tmp_path):
    code = (
        "import os, sys; os.environ['QT_QPA_PLATFORM'] = 'offscreen'\n"
        "from pathlib import Path\n"
        "from bodymap.app import Application\n"
        "from bodymap.app_window import make_doorway\n"
        "from bodymap.widgets.starting import qt_application\n"
        "qt = qt_application()\n"
        f"application = Application(Path({str(tmp_path)!r}))\n"
        f"doorway = make_doorway(application, Path({str(tmp_path / 'w.ini')!r}))\n"
        "doorway.begin()\n"
        "assert doorway.entrance.isVisible()\n"
        "slow = {'sqlalchemy', 'alembic', 'reportlab', 'zxcvbn', 'numpy', 'shapely'}\n"
        "early = slow & set(sys.modules)\n"
        "print(sorted(early))\n"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ended.stdout == "[]\n"
