"""Any gestures, undone and redone in any order, leave what a plain list of states says (R30)."""

import hypothesis.strategies as st
from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from bodymap.atlas.hit import Atlas
from bodymap.atlas.ids import ViewId
from bodymap.desk.rehearsal import rehearse
from tests.builders import a_visit, an_id

POINTS = st.tuples(st.floats(-120.0, 120.0), st.floats(330.0, 560.0))
ATLAS = Atlas.load()


class History(RuleBasedStateMachine):
    def __init__(self):
        super().__init__()
        self.ids = iter(an_id(f"history/{n}") for n in range(10_000))
        visit = a_visit(needles=0, trigger_points=0, zones=0)
        self.charting = rehearse(ATLAS, visit, lambda: next(self.ids))
        self.states = [visit.marks]
        self.steps = []
        self.at = 0

    def do(self, step):
        self.charting.do(step)
        del self.steps[self.at :], self.states[self.at + 1 :]
        self.steps.append(step)
        self.states.append(self.charting.visit.marks)
        self.at += 1

    def some_marks(self, data):
        ids = [mark.id for mark in self.charting.visit.marks]
        return data.draw(st.lists(st.sampled_from(ids), min_size=1, max_size=3, unique=True))

    @rule(point=POINTS)
    def trigger_point(self, point):
        self.do(self.charting.trigger_point(ViewId.POSTERIOR, *point))

    @rule(point=POINTS)
    def needle(self, point):
        self.do(self.charting.needle_site(ViewId.POSTERIOR, *point))

    @rule(points=st.lists(POINTS, min_size=1, max_size=4), radius_mm=st.floats(3.0, 20.0))
    def brush(self, points, radius_mm):
        self.do(
            self.charting.pain_from_brush(ViewId.POSTERIOR, points, radius_mm, None, erase=False)
        )

    @precondition(lambda self: self.charting.visit.marks)
    @rule(data=st.data(), du=st.floats(-5.0, 5.0), dv=st.floats(-5.0, 5.0))
    def move(self, data, du, dv):
        self.do(self.charting.move(self.some_marks(data), du, dv))

    @precondition(lambda self: self.charting.visit.marks)
    @rule(data=st.data())
    def remove(self, data):
        self.do(self.charting.remove(self.some_marks(data)))

    @precondition(lambda self: self.charting.visit.marks)
    @rule(data=st.data())
    def mirror(self, data):
        self.do(self.charting.mirror(self.some_marks(data)))

    @precondition(lambda self: self.at > 0)
    @rule()
    def undo(self):
        self.at -= 1
        self.charting.undo(self.steps[self.at])

    @precondition(lambda self: self.at < len(self.steps))
    @rule()
    def redo(self):
        self.charting.do(self.steps[self.at])
        self.at += 1

    @invariant()
    def the_map_is_what_it_was_at_that_step(self):
        assert self.charting.visit.marks == self.states[self.at]


History.TestCase.settings = settings(
    max_examples=40,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
TestHistory = History.TestCase
