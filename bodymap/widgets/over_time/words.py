"""How differences between visits are told."""

from collections.abc import Sequence

from bodymap.chart.day_words import day
from bodymap.chart.marks import MarkKind, NeedleSite, TriggerPoint, TriggerPointStatus, kind_of
from bodymap.chart.visit import Visit
from bodymap.desk.comparing import AREA, Difference, Pair, Verdict
from bodymap.desk.trends import Reading, important_change, reading
from bodymap.widgets.chart_words import (
    STATUS_WORDS,
    TECHNIQUE_WORDS,
    NameOf,
    counted,
    detail,
    whereabouts,
)
from bodymap.widgets.inspector.model import Listed

VERDICT_WORDS = {
    Verdict.NEW: "New",
    Verdict.CHANGED: "Changed",
    Verdict.GONE: "Gone",
    Verdict.SAME: "As before",
}

HEAT_WORDS = {
    MarkKind.TRIGGER_POINT: "Trigger points",
    MarkKind.NEEDLE_SITE: "Needles",
    MarkKind.PAIN_ZONE: "Pain",
}

HEAT_ROLES = {
    MarkKind.TRIGGER_POINT: "trigger-point",
    MarkKind.NEEDLE_SITE: "needle",
    MarkKind.PAIN_ZONE: "pain-hatch",
}

_NAMES = {"intensity_after": "after", "twitches": "twitches", "count": "needles"}
_UNITS = {"intensity": "/10", "intensity_after": "/10", "depth_mm": " mm", AREA: " cm²"}


def listed(pair: Pair, name_of: NameOf) -> Listed:
    """One finding as a row of the list."""
    mark = pair.mark
    told = ", ".join(map(difference, pair.differences)) or detail(mark)
    hollow = isinstance(mark, TriggerPoint) and mark.status is TriggerPointStatus.LATENT
    verdict = VERDICT_WORDS[pair.verdict]
    title = whereabouts(mark, name_of)
    return Listed(mark.id, kind_of(mark), title, f"{verdict} · {told}", hollow)


def difference(one: Difference) -> str:
    """One value that changed, such as "6 → 3/10"."""
    if one.name == "text":
        return "other words"
    name = _NAMES.get(one.name, "")
    unit = _UNITS.get(one.name, "")
    words = f"{_value(one.before)} → {_value(one.after)}{unit}"
    return f"{name} {words}".strip()


def summary(before: Visit, after: Visit) -> Sequence[tuple[str, str]]:
    """What the two visits come to: a caption and words for each line."""
    then, now = reading(before), reading(after)
    return (
        ("Pain on arrival", _moved(then.pain_before, now.pain_before, "/10") + _matters(then, now)),
        ("Area of pain", _moved(_whole(then.area_cm2), _whole(now.area_cm2), " cm²")),
        ("Trigger points", _moved(then.trigger_points, now.trigger_points, "")),
        ("Needles", _moved(then.needles, now.needles, "")),
    )


def visit_choice(visit: Visit, complaint: str) -> str:
    """A visit among others."""
    return " · ".join(filter(None, (day(visit.began), complaint)))


def muscle_row(points: Sequence[TriggerPoint], needles: Sequence[NeedleSite]) -> str:
    """What one visit tells of one muscle."""
    parts = [detail(point) for point in points]
    if needles:
        parts.append(counted(sum(site.count for site in needles), "needle"))
        twitches = [site.twitches for site in needles if site.twitches is not None]
        if twitches:
            parts.append("1 twitch" if sum(twitches) == 1 else f"{sum(twitches)} twitches")
    return ", ".join(parts) or "Nothing charted"


def _value(value: object) -> str:
    if value is None:
        return "–"
    if isinstance(value, float):
        return f"{value:.0f}"
    if value in STATUS_WORDS:
        return STATUS_WORDS[value].lower()  # type: ignore[index]  # it is one of them
    if value in TECHNIQUE_WORDS:
        return TECHNIQUE_WORDS[value].lower()  # type: ignore[index]  # it is one of them
    return str(value)


def _moved(before: int | None, after: int | None, unit: str) -> str:
    if before is None and after is None:
        return "–"
    if before == after:
        return f"{after}{unit}, the same"
    return f"{_value(before)} → {_value(after)}{unit}"


def _matters(then: Reading, now: Reading) -> str:
    change = important_change((then.pain_before, now.pain_before))
    return ", a change that matters" if change is not None else ""


def _whole(area: float | None) -> int | None:
    return None if area is None else round(area)
