"""The surface regions of the body: each view's skin divided into named zones without gap."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import shapely
from shapely import MultiPolygon, Polygon, affinity, box

from tools.draw_atlas.regions import anterior, feet_dorsal, lateral, posterior, soles
from tools.draw_atlas.regions.plate import GRID_MM, Place, Plate, cut, plate, polygons

FAR_MM = 10_000.0

PLATES = {
    "anterior": anterior,
    "posterior": posterior,
    "lateral-left": lateral,
    "soles": soles,
    "feet-dorsal": feet_dorsal,
}

MIDLINE = frozenset(
    {
        "vertex", "chin", "mouth-throat", "throat", "sternum", "epigastrium",
        "umbilical-region", "suprapubic", "genitals-perineum", "sacrum", "coccyx",
    }
)  # fmt: skip

Regions = dict[tuple[str, str], MultiPolygon]


def surface_regions(view: str, body: MultiPolygon, measured: Path) -> Regions:
    """Divide a view's figure into the zones of the skin.

    Args:
        view: Name of the view, such as `posterior`.
        body: The outline of the figure, view millimetres.
        measured: Folder of the measured outlines; its landmarks carry the borders.

    Returns:
        For each zone and side (`left`, `right`, `midline`; the patient's) its share of the
        figure. Shares meet in the same points and together are the figure, to 0.01 mm.
    """
    figure = MultiPolygon(list(polygons(shapely.set_precision(body, GRID_MM))))
    if view.startswith("lateral"):
        return _from_the_side(view, figure, measured)
    return _both_halves(view, figure, measured)


def _both_halves(view: str, figure: MultiPolygon, measured: Path) -> Regions:
    """Cut the patient's left half and the right half, turned over, with the same lines."""
    sheet = _sheet(view, measured)
    to_left = -1.0 if view == "posterior" else 1.0
    shares: dict[tuple[str, str], list[Polygon]] = {}
    for side, turn in (("left", to_left), ("right", -to_left)):
        for zone, share in cut(_half(figure, turn), sheet).items():
            key = (zone, "midline" if zone in MIDLINE else side)
            shares.setdefault(key, []).extend(_turned(share, turn).geoms)
    return {key: _joined(parts) for key, parts in sorted(shares.items())}


def _half(figure: MultiPolygon, turn: float) -> MultiPolygon:
    """The half of a figure where u has the sign of `turn`, turned over to positive u."""
    near, far = sorted((0.0, turn * FAR_MM))
    half = shapely.intersection(figure, box(near, -FAR_MM, far, FAR_MM), grid_size=GRID_MM)
    return _turned(MultiPolygon(list(polygons(half))), turn)


def _turned(shape: MultiPolygon, turn: float) -> MultiPolygon:
    return affinity.scale(shape, xfact=turn, origin=(0, 0))


def _joined(parts: list[Polygon]) -> MultiPolygon:
    return MultiPolygon(list(polygons(shapely.unary_union(parts, grid_size=GRID_MM))))


def _from_the_side(view: str, figure: MultiPolygon, measured: Path) -> Regions:
    """Cut a figure seen from the side; the right one is the left one turned over."""
    side = view.removeprefix("lateral-")
    turn = 1.0 if side == "left" else -1.0
    shares = cut(_turned(figure, turn), _sheet("lateral-left", measured))
    return {
        (zone, "midline" if zone in MIDLINE else side): _turned(share, turn)
        for zone, share in sorted(shares.items())
    }


def _sheet(view: str, measured: Path) -> Plate:
    drawing = PLATES[view]
    return plate(drawing.LINES, drawing.NAMES, _landmarks(view, measured))


def _landmarks(view: str, measured: Path) -> Mapping[str, Place]:
    """Where the midline and left landmarks lie, u turned to the patient's left."""
    turn = -1.0 if view == "posterior" else 1.0
    everything: dict[str, Any] = json.loads((measured / "landmarks.json").read_text("utf-8"))
    return {
        mark["id"]: (turn * mark["views"][view][0], mark["views"][view][1])
        for mark in everything["landmarks"]
        if mark["side"] != "right" and view in mark["views"]
    }
