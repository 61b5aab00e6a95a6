"""The title over a side view is the name of its own side."""

from bodymap.atlas.ids import ViewId
from bodymap.atlas.views import tab_name
from bodymap.widgets.map.sides import _LATERAL, side_words


def test_a_side_view_bears_the_name_of_its_tab() -> None:
    assert set(_LATERAL) == {ViewId.LATERAL_LEFT, ViewId.LATERAL_RIGHT}
    assert all(title == tab_name(view) for view, title in _LATERAL.items())
    assert all(side_words(view).letters is None for view in _LATERAL)


def test_the_tabs_are_named_by_the_patients_sides() -> None:
    named = {view: tab_name(view) for view in ViewId}
    assert named[ViewId.LATERAL_LEFT] == "Left side"
    assert named[ViewId.LATERAL_RIGHT] == "Right side"
    assert (named[ViewId.ANTERIOR], named[ViewId.POSTERIOR]) == ("Front", "Back")
