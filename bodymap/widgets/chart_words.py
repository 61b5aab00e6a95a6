"""How marks are called on screen. Sides are the patient's, and always written out."""

from collections.abc import Callable

from bodymap.atlas.ids import RegionId, Side, StructureId, ViewId
from bodymap.atlas.regions import regions
from bodymap.atlas.structures import catalogue
from bodymap.chart.marks import (
    Mark,
    MarkKind,
    NeedleSite,
    PainKind,
    PainQuality,
    PainZone,
    TriggerPoint,
    TriggerPointStatus,
    kind_of,
)
from bodymap.chart.needling import Direction, Technique
from bodymap.chart.visit import Visit, VisitState

NameOf = Callable[[StructureId], str]
"""Says what a structure is called."""

KIND_WORDS = {
    MarkKind.TRIGGER_POINT: "Trigger point",
    MarkKind.NEEDLE_SITE: "Needle",
    MarkKind.PAIN_ZONE: "Pain zone",
    MarkKind.NOTE: "Note",
}
SIDE_WORDS = {Side.LEFT: "left", Side.RIGHT: "right", Side.MIDLINE: "midline"}
STATUS_WORDS = {
    TriggerPointStatus.ACTIVE: "Active",
    TriggerPointStatus.LATENT: "Latent",
    TriggerPointStatus.SATELLITE: "Satellite",
}
TECHNIQUE_WORDS = {
    Technique.DEEP: "Deep",
    Technique.SUPERFICIAL: "Superficial",
    Technique.IMS: "IMS",
    Technique.TENDON: "Tendon",
    Technique.PERINEURAL: "Perineural",
}
DIRECTION_WORDS = {
    Direction.PERPENDICULAR: "Straight",
    Direction.OBLIQUE: "Oblique",
    Direction.TANGENTIAL: "Tangential",
}
PAIN_KIND_WORDS = {
    PainKind.PRESENTING: "Presenting",
    PainKind.REFERRED: "Referred",
    PainKind.PARAESTHESIA: "Paraesthesia",
    PainKind.NUMBNESS: "Numbness",
    PainKind.SORENESS: "Soreness",
}
QUALITY_WORDS = {quality: quality.value.capitalize() for quality in PainQuality}
STATE_WORDS = {
    VisitState.DRAFT: "draft",
    VisitState.SUBMITTED: "submitted",
    VisitState.RETURNED: "returned",
    VisitState.SIGNED: "signed",
    VisitState.VOID: "void",
}
VIEW_WORDS = {
    ViewId.ANTERIOR: "front",
    ViewId.POSTERIOR: "back",
    ViewId.LATERAL_LEFT: "left side",
    ViewId.LATERAL_RIGHT: "right side",
    ViewId.SOLES: "soles",
    ViewId.FEET_DORSAL: "feet",
}


def title(mark: Mark) -> str:
    """What a mark is called, such as "Needle 2"."""
    return f"{KIND_WORDS[kind_of(mark)]} {mark.number}"


def sided(name: str, side: Side) -> str:
    """A name with its side: "Right infraspinatus"; nothing is added in the midline."""
    if side is Side.MIDLINE:
        return capital(name)
    return f"{SIDE_WORDS[side].capitalize()} {uncapital(name)}"


def region_words(region: RegionId, side: Side) -> str:
    """A surface region with its side: "Front of the shoulder, right"."""
    name = capital(region_name(region))
    return name if side is Side.MIDLINE else f"{name}, {SIDE_WORDS[side]}"


def uncapital(text: str) -> str:
    """The text for the middle of a sentence; abbreviations keep their capitals."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def capital(text: str) -> str:
    """The text with a capital at its beginning."""
    return text[:1].upper() + text[1:]


def whereabouts(mark: Mark, name_of: NameOf) -> str:
    """Where a mark is in as few words as will do."""
    if isinstance(mark, TriggerPoint | NeedleSite) and mark.muscle is not None:
        return sided(name_of(mark.muscle), mark.place.side)
    return region_words(mark.place.region, mark.place.side)


def subtitle(mark: Mark, visit: Visit, name_of: NameOf) -> str:
    """The line under a mark's title: where it is, and what it belongs to."""
    where = whereabouts(mark, name_of)
    if isinstance(mark, NeedleSite) and mark.trigger_point and visit.has(mark.trigger_point):
        return f"{where} · in trigger point {visit.mark(mark.trigger_point).number}"
    if isinstance(mark, PainZone) and len(mark.polygons) > 1:
        return f"{where} · {len(mark.polygons)} pieces"
    return where


def detail(mark: Mark) -> str:
    """What else a list says of a mark."""
    match mark:
        case TriggerPoint():
            rated = "" if mark.intensity is None else f" · {mark.intensity}/10"
            return f"{STATUS_WORDS[mark.status]}{rated}"
        case NeedleSite():
            depth = "" if mark.depth_mm is None else f" · {mark.depth_mm:.0f} mm deep"
            return f"{mark.needle}{depth}"
        case PainZone():
            rated = "" if mark.intensity is None else f" · {mark.intensity}/10"
            return f"{PAIN_KIND_WORDS[mark.kind]}{rated}"
        case _:
            return " ".join(mark.text.split()) or "No words yet"


def counter(visit: Visit) -> tuple[str, str]:
    """What is on the map, in two lines: the needles, and everything else."""
    needles = list(visit.needle_sites())
    points, zones = len(list(visit.trigger_points())), len(list(visit.pain_zones()))
    muscles = len({(site.muscle, site.place.side) for site in needles if site.muscle})
    rest = (counted(points, "trigger point"), counted(zones, "zone"), counted(muscles, "muscle"))
    return f"Needles {sum(site.count for site in needles)}", " · ".join(rest)


def why_not(state: VisitState, author: str) -> str:
    """Why a visit that is only read cannot be changed, in a sentence or two.

    Args:
        state: Of the visit.
        author: The name of who charted it.
    """
    match state:
        case VisitState.DRAFT:
            return f"This is a draft of {author}, who alone can change it."
        case VisitState.RETURNED:
            return f"This visit was returned to {author}, who alone can change it."
        case VisitState.SUBMITTED:
            return "This visit was handed in and waits for a supervisor."
        case VisitState.SIGNED:
            return "This visit is signed. What is to be corrected is added under Signatures."
        case VisitState.VOID:
            return "This visit was declared void. It is kept and never counts."


def counted(number: int, noun: str) -> str:
    """A number with its noun, in the plural where that is right."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def structure_name(structure: StructureId) -> str:
    """What the atlas calls a structure; the id in words where it has gone from the atlas."""
    known = catalogue().get(structure)
    return known.name if known else plain(structure)


def region_name(region: RegionId) -> str:
    """What the atlas calls a surface region; the id in words where it has gone from the atlas."""
    known = regions().get(region)
    return known.name if known else plain(region)


def plain(identifier: str) -> str:
    """An id as words, for want of a better name."""
    return identifier.replace("-", " ").replace("_", " ")
