"""Two windows on the same records, on one computer or at two seats: nothing is overwritten unseen.

Each case lets two windows look, then both act; the second does not know what the first did.
Either the second is refused in words, and what is stored is what the first left, or what the
first did is still there.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, fields, replace
from itertools import count
from pathlib import Path

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from bodymap.app import Application
from bodymap.chart.audit import AuditHead
from bodymap.chart.clinic_choices import ClinicChoices
from bodymap.chart.marks import MarkId, MarkKind, NeedleSite
from bodymap.chart.people import Role
from bodymap.chart.review import Severity
from bodymap.chart.states import WrongMoveError
from bodymap.chart.visit import VisitId
from bodymap.chart.visit_record import VisitRecord
from bodymap.desk.charting import VisitClosedError
from bodymap.desk.merging import ClashError, Whose
from bodymap.desk.signing import UnseenError
from bodymap.desk.versions import AlsoChangedError
from bodymap.errors import BodymapError, ConflictError, DeniedError
from bodymap.storage.tables import Row as TableRow
from bodymap.storage.verify import verify
from tests.builders import a_note, a_visit, an_id
from tests.desk.reviewed import ready
from tests.postgres import open_seat
from tests.storage import two_seats
from tests.storage.full_record import FULL
from tests.storage.two_seats import (
    ADDED_TO,
    ALL,
    AUTHOR,
    COLLEAGUE,
    IN_DRAFTS,
    OF_THE_CLINIC,
    TRAINEE,
    Act,
    Known,
    Row,
    Subjects,
    new_subjects,
    overwritten,
)
from tests.torture import IS_ON, put_down, times
from tests.vaults import CHEAP, PASSWORD

_NUMBERS = count(1000)
_READY = ready(a_visit(2, 1, 1)).with_mark(a_note(1))
_READY = replace(
    _READY,
    marks=tuple(
        replace(mark, trigger_point=None) if isinstance(mark, NeedleSite) else mark
        for mark in _READY.marks
    ),
    record=replace(FULL, screening=_READY.record.screening, needles=_READY.record.needles),
)
"""A draft with something in each of its parts; nothing stands in the way of signing it."""


@dataclass
class Clinic:
    """Windows on one clinic: two of the author, one of a colleague, two of a trainee."""

    mine: Application
    again: Application
    other: Application
    trainee: Application
    trainee_again: Application

    def second(self, whose: str) -> Application:
        return self.again if whose == "myself" else self.other

    def subjects(self, by: Application) -> Subjects:
        """A new draft that lacks nothing, with records of its own."""
        number = next(_NUMBERS)
        visit = replace(_READY, id=VisitId(an_id(f"visit/{number}")), therapist=by.access.user.id)
        marks = tuple(
            replace(mark, id=MarkId(an_id(f"{number}/{mark.id}"))) for mark in visit.marks
        )
        return new_subjects(self.mine, replace(visit, marks=marks), number)


@pytest.fixture(scope="module")
def clinic(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Clinic]:
    folder = tmp_path_factory.mktemp("clinic")
    name = ""
    if request.param == "server":
        server = request.getfixturevalue("server")
        name = server.with_tables()

    def window(login: str = "") -> Application:
        desk = Application(folder, CHEAP)
        if name:
            desk.__dict__["_data_file"] = open_seat(server, name)
        if login:
            desk.sign_in.sign_in(login, PASSWORD)
        return desk

    founded(window(), folder)
    windows = [window(login) for login in ("tilda", "tilda", "sam", "tara", "tara")]
    yield Clinic(*windows)
    assert verify(windows[0].engine, AuditHead()) == ()
    for one in windows:
        one.close()
    if name:
        server.drop(name)


def founded(desk: Application, folder: Path) -> None:
    desk.vault.set_up("Practice Sample", (AUTHOR.id, AUTHOR.login), PASSWORD)
    with desk.open_work() as work:
        for user in (AUTHOR, COLLEAGUE, TRAINEE):
            work.people.put_user(user)
        work.commit()
    for user in (COLLEAGUE, TRAINEE):
        desk.vault.give_way_in(user.id, user.login, PASSWORD)
    desk.close()
    assert folder.is_dir()


# --- that nothing is left out


def test_every_table_belongs_to_something_that_is_tried() -> None:
    tried = {table for row in ALL for table in row.tables}
    known = tried | two_seats.DECIDED | two_seats.NOBODY_CHANGES
    assert {table.name for table in TableRow.metadata.sorted_tables} == known


def test_every_part_of_a_visit_and_of_the_choices_is_tried() -> None:
    names = {row.name for row in ALL}
    parts = {f"record.{part.name}" for part in fields(VisitRecord)}
    chosen = {f"choices.{part.name}" for part in fields(ClinicChoices)}
    assert parts | chosen | {kind.value for kind in MarkKind} <= names


# --- one case


@dataclass
class Outcome:
    problem: BodymapError | None
    first: Known
    second: Known
    stored: dict[str, object] = field(default_factory=dict)


def both_act(
    subjects: Subjects, desks: tuple[Application, Application], acts: tuple[Act, Act]
) -> Outcome:
    """Let two windows look, then act; see that the second overwrites nothing it has not seen."""
    one, two = (subjects.known_to(desk) for desk in desks)
    seen = dict(two.seen)
    acts[0](one, 1)
    before = subjects.stored(desks[0])
    problem = None
    try:
        acts[1](two, 2)
    except BodymapError as refusal:
        problem = refusal
    after = subjects.stored(desks[0])
    if problem is not None:
        assert after == before
    assert overwritten(seen, before, after) == set()
    return Outcome(problem, one, two, dict(after))


def by_name(row: Row) -> str:
    return row.name


BOTH = pytest.mark.parametrize("clinic", ["file", "server"], indirect=True, scope="module")
FIRST = pytest.mark.parametrize(
    "clinic", ["file", "server"] if IS_ON else ["file"], indirect=True, scope="module"
)
"""What the desk does alike over both databases is tried over both under `make torture`."""
WHOSE = pytest.mark.parametrize("whose", ["myself", "a colleague"])


@FIRST
@pytest.mark.parametrize("row", IN_DRAFTS, ids=by_name)
def test_a_draft_of_somebody_else_is_read_only(clinic: Clinic, row: Row) -> None:
    desks = (clinic.mine, clinic.other)
    outcome = both_act(clinic.subjects(clinic.mine), desks, (row.edit, row.edit))
    assert isinstance(outcome.problem, VisitClosedError)


@BOTH
@pytest.mark.parametrize("row", IN_DRAFTS, ids=by_name)
def test_a_part_of_a_draft_that_both_edit(clinic: Clinic, row: Row) -> None:
    the_second_is_asked(clinic, row, "edit/edit")


@FIRST
@pytest.mark.parametrize("row", IN_DRAFTS, ids=by_name)
@pytest.mark.parametrize("kinds", ["edit/delete", "delete/edit"])
def test_a_part_of_a_draft_that_one_deletes(clinic: Clinic, row: Row, kinds: str) -> None:
    the_second_is_asked(clinic, row, kinds)


def the_second_is_asked(clinic: Clinic, row: Row, kinds: str) -> None:
    assert row.delete is not None
    acts = {"edit": row.edit, "delete": row.delete}
    first, second = (acts[kind] for kind in kinds.split("/"))
    subjects = clinic.subjects(clinic.mine)
    outcome = both_act(subjects, (clinic.mine, clinic.again), (first, second))
    assert isinstance(outcome.problem, ClashError)
    (dispute,) = outcome.problem.clash.disputes
    assert dispute.mine
    assert dispute.theirs
    outcome.second.charting.settle(outcome.problem.clash, {dispute.key: Whose.MINE})
    assert subjects.known_to(clinic.mine).visit == outcome.second.visit


def signed(known: Known, _number: int) -> None:
    known.desk.signing.sign(known.visit.id, PASSWORD, known.visit)


def submitted(known: Known, _number: int) -> None:
    known.desk.signing.submit(known.visit.id, PASSWORD, known.visit)


def voided(known: Known, _number: int) -> None:
    known.desk.signing.void(known.visit.id, "Entered twice", PASSWORD, known.visit)


def approved(known: Known, _number: int) -> None:
    known.desk.reviewing.approve(known.visit.id, PASSWORD, known.visit)


def returned(known: Known, _number: int) -> None:
    known.desk.reviewing.send_back(known.visit.id, "Say why so deep", known.visit)


@BOTH
@pytest.mark.parametrize("closing", [signed, voided])
@pytest.mark.parametrize("row", IN_DRAFTS, ids=by_name)
def test_nobody_signs_what_they_have_not_seen(clinic: Clinic, row: Row, closing: Act) -> None:
    subjects = clinic.subjects(clinic.mine)
    outcome = both_act(subjects, (clinic.mine, clinic.again), (row.edit, closing))
    assert isinstance(outcome.problem, UnseenError)
    assert outcome.stored["visit.state"] == "draft"


@FIRST
@pytest.mark.parametrize(
    ("row", "closing"), [*((row, signed) for row in IN_DRAFTS), (IN_DRAFTS[0], voided)]
)
def test_what_was_closed_meanwhile_is_not_changed(clinic: Clinic, row: Row, closing: Act) -> None:
    subjects = clinic.subjects(clinic.mine)
    outcome = both_act(subjects, (clinic.mine, clinic.again), (closing, row.edit))
    assert isinstance(outcome.problem, VisitClosedError)
    assert "meanwhile" in str(outcome.problem)


@FIRST
@pytest.mark.parametrize("row", IN_DRAFTS, ids=by_name)
@pytest.mark.parametrize("first", ["submit", "edit"])
def test_a_trainee_submits_in_one_window_and_edits_in_the_other(
    clinic: Clinic, row: Row, first: str
) -> None:
    subjects = clinic.subjects(clinic.trainee)
    acts = (submitted, row.edit) if first == "submit" else (row.edit, submitted)
    outcome = both_act(subjects, (clinic.trainee, clinic.trainee_again), acts)
    expected = VisitClosedError if first == "submit" else UnseenError
    assert isinstance(outcome.problem, expected)


@BOTH
@pytest.mark.parametrize("pair", [(signed, signed), (signed, voided), (voided, signed)])
def test_a_visit_is_closed_once(clinic: Clinic, pair: tuple[Act, Act]) -> None:
    subjects = clinic.subjects(clinic.mine)
    outcome = both_act(subjects, (clinic.mine, clinic.again), pair)
    assert isinstance(outcome.problem, WrongMoveError | UnseenError)
    assert "The visit is" in str(outcome.problem)


@BOTH
@WHOSE
@pytest.mark.parametrize(
    "pair", [(a, b) for a in (approved, returned) for b in (approved, returned)]
)
def test_a_round_is_decided_once(clinic: Clinic, pair: tuple[Act, Act], whose: str) -> None:
    subjects = clinic.subjects(clinic.trainee)
    submitted(subjects.known_to(clinic.trainee), 0)
    outcome = both_act(subjects, (clinic.mine, clinic.second(whose)), pair)
    assert isinstance(outcome.problem, WrongMoveError)
    assert len(outcome.stored["+decisions"]) == 1


@BOTH
@WHOSE
@pytest.mark.parametrize("decision", [approved, returned])
def test_nobody_decides_about_a_round_they_have_not_seen(
    clinic: Clinic, decision: Act, whose: str
) -> None:
    subjects = clinic.subjects(clinic.trainee)
    submitted(subjects.known_to(clinic.trainee), 0)

    def another_round(known: Known, _number: int) -> None:
        returned(known, 0)
        trainee = subjects.known_to(clinic.trainee)
        trainee.charting.do(trainee.charting.rate_pain(9, 9))
        submitted(trainee, 0)

    outcome = both_act(subjects, (clinic.mine, clinic.second(whose)), (another_round, decision))
    assert isinstance(outcome.problem, UnseenError)


@BOTH
@WHOSE
@pytest.mark.parametrize("row", OF_THE_CLINIC, ids=by_name)
def test_a_record_of_the_clinic_that_both_edit(clinic: Clinic, row: Row, whose: str) -> None:
    problem = second_after_first(clinic, row, whose, "edit/edit")
    if row.name == "choices.has_billing":  # with two values, what is not the first is as before
        return
    assert problem is not None
    if row.name != "choices.templates":
        assert isinstance(problem, AlsoChangedError)
        (both,) = problem.both
        assert both.mine != both.theirs


@FIRST
@pytest.mark.parametrize("row", OF_THE_CLINIC, ids=by_name)
@pytest.mark.parametrize("kinds", ["edit/delete", "delete/edit"])
def test_a_record_of_the_clinic_that_one_takes_away(clinic: Clinic, row: Row, kinds: str) -> None:
    second_after_first(clinic, row, "a colleague", kinds)


def second_after_first(clinic: Clinic, row: Row, whose: str, kinds: str) -> BodymapError | None:
    assert row.delete is not None
    acts = {"edit": row.edit, "delete": row.delete}
    first, second = (acts[kind] for kind in kinds.split("/"))
    with clinic.mine.open_work() as work:
        work.choices.put(ClinicChoices())
        work.commit()
    desks = (clinic.mine, clinic.second(whose))
    outcome = both_act(clinic.subjects(clinic.mine), desks, (first, second))
    return outcome.problem


@FIRST
@pytest.mark.parametrize("at", range(len(OF_THE_CLINIC)))
def test_different_fields_go_together(clinic: Clinic, at: int) -> None:
    row, other = OF_THE_CLINIC[at], OF_THE_CLINIC[at - 1]
    with clinic.mine.open_work() as work:
        work.choices.put(ClinicChoices())
        work.commit()
    desks = (clinic.mine, clinic.other)
    outcome = both_act(clinic.subjects(clinic.mine), desks, (row.edit, other.edit))
    assert outcome.problem is None


@BOTH
@WHOSE
@pytest.mark.parametrize("row", ADDED_TO, ids=by_name)
def test_what_is_added_stands_side_by_side(clinic: Clinic, row: Row, whose: str) -> None:
    handed_in = row.name in {"comment", "answer"}
    subjects = clinic.subjects(clinic.trainee if handed_in else clinic.mine)
    if handed_in:
        submitted(subjects.known_to(clinic.trainee), 0)
        clinic.mine.reviewing.comment(subjects.visit, Severity.NOTE, "Look here")
    else:
        signed(subjects.known_to(clinic.mine), 0)
    outcome = both_act(subjects, (clinic.mine, clinic.second(whose)), (row.edit, row.edit))
    if row.name == "addendum" and whose == "a colleague":
        assert isinstance(outcome.problem, DeniedError)  # it is not their visit
        return
    assert outcome.problem is None
    if row.name == "afterward":  # an entry is corrected once
        corrected = both_act(subjects, (clinic.mine, clinic.second(whose)), (row.edit, row.edit))
        assert isinstance(corrected.problem, ConflictError)


@BOTH
def test_two_administrators_do_not_put_each_other_out(clinic: Clinic) -> None:
    with clinic.mine.open_work() as work:
        mine, other = work.people.user(AUTHOR.id), work.people.user(COLLEAGUE.id)
    clinic.mine.users.change(replace(other, also=frozenset()), other)
    try:
        with pytest.raises(BodymapError):
            clinic.other.users.change(replace(mine, also=frozenset()), mine)
        with clinic.mine.open_work() as work:
            assert Role.ADMIN in work.people.user(AUTHOR.id).roles
    finally:
        with clinic.mine.open_work() as work:
            work.people.put_user(other)
            work.commit()
        clinic.other.access.begin(COLLEAGUE.id)  # it remembers for a second what it may do


# --- any order


class Windows(RuleBasedStateMachine):
    """Three windows look and act in any order, on one draft and the records around it."""

    clinic: Clinic

    @initialize()
    def look_all(self) -> None:
        self.subjects = self.clinic.subjects(self.clinic.mine)
        self.desks = (self.clinic.mine, self.clinic.again, self.clinic.other)
        self.known = [self.subjects.known_to(desk) for desk in self.desks]
        self.lost: set[str] = set()
        self.number = 0

    @rule(who=st.integers(0, 2))
    def look(self, who: int) -> None:
        self.known[who] = self.subjects.known_to(self.desks[who])

    @rule(who=st.integers(0, 2), row=st.sampled_from((*IN_DRAFTS, *OF_THE_CLINIC)))
    def edit(self, who: int, row: Row) -> None:
        self._act(who, row.edit)

    @rule(who=st.integers(0, 2), row=st.sampled_from((*IN_DRAFTS, *OF_THE_CLINIC)))
    def delete(self, who: int, row: Row) -> None:
        if row.delete is not None:
            self._act(who, row.delete)

    @rule(who=st.integers(0, 1), closing=st.sampled_from([signed, voided]))
    def close(self, who: int, closing: Act) -> None:
        self._act(who, closing)

    @rule(who=st.integers(0, 1))
    def catch_up(self, who: int) -> None:
        charting = self.known[who].charting
        if (stored := charting.look()) is not None:
            charting.catch_up(stored)

    @invariant()
    def nothing_is_lost(self) -> None:
        assert getattr(self, "lost", set()) == set()

    def _act(self, who: int, act: Act) -> None:
        known, self.number = self.known[who], self.number + 1
        seen, before = dict(known.seen), self.subjects.stored(self.desks[0])
        try:
            act(known, self.number % 8 + 1)
        except ClashError as clash:
            assert self.subjects.stored(self.desks[0]) == before
            known.charting.catch_up(clash.clash.theirs)
        except (BodymapError, StopIteration, IndexError):  # refused, or it has no such mark
            assert self.subjects.stored(self.desks[0]) == before
        else:
            self.lost |= overwritten(seen, before, self.subjects.stored(self.desks[0]))


@BOTH
def test_in_any_order(clinic: Clinic) -> None:
    schedules = times(15, 1000)

    class Here(Windows):
        pass

    Here.clinic = clinic
    told = settings(
        phases=(Phase.generate,),
        max_examples=schedules,
        stateful_step_count=12,
        deadline=None,
        print_blob=False,
    )
    run_state_machine_as_test(Here, settings=told)
    put_down("R8", "schedules of three windows on one clinic", schedules, 0)
