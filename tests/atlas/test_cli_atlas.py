"""`bodymap atlas` as someone at a prompt meets it."""

import json
import subprocess
import sys

import pytest

from bodymap import cli_atlas
from bodymap.atlas.ids import ViewId
from bodymap.atlas.knowledge import Knowledge
from bodymap.errors import BodymapError

HIT_KEYS = ["view", "u", "v", "region", "side", "landmark", "structures", "hazards"]
STRUCTURE_KEYS = ["id", "name", "kind", "side", "entry_mm", "exit_mm"]
EXPLAIN_KEYS = ["muscle", "name", "side", "coverage", "excess"]
HAZARD_KEYS = ["id", "name", "distance_mm", "depth_mm"]


def said(capsys, *words):
    code = cli_atlas.main(["atlas", *words])
    out = capsys.readouterr()
    return code, out.out, out.err


def test_the_list_names_views_regions_and_structures(capsys):
    code, out, _ = said(capsys, "list", "--json")
    listed = json.loads(out)
    assert code == 0
    assert [view["id"] for view in listed["views"]] == [view.value for view in ViewId]
    assert {"id": "shin", "part": "leg"}.items() <= next(
        region.items() for region in listed["regions"] if region["id"] == "shin"
    )
    names = {structure["id"]: structure for structure in listed["structures"]}
    assert names["infraspinatus"]["latin"] == "Musculus infraspinatus"
    assert names["deltoid-spinal"]["parent"] == "deltoid"


def test_the_list_in_words(capsys):
    code, out, _ = said(capsys, "list")
    assert code == 0
    assert "Left side" in out
    assert "Infraspinatus" in out
    assert "medial-scapular-border" in out


def test_a_hit_has_exactly_the_promised_keys(capsys):
    code, out, err = said(capsys, "hit", "posterior", "-60", "420", "--json")
    hit = json.loads(out)
    assert (code, err) == (0, "")
    assert list(hit) == HIT_KEYS
    assert (hit["view"], hit["u"], hit["v"], hit["side"]) == ("posterior", -60, 420, "left")
    assert list(hit["structures"][0]) == STRUCTURE_KEYS
    assert list(hit["hazards"][0]) == HAZARD_KEYS
    assert hit["structures"][0]["id"] == "trapezius-ascending"


def test_a_hit_in_words(capsys):
    code, out, _ = said(capsys, "hit", "posterior", "-60", "420")
    assert code == 0
    assert "Trapezius, ascending part, left" in out
    assert "on the way in  Pleura" in out
    assert "model body" in out


def test_a_course_is_told_with_its_least_depth(capsys):
    _, out, _ = said(capsys, "hit", "posterior", "75", "860")
    assert "Sciatic nerve, right, about 54 mm deep, in places 12 mm" in out


def test_where_nothing_lies_nothing_is_listed(capsys):
    code, out, _ = said(capsys, "hit", "posterior", "76", "100")
    assert code == 0
    assert "Under the skin" not in out
    assert "Hazards" not in out


def test_off_the_body_is_an_answer(capsys):
    assert said(capsys, "hit", "anterior", "-1e3", "20", "--json") == (0, "null\n", "")
    assert said(capsys, "hit", "anterior", "320", "20")[:2] == (
        0,
        "That point is not on the body.\n",
    )


@pytest.mark.parametrize(
    "words",
    [
        ("top", "1", "2"),
        ("anterior", "one", "2"),
        ("anterior", "1", "nan"),
        ("anterior", "inf", "2"),
        ("anterior", "-inf", "2"),
        ("anterior", "1", "1e999"),
        ("anterior", "", "2"),
    ],
)
def test_wrong_use_is_told_in_one_line(capsys, words):
    code, out, err = said(capsys, "hit", *words, "--json")
    assert (code, out, err.count("\n")) == (2, "", 1)


def test_a_broken_installation_is_told(capsys, monkeypatch):
    def refuse(*_args):
        raise BodymapError("The drawing is missing.")

    monkeypatch.setattr("bodymap.atlas.hit.Atlas.hit", refuse)
    assert said(capsys, "hit", "soles", "80", "0") == (1, "", "The drawing is missing.\n")


def test_a_pain_is_explained_with_exactly_the_promised_keys(capsys):
    code, out, err = said(capsys, "explain", "temple@right", "--json")
    found = json.loads(out)
    assert (code, err) == (0, "")
    assert all(list(entry) == EXPLAIN_KEYS for entry in found)
    first = [entry["muscle"] for entry in found[:5]]
    assert {"upper-trapezius", "sternocleidomastoid"} <= set(first)
    assert {entry["side"] for entry in found} == {"right"}
    assert all(0 < entry["coverage"] <= 100 and 0 <= entry["excess"] < 100 for entry in found)


def test_a_pain_is_explained_in_words(capsys):
    code, out, _ = said(capsys, "explain", "Heel@Left", "achilles@left")
    assert code == 0
    assert out.splitlines()[1].endswith("Soleus, left")
    assert "not a finding" in out


def test_a_pain_nobody_knows_is_an_answer(capsys):
    assert said(capsys, "explain", "axilla@left", "--json")[:2] == (0, "[]\n")
    assert "No muscle" in said(capsys, "explain", "axilla@left")[1]


@pytest.mark.parametrize("side", ["", "@", "@midline", "@left"])
def test_a_midline_region_needs_no_side(capsys, side):
    code, out, _ = said(capsys, "explain", f"sternum{side}", "--json")
    assert code == 0
    assert {entry["side"] for entry in json.loads(out)} == {"left", "right"}


def test_a_band_of_the_patterns_stands_for_its_regions(capsys):
    found = json.loads(said(capsys, "explain", "lumbosacral-band@midline", "--json")[1])
    assert {"rectus-abdominis", "gluteus-medius"} <= {entry["muscle"] for entry in found[:6]}


@pytest.mark.parametrize(
    ("zone", "hint"),
    [
        ("tempel@right", "temple"),
        ("temple@top", "temple@left or temple@right"),
        ("temple", "temple@left or temple@right"),
        ("temple@midline", "temple@left or temple@right"),
        ("forehead-contralateral@left", "forehead"),
        ("xyzzy@left", "bodymap atlas list"),
        ("@left", "bodymap atlas list"),
        ("sternum@top", "sternum@midline"),
    ],
)
def test_an_unknown_region_or_side_is_told_in_one_line(capsys, zone, hint):
    code, out, err = said(capsys, "explain", "heel@left", zone, "--json")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert hint in err


@pytest.mark.parametrize(
    "words",
    [
        ["ECRB"],
        ["extensor", "carpi", "radialis", "brevis"],
        ["musculus extensor carpi radialis brevis"],
    ],
)
def test_a_muscle_is_found_by_any_name(capsys, words):
    code, out, err = said(capsys, "muscle", *words, "--json")
    muscle = json.loads(out)
    assert (code, err) == (0, "")
    assert muscle["id"] == "extensor-carpi-radialis-brevis"
    assert muscle["innervation"]["roots"] == ["C7", "C8"]
    assert muscle["trigger_points"][0]["referral"]["primary"][0] == "lateral-elbow"
    assert muscle["needle"]["length_mm"][0] < muscle["needle"]["length_mm"][1]
    assert muscle["hazards"][0]["level"] == "moderate"
    assert any("not opened" in source for source in muscle["sources"])
    assert muscle["others"] == []


def test_a_name_that_several_bear_lists_the_others(capsys):
    muscle = json.loads(said(capsys, "muscle", "trapezius", "--json")[1])
    assert muscle["id"] == "upper-trapezius"
    assert [other["id"] for other in muscle["others"]] == ["middle-trapezius", "lower-trapezius"]
    assert "Also found: Middle trapezius; Lower trapezius" in said(capsys, "muscle", "trapezius")[1]


def test_a_muscle_in_words(capsys):
    code, out, _ = said(capsys, "muscle", "rectus abdominis")
    assert code == 0
    assert "(right side only)" in out
    assert "Nerve: anterior rami of thoracic nerves (T6" in out
    assert "Sources:" in out
    assert "not a finding" in out
    assert "not needled by most" in said(capsys, "muscle", "platysma")[1]


def test_every_muscle_can_be_printed(capsys):
    for muscle in Knowledge.load().muscles:
        for form in ([], ["--json"]):
            assert said(capsys, "muscle", muscle, *form)[0] == 0


@pytest.mark.parametrize(("name", "hint"), [("infraspinatis", "Infraspinatus"), ("xyzzy", "")])
def test_an_unknown_muscle_is_told_in_one_line(capsys, name, hint):
    code, out, err = said(capsys, "muscle", name, "--json")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert hint in err


@pytest.mark.parametrize("command", ["list", "hit", "explain", "muscle"])
def test_every_command_has_help_and_takes_a_data_folder(capsys, command):
    with pytest.raises(SystemExit) as done:
        cli_atlas.main(["atlas", command, "--help"])
    assert done.value.code == 0
    assert "--data DIR" in capsys.readouterr().out


def test_it_needs_neither_a_window_nor_a_database():
    script = (
        "import sys; from bodymap import cli_atlas;"
        "cli_atlas.main(['atlas', 'hit', 'soles', '80', '0']);"
        "print({m.partition('.')[0] for m in sys.modules} & {'PySide6', 'sqlalchemy', 'reportlab'})"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.endswith("set()\n")
