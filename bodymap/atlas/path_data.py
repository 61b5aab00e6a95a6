"""The path grammar of SVG 1.1, read into absolute moves, lines and cubic curves.

Every form a drawing program may write is understood; arcs and quadratic curves become
cubic ones, so that the rest of the program knows three kinds of step and a closing one.
"""

import math
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import pairwise

from bodymap.errors import BodymapError

Coordinates = list[float]
XY = tuple[float, float]

_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_BETWEEN = re.compile(r"[ \t\r\n\f]*,?[ \t\r\n\f]*")
_COMMANDS = "MmZzLlHhVvCcSsQqTtAa"


class DrawingError(BodymapError):
    """A drawing cannot be read; the text says which one, and what stands in the way."""


class _Reader:
    """Takes numbers, flags and commands off the front of a path's text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = _skip(text, 0)

    def at_end(self) -> bool:
        """Tell whether nothing is left."""
        return self._at >= len(self._text)

    def command(self) -> str | None:
        """Take the next command letter; `None` if a number stands there instead."""
        letter = self._text[self._at]
        if letter not in _COMMANDS:
            return None
        self._at = _skip(self._text, self._at + 1)
        return letter

    def number(self) -> float:
        """Take a number."""
        found = _NUMBER.match(self._text, self._at)
        if not found:
            raise self._trouble("a number")
        self._at = _skip(self._text, found.end())
        value = float(found.group())
        if not math.isfinite(value):
            raise self._trouble("a finite number")
        return value

    def flag(self) -> bool:
        """Take an arc's flag, which may stand without anything between it and what follows."""
        letter = self._text[self._at : self._at + 1]
        if letter not in {"0", "1"}:
            raise self._trouble("an arc's flag, 0 or 1,")
        self._at = _skip(self._text, self._at + 1)
        return letter == "1"

    def _trouble(self, wanted: str) -> DrawingError:
        rest = self._text[self._at : self._at + 20]
        return DrawingError(f"Path data: {wanted} was expected before {rest!r}.")


def _skip(text: str, start: int) -> int:
    found = _BETWEEN.match(text, start)
    return found.end() if found else start


class _Pen:
    """Follows the commands of one path and keeps what they draw."""

    def __init__(self) -> None:
        self.codes = bytearray()
        self.points: Coordinates = []
        self._x = self._y = 0.0
        self._start = (0.0, 0.0)
        self._cubic_handle: tuple[float, float] | None = None
        self._quadratic_handle: tuple[float, float] | None = None
        self._steps: dict[str, Callable[[_Reader, float, float], None]] = {
            "M": self._move,
            "L": self._line,
            "H": self._horizontal,
            "V": self._vertical,
            "C": self._curve,
            "S": self._smooth_curve,
            "Q": self._quadratic,
            "T": self._smooth_quadratic,
            "A": self._arc,
        }

    def follow(self, command: str, reader: _Reader) -> None:
        """Draw one step; small letters count from where the pen is."""
        kind = command.upper()
        if kind == "Z":
            self._close()
            return
        if kind != "M" and not self.codes:
            raise DrawingError("Path data: a path has to begin with a move.")
        if kind != "M" and self.codes[-1:] == b"Z":
            self._put(b"M", *self._start)  # drawing on after a closed outline starts a new one
        base = (self._x, self._y) if command.islower() else (0.0, 0.0)
        self._steps[kind](reader, *base)

    def _put(self, code: bytes, *coordinates: float) -> None:
        self.codes += code
        self.points += coordinates
        self._x, self._y = coordinates[-2:]
        self._cubic_handle = self._quadratic_handle = None

    def _close(self) -> None:
        if self.codes and self.codes[-1:] != b"Z":
            self.codes += b"Z"
            self._x, self._y = self._start
        self._cubic_handle = self._quadratic_handle = None

    def _move(self, reader: _Reader, x0: float, y0: float) -> None:
        self._put(b"M", x0 + reader.number(), y0 + reader.number())
        self._start = (self._x, self._y)

    def _line(self, reader: _Reader, x0: float, y0: float) -> None:
        self._put(b"L", x0 + reader.number(), y0 + reader.number())

    def _horizontal(self, reader: _Reader, x0: float, _y0: float) -> None:
        self._put(b"L", x0 + reader.number(), self._y)

    def _vertical(self, reader: _Reader, _x0: float, y0: float) -> None:
        self._put(b"L", self._x, y0 + reader.number())

    def _curve(self, reader: _Reader, x0: float, y0: float) -> None:
        x1, y1 = x0 + reader.number(), y0 + reader.number()
        self._curve_from_handle(x1, y1, reader, x0, y0)

    def _smooth_curve(self, reader: _Reader, x0: float, y0: float) -> None:
        self._curve_from_handle(*self._mirrored(self._cubic_handle), reader, x0, y0)

    def _curve_from_handle(
        self, x1: float, y1: float, reader: _Reader, x0: float, y0: float
    ) -> None:
        x2, y2 = x0 + reader.number(), y0 + reader.number()
        x3, y3 = x0 + reader.number(), y0 + reader.number()
        self._put(b"C", x1, y1, x2, y2, x3, y3)
        self._cubic_handle = (x2, y2)

    def _quadratic(self, reader: _Reader, x0: float, y0: float) -> None:
        handle = (x0 + reader.number(), y0 + reader.number())
        self._quadratic_to(handle, x0 + reader.number(), y0 + reader.number())

    def _smooth_quadratic(self, reader: _Reader, x0: float, y0: float) -> None:
        handle = self._mirrored(self._quadratic_handle)
        self._quadratic_to(handle, x0 + reader.number(), y0 + reader.number())

    def _quadratic_to(self, handle: tuple[float, float], x: float, y: float) -> None:
        hx, hy = handle
        start_x, start_y = self._x, self._y
        self._put(
            b"C",
            start_x + 2 / 3 * (hx - start_x),
            start_y + 2 / 3 * (hy - start_y),
            x + 2 / 3 * (hx - x),
            y + 2 / 3 * (hy - y),
            x,
            y,
        )
        self._quadratic_handle = handle

    def _mirrored(self, handle: tuple[float, float] | None) -> tuple[float, float]:
        if handle is None:
            return self._x, self._y
        return 2 * self._x - handle[0], 2 * self._y - handle[1]

    def _arc(self, reader: _Reader, x0: float, y0: float) -> None:
        radii = (abs(reader.number()), abs(reader.number()))
        tilt = math.radians(reader.number())
        flags = (reader.flag(), reader.flag())
        end = (x0 + reader.number(), y0 + reader.number())
        start = (self._x, self._y)
        if start == end:
            return
        if 0.0 in radii:
            self._put(b"L", *end)
            return
        for curve in arc_as_curves(start, end, radii, tilt, flags):
            self._put(b"C", *curve)


@dataclass(frozen=True, slots=True)
class _Ellipse:
    """An ellipse as the image of the unit circle."""

    centre: XY
    radii: XY
    cos: float
    sin: float

    def place(self, x: float, y: float) -> XY:
        """Where a point of the unit circle's plane comes to lie."""
        x, y = x * self.radii[0], y * self.radii[1]
        return (
            self.centre[0] + self.cos * x - self.sin * y,
            self.centre[1] + self.sin * x + self.cos * y,
        )

    def origin_of(self, point: XY) -> XY:
        """The point of the unit circle's plane that comes to lie there."""
        x, y = point[0] - self.centre[0], point[1] - self.centre[1]
        return (
            (self.cos * x + self.sin * y) / self.radii[0],
            (self.cos * y - self.sin * x) / self.radii[1],
        )

    def angle_of(self, point: XY) -> float:
        x, y = self.origin_of(point)
        return math.atan2(y, x)

    def quarter(self, first: float, last: float, end: XY | None) -> tuple[float, ...]:
        """The cubic curve nearest to the arc between two angles, at most a quarter apart."""
        arm = 4 / 3 * math.tan((last - first) / 4)
        cos, sin = math.cos(first), math.sin(first)
        lead = self.place(cos - arm * sin, sin + arm * cos)
        cos, sin = math.cos(last), math.sin(last)
        trail = self.place(cos + arm * sin, sin - arm * cos)
        return (*lead, *trail, *(end or self.place(cos, sin)))


def arc_as_curves(
    start: XY, end: XY, radii: XY, tilt_rad: float, flags: tuple[bool, bool]
) -> list[tuple[float, ...]]:
    """Turn an elliptical arc into cubic curves, each of a quarter turn at most.

    After the implementation notes of SVG 1.1, appendix F.6: radii that are too small to
    span the two ends are enlarged until they just do.

    Args:
        start: Where the arc begins.
        end: Where it ends; not the same place.
        radii: Both half axes, above zero.
        tilt_rad: The turn of the first axis.
        flags: Whether the longer way round is taken, and whether angles grow.
    """
    ellipse = _ellipse_through(start, end, radii, tilt_rad, is_left=flags[0] != flags[1])
    first = ellipse.angle_of(start)
    sweep = ellipse.angle_of(end) - first
    if flags[1] and sweep < 0:
        sweep += 2 * math.pi
    elif not flags[1] and sweep > 0:
        sweep -= 2 * math.pi
    pieces = max(1, math.ceil(abs(sweep) / (math.pi / 2) - 1e-9))
    turns = [first + sweep * piece / pieces for piece in range(pieces + 1)]
    ends = [None] * (pieces - 1) + [end]
    return [ellipse.quarter(*turn, to) for turn, to in zip(pairwise(turns), ends, strict=True)]


def _ellipse_through(start: XY, end: XY, radii: XY, tilt_rad: float, *, is_left: bool) -> _Ellipse:
    """Find the ellipse that an arc lies on; of the two, the one on a side of the way."""
    middle = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
    between = _Ellipse(middle, radii, math.cos(tilt_rad), math.sin(tilt_rad))
    x, y = between.origin_of(start)
    reach = math.hypot(x, y)  # of the unit circle's radius 1
    if reach >= 1:
        return replace(between, radii=(radii[0] * reach, radii[1] * reach))
    lift = math.sqrt(1 - reach * reach) / reach * (1 if is_left else -1)
    return replace(between, centre=between.place(lift * y, -lift * x))


def parse_path(text: str) -> tuple[bytes, Coordinates]:
    """Read the `d` of a path.

    Returns:
        Codes out of `MLCZ`, and the coordinates they use, absolute: x and y of one point
        for M and L, of three for C, none for Z.

    Raises:
        DrawingError: The text is not a path.
    """
    reader, pen = _Reader(text), _Pen()
    previous = ""
    while not reader.at_end():
        command = reader.command()
        if command is None:
            command = _repeated(previous)
        pen.follow(command, reader)
        previous = command
    return bytes(pen.codes), pen.points


def _repeated(previous: str) -> str:
    """Say which command numbers without one belong to."""
    if previous in {"", "Z", "z"}:
        raise DrawingError("Path data: numbers stand where a command was expected.")
    return {"M": "L", "m": "l"}.get(previous, previous)
