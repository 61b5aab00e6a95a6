"""Who will write takes the lock before looking; who reads takes none."""

import pytest
from sqlcipher3 import dbapi2 as driver

from bodymap.storage.connections import connected
from bodymap.storage.datafile import DataFile
from bodymap.storage.engine import WRITING
from tests.vaults import KEY


def test_who_will_write_takes_the_lock_before_anything_is_looked_at(data: DataFile) -> None:
    with connected(data.path, KEY) as other, data.engine.connect() as connection:
        other.execute("PRAGMA busy_timeout = 0")
        connection.execution_options(**{WRITING: True})
        connection.exec_driver_sql("SELECT count(*) FROM patient").scalar()
        with pytest.raises(driver.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")


def test_who_reads_keeps_nobody_from_writing(data: DataFile) -> None:
    with connected(data.path, KEY) as other, data.engine.connect() as connection:
        other.execute("PRAGMA busy_timeout = 0")
        connection.exec_driver_sql("SELECT count(*) FROM patient").scalar()
        other.execute("BEGIN IMMEDIATE")
        other.execute("ROLLBACK")
