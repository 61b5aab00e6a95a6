"""One field of a mark changed, with what has to change along with it."""

from dataclasses import fields, replace
from datetime import datetime, time, timedelta

from bodymap.chart.marks import Mark, NeedleSite, NeedleSize
from bodymap.chart.needling import Direction, Manipulation, Sensation, Stimulation

FIELD_WORDS = {
    "muscle": "muscle",
    "part": "part of the muscle",
    "status": "status",
    "intensity": "intensity",
    "intensity_after": "pain afterwards",
    "threshold": "pressure threshold",
    "threshold_after": "pressure threshold afterwards",
    "taut_band": "taut band",
    "nodule": "nodule",
    "jump_sign": "jump sign",
    "twitch": "twitch on palpation",
    "familiar_pain": "familiar pain",
    "refers_to": "referral",
    "origins": "referral",
    "text": "words",
    "trigger_point": "trigger point",
    "needle": "size",
    "count": "number",
    "brand": "brand",
    "lot": "lot",
    "handle": "handle",
    "technique": "technique",
    "direction": "direction",
    "clock": "direction",
    "depth_mm": "depth",
    "twitches": "twitches",
    "manipulations": "manipulation",
    "pistoning": "pistoning",
    "sensations": "sensations",
    "bleeding": "bleeding",
    "haematoma": "haematoma",
    "stimulation.hz": "frequency",
    "stimulation.pulse_ms": "pulse",
    "stimulation.milliamperes": "current",
    "stimulation.minutes": "minutes",
    "time_in": "time in",
    "time_out": "time out",
    "placed_by": "placing hand",
    "removed_by": "removing hand",
    "kind": "kind",
    "qualities": "qualities",
    "pattern": "course",
    "aggravated_by": "aggravation",
    "eased_by": "relief",
    "photo": "photo",
}
"""What the undo menu calls a field."""


def with_field(mark: Mark, field: str, value: object, day: datetime) -> Mark:
    """The mark with one field changed.

    Args:
        mark: The mark as it is.
        field: The field's name; `stimulation.hz` is a field of a field.
        value: What it is to be; a time of day becomes a time of the visit.
        day: When the visit began.

    Raises:
        ValueError: The value cannot be right.
    """
    if isinstance(mark, NeedleSite):
        changes = _of_needle(mark, field, value, day)
    else:
        changes = {field: value}
    return replace(mark, **changes)  # type: ignore[arg-type]


def _of_needle(mark: NeedleSite, field: str, value: object, day: datetime) -> dict[str, object]:
    if field.startswith("stimulation."):
        setting = field.removeprefix("stimulation.")
        return {"stimulation": _stimulation(mark.stimulation, setting, value)}
    if field == "sensations" and isinstance(value, frozenset):
        value = _felt(mark.sensations, value)
    if isinstance(value, time):
        value = _at(value, field, mark, day)
    return {field: value} | _along(mark, field, value)


def _along(mark: NeedleSite, field: str, value: object) -> dict[str, object]:
    """What goes with another manipulation, direction or size."""
    match field, value:
        case "manipulations", frozenset() if Manipulation.PISTONING not in value:
            return {"pistoning": None}
        case "direction", Direction.PERPENDICULAR:
            return {"clock": None}
        case "needle", NeedleSize() if mark.depth_mm is not None:
            return {"depth_mm": min(mark.depth_mm, float(value.length_mm))}
        case _:
            return {}


def _stimulation(used: Stimulation | None, setting: str, value: object) -> Stimulation | None:
    names = [field.name for field in fields(Stimulation)]
    settings = {name: getattr(used, name) if used else None for name in names} | {setting: value}
    if all(kept is None for kept in settings.values()):
        return None
    return Stimulation(**settings)


def _felt(before: frozenset[Sensation], after: frozenset[Sensation]) -> frozenset[Sensation]:
    """Nothing felt stands alone: the answer given last counts."""
    if Sensation.NONE in after - before:
        return frozenset({Sensation.NONE})
    return after - {Sensation.NONE} if len(after) > 1 else after


def _at(clock: time, field: str, mark: NeedleSite, day: datetime) -> datetime:
    """A time of day on the visit's day; out past midnight is on the next one."""
    when = datetime.combine(day.date(), clock, day.tzinfo)
    late_in = mark.time_in is not None and mark.time_in.hour >= 20 and when.hour < 4
    return when + timedelta(days=1) if field == "time_out" and late_in else when
