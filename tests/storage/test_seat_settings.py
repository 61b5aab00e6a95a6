"""How a seat speaks to the server: nothing acknowledged before it is on the disk."""

import logging

import pytest
from sqlalchemy.exc import SQLAlchemyError

from bodymap.storage.engine import WRITING
from tests.postgres import Server, open_seat

SETTINGS = {
    "synchronous_commit": "on",
    "transaction_isolation": "repeatable read",
    "timezone": "UTC",
    "search_path": "public",
    "lock_timeout": "5s",
    "idle_in_transaction_session_timeout": "1min",
    "application_name": "bodymap",
}


@pytest.fixture
def seat(server: Server):
    name = server.with_tables()
    seat = open_seat(server, name)
    yield seat
    seat.close()
    server.drop(name)


def test_a_seat_has_the_settings_that_keep_what_is_acknowledged(seat) -> None:
    with seat.engine.connect() as connection:
        for name, value in SETTINGS.items():
            assert connection.exec_driver_sql(f"SHOW {name}").scalar() == value, name


def test_a_seat_that_will_write_takes_its_turn_before_it_looks(seat) -> None:
    held = "SELECT mode FROM pg_locks WHERE relation = 'writers_turn'::regclass AND granted"
    with seat.engine.connect() as connection:
        assert connection.exec_driver_sql(held).all() == []
    with seat.engine.connect().execution_options(**{WRITING: True}) as connection:
        assert connection.exec_driver_sql(held).scalar() == "ExclusiveLock"


def test_the_driver_keeps_what_it_was_asked_to_itself(seat, caplog) -> None:
    with caplog.at_level(logging.DEBUG), seat.engine.connect() as connection:
        with pytest.raises(SQLAlchemyError, match="nowhere") as problem:
            connection.exec_driver_sql("INSERT INTO nowhere VALUES (%s)", ("Amara Canary",))
        assert "Canary" not in str(problem.value)
    assert "Canary" not in caplog.text
