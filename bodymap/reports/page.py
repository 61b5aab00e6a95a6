"""One page being drawn: millimetres from its upper left corner, written as PDF operators."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from bodymap.reports.embedding import EmbeddedFont, hexadecimal
from bodymap.reports.fonts import Face
from bodymap.reports.ink import HAIRLINE, TEXT, Ink
from bodymap.reports.shaping import Line, Run

POINTS_PER_MM = 72 / 25.4
"""PDF counts in points of 1/72 inch."""

_ROUND = 0.5523
"""How far a Bezier's handles reach along the sides of a quarter circle."""

Point = tuple[float, float]
UseFont = Callable[[Face], EmbeddedFont]
"""Gives the part of a face that the document carries."""


class Page:
    """Operators of one page, in the order drawn.

    Attributes:
        width: In millimetres.
        height: In millimetres.
    """

    def __init__(self, width: float, height: float, use_font: UseFont) -> None:
        self.width = width
        self.height = height
        self._use_font = use_font
        self._operators: list[str] = []

    @property
    def operators(self) -> str:
        """Everything drawn so far."""
        return "\n".join(self._operators)

    def line(self, start: Point, end: Point, ink: Ink = TEXT, weight: float = HAIRLINE) -> None:
        """A straight line; `weight` in points."""
        self._draw(f"{ink.stroke} {weight:g} w {self._at(*start)} m {self._at(*end)} l S")

    def lines(self, ends: Sequence[tuple[Point, Point]], ink: Ink, weight: float) -> None:
        """Many straight lines at once."""
        path = " ".join(f"{self._at(*start)} m {self._at(*end)} l" for start, end in ends)
        self._draw(f"{ink.stroke} {weight:g} w {path} S")

    def rectangle(
        self,
        corner: Point,
        size: Point,
        *,
        fill: Ink | None = None,
        stroke: Ink | None = None,
        weight: float = HAIRLINE,
        radius: float = 0,
    ) -> None:
        """A rectangle from its upper left corner, its own corners rounded if asked."""
        self._paint(self._box(corner, size, radius), fill, stroke, weight)

    def circle(
        self,
        centre: Point,
        radius: float,
        *,
        fill: Ink | None = None,
        stroke: Ink | None = None,
        weight: float = HAIRLINE,
    ) -> None:
        """A circle; `radius` in millimetres."""
        corner = (centre[0] - radius, centre[1] - radius)
        self._paint(self._box(corner, (2 * radius, 2 * radius), radius), fill, stroke, weight)

    def polygon(
        self,
        rings: Sequence[Sequence[Point]],
        *,
        fill: Ink | None = None,
        stroke: Ink | None = None,
        weight: float = HAIRLINE,
    ) -> None:
        """Closed rings, filled even-odd."""
        self._paint(" ".join(self._ring(ring) for ring in rings), fill, stroke, weight)

    def polyline(self, points: Sequence[Point], ink: Ink, weight: float = HAIRLINE) -> None:
        """An open line through the points."""
        path = self._ring(points).removesuffix(" h")
        self._draw(f"{ink.stroke} {weight:g} w {path} S")

    @contextmanager
    def clipped(self, corner: Point, size: Point, radius: float = 0) -> Iterator[None]:
        """Draw only inside a rectangle."""
        with self._state(f"{self._box(corner, size, radius)} W n"):
            yield

    @contextmanager
    def clipped_to(self, rings: Sequence[Sequence[Point]]) -> Iterator[None]:
        """Draw only inside closed rings, even-odd."""
        with self._state(" ".join(self._ring(ring) for ring in rings) + " W* n"):
            yield

    @contextmanager
    def dashed(self, pattern: str) -> Iterator[None]:
        """Draw lines with a dash pattern, in points, such as `2 1.5`."""
        with self._state(f"1 J [{pattern}] 0 d"):
            yield

    def form(self, name: str, origin: Point, scale: float) -> None:
        """Place a form that is drawn in millimetres, v down.

        Args:
            name: The form's resource name.
            origin: Where the form's (0, 0) falls on the page.
            scale: Millimetres of paper for one millimetre of the form.
        """
        x, y = self._xy(*origin)
        factor = scale * POINTS_PER_MM
        self._draw(f"q {factor:.6f} 0 0 {-factor:.6f} {x:.3f} {y:.3f} cm /FormXob.{name} Do Q")

    def picture(self, name: str, corner: Point, size: Point) -> None:
        """Place a photo of the book by its upper left corner, as wide and high as `size` says."""
        (x, y), (w, h) = self._xy(corner[0], corner[1] + size[1]), size
        width, height = w * POINTS_PER_MM, h * POINTS_PER_MM
        self._draw(f"q {width:.3f} 0 0 {height:.3f} {x:.3f} {y:.3f} cm /FormXob.{name} Do Q")

    def text(
        self, at: Point, line: Line, size: float, ink: Ink = TEXT, *, align: str = "left"
    ) -> None:
        """Draw a shaped line.

        Args:
            at: Where its base line begins, ends or has its middle, as `align` says.
            line: The shaped text.
            size: In points.
            ink: Its colour.
            align: `left`, `right` or `centre`.
        """
        x, y = self._xy(*at)
        x -= {"left": 0.0, "centre": 0.5, "right": 1.0}[align] * line.width * size / 1000
        shown = []
        for run in line.runs:
            shown.append(self._run(run, x, y, size))
            x += run.width * size / 1000
        if shown:
            self._draw(f"BT {ink.fill} " + "\n".join(shown) + " ET")

    def _run(self, run: Run, x: float, y: float, size: float) -> str:
        font = self._use_font(run.face)
        glyphs = _glyphs(run, font, size)
        moved = f"/{font.resource} {size:g} Tf 1 0 0 1 {x:.2f} {y:.2f} Tm {glyphs}"
        if run.is_rtl or run.is_plain:
            return moved
        return f"/Span <</ActualText {hexadecimal(run.text)}>> BDC {moved} EMC"

    @contextmanager
    def _state(self, operators: str) -> Iterator[None]:
        self._draw(f"q {operators}")
        yield
        self._draw("Q")

    def _draw(self, operators: str) -> None:
        self._operators.append(operators)

    def _paint(self, path: str, fill: Ink | None, stroke: Ink | None, weight: float) -> None:
        setting = [fill.fill] if fill else []
        setting += [f"{stroke.stroke} {weight:g} w"] if stroke else []
        paint = {(True, True): "B*", (True, False): "f*", (False, True): "S"}
        self._draw(f"{' '.join(setting)} {path} {paint[fill is not None, stroke is not None]}")

    def _xy(self, x: float, y: float) -> Point:
        return x * POINTS_PER_MM, (self.height - y) * POINTS_PER_MM

    def _at(self, x: float, y: float) -> str:
        left, bottom = self._xy(x, y)
        return f"{left:.2f} {bottom:.2f}"

    def _ring(self, points: Sequence[Point]) -> str:
        first, *rest = points
        return " ".join(
            [f"{self._at(*first)} m", *(f"{self._at(*point)} l" for point in rest), "h"]
        )

    def _box(self, corner: Point, size: Point, radius: float) -> str:
        (x, y), (w, h) = corner, size
        if not radius:
            return self._ring([(x, y), (x + w, y), (x + w, y + h), (x, y + h)])
        r, k = radius, radius * (1 - _ROUND)
        at = self._at
        return (
            f"{at(x + r, y)} m {at(x + w - r, y)} l "
            f"{at(x + w - k, y)} {at(x + w, y + k)} {at(x + w, y + r)} c {at(x + w, y + h - r)} l "
            f"{at(x + w, y + h - k)} {at(x + w - k, y + h)} {at(x + w - r, y + h)} c "
            f"{at(x + r, y + h)} l "
            f"{at(x + k, y + h)} {at(x, y + h - k)} {at(x, y + h - r)} c {at(x, y + r)} l "
            f"{at(x, y + k)} {at(x + k, y)} {at(x + r, y)} c h"
        )


def _glyphs(run: Run, font: EmbeddedFont, size: float) -> str:
    """Show the glyphs of a run, each where shaping put it."""
    parts: list[str] = []
    rise = 0
    for glyph in run.glyphs:
        if glyph.rise != rise:
            rise = glyph.rise
            parts.append(f"] TJ {rise * size / 1000:.2f} Ts [")
        code = font.code(glyph)
        parts.append(f"{glyph.before}<{code}>" if glyph.before else f"<{code}>")
        if glyph.after:
            parts.append(f"{glyph.after}")
    shown = f"[{''.join(parts)}] TJ".replace("><", "")
    return shown + (" 0 Ts" if rise else "")
