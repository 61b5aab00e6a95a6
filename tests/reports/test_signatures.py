"""Paper says who signed what is printed, as what and when; or that nobody has."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bodymap.chart.signing import Meaning, visit_digest
from bodymap.chart.visit import VisitState
from tests.builders import BEGAN, a_user, a_visit
from tests.storage.signing import a_signature

VISIT = a_visit(needles=3, trigger_points=2, zones=1, state=VisitState.SIGNED)


@pytest.fixture
def printed(printer, read_back, a_record):
    def read(visit, *signatures):
        return read_back(printer.summary(replace(a_record(visit), signatures=signatures)))

    return read


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (VisitState.DRAFT, "Draft – not signed"),
        (VisitState.RETURNED, "Returned – not signed"),
        (VisitState.SUBMITTED, "Submitted – not yet co-signed"),
    ],
)
def test_a_page_that_nobody_signed_says_so(printed, state, words):
    page = printed(replace(VISIT, state=state))
    assert page.says(words)
    assert not page.says("Signed by")


def test_both_names_stand_in_the_foot_of_each_page_with_the_digest(printed):
    author = a_signature(VISIT, audit_count=57, audit_head="ab" * 32)
    later = BEGAN + timedelta(hours=26)
    other = a_signature(
        VISIT, Meaning.CO_SIGNER, user=a_user(2).id, name="Sam Sample", signed_at=later
    )
    many = replace(VISIT, record=replace(VISIT.record))
    page = printed(many, author, other)
    digest = visit_digest(VISIT)
    short = " ".join(digest[at : at + 4] for at in (0, 4, 8))
    for text in page.pages:
        assert "Tilda Testwell 1 (author), 2 March 2026, 10:15" in text
        assert "Sam Sample (co-signer), 3 March 2026, 11:15" in text
        assert short in text
    assert page.says(" ".join(digest[at : at + 4] for at in range(0, 64, 4)))
    assert page.says("57 entries, abababababab")


def test_the_digest_on_paper_is_that_of_what_is_stored(printed):
    page = printed(VISIT, a_signature(VISIT))
    assert page.says(visit_digest(replace(VISIT, state=VisitState.DRAFT, version=1))[:4])


def test_addenda_are_printed_in_full(printed):
    words = "Called the next day: sore until evening, better since. " * 9
    added = a_signature(VISIT, Meaning.ADDENDUM, text=words.strip())
    page = printed(VISIT, a_signature(VISIT), added)
    assert page.says("Added after signing")
    assert page.says(words)


def test_a_void_visit_says_who_declared_it_so_and_why(printed):
    void = a_signature(VISIT, Meaning.VOID, text="Entered for the wrong patient")
    page = printed(replace(VISIT, state=VisitState.VOID), a_signature(VISIT), void)
    assert page.says("declared so by Tilda Testwell 1")
    assert page.says("Declared void: Entered for the wrong patient")


def test_an_earlier_signature_is_told_from_the_one_that_stands(printed):
    page = printed(VISIT, a_signature(VISIT, digest="0" * 64), a_signature(VISIT))
    assert page.says("(an earlier version)")


def test_a_signature_from_before_the_visit_by_the_clock_is_told(printed):
    hour = timedelta(hours=1)
    words = "By the clock this was signed before the visit began"
    assert not printed(VISIT, a_signature(VISIT)).says(words)
    assert printed(VISIT, a_signature(VISIT, signed_at=BEGAN - hour)).says(words)
    added = a_signature(VISIT, Meaning.ADDENDUM, text="Called.", signed_at=BEGAN - hour)
    assert printed(VISIT, a_signature(VISIT), added).says(words)
