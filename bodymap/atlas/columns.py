"""What a needle pushed straight in would meet, on a grid of cells over each view.

The tables come from a model body and ship as one small file for each view. Depths are kept in
tenths of a millimetre from the skin; only what begins within the first 120 mm is known.
"""

import json
import zlib
from dataclasses import dataclass
from importlib import resources
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from bodymap.atlas.ids import Side, StructureId, ViewId
from bodymap.errors import BodymapError

MAGIC = b"bodymap columns 1\n"
OUTSIDE = 255
"""Written as the count of a cell that lies off the body."""

REACH_MM = 120.0
"""How deep the columns look."""


class ColumnsError(BodymapError):
    """The table of what lies under the skin is missing or damaged."""


class Passage(NamedTuple):
    """One structure on the way in.

    Attributes:
        number: Which of the table's `structures`.
        entry_mm: Where the needle enters it, from the skin.
        exit_mm: Where it leaves it.
    """

    number: int
    entry_mm: float
    exit_mm: float


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """The columns of one view.

    Cells are numbered row by row from the upper left corner.

    Attributes:
        u0: Left border of the grid, in millimetres of the view.
        v0: Its upper border.
        cell_mm: Width and height of a cell.
        width: Cells in a row.
        height: Rows.
        structures: What the passages number.
        counts: For each cell how many passages it has, or `OUTSIDE`.
        is_estimated: For each cell 1 if it was filled from outlines and usual depths,
            because the model left it empty, else 0.
    """

    u0: float
    v0: float
    cell_mm: float
    width: int
    height: int
    structures: tuple[tuple[StructureId, Side], ...]
    counts: npt.NDArray[np.uint8]
    is_estimated: bytes
    _starts: list[int]
    _table: npt.NDArray[np.uint16]

    def cell_at(self, u: float, v: float) -> int | None:
        """The cell a point lies in; `None` beside the grid."""
        column, row = (u - self.u0) // self.cell_mm, (v - self.v0) // self.cell_mm
        if 0 <= column < self.width and 0 <= row < self.height:
            return int(row) * self.width + int(column)
        return None

    def passages(self, cell: int) -> list[Passage]:
        """What lies under a cell, in the order in which a needle meets it."""
        return [Passage(number, entry / 10, end / 10) for number, entry, end in self.tenths(cell)]

    def tenths(self, cell: int) -> list[list[int]]:
        """The same as bare numbers: structure, entry and exit, in tenths of a millimetre."""
        rows: list[list[int]] = self._table[self._starts[cell] : self._starts[cell + 1]].tolist()
        return rows


def load_columns(view: ViewId) -> Columns:
    """Read the columns of a view that ship with the program.

    Raises:
        ColumnsError: The file is missing or damaged.
    """
    file = resources.files("bodymap.assets") / "atlas" / f"columns-{view}.bin"
    try:
        return read_columns(file.read_bytes())
    except (OSError, ValueError, KeyError, zlib.error) as problem:
        raise ColumnsError(f"The needle columns of the view {view} cannot be read.") from problem


def read_columns(data: bytes) -> Columns:
    """Read what `tools.draw_atlas.columns` writes.

    Raises:
        ValueError: It is something else.
        zlib.error: It is damaged.
    """
    if not data.startswith(MAGIC):
        raise ValueError("not a table of needle columns")
    end = data.index(b"\n", len(MAGIC))
    head = json.loads(data[len(MAGIC) : end])
    body = zlib.decompress(data[end + 1 :])
    cells = head["width"] * head["height"]
    counts = np.frombuffer(body, np.uint8, cells)
    flags = np.frombuffer(body, np.uint8, (cells + 7) // 8, cells)
    inside = np.where(counts == OUTSIDE, 0, counts)
    starts = np.concatenate(([0], np.cumsum(inside, dtype=np.int64)))
    planes = np.frombuffer(body, np.uint8, offset=cells + len(flags)).reshape(3, 2, int(starts[-1]))
    table = np.ascontiguousarray((planes[:, 0] + (planes[:, 1].astype(np.uint16) << 8)).T)
    table[:, 2] += table[:, 1]
    return Columns(
        u0=head["u0"],
        v0=head["v0"],
        cell_mm=head["cell_mm"],
        width=head["width"],
        height=head["height"],
        structures=tuple(
            (StructureId(name), Side(side))
            for name, _, side in (text.partition("/") for text in head["structures"])
        ),
        counts=counts,
        is_estimated=np.unpackbits(flags, count=cells).tobytes(),
        _starts=starts.tolist(),
        _table=table,
    )
