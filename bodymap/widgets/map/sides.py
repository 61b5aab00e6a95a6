"""Words beside the figure that say which side is the patient's left and which the right."""

import math
from collections.abc import Hashable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen, QPixmap

from bodymap.atlas.ids import Side, ViewId
from bodymap.atlas.views import Horizontal, rightwards
from bodymap.widgets.map.camera import Camera
from bodymap.widgets.theme import Theme

HEIGHT_PX = 24.0
CLEAR_PX = 8.0
"""Between the words and the figure."""
_GAP_PX = 10.0
_EDGE_PX = 8.0

_LATERAL = {ViewId.LATERAL_LEFT: "Left side", ViewId.LATERAL_RIGHT: "Right side"}
_LETTER = {Side.LEFT: "L", Side.RIGHT: "R"}
_LETTERS_PX = 56.0


@dataclass(frozen=True, slots=True)
class SideWords:
    """What stands by the figure of one view.

    Attributes:
        left: Towards the viewer's left.
        right: Towards the viewer's right.
        letters: The short forms in the middle, empty in side views.
    """

    left: str
    right: str
    letters: tuple[str, str] | None


def side_words(view: ViewId) -> SideWords:
    """The words of a view; left and right are always the patient's."""
    towards = rightwards(view)
    if view in _LATERAL:
        front_right = towards is Horizontal.FRONT
        return SideWords(
            "Back" if front_right else "Front", "Front" if front_right else "Back", None
        )
    at_right = Side.LEFT if towards is Horizontal.PATIENT_LEFT else Side.RIGHT
    at_left = at_right.mirrored
    letters = (_LETTER[at_left], _LETTER[at_right])
    return SideWords(f"Patient’s {at_left}", f"Patient’s {at_right}", letters)


class Sides:
    """The words above the head, or at the upper edge when the head is out of sight.

    They are painted once, and copied while the map is moved about.
    """

    def __init__(self) -> None:
        self._kept: tuple[Hashable, QPixmap] = (None, QPixmap())

    def paint(
        self,
        painter: QPainter,
        view: ViewId,
        camera: Camera,
        top_mm: float,
        free: QRectF,
        theme: Theme,
    ) -> None:
        """Paint them.

        Args:
            painter: Without transform, in pixels of the map.
            view: Which view is shown.
            camera: What the map shows of it.
            top_mm: Where the figure begins.
            free: The part of the map that nothing else covers, in pixels.
            theme: The colours.
        """
        pill = self._pill(painter, view, theme)
        ratio = pill.devicePixelRatio()
        width = pill.width() / ratio
        middle = camera.to_px(0.0, top_mm)
        highest = free.top() + 6
        top = max(middle.y() - HEIGHT_PX - CLEAR_PX, highest)
        is_out_of_sight = view in _LATERAL and top <= highest
        x = (free.center().x() if is_out_of_sight else middle.x()) - width / 2
        furthest = max(free.right() - width - _EDGE_PX, free.left() + _EDGE_PX)
        x = min(max(x, free.left() + _EDGE_PX), furthest)
        painter.drawPixmap(QPointF(round(x * ratio) / ratio, round(top * ratio) / ratio), pill)

    def _pill(self, painter: QPainter, view: ViewId, theme: Theme) -> QPixmap:
        ratio = painter.device().devicePixelRatio()
        of = (view, theme.name, painter.font().key(), ratio)
        if self._kept[0] != of:
            self._kept = of, _painted(painter.font(), view, theme, ratio)
        return self._kept[1]


def _painted(font: QFont, view: ViewId, theme: Theme, ratio: float) -> QPixmap:
    words, title = side_words(view), _LATERAL.get(view, "")
    plain, bold = _font(font, 12, QFont.Weight.Normal), _font(font, 13, QFont.Weight.Bold)
    metrics = QFontMetricsF(plain)
    arm = max(map(metrics.horizontalAdvance, (words.left, words.right))) + 2 * _GAP_PX
    core = QFontMetricsF(bold).horizontalAdvance(title) + 2 * _GAP_PX if title else _LETTERS_PX
    pill = QRectF(0, 0, math.ceil(core + 2 * arm), HEIGHT_PX)
    picture = QPixmap((pill.size() * ratio).toSize())
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    with QPainter(picture) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _paint_ground(painter, pill, theme)
        painter.setFont(plain)
        painter.setPen(theme.colour("muted"))
        centre = Qt.AlignmentFlag.AlignCenter
        painter.drawText(QRectF(0, 0, arm, HEIGHT_PX), centre, words.left)
        painter.drawText(QRectF(pill.width() - arm, 0, arm, HEIGHT_PX), centre, words.right)
        painter.setFont(bold)
        painter.setPen(theme.colour("ink"))
        if words.letters is None:
            painter.drawText(pill, centre, title)
        else:
            _paint_letters(painter, pill, words.letters, theme)
    return picture


def _paint_ground(painter: QPainter, pill: QRectF, theme: Theme) -> None:
    ground = theme.colour("card")
    ground.setAlphaF(0.88)
    painter.setPen(QPen(theme.colour("line"), 1))
    painter.setBrush(ground)
    painter.drawRoundedRect(pill.adjusted(0.5, 0.5, -0.5, -0.5), HEIGHT_PX / 2, HEIGHT_PX / 2)


def _paint_letters(painter: QPainter, pill: QRectF, letters: tuple[str, str], theme: Theme) -> None:
    middle, half = pill.center().x(), _LETTERS_PX / 2
    for letter, left in zip(letters, (middle - half, middle), strict=True):
        painter.drawText(QRectF(left, 0, half, HEIGHT_PX), Qt.AlignmentFlag.AlignCenter, letter)
    painter.setPen(QPen(theme.colour("control-line"), 1))
    painter.drawLine(QPointF(middle, 6), QPointF(middle, pill.bottom() - 6))


def _font(family: QFont, px: int, weight: QFont.Weight) -> QFont:
    font = QFont(family)
    font.setPixelSize(px)
    font.setWeight(weight)
    return font
