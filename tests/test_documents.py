"""What README and NOTICE say is so: commands, options, keys, files, licences."""

import re
import tomllib
from pathlib import Path

import pytest

from bodymap.cli import run
from bodymap.widgets.actions import SPECS

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
NOTICE = (ROOT / "NOTICE.md").read_text("utf-8").lower()
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]

BLOCKS = "\n".join(re.findall(r"^```\n(.+?)^```", README, re.MULTILINE | re.DOTALL))
COMMANDS = re.findall(r"^bodymap (.+?)(?:  .*)?$", BLOCKS, re.MULTILINE)
"""What README shows to be typed, without what it says of it."""

KEYS = re.findall(r"`((?:Ctrl\+|Shift\+)*(?:Return|F\d|[A-Z0-9]))`", README)
LINKS = re.findall(
    r"\]\((?!http)([^)]+)\)|`((?:docs|bodymap|benchmarks)/[\w./-]+|\w+\.md)`", README
)
LIBRARIES = [re.split(r"[><=\[ ]", one)[0].lower() for one in PROJECT["dependencies"]]


def _words(command: str) -> list[str]:
    """The command's own words, without what stands for something: `ID`, `FILE`, `[--json]`."""
    return re.match(r"(?:[a-z]+(?:-[a-z]+)* ?)*", command)[0].split()


@pytest.mark.parametrize("command", [part for line in COMMANDS for part in line.split(" / ")])
def test_each_command_is_there_with_its_options(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        run([*_words(command), "--help"])
    assert left.value.code == 0
    told = capsys.readouterr().out
    for option in re.findall(r"(?<![\w-])--?[a-z][a-z-]*", command):
        assert re.search(rf"(?<![\w-]){option}\b", told), option


def test_each_key_does_something() -> None:
    known = {key for spec in SPECS.values() for key in spec.keys}
    assert len(KEYS) > 15
    assert [key for key in KEYS if key not in known] == []


def test_each_file_is_there() -> None:
    named = [link or file for link, file in LINKS]
    assert len(named) > 8
    assert [one for one in named if not (ROOT / one).exists()] == []


@pytest.mark.parametrize("library", LIBRARIES)
def test_each_library_is_named_with_its_licence(library: str) -> None:
    assert re.search(rf"^\| .*{re.escape(library)}\b", NOTICE, re.MULTILINE)


@pytest.mark.parametrize("family", ["Noto Sans", "Noto Serif Tibetan", "Noto Emoji", "Droid Sans"])
def test_each_font_is_named(family: str) -> None:
    assert family.lower() in NOTICE


def test_no_font_is_of_a_family_that_is_not_named() -> None:
    fonts = {file.name for file in (ROOT / "bodymap/assets/fonts").glob("*.ttf")}
    assert fonts
    families = ("NotoSans", "NotoSerifTibetan", "NotoEmoji", "DroidSans")
    assert [font for font in fonts if not font.startswith(families)] == []


def test_each_picture_is_shown_and_each_that_is_shown_is_there() -> None:
    pages = [README, *(page.read_text("utf-8") for page in (ROOT / "docs").glob("*.md"))]
    shown = {name for page in pages for name in re.findall(r"\(\S*pictures/(\S+\.png)\)", page)}
    assert shown == {picture.name for picture in (ROOT / "docs/pictures").iterdir()}


@pytest.mark.parametrize("page", sorted((ROOT / "docs").rglob("*.md")), ids=lambda page: page.name)
def test_each_module_that_a_page_names_is_there(page: Path) -> None:
    named = re.findall(r"`((?:[a-z_]+/)+[a-z_0-9]+\.py)(?:::\w+)?`", page.read_text("utf-8"))
    roots = (ROOT, ROOT / "bodymap", ROOT / "bodymap/assets")
    assert [one for one in named if not any((root / one).exists() for root in roots)] == []
