"""The records of the demo clinic: made-up patients, charted as a person would, from one seed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta, timezone
from random import Random
from typing import Any
from uuid import UUID

from shapely.geometry import Point

from bodymap.atlas.areas import inside_point, region_area
from bodymap.atlas.hit import Atlas
from bodymap.atlas.ids import LayerId, RegionId, Side, StructureId, ViewId
from bodymap.atlas.knowledge import Knowledge
from bodymap.chart.alerts import ALERT_NAMES, Alert, AlertKind
from bodymap.chart.marks import (
    NeedleSite,
    NeedleSize,
    PainKind,
    PainQuality,
    PainZone,
    TriggerPoint,
    TriggerPointStatus,
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
from bodymap.chart.visit import Visit, VisitId
from bodymap.desk.demo_school import Handed, agreements
from bodymap.desk.demo_signing import finished
from bodymap.desk.rehearsal import rehearse

Plan = Mapping[str, Any]
"""What `assets/demo/clinic.json` holds, or a part of it."""

Course = Plan
"""One patient's entry in it."""

XY = tuple[float, float]

_MUSCLE_LAYERS = (
    LayerId.MUSCLES_SUPERFICIAL,
    LayerId.MUSCLES_INTERMEDIATE,
    LayerId.MUSCLES_DEEP,
)


class DemoRecords:
    """Makes the records of the plan; all chance comes from its seed.

    Attributes:
        plan: What is to be made.
        users: Who works here, the owner first.
        owner: Whose clinic it is; they supervise the trainee.
        trainee: Who learns here.
        done: The therapists' visits that are ready to be signed.
        handed_in: The trainee's visits that are, with the patient's family name and a number.
    """

    def __init__(self, plan: Plan, atlas: Atlas) -> None:
        self.plan = plan
        self._random = Random(plan["seed"])  # noqa: S311 - made-up people need no secrecy
        self._atlas = atlas
        self._first_day = date.fromisoformat(plan["first_day"])
        self._zone = timezone(timedelta(minutes=plan["utc_offset_min"]))
        names = plan["therapists"]
        ids = [UserId(self._id()) for _ in names]
        self.users = [
            User(one, name, login=login_of(name)) for one, name in zip(ids, names, strict=True)
        ]
        self._give_roles(names.index(plan["school"]["trainee"]))
        self._agreed = agreements(plan["school"])
        self.done: list[Visit] = []
        self.handed_in: dict[Handed, Visit] = {}

    def _give_roles(self, trainee: int) -> None:
        owner = self.users[0]
        self.users[0] = replace(owner, role=Role.SUPERVISOR, also=frozenset({Role.ADMIN}))
        learns = replace(self.users[trainee], role=Role.TRAINEE, supervisors=frozenset({owner.id}))
        self.users[trainee] = self.trainee = learns
        self.owner = self.users[0]

    def courses(self) -> Iterator[tuple[Patient, Episode, Sequence[Visit]]]:
        """Each patient with what they came for and their visits, the oldest first."""
        for number, course in enumerate(self.plan["courses"], start=1):
            patient, episode = self._patient(number, course)
            yield patient, episode, list(self._visits(number, course, patient, episode))

    def _patient(self, number: int, course: Course) -> tuple[Patient, Episode]:
        person = course["patient"]
        patient = Patient(
            id=PatientId(self._id()),
            number=f"P-{number:04d}",
            family_name=person["family_name"],
            given_name=person["given_name"],
            birth_date=date.fromisoformat(person["birth_date"]),
            sex=AdministrativeSex(person["sex"]),
            alerts=tuple(map(_alert, person["alerts"])),
        )
        onset = self._first_day - timedelta(days=self._random.randint(10, 90))
        side = Side(course["side"])
        episode = Episode(EpisodeId(self._id()), patient.id, course["complaint"], side, onset)
        return patient, episode

    def _visits(
        self, number: int, course: Course, patient: Patient, episode: Episode
    ) -> Iterator[Visit]:
        """The patient's visits, a week or two apart; all but the last are done."""
        items = Knowledge.load().screening.values()
        spots = [self._in_muscle(point, episode.side) for point in course["points"]]
        pain = self._random.randint(6, 8)
        day = self._first_day + timedelta(days=(number - 1) % 5)
        for index in range(course["visits"]):
            visit = Visit(
                id=VisitId(self._id()),
                patient=episode.patient,
                episode=episode.id,
                therapist=self.users[number % len(self.users)].id,
                began=datetime.combine(day, time(8 + number % 9, 15 * (index % 4)), self._zone),
                pain_before=pain,
                pain_after=max(pain - self._random.randint(1, 3), 0),
            )
            charted = self._charted(visit, course, episode, spots)
            handed = (patient.family_name, index + 1)
            if index + 1 < course["visits"] or handed in self._agreed:
                is_agreed = self._agreed.get(handed, True)
                charted = finished(charted, patient, items, is_agreed=is_agreed)
                self._keep(charted, handed)
            yield charted
            pain = max(pain - self._random.randint(0, 2), 1)
            day += timedelta(days=self._random.choice((7, 7, 14)))

    def _keep(self, visit: Visit, handed: Handed) -> None:
        if visit.therapist == self.trainee.id:
            self.handed_in[handed] = visit
        else:
            self.done.append(visit)

    def _charted(
        self, visit: Visit, course: Course, episode: Episode, spots: Sequence[XY]
    ) -> Visit:
        charting = rehearse(self._atlas, visit, self._id)
        for point, (u, v) in zip(course["points"], spots, strict=True):
            charting.do(charting.trigger_point(ViewId(point["view"]), *self._near(u, v, 2.0)))
            trigger_point = list(charting.visit.trigger_points())[-1]
            charting.do(charting.edit(self._examined(trigger_point, point)))
            for _ in range(self._random.choice((1, 1, 2))):
                charting.do(charting.needle_site(ViewId(point["view"]), *self._near(u, v, 5.0)))
                needle = list(charting.visit.needle_sites())[-1]
                charting.do(charting.edit(self._needled(needle, point, course["needle"])))
        for drawn in course["zones"]:
            area = self._in_region(drawn, episode.side)
            charting.do(charting.pain_from_region(ViewId(drawn["view"]), *area))
            zone = list(charting.visit.pain_zones())[-1]
            charting.do(charting.edit(self._told(zone, drawn, visit.pain_before)))
        return charting.visit

    def _examined(self, mark: TriggerPoint, point: Course) -> TriggerPoint:
        status = TriggerPointStatus(point["status"])
        low, high = (5, 8) if status is TriggerPointStatus.ACTIVE else (2, 5)
        return replace(
            mark,
            muscle=_if_there(mark.place.structures, point["muscle"]) or mark.muscle,
            status=status,
            intensity=self._random.randint(low, high),
        )

    def _needled(self, mark: NeedleSite, point: Course, size: Sequence[float]) -> NeedleSite:
        needle = NeedleSize(size[0], int(size[1]))
        depth_mm = round(needle.length_mm * self._random.uniform(0.25, 0.6))
        return replace(
            mark,
            muscle=_if_there(mark.place.structures, point["muscle"]) or mark.muscle,
            needle=needle,
            technique=self._random.choice((Technique.DEEP, Technique.DEEP, Technique.SUPERFICIAL)),
            depth_mm=float(depth_mm),
            twitches=self._random.choice((0, 1, 2, 2, 3, 4)),
        )

    def _told(self, zone: PainZone, drawn: Course, pain: int | None) -> PainZone:
        return replace(
            zone,
            kind=PainKind(drawn["kind"]),
            intensity=pain,
            qualities=frozenset(PainQuality(quality) for quality in drawn["qualities"]),
        )

    def _in_muscle(self, point: Course, side: Side | None) -> XY:
        """A point well inside what is drawn of a muscle."""
        drawing = self._atlas.view(ViewId(point["view"])).drawing
        for layer in _MUSCLE_LAYERS:
            for shape in drawing.in_layer(layer):
                if (shape.structure, shape.side) == (point["muscle"], side):
                    area = shape.polygon()
                    u0, v0 = inside_point(area)
                    for _ in range(60):
                        u, v = self._near(u0, v0, 14.0)
                        if area.buffer(-6.0).contains(Point(u, v)):
                            return u, v
                    return u0, v0
        raise LookupError(f"{point['muscle']} is not drawn in {point['view']}")

    def _in_region(self, drawn: Course, side: Side | None) -> XY:
        drawing = self._atlas.view(ViewId(drawn["view"])).drawing
        for on in (side or Side.MIDLINE, Side.MIDLINE):
            area = region_area(drawing, RegionId(drawn["region"]), on)
            if not area.is_empty:
                return inside_point(area)
        raise LookupError(f"{drawn['region']} is not drawn in {drawn['view']}")

    def _near(self, u: float, v: float, reach_mm: float) -> XY:
        return (
            u + self._random.uniform(-reach_mm, reach_mm),
            v + self._random.uniform(-reach_mm, reach_mm),
        )

    def _id(self) -> str:
        return str(UUID(int=self._random.getrandbits(128), version=4))


def login_of(name: str) -> str:
    """The name that somebody in the plan signs in with."""
    return name.split(maxsplit=1)[0].lower()


def _alert(words: str) -> Alert:
    kinds = {name: kind for kind, name in ALERT_NAMES.items() if kind is not AlertKind.OTHER}
    return Alert(kinds[words]) if words in kinds else Alert(AlertKind.OTHER, words)


def _if_there(structures: Sequence[StructureId], muscle: str) -> StructureId | None:
    return StructureId(muscle) if muscle in structures else None
