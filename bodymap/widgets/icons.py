"""The program's own icons, in the colour of a role."""

from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from bodymap.widgets.theme import Theme

_STEPS = (1, 2, 3)
"""Device pixel ratios an icon is drawn for ahead of time."""


def icon(name: str, theme: Theme, role: str = "ink", chosen_role: str | None = None) -> QIcon:
    """An icon in a role's colour, with another one when it is checked.

    Args:
        name: The file's name in `assets/icons`, without its ending.
        theme: Says what the roles look like.
        role: The colour of the icon at rest.
        chosen_role: The colour while the button or action is checked.
    """
    made = QIcon()
    for drawn, mode, state in _drawings(name, theme, role, chosen_role):
        made.addPixmap(QPixmap.fromImage(drawn), mode, state)
    return made


def draw_ahead(name: str, theme: Theme, role: str) -> None:
    """Draw an icon so that it is there when it is asked for; may be done beside the window."""
    for _ in _drawings(name, theme, role, None):
        pass


def program_icon() -> QIcon:
    """What stands for the program in the task bar."""
    source = files("bodymap.assets").joinpath("bodymap.svg").read_bytes()
    renderer = QSvgRenderer(QByteArray(source))
    made = QIcon()
    for side in (16, 32, 64, 256):
        made.addPixmap(QPixmap.fromImage(_rendered(renderer, side)))
    return made


def picture(name: str, theme: Theme, role: str, size: int, ratio: float = 1.0) -> QPixmap:
    """One icon as a picture of `size` logical pixels."""
    return QPixmap.fromImage(drawn_icon(name, theme.colour(role), size, ratio))


def _drawings(
    name: str, theme: Theme, role: str, chosen_role: str | None
) -> Iterator[tuple[QImage, QIcon.Mode, QIcon.State]]:
    faint = theme.colour("muted")
    faint.setAlphaF(0.45)
    for colour, mode, state in (
        (theme.colour(role), QIcon.Mode.Normal, QIcon.State.Off),
        (theme.colour(chosen_role or role), QIcon.Mode.Normal, QIcon.State.On),
        (faint, QIcon.Mode.Disabled, QIcon.State.Off),
    ):
        for ratio in _STEPS:
            yield _drawn(name, colour.name(QColor.NameFormat.HexArgb), ratio), mode, state


@lru_cache(maxsize=512)
def _drawn(name: str, colour: str, ratio: int) -> QImage:
    return drawn_icon(name, QColor(colour), 24, ratio)


def drawn_icon(name: str, colour: QColor, size: int, ratio: float) -> QImage:
    """One icon of `size` logical pixels in a colour, to be drawn on."""
    coloured = _source(name).replace("currentColor", colour.name())
    renderer = QSvgRenderer(QByteArray(coloured.encode()))
    image = _rendered(renderer, size * ratio, colour.alphaF())
    image.setDevicePixelRatio(ratio)
    return image


def _rendered(renderer: QSvgRenderer, side: float, opacity: float = 1.0) -> QImage:
    image = QImage(QSize(round(side), round(side)), QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    with QPainter(image) as painter:
        painter.setOpacity(opacity)
        renderer.render(painter, QRectF(0, 0, side, side))
    return image.copy()  # without the paint engine, which an image keeps once it was painted on


@lru_cache(maxsize=128)
def _source(name: str) -> str:
    return files("bodymap.assets").joinpath("icons", f"{name}.svg").read_text("utf-8")
