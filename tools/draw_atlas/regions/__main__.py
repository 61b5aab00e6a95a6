"""Write the list of the zones of the skin that ships with the atlas.

Run `python -m tools.draw_atlas.regions` after a change of the table or of a plate; with
`--measured FOLDER` it also says where the lines of the plates do not close.
"""

import argparse
import json
import tomllib
from pathlib import Path

from tools.draw_atlas.mend import mended_body
from tools.draw_atlas.regions.doubts import doubts
from tools.draw_atlas.regions.plate import PLATES
from tools.draw_atlas.regions.zones import Zone, zones
from tools.draw_atlas.surface_regions import left_part, plate_of

LIST = Path("bodymap/assets/atlas/regions.json")

VIEWS = {
    "anterior": "anterior",
    "posterior": "posterior",
    "lateral-left": "lateral-left",
    "lateral-right": "lateral-left",
    "soles": "soles",
    "feet-dorsal": "feet-dorsal",
}
"""For each view the plate it is cut with; the right side is the left one turned over."""

ABOUT = {
    "what": (
        "The zones into which the drawings divide the skin: one vocabulary for where a mark"
        " lies, for drawn pain and for referral patterns. In every view every point of the skin"
        " lies in exactly one zone."
    ),
    "sides": "Left and right are the patient's. A midline zone straddles the midline.",
    "views": (
        "The views in which a zone is drawn: all where its skin is seen, also where only a strip"
        " of it is. The arm is not drawn in the lateral views, so its zones are missing there."
        " Midline zones of the trunk, seen edge-on from the side, are not drawn in the lateral"
        " views: the paired zone beside them reaches the profile."
    ),
    "borders": (
        "Drawn by hand through landmarks and along muscle edges and folds, after conventional"
        " regional anatomy. Not checked by an anatomist; for records, not for guidance."
    ),
    "sources": [
        "Zone ids and plain names: bodymap's own referral vocabulary.",
        (
            "Latin names: Terminologia Anatomica, 2nd edition (FIPAT, 2019); of the region, or of"
            " what lies under it. Where none fits the zone, null."
        ),
        (
            "Landmarks: measured on Z-Anatomy (CC BY-SA 4.0), derived from BodyParts3D, (c) The"
            " Database Center for Life Science, CC BY 4.0."
        ),
    ],
    "licence": "Words: as the code. Drawn borders: CC BY-SA 4.0, see the drawings.",
}

LEFT_OUT = [
    {
        "id": "forehead-contralateral",
        "drawn_as": ["forehead"],
        "why": "The forehead of the other side: a relation to a trigger point, not a place.",
    },
    {
        "id": "thoracolumbar-band",
        "drawn_as": ["lower-thoracic-back", "lumbar-paraspinal", "infrascapular"],
        "why": "A band across zones that have names of their own; a point may lie in one only.",
    },
    {
        "id": "lumbosacral-band",
        "drawn_as": ["lumbar-paraspinal", "sacroiliac", "sacrum"],
        "why": "A band across zones that have names of their own; a point may lie in one only.",
    },
]
"""Zones of the referral vocabulary that are not drawn, and which drawn ones stand for them."""


def main() -> None:
    """Write the list into the package and, if asked, look the plates over."""
    parser = argparse.ArgumentParser(prog="python -m tools.draw_atlas.regions")
    parser.add_argument(
        "--measured", type=Path, help="folder of the measured outlines: look the plates over"
    )
    asked = parser.parse_args()
    write_list(LIST)
    if asked.measured:
        _look_over(asked.measured)


def write_list(file: Path) -> None:
    """Write the zones, with the views that show them, as the package reads them."""
    names = {view: _names(plate) for view, plate in VIEWS.items()}
    entries = [_entry(zone, names) for zone in zones().values()]
    document = {"about": ABOUT, "zones": entries, "left_out": LEFT_OUT}
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(f"{file}: {len(entries)} zones")


def _look_over(measured: Path) -> None:
    for view in sorted(set(VIEWS.values())):
        figure = left_part(view, mended_body(view, measured))
        for doubt in doubts(figure, plate_of(view, measured)):
            print(f"{view}: {doubt}")


def _names(plate: str) -> set[str]:
    return set(tomllib.loads((PLATES / f"{plate}.toml").read_text(encoding="utf-8"))["names"])


def _entry(zone: Zone, names: dict[str, set[str]]) -> dict[str, object]:
    return {
        "id": zone.zone_id,
        "group": zone.group,
        "name": zone.name,
        "latin": zone.latin or None,
        "midline": zone.is_midline,
        "views": [view for view in VIEWS if zone.zone_id in names[view]],
        "description": zone.description,
    }


if __name__ == "__main__":
    main()
