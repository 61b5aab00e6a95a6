"""The checklist: what is known from the record, what was said, and what stands in the way."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bodymap.atlas.knowledge import Knowledge
from bodymap.chart.alerts import Alert, AlertKind
from bodymap.chart.consent import Consent, ConsentForm
from bodymap.chart.narrative import Narrative
from bodymap.chart.screening import Answer, Screening, ScreeningAnswer
from bodymap.chart.visit_record import VisitRecord
from bodymap.desk.screening import age_in_years, checklist, rest_answered_no
from tests.builders import BEGAN, a_patient, a_visit

ITEMS = Knowledge.load().screening


def listed(*answers, patient=None, absolute=None, **record):
    """The checklist by item."""
    screening = Screening().with_answers(answers)
    visit = a_visit(record=VisitRecord(screening=screening, **record))
    states = checklist(ITEMS.values(), visit, patient or a_patient(alerts=()), absolute)
    return {state.item.id: state for state in states}


def born(years_ago, days=0):
    on = BEGAN.date().replace(year=BEGAN.year - years_ago) + timedelta(days=days)
    return a_patient(birth_date=on, alerts=())


@pytest.mark.parametrize(
    ("patient", "child", "adolescent"),
    [
        (born(12, 1), True, False),
        (born(12), False, True),
        (born(18, 1), False, True),
        (born(18), False, False),
    ],
)
def test_age_is_worked_out_and_nobody_can_say_otherwise(patient, child, adolescent):
    said = ScreeningAnswer("child-under-12", Answer.NO if child else Answer.YES)
    items = listed(said, patient=patient)
    assert items["child-under-12"].applies is child
    assert items["adolescent"].applies is adolescent
    assert items["child-under-12"].is_fixed


def test_one_who_is_born_on_a_leap_day_grows_older_in_march():
    assert age_in_years(date(2012, 2, 29), date(2030, 2, 28)) == 17
    assert age_in_years(date(2012, 2, 29), date(2030, 3, 1)) == 18


@pytest.mark.parametrize(
    ("kind", "item"),
    [
        (AlertKind.ANTICOAGULANT, "blood-thinners"),
        (AlertKind.LYMPHOEDEMA, "lymphoedema"),
        (AlertKind.METAL_ALLERGY, "metal-allergy"),
        (AlertKind.PACEMAKER, "pacemaker"),
        (AlertKind.EPILEPSY, "epilepsy"),
    ],
)
def test_alerts_are_carried_from_the_patient(kind, item):
    assert listed(patient=a_patient(alerts=(Alert(kind),)))[item].applies
    assert listed()[item].applies is None


def test_every_alert_that_answers_an_item_names_one_there_is():
    from bodymap.desk.screening import _FROM_ALERTS  # noqa: PLC0415

    assert set(_FROM_ALERTS.values()) <= set(ITEMS)


@pytest.mark.parametrize(
    ("trimester", "first", "later"), [(1, True, False), (2, False, True), (3, False, True)]
)
def test_the_trimester_says_which_item_a_pregnancy_is(trimester, first, later):
    patient = a_patient(alerts=(Alert(AlertKind.PREGNANCY, trimester=trimester),))
    items = listed(patient=patient)
    assert items["pregnancy-first-trimester"].applies is first
    assert items["pregnancy"].applies is later


def test_what_is_said_goes_before_what_the_record_says():
    patient = a_patient(alerts=(Alert(AlertKind.EPILEPSY),))
    assert not listed(ScreeningAnswer("epilepsy", Answer.NO), patient=patient)["epilepsy"].applies


@pytest.mark.parametrize(
    ("consent", "refused"),
    [
        (Consent(), None),
        (Consent(ConsentForm.VERBAL), False),
        (Consent(ConsentForm.VERBAL, withdrawn=True), True),
    ],
)
def test_consent_answers_its_item(consent, refused):
    assert listed(consent=consent)["no-consent"].applies is refused


def test_a_condition_that_is_named_answers_its_item():
    assert listed()["unclear-diagnosis"].applies is None
    named = Narrative(conditions=("Neck pain",))
    assert listed(narrative=named)["unclear-diagnosis"].applies is False


def test_an_absolute_item_needs_a_reason_and_a_relative_one_does_not():
    yes = listed(
        ScreeningAnswer("bleeding-disorder", Answer.YES), ScreeningAnswer("epilepsy", Answer.YES)
    )
    assert yes["bleeding-disorder"].needs_override
    assert not yes["epilepsy"].needs_override
    reason = ScreeningAnswer("bleeding-disorder", Answer.YES, override="Haematologist agrees")
    assert not listed(reason)["bleeding-disorder"].needs_override
    assert not listed(ScreeningAnswer("bleeding-disorder", Answer.NO))[
        "bleeding-disorder"
    ].needs_override


def test_a_clinic_may_see_it_otherwise_and_what_rules_out_stands_first():
    items = listed(absolute={"epilepsy": True, "needle-phobia": False})
    assert items["epilepsy"].is_absolute
    assert not items["needle-phobia"].is_absolute
    order = [state.is_absolute for state in items.values()]
    assert order == sorted(order, reverse=True)


def test_no_to_the_rest_leaves_what_is_said_and_known_alone():
    patient = a_patient(alerts=(Alert(AlertKind.ANTICOAGULANT),))
    said = Screening().with_answers([ScreeningAnswer("epilepsy", Answer.YES)])
    visit = a_visit(record=VisitRecord(screening=said))
    states = checklist(ITEMS.values(), visit, patient)
    rest = rest_answered_no(states, said)
    assert rest.to("epilepsy").answer is Answer.YES
    assert rest.to("blood-thinners").answer is None
    assert rest.to("pacemaker").answer is Answer.NO
    answered = replace(visit, record=replace(visit.record, screening=rest))
    assert all(one.applies is not None for one in checklist(ITEMS.values(), answered, patient))
