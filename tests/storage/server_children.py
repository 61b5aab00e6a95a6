"""What the tests let other processes do on a server: `python -m … PORT DATABASE KILLS`."""

import os
import random
import signal
import sys
import time
from dataclasses import replace

from bodymap.chart.change import Change
from bodymap.chart.marks import MarkId
from bodymap.chart.visit import VisitId
from bodymap.storage.postgres.address import Address
from bodymap.storage.postgres.database import open_database
from tests.builders import a_note, a_user, an_id
from tests.postgres import PASSWORD, SEAT

VISIT = VisitId(an_id("visit/1"))
NOTES_A_STEP = 3


def chart(address: Address, kill: int, told: int) -> None:
    """Add notes by threes; tell of each three once it is acknowledged."""
    seat = open_database(address)
    with seat.open_work() as work:
        held = work.visits.get(VISIT)
    version, number = held.version, len(held.marks)
    while True:
        notes = tuple(
            replace(a_note(number + at), id=MarkId(an_id(f"{kill}/{number + at}")))
            for at in range(1, NOTES_A_STEP + 1)
        )
        with seat.open_work(a_user().id) as work:
            version = work.visits.apply(VISIT, version, Change(put=notes))
            work.commit()
        number += NOTES_A_STEP
        os.write(told, b".")


def main(port: str, database: str, kills: str) -> None:
    """Let children chart, and kill each (SIGKILL) in the middle of what it does.

    A child works until it has told of some steps, however long they take it.
    """
    url = f"postgresql+psycopg://{SEAT}@127.0.0.1:{port}/{database}"
    address = Address.of(url, PASSWORD, insecure_loopback=True)
    rng = random.Random(8)  # noqa: S311 - moments, not secrets
    acknowledged = 0
    for kill in range(int(kills)):
        hears, told = os.pipe()
        child = os.fork()
        if child == 0:
            chart(address, kill, told)
        os.close(told)
        for _ in range(rng.randint(2, 8)):
            acknowledged += len(os.read(hears, 1))
        time.sleep(rng.uniform(0.0, 0.05))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        while got := os.read(hears, 4096):
            acknowledged += len(got)
        os.close(hears)
    print(acknowledged)  # noqa: T201


if __name__ == "__main__":
    main(*sys.argv[1:])
