"""The six drawings as they ship: their form, their size, their symmetry, their seams."""

import functools
import xml.etree.ElementTree as ET
from pathlib import Path

import numpy as np
import pytest
import shapely

from bodymap.atlas.path_data import parse_path
from tools.draw_atlas.bezier import flatten, straight
from tools.draw_atlas.mirroring import mirrored_data
from tools.draw_atlas.svg_document import DETAILS, LAYERS

SVG = "{http://www.w3.org/2000/svg}"
INKSCAPE = "{http://www.inkscape.org/namespaces/inkscape}"
FOLDER = Path(__file__).parents[2] / "bodymap" / "assets" / "svg"
VIEWS = ("anterior", "posterior", "lateral-left", "lateral-right", "soles", "feet-dorsal")
MIRRORED = ("anterior", "posterior", "soles", "feet-dorsal")
PARTITIONS = (
    "surface-regions",
    "skeleton",
    "muscles-deep",
    "muscles-intermediate",
    "muscles-superficial",
)
KINDS = {"skin", "region", "muscle", "tendon", "bone", "organ", "nerve", "vessel", "other"}
DETAIL_KINDS = {"tone", "light", "tendon-part", "fibre", "contour", "feature"}

each_view = pytest.mark.parametrize("view", VIEWS)
each_partition = pytest.mark.parametrize("layer", PARTITIONS)


@functools.cache
def root_of(view: str) -> ET.Element:
    return ET.parse(FOLDER / f"{view}.svg").getroot()  # noqa: S314 - our own file


def paths_of(view: str, group: str) -> list[ET.Element]:
    return root_of(view).findall(f".//{SVG}g[@id='{group}']/{SVG}path")


def structures_of(view: str) -> list[ET.Element]:
    return [path for layer in LAYERS[:-1] for path in paths_of(view, layer)]


def details_of(view: str) -> list[ET.Element]:
    return [path for group in DETAILS for path in paths_of(view, group)]


def rings_of(data: str) -> list[np.ndarray]:
    codes, points = parse_path(data)
    rest = np.array(points).reshape(-1, 2)
    rings, segments, start = [], [], rest[0]
    for code in codes.decode():
        count = {"M": 1, "L": 1, "C": 3, "Z": 0}[code]
        given, rest = rest[:count], rest[count:]
        if code == "M":
            start, segments = given[0], []
        elif code == "C":
            segments.append([start, *given])
            start = given[-1]
        elif code == "L":
            segments.append(straight(np.array([start, given[0]]))[0])
            start = given[0]
        else:
            rings.append(flatten(np.array(segments), 5))
    return rings


@functools.cache
def shapes_of(view: str, layer: str) -> dict[tuple[str, str], shapely.Geometry]:
    return {
        (path.attrib["data-structure"], path.attrib["data-side"]): _shape(path.attrib["d"])
        for path in paths_of(view, layer)
    }


def _shape(data: str) -> shapely.Geometry:
    whole = shapely.Polygon()
    for ring in rings_of(data):
        whole = whole.symmetric_difference(shapely.make_valid(shapely.Polygon(ring)))
    return whole


@each_view
def test_a_drawing_is_small_enough(view):
    assert (FOLDER / f"{view}.svg").stat().st_size < 1_500_000
    assert sum(path.attrib["d"].count("M") for path in details_of(view)) < 14_000


@each_view
def test_the_layers_come_in_the_agreed_order_and_are_layers_in_inkscape(view):
    groups = root_of(view).findall(f"{SVG}g")
    assert tuple(group.attrib["id"] for group in groups) == LAYERS
    parts = groups[-1].findall(f"{SVG}g")
    assert tuple(part.attrib["id"] for part in parts) == DETAILS
    assert all(g.get(f"{INKSCAPE}groupmode") == "layer" for g in [*groups, *parts])


@each_view
def test_the_root_says_view_version_frame_and_licence(view):
    root = root_of(view)
    left, top, width, height = (float(value) for value in root.attrib["viewBox"].split())
    assert (root.attrib["data-view"], root.attrib["data-atlas-version"]) == (view, "1")
    assert (root.attrib["width"], root.attrib["height"]) == (f"{width:g}mm", f"{height:g}mm")
    bounds = shapes_of(view, "skin")[("skin", "midline")].bounds
    assert left < bounds[0]
    assert top < bounds[1]
    assert bounds[2] < left + width
    assert bounds[3] < top + height
    assert "CC BY-SA 4.0" in (root.findtext(f"{SVG}desc") or "")


@each_view
def test_every_structure_says_what_it_is_and_nothing_is_styled_inline(view):
    for path in structures_of(view):
        assert path.attrib["class"].split()[0] in KINDS
        assert path.attrib["data-structure"]
        assert path.attrib["data-side"] in {"left", "right", "midline"}
        assert path.findtext(f"{SVG}title")
        assert set(path.attrib) - {"id", "class", "d"} == {
            name for name in path.attrib if name.startswith("data-")
        }


@each_view
def test_detail_carries_agreed_classes_only(view):
    for path in details_of(view):
        assert path.attrib["class"].split()[0] in DETAIL_KINDS
        assert set(path.attrib) <= {"class", "d", "data-structure", "data-side"}


@each_view
def test_ids_are_unique_and_end_with_the_side(view):
    ids = [element.attrib["id"] for element in root_of(view).iter() if "id" in element.attrib]
    assert len(ids) == len(set(ids))
    for path in structures_of(view):
        name = f"{path.attrib['data-structure']}-{path.attrib['data-side']}"
        assert path.attrib["id"].endswith(name)


@each_view
@each_partition
def test_neighbours_do_not_overlap(view, layer):
    shapes = list(shapes_of(view, layer).values())
    whole = shapely.union_all(shapes)
    assert sum(shape.area for shape in shapes) - whole.area < max(2.0, 2e-5 * whole.area)


@each_view
@pytest.mark.parametrize("layer", PARTITIONS[2:])
def test_no_slit_opens_between_neighbours(view, layer):
    whole = shapely.union_all(list(shapes_of(view, layer).values()))
    holes = [shapely.Polygon(ring) for part in shapely.get_parts(whole) for ring in part.interiors]
    slits = [hole for hole in holes if hole.area > 0.05 and hole.buffer(-0.15).is_empty]
    assert sum(slit.area for slit in slits) < 2.0


@each_view
def test_the_regions_are_the_skin(view):
    regions = shapely.union_all(list(shapes_of(view, "surface-regions").values()))
    skin = shapes_of(view, "skin")[("skin", "midline")]
    assert regions.symmetric_difference(skin).area < 1.0


@pytest.mark.parametrize("view", MIRRORED)
@each_partition
def test_left_and_right_mirror_each_other(view, layer):
    shapes = shapes_of(view, layer)
    for (structure, side), shape in shapes.items():
        other = {"left": "right", "right": "left"}.get(side, side)
        mirror = shapely.affinity.scale(shapes[(structure, other)], xfact=-1, origin=(0, 0))
        assert shape.symmetric_difference(mirror).area < 0.05 + 1e-4 * shape.area


@pytest.mark.parametrize("view", ["anterior", "soles", "feet-dorsal"])
def test_the_patients_left_lies_at_the_viewers_right_from_the_front(view):
    for (structure, side), shape in shapes_of(view, "skeleton").items():
        if side != "midline":
            assert (shape.centroid.x > 0) == (side == "left"), structure


def test_the_patients_left_lies_at_the_viewers_left_from_the_back():
    for (structure, side), shape in shapes_of("posterior", "skeleton").items():
        if side != "midline":
            assert (shape.centroid.x < 0) == (side == "left"), structure


def test_the_side_views_are_mirror_images_with_the_sides_swapped():
    left, right = structures_of("lateral-left"), structures_of("lateral-right")
    assert len(left) == len(right)
    for one, other in zip(left, right, strict=True):
        assert other.attrib["d"] == mirrored_data(one.attrib["d"])
        assert {one.attrib["data-side"], other.attrib["data-side"]} in (
            {"left", "right"},
            {"midline"},
        )
