"""`bodymap atlas`: ask the body on the command line.

`atlas list` names the views, regions and structures; `atlas hit VIEW U V` says what lies under a
point; `atlas explain` and `atlas muscle` ask the clinical reference. With `--json` all print one
JSON value; a point more than 6 mm off the body is `null`, which is an answer and not a failure.
"""

import argparse
import json
import math
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bodymap import cli_knowledge
from bodymap.atlas.ids import Kind, ViewId
from bodymap.errors import BodymapError

if TYPE_CHECKING:
    from bodymap.atlas.hit import HazardNear, Hit

WRONG_USE, FAILED = 2, 1

_NEGATIVE_NUMBER = re.compile(r"-(\d|\.\d|inf|nan)", re.IGNORECASE)

_OFF_THE_BODY = "That point is not on the body."

_NOTE = "Depths and courses are those of a model body, for reference only."


def add_parser(subparsers: "argparse._SubParsersAction[Any]") -> None:
    """Add `atlas` and its commands to a parser's sub-commands; `act` becomes `run`."""
    atlas = subparsers.add_parser(
        "atlas", help="what is drawn, and what lies under a point", description=__doc__
    )
    atlas.set_defaults(act=run)
    commands = atlas.add_subparsers(dest="atlas_command", required=True, metavar="COMMAND")
    listing = commands.add_parser("list", help="the views, regions and structures")
    listing.add_argument("--json", action="store_true", help="print JSON")
    hit = commands.add_parser(
        "hit",
        help="what lies under a point",
        description="U and V are millimetres of the view: U to the viewer's right, V downwards. "
        "A negative U needs no quoting.",
    )
    # WORKAROUND: argparse up to Python 3.13 takes -1e3 and -inf for options; they are numbers.
    hit._negative_number_matcher = _NEGATIVE_NUMBER  # noqa: SLF001
    hit.add_argument("view", metavar="VIEW", help=", ".join(ViewId))
    hit.add_argument("u", metavar="U", help="millimetres to the viewer's right")
    hit.add_argument("v", metavar="V", help="millimetres downwards")
    hit.add_argument("--json", action="store_true", help="print JSON")
    for command in (listing, hit, *cli_knowledge.add_commands(commands)):
        command.add_argument(
            "--data", metavar="DIR", type=Path, help="unused here: the atlas comes with bodymap"
        )


def run(args: argparse.Namespace) -> int:
    """Do what was asked for, and say how it went: 0, 1 (failed) or 2 (wrong use)."""
    try:
        return _act(args)
    except cli_knowledge.WrongUseError as problem:
        return _wrong(str(problem))
    except BodymapError as problem:
        print(problem, file=sys.stderr)
        return FAILED


def _act(args: argparse.Namespace) -> int:
    if args.atlas_command == "list":
        return _list(as_json=args.json)
    if args.atlas_command == "hit":
        return _hit(args.view, (args.u, args.v), as_json=args.json)
    if args.atlas_command == "explain":
        return cli_knowledge.run_explain(args.zones, as_json=args.json)
    return cli_knowledge.run_muscle(" ".join(args.name), as_json=args.json)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run `atlas` by itself, as `python -m bodymap.cli_atlas` does."""
    parser = argparse.ArgumentParser(prog="bodymap")
    add_parser(parser.add_subparsers(required=True))
    return run(parser.parse_args(arguments))


def _list(*, as_json: bool) -> int:
    from bodymap.atlas.regions import regions  # noqa: PLC0415 - quick to start without it
    from bodymap.atlas.structures import catalogue  # noqa: PLC0415
    from bodymap.atlas.views import tab_name  # noqa: PLC0415

    structures = sorted(catalogue().values(), key=lambda structure: structure.id)
    if as_json:
        views = [{"id": view, "name": tab_name(view)} for view in ViewId]
        rows = [
            {"id": s.id, "name": s.name, "latin": s.latin, "kind": s.kind, "parent": s.parent}
            for s in structures
        ]
        zones = [
            {"id": r.id, "name": r.name, "latin": r.latin, "part": r.part, "midline": r.is_midline}
            for r in regions().values()
        ]
        _print_json({"views": views, "regions": zones, "structures": rows})
        return 0
    print("\n".join(f"{view:<14} {tab_name(view)}" for view in ViewId))
    print()
    print("\n".join(f"{r.id:<24} {r.name}" for r in regions().values()))
    print()
    print("\n".join(f"{s.id:<48} {s.kind:<13} {s.name}" for s in structures))
    return 0


def _hit(view_text: str, place: tuple[str, str], *, as_json: bool) -> int:
    if view_text not in set(ViewId):
        return _wrong(f"{view_text!r} is not a view; choose one of {', '.join(ViewId)}.")
    try:
        u, v = map(float, place)
    except ValueError:
        return _wrong(f"U and V have to be numbers, not {place[0]!r} and {place[1]!r}.")
    if not (math.isfinite(u) and math.isfinite(v)):
        return _wrong("U and V have to be finite numbers.")
    from bodymap.atlas.hit import Atlas  # noqa: PLC0415 - wrong use is told without loading it

    hit = Atlas.load().hit(ViewId(view_text), u, v)
    if as_json:
        _print_json(None if hit is None else _as_json(hit))
    else:
        print(_OFF_THE_BODY if hit is None else _as_text(hit))
    return 0


def _as_json(hit: "Hit") -> dict[str, Any]:
    return {
        "view": hit.view,
        "u": round(hit.u, 2),
        "v": round(hit.v, 2),
        "region": hit.region,
        "side": hit.side,
        "landmark": hit.landmark,
        "structures": [
            {
                "id": entry.id,
                "name": entry.name,
                "kind": entry.kind,
                "side": entry.side,
                "entry_mm": entry.entry_mm,
                "exit_mm": entry.exit_mm,
            }
            for entry in hit.structures
        ],
        "hazards": [
            {
                "id": hazard.id,
                "name": hazard.name,
                "distance_mm": hazard.distance_mm,
                "depth_mm": hazard.depth_mm,
            }
            for hazard in hit.hazards
        ],
    }


def _as_text(hit: "Hit") -> str:
    lines = [f"{hit.region_name}, {hit.side}", hit.landmark]
    if hit.structures:
        lines += ["", "Under the skin, in mm:"]
    lines += [f"{s.entry_mm:7.1f} to {s.exit_mm:5.1f}  {s.name}, {s.side}" for s in hit.structures]
    if hit.hazards:
        lines += ["", "Hazards near a needle pushed straight in:"]
    lines += [
        f"{_nearness(h.distance_mm):>16}  {h.name}, {h.side}, {_depth(h)}" for h in hit.hazards
    ]
    return "\n".join([*lines, "", _NOTE])


def _nearness(distance_mm: float) -> str:
    return "on the way in" if distance_mm == 0 else f"{distance_mm:.0f} mm beside"


def _depth(hazard: "HazardNear") -> str:
    """How deep a hazard lies; for a course also where it comes nearest to the skin."""
    deep = f"about {hazard.depth_mm:.0f} mm deep"
    if hazard.kind in {Kind.NERVE, Kind.VESSEL}:
        return f"{deep}, in places {hazard.shallowest_mm:.0f} mm"
    return deep


def _wrong(message: str) -> int:
    print(message, file=sys.stderr)
    return WRONG_USE


def _print_json(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2))


if __name__ == "__main__":
    sys.exit(main())
