"""Packs the catalogue of structures: names, kinds, parents, groups and usual depths.

`python -m tools.draw_atlas.structures --measured DIR --clinical DIR [--out FILE]`.
"""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from tools.draw_atlas.measured import VIEWS
from tools.draw_atlas.source_slips import read_source

_SHIPPED = Path(__file__).parents[2] / "bodymap" / "assets" / "atlas" / "structures.json"

_SOURCE = (
    "Names, kinds and depths measured on Z-Anatomy (www.z-anatomy.com), CC BY-SA 4.0, derived "
    "from BodyParts3D, (c) The Database Center for Life Science, CC BY 4.0. Latin names follow "
    "Terminologia Anatomica 2 as Z-Anatomy has them. No anatomist has reviewed this table."
)

_CARTILAGES = ("costal-cartilage", "nasal-cartilages", "laryngeal-cartilages")

_MISSING_NAMES = {
    "oblique-arytenoid": ("Oblique arytenoid", "Musculus arytenoideus obliquus"),
    "transverse-arytenoid": ("Transverse arytenoid", "Musculus arytenoideus transversus"),
}
"""Structures that lie in columns without being seen in any view."""

_PARENTS = {
    "adductor-hallucis": ("Adductor hallucis", "Musculus adductor hallucis"),
    "adductor-pollicis": ("Adductor pollicis", "Musculus adductor pollicis"),
    "biceps-brachii": ("Biceps brachii", "Musculus biceps brachii"),
    "biceps-femoris": ("Biceps femoris", "Musculus biceps femoris"),
    "deltoid": ("Deltoid", "Musculus deltoideus"),
    "digastric": ("Digastric", "Musculus digastricus"),
    "flexor-digitorum-superficialis": (
        "Flexor digitorum superficialis",
        "Musculus flexor digitorum superficialis",
    ),
    "flexor-hallucis-brevis": ("Flexor hallucis brevis", "Musculus flexor hallucis brevis"),
    "gastrocnemius": ("Gastrocnemius", "Musculus gastrocnemius"),
    "iliocostalis": ("Iliocostalis", "Musculus iliocostalis"),
    "levator-ani": ("Levator ani", "Musculus levator ani"),
    "levatores-costarum": ("Levatores costarum", "Musculi levatores costarum"),
    "longissimus": ("Longissimus", "Musculus longissimus"),
    "masseter": ("Masseter", "Musculus masseter"),
    "multifidus": ("Multifidus", "Musculus multifidus"),
    "occipitofrontalis": ("Occipitofrontalis", "Musculus occipitofrontalis"),
    "orbicularis-oculi": ("Orbicularis oculi", "Musculus orbicularis oculi"),
    "pectoralis-major": ("Pectoralis major", "Musculus pectoralis major"),
    "pronator-teres": ("Pronator teres", "Musculus pronator teres"),
    "quadriceps-femoris": ("Quadriceps femoris", "Musculus quadriceps femoris"),
    "spinalis": ("Spinalis", "Musculus spinalis"),
    "sternum": ("Sternum", "Sternum"),
    "trapezius": ("Trapezius", "Musculus trapezius"),
    "triceps-brachii": ("Triceps brachii", "Musculus triceps brachii"),
}

Catalogue = dict[str, dict[str, Any]]


def main(arguments: list[str] | None = None) -> int:
    """Pack the catalogue and say how large it became."""
    parser = argparse.ArgumentParser(
        prog="python -m tools.draw_atlas.structures", description=__doc__
    )
    parser.add_argument("--measured", type=Path, required=True, help="folder of measured outlines")
    parser.add_argument("--clinical", type=Path, required=True, help="folder of clinical data")
    parser.add_argument("--out", type=Path, default=_SHIPPED, help="the file to write")
    asked = parser.parse_args(arguments)
    catalogue = collect(asked.measured, read_source(asked.clinical / "muscles.json"))
    asked.out.parent.mkdir(parents=True, exist_ok=True)
    lines = ",\n".join(
        f"{json.dumps(name)}: {json.dumps(catalogue[name], ensure_ascii=False)}"
        for name in sorted(catalogue)
    )
    text = f'{{"source": {json.dumps(_SOURCE)},\n"structures": {{\n{lines}\n}}}}\n'
    asked.out.write_text(text, encoding="utf-8", newline="\n")
    print(f"{asked.out.name}: {len(catalogue)} structures, {len(text) / 1e3:.0f} kB")
    return 0


def collect(measured: Path, muscles: list[dict[str, Any]]) -> Catalogue:
    """Gather all structures of all views.

    Args:
        measured: Folder of the measured outlines.
        muscles: The clinical list of muscles, for their groups.
    """
    groups = {name: muscle["region"] for muscle in muscles for name in muscle["atlas_ids"]}
    catalogue: Catalogue = {}
    for view in VIEWS:
        for entry in read_source(measured / f"outlines_{view}.json")["structures"]:
            _add(catalogue, view, entry)
        hazards = read_source(measured / f"hazards_{view}.json")
        for entry in hazards["organs"] + hazards["courses"]:
            _add(catalogue, view, entry)
    for name, (english, latin) in _MISSING_NAMES.items():
        catalogue.setdefault(name, {"name": english, "latin": latin, "kind": "muscle"})
    for name, (english, latin) in _PARENTS.items():
        kind = "bone" if name == "sternum" else "muscle"
        catalogue.setdefault(name, {"name": english, "latin": latin, "kind": kind})
    for name, entry in catalogue.items():
        if name in groups:
            entry["group"] = groups[name]
    return catalogue


def _add(catalogue: Catalogue, view: str, entry: dict[str, Any]) -> None:
    kind = "cartilage" if entry["id"].startswith(_CARTILAGES) else entry["kind"]
    kept = catalogue.setdefault(
        entry["id"],
        {
            "name": _without_side(entry["name_en"]),
            "latin": _without_latin_side(entry.get("name_latin") or ""),
            "kind": kind,
        },
    )
    if entry.get("parent"):
        kept["parent"] = entry["parent"]
    if entry.get("occludes") is False:
        kept["occludes"] = False
    depth = entry.get("depth_mm")
    if depth and "order" in entry:
        kept.setdefault("depths", {})[view] = [
            *(depth["p10"], depth["p50"], depth["p90"]),
            entry["thickness_mm"],
        ]


def _without_side(name: str) -> str:
    for side in ("Left ", "Right "):
        if name.startswith(side):
            name = name.removeprefix(side)
    return name[0].upper() + name[1:]


def _without_latin_side(name: str) -> str:
    return " ".join(
        word
        for word in name.split()
        if word not in {"dexter", "sinister", "dextra", "sinistra", "dextrum", "sinistrum"}
    )


if __name__ == "__main__":
    sys.exit(main())
