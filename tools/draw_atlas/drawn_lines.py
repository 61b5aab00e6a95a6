"""The hand-drawn lines of the figure, read from the tables in `figure/`.

A table row is `id | span | kind | weight | width | where | knots`. Knots are `lateral,down` in
millimetres: `lateral` counts from the midline towards the side (in the side view it is `u` of
the left lateral view). A `!` behind a knot makes it a corner. Spans: `pair` is drawn on both sides,
`midline` as it stands, `fold` is half of a symmetric line that meets the midline at its ends.
Kinds: `line`, `loop`, or `fill:<class>` for a filled shape. Where: `k` skin, `s` superficial,
`i` intermediate, `d` deep.
"""

from dataclasses import dataclass
from pathlib import Path

from tools.draw_atlas.spline import Point

TABLES = Path(__file__).parent / "figure"
_LAYERS = {"k": "skin", "s": "superficial", "i": "intermediate", "d": "deep"}
_COLUMNS = 7


class DrawnLineError(ValueError):
    """A row of a table cannot be read; the text names table, row and reason."""


@dataclass(frozen=True)
class DrawnLine:
    """One row: a curve on the patient's left, with lateral distances counted positive."""

    id: str
    span: str
    kind: str
    weight: int
    width_mm: float
    where: frozenset[str]
    knots: tuple[Point, ...]
    corners: frozenset[int]


def read_table(name: str, folder: Path = TABLES) -> list[DrawnLine]:
    """Read a table of drawn lines; lines that begin with `#` are remarks.

    Raises:
        DrawnLineError: A row has the wrong number of columns or a value that makes no sense.
    """
    lines = (folder / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    drawn = []
    for number, text in enumerate(lines, start=1):
        row = text.strip()
        if row and not row.startswith("#"):
            drawn.append(_line_of(row, f"{name}.txt, line {number}"))
    return drawn


def _line_of(row: str, place: str) -> DrawnLine:
    cells = [cell.strip() for cell in row.split("|")]
    if len(cells) != _COLUMNS:
        raise DrawnLineError(f"{place}: {len(cells)} columns instead of {_COLUMNS}")
    line_id, span, kind, weight, width, where, knots = cells
    if span not in {"pair", "midline", "fold"}:
        raise DrawnLineError(f"{place}: no span is called {span!r}")
    words = knots.split()
    try:
        return DrawnLine(
            id=line_id,
            span=span,
            kind=kind,
            weight=int(weight),
            width_mm=float(width),
            where=frozenset(_LAYERS[letter] for letter in where),
            knots=tuple(_knot(word) for word in words),
            corners=frozenset(i for i, word in enumerate(words) if word.endswith("!")),
        )
    except (ValueError, KeyError) as problem:
        raise DrawnLineError(f"{place}: {problem}") from problem


def _knot(word: str) -> Point:
    lateral, down = word.rstrip("!").split(",")
    return float(lateral), float(down)
