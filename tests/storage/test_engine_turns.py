"""Who will write takes the lock before looking, who reads takes none, and nobody keeps one."""

from dataclasses import replace

import pytest
from sqlcipher3 import dbapi2 as driver

from bodymap.chart.marks import MarkId
from bodymap.errors import BodymapError
from bodymap.storage.connections import connected
from bodymap.storage.datafile import DataFile
from bodymap.storage.engine import WRITING
from tests.builders import a_needle_site, a_visit, an_id
from tests.storage.conftest import with_people
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


def test_a_refused_commit_leaves_no_lock_behind(data: DataFile) -> None:
    with_people(data)
    linked = replace(a_needle_site(), trigger_point=MarkId(an_id("no such trigger point")))
    with data.open_work() as work:
        work.visits.add(a_visit(0, 0, 0, marks=(linked,)))
        with pytest.raises(BodymapError):
            work.commit()
    with connected(data.path, KEY) as other:
        other.execute("PRAGMA busy_timeout = 0")
        other.execute("BEGIN IMMEDIATE")
        other.execute("ROLLBACK")
    with data.open_work() as work:
        assert work.visits.summaries() == []
