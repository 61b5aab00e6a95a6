"""R18 at the store: every role, every door, every state of a visit, whosesoever it is.

What is allowed is the table's to say (`test_permissions`); here nobody gets past it. What is not
committed leaves no trace, so that each try meets the same clinic.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count
from time import monotonic

import pytest

from bodymap.chart.audit import AuditAction, AuditQuestion
from bodymap.chart.change import Change
from bodymap.chart.people import Role, User
from bodymap.chart.permissions import Action, may
from bodymap.chart.review import Verdict
from bodymap.chart.signing import Meaning
from bodymap.chart.states import ACTIONS, Move
from bodymap.chart.visit import Visit, VisitState
from bodymap.desk.access import Access, GuardedWork
from bodymap.errors import BodymapError, DeniedError
from bodymap.storage.datafile import DataFile
from tests.builders import a_note, a_patient, a_user, a_visit, an_episode
from tests.desk.test_access import DOORS
from tests.storage.afterwards import an_afterward
from tests.storage.reviewing import a_comment, a_decision, a_submission, an_answer
from tests.storage.signing import PUBLIC, a_signature
from tests.vaults import a_data_file

ROLES = {role: a_user(10 + at, role=role) for at, role in enumerate(Role)}
SUPERVISOR = ROLES[Role.SUPERVISOR]
TRAINEE = a_user(3, role=Role.TRAINEE, supervisors=frozenset({SUPERVISOR.id}))
STRANGER = a_user(4, role=Role.THERAPIST)
ROLES[Role.TRAINEE] = replace(ROLES[Role.TRAINEE], supervisors=frozenset({a_user(5).id}))
SHUT_OUT = a_user(6, disabled=True, also=frozenset({Role.ADMIN}))
OTHER_SUPERVISOR = a_user(5, role=Role.SUPERVISOR)
EVERYBODY = (OTHER_SUPERVISOR, SUPERVISOR, *ROLES.values(), TRAINEE, STRANGER, SHUT_OUT)
NOW = datetime(2026, 3, 9, 9, tzinfo=UTC)

AUTHORS = {"own": None, "a trainee's": TRAINEE, "somebody else's": STRANGER}
PATHS = {
    VisitState.DRAFT: (),
    VisitState.SUBMITTED: (Move.SUBMIT,),
    VisitState.RETURNED: (Move.SUBMIT, Move.RETURN),
    VisitState.SIGNED: (Move.SUBMIT, Move.CO_SIGN),
    VisitState.VOID: (Move.VOID,),
}


def visits() -> Iterator[tuple[User, VisitState, Visit]]:
    """A draft of everybody's for each state, before it is taken there."""
    numbers = count(1)
    for author in (*ROLES.values(), TRAINEE, STRANGER):
        for state in VisitState:
            number = next(numbers)
            yield author, state, a_visit(1, 0, 0, number=number, patient=1, therapist=author.id)


VISITS = {(author.id, state): visit for author, state, visit in visits()}


def taken_there(data: DataFile, visit: Visit, state: VisitState) -> None:
    """Take a stored draft to a state, handed in and remarked on where that is on the way."""
    version = visit.version
    with data.open_work() as work:
        for move in PATHS[state]:
            if move is Move.SUBMIT:
                work.reviews.add_round(visit.id, a_submission(visit))
            version = work.visits.move(visit.id, version, move)
            if move is Move.SUBMIT:
                work.reviews.add_comment(visit.id, a_comment(visit, by=SUPERVISOR.id))
        work.commit()


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DataFile]:
    """A clinic with a visit of everybody's in every state."""
    data = a_data_file(tmp_path_factory.mktemp("clinic"))
    with data.open_work() as work:
        for user in EVERYBODY:
            work.people.put_user(user)
        work.people.put_patient(a_patient())
        work.people.put_episode(an_episode())
        work.signatures.add_key(STRANGER.id, PUBLIC, NOW)
        for visit in VISITS.values():
            work.visits.add(visit)
        work.commit()
    for (_, state), visit in VISITS.items():
        taken_there(data, visit, state)
    yield data
    data.close()


def at_desk(data: DataFile, user: User) -> Access:
    access = Access(lambda: data.open_work(user.id))
    access.begin(user.id)
    return access


Door = tuple[Action, Callable[[GuardedWork, Visit, User], object]]


def signing(meaning: Meaning) -> Callable[[GuardedWork, Visit, User], object]:
    return lambda work, visit, by: work.signatures.add(a_signature(visit, meaning, user=by.id))


def settling(work: GuardedWork, visit: Visit, by: User) -> None:
    comment = a_comment(visit)
    work.reviews.add_answer(visit.id, comment.id, an_answer(comment, by=by.id, settles=True))


def answering(work: GuardedWork, visit: Visit, by: User) -> None:
    comment = a_comment(visit)
    work.reviews.add_answer(visit.id, comment.id, an_answer(comment, by=by.id))


def deciding(verdict: Verdict) -> Callable[[GuardedWork, Visit, User], object]:
    return lambda work, visit, by: work.reviews.add_decision(
        visit.id, a_decision(visit, verdict, by=by.id)
    )


DOORS_OF_VISITS: dict[str, Door] = {
    "read": (Action.READ_CHART, lambda work, visit, _: work.visits.get(visit.id)),
    "read rounds": (Action.READ_CHART, lambda work, visit, _: work.reviews.of(visit.id)),
    "read signatures": (Action.READ_CHART, lambda work, visit, _: work.signatures.of(visit.id)),
    "read later": (Action.READ_CHART, lambda work, visit, _: work.afterwards.of(visit.id)),
    "sign": (Action.SIGN, signing(Meaning.AUTHOR)),
    "co-sign": (Action.CO_SIGN, signing(Meaning.CO_SIGNER)),
    "add": (Action.ADD_ADDENDUM, signing(Meaning.ADDENDUM)),
    "void": (Action.VOID, signing(Meaning.VOID)),
    "hand in": (
        Action.SUBMIT,
        lambda work, visit, by: work.reviews.add_round(
            visit.id, replace(a_submission(visit, 9), by=by.id)
        ),
    ),
    "remark": (
        Action.COMMENT,
        lambda work, visit, by: work.reviews.add_comment(visit.id, a_comment(visit, 9, by=by.id)),
    ),
    "answer": (Action.COMMENT, answering),
    "settle": (Action.COMMENT, settling),
    "approve": (Action.CO_SIGN, deciding(Verdict.APPROVED)),
    "return": (Action.RETURN, deciding(Verdict.RETURNED)),
    "later": (
        Action.ADD_AFTERWARDS,
        lambda work, visit, by: work.afterwards.add(an_afterward(visit, by=by.id)),
    ),
    **{
        f"move: {move}": (
            action,
            lambda work, visit, _, move=move: work.visits.move(visit.id, visit.version, move),
        )
        for move, action in ACTIONS.items()
    },
}
NOT_ONES_OWN = {"remark", "settle"}
"""What nobody does to a visit of their own, whatever the table says of comments."""


def is_allowed(door: str, user: User, state: VisitState, author: User) -> bool:
    """What the table says, with the words of the desk for what it leaves to it."""
    action, _ = DOORS_OF_VISITS[door]
    if door in NOT_ONES_OWN and author.id == user.id:
        return False
    if door == "sign" and may(user, Action.SUBMIT, state, author):
        return True  # the author's name under what is handed in
    return may(user, action, state, author)


def is_denied(access: Access, go_through: Callable[[GuardedWork], object]) -> bool:
    """Whether the desk denies it; what the tables refuse has got past the desk."""
    return denied(access, {"it": go_through})["it"]


def denied(access: Access, doors: Mapping[str, Callable[[GuardedWork], object]]) -> dict[str, bool]:
    """Of each door, whether the desk denies it; nothing that is let through is kept."""
    answers: dict[str, bool] = {}
    while len(answers) < len(doors):
        with access.guarded()() as work:
            for door in [name for name in doors if name not in answers]:
                try:
                    answers[door] = False
                    doors[door](work)
                except DeniedError:
                    answers[door] = True
                    continue
                except BodymapError:
                    pass
                break  # it may have written something
    return answers


@pytest.mark.parametrize("state", VisitState)
@pytest.mark.parametrize("role", Role)
def test_nobody_gets_past_the_table(data: DataFile, role: Role, state: VisitState) -> None:
    user = ROLES[role]
    access = at_desk(data, user)
    for whose, named in AUTHORS.items():
        author = named or user
        visit = replace(VISITS[author.id, state], state=state)
        doors = {
            door: lambda work, go=go_through, of=visit: go(work, of, user)
            for door, (_, go_through) in DOORS_OF_VISITS.items()
        }
        for door, answer in denied(access, doors).items():
            allowed = is_allowed(door, user, state, author)
            assert answer is not allowed, (role, door, state, whose)


def test_what_was_denied_is_put_down_once_each(data: DataFile) -> None:
    question = AuditQuestion(actor=ROLES[Role.AUDITOR].id, action=AuditAction.DENIED)

    def told() -> int:
        with data.open_work() as work:
            return len(work.audit.entries(question))

    access = at_desk(data, ROLES[Role.AUDITOR])
    before, visit = told(), VISITS[TRAINEE.id, VisitState.DRAFT]
    for times in (1, 2, 3):
        assert is_denied(access, lambda work: work.visits.get(visit.id))
        assert told() == before + times


def in_anothers_name(visit: Visit) -> dict[str, Callable[[GuardedWork], object]]:
    comment = a_comment(visit, by=STRANGER.id)
    return {
        "sign": lambda work: work.signatures.add(a_signature(visit, user=STRANGER.id)),
        "key": lambda work: work.signatures.add_key(STRANGER.id, bytes(32), NOW),
        "hand in": lambda work: work.reviews.add_round(
            visit.id, replace(a_submission(visit, 2), by=STRANGER.id)
        ),
        "remark": lambda work: work.reviews.add_comment(visit.id, comment),
        "answer": lambda work: work.reviews.add_answer(
            visit.id, comment.id, an_answer(comment, by=STRANGER.id)
        ),
        "decide": lambda work: work.reviews.add_decision(
            visit.id, a_decision(visit, by=STRANGER.id)
        ),
        "later": lambda work: work.afterwards.add(an_afterward(visit, by=STRANGER.id)),
    }


@pytest.mark.parametrize("state", VisitState)
@pytest.mark.parametrize("role", Role)
def test_nobody_does_anything_in_the_name_of_somebody_else(
    data: DataFile, role: Role, state: VisitState
) -> None:
    access = at_desk(data, ROLES[role])
    for author in (ROLES[role], TRAINEE):
        answers = denied(access, in_anothers_name(VISITS[author.id, state]))
        assert all(answers.values()), answers


@pytest.mark.parametrize("role", Role)
def test_a_key_of_ones_own_is_put_down(data: DataFile, role: Role) -> None:
    user = ROLES[role]
    access = at_desk(data, user)
    assert not is_denied(access, lambda work: work.signatures.add_key(user.id, bytes(32), NOW))


@pytest.mark.parametrize("role", Role)
def test_versions_and_the_trail_are_told_to_those_who_may(data: DataFile, role: Role) -> None:
    user, visit = ROLES[role], VISITS[TRAINEE.id, VisitState.SIGNED]
    access = at_desk(data, user)
    for action, go_through in (
        (Action.LIST_VISITS, lambda work: work.visits.version(visit.id)),
        (Action.LIST_VISITS, lambda work: work.visits.summaries(visit.patient)),
        (Action.LIST_VISITS, lambda work: work.visits.standing(frozenset(VisitState))),
        (Action.READ_AUDIT, lambda work: work.audit.entries()),
    ):
        assert is_denied(access, go_through) is not may(user, action)


def everything(visit: Visit, by: User) -> dict[str, Callable[[GuardedWork], object]]:
    """Every door there is."""
    return {
        **{name: go_through for name, (_, go_through) in DOORS.items()},
        **{
            name: lambda work, go=go_through: go(work, visit, by)
            for name, (_, go_through) in DOORS_OF_VISITS.items()
        },
        "begin": lambda work: work.visits.add(a_visit(number=99, patient=1, therapist=by.id)),
        "change": lambda work: work.visits.apply(visit.id, 1, Change(put=(a_note(9, 9),))),
        "version": lambda work: work.visits.version(visit.id),
        "trail": lambda work: work.audit.entries(),
        "key": lambda work: work.signatures.add_key(by.id, bytes(32), NOW),
    }


DRAFT = VISITS[STRANGER.id, VisitState.DRAFT]


@pytest.mark.parametrize("door", everything(DRAFT, STRANGER))
def test_with_nobody_at_the_desk_every_door_is_shut(data: DataFile, door: str) -> None:
    assert is_denied(Access(data.open_work), everything(DRAFT, STRANGER)[door])


@pytest.mark.parametrize("door", everything(DRAFT, STRANGER))
def test_for_somebody_shut_out_every_door_is_shut(
    data: DataFile, door: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    access = at_desk(data, STRANGER)
    with data.open_work() as work:
        work.people.put_user(replace(STRANGER, disabled=True))
        work.commit()
    later = 1.001 + monotonic()
    monkeypatch.setattr("bodymap.desk.access.monotonic", lambda: later)
    try:
        assert is_denied(access, everything(DRAFT, STRANGER)[door])
    finally:
        with data.open_work() as work:
            work.people.put_user(STRANGER)
            work.commit()


def test_who_is_shut_out_does_not_come_to_the_desk(data: DataFile) -> None:
    access = Access(data.open_work)
    with pytest.raises(DeniedError, match="may no longer sign in"):
        access.begin(SHUT_OUT.id)
    assert not access.is_signed_in
