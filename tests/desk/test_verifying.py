"""Who may prove the record and read the trail; what goes out of it is harmless."""

import csv
import io
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bodymap.chart.audit import (
    AuditAction,
    AuditEntry,
    AuditEvent,
    AuditQuestion,
    Entity,
    Finding,
    FindingKind,
    Subject,
)
from bodymap.chart.people import PatientId, Role
from bodymap.chart.visit import VisitId, VisitState, VisitSummary
from bodymap.desk.audit_changes import change_in_words
from bodymap.desk.audit_words import ACTIONS, line_of
from bodymap.desk.csv_file import csv_text, harmless
from bodymap.desk.finding_words import in_words
from bodymap.desk.verifying import COLUMNS, table_of
from bodymap.errors import BodymapError, DeniedError
from bodymap.storage.connections import connected
from bodymap.storage.datafolder import FILE_NAME
from tests.builders import a_patient, a_user, a_visit, an_episode
from tests.vaults import OWNER, PASSWORD, found_clinic

AUDITOR = a_user(5, login="ada", role=Role.AUDITOR)
CLERK = a_user(6, login="cleo", role=Role.CLERK)


@pytest.fixture
def application(tmp_path):
    application = found_clinic(tmp_path / "clinic")
    with application.open_work() as work:
        work.people.put_user(AUDITOR)
        work.people.put_user(CLERK)
        work.people.put_patient(a_patient())
        work.people.put_episode(an_episode())
        work.visits.add(a_visit())
        work.commit()
    for user in (AUDITOR, CLERK):
        application.vault.give_way_in(user.id, user.login, PASSWORD)
    yield application
    application.close()


def come(application, user):
    application.sign_in.sign_in(user.login, PASSWORD)


def test_a_sound_record_is_proved_and_that_is_put_down(application):
    assert application.verifying.verify() == ()
    (newest,) = application.verifying.entries(AuditQuestion(most=1))
    assert newest.event.action is AuditAction.VERIFIED
    with application.open_work() as work:
        assert application.signer.anchored() == work.audit.head()


def test_an_auditor_reads_whose_chart_it_was_but_not_the_chart(application):
    come(application, AUDITOR)
    lines = application.verifying.lines(AuditQuestion())
    assert a_patient().full_name in {line.whose for line in lines}
    assert {line.who for line in lines} >= {OWNER.name, AUDITOR.name}
    with pytest.raises(DeniedError):
        application.clinic.chart(a_visit().id)
    assert application.verifying.verify() == ()


def test_a_clerk_does_neither(application, tmp_path):
    come(application, CLERK)
    for act in (
        application.verifying.verify,
        lambda: application.verifying.entries(AuditQuestion()),
        application.verifying.names,
        lambda: application.verifying.export(AuditQuestion(), tmp_path / "out.csv"),
    ):
        with pytest.raises(DeniedError):
            act()
    assert not (tmp_path / "out.csv").exists()


def test_an_export_is_written_and_put_down(application, tmp_path):
    target = application.verifying.export(AuditQuestion(), tmp_path / "trail.csv")
    rows = list(csv.reader(io.StringIO(target.read_text("utf-8-sig"), newline="")))
    assert tuple(rows[0]) == COLUMNS
    numbers = [int(row[0]) for row in rows[1:]]
    assert numbers == list(range(len(numbers), 0, -1))
    (newest,) = application.verifying.entries(AuditQuestion(most=1))
    assert newest.event.action is AuditAction.EXPORTED


def test_a_place_that_cannot_be_written_is_told(application, tmp_path):
    with pytest.raises(BodymapError, match="cannot be written"):
        application.verifying.export(AuditQuestion(), tmp_path)


def test_a_print_is_written_and_put_down(application, tmp_path):
    target = tmp_path / "trail.pdf"
    application.verifying.print_out(AuditQuestion(), "All entries.", target, "A4")
    assert target.read_bytes().startswith(b"%PDF")
    (newest,) = application.verifying.entries(AuditQuestion(most=1))
    assert newest.event.action is AuditAction.PRINTED


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "\0"])
def test_nothing_in_it_is_taken_for_a_formula(start):
    assert harmless(f"{start}cmd") == f"'{start}cmd"
    event = AuditEvent(
        OWNER.id,
        datetime(2026, 3, 2, tzinfo=UTC),
        AuditAction.CHANGED,
        Subject(Entity.PATIENT, "p", PatientId("p")),
        new=f"{start}1+1",
    )
    entries, users = [AuditEntry(1, event, b"")], {OWNER.id: f"{start}x"}
    text = csv_text(table_of(entries, users, {PatientId("p"): "=1"}))
    (_, row) = csv.reader(io.StringIO(text, newline=""))
    assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))]


def test_every_action_has_words():
    assert set(ACTIONS) == set(AuditAction)


RECORD = "record: 23 bytes, digest 0123456789ab"


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('{"depth_mm":18}', '{"depth_mm":22.5}', "depth: 18 → 22.5 mm"),
        ("", '{"text":"Größe"}', "text: Größe"),
        ('{"a":1}', "", "a: 1 → –"),
        ('{"a":[1,2]}', '{"b":{"c":1}}', "a: 1, 2 → –; b: – → c 1"),
        ("", '{"disabled":false,"kind":"note","id":"7"}', "kind: note; disabled: no"),
        ("", '{"began":"2026-10-28T16:45:00+01:00"}', "began: 2026-10-28 16:45"),
        ("", '{"polygons":[{"outer":[[0,0],[1,0],[0,1]]}]}', "polygons: an outline of 3 points"),
        (
            '{"place":{"landmark":"By the ear","u_mm":1.5,"v_mm":2,"view":"anterior"}}',
            '{"place":{"landmark":"Above it","u_mm":1.5,"v_mm":3,"view":"anterior"}}',
            "place: By the ear (anterior view, 1.5 | 2 mm) → Above it (anterior view, 1.5 | 3 mm)",
        ),
        (
            "",
            '{"record":{"length":23,"sha256":"%s"}}' % ("ab" * 32),
            "record: 23 bytes, digest abababababab",
        ),
        (
            "",
            '{"photo":{"data":{"bytes":23,"sha256":"%s"},"width_px":4}}' % ("ab" * 32),
            "photo: data 23 bytes, digest abababababab, width 4 px",
        ),
        ("", '{"folder":"b","sha256":"%s"}' % ("ab" * 32), "folder: b; digest: abababababab"),
        ("", "", ""),
    ],
)
def test_a_change_is_told_in_words(old, new, words):
    assert change_in_words(old, new) == words


def test_people_are_named_in_a_change():
    told = '{"supervisors":["u1","u2"]}'
    assert change_in_words("", told, names={"u1": "Robin"}) == "supervisors: Robin, u2"


def test_a_signature_is_told_briefly():
    told = '{"digest":"' + "ab" * 32 + '","meaning":"addendum","text":"All well"}'
    event = AuditEvent(
        None,
        datetime(2026, 3, 2, tzinfo=UTC),
        AuditAction.ADDED,
        Subject(Entity.SIGNATURE, "s"),
        new=told,
    )
    line = line_of(AuditEntry(3, event, b""), {}, {})
    assert line.change == "as addendum; digest abababababab; All well"
    assert (line.who, line.what, line.whose) == ("–", "signature added", "")
    assert replace(line, number=4) != line


def test_a_round_of_a_review_is_told_briefly():
    told = '{"at":"2026-03-02T09:00:00+01:00","by":"u1","digest":"' + "ab" * 32 + '","round":2}'
    subject = Subject(Entity.REVIEW, "v")
    event = AuditEvent(None, datetime(2026, 3, 2, tzinfo=UTC), AuditAction.ADDED, subject, new=told)
    line = line_of(AuditEntry(3, event, b""), {}, {})
    assert (line.what, line.change) == (
        "review added",
        "round 2 was handed in; digest abababababab",
    )


def test_a_finding_names_the_visit_by_patient_and_day():
    began = datetime(2026, 10, 5, 9, tzinfo=UTC)
    summary = VisitSummary(
        VisitId("v"),
        PatientId("p"),
        "Example, Amara",
        OWNER.id,
        OWNER.name,
        "Shoulder",
        began,
        VisitState.SIGNED,
        *(None, None, {}),
    )
    finding = Finding(FindingKind.CONTENT, "visit v", "It was changed.")
    (told,) = in_words([finding], {summary.id: summary})
    assert told.where == "Example, Amara, visit of 5 Oct 2026"


def test_a_dropped_trigger_shows_as_soon_as_somebody_comes(application):
    assert application.verifying.look() == ()
    with connected(application.folder / FILE_NAME, application.vault.data_key) as client:
        client.execute("DROP TRIGGER kept_visit_delete")
    come(application, CLERK)
    (finding,) = application.verifying.look()
    assert finding.kind is FindingKind.SCHEMA


def test_an_older_file_put_back_shows_as_soon_as_somebody_comes(application, tmp_path):
    application.close()
    older = (application.folder / FILE_NAME).read_bytes()
    come(application, OWNER)
    application.close()
    (application.folder / FILE_NAME).write_bytes(older)
    come(application, OWNER)
    (finding,) = application.verifying.look()
    assert finding.kind is FindingKind.END
    assert "older data file" in finding.what
    assert finding in application.verifying.verify()
    assert finding in application.verifying.look(), "a doubtful end takes no other's place"
    application.close()
    come(application, OWNER)
    assert finding in application.verifying.look(), "nor does it when the day ends"


def test_who_was_merged_into_another_is_still_named(application, tmp_path):
    second = application.clinic.add_patient("Exampel", "Amara", date(1984, 3, 12))
    register = application.clinic.register
    register.do(register.merge(a_patient().id, second.id))
    asked = AuditQuestion(patient=second.id)
    assert {line.whose for line in application.verifying.lines(asked)} == {"Exampel, Amara"}
    target = application.verifying.export(asked, tmp_path / "trail.csv")
    assert "Exampel, Amara" in target.read_text("utf-8")


def test_who_comes_and_who_leaves_is_put_down(application):
    come(application, CLERK)
    application.close()
    come(application, OWNER)
    newest = [line.what for line in application.verifying.lines(AuditQuestion(most=3))]
    assert newest == ["signed in", "signed out", "signed in"]
