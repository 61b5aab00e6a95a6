"""Asking the clinical reference: by id, by name, by what is drawn; and files that are wrong."""

import pytest

from bodymap.atlas.clinical.dermatomes import read_dermatomes
from bodymap.atlas.clinical.entry import Entry, KnowledgeError, clinical_file
from bodymap.atlas.clinical.hazards import Level
from bodymap.atlas.clinical.muscles import NeedleCheck, ReferralCheck, read_muscles
from bodymap.atlas.clinical.names import folded
from bodymap.atlas.clinical.referral import Relation, read_zones
from bodymap.atlas.clinical.rules import read_rule
from bodymap.atlas.clinical.screening import Scope, Severity
from bodymap.atlas.clinical.sources import Seen, read_sources
from bodymap.atlas.ids import Side, StructureId
from bodymap.atlas.knowledge import Knowledge
from bodymap.errors import BodymapError, NotFoundError


@pytest.fixture(scope="module")
def knowledge():
    return Knowledge.load()


def test_there_is_one_reference():
    assert Knowledge.load() is Knowledge.load()


def test_a_muscle_says_what_a_therapist_asks(knowledge):
    muscle = knowledge.muscle("infraspinatus")
    assert (muscle.name, muscle.latin) == ("Infraspinatus", "Musculus infraspinatus")
    assert muscle.innervation.nerve == "suprascapular nerve"
    assert muscle.innervation.roots == ("C5", "C6")
    assert [point.label for point in muscle.trigger_points] == ["TrP1", "TrP2", "TrP3"]
    assert muscle.referral_check is ReferralCheck.CAPTION_OR_ASSOCIATION
    assert muscle.needle.check is NeedleCheck.GENERAL_KNOWLEDGE
    assert muscle.needle.length_mm[0] < muscle.needle.length_mm[1]
    assert "pneumothorax" in muscle.hazards


def test_a_depth_not_to_pass_comes_with_its_source(knowledge):
    guide = knowledge.muscle("rhomboid-major").depth_guide
    assert guide.mm == 19
    assert "ultrasound" in knowledge.cite([guide.source])[0]
    assert knowledge.muscle("soleus").depth_guide is None


def test_an_unknown_muscle_is_told(knowledge):
    with pytest.raises(NotFoundError, match="'gluteus-tertius'"):
        knowledge.muscle("gluteus-tertius")


def test_a_drawn_part_knows_its_muscle(knowledge):
    assert knowledge.muscle_of(StructureId("trapezius-descending")).id == "upper-trapezius"
    assert knowledge.muscle_of(StructureId("adductor-minimus")).id == "adductor-magnus"
    assert knowledge.muscle_of(StructureId("femur")) is None


def test_a_whole_knows_the_muscles_of_its_parts(knowledge):
    found = [muscle.id for muscle in knowledge.muscles_of(StructureId("trapezius"))]
    assert found == ["upper-trapezius", "middle-trapezius", "lower-trapezius"]
    assert [m.id for m in knowledge.muscles_of(StructureId("biceps-brachii"))] == ["biceps-brachii"]


def test_a_drawn_organ_knows_its_hazard(knowledge):
    (hazard,) = knowledge.hazards_of(StructureId("pleura"))
    assert hazard.level is Level.LIFE_THREATENING
    assert hazard.guidance
    assert hazard.warning_signs
    levels = [list(Level).index(h.level) for h in knowledge.hazards_of(StructureId("radial-nerve"))]
    assert levels == sorted(levels)
    assert len(levels) > 1
    assert knowledge.hazards_of(StructureId("femur")) == ()


def test_a_hazard_knows_its_muscles(knowledge):
    near = {muscle.id for muscle in knowledge.muscles_near("pneumothorax")}
    assert {"upper-trapezius", "intercostals", "pectoralis-minor"} <= near
    assert "soleus" not in near


@pytest.mark.parametrize(
    ("text", "muscle"),
    [
        ("ECRB", "extensor-carpi-radialis-brevis"),
        ("QL", "quadratus-lumborum"),
        ("ut", "upper-trapezius"),
        ("scm", "sternocleidomastoid"),
        ("TFL", "tensor-fasciae-latae"),
        ("Musculus Infraspinatus", "infraspinatus"),
        ("m. soleus", "soleus"),
        ("pars descendens musculi trapezii", "upper-trapezius"),
        ("Peroneus longus", "fibularis-longus"),
        ("glute med", "gluteus-medius"),
        ("  Bíceps   BRACHII ", "biceps-brachii"),
        ("gluteus maximus", "gluteus-maximus"),
        ("gluteus-maximus", "gluteus-maximus"),
        ("levator sc", "levator-scapulae"),
        ("sternomast", "sternocleidomastoid"),
        ("pterygoideus medialis", "medial-pterygoid"),
        ("erector spinae", "iliocostalis-thoracis"),
        ("lumborum quad", "quadratus-lumborum"),
    ],
)
def test_a_muscle_is_found_by_any_name(knowledge, text, muscle):
    assert knowledge.find_muscles(text)[0].id == muscle


def test_every_name_finds_its_own_muscle(knowledge):
    for muscle in knowledge.muscles.values():
        names = (muscle.id, muscle.name, muscle.latin, *muscle.latin_also)
        for name in names:
            assert knowledge.find_muscles(name)[0].id == muscle.id, name
        for name in (*muscle.aliases, *muscle.abbreviations):
            assert muscle in knowledge.find_muscles(name), name


def test_the_name_of_a_group_finds_all_of_it(knowledge):
    found = [muscle.id for muscle in knowledge.find_muscles("hamstrings")]
    assert found == ["biceps-femoris", "semitendinosus", "semimembranosus"]


def test_abbreviations_come_before_names_that_begin_so(knowledge):
    first, *others = knowledge.find_muscles("PT")
    assert first.id == "pronator-teres"
    assert all("pt" in folded(" ".join((m.name, m.latin, *m.aliases))) for m in others)


@pytest.mark.parametrize("text", ["", "   ", "?", "xyzzy"])
def test_what_names_nothing_finds_nothing(knowledge, text):
    assert knowledge.find_muscles(text) == ()


def test_a_slip_of_the_pen_has_a_nearest_muscle(knowledge):
    assert knowledge.nearest_muscle("infraspinatis").id == "infraspinatus"
    assert knowledge.nearest_muscle("xyzzy") is None


def test_referral_is_seen_from_the_trigger_points_side(knowledge):
    points = {p.id: p.referral for p in knowledge.muscle("sternocleidomastoid").trigger_points}
    assert points["sternocleidomastoid-4"].primary_on(Side.LEFT) == {("forehead", Side.LEFT)}
    assert points["sternocleidomastoid-4"].spillover_on(Side.LEFT) == {("forehead", Side.RIGHT)}
    assert points["sternocleidomastoid-1"].primary_on(Side.LEFT) == {("sternum", Side.MIDLINE)}


def test_a_band_lies_on_both_sides_and_touches_its_neighbours(knowledge):
    (upper, *_) = knowledge.muscle("rectus-abdominis").trigger_points
    assert upper.referral.primary[0].relation is Relation.BOTH
    assert upper.referral.primary_on(Side.RIGHT) == {
        ("lower-thoracic-back", Side.LEFT),
        ("lower-thoracic-back", Side.RIGHT),
    }
    assert ("infrascapular", Side.LEFT) in upper.referral.spillover_on(Side.RIGHT)


def test_a_source_is_shown_with_its_mark(knowledge):
    assert knowledge.cite(["grays-anatomy-41st-ed-2016"]) == (
        "Gray's Anatomy 41st ed. 2016 (not opened)",
    )
    partly = knowledge.sources["bodyhealtherapy-scm"]
    assert partly.seen is Seen.IN_PART
    assert partly.as_text.endswith("(read: referral text, retells others)")


def test_a_dermatome_lies_on_regions(knowledge):
    assert "thumb" in knowledge.dermatomes["C6"].regions
    assert knowledge.dermatomes["S4-S5"].key_point


def test_needles_are_in_millimetres(knowledge):
    needles = knowledge.needles
    assert needles.dwell_min == (10, 30)
    assert {(size.diameter_mm, size.length_mm) for size in needles.common_sizes} >= {(0.30, 40)}
    thin = [diameter.mm for diameter in needles.diameters]
    assert thin == sorted(thin)
    assert needles.sources["sizes"]


def test_screening_tells_absolute_from_relative_and_visit_from_region(knowledge):
    items = knowledge.screening
    assert sum(item.severity is Severity.ABSOLUTE for item in items.values()) == 18
    assert items["open-wound"].scope is Scope.REGION
    assert items["blood-thinners"].severity is Severity.RELATIVE


@pytest.mark.parametrize(
    ("item", "facts", "holds"),
    [
        ("child-under-12", {"patient.age_years": 11}, True),
        ("child-under-12", {"patient.age_years": 12}, False),
        ("child-under-12", {}, None),
        ("adolescent", {"patient.age_years": 12}, True),
        ("adolescent", {"patient.age_years": 18}, False),
        ("pacemaker", {"screening.pacemaker": True}, True),
        ("pacemaker", {"screening.pacemaker": False}, False),
        ("pregnancy", {"patient.pregnant": True, "patient.trimester": 3}, True),
        ("pregnancy", {"patient.pregnant": True, "patient.trimester": 1}, False),
        ("pregnancy", {"patient.pregnant": False}, False),
        ("pregnancy", {"patient.pregnant": True}, None),
        ("pregnancy-first-trimester", {"patient.pregnancy_possible": True}, True),
        ("pregnancy-first-trimester", {"patient.pregnant": False}, None),
        (
            "pregnancy-first-trimester",
            {"patient.pregnant": False, "patient.pregnancy_possible": False},
            False,
        ),
        ("obesity", {"patient.bmi": 35.1}, True),
        ("obesity", {"patient.bmi": None}, None),
        ("unclear-diagnosis", {"visit.diagnosis": None}, True),
        ("unclear-diagnosis", {"visit.diagnosis": "neck pain"}, False),
    ],
)
def test_a_screening_rule_says_yes_no_or_not_known(knowledge, item, facts, holds):
    assert knowledge.screening[item].holds(facts) is holds


def muscle_file(**changes):
    values = {
        "id": "soleus",
        "name": "Soleus",
        "latin": "Musculus soleus",
        "latin_also": [],
        "aliases": [],
        "abbreviations": [],
        "group": "leg",
        "views": ["posterior"],
        "layer": 2,
        "structures": ["soleus"],
        "innervation": {"nerve": "tibial nerve", "roots": ["S1"]},
        "action": "Points the foot.",
        "trigger_points": [
            {"id": "s-1", "label": "TrP1", "place": "calf", "primary": ["heel"], "spillover": []}
        ],
        "referral_check": "secondary",
        "needle": {"length_mm": [30, 50], "diameter_mm": [0.25, 0.3], "approach": "From inside."},
        "needle_check": "guideline",
        "depth_guide": None,
        "hazards": [],
        "precautions": "",
        "often_found_in": [],
        "note": None,
        "sources": [],
    }
    return Entry({"muscles": [values | changes]}, "muscles.json")


def wrong_point(**changes):
    point = {"id": "s-1", "label": "TrP1", "place": "calf", "primary": ["heel"], "spillover": []}
    return [point | changes]


def test_a_right_file_is_read():
    zones = read_zones(clinical_file("zones"))
    assert list(read_muscles(muscle_file(), zones)) == ["soleus"]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"name": ""}, "muscles.json, soleus, name: a text was expected."),
        ({"layer": 5}, "soleus, layer: it goes from 1 to 4"),
        ({"layer": "deep"}, "soleus, layer: a number was expected"),
        ({"layer": True}, "soleus, layer: a number was expected"),
        ({"views": ["top"]}, "soleus, views: 'top' is not a valid ViewId"),
        ({"aliases": "none"}, "soleus, aliases: a list of texts was expected"),
        ({"innervation": None}, "soleus, innervation: an object was expected"),
        ({"precautions": None}, "soleus, precautions: a text was expected"),
        ({"referral_check": "sure"}, "'sure' is none of caption-or-association"),
        ({"trigger_points": {}}, "soleus, trigger_points: a list was expected"),
        ({"trigger_points": wrong_point(primary=[])}, "soleus, s-1, primary"),
        (
            {"trigger_points": wrong_point(primary=["knee"])},
            "s-1, primary: there is no zone 'knee'",
        ),
        ({"trigger_points": wrong_point(only_side="both")}, "s-1, only_side: 'both' is none of"),
        (
            {"trigger_points": [{"label": "TrP1"}]},
            "trigger_points 1, primary: the field is missing",
        ),
        ({"needle": {"length_mm": [50, 30]}}, "needle, length_mm: two numbers were expected"),
        ({"depth_guide": {"mm": "19"}}, "depth_guide, mm: a number was expected"),
        ({"needle": {"length_mm": 30}}, "needle, length_mm: a list of numbers was expected"),
        ({"needle": {"length_mm": ["30", 40]}}, "needle, length_mm: a number was expected"),
    ],
)
def test_a_wrong_muscle_is_told_with_its_place(changes, message):
    with pytest.raises(KnowledgeError) as problem:
        read_muscles(muscle_file(**changes), read_zones(clinical_file("zones")))
    assert message in str(problem.value)


def test_ids_are_taken_once():
    one = {"id": "a", "title": "A", "seen": "read"}
    with pytest.raises(KnowledgeError, match="the id is taken"):
        read_sources(Entry({"sources": [one, one]}, "sources.json"))
    twice = Entry({"muscles": [muscle_file().value("muscles")[0]] * 2}, "muscles.json")
    with pytest.raises(KnowledgeError, match="the id is taken"):
        read_muscles(twice, read_zones(clinical_file("zones")))


@pytest.mark.parametrize(
    "source",
    [
        {"id": "a", "title": "A", "seen": "in-part"},
        {"id": "a", "title": "A", "seen": "read", "part": "abstract"},
        {"id": "a", "title": "A", "seen": "read", "secondary": "yes"},
    ],
)
def test_a_sources_mark_has_to_make_sense(source):
    with pytest.raises(KnowledgeError, match=r"sources\.json, a, (part|secondary)"):
        read_sources(Entry({"sources": [source]}, "sources.json"))


def test_other_wrong_files_are_told():
    heel = {"id": "heel", "name": "Heel", "side": "both", "core": [], "edge": [], "why": "."}
    with pytest.raises(KnowledgeError, match="a surface region has this id"):
        read_zones(Entry({"zones": [heel]}, "zones.json"))
    nowhere = {"id": "C6", "key_point": "Thumb", "regions": ["paw"], "sources": []}
    with pytest.raises(KnowledgeError, match="there is no surface region 'paw'"):
        read_dermatomes(Entry({"dermatomes": [nowhere]}, "dermatomes.json"))
    with pytest.raises(KnowledgeError, match="'~' is none of"):
        read_rule(Entry({"field": "patient.bmi", "op": "~", "value": 3}, "screening.json"))
    with pytest.raises(KnowledgeError, match="cannot be read"):
        clinical_file("nothing")


def test_a_broken_tie_is_told(monkeypatch):
    files = {"muscles": muscle_file(sources=["nobody"])}

    def clinical(name):
        return files.get(name) or clinical_file(name)

    monkeypatch.setattr("bodymap.atlas.knowledge.clinical_file", clinical)
    with pytest.raises(BodymapError, match="soleus: there is no source 'nobody'"):
        _ = Knowledge().muscles
    files["muscles"] = muscle_file(hazards=["bear"])
    with pytest.raises(BodymapError, match="soleus: there is no hazard 'bear'"):
        _ = Knowledge().muscles
    files["muscles"] = muscle_file(structures=["tail"])
    with pytest.raises(BodymapError, match="soleus: there is no structure 'tail'"):
        _ = Knowledge().muscles
