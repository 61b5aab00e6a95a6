"""How a trainee is doing, as their supervisor sees it."""

import csv
from dataclasses import replace

import pytest

from bodymap.atlas.ids import StructureId
from bodymap.chart.people import Role
from bodymap.chart.review import Severity
from bodymap.desk.overseeing import rows
from bodymap.errors import DeniedError
from tests.builders import a_user, a_visit
from tests.desk.reviewed import (
    OTHER,
    SUPERVISOR,
    TRAINEE,
    a_trainees_visit,
    come,
    found_school,
    stored,
)
from tests.vaults import OWNER, PASSWORD


@pytest.fixture
def school(tmp_path):
    application = found_school(tmp_path / "clinic")
    stored(application, a_visit(4, number=9, therapist=OWNER.id))
    visits = [stored(application, a_trainees_visit(number)) for number in (1, 2)]
    come(application, TRAINEE)
    for visit in visits:
        application.signing.submit(visit.id, PASSWORD)
    come(application, SUPERVISOR)
    application.reviewing.approve(visits[0].id, PASSWORD)
    application.reviewing.comment(visits[1].id, Severity.MUST_CHANGE, "Again")
    application.reviewing.comment(visits[1].id, Severity.NOTE, "=HYPERLINK(1)")
    application.reviewing.send_back(visits[1].id, "")
    yield application
    application.close()


def test_what_a_trainee_did_is_counted(school):
    told = school.reviewing.overseeing.of(TRAINEE.id)
    assert (told.visits, told.handed_in, told.approved, told.returned) == (2, 2, 1, 1)
    assert (told.at_once, told.needles) == (1, 4)
    assert dict(told.comments) == {Severity.MUST_CHANGE: 1, Severity.NOTE: 1}
    assert sum(month.visits for month in told.months) == 2
    assert sum(month.over_hazards for month in told.months) == told.over_hazards


def test_muscles_and_depths_stand_beside_the_clinics(school):
    (use,) = school.reviewing.overseeing.of(TRAINEE.id).muscles
    assert (use.muscle, use.needles) == (StructureId("infraspinatus"), 4)
    assert (use.share, use.clinic_share) == (1.0, 1.0)
    assert (use.depth_mm, use.clinic_depth_mm) == (18.0, 18.0)


def test_a_period_without_visits_says_so(school):
    told = school.reviewing.overseeing.of(TRAINEE.id, days=1)
    assert (told.visits, told.muscles, told.months) == (0, (), ())


def test_only_the_own_supervisor_sees_it(school):
    assert [one.id for one in school.reviewing.overseeing.trainees()] == [TRAINEE.id]
    for user in (OTHER, TRAINEE, OWNER):
        come(school, user)
        assert not school.reviewing.overseeing.trainees()
        with pytest.raises(DeniedError):
            school.reviewing.overseeing.of(TRAINEE.id)


def test_no_spreadsheet_takes_a_name_for_a_formula(school, tmp_path):
    told = school.reviewing.overseeing.of(TRAINEE.id)
    sly = replace(told, trainee=a_user(7, name="=1+1", role=Role.TRAINEE))
    file = school.reviewing.overseeing.export(sly, tmp_path / "trainee.csv")
    table = list(csv.reader(file.read_text("utf-8-sig").splitlines()))
    assert table[0] == ["Trainee", "'=1+1"]
    assert ["Needles", "4"] in table
    assert len(table) == len(rows(sly))
