"""The plates of the surface regions: whatever the figure, its skin is shared out exactly."""

import json
import tomllib
from importlib import resources

import pytest
import shapely
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from shapely import MultiPolygon, Polygon, affinity, box
from shapely.geometry import Point

from tools.draw_atlas.regions.__main__ import write_list
from tools.draw_atlas.regions.cutting import cut, fields, on_the_grid
from tools.draw_atlas.regions.doubts import doubts
from tools.draw_atlas.regions.plate import PLATES, Plate, drawn_line, place, read_plate
from tools.draw_atlas.regions.zones import zones
from tools.draw_atlas.surface_regions import surface_regions

FRONT_AND_BACK = ("anterior", "posterior")
SIDES = ("lateral-left", "lateral-right")
FEET = ("soles", "feet-dorsal")
VIEWS = (*FRONT_AND_BACK, *SIDES, *FEET)


def a_figure(view):
    """A plain body: roughly where the real one is, but of ellipses and boxes."""
    if view in FEET:
        foot = affinity.scale(Point(96, 0).buffer(1.0), 50, 140)
        return MultiPolygon([foot, affinity.scale(foot, -1, origin=(0, 0))])
    head = affinity.scale(Point(0, 110).buffer(1.0), 85, 110)
    trunk = box(-180, 200, 180, 900)
    legs = box(-150, 880, 150, 1700)
    if view in SIDES:
        return _whole(head, affinity.scale(trunk, 0.7), affinity.scale(legs, 0.6))
    arm = box(190, 300, 300, 1000)
    gap = box(-10, 1000, 10, 1701)
    limbs = (arm, affinity.scale(arm, -1, origin=(0, 0)), box(-195, 300, 195, 500))
    return _whole(head, trunk, legs.difference(gap), *limbs)


def _whole(*parts):
    whole = shapely.unary_union(parts)
    return whole if isinstance(whole, MultiPolygon) else MultiPolygon([whole])


@pytest.fixture(scope="module")
def measured(tmp_path_factory):
    """Landmarks for every name on the plates, all in one place: the plates must stand that."""
    folder = tmp_path_factory.mktemp("measured")
    ids = {word.partition("+")[0] for view in _plates() for word in _words(view)}
    marks = [
        {"id": name, "side": "left", "views": {view: [20.0, 400.0] for view in VIEWS}}
        for name in sorted(ids)
        if name[0].isalpha() and name != "o"
    ]
    (folder / "landmarks.json").write_text(json.dumps({"landmarks": marks}), encoding="utf-8")
    return folder


def _plates():
    return [tomllib.loads(file.read_text("utf-8")) for file in sorted(PLATES.glob("*.toml"))]


def _words(plate):
    groups = [*plate["lines"].values(), plate["names"]]
    return [word for group in groups for line in group.values() for word in line.split()]


@pytest.mark.parametrize("view", VIEWS)
def test_every_point_of_the_skin_lies_in_exactly_one_region(view, measured):
    figure = a_figure(view)
    regions = list(surface_regions(view, figure, measured).values())
    together = shapely.unary_union(regions)
    assert together.symmetric_difference(figure).area < 0.01 * figure.length
    assert sum(r.area for r in regions) == pytest.approx(together.area, abs=0.1)


@pytest.mark.parametrize("view", VIEWS)
def test_neighbours_share_their_border_point_for_point(view, measured):
    regions = surface_regions(view, a_figure(view), measured)
    assert shapely.coverage_is_valid(list(regions.values()))


@pytest.mark.parametrize("view", [*FRONT_AND_BACK, *FEET])
def test_the_right_side_mirrors_the_left(view, measured):
    regions = surface_regions(view, a_figure(view), measured)
    for (zone, side), region in regions.items():
        other = {"left": "right", "right": "left", "midline": "midline"}[side]
        mirrored = affinity.scale(region, -1, origin=(0, 0))
        assert mirrored.symmetric_difference(regions[zone, other]).area < 0.01, zone


def test_the_right_view_from_the_side_mirrors_the_left_one(measured):
    left = surface_regions("lateral-left", a_figure("lateral-left"), measured)
    mirrored = affinity.scale(a_figure("lateral-left"), -1, origin=(0, 0))
    right = surface_regions("lateral-right", mirrored, measured)
    for (zone, side), region in left.items():
        twin = right[zone, "right" if side == "left" else side]
        mirrored = affinity.scale(twin, -1, origin=(0, 0))
        assert mirrored.symmetric_difference(region).area < 0.5, zone


@pytest.mark.parametrize("view", [*FRONT_AND_BACK, *FEET])
def test_sides_are_the_patients(view, measured):
    left_is_positive = view != "posterior"
    for (zone, side), region in surface_regions(view, a_figure(view), measured).items():
        u0, _, u1, _ = region.bounds
        if side == "midline":
            assert u0 < 0 < u1, zone
        else:
            assert (u0 >= 0) == ((side == "left") == left_is_positive), zone
            assert u0 >= 0 or u1 <= 0, zone


@given(
    width=st.floats(200, 600),
    height=st.floats(200, 900),
    u=st.floats(-150, -50),
    v=st.floats(0, 800),
    turn=st.floats(0, 90),
)
@settings(max_examples=15, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
def test_any_shape_at_all_is_covered(measured, width, height, u, v, turn):
    shape = affinity.rotate(box(u, v, u + width, v + height), turn)
    figure = MultiPolygon([shape])
    regions = surface_regions("anterior", figure, measured)
    together = shapely.unary_union(list(regions.values()))
    assert together.symmetric_difference(figure).area < 0.01 * figure.length
    assert shapely.coverage_is_valid(list(regions.values()))


def test_every_name_on_a_plate_is_a_zone_and_every_zone_is_on_a_plate():
    on_plates = {zone for plate in _plates() for zone in plate["names"]}
    assert on_plates == set(zones())


def test_midline_zones_have_no_side_and_the_others_have_one(measured):
    for view in VIEWS:
        for zone, side in surface_regions(view, a_figure(view), measured):
            assert (side == "midline") == zones()[zone].is_midline


def test_a_zone_says_its_name_and_borders():
    for zone in zones().values():
        assert zone.name
        assert zone.description.endswith(".")


def two_fields():
    return Plate({"middle": drawn_line("-1,5 11,5", {})}, {"above": ((5, 2),), "below": ((5, 8),)})


def test_a_line_divides_a_figure():
    shares = cut(on_the_grid(box(0, 0, 10, 10)), two_fields())
    assert shares["above"].equals(box(0, 0, 10, 5))
    assert shares["below"].equals(box(0, 5, 10, 10))


def test_a_field_without_a_name_goes_to_the_neighbour_with_most_border():
    lines = {"a": drawn_line("-1,5 11,5", {}), "b": drawn_line("-1,6 11,6", {})}
    sheet = Plate(lines, {"above": ((5, 2),), "below": ((5, 8),)})
    figure = Polygon([(0, 0), (10, 0), (10, 5), (9, 6), (9, 10), (0, 10)])
    shares = cut(on_the_grid(figure), sheet)
    assert shares["above"].area == pytest.approx(50 + 9.5)
    assert len(fields(on_the_grid(figure), lines.values())) == 3


def test_a_field_with_two_names_is_divided_by_nearness():
    sheet = Plate({}, {"above": ((5, 2),), "below": ((5, 8),)})
    shares = cut(on_the_grid(box(0, 0, 10, 10)), sheet)
    assert shares["above"].equals(box(0, 0, 10, 5))
    assert shares["below"].equals(box(0, 5, 10, 10))


def test_an_island_that_touches_nothing_goes_to_the_nearest_zone():
    figure = MultiPolygon([box(0, 0, 10, 10), box(0, 20, 10, 30)])
    shares = cut(figure, two_fields())
    assert shares["below"].area == pytest.approx(150)


def test_a_place_may_be_a_landmark_and_an_offset():
    landmarks = {"nipple": (110.5, 430.0)}
    assert place("nipple", landmarks) == (110.5, 430.0)
    assert place("nipple+-10,5", landmarks) == (100.5, 435.0)
    assert place("-4,36.5", landmarks) == (-4.0, 36.5)


def test_a_line_runs_through_its_places_and_a_little_beyond():
    line = drawn_line("0,0 10,8 30,0", {})
    for at in ((0, 0), (10, 8), (30, 0)):
        assert line.distance(Point(at)) < 1e-9
    assert line.length > 35


def test_a_line_that_ends_with_o_is_closed_and_smooth():
    ring = drawn_line("0,0 10,0 10,10 0,10 o", {})
    assert ring.is_ring
    assert Polygon(ring).area > 110


def test_a_plate_is_read_from_its_file(tmp_path):
    file = tmp_path / "plate.toml"
    file.write_text('[lines.arm]\nelbow = "0,0 tip"\n[names]\narm = "5,5 6,6"\n', "utf-8")
    sheet = read_plate(file, {"tip": (9.0, 0.0)})
    assert list(sheet.lines) == ["arm.elbow"]
    assert sheet.names == {"arm": ((5.0, 5.0), (6.0, 6.0))}


def test_a_plate_whose_lines_close_leaves_no_doubts():
    assert doubts(on_the_grid(box(0, 0, 10, 10)), two_fields()) == []


def test_a_line_that_stops_short_is_named_by_the_fields_it_fails_to_part():
    sheet = Plate({"short": drawn_line("-1,5 4,5", {})}, two_fields().names)
    assert doubts(on_the_grid(box(0, 0, 10, 10)), sheet) == ["one field for above, below"]


def test_a_field_without_a_name_and_a_name_without_a_field_are_doubted():
    sheet = Plate(two_fields().lines, {"above": ((5, 2),), "beside": ((50, 2),)})
    said = doubts(on_the_grid(box(0, 0, 10, 10)), sheet)
    assert said == ["no name at 5,8: 50 mm2", "nowhere: beside"]


def test_the_list_in_the_package_is_the_table(tmp_path):
    write_list(tmp_path / "regions.json")
    shipped = resources.files("bodymap.assets") / "atlas" / "regions.json"
    assert (tmp_path / "regions.json").read_text("utf-8") == shipped.read_text("utf-8")


def test_a_figure_that_holds_no_name_goes_to_the_zone_written_nearest():
    shares = cut(MultiPolygon([box(0, 7, 1, 7.5)]), two_fields())
    assert list(shares) == ["below"]
    assert shares["below"].area == pytest.approx(0.5)
