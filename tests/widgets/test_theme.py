import pytest
from PySide6.QtGui import QColor

from bodymap.widgets.theme import Theme, ThemeError, ThemeName

BODY = ("paper", "skin", "muscle-1", "muscle-2", "muscle-3", "bone", "tendon")
MARKS = ("trigger-point", "needle", "pain", "note")
TEXT = [
    *[
        (ink, ground)
        for ink in ("ink", "muted", "accent")
        for ground in ("paper", "card", "sunken")
    ],
    ("accent-strong", "accent-ground"),
    ("accent", "accent-ground"),
    ("ink", "accent-ground"),
    ("ink", "hover-ground"),
    ("accent-ink", "accent"),
    ("accent-ink", "accent-strong"),
    ("caution", "caution-ground"),
    ("problem", "problem-ground"),
    ("problem", "card"),
    ("tooltip-ink", "tooltip-ground"),
    ("tooltip-muted", "tooltip-ground"),
    ("needle-ink", "needle"),
    ("note-ink", "note"),
    *[(mark, f"{mark}-ground") for mark in MARKS],
    *[(mark, "card") for mark in MARKS],
]


def contrast(one: QColor, other: QColor) -> float:
    """WCAG 2.2's contrast ratio of two opaque colours."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: QColor) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)

    red, green, blue = (linear(part) for part in (colour.redF(), colour.greenF(), colour.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("name", ThemeName)
@pytest.mark.parametrize(("ink", "ground"), TEXT)
def test_text_stands_out_from_its_ground(name: ThemeName, ink: str, ground: str) -> None:
    theme = Theme.load(name)
    assert contrast(theme.colour(ink), theme.colour(ground)) >= 4.5


@pytest.mark.parametrize("name", ThemeName)
@pytest.mark.parametrize("mark", MARKS)
@pytest.mark.parametrize("ground", [*BODY, "halo"])
def test_marks_stand_out_from_the_body_and_their_halo(
    name: ThemeName, mark: str, ground: str
) -> None:
    theme = Theme.load(name)
    assert contrast(theme.colour(mark), theme.colour(ground)) >= 3.0


@pytest.mark.parametrize("name", ThemeName)
@pytest.mark.parametrize("line", ["control-line", "focus", "accent"])
def test_the_bounds_of_controls_can_be_seen(name: ThemeName, line: str) -> None:
    theme = Theme.load(name)
    assert contrast(theme.colour(line), theme.colour("card")) >= 3.0


def test_both_themes_play_the_same_roles() -> None:
    assert Theme.load("light").colours.keys() == Theme.load("dark").colours.keys()


def test_a_percentage_becomes_opacity() -> None:
    assert Theme.load("light").colour("tone-1").alphaF() == pytest.approx(0.14, abs=0.01)


def test_an_unknown_theme_or_role_is_told_in_words() -> None:
    with pytest.raises(ThemeError, match="sepia"):
        Theme.load("sepia")
    with pytest.raises(ThemeError, match="glitter"):
        Theme.load("light").colour("glitter")


def test_touch_targets_are_at_least_44_pixels() -> None:
    touch = Theme.load("light", touch=True)
    assert min(touch.size(token) for token in ("control", "segment", "row", "tool")) >= 44
