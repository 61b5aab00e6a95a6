"""A theme as Qt's style sheet, palette and font."""

import re
from functools import lru_cache
from importlib.resources import as_file, files

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from bodymap.widgets.theme import Theme

_FAMILY = "Noto Sans"
_FONTS = re.compile(r"NotoSans-(Regular|Medium|SemiBold|Bold|Italic)\.ttf")


def dress(window: QWidget, theme: Theme) -> None:
    """Put a theme on a window and all that is in it."""
    _register_fonts()
    QApplication.setPalette(palette(theme))
    QApplication.setFont(text_font(theme))
    sheet = stylesheet(theme)
    if window.styleSheet() != sheet:  # else Qt would look at every widget once more
        window.setStyleSheet(sheet)


def text_font(theme: Theme) -> QFont:
    """The font for running text; the system's own where ours is not installed."""
    font = QFont()
    if _FAMILY in QFontDatabase.families():
        font.setFamily(_FAMILY)
    font.setPixelSize(theme.size("text"))
    return font


def stylesheet(theme: Theme) -> str:
    """The style sheet of the program in one theme's colours and sizes.

    Raises:
        KeyError: The style sheet names something that the theme lacks.
    """
    words = {role: _css(colour) for role, colour in theme.colours.items()}
    words |= {name: str(pixels) for name, pixels in theme.sizes.items()}
    words |= _derived(theme)
    source = files("bodymap.assets").joinpath("themes", "window.qss").read_text("utf-8")
    return re.sub(r"@([a-z0-9-]+)@", lambda found: words[found[1]], source.split("*/", 1)[1])


def palette(theme: Theme) -> QPalette:
    """The palette for what a style sheet does not reach."""
    made = QPalette()
    roles = {
        QPalette.ColorRole.Window: "paper",
        QPalette.ColorRole.WindowText: "ink",
        QPalette.ColorRole.Base: "card",
        QPalette.ColorRole.AlternateBase: "sunken",
        QPalette.ColorRole.Text: "ink",
        QPalette.ColorRole.Button: "card",
        QPalette.ColorRole.ButtonText: "ink",
        QPalette.ColorRole.Highlight: "accent",
        QPalette.ColorRole.HighlightedText: "accent-ink",
        QPalette.ColorRole.PlaceholderText: "muted",
        QPalette.ColorRole.ToolTipBase: "tooltip-ground",
        QPalette.ColorRole.ToolTipText: "tooltip-ink",
        QPalette.ColorRole.Link: "accent",
        QPalette.ColorRole.Accent: "accent",
    }
    for role, name in roles.items():
        made.setColor(role, theme.colour(name))
    return made


def _derived(theme: Theme) -> dict[str, str]:
    # A style sheet's min-height is that of the content: borders come on top of it.
    faint = theme.colour("muted")
    faint.setAlphaF(0.6)
    made = {"faint": _css(faint)}
    for name, height in _heights(theme).items():
        made |= {f"{name}-inner": str(height - 2), f"{name}-focused": str(height - 4)}
    made["tab-radius"] = str(_heights(theme)["tab"] // 2)
    made["chip-radius"] = str(_heights(theme)["chip"] // 2)
    return made


def _heights(theme: Theme) -> dict[str, int]:
    return {
        "control": theme.size("control"),
        "segment": theme.size("segment"),
        "tab": theme.size("control") - 2,
        "chip": theme.size("control") - (0 if theme.touch else 6),
    }


def _css(colour: QColor) -> str:
    return f"rgba({colour.red()},{colour.green()},{colour.blue()},{colour.alphaF():.3f})"


@lru_cache(maxsize=1)
def _register_fonts() -> None:
    folder = files("bodymap.assets").joinpath("fonts")
    if not folder.is_dir():
        return
    for font in folder.iterdir():
        if _FONTS.fullmatch(font.name):
            with as_file(font) as path:
                QFontDatabase.addApplicationFont(str(path))
