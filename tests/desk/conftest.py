"""A visit on the table, over a real data file."""

import pytest

from bodymap.atlas.ids import ViewId
from bodymap.desk.charting import Charting
from tests.builders import a_patient, a_user, a_visit, an_episode


class SetClock:
    """A clock that is always a little later than the visit began."""

    def now(self):
        return a_visit().began.replace(minute=59)


@pytest.fixture
def clock():
    return SetClock()


@pytest.fixture
def charting(open_work, atlas, clock):
    """An empty draft of a visit, stored."""
    visit = a_visit(needles=0, trigger_points=0, zones=0)
    with open_work() as work:
        work.people.put_user(a_user())
        work.people.put_patient(a_patient())
        work.people.put_episode(an_episode())
        work.visits.add(visit)
        work.commit()
    return Charting(open_work, atlas, clock, visit)


@pytest.fixture
def other(charting, open_work, atlas, clock):
    """The same visit with one note, open in another window or at another seat."""
    charting.do(charting.note(ViewId.POSTERIOR, 60.0, 500.0, "as it was"))
    return Charting(open_work, atlas, clock, charting.visit)
