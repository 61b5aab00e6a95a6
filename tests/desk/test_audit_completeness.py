"""Whatever anybody may do leaves its entries in the audit trail: none is missing, none is double.

The rows are those of the table of permissions and those of the table of the window's actions, so
that a new one of either fails here until somebody says what it leaves.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bodymap.app import Application
from bodymap.chart.audit import AuditAction, AuditEntry, AuditQuestion, Entity
from bodymap.chart.change import Change
from bodymap.chart.consent import Consent, ConsentForm, ConsentScope
from bodymap.chart.people import Role, User
from bodymap.chart.permissions import Action
from bodymap.chart.review import Severity
from bodymap.chart.visit import Visit, VisitState
from bodymap.desk.sign_in import Founding
from bodymap.errors import BodymapError, WrongPasswordError
from tests.builders import a_note, a_patient, a_user, a_visit, an_episode
from tests.desk.reviewed import (
    OTHER,
    SUPERVISOR,
    TRAINEE,
    a_trainees_visit,
    come,
    found_school,
    ready,
    stored,
)
from tests.storage.afterwards import PNEUMOTHORAX
from tests.torture import put_down
from tests.vaults import CHEAP, OWNER, PASSWORD

Left = list[tuple[AuditAction, Entity]]
"""What a deed leaves in the trail, in order."""

CLERK = a_user(7, name="Cleo Front", login="cleo", role=Role.CLERK)
AUDITOR = a_user(8, name="Ada Proof", login="ada", role=Role.AUDITOR)
HELPER = a_user(9, name="Hal Helper", login="hal")
LEARNER = a_user(12).id
LATER = "another horse of a fair colour"

ADDED, CHANGED, READ = AuditAction.ADDED, AuditAction.CHANGED, AuditAction.READ


@dataclass
class Practice:
    """A clinic where everything is done once."""

    application: Application
    folder: Path
    visits: int = 100

    def fresh(self, make: Callable[..., Visit] = a_trainees_visit, **fields: object) -> Visit:
        """Another visit, put in past the guards."""
        self.visits += 1
        return stored(self.application, make(number=self.visits, **fields))

    def own(self) -> Visit:
        """One of the owner's that lacks nothing to be signed."""
        return self.fresh(lambda number: ready(a_visit(1, 1, 1, number=number)))

    def signed(self) -> Visit:
        """The same, signed."""
        return self.application.signing.sign(self.own().id, PASSWORD)

    def submitted(self) -> Visit:
        """A trainee's, handed in."""
        visit = self.fresh()
        come(self.application, TRAINEE)
        return self.application.signing.submit(visit.id, PASSWORD)

    def since(self, number: int) -> list[AuditEntry]:
        """What was put down since, oldest first."""
        with self.application.open_work() as work:
            found = work.audit.entries(AuditQuestion())
        return [entry for entry in reversed(found) if entry.number > number]

    def end(self) -> int:
        """How long the trail is."""
        with self.application.open_work() as work:
            return work.audit.head().count


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Practice]:
    folder = tmp_path_factory.mktemp("practice")
    application = found_school(folder / "clinic")
    with application.open_work() as work:
        for user in (CLERK, AUDITOR, HELPER):
            work.people.put_user(user)
        work.commit()
    for user in (CLERK, AUDITOR, HELPER):
        application.vault.give_way_in(user.id, user.login, PASSWORD)
    made = Practice(application, folder)
    come(application, OWNER)  # a first signature makes a key, and that is put down too
    made.signed()
    first = made.submitted()
    come(application, SUPERVISOR)
    application.signing.co_sign(first.id, PASSWORD)
    yield made
    application.close()


@dataclass(frozen=True)
class Deed:
    """One thing that somebody does.

    Attributes:
        who: Who may do it, and does.
        act: Does it; what it is done to, if anything, is made ready before.
        left: What is put down.
        ready: Makes that.
        not_by: Somebody who may not.
        asked_first: What they are denied, where that is asked before.
    """

    who: User
    act: Callable[[Practice, Any], object]
    left: Left
    ready: Callable[[Practice], object] = lambda _: None
    not_by: User | None = CLERK
    asked_first: Action | None = None


VISIT, MARK, CLINIC, REVIEW = Entity.VISIT, Entity.MARK, Entity.CLINIC, Entity.REVIEW
SIGNATURE, PATIENT, EPISODE, USER = (
    Entity.SIGNATURE,
    Entity.PATIENT,
    Entity.EPISODE,
    Entity.USER,
)


def _changed(at: Practice, visit: Visit) -> None:
    with at.application.access.guarded()() as work:
        work.visits.apply(visit.id, visit.version, Change(put=(a_note(90, at.visits),)))
        work.commit()


DEEDS: dict[Action, Deed] = {
    Action.FIND_PATIENTS: Deed(OWNER, lambda at, _: at.application.clinic.patients(), [],
                               not_by=AUDITOR),
    Action.KEEP_PATIENTS: Deed(
        OWNER,
        lambda at, _: at.application.clinic.add_patient("Muster", "Max", date(1970, 1, 1)),
        [(ADDED, PATIENT)],
        not_by=AUDITOR,
        asked_first=Action.FIND_PATIENTS,
    ),
    Action.LIST_VISITS: Deed(OWNER, lambda at, _: at.application.clinic.visits(), [],
                             not_by=AUDITOR),
    Action.READ_CHART: Deed(
        SUPERVISOR,
        lambda at, visit: at.application.clinic.chart(visit.id),
        [(READ, VISIT)],
        lambda at: at.own(),
        not_by=AUDITOR,
    ),
    Action.BEGIN_VISIT: Deed(
        OWNER,
        lambda at, _: at.application.clinic.begin_visit(
            a_patient().id, at.application.access.user.id, "", an_episode().id
        ),
        [(ADDED, VISIT)],
    ),
    Action.CHART: Deed(OWNER, _changed, [(ADDED, MARK)], lambda at: at.own()),
    Action.SUBMIT: Deed(
        TRAINEE,
        lambda at, visit: at.application.signing.submit(visit.id, PASSWORD),
        [(ADDED, SIGNATURE), (ADDED, REVIEW), (AuditAction.SUBMITTED, VISIT)],
        lambda at: at.fresh(),
    ),
    Action.SIGN: Deed(
        OWNER,
        lambda at, visit: at.application.signing.sign(visit.id, PASSWORD),
        [(ADDED, SIGNATURE), (AuditAction.SIGNED, VISIT)],
        lambda at: at.own(),
    ),
    Action.CO_SIGN: Deed(
        SUPERVISOR,
        lambda at, visit: at.application.signing.co_sign(visit.id, PASSWORD),
        [(ADDED, SIGNATURE), (ADDED, REVIEW), (AuditAction.CO_SIGNED, VISIT)],
        lambda at: at.submitted(),
    ),
    Action.RETURN: Deed(
        SUPERVISOR,
        lambda at, visit: at.application.reviewing.send_back(visit.id, "See there"),
        [(ADDED, REVIEW), (AuditAction.RETURNED, VISIT)],
        lambda at: at.submitted(),
    ),
    Action.COMMENT: Deed(
        SUPERVISOR,
        lambda at, visit: at.application.reviewing.comment(visit.id, Severity.NOTE, "Well done"),
        [(ADDED, REVIEW)],
        lambda at: at.submitted(),
    ),
    Action.ADD_ADDENDUM: Deed(
        OWNER,
        lambda at, visit: at.application.signing.add(visit.id, "All well", PASSWORD),
        [(ADDED, SIGNATURE)],
        lambda at: at.signed(),
    ),
    Action.VOID: Deed(
        OWNER,
        lambda at, visit: at.application.signing.void(visit.id, "Wrong patient", PASSWORD),
        [(ADDED, SIGNATURE), (AuditAction.VOIDED, VISIT)],
        lambda at: at.signed(),
    ),
    Action.ADD_AFTERWARDS: Deed(
        OWNER,
        lambda at, visit: at.application.clinic.after_signing.add(visit.id, PNEUMOTHORAX),
        [(ADDED, Entity.AFTERWARD)],
        lambda at: at.signed(),
    ),
    Action.PRINT: Deed(
        CLERK,
        lambda at, visit: at.application.printing.summary(visit.id, at.folder / "summary.pdf"),
        [(AuditAction.PRINTED, VISIT)],
        lambda at: at.signed(),
        not_by=AUDITOR,
    ),
    Action.EXPORT: Deed(
        OWNER,
        lambda at, _: at.application.clinic.figures.export([["a", 1.0]], at.folder / "f.csv"),
        [(AuditAction.EXPORTED, CLINIC)],
    ),
    Action.OVERSEE: Deed(
        SUPERVISOR,
        lambda at, _: at.application.reviewing.overseeing.of(TRAINEE.id),
        [(READ, USER)],
    ),
    Action.READ_AUDIT: Deed(
        AUDITOR, lambda at, _: at.application.verifying.entries(AuditQuestion(most=1)), []
    ),
    Action.VERIFY: Deed(
        AUDITOR,
        lambda at, _: at.application.verifying.verify(),
        [(AuditAction.VERIFIED, CLINIC)],
    ),
    Action.BACK_UP: Deed(
        OWNER,
        lambda at, _: at.application.backing_up.back_up(),
        [(AuditAction.BACKED_UP, CLINIC)],
    ),
    Action.RESTORE: Deed(
        OWNER,
        lambda at, backup: at.application.backing_up.restore(backup),
        [(AuditAction.RESTORED, CLINIC)],
        lambda at: at.application.backing_up.back_up(),
    ),
    Action.SEE_USERS: Deed(OWNER, lambda at, _: at.application.users.all(), [], not_by=None),
    Action.KEEP_USERS: Deed(
        OWNER,
        lambda at, _: at.application.users.change(HELPER, HELPER, LATER),
        [(AuditAction.PASSWORD_CHANGED, USER)],
    ),
    Action.RENEW_RECOVERY_KEY: Deed(
        OWNER,
        lambda at, _: at.application.recovery_key.make(PASSWORD),
        [(AuditAction.RECOVERY_KEY_MADE, CLINIC)],
    ),
    Action.KEEP_CLINIC: Deed(
        OWNER,
        lambda at, _: at.application.clinic.choices.change(
            lambda now: replace(now, reminder_min=now.reminder_min + 1)
        ),
        [(CHANGED, CLINIC)],
    ),
    Action.KEEP_TEMPLATES: Deed(
        OWNER,
        lambda at, _: at.application.clinic.templates.keep(
            f"Neck {at.end()}", None, a_visit(1, 0, 0).marks
        ),
        [(CHANGED, CLINIC)],
    ),
    Action.CHANGE_OWN_PASSWORD: Deed(
        OWNER,
        lambda at, _: at.application.sign_in.change_password(PASSWORD, PASSWORD),
        [(AuditAction.PASSWORD_CHANGED, USER)],
        not_by=None,
    ),
}  # fmt: skip


def test_no_action_is_without_a_row() -> None:
    assert set(DEEDS) == set(Action)


@pytest.mark.parametrize("action", Action)
def test_each_deed_leaves_what_it_leaves_and_nothing_else(
    practice: Practice, action: Action
) -> None:
    deed = DEEDS[action]
    come(practice.application, OWNER)
    thing = deed.ready(practice)
    come(practice.application, deed.who)
    before = practice.end()
    if action is Action.RESTORE:
        before = thing.manifest.trail.count
    deed.act(practice, thing)
    left = practice.since(before)
    assert [(one.event.action, one.event.subject.entity) for one in left] == deed.left
    if action is not Action.RESTORE:
        assert {one.event.actor for one in left} <= {deed.who.id}
    put_down("R21", "deeds whose entries were compared", 1, 0)


@pytest.mark.parametrize("action", [one for one in Action if DEEDS[one].not_by])
def test_each_denial_is_put_down_once_and_nothing_is_done(
    practice: Practice, action: Action
) -> None:
    deed = DEEDS[action]
    come(practice.application, OWNER)
    thing = deed.ready(practice)
    come(practice.application, deed.not_by)
    before = practice.end()
    with pytest.raises(BodymapError):
        deed.act(practice, thing)
    practice.application.access.put_down_denials()
    left = [one.event for one in practice.since(before)]
    assert {event.action for event in left} == {AuditAction.DENIED}
    assert [event.new for event in left] == [f'{{"action":"{deed.asked_first or action}"}}']
    assert left[0].actor == deed.not_by.id
    put_down("R21", "denials whose entries were compared", 1, 0)


def _wrong(at: Practice) -> None:
    at.application.sign_in.sign_out()
    with pytest.raises(WrongPasswordError):
        at.application.sign_in.sign_in(OWNER.login, LATER)
    come(at.application, OWNER)


def _unlocked_at_last(at: Practice) -> None:
    with pytest.raises(WrongPasswordError):
        at.application.sign_in.unlock(LATER)
    at.application.sign_in.unlock(PASSWORD)


def _first_signature(at: Practice) -> None:
    visit = at.fresh(lambda number: ready(a_visit(1, 1, 1, number=number, therapist=HELPER.id)))
    at.application.vault.give_way_in(HELPER.id, HELPER.login, PASSWORD)
    come(at.application, HELPER)
    at.application.signing.sign(visit.id, PASSWORD)


def _pictured(at: Practice) -> None:
    clinic = at.application.clinic
    listed = clinic.visits(a_patient().id)
    for one in listed:
        clinic.pictured(one.id, listed)


def _consented(at: Practice) -> None:
    consent = Consent(ConsentForm.VERBAL, scope=ConsentScope.EPISODE)
    visit = a_visit(1, 1, 1, number=900)
    stored(at.application, replace(visit, record=replace(visit.record, consent=consent)))
    come(at.application, SUPERVISOR)
    assert at.application.clinic.earlier_consent(a_visit(number=901)) is not None


def _waiting(at: Practice) -> None:
    at_work = replace(TRAINEE, id=LEARNER, login="lena", supervisors=frozenset({OTHER.id}))
    visit = replace(a_visit(0, 0, 0, number=902, therapist=LEARNER), state=VisitState.SUBMITTED)
    with at.application.open_work() as work:
        work.people.put_user(at_work)
        work.visits.add(visit)
        work.commit()
    come(at.application, OTHER)
    assert len(at.application.reviewing.queue()) == 1


SIGNED_IN = (AuditAction.SIGNED_IN, USER)
COMINGS: dict[str, tuple[Callable[[Practice], object], Left]] = {
    "signing in": (lambda at: come(at.application, AUDITOR), [SIGNED_IN]),
    "a wrong password": (_wrong, [(AuditAction.SIGN_IN_FAILED, USER), SIGNED_IN]),
    "locking": (
        lambda at: at.application.sign_in.put_down_lock("idle"),
        [(AuditAction.LOCKED, USER)],
    ),
    "unlocking": (
        _unlocked_at_last,
        [(AuditAction.SIGN_IN_FAILED, USER), (AuditAction.UNLOCKED, USER)],
    ),
    "leaving": (
        lambda at: (at.application.close(), come(at.application, OWNER)),
        [(AuditAction.SIGNED_OUT, USER), SIGNED_IN],
    ),
    "a first signature": (
        _first_signature,
        [
            (ADDED, VISIT),
            *[(ADDED, MARK)] * 3,
            SIGNED_IN,
            (CHANGED, USER),
            (ADDED, SIGNATURE),
            (AuditAction.SIGNED, VISIT),
        ],
    ),
    "one's own chart": (lambda at: at.application.clinic.chart(a_visit(number=101).id), []),
    "where backups go": (
        lambda at: at.application.backing_up.choose(at.folder / "stick"),
        [(CHANGED, CLINIC)],
    ),
    "the audit trail exported": (
        lambda at: at.application.verifying.export(AuditQuestion(), at.folder / "trail.csv"),
        [(AuditAction.EXPORTED, Entity.AUDIT)],
    ),
    "the audit trail printed": (
        lambda at: at.application.verifying.print_out(
            AuditQuestion(most=3), "All", at.folder / "trail.pdf", "A4"
        ),
        [(AuditAction.PRINTED, Entity.AUDIT)],
    ),
    "a patient's visits over time": (
        lambda at: (
            come(at.application, SUPERVISOR),
            at.application.clinic.course(a_patient().id),
        ),
        [SIGNED_IN, (READ, PATIENT)],
    ),
    "pictures of a patient's visits": (
        lambda at: (come(at.application, SUPERVISOR), _pictured(at)),
        [SIGNED_IN, (READ, PATIENT)],
    ),
    "marks of somebody else's visit": (
        lambda at: (
            come(at.application, SUPERVISOR),
            at.application.clinic.visit(a_visit(number=101).id, "marks to copy"),
        ),
        [SIGNED_IN, (READ, VISIT)],
    ),
    "an earlier consent": (
        _consented,
        [(ADDED, VISIT), *[(ADDED, MARK)] * 3, SIGNED_IN, (READ, VISIT)],
    ),
    "what waits for a supervisor": (
        _waiting,
        [(ADDED, USER), (ADDED, VISIT), SIGNED_IN, (READ, VISIT)],
    ),
}


@pytest.mark.parametrize("what", COMINGS)
def test_coming_going_and_looking_are_put_down_once(practice: Practice, what: str) -> None:
    act, left = COMINGS[what]
    come(practice.application, OWNER)
    before = practice.end()
    act(practice)
    found = [(one.event.action, one.event.subject.entity) for one in practice.since(before)]
    assert found == left
    put_down("R21", "deeds whose entries were compared", 1, 0)


def test_the_recovery_key_is_put_down_once(tmp_path: Path) -> None:
    application = Application(tmp_path, CHEAP)
    key = application.sign_in.set_up(Founding("Practice", "Owner One", "owner", PASSWORD))
    application.close()
    application = Application(tmp_path, CHEAP)
    application.sign_in.recover(key, "owner", LATER)
    with application.open_work() as work:
        found = [entry.event.action for entry in reversed(work.audit.entries())]
    application.close()
    assert found[-2:] == [AuditAction.BREAK_GLASS, AuditAction.SIGNED_IN]
    assert found.count(AuditAction.BREAK_GLASS) == 1


def test_every_kind_of_entry_is_made_by_something_above() -> None:
    """But for what a clock, or a clinic on a server, is needed for: those have their own tests."""
    made = {action for deed in DEEDS.values() for action, _ in deed.left}
    made |= {action for _, left in COMINGS.values() for action, _ in left}
    made |= {AuditAction.DENIED, AuditAction.BREAK_GLASS}
    elsewhere = {AuditAction.MOVED, AuditAction.CLOCK_SET, AuditAction.REMOVED}
    elsewhere |= {AuditAction.ADDENDUM}  # the signature says it
    assert made | elsewhere == set(AuditAction)
