"""Drawings: what is read from an SVG, what is refused, and what a cache may be trusted with."""

import numpy as np
import pytest
from shapely.geometry import MultiPolygon

from bodymap.atlas import drawing as drawing_module
from bodymap.atlas import svg as svg_module
from bodymap.atlas.drawing import DrawingError, load_drawing, parse_drawing
from bodymap.atlas.ids import LayerId, Side, ViewId
from tests.atlas.drawings import HEAD, layer, path, svg

SQUARE = "M0 0c1 0 2 0 3 0c0 1 0 2 0 3c-1 0-2 0-3 0z"


def read(body, head=HEAD):
    return parse_drawing(svg(body, head), ViewId.ANTERIOR)


def test_a_shape_says_all_that_its_path_says():
    detail = '<g id="detail"><g id="detail-skin">' + path("jaw", "M0 0l1 1") + "</g></g>"
    muscle = path(
        "masseter",
        SQUARE,
        title="Masseter,\n right",
        data_side="right",
        data_depth_min="3",
        **{"class": "muscle m1"},
    )
    drawn = read(layer("muscles-superficial", muscle) + detail)
    (shape,) = drawn.in_layer(LayerId.MUSCLES_SUPERFICIAL)
    assert (shape.id, shape.structure, shape.side) == ("masseter", "masseter", Side.RIGHT)
    assert shape.classes == ("muscle", "m1")
    assert shape.title == "Masseter, right"
    assert shape.attributes == {"data-depth-min": "3"}
    assert shape.codes == b"MCCCZ"
    assert shape.points.dtype == np.float32
    assert shape.polygon().area == pytest.approx(9)
    (jaw,) = drawn.in_group("detail-skin")
    assert (jaw.layer, jaw.group, jaw.line().length) == (LayerId.DETAIL, "detail-skin", 2**0.5)
    assert [s.id for s in drawn.shapes] == ["masseter", "jaw"]
    assert repr(jaw) == "<Shape jaw>"
    assert drawn.frame.width == 200


def test_a_shape_without_a_name_gets_one():
    drawn = read('<g id="detail"><g id="detail-skin"><path d="M0 0l1 1"/></g></g>')
    assert drawn.shapes[0].id == "detail-skin-0"
    assert drawn.shapes[0].side is Side.MIDLINE


def test_paths_outside_the_layers_are_not_the_bodys():
    assert read('<defs><path id="arrow" d="M0 0l1 1"/></defs>').shapes == ()


def test_a_hole_is_a_hole_by_the_even_odd_rule():
    ring = "M0 0l9 0l0 9l-9 0zM3 3l3 0l0 3l-3 0z"
    reversed_ring = "M0 0l9 0l0 9l-9 0zM3 3l0 3l3 0l0-3z"
    for d in (ring, reversed_ring):
        assert read(layer("skin", path("a", d))).shapes[0].polygon().area == pytest.approx(72)


def test_pieces_of_one_structure_are_one_area():
    d = "M0 0l9 0l0 9l-9 0zM30 3l3 0l0 3l-3 0z"
    polygon = read(layer("skin", path("a", d))).shapes[0].polygon()
    assert isinstance(polygon, MultiPolygon)
    assert polygon.area == pytest.approx(90)


def test_an_outline_that_crosses_itself_still_has_a_valid_area():
    polygon = read(layer("skin", path("a", "M0 0l9 9l0-9l-9 9z"))).shapes[0].polygon()
    assert polygon.is_valid
    assert polygon.area == pytest.approx(40.5)


def test_a_thorn_without_width_encloses_nothing():
    thorn = "M0 0l9 0l0 9l-9 0l0-9l-5 0l5 0z"
    polygon = read(layer("skin", path("a", f"{thorn}M3 3l3 0l0 3l-3 0z"))).shapes[0].polygon()
    assert polygon.area == pytest.approx(72)
    assert polygon.bounds == pytest.approx((0, 0, 9, 9))


def test_a_path_that_encloses_nothing_has_an_empty_area():
    assert read(layer("skin", path("a", "M0 0l9 9"))).shapes[0].polygon().is_empty


def test_a_polygon_is_made_once():
    shape = read(layer("skin", path("a", SQUARE))).shapes[0]
    assert shape.polygon() is shape.polygon()
    assert shape.polygon(1.0) is not shape.polygon()


def test_paths_as_inkscape_may_write_them_are_read_beside_plain_ones():
    edited = "m 0,0 c 1,0 2,0 3,0 v 3 h -3 z"
    drawn = read(layer("skin", path("a", SQUARE), path("b", edited), path("c", "M0 0l.5.5")))
    areas = [shape.polygon().area for shape in drawn.shapes]
    assert areas == pytest.approx([9, 9, 0])
    assert drawn.shapes[2].points.tolist() == [[0, 0], [0.5, 0.5]]


def test_a_drawing_larger_than_a_batch_is_read_whole(monkeypatch):
    monkeypatch.setattr(svg_module, "_BATCH_BYTES", 60)
    offsets = (f"M{n} 0c1 0 2 0 3 0c0 1 0 2 0 3c-1 0-2 0-3 0z" for n in range(7))
    paths = [path(f"p{n}", d) for n, d in enumerate(offsets)]
    paths[4] = path("p4", "M4 0h3v3h-3z")
    shapes = read(layer("skin", *paths)).shapes
    assert [shape.polygon().bounds[0] for shape in shapes] == list(range(7))
    assert [shape.polygon().area for shape in shapes] == pytest.approx([9] * 7)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (b"<svg", "not well-formed"),
        (b"<html/>", "not an SVG drawing"),
        (b'<!DOCTYPE svg [<!ENTITY a "b">]><svg viewBox="0 0 1 1">&a;</svg>', "document type"),
        (svg("", '<svg viewBox="0 0 1">'), "viewBox"),
        (svg("", "<svg>"), "viewBox"),
        (svg("<svg/>"), "inside another"),
        (svg(layer("skin", path("a", SQUARE), path("a", SQUARE))), "called 'a'"),
        (svg(layer("skin", path("a", SQUARE, data_side="port"))), "not a side"),
        (svg(layer("skin", path("a", SQUARE, transform="scale(2)"))), "Apply Transform"),
        (svg('<g id="skin" transform="scale(2)"></g>'), "Apply Transform"),
        (svg(layer("skin", '<circle r="2"/>')), "draw it as a path"),
        (svg(layer("skin", path("a", "M0 0 L banana"))), "path a: Path data"),
        (svg("", HEAD.replace("anterior", "soles")), "says it is the view 'soles'"),
    ],
)
def test_what_cannot_be_read_rightly_is_refused_in_words(text, complaint):
    with pytest.raises(DrawingError, match=complaint):
        parse_drawing(text, ViewId.ANTERIOR)


def test_a_missing_drawing_is_told(monkeypatch, tmp_path):
    monkeypatch.setattr(drawing_module.resources, "files", lambda _package: tmp_path)
    with pytest.raises(DrawingError, match=r"soles\.svg is missing"):
        load_drawing(ViewId.SOLES)


def same(one, other):
    assert one.frame == other.frame
    assert len(one.shapes) == len(other.shapes) > 0
    for a, b in zip(one.shapes, other.shapes, strict=True):
        assert (a.id, a.structure, a.side, a.layer, a.group) == (
            *(b.id, b.structure, b.side, b.layer, b.group),
        )
        assert (a.classes, a.title, a.attributes, a.codes) == (
            *(b.classes, b.title, b.attributes, b.codes),
        )
        assert np.array_equal(a.points, b.points)


def test_the_cache_gives_back_the_same_drawing(tmp_path):
    plain = load_drawing(ViewId.SOLES)
    same(plain, load_drawing(ViewId.SOLES, cache=tmp_path / "new"))
    assert [file.name for file in (tmp_path / "new").iterdir()] == ["soles.drawing"]
    same(plain, load_drawing(ViewId.SOLES, cache=tmp_path / "new"))


@pytest.mark.parametrize("damage", ["cut", "flip", "empty", "other", "zeros"])
def test_a_damaged_cache_is_silently_made_anew(tmp_path, damage):
    load_drawing(ViewId.SOLES, cache=tmp_path)
    file = tmp_path / "soles.drawing"
    good = file.read_bytes()
    flipped = bytearray(good)
    flipped[len(good) // 2] ^= 4
    file.write_bytes(
        {
            "cut": good[:-7],
            "flip": bytes(flipped),
            "empty": b"",
            "other": b"x" * 500,
            "zeros": bytes(len(good)),
        }[damage]
    )
    same(load_drawing(ViewId.SOLES), load_drawing(ViewId.SOLES, cache=tmp_path))
    assert file.read_bytes() == good


def test_a_cache_of_another_drawing_does_not_count(tmp_path):
    load_drawing(ViewId.FEET_DORSAL, cache=tmp_path)
    (tmp_path / "feet-dorsal.drawing").rename(tmp_path / "soles.drawing")
    same(load_drawing(ViewId.SOLES), load_drawing(ViewId.SOLES, cache=tmp_path))


def test_a_cache_folder_that_cannot_be_is_no_misfortune(tmp_path):
    (tmp_path / "file").write_text("in the way")
    same(load_drawing(ViewId.SOLES), load_drawing(ViewId.SOLES, cache=tmp_path / "file"))


def test_nothing_is_left_behind_when_a_cache_file_cannot_be_put_in_place(tmp_path):
    (tmp_path / "soles.drawing" / "in the way").mkdir(parents=True)
    same(load_drawing(ViewId.SOLES), load_drawing(ViewId.SOLES, cache=tmp_path))
    assert [file.name for file in tmp_path.iterdir()] == ["soles.drawing"]


def test_an_empty_drawing_survives_the_cache(tmp_path, monkeypatch):
    monkeypatch.setattr(drawing_module, "_svg", lambda _view: svg(""))
    for _ in range(2):
        assert load_drawing(ViewId.ANTERIOR, cache=tmp_path).shapes == ()
