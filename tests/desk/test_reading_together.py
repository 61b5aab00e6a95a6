"""R21: charts of others that are read together, for figures, are put down once and counted."""

import json

import pytest

from bodymap.chart.audit import AuditAction, AuditQuestion, Entity
from tests.builders import a_patient, a_visit
from tests.desk.reviewed import SUPERVISOR, TRAINEE, a_trainees_visit, come, found_school, stored
from tests.vaults import OWNER


@pytest.fixture
def school(tmp_path):
    application = found_school(tmp_path / "clinic")
    stored(application, a_visit(number=9, therapist=SUPERVISOR.id))
    for number in (1, 2):
        stored(application, a_trainees_visit(number))
    come(application, SUPERVISOR)
    yield application
    application.close()


def readings(application):
    with application.open_work() as work:
        entries = work.audit.entries(AuditQuestion(action=AuditAction.READ))
    return [(entry.event.subject, json.loads(entry.event.new)) for entry in entries]


@pytest.mark.parametrize(
    ("look", "entity", "why"),
    [
        (lambda app: app.clinic.figures.of(), Entity.CLINIC, "figures"),
        (lambda app: app.clinic.trends.of(a_patient().id), Entity.PATIENT, "trends"),
        (lambda app: app.clinic.course(a_patient().id), Entity.PATIENT, "visits over time"),
        (
            lambda app: app.reviewing.overseeing.of(TRAINEE.id),
            Entity.USER,
            "how a trainee is doing",
        ),
    ],
    ids=["figures", "trends", "course", "oversight"],
)
def test_one_request_is_one_entry_that_counts_the_visits_of_others(school, look, entity, why):
    look(school)
    ((subject, told),) = readings(school)
    assert subject.entity is entity
    assert told == {"for": why, "visits": 2}


def test_who_reads_their_own_visits_only_leaves_no_entry(school):
    school.clinic.figures.of(therapist=SUPERVISOR.id)
    assert readings(school) == []


def test_a_request_that_finds_nothing_leaves_no_entry(school):
    school.clinic.figures.of(therapist=OWNER.id)
    assert readings(school) == []
