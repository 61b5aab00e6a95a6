"""The catalogue, and which muscle a needle may be meant for."""

import pytest

from bodymap.atlas.ids import Kind, LayerId, Side, StructureId, ViewId
from bodymap.atlas.structures import StackEntry, catalogue, suitable_muscles


def entry(name, side=Side.LEFT, entry_mm=1.0):
    structure = catalogue()[StructureId(name)]
    return StackEntry(structure.id, structure.name, structure.kind, side, entry_mm, entry_mm + 5)


def test_names_are_those_of_the_body_without_a_side():
    for structure in catalogue().values():
        assert structure.name
        assert not {"left", "right"} & set(structure.name.lower().replace(",", "").split())


def test_parents_are_in_the_catalogue_and_have_none_themselves():
    for structure in catalogue().values():
        if structure.parent is not None:
            assert catalogue()[structure.parent].parent is None


def test_a_muscle_knows_its_latin_name_group_and_depth():
    muscle = catalogue()[StructureId("infraspinatus")]
    assert muscle.latin == "Musculus infraspinatus"
    assert (muscle.kind, muscle.group) == (Kind.MUSCLE, "shoulder-girdle")
    depth = muscle.depths[ViewId.POSTERIOR]
    assert 0 < depth.p10_mm <= depth.p50_mm <= depth.p90_mm
    assert depth.thickness_mm > 0


@pytest.mark.parametrize("view", ViewId)
@pytest.mark.parametrize("layer", [x for x in LayerId if x.value.startswith(("mus", "ske", "haz"))])
def test_everything_drawn_is_in_the_catalogue(atlas, view, layer):
    drawn = {shape.structure for shape in atlas.view(view).drawing.in_layer(layer)}
    assert {name for name in drawn if name} - set(catalogue()) == set()


def test_muscles_come_once_the_most_superficial_first():
    stack = [
        entry("trapezius-transverse"),
        entry("rhomboid-major", entry_mm=9),
        entry("rib-4", entry_mm=20),
        entry("trapezius-transverse", entry_mm=30),
    ]
    assert [m.id for m in suitable_muscles(stack)] == ["trapezius-transverse", "rhomboid-major"]


def test_a_sheet_that_hides_nothing_is_not_meant_unless_it_is_alone():
    platysma, muscle = entry("platysma"), entry("sternocleidomastoid", entry_mm=8)
    assert suitable_muscles([platysma, muscle]) == (muscle,)
    assert suitable_muscles([platysma, entry("hyoid")]) == (platysma,)
    assert suitable_muscles([entry("hyoid")]) == ()


def test_what_lies_behind_an_organ_or_thick_bone_is_not_meant():
    muscle, behind = entry("splenius-capitis"), entry("risorius", entry_mm=90)
    femur = entry("femur", entry_mm=30)._replace(exit_mm=60)
    assert suitable_muscles([muscle, femur, behind]) == (muscle,)
    assert suitable_muscles([muscle, entry("pleura"), behind]) == (muscle,)
    assert suitable_muscles([muscle, entry("rib-4"), behind]) == (muscle, behind)
    assert suitable_muscles([femur, behind]) == ()
