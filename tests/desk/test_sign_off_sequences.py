"""R22 at the desk: whatever is tried in whatever order, the right hands have signed what is signed.

Each sequence is one of a trainee's visits and one of a therapist's, tried by everybody with
everything. The way between states is also gone through without a store (`chart/test_states`).
"""

import random
from dataclasses import replace
from itertools import count

import pytest
from pypdf import PdfReader

from bodymap.chart.audit import AuditHead
from bodymap.chart.people import User
from bodymap.chart.permissions import may
from bodymap.chart.review import Severity
from bodymap.chart.signing import Meaning, visit_digest
from bodymap.chart.states import ACTIONS, Move, moves_from
from bodymap.chart.visit import VisitState
from bodymap.errors import BodymapError
from bodymap.storage.verify import verify
from tests.builders import a_visit
from tests.desk.reviewed import (
    OTHER,
    SUPERVISOR,
    TRAINEE,
    come,
    found_school,
    ready,
    stored,
)
from tests.torture import put_down, times
from tests.vaults import OWNER, PASSWORD

SEQUENCES = times(6, 1000)
TRIES = 14
PEOPLE = (TRAINEE, TRAINEE, SUPERVISOR, SUPERVISOR, OWNER, OTHER)
AUTHORS = (TRAINEE.id, OWNER.id)


@pytest.fixture(scope="module")
def school(tmp_path_factory):
    school = found_school(tmp_path_factory.mktemp("clinic") / "clinic")
    yield school
    school.close()


def change(school, visit) -> None:
    charting = school.clinic.chart(visit)
    charting.do(charting.rate_pain(5, random.randint(0, 4)))  # noqa: S311 - no secret


DEEDS = {
    Move.CHANGE: change,
    Move.SUBMIT: lambda school, visit: school.signing.submit(visit, PASSWORD),
    Move.RETURN: lambda school, visit: school.reviewing.send_back(visit, "Once more"),
    Move.SIGN: lambda school, visit: school.signing.sign(visit, PASSWORD),
    Move.CO_SIGN: lambda school, visit: school.signing.co_sign(visit, PASSWORD),
    Move.ADD: lambda school, visit: school.signing.add(visit, "Called: all well", PASSWORD),
    Move.VOID: lambda school, visit: school.signing.void(visit, "Wrong patient", PASSWORD),
}


def held(school, visit):
    with school.open_work() as work:
        return work.visits.get(visit)


def checked(school, visit, signed) -> None:
    """What must hold of a visit after each try; `signed` is what it was when it was signed."""
    now = held(school, visit.id)
    if now.state is not VisitState.SIGNED:
        return
    names = school.signing.standing(visit.id).names
    hands = [(one.signature.statement.meaning, one.signature.statement.user) for one in names]
    author = (Meaning.AUTHOR, visit.therapist)
    if visit.therapist == TRAINEE.id:
        assert hands[-1] == (Meaning.CO_SIGNER, SUPERVISOR.id)
        assert set(hands[:-1]) == {author}  # once for each time it was handed in as it is
    else:
        assert hands == [author]
    assert all(one.is_genuine for one in names)
    assert {one.signature.statement.digest for one in names} == {visit_digest(now)}
    assert replace(now, version=signed.version) == signed  # addenda leave it as it was
    assert school.printing.record(visit.id).digest == visit_digest(now)


def a_try(chance: random.Random, state: VisitState, author: User) -> tuple[User, Move]:
    """Anybody with anything; more often than not something that is allowed just then."""
    allowed = [
        (user, move)
        for user in PEOPLE
        for move in moves_from(state) - {Move.VOID, Move.CHANGE}
        if may(user, ACTIONS[move], state, author)
    ]
    if allowed and chance.random() < 0.6:
        return chance.choice(sorted(allowed, key=str))
    return chance.choice(PEOPLE), chance.choice(list(Move))


def test_every_sequence_ends_where_it_may(school) -> None:
    numbers, chance = count(1), random.Random(22)  # noqa: S311 - the same on every run
    reached = set()
    for _ in range(SEQUENCES):
        author = chance.choice((TRAINEE, OWNER))
        visit = stored(school, ready(a_visit(1, 0, 0, number=next(numbers), therapist=author.id)))
        signed = None
        for _ in range(TRIES):
            user, move = a_try(chance, held(school, visit.id).state, author)
            if school.access.actor != user.id:
                come(school, user)
            before = held(school, visit.id)
            allowed = move in moves_from(before.state) and may(
                user, ACTIONS[move], before.state, author
            )
            try:
                DEEDS[move](school, visit.id)
            except BodymapError:
                assert not allowed, (user.name, move, before.state)
                assert held(school, visit.id) == before
            else:
                assert allowed, (user.name, move, before.state)
            now = held(school, visit.id)
            reached.add((author.id, now.state))
            if now.state is VisitState.SIGNED:
                signed = signed or now
                checked(school, visit, signed)
    put_down("R22", "sequences of signing and reviewing at the desk", SEQUENCES, 0)
    found = verify(school.engine, AuditHead())  # visits of weeks to come are remarked upon
    assert not [finding for finding in found if not finding.is_remark]
    assert {(author, VisitState.SIGNED) for author in AUTHORS} <= reached


def test_the_digest_on_paper_is_that_of_the_store(school, tmp_path) -> None:
    visit = stored(school, ready(a_visit(1, 0, 0, number=5000, therapist=TRAINEE.id)))
    come(school, TRAINEE)
    school.signing.submit(visit.id, PASSWORD)
    come(school, SUPERVISOR)
    comment = school.reviewing.comment(visit.id, Severity.NOTE, "Well seen")
    assert comment.by == SUPERVISOR.id
    school.signing.co_sign(visit.id, PASSWORD)
    school.signing.add(visit.id, "Called: all well", PASSWORD)
    page = PdfReader(school.printing.summary(visit.id, tmp_path / "visit.pdf"))
    text = "".join("".join(page.extract_text().split()) for page in page.pages)
    assert visit_digest(held(school, visit.id)) in text
    assert "Called:allwell" in text
