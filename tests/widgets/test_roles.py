"""What the window says to those who see no charts, and to those who begin no visits."""

from datetime import date

import pytest

from bodymap.chart.people import Role, User, UserId
from bodymap.widgets.actions import ActionId
from tests.widgets.doors import sign_in

OTHER = "six grey herons standing"


@pytest.fixture
def window_of(door):
    """The window of somebody with a role, who was just let in."""

    def signed_in(role):
        door.application.users.add(User(UserId(""), "Kim", role, login="kim"), OTHER)
        door.do(ActionId.SIGN_OUT)
        sign_in(door, login="kim", password=OTHER)
        door.until(lambda: not door.window.reception.is_behind)
        return door.window

    return signed_in


def test_an_administrator_keeps_a_patient_without_seeing_the_visits(door, window_of):
    window = window_of(Role.ADMIN)
    patient = door.application.clinic.patients()[0]
    window.finding.choose_patient(patient)
    assert window.finding.patient == patient
    door.do(ActionId.PATIENT_PAGE)
    page = window.page
    assert page.isVisible()
    assert page.details.isVisible()
    assert not page.timeline.isVisible()
    assert not page.trends.isVisible()
    assert page._problem.isHidden()
    assert window.banner.text == ""


def test_a_clerk_is_not_asked_to_begin_a_visit(door, window_of):
    window = window_of(Role.CLERK)
    patient = door.application.clinic.add_patient("Neu", "Nina", date(1980, 1, 1))
    window.finding.choose_patient(patient)
    assert window.people._no_visits.text() == "No visits yet."
    assert window.people._pages.currentIndex() == 0


def test_an_auditor_is_not_sent_to_patients_that_are_not_shown(window_of):
    window = window_of(Role.AUDITOR)
    assert window.top.facts.text() == "Your role shows no patients"
    assert "no charts" in window.inspector.place.text()
