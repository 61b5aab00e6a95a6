"""`bodymap backup` and `bodymap restore`, from damage to a clinic that proves to be sound."""

import json
import shutil

import pytest

from bodymap.cli import run
from bodymap.desk.demo import PASSWORD, demo_logins
from bodymap.storage.datafolder import BACKUPS, FILE_NAME
from bodymap.storage.quarantine import QUARANTINE
from bodymap.storage.vault.file import KEY_FILE


@pytest.fixture(scope="module")
def clinic(tmp_path_factory):
    """The demo clinic, made once."""
    folder = tmp_path_factory.mktemp("demo")
    assert run(["demo", "--no-window", "--data", str(folder)]) == 0
    return folder


@pytest.fixture
def demo(clinic, tmp_path, monkeypatch):
    """A copy of it, and its owner's name and password where scripts look."""
    monkeypatch.setenv("BODYMAP_USER", demo_logins()[0])
    monkeypatch.setenv("BODYMAP_PASSWORD", PASSWORD)
    folder = tmp_path / "clinic"
    shutil.copytree(clinic, folder)
    return folder


def asked(capsys, *arguments):
    capsys.readouterr()
    code = run([str(argument) for argument in arguments])
    heard = capsys.readouterr()
    return code, heard.out, heard.err


def visits(capsys, folder):
    code, out, _ = asked(capsys, "visits", "--json", "--data", folder)
    assert code == 0
    return len(json.loads(out))


def proves_sound(capsys, folder):
    return json.loads(asked(capsys, "verify", "--json", "--data", folder)[1])["findings"] == []


def backed_up(capsys, folder, *more):
    code, out, _ = asked(capsys, "backup", "--json", "--data", folder, *more)
    assert code == 0
    return json.loads(out)


def test_a_backup_says_what_it_holds(demo, capsys, tmp_path):
    told = backed_up(capsys, demo)
    assert told["folder"].startswith(str(demo / BACKUPS))
    assert told["visits"] == visits(capsys, demo)
    elsewhere = backed_up(capsys, demo, "--to", tmp_path / "stick")
    assert elsewhere["folder"].startswith(str(tmp_path / "stick"))
    assert proves_sound(capsys, demo)


def test_a_clinic_is_founded_anew_on_another_computer(demo, capsys, tmp_path):
    told, known = backed_up(capsys, demo), visits(capsys, demo)
    code, out, _ = asked(capsys, "restore", told["folder"], "--data", tmp_path / "new")
    assert (code, out.strip()) == (0, str(tmp_path / "new"))
    assert visits(capsys, tmp_path / "new") == known
    assert proves_sound(capsys, tmp_path / "new")


@pytest.mark.parametrize("damage", ["flip", "empty", "foreign", "gone", "keys"])
def test_a_damaged_clinic_is_put_back(demo, capsys, damage):
    told, known = backed_up(capsys, demo), visits(capsys, demo)
    data = demo / FILE_NAME
    if damage == "flip":
        content = bytearray(data.read_bytes())
        content[4096 * 9 + 77] ^= 8
        data.write_bytes(content)
    elif damage == "empty":
        data.write_bytes(b"")
    elif damage == "foreign":
        data.write_bytes(b"GIF89a" * 1000)
    elif damage == "gone":
        data.unlink()
    else:
        (demo / KEY_FILE).write_bytes(b"{")
    code, _, err = asked(capsys, "visits", "--data", demo)
    assert code == 1
    assert "Traceback" not in err
    file = f"{told['folder']}/{FILE_NAME}"
    code, _, err = asked(capsys, "restore", file, "--data", demo)
    assert code == 0, err
    assert (demo / QUARANTINE).exists() or damage == "gone"
    assert visits(capsys, demo) == known
    assert proves_sound(capsys, demo)


def test_only_an_administrator_may_put_a_backup_back(demo, capsys, tmp_path, monkeypatch):
    told = backed_up(capsys, demo)
    monkeypatch.setenv("BODYMAP_USER", demo_logins()[1])
    for folder in (demo, tmp_path / "new"):
        code, _, err = asked(capsys, "restore", told["folder"], "--data", folder)
        assert (code, "may not" in err) == (1, True)
    assert not (tmp_path / "new" / FILE_NAME).exists()


def test_a_file_that_is_no_backup_is_named(demo, capsys, tmp_path):
    code, _, err = asked(capsys, "restore", tmp_path, "--data", demo)
    assert (code, "no backup in" in err) == (1, True)
