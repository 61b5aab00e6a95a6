"""Words beside the figure that say which side is the patient's left and which the right."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen

from bodymap.atlas.ids import Side, ViewId
from bodymap.atlas.views import Horizontal, rightwards
from bodymap.widgets.map.camera import Camera
from bodymap.widgets.theme import Theme

HEIGHT_PX = 24.0
_GAP_PX = 10.0
_EDGE_PX = 8.0

_LATERAL = {ViewId.LATERAL_LEFT: "Left side", ViewId.LATERAL_RIGHT: "Right side"}
_LETTER = {Side.LEFT: "L", Side.RIGHT: "R"}


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


def paint_sides(
    painter: QPainter,
    view: ViewId,
    camera: Camera,
    top_mm: float,
    free: QRectF,
    theme: Theme,
) -> None:
    """Paint the words above the head, or at the upper edge when the head is out of sight.

    Args:
        painter: Without transform, in pixels of the map.
        view: Which view is shown.
        camera: What the map shows of it.
        top_mm: Where the figure begins.
        free: The part of the map that nothing else covers, in pixels.
        theme: The colours.
    """
    words = side_words(view)
    middle = camera.to_px(0.0, top_mm)
    highest = free.top() + 6
    top = max(middle.y() - HEIGHT_PX - 8, highest)
    if view in _LATERAL:
        frame_middle = free.center().x() if top <= highest else middle.x()
        _paint_pill(painter, theme, QPointF(frame_middle, top), words, _LATERAL[view], free)
    else:
        _paint_pill(painter, theme, QPointF(middle.x(), top), words, "", free)


def _paint_pill(
    painter: QPainter, theme: Theme, at: QPointF, words: SideWords, title: str, free: QRectF
) -> None:
    plain, bold = _font(painter, 12, QFont.Weight.Normal), _font(painter, 13, QFont.Weight.Bold)
    left, right = (
        QFontMetricsF(plain).horizontalAdvance(words.left),
        QFontMetricsF(plain).horizontalAdvance(words.right),
    )
    core = QFontMetricsF(bold).horizontalAdvance(title) + 2 * _GAP_PX if title else 56.0
    arm = max(left, right) + 2 * _GAP_PX
    width = core + 2 * arm
    furthest = max(free.right() - width - _EDGE_PX, free.left() + _EDGE_PX)
    x = min(max(at.x() - width / 2, free.left() + _EDGE_PX), furthest)
    pill = QRectF(x, at.y(), width, HEIGHT_PX)
    ground = theme.colour("card")
    ground.setAlphaF(0.88)
    painter.setPen(QPen(theme.colour("line"), 1))
    painter.setBrush(ground)
    painter.drawRoundedRect(pill.adjusted(0.5, 0.5, -0.5, -0.5), HEIGHT_PX / 2, HEIGHT_PX / 2)
    middle = pill.center().x()
    painter.setFont(plain)
    painter.setPen(theme.colour("muted"))
    centre = Qt.AlignmentFlag.AlignCenter
    painter.drawText(QRectF(pill.left(), pill.top(), arm, HEIGHT_PX), centre, words.left)
    painter.drawText(QRectF(middle + core / 2, pill.top(), arm, HEIGHT_PX), centre, words.right)
    painter.setFont(bold)
    painter.setPen(theme.colour("ink"))
    if words.letters is None:
        painter.drawText(QRectF(middle - core / 2, pill.top(), core, HEIGHT_PX), centre, title)
        return
    painter.drawText(QRectF(middle - 28, pill.top(), 28, HEIGHT_PX), centre, words.letters[0])
    painter.drawText(QRectF(middle, pill.top(), 28, HEIGHT_PX), centre, words.letters[1])
    painter.setPen(QPen(theme.colour("control-line"), 1))
    painter.drawLine(QPointF(middle, pill.top() + 6), QPointF(middle, pill.bottom() - 6))


def _font(painter: QPainter, px: int, weight: QFont.Weight) -> QFont:
    font = QFont(painter.font())
    font.setPixelSize(px)
    font.setWeight(weight)
    return font
