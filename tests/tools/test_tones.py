"""Shapes of shade and light lie where the picture is dark or bright, and within their face."""

import numpy as np
import pytest
import shapely
from shapely import box

from tools.draw_atlas.arc_fitting import Manner
from tools.draw_atlas.partition import polygon_of
from tools.draw_atlas.relief import Material, Relief
from tools.draw_atlas.tones import ToneStep, Toning, face_tones, materials

FACE = box(5, 10, 65, 110)
STEPS = (ToneStep("tone tone-1", 0.0, 0.85), ToneStep("light", 1.15, 9.0))
TONING = Toning(Manner(sigma_mm=2.0, error_mm=0.3, corner_deg=80), least_mm2=20.0, steps=STEPS)


def a_slope(dark: float = 60.0, bright: float = 140.0) -> Relief:
    """Dark at the left, bright at the right."""
    row = np.linspace(dark, bright, 80)
    return Relief(np.tile(row, (130, 1)), left=0, top=0, mm=1.0)


def shapes_by_step(relief: Relief, material: Material, *, mirrored: bool = False):
    tones = face_tones(relief, FACE, material, TONING, mirrored=mirrored)
    return {step: polygon_of(curves) for step, curves in tones}


def test_shade_lies_on_the_dark_side_and_light_on_the_bright_one():
    found = shapes_by_step(a_slope(), Material(100))
    assert found["tone tone-1|0"].centroid.x < 25
    assert found["light|1"].centroid.x > 45


def test_tones_stay_within_their_face():
    for shape in shapes_by_step(a_slope(), Material(100)).values():
        assert shape.difference(FACE.buffer(0.3)).area < 0.1


def test_an_evenly_lit_face_is_left_plain():
    assert shapes_by_step(a_slope(100, 100), Material(100)) == {}


def test_a_small_face_is_left_plain():
    tiny = box(5, 10, 10, 15)
    assert face_tones(a_slope(), tiny, Material(100), TONING, mirrored=False) == []


def test_bone_that_shines_through_flesh_passes_unheeded():
    relief = a_slope(100, 100)
    relief.brightness[50:70, 25:45] = 220
    assert "light|1" in shapes_by_step(relief, Material(100))
    assert shapes_by_step(relief, Material(100, ceiling=150)) == {}


def test_a_symmetric_view_averages_its_halves():
    relief = Relief(np.tile(np.linspace(40, 160, 141), (130, 1)), left=-70, top=0, mm=1.0)
    assert shapes_by_step(relief, Material(100), mirrored=True) == {}


def test_each_kind_has_its_own_usual_brightness():
    relief = a_slope()
    shapes = {("soleus", "left"): box(0, 0, 20, 100), ("tibia", "left"): box(60, 0, 79, 100)}
    found = materials(relief, shapes, {"soleus": "muscle", "tibia": "bone"})
    assert found["muscle"].usual == pytest.approx(70, abs=4)
    assert found["bone"].usual == pytest.approx(130, abs=4)
    assert np.isinf(found["bone"].ceiling)


def test_the_relief_is_read_between_its_pixels():
    relief = Relief(np.array([[0.0, 100.0], [0.0, 100.0]]), left=10, top=20, mm=2.0)
    assert relief.at(np.array([11.0]), np.array([21.0]))[0] == pytest.approx(50)
    assert shapely.is_valid(FACE)
