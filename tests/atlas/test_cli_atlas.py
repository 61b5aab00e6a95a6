"""`bodymap atlas` as someone at a prompt meets it."""

import json
import subprocess
import sys

import pytest

from bodymap import cli_atlas
from bodymap.atlas.ids import ViewId
from bodymap.errors import BodymapError

HIT_KEYS = ["view", "u", "v", "region", "side", "landmark", "structures", "hazards"]
STRUCTURE_KEYS = ["id", "name", "kind", "side", "entry_mm", "exit_mm"]
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
