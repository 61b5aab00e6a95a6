"""`bodymap verify`: clean at first, then it finds what somebody changed with SQL."""

import json

import pytest

from bodymap.cli import run
from bodymap.desk.demo import PASSWORD, demo_logins
from bodymap.storage.connections import connected
from bodymap.storage.datafolder import FILE_NAME
from bodymap.storage.migrate import HEAD
from bodymap.storage.vault.vault import Vault


@pytest.fixture
def demo(tmp_path, monkeypatch):
    """A folder with the demo clinic, and its owner's name and password where scripts look."""
    monkeypatch.setenv("BODYMAP_USER", demo_logins()[0])
    monkeypatch.setenv("BODYMAP_PASSWORD", PASSWORD)
    assert run(["demo", "--no-window", "--data", str(tmp_path)]) == 0
    return tmp_path


def verified(folder, capsys):
    capsys.readouterr()
    code = run(["verify", "--json", "--data", str(folder)])
    report = json.loads(capsys.readouterr().out)
    assert set(report) == {"ok", "findings"}
    assert report["ok"] == (code == 0) == (not report["findings"])
    return report["findings"]


def test_a_planted_change_is_found_and_named(demo, capsys):
    assert verified(demo, capsys) == []
    vault = Vault(demo)
    vault.sign_in(demo_logins()[0], PASSWORD)
    with connected(demo / FILE_NAME, vault.data_key) as client:
        (visit,) = client.execute("SELECT id FROM visit WHERE state = 'signed'").fetchone()
        (guard,) = client.execute(
            "SELECT sql FROM sqlite_schema WHERE name = 'closed_mark_update'"
        ).fetchone()
        with pytest.raises(Exception, match="the visit is closed"):
            client.execute("UPDATE mark SET text = 'x' WHERE visit_id = ?", (visit,))
        client.execute("DROP TRIGGER closed_mark_update")
        client.execute("UPDATE mark SET text = 'x' WHERE visit_id = ?", (visit,))
    kinds = {(one["kind"], one["where"]) for one in verified(demo, capsys)}
    assert kinds == {("schema", f"revision {HEAD}"), ("content", f"visit {visit}")}
    with connected(demo / FILE_NAME, vault.data_key) as client:
        client.execute(guard)
    assert {one["kind"] for one in verified(demo, capsys)} == {"content"}


def test_in_words_it_says_that_all_is_well(demo, capsys):
    capsys.readouterr()
    assert run(["verify", "--data", str(demo)]) == 0
    assert "as bodymap wrote it" in capsys.readouterr().out
