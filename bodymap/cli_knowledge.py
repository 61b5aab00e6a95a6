"""`bodymap atlas explain` and `bodymap atlas muscle`: ask the clinical reference at a prompt.

`explain` ranks the muscles whose known referral explains a pain; `muscle` finds one by any of its
names. What they print is reference with its sources, never a finding.
"""

import argparse
import difflib
import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from bodymap.atlas.ids import Side
from bodymap.errors import BodymapError

if TYPE_CHECKING:
    from bodymap.atlas.clinical.muscles import Muscle, MuscleTriggerPoint
    from bodymap.atlas.clinical.referral import Felt, Zone
    from bodymap.atlas.knowledge import Knowledge
    from bodymap.atlas.reasoning import Explanation

_TYPICAL = "Typical patterns from the literature, for reference only; not a finding."


class WrongUseError(BodymapError):
    """The person asked for something that does not exist; the text says what does."""


def add_commands(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
) -> Iterator[argparse.ArgumentParser]:
    """Add both commands to those of `atlas`, and hand them out for what all commands take."""
    explaining = commands.add_parser(
        "explain",
        help="the muscles whose referral explains a pain, best first",
        description="Rank the muscles whose known referral explains where it hurts. Coverage is "
        "how much of the pain a muscle accounts for, excess how much of its pattern does not "
        f"hurt, both in percent. {_TYPICAL}",
    )
    explaining.add_argument(
        "zones",
        metavar="REGION@SIDE",
        nargs="+",
        help="a painful region and the patient's side, such as temple@right; regions are those "
        "of `atlas list`, sides are left, right and midline",
    )
    explaining.add_argument("--json", action="store_true", help="print JSON")
    yield explaining
    finding = commands.add_parser(
        "muscle",
        help="what the reference knows of a muscle",
        description="Find a muscle by its English or Latin name, an abbreviation such as ECRB, "
        "or its id.",
    )
    finding.add_argument("name", metavar="NAME", nargs="+", help="any of its names")
    finding.add_argument("--json", action="store_true", help="print JSON")
    yield finding


def run_explain(zones: Sequence[str], *, as_json: bool) -> int:
    """Print the muscles that explain pain in some zones.

    Raises:
        WrongUseError: A zone or side does not exist.
    """
    from bodymap.atlas.knowledge import Knowledge  # noqa: PLC0415 - quick to start without it
    from bodymap.atlas.reasoning import explain  # noqa: PLC0415

    pain: dict[Felt, float] = {}
    for text in zones:
        for felt, weight in _painful(text, Knowledge.load().zones):
            pain[felt] = max(weight, pain.get(felt, 0.0))
    found = explain(pain)
    if as_json:
        _print_json([_explanation_as_json(explanation) for explanation in found])
    else:
        print("\n".join(_explanations_as_text(found)))
    return 0


def run_muscle(name: str, *, as_json: bool) -> int:
    """Print what is known of the muscle that a name fits best.

    Raises:
        WrongUseError: No muscle has such a name.
    """
    from bodymap.atlas.knowledge import Knowledge  # noqa: PLC0415 - quick to start without it

    knowledge = Knowledge.load()
    found = knowledge.find_muscles(name)
    if not found:
        nearest = knowledge.nearest_muscle(name)
        hint = f" Did you mean {nearest.name}?" if nearest else ""
        raise WrongUseError(f"No muscle is called {name!r}.{hint}")
    if as_json:
        others = [{"id": other.id, "name": other.name} for other in found[1:]]
        _print_json({**_muscle_as_json(found[0], knowledge), "others": others})
    else:
        print("\n".join(_muscle_as_text(found[0], knowledge)))
        if found[1:]:
            print(f"\nAlso found: {'; '.join(other.name for other in found[1:])}")
    return 0


def _painful(text: str, zones: "Mapping[str, Zone]") -> "Iterator[tuple[Felt, float]]":
    """The regions a REGION@SIDE stands for, each with its weight."""
    from bodymap.atlas.clinical.referral import Relation  # noqa: PLC0415
    from bodymap.atlas.reasoning import SPILLOVER  # noqa: PLC0415

    name, _, side_name = text.strip().casefold().partition("@")
    zone = zones.get(name)
    if zone is None or zone.relation is Relation.CONTRALATERAL:
        raise WrongUseError(f"{name!r} is not a region. {_nearest(name, zones)}")
    has_side = zone.relation is Relation.IPSILATERAL
    if side_name not in ({"left", "right"} if has_side else {"", *Side}):
        sides = f"{name}@left or {name}@right" if has_side else f"{name}@midline"
        raise WrongUseError(f"{text!r} names no side of it; say {sides}.")
    side = Side(side_name or Side.MIDLINE)
    yield from ((felt, 1.0) for felt in zone.core_on(side))
    yield from ((felt, SPILLOVER) for felt in zone.edge_on(side))


def _nearest(name: str, zones: "Mapping[str, Zone]") -> str:
    from bodymap.atlas.clinical.referral import Relation  # noqa: PLC0415

    places = [z.id for z in zones.values() if z.relation is not Relation.CONTRALATERAL]
    near = difflib.get_close_matches(name, places, n=3, cutoff=0.5)
    return f"Did you mean {' or '.join(near)}?" if near else "See `bodymap atlas list`."


def _explanation_as_json(found: "Explanation") -> dict[str, Any]:
    return {
        "muscle": found.muscle,
        "name": found.name,
        "side": found.side,
        "coverage": found.coverage,
        "excess": found.excess,
    }


def _explanations_as_text(found: "Sequence[Explanation]") -> Iterator[str]:
    if not found:
        yield "No muscle in the reference is known to be felt there."
        return
    yield f"{'covers':>7}  {'excess':>6}  muscle"
    for explanation in found:
        yield (
            f"{explanation.coverage:6.0f}%  {explanation.excess:5.0f}%  "
            f"{explanation.name}, {explanation.side}"
        )
    yield ""
    yield _TYPICAL


def _muscle_as_json(muscle: "Muscle", knowledge: "Knowledge") -> dict[str, Any]:
    return {
        "id": muscle.id,
        "name": muscle.name,
        "latin": muscle.latin,
        "latin_also": list(muscle.latin_also),
        "aliases": list(muscle.aliases),
        "abbreviations": list(muscle.abbreviations),
        "group": muscle.group,
        "layer": muscle.layer,
        "structures": list(muscle.structures),
        "innervation": {
            "nerve": muscle.innervation.nerve,
            "roots": list(muscle.innervation.roots),
        },
        "action": muscle.action,
        "trigger_points": [_point_as_json(point) for point in muscle.trigger_points],
        "referral_check": muscle.referral_check,
        "needle": _needle_as_json(muscle),
        "depth_guide": _guide_as_json(muscle, knowledge),
        "hazards": [
            {"id": hazard.id, "name": hazard.name, "level": hazard.level}
            for hazard in map(knowledge.hazards.__getitem__, muscle.hazards)
        ],
        "precautions": muscle.precautions,
        "often_found_in": [
            {"condition": o.condition, "source": knowledge.sources[o.source].as_text}
            for o in muscle.often_found_in
        ],
        "note": muscle.note,
        "sources": list(knowledge.cite(muscle.sources)),
        "reference_only": _TYPICAL,
    }


def _point_as_json(point: "MuscleTriggerPoint") -> dict[str, Any]:
    return {
        "id": point.id,
        "label": point.label,
        "place": point.place,
        "only_side": point.only_side,
        "referral": {
            "primary": [zone.id for zone in point.referral.primary],
            "spillover": [zone.id for zone in point.referral.spillover],
        },
    }


def _needle_as_json(muscle: "Muscle") -> dict[str, Any] | None:
    if muscle.needle is None:
        return None
    return {
        "length_mm": list(muscle.needle.length_mm),
        "diameter_mm": list(muscle.needle.diameter_mm),
        "approach": muscle.needle.approach,
        "check": muscle.needle.check,
    }


def _guide_as_json(muscle: "Muscle", knowledge: "Knowledge") -> dict[str, Any] | None:
    guide = muscle.depth_guide
    if guide is None:
        return None
    return {
        "mm": guide.mm,
        "says": guide.says,
        "source": knowledge.sources[guide.source].as_text,
    }


_LAYERS = {1: "superficial", 2: "under one muscle", 3: "deep", 4: "deepest, or on the bone"}


def _muscle_as_text(muscle: "Muscle", knowledge: "Knowledge") -> Iterator[str]:
    yield f"{muscle.name} ({muscle.latin})"
    if other := [*muscle.abbreviations, *muscle.aliases]:
        yield f"Also called: {'; '.join(other)}"
    roots = f" ({', '.join(muscle.innervation.roots)})" if muscle.innervation.roots else ""
    yield f"Layer: {_LAYERS[muscle.layer]}"
    yield f"Nerve: {muscle.innervation.nerve}{roots}"
    yield f"Action: {muscle.action}"
    yield from _points_as_text(muscle)
    yield from _needle_as_text(muscle, knowledge)
    if muscle.note:
        yield f"Note: {muscle.note}"
    yield ""
    yield "Sources:"
    yield from (f"  {source}" for source in knowledge.cite(muscle.sources))
    yield ""
    yield _TYPICAL


def _points_as_text(muscle: "Muscle") -> Iterator[str]:
    for point in muscle.trigger_points:
        side = f" ({point.only_side} side only)" if point.only_side else ""
        yield ""
        yield f"{point.label}{side}: {point.place}"
        yield f"  felt in: {_names(point.referral.primary)}"
        if point.referral.spillover:
            yield f"  some also: {_names(point.referral.spillover)}"
    if muscle.referral_check:
        yield f"  Pattern: {muscle.referral_check.as_text}"


def _needle_as_text(muscle: "Muscle", knowledge: "Knowledge") -> Iterator[str]:
    yield ""
    if needle := muscle.needle:
        yield (
            f"Needle: {_span(needle.diameter_mm, '.2f')} × {_span(needle.length_mm, '.0f')} mm. "
            f"{needle.approach} ({needle.check.as_text})"
        )
    else:
        yield "Needle: not needled by most."
    if guide := muscle.depth_guide:
        yield f"Guide value for depth: {guide.mm:.0f} mm. {guide.says}"
    hazards = (knowledge.hazards[hazard] for hazard in muscle.hazards)
    listed = "; ".join(f"{hazard.name} ({hazard.level})" for hazard in hazards)
    yield f"Hazards: {listed or 'none listed'}"
    if muscle.precautions:
        yield f"Precautions: {muscle.precautions}"


def _names(zones: "Iterable[Zone]") -> str:
    return "; ".join(zone.name for zone in zones)


def _span(span: tuple[float, float], form: str) -> str:
    first, last = (format(value, form) for value in span)
    return first if first == last else f"{first}-{last}"


def _print_json(value: object) -> None:
    json.dump(value, sys.stdout, ensure_ascii=False, indent=2)
    print()
