"""The clinical files themselves: their schemas, and that all their ties hold both ways."""

import json
import re
from importlib import resources

import jsonschema
import pytest

from bodymap.atlas.ids import Kind, LayerId, ViewId
from bodymap.atlas.knowledge import Knowledge
from bodymap.atlas.regions import regions
from bodymap.atlas.structures import catalogue

FOLDER = resources.files("bodymap.assets") / "clinical"
FILES = sorted(file.name for file in FOLDER.iterdir() if file.name.endswith(".json"))


def contents(name):
    return json.loads((FOLDER / name).read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def knowledge():
    return Knowledge()


@pytest.fixture(scope="module")
def drawn(atlas):
    """The structures drawn in each layer, over all views."""
    return {
        layer: {s.structure for view in ViewId for s in atlas.view(view).drawing.in_layer(layer)}
        for layer in LayerId
    }


@pytest.fixture(scope="module")
def drawn_muscles(drawn):
    layers = (LayerId.MUSCLES_SUPERFICIAL, LayerId.MUSCLES_INTERMEDIATE, LayerId.MUSCLES_DEEP)
    shown = set().union(*(drawn[layer] for layer in layers))
    return {name for name in shown if name and catalogue()[name].kind is Kind.MUSCLE}


@pytest.mark.parametrize("name", FILES)
def test_each_file_keeps_to_its_schema(name):
    file = contents(name)
    schema = contents(file["$schema"])
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(file, schema, cls=jsonschema.Draft202012Validator)


def test_there_is_a_schema_for_each_file_and_no_other():
    schemas = {file.name.removesuffix(".schema.json") for file in (FOLDER / "schema").iterdir()}
    assert schemas == {name.removesuffix(".json") for name in FILES}


@pytest.mark.parametrize("name", FILES)
def test_each_file_says_that_it_is_only_reference(name):
    assert "not advice" in contents(name)["about"]["note"]


def test_the_reference_is_as_wide_as_it_was_written(knowledge):
    points = [p for muscle in knowledge.muscles.values() for p in muscle.trigger_points]
    assert (len(knowledge.muscles), len(points)) == (151, 213)
    assert sum(1 for muscle in knowledge.muscles.values() if muscle.trigger_points) == 145
    assert len(knowledge.hazards) == 68
    assert len(knowledge.screening) == 50
    assert len(knowledge.dermatomes) == 31
    assert len(knowledge.needles.common_sizes) == 21
    assert len({point.id for point in points}) == len(points)


def test_every_muscle_has_an_outline_or_a_reason(knowledge, drawn_muscles):
    without = {m.id for m in knowledge.muscles.values() if not drawn_muscles & {*m.structures}}
    assert without == set(knowledge.gaps.muscles_without_outline)


def test_every_drawn_muscle_has_an_entry_or_a_reason(knowledge, drawn_muscles):
    without = {name for name in drawn_muscles if not knowledge.muscles_of(name)}
    assert without <= set(knowledge.gaps.structures_without_muscle)


def test_every_muscle_of_the_catalogue_has_an_entry_or_a_reason(knowledge):
    muscles = {s.id for s in catalogue().values() if s.kind is Kind.MUSCLE}
    without = {name for name in muscles if not knowledge.muscles_of(name)}
    assert without - set(knowledge.gaps.structures_without_muscle) == set()
    assert set(knowledge.gaps.structures_without_muscle) <= muscles


def test_no_reason_is_given_for_what_has_its_counterpart(knowledge):
    gaps = knowledge.gaps
    assert set(gaps.muscles_without_outline) <= set(knowledge.muscles)
    assert not any(map(knowledge.muscles_of, gaps.structures_without_muscle))
    assert not any(map(knowledge.hazards_of, gaps.structures_without_hazard))


def test_every_drawn_hazard_has_an_entry_or_a_reason(knowledge, drawn):
    without = {name for name in drawn[LayerId.HAZARDS] if not knowledge.hazards_of(name)}
    assert without == set(knowledge.gaps.structures_without_hazard)


def test_entries_name_only_structures_that_exist(knowledge):
    named = [m.structures for m in knowledge.muscles.values()]
    named += [h.structures for h in knowledge.hazards.values()]
    assert {name for names in named for name in names} <= set(catalogue())


def test_a_muscles_outlines_are_muscles_of_no_other_muscle(knowledge):
    shared = {}
    for muscle in knowledge.muscles.values():
        for name in muscle.structures:
            assert catalogue()[name].kind is Kind.MUSCLE
            shared.setdefault(name, []).append(muscle.id)
    assert [owners for owners in shared.values() if len(owners) > 1] == [
        ["first-dorsal-interosseous-hand", "dorsal-interossei-hand"]
    ]


def test_hazards_and_muscles_point_to_each_other(knowledge):
    hazards = {hazard for muscle in knowledge.muscles.values() for hazard in muscle.hazards}
    assert set(knowledge.hazards) - hazards == {"surface-exclusions"}
    assert hazards <= set(knowledge.hazards)
    assert {h for item in knowledge.screening.values() for h in item.hazards} <= set(
        knowledge.hazards
    )


def test_zones_are_regions_but_for_a_few(knowledge):
    others = {zone for zone in knowledge.zones if zone not in regions()}
    assert others == {"forehead-contralateral", "thoracolumbar-band", "lumbosacral-band"}
    left_out = resources.files("bodymap.assets") / "atlas" / "regions.json"
    listed = json.loads(left_out.read_text(encoding="utf-8"))["left_out"]
    for zone in listed:
        entry = knowledge.zones[zone["id"]]
        assert {*entry.core, *entry.edge} == set(zone["drawn_as"])


def test_a_pattern_names_no_region_twice(knowledge):
    for muscle in knowledge.muscles.values():
        for point in muscle.trigger_points:
            zones = [*point.referral.primary, *point.referral.spillover]
            assert len(zones) == len({zone.id for zone in zones}), point.id


def test_regions_without_a_dermatome_or_a_pattern_are_known(knowledge):
    of_dermatomes = {r for d in knowledge.dermatomes.values() for r in d.regions}
    assert set(regions()) - of_dermatomes == set()
    felt = {
        region
        for muscle in knowledge.muscles.values()
        for point in muscle.trigger_points
        for zone in (*point.referral.primary, *point.referral.spillover)
        for region in (*zone.core, *zone.edge)
    }
    assert set(regions()) - felt == {"supraclavicular", "axilla"}


def cited(value, key=""):
    """The texts below any field named source or sources."""
    if isinstance(value, str):
        return {value} if key.startswith("source") else set()
    parts = value if isinstance(value, list) else []
    named = value.items() if isinstance(value, dict) else [(key, part) for part in parts]
    return {text for name, part in named for text in cited(part, key if key == "sources" else name)}


def test_every_source_is_used_and_every_id_known(knowledge):
    files = [contents(name) for name in FILES if name not in {"sources.json", "codes.json"}]
    used = {text for file in files for text in cited({**file, "about": None})}
    assert used == set(knowledge.sources)


def test_sources_keep_their_marks(knowledge):
    seen = [source.seen for source in knowledge.sources.values()]
    assert {"read", "in-part", "not-opened"} == set(seen)
    for muscle in knowledge.muscles.values():
        assert bool(muscle.trigger_points) == (muscle.referral_check is not None), muscle.id


def test_codes_are_unique_and_of_muscles(knowledge):
    assert set(knowledge.codes) == set(knowledge.muscles)
    for name in ("fma", "snomed_ct"):
        codes = [getattr(c, name) for c in knowledge.codes.values() if getattr(c, name)]
        assert len(codes) == len(set(codes))


def test_screening_rules_ask_for_their_own_answer_or_for_the_record(knowledge):
    for item in knowledge.screening.values():
        answers = {f for f in item.rule.fields() if f.startswith("screening.")}
        assert answers <= {f"screening.{item.id}"}
        assert item.rule.fields()


@pytest.mark.parametrize("name", FILES)
def test_no_text_names_where_it_was_made(name):
    text = (FOLDER / name).read_text(encoding="utf-8")
    assert not re.search(r"\bseed\b|\.\./shared|/work/", text)
