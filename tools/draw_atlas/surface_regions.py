"""The surface regions of the body: each view's skin divided into named zones without gap."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import shapely
from shapely import MultiPolygon, Polygon, affinity, box

from tools.draw_atlas.regions.cutting import GRID_MM, cut, matched, on_the_grid
from tools.draw_atlas.regions.plate import PLATES, Plate, read_plate
from tools.draw_atlas.regions.smooth_line import Place
from tools.draw_atlas.regions.zones import zones

Regions = dict[tuple[str, str], MultiPolygon]

_FAR_MM = 10_000.0


def surface_regions(view: str, body: MultiPolygon, measured: Path) -> Regions:
    """Divide a view's figure into the zones of the skin.

    Each half of a figure seen from the front or the back is cut with the same lines, so a
    symmetric figure gets symmetric regions.

    Args:
        view: Name of the view, such as `posterior`.
        body: The outline of the figure, view millimetres.
        measured: Folder of the measured outlines, for the landmarks the borders run through.

    Returns:
        For each zone and side (`left`, `right`, `midline`; the patient's) its share of the
        figure. Shares meet in the same points and together are the figure, all on a grid of
        0.01 mm.
    """
    figure = on_the_grid(body)
    if view.startswith("lateral"):
        return _from_the_side(view, figure, measured)
    return _both_halves(view, figure, measured)


def left_part(view: str, body: MultiPolygon) -> MultiPolygon:
    """The part of a figure that a plate is drawn on: from the side, all of it."""
    figure = on_the_grid(body)
    return figure if view.startswith("lateral") else _half(figure, _turn_to("left", view))


def _both_halves(view: str, figure: MultiPolygon, measured: Path) -> Regions:
    sheet = plate_of(view, measured)
    shares: dict[tuple[str, str], list[Polygon]] = {}
    for side in ("left", "right"):
        turn = _turn_to(side, view)
        for zone, share in cut(_half(figure, turn), sheet).items():
            shares.setdefault(_key(zone, side), []).extend(_turned(share, turn).geoms)
    return matched(dict(sorted(shares.items())))


def _from_the_side(view: str, figure: MultiPolygon, measured: Path) -> Regions:
    """Cut a figure seen from the side; the right one is the left one turned over."""
    side = view.removeprefix("lateral-")
    turn = 1.0 if side == "left" else -1.0
    shares = cut(_turned(figure, turn), plate_of("lateral-left", measured))
    return {_key(zone, side): _turned(share, turn) for zone, share in sorted(shares.items())}


def _turn_to(side: str, view: str) -> float:
    """The sign of u on one side of the patient: only behind is the left at the left."""
    sign = 1.0 if side == "left" else -1.0
    return -sign if view == "posterior" else sign


def _key(zone: str, side: str) -> tuple[str, str]:
    return zone, "midline" if zones()[zone].is_midline else side


def _half(figure: MultiPolygon, turn: float) -> MultiPolygon:
    """The half of a figure where u has the sign of `turn`, turned over to positive u."""
    near, far = sorted((0.0, turn * _FAR_MM))
    half = shapely.intersection(figure, box(near, -_FAR_MM, far, _FAR_MM), grid_size=GRID_MM)
    return _turned(on_the_grid(half), turn)


def _turned(shape: MultiPolygon, turn: float) -> MultiPolygon:
    return affinity.scale(shape, xfact=turn, origin=(0, 0))


def plate_of(view: str, measured: Path) -> Plate:
    """The plate of a view, its lines through the measured landmarks.

    There is none for `lateral-right`: it is cut with that of `lateral-left`, turned over.
    """
    return read_plate(PLATES / f"{view}.toml", _landmarks(view, measured))


def _landmarks(view: str, measured: Path) -> Mapping[str, Place]:
    """Where the midline and left landmarks lie, u turned to the patient's left."""
    turn = _turn_to("left", view)
    document: dict[str, Any] = json.loads((measured / "landmarks.json").read_text("utf-8"))
    return {
        mark["id"]: (turn * mark["views"][view][0], mark["views"][view][1])
        for mark in document["landmarks"]
        if mark["side"] != "right" and view in mark["views"]
    }
