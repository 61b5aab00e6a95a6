"""What the inspector shows, as plain values."""

from collections.abc import Sequence
from dataclasses import dataclass

from bodymap.atlas.hazards import HazardNear, HazardSource
from bodymap.atlas.hit import Hit
from bodymap.atlas.ids import Kind
from bodymap.atlas.structures import suitable_muscles
from bodymap.chart.marks import (
    Mark,
    MarkId,
    MarkKind,
    NeedleSite,
    Note,
    PainZone,
    TriggerPoint,
    kind_of,
)
from bodymap.chart.place import Ring
from bodymap.chart.visit import Visit
from bodymap.widgets.inspector import words
from bodymap.widgets.inspector.words import NameOf

USUAL_MM = 50
"""The longest of the usual needles; taken where no needle is charted yet."""

_SPARE_MM = 20
"""Tissue gives way under the hand, and patients are leaner than the model body."""

_SOURCES = {
    HazardSource.COLUMN: "model body, measured",
    HazardSource.OUTLINE: "model body, outline",
    HazardSource.COURSE: "model body, usual course",
}


@dataclass(frozen=True, slots=True)
class Heading:
    """The mark's name, where it is in short, and where exactly."""

    title: str
    subtitle: str
    place: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One entry of a drop-down list."""

    value: object
    text: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """A structure along the way in, in millimetres from the skin."""

    name: str
    kind: Kind
    entry_mm: float
    exit_mm: float
    alarming: bool = False


@dataclass(frozen=True, slots=True)
class Caution:
    """Something near that a needle must keep clear of."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Under:
    """What lies under a point of the model body."""

    muscles: tuple[Choice, ...]
    column: tuple[Stretch, ...]
    caution: Caution | None


@dataclass(frozen=True, slots=True)
class Shown:
    """One chosen mark with all that its form needs.

    Attributes:
        mark: The mark itself.
        under: What lies under it.
        trigger_points: What a needle may be linked to.
        regions: The regions a pain zone touches, in words.
        editable: Whether the visit is still open.
    """

    heading: Heading
    mark: Mark
    under: Under
    trigger_points: tuple[Choice, ...] = ()
    regions: str = ""
    editable: bool = True


@dataclass(frozen=True, slots=True)
class Listed:
    """A mark in the list of the visit's marks."""

    id: MarkId
    kind: MarkKind
    title: str
    detail: str
    hollow: bool = False


@dataclass(frozen=True, slots=True)
class Overview:
    """What is shown while no mark is chosen."""

    marks: tuple[Listed, ...]
    pain_before: int | None
    pain_after: int | None
    editable: bool


def shown(mark: Mark, visit: Visit, hit: Hit | None, name_of: NameOf) -> Shown:
    """Gather what the form of a mark shows.

    Args:
        mark: The chosen mark.
        visit: The visit it belongs to.
        hit: What the atlas says of its place; None where the drawing has changed.
        name_of: Says what a structure is called.
    """
    heading = Heading(
        words.title(mark),
        words.subtitle(mark, visit, name_of),
        words.capital(mark.place.landmark),
    )
    return Shown(
        heading=heading,
        mark=mark,
        under=_under(mark, hit, name_of),
        trigger_points=_links(mark, visit, name_of),
        regions=_regions(mark),
        editable=visit.is_open,
    )


def overview(visit: Visit, name_of: NameOf) -> Overview:
    """Gather what is shown while no mark is chosen."""
    marks = tuple(
        Listed(
            id=mark.id,
            kind=kind_of(mark),
            title=f"{mark.number}  {words.whereabouts(mark, name_of)}",
            detail=words.detail(mark),
            hollow=isinstance(mark, TriggerPoint) and mark.status.value != "active",
        )
        for mark in visit.marks
    )
    return Overview(marks, visit.pain_before, visit.pain_after, visit.is_open)


def area_words(zone: PainZone) -> str:
    """How large a zone is, as drawn on the model body."""
    area_mm2 = sum(
        _area(piece.outer) - sum(_area(hole) for hole in piece.holes) for piece in zone.polygons
    )
    pieces = words.counted(len(zone.polygons), "piece")
    return f"{pieces} · about {max(area_mm2 / 100, 1):.0f} cm² on the model body"


def _under(mark: Mark, hit: Hit | None, name_of: NameOf) -> Under:
    if isinstance(mark, PainZone | Note):
        return Under((), (), None)
    if hit is None:
        return Under(_muscles(mark, (), name_of), (), None)
    muscles = [
        Choice(entry.id, f"{entry.name} · {entry.entry_mm:.0f}–{entry.exit_mm:.0f} mm")
        for entry in suitable_muscles(hit.structures)
    ]
    return Under(_muscles(mark, muscles, name_of), _column(hit), _caution(mark, hit))


def _muscles(
    mark: TriggerPoint | NeedleSite, under: Sequence[Choice], name_of: NameOf
) -> tuple[Choice, ...]:
    known = {choice.value for choice in under}
    muscle = mark.muscle
    if muscle is None or muscle in known:
        return (Choice(None, "No muscle"), *under)
    return (Choice(None, "No muscle"), Choice(muscle, words.capital(name_of(muscle))), *under)


def _column(hit: Hit) -> tuple[Stretch, ...]:
    on_the_way = {near.id: near for near in hit.hazards if near.distance_mm == 0}
    drawn = {entry.id for entry in hit.structures}
    met = [
        Stretch(
            entry.name, entry.kind, entry.entry_mm, entry.exit_mm, alarming=entry.id in on_the_way
        )
        for entry in hit.structures
    ]
    courses = [
        Stretch(near.name, near.kind, near.depth_mm, near.depth_mm, alarming=True)
        for near in on_the_way.values()
        if near.id not in drawn
    ]
    return tuple(sorted(met + courses, key=lambda stretch: stretch.entry_mm))


def _caution(mark: Mark, hit: Hit) -> Caution | None:
    """The nearest hazard in full and the others by name, as far as a needle may reach."""
    depth_mm = mark.depth_mm if isinstance(mark, NeedleSite) else None
    length_mm = mark.needle.length_mm if isinstance(mark, NeedleSite) else USUAL_MM
    within = [near for near in hit.hazards if near.depth_mm <= length_mm + _SPARE_MM]
    if not within:
        return None
    first, *others = sorted(within, key=lambda near: (near.distance_mm, near.depth_mm))
    said = [_whereabouts(first, depth_mm)]
    if others:
        named = (f"{_name(near)} {near.depth_mm:.0f} mm" for near in others)
        said.append(f"Also {', '.join(named)}.")
    said.append(f"Source: {_SOURCES[first.source]}.")
    place = "under this point" if first.distance_mm == 0 else "close by"
    return Caution(f"Caution: {_name(first)} {place}", " ".join(said))


def _whereabouts(hazard: HazardNear, depth_mm: float | None) -> str:
    if hazard.distance_mm > 0:
        return f"{hazard.distance_mm:.0f} mm beside the way in, {hazard.depth_mm:.0f} mm deep."
    where = f"On the way straight in, from {hazard.depth_mm:.0f} mm."
    if depth_mm is not None and depth_mm >= hazard.depth_mm:
        return f"{where} The charted depth reaches it."
    return where


def _name(hazard: HazardNear) -> str:
    return words.uncapital(words.sided(hazard.name, hazard.side))


def _links(mark: Mark, visit: Visit, name_of: NameOf) -> tuple[Choice, ...]:
    if not isinstance(mark, NeedleSite):
        return ()
    points = [
        Choice(point.id, f"{point.number} · {words.whereabouts(point, name_of)}")
        for point in visit.trigger_points()
    ]
    return (Choice(None, "None"), *points)


def _regions(mark: Mark) -> str:
    if not isinstance(mark, PainZone):
        return ""
    named = [words.region_name(region) for region in mark.regions or (mark.place.region,)]
    return words.capital("; ".join(named))


def _area(ring: Ring) -> float:
    pairs = zip(ring, (*ring[1:], ring[0]), strict=True)
    return abs(sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in pairs)) / 2
