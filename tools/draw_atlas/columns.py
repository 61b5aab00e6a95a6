"""Packs the measured needle columns into the small files the program reads.

`python -m tools.draw_atlas.columns --measured DIR [--out DIR]`. Cells that the model left
empty although structures are drawn there are filled from their outlines, with their usual
depth and thickness, and marked as estimated.
"""

import argparse
import json
import sys
import zlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from bodymap.atlas.columns import MAGIC, OUTSIDE, REACH_MM
from tools.draw_atlas.measured import VIEWS
from tools.draw_atlas.source_slips import read_source

_SHIPPED = Path(__file__).parents[2] / "bodymap" / "assets" / "atlas"

Passages = list[tuple[int, int, int]]
"""Structure number, entry and exit in tenths of a millimetre."""


def main(arguments: list[str] | None = None) -> int:
    """Pack all views and say how large they became."""
    parser = argparse.ArgumentParser(prog="python -m tools.draw_atlas.columns", description=__doc__)
    parser.add_argument("--measured", type=Path, required=True, help="folder of measured outlines")
    parser.add_argument("--out", type=Path, default=_SHIPPED, help="folder for the packed files")
    asked = parser.parse_args(arguments)
    asked.out.mkdir(parents=True, exist_ok=True)
    for view in VIEWS:
        columns = read_source(asked.measured / f"columns_{view}.json.gz")
        outlines = read_source(asked.measured / f"outlines_{view}.json")
        packed = pack(columns, outlines)
        (asked.out / f"columns-{view}.bin").write_bytes(packed)
        print(f"columns-{view}.bin: {len(packed) / 1e3:.0f} kB")
    return 0


def pack(columns: dict[str, Any], outlines: dict[str, Any]) -> bytes:
    """Pack the columns of one view.

    Args:
        columns: The measured columns, as their README describes them.
        outlines: The measured outlines of the same view.
    """
    width, height = columns["size"]
    structures = [f"{entry['id']}/{entry['side']}" for entry in columns["structures"]]
    cells = {row * width + column: _passages(flat) for column, row, flat in columns["cells"]}
    estimated = _estimates(columns, outlines, structures, cells)
    cells.update(estimated)
    counts = np.full(width * height, OUTSIDE, np.uint8)
    flags = np.zeros(width * height, np.bool_)
    counts[list(cells)] = [len(passages) for passages in cells.values()]
    flags[list(estimated)] = True
    table = np.array([p for cell in sorted(cells) for p in cells[cell]], np.int64).reshape(-1, 3)
    table[:, 2] -= table[:, 1]
    head = {
        "licence": "CC BY-SA 4.0; see svg/LICENSE",
        "u0": columns["origin_uv_mm"][0],
        "v0": columns["origin_uv_mm"][1],
        "cell_mm": columns["grid_mm"],
        "width": width,
        "height": height,
        "structures": structures,
    }
    body = counts.tobytes() + np.packbits(flags).tobytes() + b"".join(map(_planes, table.T))
    return MAGIC + json.dumps(head).encode() + b"\n" + zlib.compress(body, 9)


def _passages(flat: list[float]) -> Passages:
    return [
        (int(number), round(entry * 10), round(end * 10))
        for number, entry, end in zip(flat[0::3], flat[1::3], flat[2::3], strict=True)
    ]


def _planes(values: npt.NDArray[np.int64]) -> bytes:
    """Low bytes first, then high ones: each sort packs better by itself."""
    return (values & 255).astype(np.uint8).tobytes() + (values >> 8).astype(np.uint8).tobytes()


def _estimates(
    columns: dict[str, Any],
    outlines: dict[str, Any],
    structures: list[str],
    cells: dict[int, Passages],
) -> dict[int, Passages]:
    """Fill the empty cells whose middle lies inside somebody's outline."""
    width, height = columns["size"]
    grid, (u0, v0) = columns["grid_mm"], columns["origin_uv_mm"]
    empty = np.array([cell for cell in range(width * height) if not cells.get(cell)])
    u = u0 + (empty % width + 0.5) * grid
    v = v0 + (empty // width + 0.5) * grid
    found: dict[int, Passages] = {}
    for structure in outlines["structures"]:
        name = f"{structure['id']}/{structure['side']}"
        entry = structure["depth_mm"]["p50"]
        if entry > REACH_MM or name not in structures:
            continue
        passage = (
            structures.index(name),
            round(entry * 10),
            round((entry + structure["thickness_mm"]) * 10),
        )
        for cell in empty[shapely.contains_xy(_polygon(structure["silhouette"]), u, v)].tolist():
            found.setdefault(cell, []).append(passage)
    return {cell: sorted(passages, key=lambda p: p[1]) for cell, passages in found.items()}


def _polygon(rings: Iterable[list[list[list[float]]]]) -> shapely.Geometry:
    return shapely.union_all([shapely.Polygon(outer, holes) for outer, *holes in rings])


if __name__ == "__main__":
    sys.exit(main())
