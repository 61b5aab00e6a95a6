"""How the way of a needle is told: where its tip is, and what it comes too near."""

from collections.abc import Iterator

from bodymap.atlas.hazards import HazardNear, HazardSource
from bodymap.atlas.knowledge import Knowledge
from bodymap.chart.marks import NeedleSite, TriggerPoint
from bodymap.desk.needle_way import Guide, Near, NeedleWay
from bodymap.widgets.chart_words import capital, sided, uncapital

_FAR_MM = 40.0
"""A hazard this much beyond the tip is not spoken of below the bar."""

_SOURCES = {
    HazardSource.COLUMN: "model body, measured",
    HazardSource.OUTLINE: "model body, outline",
    HazardSource.COURSE: "model body, usual course",
}


def tip(way: NeedleWay, along_mm: float | None) -> str:
    """Where the tip is at a depth; how far the needle would come when none is charted."""
    said = [_slant(way, along_mm)] if way.tilt_deg > 0 else []
    reached_mm = way.depth_of(way.length_mm if along_mm is None else along_mm)
    lies = _lies_in(way, way.length_mm if along_mm is None else along_mm)
    if along_mm is None:
        said.append(f"Pushed in to the handle, the tip would be {reached_mm:.0f} mm deep, {lies}.")
    else:
        said.append(f"The tip is {reached_mm:.0f} mm deep, {lies}.")
    further = next(_further(way, reached_mm), None)
    if further is not None:
        begins = further.hazard.depth_mm
        said.append(
            f"{capital(named(further.hazard))} begins at {begins:.0f} mm, "
            f"{begins - reached_mm:.0f} mm further in."
        )
    return " ".join(said)


def caution(mark: TriggerPoint | NeedleSite, way: NeedleWay) -> tuple[str, str, str] | None:
    """What to mind at a point: title, what it is, and the reference on it; None if nothing."""
    near, guide = way.cautioned, _passed(mark, way)
    if not near and guide is None:
        return None
    if near:
        place = "under this point" if near[0].hazard.distance_mm == 0 else "close by"
        title = f"Caution: {named(near[0].hazard)} {place}"
    else:
        title = f"Caution: {_deeper(mark)} the guide value"
    text = " ".join((*_hazards_told(mark, near), *_guide_told(guide)))
    advice = " ".join((*_advice(near), *_guide_says(guide)))
    return title, text, f"{advice}\n{_cited(near, guide)}"


def named(hazard: HazardNear) -> str:
    """A hazard with its side, for the middle of a sentence."""
    return uncapital(sided(hazard.name, hazard.side))


def _slant(way: NeedleWay, along_mm: float | None) -> str:
    along = way.length_mm if along_mm is None else along_mm
    leans = f"Leaning {way.tilt_deg:.0f}°, {along:.0f} mm of needle come "
    leans += f"{way.depth_of(along):.0f} mm deep"
    if way.clock is None:
        return f"{leans}; shown straight below until its direction is given."
    return f"{leans}, followed towards {way.clock} o’clock."


def _lies_in(way: NeedleWay, along_mm: float) -> str:
    entry = way.tip_in(along_mm)
    if entry is not None:
        return f"in {uncapital(entry.name)}"
    depth_mm = way.depth_of(along_mm)
    above = [one for one in way.met if one.exit_mm < depth_mm]
    below = [one for one in way.met if one.entry_mm > depth_mm]
    if above and below:
        return f"between {uncapital(above[-1].name)} and {uncapital(below[0].name)}"
    if below:
        return f"under the skin over {uncapital(below[0].name)}"
    return f"beneath {uncapital(above[-1].name)}" if above else "in the tissue under the skin"


def _further(way: NeedleWay, reached_mm: float) -> Iterator[Near]:
    on_the_way = (near for near in way.near if near.hazard.distance_mm == 0)
    for near in sorted(on_the_way, key=lambda near: near.hazard.depth_mm):
        if 0 < near.hazard.depth_mm - reached_mm <= _FAR_MM:
            yield near


def _passed(mark: TriggerPoint | NeedleSite, way: NeedleWay) -> Guide | None:
    """The guide value, if the needle is charted deeper or could come deeper."""
    if way.guide is None or isinstance(mark, TriggerPoint):
        return None
    along_mm = way.length_mm if mark.depth_mm is None else mark.depth_mm
    return way.guide if way.depth_of(along_mm) > way.guide.depth.mm else None


def _deeper(mark: TriggerPoint | NeedleSite) -> str:
    is_charted = isinstance(mark, NeedleSite) and mark.depth_mm is not None
    return "deeper than" if is_charted else "needle longer than"


def _hazards_told(mark: TriggerPoint | NeedleSite, near: tuple[Near, ...]) -> Iterator[str]:
    if not near:
        return
    depth_mm = mark.depth_mm if isinstance(mark, NeedleSite) else None
    said = _whereabouts(near[0], is_charted=depth_mm is not None)
    if len(near) > 1:
        others = (f"{named(one.hazard)} {one.hazard.depth_mm:.0f} mm" for one in near[1:])
        said += f" Also {', '.join(others)}."
    yield said


def _advice(near: tuple[Near, ...]) -> Iterator[str]:
    """How the first of the hazards is kept clear of."""
    for one in near[:1]:
        known = Knowledge.load().hazards_of(one.hazard.id)
        yield from (_first_sentence(hazard.guidance) for hazard in known[:1])


def _whereabouts(near: Near, *, is_charted: bool) -> str:
    hazard = near.hazard
    if hazard.distance_mm > 0:
        where = f"{hazard.distance_mm:.0f} mm beside the way in, {hazard.depth_mm:.0f} mm deep."
        reached = near.gap_mm <= hazard.distance_mm
        return (
            f"{where} The charted depth comes abreast of it." if is_charted and reached else where
        )
    where = f"On the way in, from {hazard.depth_mm:.0f} mm."
    if is_charted and near.beyond_mm == 0:
        return f"{where} The charted depth reaches it."
    if is_charted:
        return f"{where} The charted tip ends {near.beyond_mm:.0f} mm before it."
    return where


def _guide_told(guide: Guide | None) -> Iterator[str]:
    if guide is not None:
        yield f"Guide value for {uncapital(guide.muscle.name)}: {guide.depth.mm:.0f} mm."


def _guide_says(guide: Guide | None) -> Iterator[str]:
    if guide is not None:
        yield guide.depth.says


def _cited(near: tuple[Near, ...], guide: Guide | None) -> str:
    knowledge = Knowledge.load()
    sources: list[str] = []
    if near:
        sources.append(_SOURCES[near[0].hazard.source])
        known = knowledge.hazards_of(near[0].hazard.id)[:1]
        sources += (knowledge.cite(hazard.sources[:1])[0] for hazard in known)
    if guide is not None:
        sources += knowledge.cite([guide.depth.source])
    return f"Source: {'; '.join(dict.fromkeys(sources))}."


def _first_sentence(text: str) -> str:
    return text.split(". ", maxsplit=1)[0].rstrip(".") + "."
