"""Valid records with made-up people: every default may be overridden, none needs to be.

Ids are UUIDs made from readable names, so the same call gives the same record on every run.
"""

from datetime import date, datetime, timedelta, timezone
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from bodymap.atlas.ids import RegionId, Side, StructureId, ViewId
from bodymap.chart.alerts import Alert, AlertKind
from bodymap.chart.marks import (
    Mark,
    MarkId,
    NeedleSite,
    NeedleSize,
    Note,
    PainKind,
    PainQuality,
    PainZone,
    TriggerPoint,
)
from bodymap.chart.needling import Technique
from bodymap.chart.people import (
    AdministrativeSex,
    Episode,
    EpisodeId,
    Patient,
    PatientId,
    Role,
    User,
    UserId,
)
from bodymap.chart.place import Place, Polygon
from bodymap.chart.visit import Visit, VisitId

BEGAN = datetime(2026, 3, 2, 9, 15, tzinfo=timezone(timedelta(hours=1)))
"""When the first built visit began; each further one a week later."""


def an_id(name: str) -> str:
    """The same UUID for the same words."""
    return str(uuid5(NAMESPACE_URL, f"https://bodymap.example/{name}"))


def a_place(u_mm: float = 96.0, v_mm: float = 402.0, **fields: Any) -> Place:
    """A point over the right infraspinatus, seen from behind."""
    defaults: dict[str, Any] = {
        "view": ViewId.POSTERIOR,
        "side": Side.RIGHT,
        "region": RegionId("shoulder-blade"),
        "landmark": "32 mm lateral and 12 mm below the spinous process of T5, right",
        "structures": (StructureId("trapezius"), StructureId("infraspinatus")),
    }
    return Place(u_mm=u_mm, v_mm=v_mm, **(defaults | fields))


def a_trigger_point(number: int = 1, visit: int = 1, **fields: Any) -> TriggerPoint:
    """An active trigger point in infraspinatus."""
    defaults: dict[str, Any] = {
        "id": MarkId(an_id(f"visit/{visit}/trigger-point/{number}")),
        "place": a_place(96.0 + 11 * number, 402.0 + 7 * number),
        "muscle": StructureId("infraspinatus"),
        "intensity": 6,
        "text": "Taut band, familiar pain",
    }
    return TriggerPoint(number=number, **(defaults | fields))


def a_needle_site(number: int = 1, visit: int = 1, **fields: Any) -> NeedleSite:
    """A deep needle in infraspinatus with two twitches."""
    defaults: dict[str, Any] = {
        "id": MarkId(an_id(f"visit/{visit}/needle-site/{number}")),
        "place": a_place(99.0 + 11 * number, 404.0 + 7 * number),
        "muscle": StructureId("infraspinatus"),
        "needle": NeedleSize(0.30, 40),
        "technique": Technique.DEEP,
        "depth_mm": 18.0,
        "twitches": 2,
    }
    return NeedleSite(number=number, **(defaults | fields))


def a_polygon(u_mm: float = 90.0, v_mm: float = 330.0, **fields: Any) -> Polygon:
    """A five-sided area about 60 mm across."""
    ring = ((0.0, 0.0), (60.0, 4.0), (66.0, 48.0), (30.0, 70.0), (-6.0, 40.0))
    defaults: dict[str, Any] = {
        "view": ViewId.POSTERIOR,
        "outer": tuple((u_mm + u, v_mm + v) for u, v in ring),
    }
    return Polygon(**(defaults | fields))


def a_pain_zone(number: int = 1, visit: int = 1, **fields: Any) -> PainZone:
    """Presenting pain over the right shoulder blade, in one piece."""
    defaults: dict[str, Any] = {
        "id": MarkId(an_id(f"visit/{visit}/pain-zone/{number}")),
        "place": a_place(110.0, 360.0),
        "polygons": (a_polygon(90.0 + 12 * number),),
        "regions": (RegionId("shoulder-blade"),),
        "kind": PainKind.PRESENTING,
        "intensity": 5,
        "qualities": frozenset({PainQuality.ACHING}),
    }
    return PainZone(number=number, **(defaults | fields))


def a_note(number: int = 1, visit: int = 1, **fields: Any) -> Note:
    """A few words pinned to the body."""
    defaults: dict[str, Any] = {
        "id": MarkId(an_id(f"visit/{visit}/note/{number}")),
        "place": a_place(80.0 + 9 * number, 420.0),
        "text": "Old scar, avoid",
    }
    return Note(number=number, **(defaults | fields))


def a_user(number: int = 1, **fields: Any) -> User:
    """A therapist who does not exist."""
    defaults: dict[str, Any] = {
        "id": UserId(an_id(f"user/{number}")),
        "name": f"Tilda Testwell {number}",
        "role": Role.THERAPIST,
    }
    return User(**(defaults | fields))


def a_patient(number: int = 1, **fields: Any) -> Patient:
    """A patient who does not exist, born on a leap day."""
    defaults: dict[str, Any] = {
        "id": PatientId(an_id(f"patient/{number}")),
        "number": f"P-{number:04d}",
        "family_name": f"Sample {number}",
        "given_name": "Pat",
        "birth_date": date(1984, 2, 29),
        "sex": AdministrativeSex.FEMALE,
        "alerts": (Alert(AlertKind.ANTICOAGULANT),),
    }
    return Patient(**(defaults | fields))


def an_episode(number: int = 1, patient: int = 1, **fields: Any) -> Episode:
    """A sore right shoulder."""
    defaults: dict[str, Any] = {
        "id": EpisodeId(an_id(f"patient/{patient}/episode/{number}")),
        "patient": PatientId(an_id(f"patient/{patient}")),
        "complaint": "Right shoulder pain on reaching overhead",
        "side": Side.RIGHT,
        "onset": date(2026, 1, 12),
    }
    return Episode(**(defaults | fields))


def a_visit(
    needles: int = 2,
    trigger_points: int = 1,
    zones: int = 1,
    notes: int = 0,
    *,
    number: int = 1,
    patient: int = 1,
    **fields: Any,
) -> Visit:
    """A draft with so many marks of each kind; the first needle is linked to trigger point 1."""
    points = [a_trigger_point(n, number) for n in range(1, trigger_points + 1)]
    sites = [a_needle_site(n, number) for n in range(1, needles + 1)]
    if points and sites:
        sites[0] = a_needle_site(1, number, trigger_point=points[0].id)
    marks: list[Mark] = [*points, *sites]
    marks += [a_pain_zone(n, number) for n in range(1, zones + 1)]
    marks += [a_note(n, number) for n in range(1, notes + 1)]
    defaults: dict[str, Any] = {
        "id": VisitId(an_id(f"visit/{number}")),
        "patient": PatientId(an_id(f"patient/{patient}")),
        "episode": EpisodeId(an_id(f"patient/{patient}/episode/1")),
        "therapist": UserId(an_id("user/1")),
        "began": BEGAN + timedelta(weeks=number - 1),
        "pain_before": 6,
        "marks": tuple(marks),
    }
    return Visit(**(defaults | fields))
