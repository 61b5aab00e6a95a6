"""Templates as plain values that JSON knows, and back."""

from collections.abc import Mapping
from typing import Any

from bodymap.atlas.ids import StructureId, ViewId
from bodymap.chart.marks import NeedleSize, TriggerPointStatus
from bodymap.chart.needling import Direction, Handle, Technique
from bodymap.chart.people import UserId
from bodymap.chart.template import PlannedNeedle, PlannedPoint, Template

Values = Mapping[str, Any]


def to_template(values: Values) -> Template:
    """The template of its values, as `dataclasses.asdict` and JSON leave them.

    Raises:
        TypeError: A value is missing.
        ValueError: A value is none of a template.
        KeyError: A value is missing.
    """
    owner = values["owner"]
    return Template(
        values["name"],
        None if owner is None else UserId(owner),
        tuple(_to_point(point) for point in values["points"]),
        tuple(_to_needle(needle) for needle in values["needles"]),
    )


def _to_point(values: Values) -> PlannedPoint:
    return PlannedPoint(
        **_place(values),
        part=str(values["part"]),
        status=TriggerPointStatus(values["status"]),
    )


def _to_needle(values: Values) -> PlannedNeedle:
    handle = values["handle"]
    return PlannedNeedle(
        **_place(values),
        needle=NeedleSize(**values["needle"]),
        count=int(values["count"]),
        brand=str(values["brand"]),
        handle=None if handle is None else Handle(handle),
        technique=Technique(values["technique"]),
        direction=Direction(values["direction"]),
        clock=values["clock"],
        point=values["point"],
    )


def _place(values: Values) -> dict[str, Any]:
    muscle = values["muscle"]
    return {
        "view": ViewId(values["view"]),
        "u_mm": float(values["u_mm"]),
        "v_mm": float(values["v_mm"]),
        "muscle": None if muscle is None else StructureId(muscle),
    }
