"""The billing aid counts muscles and minutes; the codes are the clinic's own."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bodymap.atlas.ids import Side, StructureId
from bodymap.chart.clinic_choices import BillingCode, ClinicChoices
from bodymap.desk.billing import billing_aid
from bodymap.desk.clinic_choices import Choosing, code_line, codes_from
from bodymap.desk.entry import InvalidEntryError
from tests.builders import BEGAN, a_needle_site, a_place, a_visit


def test_left_and_right_are_two_muscles_and_needles_are_not_counted():
    visit = a_visit(3)
    assert billing_aid(visit, ClinicChoices()).muscles == 1
    visit = visit.with_mark(a_needle_site(4, place=a_place(-96, side=Side.LEFT)))
    visit = visit.with_mark(a_needle_site(5, muscle=StructureId("supraspinatus")))
    visit = visit.with_mark(a_needle_site(6, muscle=None))
    aid = billing_aid(visit, ClinicChoices())
    assert aid.muscles == 3
    assert [code.code for code in aid.codes] == ["20561"]


def test_minutes_go_from_the_first_in_to_the_last_out():
    visit = a_visit(2)
    assert billing_aid(visit, ClinicChoices()).minutes is None
    first, second = visit.needle_sites()
    minute = timedelta(minutes=1)
    visit = visit.with_mark(replace(first, time_in=BEGAN, time_out=BEGAN + 9 * minute))
    visit = visit.with_mark(
        replace(second, time_in=BEGAN + 2 * minute, time_out=BEGAN + 15 * minute)
    )
    assert billing_aid(visit, ClinicChoices()).minutes == 15


def test_a_table_of_another_country_is_written_and_read_as_lines():
    codes = (BillingCode("1234", "Nadelung; je Sitzung", 1, 4), BillingCode("99", "Mehr", 5))
    assert codes_from("\n".join(map(code_line, codes)) + "\n\n") == codes
    assert codes_from(" ") == ()


@pytest.mark.parametrize(
    "line", ["20560", "20560; one; 2; x", "20560; 1; two; x", "; 1; 2; x", "1; 3; 2; x"]
)
def test_a_line_that_is_no_code_is_refused(line):
    with pytest.raises(InvalidEntryError):
        codes_from(line)


def test_choices_are_kept_and_what_cannot_be_chosen_is_not(open_work):
    choosing = Choosing(open_work)
    choosing.change(lambda choices: replace(choices, reminder_min=15))
    with pytest.raises(InvalidEntryError, match="from 10 to 30"):
        choosing.change(lambda choices: replace(choices, reminder_min=5))
    assert choosing.now() == ClinicChoices(reminder_min=15)
