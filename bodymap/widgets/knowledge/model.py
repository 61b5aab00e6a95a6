"""What the reference shows, as plain values."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bodymap.atlas.clinical.muscles import Muscle, MuscleId, MuscleTriggerPoint
from bodymap.atlas.ids import Side, StructureId
from bodymap.atlas.knowledge import Knowledge
from bodymap.atlas.reasoning import Explanation
from bodymap.widgets.chart_words import capital, uncapital
from bodymap.widgets.knowledge import words
from bodymap.widgets.map.overlays.muscle import MuscleShown

SIDES = (Side.LEFT, Side.RIGHT)


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a list with a quieter one below it."""

    title: str
    detail: str


@dataclass(frozen=True, slots=True)
class Section:
    """A caption with lines below it."""

    caption: str
    lines: tuple[str, ...]
    is_quiet: bool = False


@dataclass(frozen=True, slots=True)
class Point:
    """One trigger point to choose, told in words.

    Attributes:
        id: Its id.
        label: Its short name.
        place: Where in the muscle.
        felt: Where its pain is felt.
    """

    id: str
    label: str
    place: str
    felt: str


@dataclass(frozen=True, slots=True)
class Card:
    """All that is shown of a muscle.

    Attributes:
        title: Its name.
        names: Its other names.
        side: The side whose referral is shown.
        points: Its trigger points on that side.
        chosen: The one whose referral alone is shown; None for all.
        sections: Everything else.
        can_plan: Whether a trigger point could be charted in it.
    """

    title: str
    names: str
    side: Side
    points: tuple[Point, ...]
    chosen: str | None
    sections: tuple[Section, ...]
    can_plan: bool = False


def card(muscle: Muscle, knowledge: Knowledge, side: Side, chosen: str | None) -> Card:
    """Gather the card of a muscle."""
    return Card(
        title=muscle.name,
        names=words.names(muscle),
        side=side,
        points=tuple(_point(point) for point in points_on(muscle, side)),
        chosen=chosen,
        sections=tuple(_sections(muscle, knowledge)),
    )


def points_on(muscle: Muscle, side: Side) -> tuple[MuscleTriggerPoint, ...]:
    """The trigger points described for that side."""
    return tuple(point for point in muscle.trigger_points if point.only_side in {None, side})


def shown(muscle: Muscle, side: Side, points: Iterable[str] | None) -> MuscleShown:
    """The muscle as it is laid over the body, with the referral of some trigger points.

    Args:
        muscle: The muscle.
        side: The patient's side.
        points: Ids of trigger points; None for all, empty for no referral.
    """
    wanted = None if points is None else set(points)
    referrals = [
        point.referral for point in points_on(muscle, side) if wanted is None or point.id in wanted
    ]
    primary = frozenset(felt for one in referrals for felt in one.primary_on(side))
    spillover = frozenset(felt for one in referrals for felt in one.spillover_on(side))
    structures: frozenset[StructureId] = frozenset(muscle.structures)
    return MuscleShown(structures, side, primary, spillover - primary)


def found(muscles: Iterable[Muscle]) -> tuple[Row, ...]:
    """Muscles that a search found."""
    return tuple(Row(muscle.name, words.found_detail(muscle)) for muscle in muscles)


def ranked(explained: Iterable[Explanation]) -> tuple[Row, ...]:
    """Muscles that may explain a pain."""
    return tuple(Row(words.ranked_title(one), words.ranked_detail(one)) for one in explained)


def why(explained: Explanation, knowledge: Knowledge) -> str:
    """Which trigger points of the muscle explain the pain."""
    muscle = knowledge.muscle(MuscleId(explained.muscle))
    points = [point for point in muscle.trigger_points if point.id in explained.trigger_points]
    lines = [f"{point.label}: {point.place}." for point in points]
    reason = knowledge.gaps.muscles_without_outline.get(muscle.id)
    return "\n".join([*lines, f"Not drawn: {uncapital(reason)}"] if reason else lines)


def _point(point: MuscleTriggerPoint) -> Point:
    said = f"Felt in: {words.felt(point.referral.primary)}."
    if point.referral.spillover:
        said += f" Sometimes in: {words.felt(point.referral.spillover)}."
    return Point(point.id, point.label, f"{capital(point.place)}.", said)


def _sections(muscle: Muscle, knowledge: Knowledge) -> Iterator[Section]:
    if (reason := knowledge.gaps.muscles_without_outline.get(muscle.id)) is not None:
        yield Section("Not drawn", (reason,))
    yield Section("Action", (muscle.action,))
    yield Section("Nerve", (words.nerve(muscle),))
    if muscle.referral_check is not None:
        yield Section(
            "Patterns checked", (f"{capital(muscle.referral_check.as_text)}.",), is_quiet=True
        )
    if muscle.needle is None:
        yield Section("Usual needle", ("Not needled by most, or no reliable advice.",))
    else:
        yield Section("Usual needle", words.needle(muscle.needle))
    minded = [words.hazard(knowledge.hazards[hazard]) for hazard in muscle.hazards]
    if muscle.precautions or minded:
        yield Section("Mind", tuple(filter(None, (muscle.precautions, *minded))))
    if muscle.often_found_in:
        conditions = dict.fromkeys(capital(one.condition) for one in muscle.often_found_in)
        yield Section("Often found active in", tuple(conditions))
    if muscle.note:
        yield Section("Doubts", (muscle.note,), is_quiet=True)
    yield Section("Sources", knowledge.cite(muscle.sources), is_quiet=True)
    yield Section("", (words.REFERENCE_ONLY,), is_quiet=True)
