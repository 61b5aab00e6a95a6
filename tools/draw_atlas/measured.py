"""Reads the measured outlines of the model body, which lie outside this repository."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import shapely
from shapely import MultiPolygon, Polygon

from tools.draw_atlas.source_slips import read_source

VIEWS = ("anterior", "posterior", "lateral-left", "lateral-right", "soles", "feet-dorsal")

Structures = list[dict[str, Any]]
"""Structures as in the measured files: `id`, `side`, `kind`, `visible` and more."""


@dataclass(frozen=True)
class MeasuredView:
    """What was measured of one view.

    Attributes:
        view: Its name.
        body: The outline of the skin as measured.
        structures: Every muscle head, bone, tendon and fascia with names and silhouettes.
        levels: For dissections 1, 2 and 3 the structures with the part of each that is seen.
        organs: Organs with silhouettes and depths.
        courses: Nerves and vessels as poly-lines.
    """

    view: str
    body: MultiPolygon
    structures: Structures
    levels: dict[int, Structures]
    organs: Structures = field(default_factory=list)
    courses: Structures = field(default_factory=list)

    @property
    def names(self) -> dict[str, str]:
        """The English name of each structure id."""
        return {s["id"]: s["name_en"] for s in self.structures if s.get("name_en")}


def read_view(measured: Path, view: str) -> MeasuredView:
    """Read one view from the folder of measured outlines."""
    outlines = read_source(measured / f"outlines_{view}.json")
    layers = read_source(measured / f"layers_{view}.json")
    hazards = read_source(measured / f"hazards_{view}.json")
    levels: dict[int, Structures] = {1: [s for s in outlines["structures"] if s["visible"]]}
    levels |= {layer["layer"]: layer["structures"] for layer in layers["layers"]}
    return MeasuredView(
        view=view,
        body=multi_polygon(outlines["body"]),
        structures=outlines["structures"],
        levels=levels,
        organs=hazards["organs"],
        courses=hazards["courses"],
    )


def multi_polygon(rings: list[list[list[list[float]]]]) -> MultiPolygon:
    """Build shapes from `[[outer ring, hole, ...], ...]`, repaired where they touch themselves."""
    shape = shapely.make_valid(MultiPolygon([Polygon(p[0], p[1:]) for p in rings]))
    return MultiPolygon([part for part in shapely.get_parts(shape) if isinstance(part, Polygon)])
