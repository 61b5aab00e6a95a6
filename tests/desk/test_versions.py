"""One record changed at two seats, field by field."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bodymap.chart.clinic_choices import ClinicChoices
from bodymap.chart.contact import Contact
from bodymap.desk.difference_words import LONGEST, told_shortly
from bodymap.desk.versions import AlsoChangedError, brought_together
from tests.builders import a_patient

KNOWN = a_patient(contact=Contact(phone="044 000"), notes="as it was")
LONG = "Comes by bus from the other side of town and has to leave before four "


def with_contact(patient, **fields):
    return replace(patient, contact=replace(patient.contact, **fields))


def test_what_only_one_changed_is_kept_from_both():
    mine, theirs = with_contact(KNOWN, phone="044 111"), with_contact(KNOWN, email="a@b.example")
    both = brought_together(KNOWN, mine, replace(theirs, notes="theirs"))
    assert (both.contact.phone, both.contact.email) == ("044 111", "a@b.example")
    assert both.notes == "theirs"


def test_the_same_change_on_both_sides_is_no_conflict():
    mine = replace(KNOWN, notes="alike")
    assert brought_together(KNOWN, mine, mine) == mine


def test_both_versions_are_named():
    with pytest.raises(AlsoChangedError) as caught:
        brought_together(KNOWN, replace(KNOWN, notes="mine"), replace(KNOWN, notes=""))
    (both,) = caught.value.both
    assert (both.name, both.mine, both.theirs) == ("“Notes”", "“mine”", "nothing")
    assert "Nothing was written" in str(caught.value)


def test_days_are_named_as_everywhere():
    mine, theirs = (replace(KNOWN, birth_date=date(1984, 10, one)) for one in (5, 6))
    with pytest.raises(AlsoChangedError, match="is “6 Oct 1984” there by now; you entered “5 Oct"):
        brought_together(KNOWN, mine, theirs)


def test_long_texts_are_shown_where_they_part():
    with pytest.raises(AlsoChangedError, match="o’clock"):
        brought_together(
            KNOWN, replace(KNOWN, notes=f"{LONG}o’clock"), replace(KNOWN, notes=f"{LONG}sharp")
        )


def test_lists_of_a_clinic_are_one_value():
    known = ClinicChoices()
    mine, theirs = replace(known, advice=("Rest",)), replace(known, advice=("Walk",))
    with pytest.raises(AlsoChangedError, match="“Advice” is “Walk” there by now; you entered"):
        brought_together(known, mine, theirs)


@given(st.text("ab ", max_size=200), st.text("ab ", max_size=200))
def test_what_differs_shows_and_is_short(one, other):
    short = told_shortly(one, other)
    assert (short[0] == short[1]) == (one == other)
    assert max(map(len, short)) <= LONGEST + 1


VALUES = st.sampled_from(["", "044 111", "044 222"])
PEOPLE = st.builds(lambda phone, notes: with_contact(replace(KNOWN, notes=notes), phone=phone),
                   VALUES, VALUES)  # fmt: skip


@given(known=PEOPLE, mine=PEOPLE, theirs=PEOPLE)
def test_nothing_of_either_is_lost_unsaid(known, mine, theirs):
    def parts(patient):
        return {"“Phone”": patient.contact.phone, "“Notes”": patient.notes}

    was, here, there = parts(known), parts(mine), parts(theirs)
    disputed = {name for name in was if len({was[name], here[name], there[name]}) == 3}
    if disputed:
        with pytest.raises(AlsoChangedError) as caught:
            brought_together(known, mine, theirs)
        assert {one.name for one in caught.value.both} == disputed
        return
    both = parts(brought_together(known, mine, theirs))
    for name in was:
        assert both[name] == (here[name] if here[name] != was[name] else there[name])
