"""Packs the landmarks a clinician would palpate, with where each is used, for the program.

`python -m tools.draw_atlas.landmarks --measured DIR [--out FILE]`. Of the measured
landmarks only those are kept that lie under the finger in a view; heads of metacarpals and
metatarsals and the tips of fingers and toes are added from the ends of the bones.
"""

import argparse
import json
import math
import sys
from pathlib import Path
from typing import Any, NamedTuple

from tools.draw_atlas.measured import VIEWS
from tools.draw_atlas.source_slips import read_source

_SHIPPED = Path(__file__).parents[2] / "bodymap" / "assets" / "atlas" / "landmarks.json"

_SOURCE = (
    "Positions measured on Z-Anatomy (www.z-anatomy.com), CC BY-SA 4.0, derived from "
    "BodyParts3D, (c) The Database Center for Life Science, CC BY 4.0. Which of them are used "
    "where, and the wording, is our own choice; no clinician has reviewed it."
)


class Use(NamedTuple):
    """How a measured landmark is used.

    Attributes:
        phrase: What it is called within a sentence.
        views: Where it lies under the finger: Anterior, Posterior, Lateral, Soles, Dorsal feet.
        parts: The parts of the body whose points are described from it.
        weight: Above 1 for a landmark that is harder to find than others: it has to be
            nearer to be chosen.
    """

    phrase: str
    views: str
    parts: str
    weight: float = 1.0


_TRUNK_BACK = "back shoulder"

USES = {
    "vertex": Use("vertex", "APL", "head"),
    "external-occipital-protuberance": Use("external occipital protuberance", "PL", "head neck"),
    "mastoid-process": Use("tip of the mastoid process", "PL", "head neck"),
    "angle-of-mandible": Use("angle of the mandible", "AL", "head neck"),
    "mental-protuberance": Use("mental protuberance", "AL", "head neck"),
    "temporomandibular-joint": Use("temporomandibular joint", "AL", "head"),
    "zygomatic-arch": Use("zygomatic arch", "AL", "head"),
    "transverse-process-c1": Use("transverse process of C1", "L", "neck head", 1.3),
    "transverse-process-c4": Use("transverse process of C4", "L", "neck", 1.6),
    "transverse-process-c6": Use("transverse process of C6", "L", "neck", 1.6),
    "spinous-process-c2": Use("spinous process of C2", "PL", "neck head"),
    "spinous-process-c7": Use("spinous process of C7", "PL", "neck shoulder back"),
    "suprasternal-notch": Use("suprasternal notch", "A", "neck chest shoulder"),
    "sternal-angle": Use("sternal angle", "A", "chest shoulder"),
    "xiphisternal-joint": Use("xiphisternal joint", "AL", "chest abdomen"),
    "medial-end-of-clavicle": Use("medial end of the clavicle", "A", "neck chest shoulder"),
    "lateral-end-of-clavicle": Use("acromioclavicular joint", "AP", "neck shoulder arm chest", 1.2),
    "midpoint-of-clavicle": Use("midpoint of the clavicle", "AL", "neck chest shoulder"),
    "acromion": Use("lateral tip of the acromion", "AL", "shoulder arm"),
    "acromial-angle": Use("acromial angle", "PL", "shoulder arm back"),
    "coracoid-process": Use("coracoid process", "A", "shoulder chest arm"),
    "inferior-angle-of-scapula": Use("inferior angle of the scapula", "PL", "shoulder back chest"),
    "superior-angle-of-scapula": Use("superior angle of the scapula", "P", "shoulder back neck"),
    "root-of-scapular-spine": Use("root of the spine of the scapula", "P", "shoulder back"),
    "middle-of-scapular-spine": Use("middle of the spine of the scapula", "P", "shoulder back"),
    "greater-tubercle": Use("greater tubercle of the humerus", "AL", "shoulder arm"),
    "lesser-tubercle": Use("lesser tubercle of the humerus", "A", "shoulder arm", 1.2),
    "deltoid-tuberosity": Use("deltoid tuberosity", "APL", "shoulder arm"),
    "medial-epicondyle": Use("medial epicondyle of the humerus", "AP", "arm elbow forearm"),
    "lateral-epicondyle": Use("lateral epicondyle of the humerus", "AP", "arm elbow forearm"),
    "olecranon": Use("olecranon", "P", "arm elbow forearm"),
    "radial-head": Use("head of the radius", "P", "elbow forearm", 1.2),
    "radial-styloid": Use("radial styloid process", "AP", "forearm wrist hand"),
    "ulnar-styloid": Use("ulnar styloid process", "AP", "forearm wrist hand"),
    "pisiform": Use("pisiform", "A", "wrist hand"),
    "iliac-crest-highest-point": Use("top of the iliac crest", "APL", "abdomen back hip"),
    "anterior-superior-iliac-spine": Use(
        "anterior superior iliac spine", "AL", "abdomen hip thigh"
    ),
    "posterior-superior-iliac-spine": Use("posterior superior iliac spine", "PL", "back hip"),
    "ischial-tuberosity": Use("ischial tuberosity", "P", "hip thigh"),
    "pubic-tubercle": Use("pubic tubercle", "A", "abdomen hip thigh"),
    "pubic-symphysis": Use("upper border of the pubic symphysis", "A", "abdomen"),
    "greater-trochanter": Use("greater trochanter", "APL", "hip thigh"),
    "sacral-hiatus": Use("sacral hiatus", "P", "back hip"),
    "median-sacral-crest-s2": Use("median sacral crest at S2", "P", "back hip"),
    "tip-of-coccyx": Use("tip of the coccyx", "P", "back hip"),
    "medial-femoral-epicondyle": Use("medial epicondyle of the femur", "AP", "thigh knee leg"),
    "lateral-femoral-epicondyle": Use("lateral epicondyle of the femur", "APL", "thigh knee leg"),
    "patella": Use("centre of the patella", "AL", "thigh knee leg"),
    "tibial-tuberosity": Use("tibial tuberosity", "AL", "knee leg"),
    "fibular-head": Use("head of the fibula", "APL", "knee leg"),
    "lateral-tibial-condyle-gerdy": Use(
        "tubercle of the lateral tibial condyle", "AL", "knee leg", 1.5
    ),
    "lateral-malleolus": Use("lateral malleolus", "APLD", "leg foot"),
    "medial-malleolus": Use("medial malleolus", "APD", "leg foot"),
    "calcaneal-tuberosity": Use("calcaneal tuberosity", "PLS", "leg foot"),
    "navicular-tuberosity": Use("tuberosity of the navicular", "ASD", "foot"),
    "base-of-fifth-metatarsal": Use("base of the fifth metatarsal", "LSD", "foot"),
    "tip-of-rib-10": Use("front end of the tenth rib", "AL", "abdomen chest", 1.3),
    "tip-of-rib-11": Use("tip of the eleventh rib", "L", "abdomen back", 1.2),
    "tip-of-rib-12": Use("tip of the twelfth rib", "P", "back", 1.4),
    "umbilicus": Use("umbilicus", "AL", "abdomen"),
    "nipple": Use("nipple", "AL", "chest"),
    **{
        f"spinous-process-c{n}": Use(f"spinous process of C{n}", "P", "neck", 1.2)
        for n in range(3, 7)
    },
    **{
        f"spinous-process-t{n}": Use(f"spinous process of T{n}", "P", f"{_TRUNK_BACK} neck")
        for n in range(1, 4)
    },
    **{
        f"spinous-process-t{n}": Use(f"spinous process of T{n}", "P", _TRUNK_BACK)
        for n in range(4, 13)
    },
    **{
        f"spinous-process-l{n}": Use(f"spinous process of L{n}", "P", "back hip")
        for n in range(1, 6)
    },
}

_ORDINALS = ("first", "second", "third", "fourth", "fifth")
_FINGERS = ("thumb", "index finger", "middle finger", "ring finger", "little finger")
_TOES = ("great toe", "second toe", "third toe", "fourth toe", "little toe")
_LETTERS = dict(
    zip("APLSD", ("anterior", "posterior", "lateral-left", "soles", "feet-dorsal"), strict=True)
)

Point = tuple[float, float]

_JOINTS = {
    "shoulder": ("acromion", "coracoid-process"),
    "elbow": ("medial-epicondyle", "lateral-epicondyle"),
    "wrist": ("radial-styloid", "ulnar-styloid"),
    "knuckles": ("metacarpal-head-3",),
}
"""Landmarks in the middle of which a joint lies, in the anterior view."""

_AXES = {
    "arm": ("shoulder", "elbow"),
    "elbow": ("shoulder", "wrist"),
    "forearm": ("elbow", "wrist"),
    "wrist": ("elbow", "knuckles"),
    "hand": ("wrist", "knuckles"),
}
"""From where to where the parts of the upper limb run; the other limbs hang straight down."""


class BoneEnd(NamedTuple):
    """A landmark at the far end of a bone.

    Attributes:
        id: What it is called here.
        bone: The structure it is the end of.
        use: How it is used.
    """

    id: str
    bone: str
    use: Use


BONE_ENDS = [
    *(
        BoneEnd(
            f"metacarpal-head-{n}",
            f"metacarpal-{n}",
            Use(f"head of the {_ORDINALS[n - 1]} metacarpal", "AP", "wrist hand"),
        )
        for n in range(1, 6)
    ),
    *(
        BoneEnd(
            f"fingertip-{n}",
            f"phalanx-distal-hand-{n}",
            Use(f"tip of the {_FINGERS[n - 1]}", "AP", "hand"),
        )
        for n in range(1, 6)
    ),
    *(
        BoneEnd(
            f"metatarsal-head-{n}",
            f"metatarsal-{n}",
            Use(f"head of the {_ORDINALS[n - 1]} metatarsal", "SD" if n > 1 else "ASD", "foot"),
        )
        for n in range(1, 6)
    ),
    *(
        BoneEnd(
            f"tip-of-toe-{n}",
            f"phalanx-distal-foot-{n}",
            Use(f"tip of the {_TOES[n - 1]}", "ASD" if n in {1, 5} else "SD", "foot"),
        )
        for n in range(1, 6)
    ),
]


DRAWN: dict[str, tuple[Use, bool, dict[str, Point]]] = {
    "lateral-canthus": (
        Use("outer corner of the eye", "AL", "head"),
        True,
        {"anterior": (46.5, 118.0), "lateral-left": (-59.5, 118.0)},
    ),
    "corner-of-mouth": (
        Use("corner of the mouth", "AL", "head"),
        True,
        {"anterior": (25.0, 180.3), "lateral-left": (-82.0, 182.5)},
    ),
    "tip-of-nose": (
        Use("tip of the nose", "AL", "head"),
        False,
        {"anterior": (0.0, 153.0), "lateral-left": (-118.6, 151.2)},
    ),
    "glabella": (Use("glabella", "A", "head"), False, {"anterior": (0.0, 101.0)}),
    "tragus": (Use("tragus of the ear", "L", "head neck"), True, {"lateral-left": (-6.0, 136.0)}),
}
"""Landmarks of the face, which nobody measured: how they are used, whether they come in a pair, and
where the drawings have them."""


def main(arguments: list[str] | None = None) -> int:
    """Pack the landmarks and say how many there are."""
    parser = argparse.ArgumentParser(
        prog="python -m tools.draw_atlas.landmarks", description=__doc__
    )
    parser.add_argument("--measured", type=Path, required=True, help="folder of measured outlines")
    parser.add_argument("--out", type=Path, default=_SHIPPED, help="the file to write")
    asked = parser.parse_args(arguments)
    landmarks = [*_palpated(asked.measured), *_bone_ends(asked.measured), *_drawn()]
    asked.out.parent.mkdir(parents=True, exist_ok=True)
    rows = ",\n".join(json.dumps(landmark) for landmark in landmarks)
    text = (
        f'{{"source": {json.dumps(_SOURCE)},\n"axes": {json.dumps(_axes(landmarks))},\n'
        f'"landmarks": [\n{rows}\n]}}\n'
    )
    asked.out.write_text(text, encoding="utf-8", newline="\n")
    print(f"{asked.out.name}: {len(landmarks)} landmarks")
    return 0


def _palpated(measured: Path) -> list[dict[str, Any]]:
    known = {
        entry["id"]: entry
        for entry in read_source(measured / "landmarks.json")["landmarks"]
        if entry["side"] != "right"
    }
    return [
        _landmark(name, use, known[name]["side"], known[name]["views"])
        for name, use in USES.items()
    ]


def _bone_ends(measured: Path) -> list[dict[str, Any]]:
    outlines = {
        view: {
            s["id"]: s
            for s in read_source(measured / f"outlines_{view}.json")["structures"]
            if s["side"] == "left"
        }
        for view in VIEWS
        if not view.endswith("right")
    }
    return [
        _landmark(
            end.id,
            end.use,
            "left",
            {
                view: _far_end(known[end.bone], view)
                for view, known in outlines.items()
                if end.bone in known
            },
        )
        for end in BONE_ENDS
    ]


def _drawn() -> list[dict[str, Any]]:
    return [
        _landmark(name, use, "left" if is_paired else "midline", places)
        for name, (use, is_paired, places) in DRAWN.items()
    ]


def _axes(landmarks: list[dict[str, Any]]) -> dict[str, Point]:
    """The directions of the upper limb, as steps outwards and downwards of length 1."""
    places = {landmark["id"]: landmark["views"].get("anterior") for landmark in landmarks}
    joints = {joint: _middle([places[name] for name in names]) for joint, names in _JOINTS.items()}
    axes = {}
    for part, (near, far) in _AXES.items():
        outwards, down = joints[far][0] - joints[near][0], joints[far][1] - joints[near][1]
        length = math.hypot(outwards, down) or 1.0
        axes[part] = (round(outwards / length, 4), round(down / length, 4))
    return axes


def _middle(points: list[Point]) -> Point:
    return sum(u for u, _ in points) / len(points), sum(v for _, v in points) / len(points)


def _far_end(structure: dict[str, Any], view: str) -> Point:
    """The middle of the last sixteenth of a bone, away from the trunk."""
    corners = [corner for rings in structure["silhouette"] for corner in rings[0]]
    sign = -1 if view == "soles" else 1  # the soles are drawn toes up
    reach = [sign * v for _, v in corners]
    limit = max(reach) - (max(reach) - min(reach)) / 16
    last = [corner for corner, far in zip(corners, reach, strict=True) if far >= limit]
    u, v = _middle(last)
    return round(u, 1), round(v, 1)


def _landmark(name: str, use: Use, side: str, places: dict[str, Any]) -> dict[str, Any]:
    views = {_LETTERS[letter]: places[_LETTERS[letter]] for letter in use.views}
    return {
        "id": name,
        "phrase": use.phrase,
        "sided": side == "left",
        "parts": use.parts.split(),
        "weight": use.weight,
        "views": views,
    }


if __name__ == "__main__":
    sys.exit(main())
