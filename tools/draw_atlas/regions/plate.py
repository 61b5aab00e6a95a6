"""A plate of surface regions: border lines over a figure and a name for each field between them.

A plate is drawn like one on paper: smooth lines through landmarks, then a name written into
every field. The plates are the `.toml` files beside this module; each says how to read it.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from shapely import LineString

from tools.draw_atlas.regions.smooth_line import Place, lengthened, smooth_line, smooth_ring

REACH_MM = 3.0
"""Lines are drawn this much longer at both ends, so that they surely meet what they end on."""

PLATES = Path(__file__).parent


@dataclass(frozen=True)
class Plate:
    """Border lines and, for each zone, the places where its name is written; millimetres."""

    lines: Mapping[str, LineString]
    names: Mapping[str, tuple[Place, ...]]


def read_plate(file: Path, landmarks: Mapping[str, Place]) -> Plate:
    """Read a plate whose lines run through these landmarks."""
    drawing = tomllib.loads(file.read_text(encoding="utf-8"))
    lines = {
        f"{part}.{name}": drawn_line(words, landmarks)
        for part, group in drawing["lines"].items()
        for name, words in group.items()
    }
    names = {
        zone: tuple(place(word, landmarks) for word in words.split())
        for zone, words in drawing["names"].items()
    }
    return Plate(lines, names)


def drawn_line(words: str, landmarks: Mapping[str, Place]) -> LineString:
    """Draw a line from its written form, such as `"12,40 nipple+8,-3 30,52"`.

    A line that ends with `o` is closed; any other is drawn a little beyond both ends.
    """
    tokens = words.split()
    if tokens[-1] == "o":
        return LineString(smooth_ring([place(token, landmarks) for token in tokens[:-1]]))
    points = smooth_line([place(token, landmarks) for token in tokens])
    return LineString(lengthened(points, REACH_MM))


def place(word: str, landmarks: Mapping[str, Place]) -> Place:
    """Find a place from its written form: `u,v`, a landmark, or a landmark `+du,dv`."""
    if not word[0].isalpha():
        return _pair(word)
    name, _, offset = word.partition("+")
    u, v = landmarks[name]
    du, dv = _pair(offset) if offset else (0.0, 0.0)
    return u + du, v + dv


def _pair(word: str) -> Place:
    u, v = word.split(",")
    return float(u), float(v)
