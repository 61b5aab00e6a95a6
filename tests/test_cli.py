"""The command line as a script meets it: JSON out, messages aside, exit codes."""

import json
import os
import subprocess
import sys

import pytest
from pypdf import PdfReader
from PySide6.QtGui import QImage

from bodymap.cli import run
from bodymap.desk.demo import PASSWORD, demo_logins
from bodymap.storage.connections import connected
from bodymap.storage.datafolder import FILE_NAME
from bodymap.storage.vault.vault import Vault


@pytest.fixture(autouse=True)
def sign_in(monkeypatch):
    """Who calls from the command line says who they are in the environment."""
    monkeypatch.setenv("BODYMAP_USER", demo_logins()[0])
    monkeypatch.setenv("BODYMAP_PASSWORD", PASSWORD)


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """A folder with the demo clinic."""
    folder = tmp_path_factory.mktemp("demo")
    assert run(["demo", "--no-window", "--data", str(folder)]) == 0
    return folder


@pytest.fixture
def visits(demo, capsys):
    capsys.readouterr()
    assert run(["visits", "--json", "--data", str(demo)]) == 0
    return json.loads(capsys.readouterr().out)


def test_the_demo_clinic_has_12_patients_3_therapists_and_40_visits(demo, visits, capsys):
    run(["patients", "--json", "--data", str(demo)])
    patients = json.loads(capsys.readouterr().out)
    assert len(patients) == 12
    assert len(visits) == 40
    assert len({visit["therapist"] for visit in visits}) == 3
    assert {visit["patient"] for visit in visits} == {patient["name"] for patient in patients}


def test_visits_say_what_was_promised_newest_first(visits):
    assert list(visits[0]) == ["id", "patient", "date", "therapist", "state", "marks"]
    dates = [visit["date"] for visit in visits]
    assert dates == sorted(dates, reverse=True)
    assert all(visit["marks"] >= 4 for visit in visits)
    assert {visit["state"] for visit in visits} == {"draft", "submitted", "returned", "signed"}


def test_the_demo_clinic_is_the_same_on_every_run(visits, tmp_path, capsys):
    run(["demo", "--no-window", "--data", str(tmp_path)])
    capsys.readouterr()
    run(["visits", "--json", "--data", str(tmp_path)])
    assert json.loads(capsys.readouterr().out) == visits


def test_the_demo_refuses_a_folder_with_patients(demo, capsys):
    assert run(["demo", "--no-window", "--data", str(demo)]) == 1
    assert "name an empty one" in capsys.readouterr().err


def test_a_visit_prints_to_a_pdf(demo, visits, tmp_path, capsys):
    target = tmp_path / "visit.pdf"
    assert run(["pdf", "--visit", visits[0]["id"], "-o", str(target), "--data", str(demo)]) == 0
    assert capsys.readouterr().out.strip() == str(target)
    family = visits[0]["patient"].split(",")[0]
    assert family in PdfReader(target).pages[0].extract_text()


@pytest.mark.usefixtures("qapp")
def test_a_snapshot_is_a_picture_of_the_asked_size(demo, visits, tmp_path):
    target = tmp_path / "map.png"
    arguments = ["snapshot", "--visit", visits[0]["id"], "--view", "posterior", "-o", str(target)]
    assert run([*arguments, "--width", "500", "--height", "700", "--data", str(demo)]) == 0
    picture = QImage(str(target))
    assert (picture.width(), picture.height()) == (500, 700)
    vault = Vault(demo)
    vault.sign_in(demo_logins()[0], PASSWORD)
    with connected(demo / FILE_NAME, vault.data_key) as client:
        exported = client.execute("SELECT visit_id FROM audit WHERE action = 'exported'").fetchall()
    assert exported == [(visits[0]["id"],)]


def test_who_may_not_take_charts_away_gets_no_snapshot(demo, visits, tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("BODYMAP_USER", "noor")  # the trainee
    target = tmp_path / "map.png"
    arguments = ["snapshot", "--visit", visits[0]["id"], "--view", "posterior", "-o", str(target)]
    assert run([*arguments, "--data", str(demo)]) == 1
    assert "You may not export charts" in capsys.readouterr().err
    assert not target.exists()
    vault = Vault(demo)
    vault.sign_in(demo_logins()[0], PASSWORD)
    with connected(demo / FILE_NAME, vault.data_key) as client:
        told = client.execute(
            "SELECT action, visit_id FROM audit WHERE action <> 'signed-out'"
            " ORDER BY number DESC LIMIT 2"
        ).fetchall()
    assert told == [("denied", visits[0]["id"]), ("signed-in", None)]  # nothing was read


@pytest.mark.parametrize(
    "arguments",
    [
        ["pdf", "--visit", "no-such-visit", "-o", "out.pdf"],
        ["snapshot", "--visit", "no-such-visit", "--view", "soles", "-o", "out.png"],
    ],
)
def test_a_visit_that_is_not_there_fails_with_one_line(
    demo, arguments, capsys, monkeypatch, tmp_path
):
    monkeypatch.chdir(tmp_path)
    assert run([*arguments, "--data", str(demo)]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("\n") == 1
    assert not list(tmp_path.iterdir())


def test_a_folder_without_a_clinic_is_not_made_by_asking(tmp_path, capsys):
    missing = tmp_path / "nothing"
    assert run(["visits", "--json", "--data", str(missing)]) == 1
    assert "no clinic" in capsys.readouterr().err
    assert not missing.exists()


def test_a_pdf_that_cannot_be_written_fails_in_words(demo, visits, tmp_path, capsys):
    target = tmp_path / "missing" / "visit.pdf"
    assert run(["pdf", "--visit", visits[0]["id"], "-o", str(target), "--data", str(demo)]) == 1
    assert str(target) in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [
        ["dance"],
        ["pdf"],
        ["pdf", "--visit", "x", "-o", "y", "--paper", "A3"],
        ["snapshot", "--visit", "x", "--view", "inside", "-o", "y"],
        ["snapshot", "--visit", "x", "--view", "soles", "-o", "y", "--width", "two"],
        ["visits", "--colour"],
    ],
)
def test_wrong_use_is_one_line_and_exit_2(arguments, capsys):
    with pytest.raises(SystemExit) as left:
        run(arguments)
    assert left.value.code == 2
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize(
    "command",
    [
        [],
        *([name] for name in ("demo", "patients", "visits", "pdf", "snapshot", "verify")),
        *([name] for name in ("backup", "restore", "connect", "atlas")),
        *(["atlas", name] for name in ("list", "hit", "explain", "muscle")),
    ],
    ids=" ".join,
)
def test_every_command_explains_itself(command, capsys):
    with pytest.raises(SystemExit) as left:
        run([*command, "--help"])
    assert left.value.code == 0
    assert "usage: bodymap" in capsys.readouterr().out


def test_the_data_folder_may_come_from_the_environment(demo):
    environment = os.environ | {"BODYMAP_DATA": str(demo)}
    answer = subprocess.run(
        [sys.executable, "-m", "bodymap", "patients"],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "P-0001  Example, Amara  1984-03-12" in answer.stdout


def test_whoever_reads_may_stop_reading(demo):
    answer = subprocess.Popen(
        [sys.executable, "-m", "bodymap", "patients", "--data", str(demo)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    answer.stdout.close()
    assert answer.stderr.read() == ""
    answer.stderr.close()
    assert answer.wait() == 1


def test_without_a_screen_the_window_says_so(tmp_path):
    unseen = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    environment = {k: v for k, v in os.environ.items() if k not in unseen}
    answer = subprocess.run(
        [sys.executable, "-m", "bodymap"],
        env=environment | {"BODYMAP_DATA": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 1
    assert "There is no screen to show the window on" in answer.stderr


def test_listing_needs_no_qt(demo):
    code = (
        "import sys; from bodymap.cli import run; "
        f"run(['visits', '--json', '--data', {str(demo)!r}]); "
        "sys.exit(any(name.startswith('PySide6') for name in sys.modules))"
    )
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, check=False).returncode
        == 0
    )


def test_without_a_display_the_demo_charts_off_screen_and_names_what_it_left(tmp_path):
    environment = {k: v for k, v in os.environ.items() if k not in {"DISPLAY", "WAYLAND_DISPLAY"}}
    answer = subprocess.run(
        [sys.executable, "-m", "bodymap", "demo", "--output", str(tmp_path / "out")],
        env=environment | {"TMPDIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    picture, page = (line.split(": ", 1)[1] for line in answer.stdout.splitlines())
    assert "no display" in answer.stderr
    assert QImage(picture).width() == 1440
    text = "".join(p.extract_text() for p in PdfReader(page).pages)
    assert "Infraspinatus" in text
    assert "Trapezius" in text
