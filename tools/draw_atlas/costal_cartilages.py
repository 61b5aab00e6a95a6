"""Parts the cartilages of the eighth to tenth ribs from the vertebrae the source joins them to.

In the source T12, L1 and L2 each have two pieces far in front of the spine, at the costal margin,
where the eighth, ninth and tenth ribs end. They are the cartilages of these ribs.
"""

from dataclasses import dataclass
from typing import Any

from shapely import box, unary_union
from shapely.geometry.base import BaseGeometry

from tools.draw_atlas.partition_mending import area_of, rings_of

_FAR_MM = 5000.0
_SHAPES = ("silhouette", "visible")

Entry = dict[str, Any]
"""A structure of a measured file, or a whole file."""

Depths = tuple[float, float, float, float]
"""Usual depths p10, p50, p90 and thickness, in millimetres."""


@dataclass(frozen=True)
class _Slip:
    """A vertebra that holds a cartilage on each side.

    Attributes:
        vertebra: Its id.
        rib: The number of the rib whose cartilage it holds.
        beside_mm: From the front and back, how far from the midline the vertebra ends.
        before_mm: From the side, how far before the reference plane the cartilage begins.
        cartilage: Depths of the cartilage from the front, the back and the side.
        bone: Depths of the vertebra from the front, the back and the side.
    """

    vertebra: str
    rib: int
    beside_mm: float
    before_mm: float
    cartilage: tuple[Depths, Depths, Depths]
    bone: tuple[Depths, Depths, Depths]


_SLIPS = (
    _Slip(
        *("vertebra-t12", 8, 30.0, 30.0),
        cartilage=((18.4, 22.5, 26.9, 8.5), (165, 190, 217, 12), (18.2, 26.5, 53.6, 11.4)),
        bone=((130, 142, 157, 34), (32.0, 55.2, 76.9, 13.3), (114, 124, 137, 1.0)),
    ),
    _Slip(
        *("vertebra-l1", 9, 52.0, 21.0),
        cartilage=((16.9, 18.7, 24.2, 9.5), (100, 145, 190, 15.0), (15.0, 18.8, 27.0, 9.9)),
        bone=((115, 126, 162, 34.4), (40.0, 60.0, 79.4, 14.6), (109, 118, 130, 1.0)),
    ),
    _Slip(
        *("vertebra-l2", 10, 60.0, 17.5),
        cartilage=((18.3, 25.4, 37.1, 9.5), (60, 115, 155, 11.3), (18.3, 22.8, 27.2, 7.2)),
        bone=((105, 112, 154, 33.6), (43.7, 55.8, 75.3, 12.4), (105, 114, 125, 1.0)),
    ),
)
"""Depths to a tenth are those of the measured columns; what lies beyond their reach, in whole
millimetres, is estimated from the depths measured of vertebra and cartilages together."""

_WAYS = {"anterior": 0, "posterior": 1, "lateral-left": 2, "lateral-right": 2}


@dataclass(frozen=True)
class _Place:
    """Where a cartilage lies: a side and the span of u that belongs to it."""

    side: str
    low: float
    high: float

    @property
    def area(self) -> BaseGeometry:
        """The span as a strip over the whole view."""
        return box(self.low, -_FAR_MM, self.high, _FAR_MM)


def part_from_vertebrae(document: Entry) -> None:
    """Part the cartilages in one measured file: outlines, layers or columns; others stay."""
    if document["view"] not in _WAYS:
        return
    for slip in _SLIPS:
        if "cells" in document:
            _part_columns(document, slip)
            continue
        for table in [document, *document.get("layers", [])]:
            if "structures" in table:
                table["structures"] = _parted(table["structures"], slip, document["view"])


def _places(slip: _Slip, view: str) -> list[_Place]:
    """Where the cartilages lie that a view has joined to a vertebra."""
    if view == "lateral-left":
        return [_Place("left", -_FAR_MM, -slip.before_mm)]
    if view == "lateral-right":
        return [_Place("right", slip.before_mm, _FAR_MM)]
    low, high = ("right", "left") if view == "anterior" else ("left", "right")
    return [_Place(low, -_FAR_MM, -slip.beside_mm), _Place(high, slip.beside_mm, _FAR_MM)]


def _parted(entries: list[Entry], slip: _Slip, view: str) -> list[Entry]:
    """The structures of a table, with cartilages after the vertebra they were joined to."""
    parted: list[Entry] = []
    way, places = _WAYS[view], _places(slip, view)
    for entry in entries:
        if entry["id"] != slip.vertebra:
            parted.append(entry)
            continue
        aside = unary_union([place.area for place in places])
        parted.append(_with_depths(_outside(entry, aside), slip.bone[way]))
        for place in places:
            named = _named(_inside(entry, place.area), slip, place.side)
            parted.append(_with_depths(named, slip.cartilage[way]))
    return parted


def _inside(entry: Entry, place: BaseGeometry) -> Entry:
    cut = {key: rings_of(area_of(entry[key]) & place) for key in _SHAPES if key in entry}
    return {**entry, **cut}


def _outside(entry: Entry, place: BaseGeometry) -> Entry:
    cut = {key: rings_of(area_of(entry[key]) - place) for key in _SHAPES if key in entry}
    return {**entry, **cut}


def _named(entry: Entry, slip: _Slip, side: str) -> Entry:
    names: Entry = {"id": f"costal-cartilage-{slip.rib}", "side": side}
    if "name_en" in entry:
        names |= {"name_en": f"Costal cartilage {slip.rib}", "name_latin": "Cartilago costalis"}
    return {**entry, **names}


def _with_depths(entry: Entry, depths: Depths) -> Entry:
    if "depth_mm" not in entry:
        return entry
    usual = dict(zip(("p10", "p50", "p90"), depths[:3], strict=True))
    return {**entry, "depth_mm": usual, "thickness_mm": depths[3]}


def _part_columns(document: Entry, slip: _Slip) -> None:
    """Number the cartilages anew at the end of the table and have their cells say so."""
    table: list[Entry] = document["structures"]
    numbers = [number for number, entry in enumerate(table) if entry["id"] == slip.vertebra]
    if not numbers:
        return
    left_edge, grid = document["origin_uv_mm"][0], document["grid_mm"]
    for place in _places(slip, document["view"]):
        table.append(_named(table[numbers[0]], slip, place.side))
        for column, _row, passages in document["cells"]:
            if place.low < left_edge + (column + 0.5) * grid < place.high:
                passages[0::3] = [
                    len(table) - 1 if number in numbers else number for number in passages[0::3]
                ]
