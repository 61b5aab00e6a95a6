"""The demo clinic: made-up patients, charted as a person would, the same on every run."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta, timezone
from importlib.resources import files
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
from bodymap.desk.access import Access
from bodymap.desk.demo_signing import finished, sign_all
from bodymap.desk.ports import Keys, OpenWork, Signer
from bodymap.desk.rehearsal import rehearse

Course = Mapping[str, Any]
"""One patient's entry in `assets/demo/clinic.json`."""

XY = tuple[float, float]

_MUSCLE_LAYERS = (
    LayerId.MUSCLES_SUPERFICIAL,
    LayerId.MUSCLES_INTERMEDIATE,
    LayerId.MUSCLES_DEEP,
)

CLINIC = "Demo clinic"
PASSWORD = "twelve quiet needles"  # noqa: S105 - the demo prints it; everybody in it is made up
"""What everybody in the demo clinic signs in with."""


def found_demo_clinic(
    keys: Keys, open_work: OpenWork, access: Access, atlas: Atlas, signer: Signer
) -> int:
    """Set up the demo clinic with its owner signed in, and say how many visits it has.

    All visits but each patient's last are signed by who charted them.

    Raises:
        BodymapError: The store refused.
    """
    plan = json.loads(files("bodymap.assets").joinpath("demo/clinic.json").read_text("utf-8"))
    owner, *others = _Demo(plan, atlas).users
    keys.set_up(CLINIC, (owner.id, owner.login), PASSWORD)
    visits = fill_demo_clinic(open_work, atlas)
    for user in others:
        keys.give_way_in(user.id, user.login, PASSWORD)
    latest = {visit.patient: visit.id for visit in visits}
    for user in (*others, owner):
        access.begin(keys.sign_in(user.login, PASSWORD))
        with open_work() as work:
            own = [visit for visit in visits if visit.therapist == user.id]
            done = [visit for visit in own if latest[visit.patient] != visit.id]
            sign_all(user, done, work, signer, PASSWORD)
            work.commit()
            signer.anchor(work.audit.head())
    return len(visits)


def demo_logins() -> tuple[str, ...]:
    """The names that people sign in to the demo clinic with, its owner first."""
    plan = json.loads(files("bodymap.assets").joinpath("demo/clinic.json").read_text("utf-8"))
    return tuple(map(_login, plan["therapists"]))


def fill_demo_clinic(open_work: OpenWork, atlas: Atlas) -> Sequence[Visit]:
    """Store the demo clinic, nothing of it signed, and list its visits, the oldest first.

    Raises:
        BodymapError: The store refused; patients already stored stay.
    """
    plan = json.loads(files("bodymap.assets").joinpath("demo/clinic.json").read_text("utf-8"))
    demo = _Demo(plan, atlas)
    with open_work() as work:
        for user in demo.users:
            work.people.put_user(user)
        visits: list[Visit] = []
        for number, course in enumerate(plan["courses"], start=1):
            patient, episode = demo.patient(number, course)
            work.people.put_patient(patient)
            work.people.put_episode(episode)
            visits.extend(demo.visits(number, course, patient, episode))
        visits.sort(key=lambda visit: visit.began)
        for visit in visits:
            work.visits.add(visit)
        work.commit()
    return visits


class _Demo:
    """Makes the records of the plan; all chance comes from its seed."""

    def __init__(self, plan: Mapping[str, Any], atlas: Atlas) -> None:
        self._random = Random(plan["seed"])  # noqa: S311 - made-up people need no secrecy
        self._atlas = atlas
        self._first_day = date.fromisoformat(plan["first_day"])
        self._zone = timezone(timedelta(minutes=plan["utc_offset_min"]))
        self.users = [
            User(UserId(self._id()), name, login=_login(name)) for name in plan["therapists"]
        ]
        self.users[0] = replace(self.users[0], also=frozenset({Role.ADMIN}))

    def patient(self, number: int, course: Course) -> tuple[Patient, Episode]:
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

    def visits(
        self, number: int, course: Course, patient: Patient, episode: Episode
    ) -> Iterator[Visit]:
        """The patient's visits, a week or two apart; all but the last are ready to be signed."""
        items = Knowledge.load().screening.values()
        spots = [self._in_muscle(point, episode.side) for point in course["points"]]
        pain = self._random.randint(6, 8)
        day = self._first_day + timedelta(days=(number - 1) % 5)
        for index in range(course["visits"]):
            last = index == course["visits"] - 1
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
            yield charted if last else finished(charted, patient, items)
            pain = max(pain - self._random.randint(0, 2), 1)
            day += timedelta(days=self._random.choice((7, 7, 14)))

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


def _login(name: str) -> str:
    return name.split(maxsplit=1)[0].lower()


def _alert(words: str) -> Alert:
    kinds = {name: kind for kind, name in ALERT_NAMES.items() if kind is not AlertKind.OTHER}
    return Alert(kinds[words]) if words in kinds else Alert(AlertKind.OTHER, words)


def _if_there(structures: Sequence[StructureId], muscle: str) -> StructureId | None:
    return StructureId(muscle) if muscle in structures else None
