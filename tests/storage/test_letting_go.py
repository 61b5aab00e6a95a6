"""A store that is closed while somebody reads is closed, not only forgotten."""

import pytest
from sqlalchemy import text

from bodymap.storage.datafile import DataFile

BOTH_DATABASES = True


def test_who_is_reading_ends_and_then_nothing_is_open(data: DataFile) -> None:
    reading = data.engine.connect()
    (driver,) = {reading.connection.dbapi_connection}
    assert driver is not None
    data.close()
    assert reading.execute(text("SELECT 1")).scalar() == 1, "what was begun is not cut short"
    reading.close()
    with pytest.raises(Exception, match="closed"):
        driver.cursor().execute("SELECT 1")
