import itertools
import math

import pytest

from bodymap.widgets.map.marks.badges import BADGE_PX, USUAL, placed


def badges(tips, others=()):
    ways = placed(tips, others, 14.0)
    return {key: (tips[key][0] + way[0], tips[key][1] + way[1]) for key, way in ways.items()}


def test_a_single_needle_leans_up_and_to_the_right():
    (way,) = placed({"1": (100.0, 100.0)}, (), 14.0).values()
    assert way == USUAL
    assert way[0] > 0 > way[1]


@pytest.mark.parametrize("count", [2, 5, 12])
def test_badges_of_needles_close_together_do_not_hide_one_another(count):
    tips = {str(i): (200.0 + 4 * i, 200.0 + 3 * (i % 3)) for i in range(count)}
    for one, other in itertools.combinations(badges(tips).values(), 2):
        assert math.dist(one, other) >= 2 * BADGE_PX


def test_a_badge_leaves_other_marks_free():
    tip = (200.0, 200.0)
    in_the_way = (tip[0] + USUAL[0], tip[1] + USUAL[1])
    (badge,) = badges({"1": tip}, [in_the_way]).values()
    assert math.dist(badge, in_the_way) >= BADGE_PX + 14


def test_the_same_needles_get_the_same_places():
    tips = {str(i): (30.0 * (i % 4), 20.0 * i) for i in range(20)}
    assert placed(tips, (), 14.0) == placed(dict(tips), (), 14.0)


def test_a_badge_stays_below_what_stands_above_the_figure():
    tips = {str(i): (200.0 + 6 * i, 104.0) for i in range(3)}
    ways = placed(tips, (), 14.0, None, 100.0)
    tops = [tips[key][1] + way[1] - BADGE_PX for key, way in ways.items()]
    assert min(tops) >= 100.0
    assert placed(tips, (), 14.0)["0"] == USUAL


def test_where_there_is_no_room_below_a_badge_still_stands_somewhere():
    (way,) = placed({"1": (0.0, 0.0)}, (), 14.0, None, 500.0).values()
    assert way[1] > 0
