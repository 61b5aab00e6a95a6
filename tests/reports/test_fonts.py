"""Every character that is printed has a shape, and every font may be shipped."""

from importlib import resources

import pytest

from bodymap.reports.fonts import FALLBACKS, Weight, face, face_for, is_invisible
from tests.reports.names import NAMES

FOLDER = resources.files("bodymap.assets") / "fonts"


@pytest.mark.parametrize("name", [*Weight, *FALLBACKS])
def test_the_font_is_shipped_and_opens(name):
    assert face(name).units_per_em > 0


def test_no_font_is_shipped_that_nothing_uses():
    shipped = {file.name.removesuffix(".ttf") for file in FOLDER.iterdir() if ".ttf" in file.name}
    assert shipped == {*Weight, *FALLBACKS}


def test_each_family_comes_with_its_licence():
    licences = {file.name for file in FOLDER.iterdir() if file.name.startswith("LICENSE")}
    assert {name.split("-")[1] for name in licences} >= {"NotoFonts", "DroidSansFallback"}


def test_all_fonts_together_stay_small():
    size = sum(len((FOLDER / f"{name}.ttf").read_bytes()) for name in {*Weight, *FALLBACKS})
    assert size < 15_000_000


@pytest.mark.parametrize("language", NAMES)
def test_every_letter_of_a_name_has_a_font(language):
    letters = {letter for letter in NAMES[language] if not is_invisible(letter)}
    assert all(face_for(letter, Weight.REGULAR) for letter in letters)


def test_latin_letters_come_in_the_weight_asked_for():
    assert face_for("é", Weight.SEMIBOLD) is face(Weight.SEMIBOLD)


def test_a_character_without_any_font_is_owned_up_to():
    assert face_for("\U00012000", Weight.REGULAR) is None
