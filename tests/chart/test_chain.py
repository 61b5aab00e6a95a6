"""The audit trail's chain, as anybody can work it out: every value of an entry is in its hash."""

import json
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from hashlib import sha256

import pytest

from bodymap.chart.audit import (
    FIRST,
    AuditAction,
    AuditEvent,
    Entity,
    Subject,
    chained,
    row_of,
)
from bodymap.chart.people import PatientId, UserId
from bodymap.chart.visit import VisitId

EVENT = AuditEvent(
    actor=UserId("u-1"),
    at=datetime(2026, 3, 2, 9, 15, 30, 250, timezone(timedelta(hours=1))),
    action=AuditAction.CHANGED,
    subject=Subject(Entity.MARK, "m-1", PatientId("p-1"), VisitId("v-1")),
    old='{"depth_mm":12}',
    new='{"note":"“Größe” 田中"}',
)
STORED = (
    *(7, "2026-03-02T08:15:30.000250Z", 60, "u-1", "changed", "mark", "m-1", "p-1", "v-1"),
    *('{"depth_mm":12}', '{"note":"“Größe” 田中"}'),
)
OTHERWISE = (
    8,
    "2026-03-02T08:15:30.000251Z",
    0,
    None,
    "read",
    "visit",
    "m-2",
    "p-2",
    "v-2",
    "",
    "",
)


def test_an_entry_is_stored_value_by_value():
    assert row_of(7, EVENT) == STORED


def test_nothing_is_stored_of_what_is_not_known():
    event = replace(EVENT, actor=None, subject=Subject(Entity.CLINIC), old="", new="")
    assert row_of(1, event)[3:] == (None, "changed", "clinic", "", None, None, "", "")


def test_a_link_is_what_other_programs_work_out():
    written = json.dumps(STORED, ensure_ascii=False, separators=(",", ":")).encode()
    before = bytes(range(32))
    assert chained(before, STORED) == sha256(before + written).digest()


def test_a_link_never_changes_or_no_older_trail_would_hold():
    known = "f0eeeaadc199acb07438fa9e846b252de60c5569ec949411c38f17742f5d2bf8"
    assert chained(FIRST, STORED).hex() == known


@pytest.mark.parametrize("at", range(len(STORED)))
def test_each_value_is_bound(at: int):
    other = (*STORED[:at], OTHERWISE[at], *STORED[at + 1 :])
    assert chained(FIRST, other) != chained(FIRST, STORED)


def test_values_do_not_run_into_each_other():
    one, other = ("a", "bc"), ("ab", "c")
    assert chained(FIRST, (*STORED[:-2], *one)) != chained(FIRST, (*STORED[:-2], *other))
    assert chained(FIRST, (*STORED[:-1], None)) != chained(FIRST, (*STORED[:-1], ""))


def test_what_was_before_is_bound():
    assert chained(bytes(31) + b"\1", STORED) != chained(FIRST, STORED)
