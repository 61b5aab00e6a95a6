"""What is signed is the same bytes on every computer, today and in ten years."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256

import pytest

from bodymap.chart.audit import FIRST, AuditAction, AuditEvent, Entity, Subject, chained, row_of
from bodymap.chart.canonical import canonical
from bodymap.chart.consent import Consent, ConsentForm, Told
from bodymap.chart.needle_count import NeedleCount
from bodymap.chart.photo import Photo
from bodymap.chart.screening import Answer, Screening, ScreeningAnswer
from bodymap.chart.signing import Meaning, Statement, visit_bytes, visit_digest
from bodymap.chart.visit import VisitState
from bodymap.chart.visit_record import VisitRecord
from tests.builders import BEGAN, a_note, a_trigger_point, a_visit, an_id

PHOTO = Photo(b"\xff\xd8\xff" + bytes(9), 4, 3)
RECORD = VisitRecord(
    screening=Screening((ScreeningAnswer("blood-thinners", Answer.YES, "Apixaban"),)),
    consent=Consent(ConsentForm.WRITTEN, told=frozenset(Told), signature=(((1.0, 2.5),),)),
    needles=NeedleCount(3, 3),
)
VISIT = a_visit(2, 2, 1, 1, record=RECORD).with_mark(a_note(2, photo=PHOTO))

GOLDEN = "70d1d6dc66213c33fb1507865fda3d08de8ff7602637e3ace0a91d7091aeafb1"
"""Signatures of years rest on it: if it changes, whatever was signed no longer verifies."""


def test_the_digest_of_a_visit_never_changes():
    assert visit_digest(VISIT) == GOLDEN


def test_the_bytes_are_json_in_order_and_say_nothing_twice():
    text = visit_bytes(VISIT).decode("utf-8")
    told = json.loads(text)
    assert json.dumps(told, ensure_ascii=False, separators=(",", ":"), sort_keys=True) == text
    assert told["began"] == "2026-03-02T09:15:00+01:00"
    assert [mark["kind"] for mark in told["marks"]].count("note") == 2


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.1 + 0.2, "0.3"),
        (-0.0, "0"),
        (12.0, "12"),
        (12, "12"),
        (1e-9, "0"),
        (1e15, "1000000000000000"),
        (-2.5, "-2.5"),
        (True, "true"),
        (frozenset({"b", "a"}), '["a","b"]'),
        ({"b": 1, "a": None, "c": "", "d": (), "e": False}, '{"b":1,"e":false}'),
        ("Größe “3”\n", '"Größe “3”\\n"'),
        (datetime(2026, 3, 2, 9, tzinfo=UTC), '"2026-03-02T09:00:00+00:00"'),
        (
            datetime(2026, 3, 2, 9, tzinfo=timezone(timedelta(seconds=3601))),
            '"2026-03-02T08:59:59+01:00"',
        ),
        (b"x", '{"bytes":1,"sha256":"' + sha256(b"x").hexdigest() + '"}'),
    ],
)
def test_a_value_is_written_in_one_way_only(value, text):
    assert canonical(value).decode("utf-8") == text


def test_what_no_record_holds_is_refused():
    with pytest.raises(TypeError, match="object"):
        canonical(object())


@pytest.mark.parametrize(
    "other",
    [
        replace(VISIT, pain_after=3),
        VISIT.without_mark(VISIT.marks[0].id),
        VISIT.with_mark(a_trigger_point(1, text="Taut band, familiar pain ")),
        VISIT.with_mark(a_note(2, photo=replace(PHOTO, data=PHOTO.data + b"0"))),
        replace(VISIT, began=BEGAN.astimezone(UTC)),
        replace(VISIT, therapist=an_id("user/2")),
        replace(VISIT, record=replace(RECORD, needles=NeedleCount(3, 2))),
    ],
)
def test_any_other_visit_has_another_digest(other):
    assert visit_digest(other) != GOLDEN


def test_what_goes_on_after_signing_is_not_part_of_it():
    later = replace(VISIT, state=VisitState.SIGNED, version=9, patient=an_id("patient/2"))
    assert visit_digest(later) == GOLDEN


def a_statement(**fields):
    defaults = {
        "visit": VISIT.id,
        "patient": VISIT.patient,
        "user": VISIT.therapist,
        "name": "Tilda Testwell 1",
        "meaning": Meaning.AUTHOR,
        "signed_at": BEGAN + timedelta(hours=1),
        "digest": GOLDEN,
    }
    return Statement(**(defaults | fields))


@pytest.mark.parametrize(
    "fields",
    [
        {"text": "Looks fine"},
        {"meaning": Meaning.ADDENDUM},
        {"meaning": Meaning.VOID, "text": "  "},
        {"meaning": Meaning.ADDENDUM, "text": "x" * 20_001},
        {"signed_at": datetime(2026, 3, 2, 9)},  # noqa: DTZ001 - what is refused
    ],
)
def test_a_statement_that_makes_no_sense_is_refused(fields):
    with pytest.raises(ValueError, match=r"."):
        a_statement(**fields)


def test_every_field_of_a_statement_is_signed():
    own = a_statement().as_bytes()
    changes = {
        "visit": an_id("v"),
        "patient": an_id("p"),
        "user": an_id("u"),
        "name": "Somebody",
        "meaning": Meaning.CO_SIGNER,
        "signed_at": BEGAN,
        "digest": "0" * 64,
        "audit_count": 7,
        "audit_head": "ab",
    }
    for name, value in changes.items():
        assert a_statement(**{name: value}).as_bytes() != own, name


def test_a_link_of_the_chain_binds_every_value_and_what_was_before():
    event = AuditEvent(None, BEGAN, AuditAction.ADDED, Subject(Entity.MARK, "m"), "", "{}")
    link = chained(FIRST, row_of(1, event))
    assert link == chained(FIRST, row_of(1, event))
    others = [
        chained(bytes(31) + b"\1", row_of(1, event)),
        chained(FIRST, row_of(2, event)),
        chained(FIRST, row_of(1, replace(event, at=BEGAN.astimezone(UTC)))),
        chained(FIRST, row_of(1, replace(event, old="x", new=""))),
        chained(FIRST, row_of(1, replace(event, old="", new="x"))),
        chained(FIRST, row_of(1, replace(event, subject=Subject(Entity.MARK, "n")))),
    ]
    assert len({link, *others}) == len(others) + 1
