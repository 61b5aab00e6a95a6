"""Colours by role and sizes by token, from a theme file.

Widgets never name a colour: they ask for a role, and the theme says what it looks like.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib.resources import files

from PySide6.QtGui import QColor

from bodymap.errors import BodymapError


class ThemeError(BodymapError):
    """A theme file is missing or names a colour it does not have."""


class ThemeName(StrEnum):
    """The themes that come with the program."""

    LIGHT = "light"
    DARK = "dark"

    @property
    def other(self) -> "ThemeName":
        """The one to change to."""
        return ThemeName.DARK if self is ThemeName.LIGHT else ThemeName.LIGHT


_SIZES = {"control": 38, "segment": 38, "row": 52, "tool": 62, "icon": 18, "radius": 8, "text": 13}
_TOUCH_SIZES = {"control": 46, "segment": 46, "row": 60, "tool": 66, "icon": 20}


@dataclass(frozen=True)
class Theme:
    """One look of the whole program.

    Attributes:
        name: Which theme it is.
        sizes: Pixels by token: heights of controls, the corner radius, the text size.
        touch: Whether targets are made for fingers.
    """

    name: ThemeName
    colours: Mapping[str, QColor]
    sizes: Mapping[str, int]
    touch: bool = False

    @classmethod
    def load(cls, name: str = ThemeName.LIGHT, *, touch: bool = False) -> "Theme":
        """Read a theme that ships with the program.

        Raises:
            ThemeError: There is no such theme, or it is broken.
        """
        try:
            theme = ThemeName(name)
            path = files("bodymap.assets").joinpath("themes", f"{theme}.toml")
            tables = tomllib.loads(path.read_text("utf-8"))
            colours = {role: _mixed(said, tables["base"]) for role, said in tables["roles"].items()}
        except (ValueError, KeyError, OSError) as problem:
            raise ThemeError(f"The theme “{name}” cannot be read: {problem}.") from problem
        return cls(theme, colours, _SIZES | (_TOUCH_SIZES if touch else {}), touch)

    @property
    def is_dark(self) -> bool:
        """Whether light things stand on a dark ground."""
        return self.name is ThemeName.DARK

    def colour(self, role: str) -> QColor:
        """The colour that plays a role.

        Raises:
            ThemeError: The theme has no such role.
        """
        try:
            return self.colours[role].toRgb()  # a copy, made without waiting for all of Qt’s names
        except KeyError:
            raise ThemeError(f"The theme “{self.name}” has no role “{role}”.") from None

    def size(self, token: str) -> int:
        """The pixels a size token stands for."""
        return self.sizes[token]


def _mixed(said: str, base: Mapping[str, str]) -> QColor:
    name, _, percent = said.partition("/")
    colour = QColor(base[name])
    if not colour.isValid():
        raise ValueError(f"{name} is not a colour")
    if percent:
        colour.setAlphaF(int(percent) / 100)
    return colour
