import re
from importlib.resources import files
from pathlib import Path

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QApplication

import bodymap.widgets
from bodymap.atlas.ids import ViewId
from bodymap.widgets.icons import picture
from bodymap.widgets.stylesheet import stylesheet
from bodymap.widgets.theme import Theme, ThemeName
from tests.widgets.clipping import clipped

SIZES = [(1100, 700), (1440, 900), (1920, 1080)]
ICONS = sorted(
    path.name.removesuffix(".svg")
    for path in files("bodymap.assets").joinpath("icons").iterdir()
    if path.name.endswith(".svg")
)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("touch", [False, True])
def test_no_words_areclipped(charted, infraspinatus, size, touch):
    charted.set_theme(Theme.load("light", touch=touch))
    charted.resize(*size)
    desk = charted.session.charting
    for step in (desk.trigger_point, desk.needle_site, desk.pain_from_region, desk.note):
        charted.session.push(step(ViewId.POSTERIOR, *infraspinatus))
        QApplication.sendPostedEvents()
        assert clipped(charted) == []


@pytest.mark.parametrize("size", SIZES)
def test_the_bars_over_the_map_do_not_cover_each_other(charted, size):
    charted.resize(*size)
    stage = charted.stage
    bars = [stage.tabs, stage.palette_bar, stage.dissections, stage.layers, stage.zoom]
    for at, bar in enumerate(bars):
        assert QRect(0, 0, stage.width(), stage.height()).contains(bar.geometry()), bar
        for other in bars[at + 1 :]:
            assert not bar.geometry().intersects(other.geometry()), (bar, other)


@pytest.mark.parametrize("name", ThemeName)
@pytest.mark.parametrize("touch", [False, True])
def test_the_style_sheet_asks_for_nothing_the_theme_lacks(name, touch):
    assert "@" not in stylesheet(Theme.load(name, touch=touch))


@pytest.mark.parametrize("name", ICONS)
@pytest.mark.usefixtures("qapp")
def test_every_icon_is_drawn_in_the_colour_of_its_role(name):
    theme = Theme.load("light")
    image = picture(name, theme, "needle", 48).toImage()
    seen = {
        image.pixelColor(x, y).name()
        for x in range(48)
        for y in range(48)
        if image.pixelColor(x, y).alpha() > 250
    }
    assert theme.colour("needle").name() in seen


def test_both_themes_paint_the_window_in_their_own_colours(charted):
    for name in ThemeName:
        theme = Theme.load(name)
        charted.set_theme(theme)
        shown = charted.grab().toImage()
        assert shown.pixelColor(600, 8).name() == theme.colour("card").name()
        assert shown.pixelColor(charted.width() - 10, 300).name() == theme.colour("card").name()


def test_widgets_name_no_colours():
    literal = re.compile(
        r"""["']#[0-9a-fA-F]{3,8}["']|QColor\(\s*\d|GlobalColor\.(?!transparent|black)"""
    )
    folder = Path(bodymap.widgets.__file__).parent
    named = [
        f"{path.relative_to(folder)}:{number}"
        for path in folder.rglob("*.py")
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
        if literal.search(line)
    ]
    assert named == []
