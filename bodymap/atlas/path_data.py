"""The path grammar of SVG 1.1, read into absolute moves, lines and cubic curves.

Every form a drawing program may write is understood; arcs and quadratic curves become
cubic ones, so that the rest of the program knows three kinds of step and a closing one.
"""

import math
import re
from collections.abc import Callable

from bodymap.errors import BodymapError

Coordinates = list[float]

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


def arc_as_curves(
    start: tuple[float, float],
    end: tuple[float, float],
    radii: tuple[float, float],
    tilt_rad: float,
    flags: tuple[bool, bool],
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
    cos, sin = math.cos(tilt_rad), math.sin(tilt_rad)
    half_x, half_y = (start[0] - end[0]) / 2, (start[1] - end[1]) / 2
    # In the arc's own frame, scaled so that the ellipse is the unit circle.
    dx, dy = (cos * half_x + sin * half_y) / radii[0], (cos * half_y - sin * half_x) / radii[1]
    reach = math.hypot(dx, dy)
    rx, ry = radii[0] * max(1.0, reach), radii[1] * max(1.0, reach)
    dx, dy = dx / max(1.0, reach), dy / max(1.0, reach)
    reach = min(1.0, reach)
    lift = math.sqrt(max(0.0, 1.0 - reach * reach)) / reach if reach else 0.0
    lift = -lift if flags[0] == flags[1] else lift
    centre_x, centre_y = lift * dy, -lift * dx
    first = math.atan2(dy - centre_y, dx - centre_x)
    sweep = math.atan2(-dy - centre_y, -dx - centre_x) - first
    if flags[1] and sweep < 0:
        sweep += 2 * math.pi
    elif not flags[1] and sweep > 0:
        sweep -= 2 * math.pi
    middle = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)

    def placed(x: float, y: float) -> tuple[float, float]:
        x, y = (x + centre_x) * rx, (y + centre_y) * ry
        return middle[0] + cos * x - sin * y, middle[1] + sin * x + cos * y

    pieces = max(1, math.ceil(abs(sweep) / (math.pi / 2) - 1e-9))
    turn = sweep / pieces
    arm = 4 / 3 * math.tan(turn / 4)
    curves: list[tuple[float, ...]] = []
    for piece in range(pieces):
        a, b = first + piece * turn, first + (piece + 1) * turn
        last = end if piece == pieces - 1 else placed(math.cos(b), math.sin(b))
        curves.append(
            (
                *placed(math.cos(a) - arm * math.sin(a), math.sin(a) + arm * math.cos(a)),
                *placed(math.cos(b) + arm * math.sin(b), math.sin(b) - arm * math.cos(b)),
                *last,
            )
        )
    return curves


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
