"""`bodymap recovery-key`: another key in place of the one before, on the screen or as a sheet."""

import re

import pytest

from bodymap.app import Application
from bodymap.chart.people import Role, User, UserId
from bodymap.cli import run
from tests.vaults import CHEAP, OWNER, PASSWORD, found_clinic, opens

PRINTED = re.compile(r"([0-9A-Z]{4}-){8}[0-9A-Z]{4}")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A clinic, and its owner's name and password where scripts look."""
    monkeypatch.setenv("BODYMAP_USER", OWNER.login)
    monkeypatch.setenv("BODYMAP_PASSWORD", PASSWORD)
    application = found_clinic(tmp_path / "clinic")
    application.users.add(User(UserId(""), "Kim", Role.THERAPIST, login="kim"), PASSWORD)
    application.close()
    return application.folder


def is_owed(folder) -> bool:
    application = Application(folder, CHEAP)
    application.sign_in.sign_in(OWNER.login, PASSWORD)
    owed = application.recovery_key.is_owed
    application.close()
    return owed


def test_the_key_goes_to_standard_output_and_the_one_before_opens_nothing(folder, capsys):
    keys = []
    for _ in range(2):
        assert run(["recovery-key", "--data", str(folder)]) == 0
        told = capsys.readouterr()
        keys.append(told.out.strip())
        assert "no longer opens the clinic" in told.err
    assert PRINTED.fullmatch(keys[1])
    assert not opens(folder, keys[0])
    assert opens(folder, keys[1])
    assert not is_owed(folder)


def test_a_sheet_is_saved_instead(folder, tmp_path, capsys):
    from pypdf import PdfReader  # noqa: PLC0415

    sheet = tmp_path / "key.pdf"
    assert run(["recovery-key", "-o", str(sheet), "--data", str(folder)]) == 0
    assert capsys.readouterr().out.strip() == str(sheet)
    (page,) = PdfReader(sheet).pages
    (printed,) = re.findall(r"(?:[0-9A-Z]{4}\s+){8}[0-9A-Z]{4}", page.extract_text())
    assert opens(folder, printed)


def test_a_sheet_that_cannot_be_written_says_that_another_key_is_needed(folder, tmp_path, capsys):
    assert run(["recovery-key", "-o", str(tmp_path / "no" / "k.pdf"), "--data", str(folder)]) == 1
    assert "call the command once more" in capsys.readouterr().err
    assert is_owed(folder)


def test_only_an_administrator_makes_one(folder, capsys, monkeypatch):
    monkeypatch.setenv("BODYMAP_USER", "kim")
    assert run(["recovery-key", "--data", str(folder)]) == 1
    told = capsys.readouterr()
    assert (told.out, "only an administrator may" in told.err) == ("", True)
