"""What a clinic can choose, and what it cannot."""

import pytest

from bodymap.chart.clinic_choices import BillingCode, ClinicChoices

REFUSED = [
    (lambda: ClinicChoices(advice=("",)), "advice needs words"),
    (lambda: ClinicChoices(advice=("Rest", "Rest")), "stands once"),
    (lambda: ClinicChoices(conditions=("x" * 201,)), "at most 200"),
    (lambda: ClinicChoices(reminder_min=9), "from 10 to 30"),
    (lambda: ClinicChoices(reminder_min=31), "from 10 to 30"),
    (lambda: ClinicChoices(reminder_min="20"), "whole number"),
    (lambda: ClinicChoices(reminder_min=None), "number of minutes"),
    (lambda: ClinicChoices(severities=(("b", True), ("a", True))), "one severity"),
    (lambda: BillingCode(" ", "Needles"), "needs a code"),
    (lambda: BillingCode("1", "x" * 201), "at most 200"),
    (lambda: BillingCode("1", "Needles", -1), "fewest muscles"),
    (lambda: BillingCode("1", "Needles", 3, 2), "not fewer"),
]


@pytest.mark.parametrize(("make", "words"), REFUSED)
def test_what_makes_no_sense_is_refused_in_words(make, words):
    with pytest.raises(ValueError, match=words):
        make()


@pytest.mark.parametrize(
    ("muscles", "codes"), [(0, []), (1, ["20560"]), (2, ["20560"]), (3, ["20561"]), (30, ["20561"])]
)
def test_the_codes_of_the_united_states_go_by_the_number_of_muscles(muscles, codes):
    assert [code.code for code in ClinicChoices().codes_for(muscles)] == codes


def test_a_severity_can_be_changed_and_goes_back_to_the_reference():
    strict = ClinicChoices().with_severity("epilepsy", is_absolute=True)
    assert strict.absolute == {"epilepsy": True}
    assert strict.with_severity("epilepsy", is_absolute=None) == ClinicChoices()
