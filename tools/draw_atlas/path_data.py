"""Writes curves as compact SVG path data: hundredths of a millimetre, relative cubics."""

from collections.abc import Iterable

import numpy as np

from tools.draw_atlas.bezier import Cubics


def closed_paths(rings: Iterable[Cubics], digits: int = 2) -> str:
    """Write closed curves as sub-paths of one path."""
    return "".join(_sub_path(ring, digits) + "z" for ring in rings)


def open_paths(lines: Iterable[Cubics], digits: int = 2) -> str:
    """Write open curves as sub-paths of one path."""
    return "".join(_sub_path(line, digits) for line in lines)


def _sub_path(cubics: Cubics, digits: int) -> str:
    """Every end point is rounded before the differences are taken, so errors cannot add up."""
    grid = np.rint(cubics * 10**digits).astype(int)
    steps = (grid[:, 1:] - grid[:, :1]).reshape(len(grid), 6)
    moved = np.any(steps != 0, axis=1)
    first = _numbers(grid[0, 0].tolist(), digits)
    body = _numbers(steps[moved].ravel().tolist(), digits)
    return f"M{first}" + (f"c{body}" if body else "")


def _numbers(values: list[int], digits: int) -> str:
    """Join numbers with no more blanks than the grammar needs: a sign or a second dot will do."""
    written, had_dot = [""], True
    for value in values:
        text = _number(value, digits)
        joins = text[0] == "-" or (text[0] == "." and had_dot)
        written.append(text if joins else f" {text}")
        had_dot = "." in text
    return "".join(written).lstrip()


def _number(value: int, digits: int) -> str:
    text = f"{abs(value):0{digits + 1}d}"
    whole, part = text[:-digits].lstrip("0"), text[-digits:].rstrip("0")
    number = whole + (f".{part}" if part else "") or "0"
    return f"-{number}" if value < 0 and number != "0" else number
