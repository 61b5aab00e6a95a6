"""The demo clinic, founded: its people, their visits, who signed what; the same on every run."""

import json
from collections.abc import Callable
from importlib.resources import files
from typing import Any

from bodymap.atlas.hit import Atlas
from bodymap.chart.people import User
from bodymap.chart.states import Move
from bodymap.chart.visit import Visit
from bodymap.desk.access import Access
from bodymap.desk.demo_records import DemoRecords, Plan, login_of
from bodymap.desk.demo_school import School
from bodymap.desk.demo_signing import SIGNED, Pen
from bodymap.desk.ports import Keys, OpenWork, Signer, Work

CLINIC = "Demo clinic"
PASSWORD = "twelve quiet needles"  # noqa: S105 - the demo prints it; everybody in it is made up
"""What everybody in the demo clinic signs in with."""

_Act = Callable[[Work, Pen], None]


def found_demo_clinic(
    keys: Keys, open_work: OpenWork, access: Access, atlas: Atlas, signer: Signer
) -> int:
    """Set up the demo clinic with its owner signed in, and say how many visits it has.

    Therapists have signed all visits but each patient's last. The trainee has handed theirs in;
    the owner, who supervises, has approved some, returned one, and not yet looked at the rest.

    Raises:
        BodymapError: The store refused.
    """
    records = DemoRecords(_plan(), atlas)
    keys.set_up(CLINIC, (records.owner.id, records.owner.login), PASSWORD)
    keys.hand_over_recovery_key()  # nobody needs one: the password is printed for everybody
    visits = _stored(open_work, records)
    for user in records.users[1:]:
        keys.give_way_in(user.id, user.login, PASSWORD)

    def sit(user: User, *acts: _Act) -> None:
        access.begin(keys.sign_in(user.login, PASSWORD))
        with open_work() as work:
            for act in acts:
                act(work, Pen(user, signer, PASSWORD))
            work.commit()
            signer.anchor(work.audit.head())

    _decided(records, sit)
    return visits


def demo_people() -> tuple[tuple[str, str], ...]:
    """Who signs in to the demo clinic: their name there, and what they are; its owner first."""
    plan = _plan()
    owner = plan["therapists"][0]
    roles = {owner: "owner and supervisor", plan["school"]["trainee"]: "trainee"}
    return tuple((login_of(name), roles.get(name, "therapist")) for name in plan["therapists"])


def demo_logins() -> tuple[str, ...]:
    """The names that people sign in to the demo clinic with, its owner first."""
    return tuple(login for login, _ in demo_people())


def _plan() -> Plan:
    plan: dict[str, Any] = json.loads(
        files("bodymap.assets").joinpath("demo/clinic.json").read_text("utf-8")
    )
    return plan


def _stored(open_work: OpenWork, records: DemoRecords) -> int:
    """Store the demo clinic, nothing of it signed, and say how many visits it has."""
    with open_work() as work:
        for user in records.users:
            work.people.put_user(user)
        visits: list[Visit] = []
        for patient, episode, course in records.courses():
            work.people.put_patient(patient)
            work.people.put_episode(episode)
            visits.extend(course)
        for visit in sorted(visits, key=lambda visit: visit.began):
            work.visits.add(visit)
        work.commit()
    return len(visits)


def _decided(records: DemoRecords, sit: Callable[..., None]) -> None:
    """Let everybody sign, hand in and decide, each at the desk in their turn; the owner last."""
    school = School(records.plan["school"], records.handed_in)
    owner, trainee = records.owner, records.trainee

    def sign_own(work: Work, pen: Pen) -> None:
        for visit in records.done:
            if visit.therapist == pen.user.id:
                pen.sign(work, visit.id, Move.SIGN, visit.began + SIGNED)

    for therapist in records.users:
        if therapist not in (owner, trainee):
            sit(therapist, sign_own)
    sit(trainee, school.hand_in)
    sit(owner, sign_own, school.decide)
    sit(trainee, school.mend)
    sit(owner, school.approve_mended)
