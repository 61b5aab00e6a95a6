from bodymap.atlas.hit import Atlas
from bodymap.atlas.ids import ViewId
from bodymap.errors import BodymapError
from bodymap.widgets.background import Background
from bodymap.widgets.map.view import MapView
from bodymap.widgets.theme import Theme
from bodymap.widgets.warming import Warming


class RecordingAtlas(Atlas):
    """The real atlas, which remembers what was warmed and cannot warm one view."""

    def __init__(self) -> None:
        super().__init__()
        self.warmed: list[ViewId] = []

    def warm(self, view):
        self.warmed.append(view)
        if view is ViewId.SOLES:
            raise BodymapError("The drawing cannot be read.")
        super().warm(view)


def test_every_view_is_warmed_the_shown_one_first_and_one_that_fails_is_left(qtbot):
    atlas = RecordingAtlas()
    shown = MapView(atlas, Theme.load())
    qtbot.addWidget(shown)
    shown.resize(300, 500)
    shown.show_view(ViewId.POSTERIOR)
    shown.show()
    background = Background(shown)
    Warming(atlas, shown, background).begin()
    qtbot.waitUntil(lambda: len(atlas.warmed) == len(ViewId))
    assert atlas.warmed[0] is ViewId.POSTERIOR
    assert set(atlas.warmed) == set(ViewId)
    assert background.wait()


def test_nothing_is_warmed_once_the_window_closes(qtbot):
    atlas = RecordingAtlas()
    shown = MapView(atlas, Theme.load())
    qtbot.addWidget(shown)
    shown.show()
    warming = Warming(atlas, shown, Background(shown))
    warming.begin()
    warming.stop()
    qtbot.waitUntil(lambda: shown.is_crisp)
    assert atlas.warmed == []
