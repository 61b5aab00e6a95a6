"""Renders a drawing at one dissection level to a PNG, so that it can be looked at closely.

`python -m tools.render_svg anterior superficial -o face.png --window -90 0 180 260 --scale 6`
"""

import argparse
import os
import re
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter, QPainterPath, QPen

_SVG = "{http://www.w3.org/2000/svg}"
_SHIPPED = Path(__file__).parents[1] / "bodymap" / "assets" / "svg"
_PAPER = "#faf7f2"
LEVELS = {
    "skin": ("skin", "detail-skin"),
    "regions": ("skin", "surface-regions"),
    "superficial": ("skin", "muscles-superficial", "detail-superficial"),
    "intermediate": ("skin", "muscles-intermediate", "detail-intermediate"),
    "deep": ("skin", "muscles-deep", "detail-deep"),
    "skeleton": ("skin", "skeleton"),
    "hazards": ("skin", "skeleton", "hazards"),
}
_TOKEN = re.compile(r"[McCzLl]|-?(?:\d+\.?\d*|\.\d+)")


@dataclass(frozen=True)
class Window:
    """The part of a view to show, in view millimetres, and pixels per millimetre."""

    left: float
    top: float
    width: float
    height: float
    scale: float


def main(arguments: list[str] | None = None) -> int:
    """Render one picture."""
    asked = _parser().parse_args(arguments)
    _application = QGuiApplication.instance() or QGuiApplication([])
    root = ET.parse(asked.folder / f"{asked.view}.svg").getroot()  # noqa: S314 - our own file
    frame = [float(value) for value in root.attrib["viewBox"].split()]
    left, top, width, height = asked.window or frame
    image = rendered(root, asked.level, Window(left, top, width, height, asked.scale))
    return 0 if image.save(str(asked.output)) else 1


def rendered(root: ET.Element, level: str, window: Window) -> QImage:
    """Paint the layers of one level with the colours of the drawing's own style sheet."""
    size = (round(window.width * window.scale), round(window.height * window.scale))
    image = QImage(*size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(QColor(_PAPER))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(window.scale, window.scale)
    painter.translate(-window.left, -window.top)
    style = style_rules(root.findtext(f"{_SVG}style") or "")
    shown = QRectF(window.left, window.top, window.width, window.height)
    for group, element in _paths(root, LEVELS[level]):
        path = painter_path(element.attrib["d"])
        if path.boundingRect().intersects(shown):
            _paint(painter, path, _properties(group, element, style))
    painter.end()
    return image


def style_rules(text: str) -> dict[str, dict[str, str]]:
    """Read the few rules a drawing has: properties by class name, in order."""
    rules: dict[str, dict[str, str]] = {}
    for selectors, body in re.findall(r"([^{}]+)\{([^{}]*)\}", text):
        found = dict(p.split(":", 1) for p in body.split(";") if ":" in p)
        for selector in selectors.split(","):
            rules.setdefault(selector.strip(), {}).update(found)
    return rules


def painter_path(data: str) -> QPainterPath:
    """Build a path of the commands these drawings use."""
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    here, command, numbers = QPointF(0, 0), "", list[float]()
    for token in _TOKEN.findall(data):
        if token.isalpha():
            command, numbers = token, []
            if command == "z":
                path.closeSubpath()
            continue
        numbers.append(float(token))
        if command == "M" and len(numbers) == 2:
            here = QPointF(*numbers)
            path.moveTo(here)
            numbers = []
        elif command == "c" and len(numbers) == 6:
            a, b, c = (here + QPointF(*numbers[i : i + 2]) for i in (0, 2, 4))
            path.cubicTo(a, b, c)
            here, numbers = c, []
    return path


def _paths(root: ET.Element, groups: tuple[str, ...]) -> Iterator[tuple[str, ET.Element]]:
    for group in root.iter(f"{_SVG}g"):
        name = group.get("id", "")
        if name in groups:
            yield from ((name, path) for path in group.findall(f"{_SVG}path"))


def _properties(
    group: str, element: ET.Element, style: dict[str, dict[str, str]]
) -> dict[str, str]:
    """Apply rules for `path`, then `.class`, then `#group .class`, each kind in file order."""
    found = dict(style.get("path", {}))
    names = element.get("class", "").split()
    for prefix in (".", f"#{group} ."):
        for rule, properties in style.items():
            if rule.startswith(prefix) and rule.removeprefix(prefix) in names:
                found |= properties
    return found


def _paint(painter: QPainter, path: QPainterPath, properties: dict[str, str]) -> None:
    fill, stroke = properties.get("fill", "none"), properties.get("stroke", "none")
    if fill != "none":
        painter.fillPath(path, _colour(fill, properties.get("fill-opacity", "1")))
    if stroke != "none":
        pen = QPen(_colour(stroke, properties.get("stroke-opacity", "1")))
        pen.setWidthF(float(properties.get("stroke-width", "1")))
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.strokePath(path, pen)


def _colour(name: str, opacity: str) -> QColor:
    colour = QColor(name)
    colour.setAlphaF(float(opacity))
    return colour


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tools.render_svg", description=__doc__)
    parser.add_argument("view")
    parser.add_argument("level", choices=LEVELS)
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("--folder", type=Path, default=_SHIPPED)
    parser.add_argument("--window", type=float, nargs=4, metavar=("U", "V", "W", "H"))
    parser.add_argument("--scale", type=float, default=1.0, help="pixels per millimetre")
    return parser


if __name__ == "__main__":
    sys.exit(main())
