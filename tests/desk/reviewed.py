"""A clinic with a trainee and their supervisor, for tests of reviews."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from bodymap.app import Application
from bodymap.atlas.knowledge import Knowledge
from bodymap.chart.consent import Consent, ConsentForm
from bodymap.chart.needle_count import NeedleCount
from bodymap.chart.people import Role
from bodymap.chart.screening import Screening
from bodymap.chart.visit import Visit
from bodymap.chart.visit_record import VisitRecord
from bodymap.desk.screening import checklist, rest_answered_no
from tests.builders import a_patient, a_user, a_visit, an_episode
from tests.vaults import PASSWORD, found_clinic

SUPERVISOR = a_user(2, name="Sam Senior", login="sam", role=Role.SUPERVISOR)
OTHER = a_user(4, name="Olga Other", login="olga", role=Role.SUPERVISOR)
TRAINEE = a_user(
    3,
    name="Tara Learner",
    login="tara",
    role=Role.TRAINEE,
    supervisors=frozenset({SUPERVISOR.id}),
)


def found_school(folder: Path) -> Application:
    """A clinic with an owner, a supervisor with one trainee, and another supervisor."""
    application = found_clinic(folder)
    with application.open_work() as work:
        for user in (SUPERVISOR, OTHER, TRAINEE):
            work.people.put_user(user)
        work.people.put_patient(a_patient(alerts=()))
        work.people.put_episode(an_episode())
        work.commit()
    for user in (SUPERVISOR, OTHER, TRAINEE):
        application.vault.give_way_in(user.id, user.login, PASSWORD)
    return application


def come(application: Application, user) -> None:
    """Sign somebody else in."""
    application.sign_in.sign_out()
    application.sign_in.sign_in(user.login, PASSWORD)


def ready(visit: Visit) -> Visit:
    """The visit with all that signing asks for."""
    states = checklist(Knowledge.load().screening.values(), visit, a_patient(alerts=()))
    needles = sum(site.count for site in visit.needle_sites())
    record = VisitRecord(
        screening=rest_answered_no(states, Screening()),
        needles=NeedleCount(needles, needles),
        consent=Consent(ConsentForm.VERBAL),
    )
    out = visit.began + timedelta(minutes=20)
    for site in list(visit.needle_sites()):
        visit = visit.with_mark(replace(site, time_in=visit.began, time_out=out))
    return replace(visit, record=record)


def a_trainees_visit(number: int = 1, needles: int = 2, **fields) -> Visit:
    """A draft that lacks nothing."""
    return ready(a_visit(needles, 1, 1, number=number, therapist=TRAINEE.id, **fields))


def stored(application: Application, visit: Visit) -> Visit:
    """Put a visit into the store, past all guards."""
    with application.open_work() as work:
        work.visits.add(visit)
        work.commit()
        return work.visits.get(visit.id)
