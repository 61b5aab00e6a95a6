import pytest

from bodymap.atlas.ids import ViewId
from bodymap.widgets.stylesheet import palette
from bodymap.widgets.theme import Theme, ThemeName


def test_what_was_set_is_there_again(settings):
    settings.view, settings.theme, settings.paper = ViewId.SOLES, ThemeName.DARK, "Letter"
    settings.touch, settings.last_folder = True, "/somewhere"
    assert (settings.view, settings.theme, settings.paper) == ("soles", "dark", "Letter")
    assert (settings.touch, settings.last_folder) == (True, "/somewhere")


def test_a_first_start_has_sensible_settings(settings):
    assert settings.geometry.isEmpty()
    assert (settings.view, settings.theme, settings.paper) == ("posterior", "light", "A4")
    assert not settings.touch


def test_the_systems_theme_is_not_what_the_window_has_put_on(settings, qapp):
    before = qapp.palette()
    qapp.setPalette(palette(Theme.load(ThemeName.DARK)))
    assert settings.theme == "light"
    qapp.setPalette(before)


@pytest.mark.parametrize("broken", ["", "nonsense", None, 3.5, ["a"]])
def test_settings_that_cannot_be_read_are_taken_as_absent(settings, broken):
    for key in ("window/geometry", "map/view", "window/theme", "window/touch", "printing/paper"):
        settings.store.setValue(key, broken)
    assert settings.geometry.isEmpty()
    assert (settings.view, settings.theme, settings.paper) == ("posterior", "light", "A4")
    assert not settings.touch
