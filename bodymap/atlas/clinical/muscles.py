"""Muscles as a therapist knows them: names, nerve, trigger points, needle, precautions."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

from bodymap.atlas.clinical.entry import Entry
from bodymap.atlas.clinical.hazards import HazardId
from bodymap.atlas.clinical.referral import Referral, Zone
from bodymap.atlas.clinical.sources import SourceId
from bodymap.atlas.ids import Side, StructureId, ViewId

MuscleId = NewType("MuscleId", str)
"""A muscle of the clinical reference; it may differ from the ids of its outlines."""


class ReferralCheck(StrEnum):
    """What the referral patterns of a muscle were checked against."""

    CAPTION_OR_ASSOCIATION = "caption-or-association"
    SECONDARY = "secondary"
    GENERAL_KNOWLEDGE = "general-knowledge"

    @property
    def as_text(self) -> str:
        """The mark in words."""
        return {
            ReferralCheck.CAPTION_OR_ASSOCIATION: "a figure caption, the therapists' association "
            "or a patient series agrees",
            ReferralCheck.SECONDARY: "only retellings were read",
            ReferralCheck.GENERAL_KNOWLEDGE: "from general knowledge, not checked",
        }[self]


class NeedleCheck(StrEnum):
    """What the needle advice of a muscle was checked against."""

    STUDY_ABSTRACT = "study-abstract"
    GUIDELINE = "guideline"
    SECONDARY = "secondary"
    GENERAL_KNOWLEDGE = "general-knowledge"

    @property
    def as_text(self) -> str:
        """The mark in words."""
        return {
            NeedleCheck.STUDY_ABSTRACT: "the abstract of a study that needled this muscle was read",
            NeedleCheck.GUIDELINE: "a guideline was read",
            NeedleCheck.SECONDARY: "only retellings were read",
            NeedleCheck.GENERAL_KNOWLEDGE: "usual practice, not checked",
        }[self]


@dataclass(frozen=True, slots=True)
class MuscleTriggerPoint:
    """A place in a muscle where trigger points are described, and where they are felt.

    Attributes:
        id: Its id.
        label: Its short name, such as `TrP1`; the numbering is the older one.
        place: Where in the muscle, in words.
        referral: Where its pain is felt.
        only_side: The one side it is described for; none for most.
    """

    id: str
    label: str
    place: str
    referral: Referral
    only_side: Side | None = None


@dataclass(frozen=True, slots=True)
class Innervation:
    """The nerve of a muscle and the roots it comes from."""

    nerve: str
    roots: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NeedleAdvice:
    """Needle and approach that are usual for an average adult; no limits of safety.

    Attributes:
        length_mm: Shortest and longest usual needle.
        diameter_mm: Thinnest and thickest.
        approach: How it is placed, in words.
        check: What this was checked against.
    """

    length_mm: tuple[float, float]
    diameter_mm: tuple[float, float]
    approach: str
    check: NeedleCheck


@dataclass(frozen=True, slots=True)
class DepthGuide:
    """A depth that a study or guideline advises not to pass; of an average adult, no promise.

    Attributes:
        mm: The depth from the skin.
        says: What the source says, in our words.
        source: Which one.
    """

    mm: float
    says: str
    source: SourceId


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A condition in which a study found active trigger points in a muscle."""

    condition: str
    source: SourceId


@dataclass(frozen=True, slots=True)
class Muscle:
    """A muscle, for both sides of the body.

    Attributes:
        id: Its id.
        name: English name.
        latin: Latin name.
        latin_also: Other orders and spellings of the Latin name.
        aliases: Other English names, and names of groups it belongs to.
        abbreviations: Such as `ECRB`; some stand for several muscles.
        group: The part of the body it is listed under.
        views: Where it can be reached, or its pain is seen.
        layer: 1 superficial, 2 under one muscle, 3 deep, 4 deepest or on the bone.
        structures: Its outlines in the drawings.
        innervation: Nerve and roots.
        action: What it does.
        trigger_points: Where they are described; empty for a few muscles.
        referral_check: What their patterns were checked against.
        needle: Usual needle and approach; none where it is not needled by most.
        depth_guide: A depth that is advised not to be passed; none for most.
        hazards: What must not be hit near it.
        precautions: What to mind; may be empty.
        often_found_in: Conditions in which studies found active trigger points in it.
        note: Doubts about the entry, and what was mended in it.
        sources: Where all this comes from.
    """

    id: MuscleId
    name: str
    latin: str
    latin_also: tuple[str, ...]
    aliases: tuple[str, ...]
    abbreviations: tuple[str, ...]
    group: str
    views: tuple[ViewId, ...]
    layer: int
    structures: tuple[StructureId, ...]
    innervation: Innervation
    action: str
    trigger_points: tuple[MuscleTriggerPoint, ...]
    referral_check: ReferralCheck | None
    needle: NeedleAdvice | None
    depth_guide: DepthGuide | None
    hazards: tuple[HazardId, ...]
    precautions: str
    often_found_in: tuple[Occurrence, ...]
    note: str | None
    sources: tuple[SourceId, ...]


def read_muscles(file: Entry, zones: Mapping[str, Zone]) -> Mapping[MuscleId, Muscle]:
    """The muscles of `muscles.json`, by id, from head to foot."""
    muscles: dict[MuscleId, Muscle] = {}
    for entry in file.entries("muscles"):
        muscle = _muscle(entry, zones)
        if muscle.id in muscles:
            raise entry.wrong("id", "the id is taken")
        muscles[muscle.id] = muscle
    return muscles


def _muscle(entry: Entry, zones: Mapping[str, Zone]) -> Muscle:
    nerve = entry.entry("innervation")
    return Muscle(
        id=MuscleId(entry.text("id")),
        name=entry.text("name"),
        latin=entry.text("latin"),
        latin_also=entry.texts("latin_also"),
        aliases=entry.texts("aliases"),
        abbreviations=entry.texts("abbreviations"),
        group=entry.text("group"),
        views=_views(entry),
        layer=_layer(entry),
        structures=tuple(map(StructureId, entry.texts("structures"))),
        innervation=Innervation(nerve.text("nerve"), nerve.texts("roots")),
        action=entry.text("action"),
        trigger_points=tuple(_trigger_point(e, zones) for e in entry.entries("trigger_points")),
        referral_check=entry.choice_or_none("referral_check", ReferralCheck),
        needle=_needle(entry) if entry.has("needle") else None,
        depth_guide=_depth_guide(entry) if entry.has("depth_guide") else None,
        hazards=tuple(map(HazardId, entry.texts("hazards"))),
        precautions=entry.text_or_empty("precautions"),
        often_found_in=tuple(
            Occurrence(found.text("condition"), SourceId(found.text("source")))
            for found in entry.entries("often_found_in", key="condition")
        ),
        note=entry.text_or_none("note"),
        sources=tuple(map(SourceId, entry.texts("sources"))),
    )


def _trigger_point(entry: Entry, zones: Mapping[str, Zone]) -> MuscleTriggerPoint:
    primary, spillover = (_zones(entry, name, zones) for name in ("primary", "spillover"))
    if not primary:
        raise entry.wrong("primary", "a trigger point is felt somewhere")
    return MuscleTriggerPoint(
        id=entry.text("id"),
        label=entry.text("label"),
        place=entry.text("place"),
        referral=Referral(primary, spillover),
        only_side=entry.choice_or_none("only_side", Side),
    )


def _zones(entry: Entry, name: str, zones: Mapping[str, Zone]) -> tuple[Zone, ...]:
    try:
        return tuple(zones[zone] for zone in entry.texts(name))
    except KeyError as missing:
        raise entry.wrong(name, f"there is no zone {missing}") from None


def _needle(entry: Entry) -> NeedleAdvice:
    needle = entry.entry("needle")
    return NeedleAdvice(
        length_mm=needle.span("length_mm"),
        diameter_mm=needle.span("diameter_mm"),
        approach=needle.text("approach"),
        check=entry.choice("needle_check", NeedleCheck),
    )


def _depth_guide(entry: Entry) -> DepthGuide:
    guide = entry.entry("depth_guide")
    return DepthGuide(guide.number("mm"), guide.text("says"), SourceId(guide.text("source")))


def _layer(entry: Entry) -> int:
    layer = entry.number("layer")
    if layer not in (1, 2, 3, 4):
        raise entry.wrong("layer", "it goes from 1 to 4")
    return int(layer)


def _views(entry: Entry) -> tuple[ViewId, ...]:
    try:
        return tuple(map(ViewId, entry.texts("views")))
    except ValueError as problem:
        raise entry.wrong("views", str(problem)) from None
