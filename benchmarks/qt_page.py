"""Turns a page read back from our file into ready calls of Qt's painter."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QPainter, QPainterPath, QPen, QTransform

from benchmarks.page_as_painted import Painted

HEIGHT = 841.8898

Step = Callable[[QPainter], None]


def steps_of(page: Sequence[Painted]) -> list[Step]:
    """One call for each thing on the page, everything it needs made beforehand."""
    return [_step(thing) for thing in page]


def _step(thing: Painted) -> Step:
    match thing.operator:
        case "save":
            return QPainter.save
        case "restore":
            return QPainter.restore
        case "text":
            return _text(thing)
        case "clip":
            path = _path(thing)
            return lambda painter: painter.setClipPath(path, Qt.ClipOperation.IntersectClip)
        case _:
            return _drawn(thing)


def _drawn(thing: Painted) -> Step:
    path, look = _path(thing), thing.look
    pen, brush = QPen(Qt.PenStyle.NoPen), QBrush(Qt.BrushStyle.NoBrush)
    if thing.operator != "f*":
        pen = QPen(QColor.fromRgbF(*look.stroke), look.width * abs(look.matrix[0]))
    if thing.operator != "S":
        brush = QBrush(QColor.fromRgbF(*look.fill, look.opacity))

    def draw(painter: QPainter) -> None:
        painter.setPen(pen)
        painter.setBrush(brush)
        painter.drawPath(path)

    return draw


def _text(thing: Painted) -> Step:
    font = QFont("Noto Sans")
    font.setPointSizeF(thing.size)
    cuts = {"SemiBold": QFont.Weight.DemiBold, "Bold": QFont.Weight.Bold}
    font.setWeight(cuts.get(thing.font.rpartition("-")[2], QFont.Weight.Normal))
    font.setPixelSize(max(1, round(thing.size)))
    x, y = thing.path[0][1]
    at, colour, words = QPointF(x, HEIGHT - y), QColor.fromRgbF(*thing.look.fill), thing.text

    def draw(painter: QPainter) -> None:
        painter.setFont(font)
        painter.setPen(colour)
        painter.drawText(at, words)

    return draw


def _path(thing: Painted) -> QPainterPath:
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.OddEvenFill)
    for name, values in thing.path:
        match name:
            case "m":
                path.moveTo(*values)
            case "l":
                path.lineTo(*values)
            case "c":
                path.cubicTo(*values)
            case _:
                path.closeSubpath()
    turned = QTransform(1, 0, 0, -1, 0, HEIGHT)
    return (QTransform(*thing.look.matrix) * turned).map(path)
