"""While the data are exchanged nobody opens them, at whatever moment anybody asks."""

from threading import Event, Thread

import pytest
from typing_extensions import override

from bodymap.errors import BodymapError
from tests.vaults import found_clinic

LONG_ENOUGH_S = 0.3
"""For a thread that nothing holds up."""


@pytest.fixture
def application(tmp_path):
    application = found_clinic(tmp_path / "clinic")
    yield application
    application.close()


class Exchange(Event):
    """Begins to exchange the data just when somebody has seen that they are free."""

    def __init__(self, application) -> None:
        super().__init__()
        self.set()
        self._application = application
        self._taken, self.asked = Event(), Event()
        self._thread = Thread(target=self._exchange)
        self.was_open: bool | None = None

    @override
    def is_set(self) -> bool:
        is_free = super().is_set()
        if is_free and self._thread.ident is None:
            self._thread.start()
            self._taken.wait(LONG_ENOUGH_S)
        return is_free

    def end(self) -> None:
        self.asked.set()
        self._thread.join()

    def _exchange(self) -> None:
        with self._application._nobody_at_work():
            self._taken.set()
            self.asked.wait()
            self.was_open = "_data_file" in self._application.__dict__


def test_who_has_seen_that_the_data_are_free_does_not_open_them_too_late(application) -> None:
    exchange = application._is_free = Exchange(application)
    application.open_work()
    exchange.end()
    assert exchange.was_open is False


def test_the_window_does_not_wait_and_is_told(application) -> None:
    with application._nobody_at_work():
        assert application.only_reading == ""
        with pytest.raises(BodymapError, match="Wait until it is done"):
            application.open_work()
