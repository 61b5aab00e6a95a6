"""How the reference is told: short lines, each in our own words."""

from collections.abc import Iterable, Mapping

from bodymap.atlas.clinical.hazards import Hazard, Level
from bodymap.atlas.clinical.muscles import Muscle, NeedleAdvice
from bodymap.atlas.clinical.referral import Felt, Relation, Zone
from bodymap.atlas.ids import Side
from bodymap.atlas.reasoning import Explanation
from bodymap.widgets.chart_words import SIDE_WORDS, capital, region_words, uncapital

REFERENCE_ONLY = (
    "Reference, not advice. Patterns are typical and their reliability is disputed; "
    "no clinician has reviewed these entries."
)

_GRAVE = frozenset({Level.LIFE_THREATENING, Level.SERIOUS})


def names(muscle: Muscle) -> str:
    """The other names of a muscle."""
    return " · ".join((muscle.latin, *muscle.abbreviations[:3]))


def nerve(muscle: Muscle) -> str:
    """The nerve and its roots."""
    roots = ", ".join(muscle.innervation.roots)
    named = capital(muscle.innervation.nerve)
    return f"{named} ({roots})" if roots else named


def felt(zones: Iterable[Zone]) -> str:
    """Zones in words, such as "temple; forehead, other side"."""
    return "; ".join(_zone(zone) for zone in zones)


def needle(advice: NeedleAdvice) -> tuple[str, ...]:
    """Size, approach, and how well that was checked."""
    return (
        f"{_span(advice.diameter_mm, 2)} × {_span(advice.length_mm, 0)} mm",
        advice.approach,
        f"How checked: {advice.check.as_text}.",
    )


def hazard(known: Hazard) -> str:
    """A hazard; how it is avoided is told for the grave ones."""
    named = f"{known.name}: {known.level.value}."
    return f"{named} {known.guidance}" if known.level in _GRAVE else named


def found_detail(muscle: Muscle) -> str:
    """What stands under a muscle's name in a list."""
    return names(muscle) if muscle.abbreviations else muscle.latin


def ranked_title(explained: Explanation) -> str:
    """A muscle with its side."""
    return f"{explained.name}, {SIDE_WORDS[explained.side]}"


def ranked_detail(explained: Explanation) -> str:
    """How well its pattern fits."""
    return f"covers {explained.coverage:.0f} % · excess {explained.excess:.0f} %"


def pain(drawn: Mapping[Felt, float]) -> str:
    """Where it hurts, the largest areas first."""
    ranked = sorted(drawn, key=lambda where: -drawn[where])
    said = [region_words(region, side) for region, side in ranked[:4]]
    more = len(ranked) - len(said)
    return "; ".join(said) + (f"; {more} more" if more else "")


def side_of_body(side: Side) -> str:
    """A side as a word on a button."""
    return SIDE_WORDS[side].capitalize()


def _zone(zone: Zone) -> str:
    both = ", both sides" if zone.relation is Relation.BOTH else ""
    return f"{uncapital(zone.name)}{both}"


def _span(span: tuple[float, float], decimals: int) -> str:
    low, high = span
    first = f"{low:.{decimals}f}"
    return first if low == high else f"{first}–{high:.{decimals}f}"
