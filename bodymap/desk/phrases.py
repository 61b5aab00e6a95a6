"""Sentences for the written record, made from what was charted."""

from collections.abc import Iterator
from itertools import groupby

from bodymap.atlas.ids import Side, StructureId
from bodymap.atlas.structures import catalogue
from bodymap.chart.marks import NeedleSite, TriggerPoint
from bodymap.chart.visit import Visit


def phrases(visit: Visit) -> str:
    """What was found and done, a line for each muscle: findings first, then needles."""
    return "\n".join((*_findings(visit), *_needles(visit)))


def _findings(visit: Visit) -> Iterator[str]:
    for point in visit.trigger_points():
        rated = "" if point.intensity is None else f", {point.intensity}/10 on pressure"
        yield f"{point.status.capitalize()} trigger point, {_where(point)}{rated}."


def _needles(visit: Visit) -> Iterator[str]:
    sites = sorted(visit.needle_sites(), key=lambda site: (_alike(site), site.number))
    for _, alike in groupby(sites, key=_alike):
        yield _needle_line(list(alike))


def _alike(site: NeedleSite) -> tuple[str, str, str, str]:
    return (_where(site), str(site.needle), site.technique, site.direction)


def _needle_line(sites: list[NeedleSite]) -> str:
    number = sum(site.count for site in sites)
    counted = [site.twitches for site in sites if site.twitches is not None]
    words = [
        f"{number} needle{'' if number == 1 else 's'}",
        _where(sites[0]),
        str(sites[0].needle),
        "IMS" if sites[0].technique == "ims" else str(sites[0].technique),
    ]
    if counted:
        words.append(f"{sum(counted)} twitch{'' if sum(counted) == 1 else 'es'}")
    return ", ".join(words) + "."


def _where(mark: TriggerPoint | NeedleSite) -> str:
    name = _plain(mark.muscle or StructureId(mark.place.region), known=mark.muscle is not None)
    return name if mark.place.side is Side.MIDLINE else f"{mark.place.side} {name}"


def _plain(structure: StructureId, *, known: bool) -> str:
    entry = catalogue().get(structure) if known else None
    name = entry.name if entry else structure.replace("-", " ")
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]
