"""What a supervisor should look at first: what is unusual or missing in a visit, in words.

Depths and hazards are those of the model body: reference that points to a place, no finding.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from bodymap.atlas.hit import Atlas
from bodymap.atlas.knowledge import Knowledge
from bodymap.chart.marks import MarkId, NeedleSite
from bodymap.chart.people import Patient
from bodymap.chart.visit import Visit
from bodymap.desk.needle_counting import tally
from bodymap.desk.needle_way import Near, NeedleWay, needle_way
from bodymap.desk.screening import checklist

CLOSE_MM = 10.0
"""A needle that stands beside a hazard, not over it, is marked when it passes this near: the room
one keeps clear of it. Who charts is cautioned from further away; who reviews twenty charts would
no longer look if most of them were marked."""


class RiskKind(StrEnum):
    """What a marker stands for, the gravest first."""

    OVERRIDE = "override"
    CONSENT = "consent"
    HAZARD = "hazard"
    DEPTH = "depth"
    NEEDLES = "needles"


@dataclass(frozen=True, slots=True)
class Risk:
    """One thing to look at.

    Attributes:
        words: What it is, in a sentence.
        mark: The needle it is about, if it is about one.
    """

    kind: RiskKind
    words: str
    mark: MarkId | None = None


def risks(
    atlas: Atlas, visit: Visit, patient: Patient, absolute: Mapping[str, bool]
) -> tuple[Risk, ...]:
    """Everything in a visit that a supervisor should look at, the gravest first.

    Args:
        atlas: The body.
        visit: The visit.
        patient: Its patient.
        absolute: Items that the clinic takes as ruling needling out, or as not doing so.
    """
    found = [
        *_overrides(visit, patient, absolute),
        *_consent(visit),
        *(risk for site in visit.needle_sites() for risk in needle_risks(atlas, site)),
        *_needles(visit),
    ]
    order = list(RiskKind)
    return tuple(sorted(found, key=lambda risk: order.index(risk.kind)))


def needle_risks(atlas: Atlas, site: NeedleSite) -> Iterator[Risk]:
    """What is unusual about one needle."""
    place = site.place
    hit = atlas.hit(place.view, place.u_mm, place.v_mm)
    if hit is None:
        return
    way = needle_way(atlas, site, hit)
    looked_at = [near for near in way.cautioned if _is_over(near) or near.gap_mm <= CLOSE_MM]
    for near in sorted(looked_at, key=lambda near: near.gap_mm > 0)[:1]:
        words = f"Needle {site.number}: {near.hazard.name} {_where(near)}."
        yield Risk(RiskKind.HAZARD, words, site.id)
    if words := _unusual_depth(site, way):
        yield Risk(RiskKind.DEPTH, words, site.id)


def _is_over(near: Near) -> bool:
    return near.hazard.distance_mm == 0


def _where(near: Near) -> str:
    if near.gap_mm == 0:
        return "lies on its way"
    return f"{near.gap_mm:.0f} mm {'beyond its tip' if _is_over(near) else 'away'}"


def _unusual_depth(site: NeedleSite, way: NeedleWay) -> str:
    if site.depth_mm is None:
        return ""
    below_mm = way.depth_of(site.depth_mm)
    if way.guide is not None and below_mm > way.guide.depth.mm:
        advised = f"a source advises {way.guide.depth.mm:.0f} mm at most"
        return f"Needle {site.number} went {below_mm:.0f} mm deep; {advised}."
    muscle = Knowledge.load().muscle_of(site.muscle) if site.muscle else None
    advice = muscle.needle if muscle else None
    if muscle is not None and advice is not None and site.depth_mm > advice.length_mm[1]:
        usual = f"{advice.length_mm[1]:.0f} mm needles reach {muscle.name}"
        return f"Needle {site.number} went {site.depth_mm:.0f} mm in; {usual}."
    return ""


def _overrides(visit: Visit, patient: Patient, absolute: Mapping[str, bool]) -> Iterator[Risk]:
    items = Knowledge.load().screening.values()
    for state in checklist(items, visit, patient, absolute):
        if state.is_absolute and state.applies:
            yield Risk(
                RiskKind.OVERRIDE,
                f"“{state.item.label}” rules needling out; gone on all the same:"
                f" {state.said.override.strip() or 'no reason given'}.",
            )


def _consent(visit: Visit) -> Iterator[Risk]:
    if not visit.record.consent.is_given:
        yield Risk(RiskKind.CONSENT, "No consent is recorded.")


def _needles(visit: Visit) -> Iterator[Risk]:
    count = tally(visit)
    if (count.inserted or count.opened) and not count.is_reconciled:
        words = " ".join(count.mismatches) or "The needles have not been counted."
        yield Risk(RiskKind.NEEDLES, words)
