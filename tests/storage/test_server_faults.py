"""The server, the network or a seat fails in the middle: nothing acknowledged is lost or halved."""

import random
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import event

from bodymap.atlas.ids import ViewId
from bodymap.chart.audit import AuditHead
from bodymap.chart.change import Change
from bodymap.chart.marks import MarkId
from bodymap.desk.charting import Charting
from bodymap.desk.retrying import renewed
from bodymap.desk.steps import Step
from bodymap.errors import StorageError
from bodymap.storage.postgres.database import open_database
from bodymap.storage.verify import verify
from tests.builders import a_note, a_user, a_visit, an_id
from tests.postgres import Server, open_seat, running_server
from tests.storage.conftest import with_people
from tests.storage.proxy import Wire
from tests.storage.server_children import NOTES_A_STEP, VISIT
from tests.torture import put_down, times


@pytest.fixture
def name(server: Server) -> Iterator[str]:
    """A database with one empty draft."""
    name = server.with_tables()
    seat = with_people(open_seat(server, name))
    with seat.open_work() as work:
        work.visits.add(a_visit(0, 0, 0))
        work.commit()
    seat.close()
    yield name
    server.drop(name)


def test_seats_that_are_killed_while_they_write(server: Server, name: str) -> None:
    kills = times(5, 50)
    told = subprocess.run(
        [sys.executable, "-m", "tests.storage.server_children", f"{server.port}", name, f"{kills}"],
        capture_output=True,
        text=True,
        check=True,
        timeout=600,
    )
    acknowledged = int(told.stdout)
    seat = open_seat(server, name)
    with seat.open_work() as work:
        held = work.visits.get(VISIT)
    whole, rest = divmod(len(held.marks), NOTES_A_STEP)
    assert rest == 0
    assert acknowledged <= whole <= acknowledged + kills  # one may be stored and not yet told
    assert held.version == 1 + whole
    assert acknowledged > kills
    assert verify(seat.engine, AuditHead()) == ()
    seat.close()
    put_down("A5", "kills of a seat on PostgreSQL in the middle of a transaction", kills, 0)


class CutWire:
    """A seat behind a wire that is cut before so many statements; `None` leaves it whole."""

    def __init__(self, server: Server, name: str) -> None:
        self.wire = Wire(server.port)
        here = server.address(name)
        url = here.url.replace(f":{server.port}/", f":{self.wire.port}/")
        self.seat = open_database(replace(here, url=url))
        self.left: int | None = None
        for moment in ("before_cursor_execute", "commit"):
            event.listen(self.seat.engine, moment, self._count)

    def mend(self) -> None:
        self.left = None
        self.wire.mend()

    def close(self) -> None:
        self.seat.close()
        self.wire.close()

    def _count(self, *_: object) -> None:
        if self.left is not None:
            self.left -= 1
            if self.left == 0:
                self.wire.cut()


class SetClock:
    def now(self):
        return a_visit().began


def refusal(charting: Charting, step: Step) -> str | None:
    try:
        charting.do(step)
    except StorageError as problem:
        return str(problem)
    return None


def test_a_network_that_is_cut_while_a_seat_writes(server: Server, name: str, atlas) -> None:
    """What was not saved is told, and tried again once the wire is whole, as the window does it."""
    cuts, rng = times(5, 100), random.Random(5)  # noqa: S311 - moments, not secrets
    cut = CutWire(server, name)
    with cut.seat.open_work() as work:
        held = work.visits.get(VISIT)
    charting = Charting(lambda: cut.seat.open_work(a_user().id), atlas, SetClock(), held)
    wanted = 0
    for _ in range(cuts):
        cut.left, problem = rng.randrange(1, 30), None
        while problem is None:
            wanted += 1
            step = charting.note(ViewId.POSTERIOR, 60.0, 500.0, "a note")
            problem = refusal(charting, step)
        assert "cannot be reached" in problem
        cut.mend()
        charting.do(renewed(step, charting.visit))
    cut.close()
    seat = open_seat(server, name)
    with seat.open_work() as work:
        stored = work.visits.get(VISIT)
    assert (len(stored.marks), stored.marks) == (wanted, charting.visit.marks)
    assert verify(seat.engine, AuditHead()) == ()
    seat.close()
    put_down("A5", "cuts of the network between a seat and PostgreSQL", cuts, 0)


def test_a_server_that_is_started_anew_and_one_that_is_down() -> None:
    with running_server() as own:
        name = own.with_tables()
        seat = with_people(open_seat(own, name))
        visit = a_visit(0, 0, 0)
        with seat.open_work() as work:
            work.visits.add(visit)
            work.commit()
        own.restart()
        for number in (1, 2):  # the next gesture connects again by itself
            note = replace(a_note(number), id=MarkId(an_id(f"after/{number}")))
            with seat.open_work(a_user().id) as work:
                work.visits.apply(visit.id, number, Change(put=(note,)))
                work.commit()
        own.stop()
        began = time.monotonic()
        with pytest.raises(StorageError, match="cannot be reached"), seat.open_work() as work:
            work.visits.get(visit.id)
        with pytest.raises(StorageError, match="network and the server are up"):
            open_seat(own, name)
        assert time.monotonic() - began < 60  # it does not wait for ever
        own.start()
        with seat.open_work() as work:
            assert len(work.visits.get(visit.id).marks) == 2
        seat.close()
