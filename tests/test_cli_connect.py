"""A clinic is moved to a server and back from the command line, and works on at each place."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bodymap.app import Application
from bodymap.chart.audit import AuditAction, AuditQuestion
from bodymap.chart.people import Role, User, UserId
from bodymap.cli import run
from bodymap.errors import StorageError
from bodymap.storage.datafolder import FILE_NAME
from bodymap.storage.postgres.connecting import Move
from tests import vaults
from tests.postgres import OWNER, PASSWORD, SEAT, Server, running_server
from tests.vaults import OWNER as USER
from tests.vaults import found_clinic, signed_in

TYPED = "seven slow snails sing"


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with running_server() as server:
        yield server


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    found_clinic(tmp_path / "clinic").close()
    for name, value in {
        "BODYMAP_USER": USER.login,
        "BODYMAP_PASSWORD": vaults.PASSWORD,
        "BODYMAP_SERVER_PASSWORD": PASSWORD,
        "BODYMAP_OWNER_PASSWORD": PASSWORD,
    }.items():
        monkeypatch.setenv(name, value)
    return tmp_path / "clinic"


def test_to_the_server_and_back(
    folder: Path, server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    name = server.empty_database()
    data, owner = ["--data", str(folder)], ["--owner", server.url(name, OWNER)]
    loose = "--insecure-loopback"
    assert run(["connect", server.url(name, SEAT), *owner, loose, *data]) == 0
    told = capsys.readouterr()
    assert told.out.startswith("The clinic is in the server now:")
    assert told.err == ""
    assert not (folder / FILE_NAME).exists()
    application = signed_in(folder)
    assert application.is_on_server
    assert application.verifying.verify() == ()
    assert [user.login for user in application.users.all()] == [USER.login]
    assert moves(application) == ['{"to":"server"}']
    application.close()
    assert run(["patients", *data]) == 0
    assert run(["verify", *data]) == 0
    assert run(["backup", *data]) == 0
    assert run(["connect", "--upgrade", *owner, loose, *data]) == 0
    assert "revision" in capsys.readouterr().out
    assert run(["connect", server.url(name, SEAT), *owner, loose, *data]) == 1
    assert "on a server already" in capsys.readouterr().err
    assert run(["connect", "--back", *owner, loose, *data]) == 0
    assert run(["verify", *data]) == 0
    application = signed_in(folder)
    assert not application.is_on_server
    assert moves(application)[0] == '{"to":"data file"}'
    application.close()


def moves(application: Application) -> list[str]:
    """What the audit trail tells of moves, the last one first."""
    with application.open_work() as work:
        entries = work.audit.entries(AuditQuestion(action=AuditAction.MOVED))
    return [entry.event.new for entry in entries]


def test_a_refused_move_is_put_down_as_refused(
    folder: Path, server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    name, taken = server.empty_database(), server.with_tables()
    data, loose = ["--data", str(folder)], "--insecure-loopback"

    def order(role: str, database: str = name) -> int:
        owner = ["--owner", server.url(database, OWNER)]
        return run(["connect", server.url(database, role), *owner, loose, *data])

    assert order(OWNER) == 1
    assert "may do too much" in capsys.readouterr().err
    assert order(SEAT) == 0
    assert run(["connect", "--back", "--owner", server.url(taken, OWNER), loose, *data]) == 1
    assert "another database" in capsys.readouterr().err
    application = signed_in(folder)
    assert application.is_on_server
    assert moves(application) == [
        '{"refused":true,"to":"data file"}',
        '{"to":"server"}',
        '{"refused":true,"to":"server"}',
    ]
    (line, *_) = application.verifying.lines(AuditQuestion(action=AuditAction.MOVED))
    assert line.change == "refused: yes; to: data file"
    assert application.verifying.verify() == ()
    application.close()


def test_another_database_than_the_clinics_is_not_taken_for_it(
    folder: Path, server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    name, other = server.empty_database(), server.with_tables()
    loose, data = "--insecure-loopback", ["--data", str(folder)]
    elsewhere = ["--owner", server.url(other, OWNER), loose, *data]
    assert run(["connect", server.url(name, SEAT), *elsewhere]) == 1
    assert "another database" in capsys.readouterr().err
    assert (folder / FILE_NAME).exists()
    assert (
        run(["connect", server.url(name, SEAT), "--owner", server.url(name, OWNER), loose, *data])
        == 0
    )
    assert run(["connect", "--upgrade", *elsewhere]) == 1
    assert "another database" in capsys.readouterr().err


def test_a_move_that_is_done_and_then_fails_is_not_called_refused(
    folder: Path, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file stays where it was, but it is not the clinic's record any more."""

    def fail(*_: object) -> None:
        raise StorageError("cannot be set aside")

    monkeypatch.setattr(Move, "_set_aside", fail)
    name = server.empty_database()
    owner = ["--owner", server.url(name, OWNER), "--insecure-loopback"]
    assert run(["connect", server.url(name, SEAT), *owner, "--data", str(folder)]) == 1
    application = signed_in(folder)
    assert application.is_on_server
    assert moves(application) == ['{"to":"server"}']
    application.close()


def test_only_an_administrator_moves_the_clinic(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    application = signed_in(folder)
    kim = application.users.add(User(UserId(""), "Kim", Role.THERAPIST, login="kim"), TYPED)
    application.close()
    monkeypatch.setenv("BODYMAP_USER", kim.login)
    monkeypatch.setenv("BODYMAP_PASSWORD", TYPED)
    url = "postgresql+psycopg://role@127.0.0.1:1/clinic"  # nobody is there, and nobody is asked
    order = ["connect", url, "--owner", url, "--insecure-loopback", "--data", str(folder)]
    assert run(order) == 1
    assert "may not" in capsys.readouterr().err
    application = signed_in(folder)
    assert moves(application) == []
    assert (folder / FILE_NAME).exists()
    application.close()


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("nonsense", "no address"),
        ("mysql://role@host/clinic", "begins otherwise"),
        ("postgresql+psycopg://host/clinic", "names a role"),
        ("postgresql+psycopg://role@far.example/clinic", "Only a server on this computer"),
        ("postgresql+psycopg://role@127.0.0.1/clinic?host=far.example", "not known"),
    ],
)
def test_an_address_that_is_none_is_told(
    folder: Path, url: str, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    order = ["connect", url, "--owner", url, "--insecure-loopback", "--data", str(folder)]
    assert run(order) == 1
    assert words in capsys.readouterr().err
    assert (folder / FILE_NAME).exists()


def test_tls_is_not_left_out_by_mistake(
    folder: Path, server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    url = server.url(server.empty_database())
    assert run(["connect", url, "--owner", url, "--data", str(folder)]) == 1
    assert "who it is" in capsys.readouterr().err
    loose = f"{url}?sslmode=require"
    assert run(["connect", loose, "--owner", loose, "--data", str(folder)]) == 1
    assert "verify-full" in capsys.readouterr().err
