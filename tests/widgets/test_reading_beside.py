"""What the window shows of charts of others beside the open one is in the audit trail."""

import json
from dataclasses import replace

import pytest

from bodymap.chart.audit import AuditAction, AuditQuestion
from bodymap.chart.consent import Consent, ConsentForm, ConsentScope
from bodymap.desk.auditing import of_patient, of_visit
from bodymap.errors import StorageError
from bodymap.widgets.actions import ActionId
from tests.builders import a_patient, a_user, a_visit
from tests.desk.reviewed import stored
from tests.vaults import PASSWORD, found_clinic, put_visit
from tests.widgets.doors import sign_in

COLLEAGUE = a_user(5, name="Cora Colleague", login="cora")
CONSENT = Consent(ConsentForm.VERBAL, scope=ConsentScope.EPISODE)
FIRST = a_visit(number=1)
FIRST = replace(FIRST, record=replace(FIRST.record, consent=CONSENT))
SECOND = a_visit(number=2)
MINE = a_visit(0, 0, 0, number=3, therapist=COLLEAGUE.id)


@pytest.fixture
def practice(tmp_path):
    """Two visits of the owner and an empty one of a colleague, which is the newest."""
    application = found_clinic(tmp_path / "clinic")
    put_visit(application, FIRST)
    stored(application, SECOND)
    with application.open_work() as work:
        work.people.put_user(COLLEAGUE)
        work.commit()
    stored(application, MINE)
    application.vault.give_way_in(COLLEAGUE.id, COLLEAGUE.login, PASSWORD)
    application.close()
    return application.folder


@pytest.fixture
def door(open_door, practice):
    """The colleague at the desk, with nobody chosen."""
    door = open_door(practice)
    sign_in(door, login=COLLEAGUE.login)
    return door


def readings(door):
    with door.application.open_work() as work:
        entries = work.audit.entries(AuditQuestion(action=AuditAction.READ))
    return [(one.event.subject, json.loads(one.event.new or "{}")) for one in reversed(entries)]


def choose(door):
    door.window.finding.choose_patient(a_patient())
    door.until(lambda: not door.window.pictures._wanted)


def test_pictures_and_an_earlier_consent_are_put_down_once(door):
    choose(door)
    assert door.window.session.charting.visit.id == MINE.id
    expected = [
        (of_visit(FIRST), {"for": "earlier consent"}),
        (of_patient(a_patient().id), {"for": "small pictures", "visits": 2}),
    ]
    assert readings(door) == expected
    door.do(ActionId.CHANGE_THEME)  # which makes the pictures anew
    choose(door)
    assert readings(door) == expected


def test_where_marks_are_copied_from_is_put_down(door):
    choose(door)
    before = len(readings(door))
    for _ in range(2):
        door.do(ActionId.COPY_FORWARD)
    assert readings(door)[before:] == [(of_visit(SECOND), {"for": "marks to copy"})]


def test_what_cannot_be_put_down_is_not_shown_and_the_visit_opens_all_the_same(door, monkeypatch):
    def refuse(*_args, **_named):
        raise StorageError("The disk is full.")

    monkeypatch.setattr("bodymap.storage.audit.SqlAudit.note", refuse)
    choose(door)
    window = door.window
    assert window.session.charting.visit.id == MINE.id
    assert window.recording.presenter.shown.earlier_consent is None
    _, *others = (window.pictures._ready[one.id] for one in window.people.visits.visits)
    assert all(picture.isNull() for picture in others)
    door.do(ActionId.COPY_FORWARD)
    assert window.inspector.reuse.model.rowCount() == 0
    assert "full" in window.banner.text
    monkeypatch.undo()
    assert readings(door) == []
