"""A clinic goes to a server and back; nothing is lost on the way, or when it is cut short."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlcipher3 import dbapi2 as driver

from bodymap.chart.audit import AuditAction, AuditEvent, AuditHead, AuditQuestion
from bodymap.chart.change import Change
from bodymap.errors import BodymapError, StorageError
from bodymap.storage.connections import connected
from bodymap.storage.datafile import open_data_file
from bodymap.storage.datafolder import FILE_NAME
from bodymap.storage.migrate import HEAD
from bodymap.storage.moving import Content, content_of
from bodymap.storage.postgres.connecting import KEPT, Move, as_file, remembered
from bodymap.storage.postgres.database import open_database
from bodymap.storage.schema_digest import EXPECTED, schema_digest
from bodymap.storage.vault.vault import Vault
from bodymap.storage.verify import verify
from bodymap.storage.work import SqlWork
from tests.builders import a_note, a_user, a_visit
from tests.postgres import OWNER, SEAT, Server
from tests.storage.conftest import with_people
from tests.storage.signing import sign
from tests.storage.test_guards import full_visit
from tests.vaults import CHEAP, PASSWORD


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    vault = Vault(tmp_path, cost=CHEAP)
    vault.set_up("Practice Sample", (a_user().id, "tilda"), PASSWORD)
    return vault


@pytest.fixture
def filled(tmp_path: Path, vault: Vault) -> Path:
    """A data file with a signed visit and a draft."""
    data = with_people(open_data_file(tmp_path, vault.data_key), patients=2)
    with data.open_work() as work:
        work.visits.add(full_visit())
        work.visits.add(a_visit(1, 1, 1, number=2))
        work.commit()
        stored = work.visits.get(full_visit().id)
    sign(data, stored)
    data.close()
    return tmp_path


@pytest.fixture
def empty(server: Server) -> Iterator[str]:
    name = server.empty_database()
    yield name
    server.drop(name)


def move(folder: Path, vault: Vault, server: Server, name: str, **fields) -> Move:
    return Move(folder, vault, server.address(name, SEAT), server.address(name, OWNER), **fields)


def test_there_and_back(filled: Path, vault: Vault, server: Server, empty: str) -> None:
    there = move(filled, vault, server, empty).there()
    assert not (filled / FILE_NAME).exists()
    assert (there.rows["visit"], there.rows["visit_signature"]) == (2, 1)
    address = remembered(vault)
    assert address is not None
    assert PASSWORD not in vault.path.read_text()
    seat = open_database(address)
    draft = a_visit(1, 1, 1, number=2)
    with seat.open_work() as work:
        work.visits.apply(draft.id, 1, Change(put=(a_note(9, 2),)))
        work.visits.add(a_visit(number=3))
        work.commit()
    with seat.engine.connect() as connection:
        held = content_of(connection)
    back = move(filled, vault, server, empty).back()
    assert back == held
    assert remembered(vault) is None
    data = open_data_file(filled, vault.data_key)
    with data.open_work() as work:
        assert len(work.visits.get(draft.id).marks) == len(draft.marks) + 1
    data.close()
    with connected(filled / FILE_NAME, vault.data_key) as connection:
        assert schema_digest(connection) == EXPECTED[HEAD]
    with pytest.raises(BodymapError), seat.open_work() as work:
        work.visits.get(draft.id)
    seat.close()


def test_a_database_in_use_is_left_alone(
    filled: Path, vault: Vault, server: Server, empty: str
) -> None:
    move(filled, vault, server, empty).there()
    before = remembered(vault)
    with_people(open_data_file(filled, vault.data_key)).close()
    with pytest.raises(StorageError, match="holds a clinic already"):
        move(filled, vault, server, empty).there()
    assert remembered(vault) == before
    assert (filled / FILE_NAME).exists()


def test_a_clinic_that_another_window_has_open_stays(
    filled: Path, vault: Vault, server: Server, empty: str
) -> None:
    """What is charted there would go on into a file that nobody reads any more."""
    other = open_data_file(filled, vault.data_key)
    with other.open_work() as work:
        work.people.patients()
    with pytest.raises(StorageError, match="Another bodymap"):
        move(filled, vault, server, empty).there()
    assert remembered(vault) is None
    with other.open_work() as work:
        work.visits.add(a_visit(number=3))
        work.commit()
    other.close()
    assert move(filled, vault, server, empty).there().rows["visit"] == 3


def test_nobody_opens_the_data_file_while_it_is_moved(
    filled: Path, vault: Vault, server: Server, empty: str
) -> None:
    refused = []

    def open_it(_what: str, done: int, _whole: int) -> None:
        if done and not refused:
            with connected(filled / FILE_NAME, vault.data_key) as other:
                other.execute("PRAGMA busy_timeout = 0")
                try:
                    other.execute("PRAGMA journal_mode = WAL")
                except driver.OperationalError:
                    refused.append(done)

    move(filled, vault, server, empty, told=open_it).there()
    assert refused


@pytest.mark.parametrize("at", [1, 20, 60])
def test_a_move_cut_short_leaves_all_where_it_was(
    filled: Path, vault: Vault, server: Server, empty: str, at: int
) -> None:
    def stop(_what: str, done: int, _whole: int) -> None:
        if done >= at:
            raise StorageError("cut short")

    with pytest.raises(StorageError, match="cut short"):
        move(filled, vault, server, empty, told=stop).there()
    assert remembered(vault) is None
    data = open_data_file(filled, vault.data_key)
    with data.open_work() as work:
        assert work.visits.get(full_visit().id).state == "signed"
    data.close()
    move(filled, vault, server, empty).there()  # and then it goes well
    with pytest.raises(StorageError, match="cut short"):
        move(filled, vault, server, empty, told=stop).back()
    assert remembered(vault) is not None


def test_a_copy_of_the_server_is_a_data_file(
    filled: Path, vault: Vault, server: Server, empty: str, tmp_path: Path
) -> None:
    there = move(filled, vault, server, empty).there()
    seat = open_database(server.address(empty))
    as_file(seat.engine, tmp_path / "copy", vault.data_key)
    seat.close()
    with connected(tmp_path / "copy", vault.data_key) as connection:
        (visits,) = connection.execute("SELECT count(*) FROM visit").fetchone()
    assert visits == there.rows["visit"]


def test_a_role_that_may_do_everything_is_refused(
    filled: Path, vault: Vault, server: Server, empty: str
) -> None:
    owner = server.address(empty, OWNER)
    with pytest.raises(StorageError, match="may do too much"):
        Move(filled, vault, owner, owner).there()
    assert remembered(vault) is None


def moves(engine: Engine) -> list[AuditEvent]:
    """What a trail tells of moves, the last one first."""
    with SqlWork(engine) as work:
        entries = work.audit.entries(AuditQuestion(action=AuditAction.MOVED))
    return [entry.event for entry in entries]


def content(engine: Engine) -> Content:
    with engine.connect() as connection:
        return content_of(connection)


def test_that_it_was_moved_is_put_down_where_it_went(
    filled: Path, vault: Vault, server: Server, empty: str
) -> None:
    who = a_user().id
    there = move(filled, vault, server, empty, actor=who).there()
    seat = open_database(server.address(empty))
    (told,) = moves(seat.engine)
    assert (told.actor, told.new) == (who, '{"to":"server"}')
    assert told.at.tzinfo is not None
    now = content(seat.engine)
    assert now.rows == there.rows | {"audit": there.rows["audit"] + 1}  # compared before
    assert verify(seat.engine, AuditHead()) == ()
    (aside,) = (filled / KEPT).iterdir()
    kept = open_data_file(aside, vault.data_key)
    assert moves(kept.engine) == []
    kept.close()
    assert move(filled, vault, server, empty, actor=who).back() == now
    seat.close()
    data = open_data_file(filled, vault.data_key)
    assert [one.new for one in moves(data.engine)] == ['{"to":"data file"}', '{"to":"server"}']
    assert verify(data.engine, AuditHead()) == ()
    data.close()


@pytest.mark.parametrize("at", [0, 20, 60])
def test_a_move_cut_short_is_not_put_down_as_a_move(
    filled: Path, vault: Vault, server: Server, empty: str, at: int
) -> None:
    def stop(_what: str, done: int, _whole: int) -> None:
        if done >= at:
            raise StorageError("cut short")

    data = open_data_file(filled, vault.data_key)
    before = content(data.engine)
    data.close()
    with pytest.raises(StorageError, match="cut short"):
        move(filled, vault, server, empty, told=stop).there()
    data = open_data_file(filled, vault.data_key)
    assert content(data.engine) == before
    data.close()
    move(filled, vault, server, empty).there()
    seat = open_database(server.address(empty))
    before = content(seat.engine)
    with pytest.raises(StorageError, match="cut short"):
        move(filled, vault, server, empty, told=stop).back()
    assert content(seat.engine) == before
    seat.close()


def test_a_copy_for_a_backup_is_no_move(
    filled: Path, vault: Vault, server: Server, empty: str, tmp_path: Path
) -> None:
    move(filled, vault, server, empty).there()
    seat = open_database(server.address(empty))
    as_file(seat.engine, tmp_path / FILE_NAME, vault.data_key)
    copy = open_data_file(tmp_path, vault.data_key)
    assert len(moves(copy.engine)) == len(moves(seat.engine)) == 1
    copy.close()
    seat.close()
