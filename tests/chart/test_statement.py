"""What is signed, byte for byte: every field of a statement, and the same for ever."""

from dataclasses import fields, replace
from datetime import datetime, timedelta, timezone
from hashlib import sha256

import pytest

from bodymap.chart.people import PatientId, UserId
from bodymap.chart.signing import Meaning, Statement
from bodymap.chart.visit import VisitId

STATEMENT = Statement(
    visit=VisitId("v-1"),
    patient=PatientId("p-1"),
    user=UserId("u-1"),
    name="Tilda Größe",
    meaning=Meaning.ADDENDUM,
    signed_at=datetime(2026, 3, 2, 9, 15, tzinfo=timezone(timedelta(hours=1))),
    digest="ab" * 32,
    text="Called back: all well",
    audit_count=7,
    audit_head="cd" * 32,
)
OTHERWISE = {
    "visit": "v-2",
    "patient": "p-2",
    "user": "u-2",
    "name": "Tilda Grösse",
    "meaning": Meaning.VOID,
    "signed_at": STATEMENT.signed_at + timedelta(minutes=1),
    "digest": "ba" * 32,
    "text": "Called back: all ill",
    "audit_count": 8,
    "audit_head": "dc" * 32,
}
GOLDEN = "af50d71f3339587a3f228aa4ee41387c31e3be1ee133c4128cd14b0036ab0bf8"


@pytest.mark.parametrize("name", [field.name for field in fields(Statement)])
def test_each_field_is_signed(name: str) -> None:
    other = replace(STATEMENT, **{name: OTHERWISE[name]})
    assert other.as_bytes() != STATEMENT.as_bytes()


def test_the_bytes_never_change_or_no_signature_would_hold() -> None:
    assert sha256(STATEMENT.as_bytes()).hexdigest() == GOLDEN


def test_the_time_is_signed_with_its_offset() -> None:
    elsewhere = STATEMENT.signed_at.astimezone(timezone(timedelta(hours=5)))
    assert replace(STATEMENT, signed_at=elsewhere).as_bytes() != STATEMENT.as_bytes()
