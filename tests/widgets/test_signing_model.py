"""What the page of signatures shows, from where a visit stands."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bodymap.chart.signing import Meaning, visit_digest
from bodymap.chart.states import Move
from bodymap.chart.visit import VisitState
from bodymap.desk.signing import Obstacle, ObstacleKind, Signed, Standing
from bodymap.widgets.record.sections import SectionId
from bodymap.widgets.signing.model import DEEDS, action_words, grouped, shown_of
from bodymap.widgets.signing.page import SigningPage
from bodymap.widgets.theme import Theme
from tests.builders import a_visit
from tests.storage.signing import a_signature

VISIT = a_visit()


def a_standing(**fields):
    defaults = {
        "visit": VISIT,
        "obstacles": (),
        "signatures": (),
        "move": Move.SIGN,
        "may_add": False,
        "may_void": True,
        "digest": visit_digest(VISIT),
    }
    return Standing(**(defaults | fields))


def signed(meaning=Meaning.AUTHOR, *, is_genuine=True, is_current=True, **fields):
    return Signed(a_signature(VISIT, meaning, **fields), is_genuine, is_current)


def test_a_draft_offers_to_sign_and_to_declare_void():
    shown = shown_of(a_standing())
    assert shown.state == "Draft, not signed"
    assert [deed.move for deed in shown.deeds] == [Move.SIGN, Move.VOID]
    assert (shown.names, shown.digest) == ((), "")


def test_what_is_missing_leads_to_where_it_is_entered():
    obstacles = (
        Obstacle(ObstacleKind.NEEDLES, "Count again."),
        Obstacle(ObstacleKind.SCREENING, "2 questions are not answered."),
        Obstacle(ObstacleKind.OVERRIDE, "Say why."),
    )
    shown = shown_of(a_standing(obstacles=obstacles))
    assert [one.section for one in shown.missing] == [
        SectionId.NEEDLES,
        SectionId.SCREENING,
        SectionId.SCREENING,
    ]


def test_who_may_not_sign_is_not_told_what_is_missing():
    obstacles = (Obstacle(ObstacleKind.NEEDLES, "Count again."),)
    shown = shown_of(a_standing(obstacles=obstacles, move=None, may_void=False))
    assert (shown.missing, shown.deeds) == ((), ())


def test_who_may_not_sign_is_not_asked_for_a_password(qtbot):
    page = SigningPage(Theme.load())
    qtbot.addWidget(page)
    page.show_signing(shown_of(a_standing()))
    assert "password" in page.ready.text()
    page.show_signing(shown_of(a_standing(move=None, may_void=False)))
    assert "not for you to sign" in page.ready.text()
    assert page.ready.isVisibleTo(page)


@pytest.mark.parametrize(
    ("move", "words"),
    [
        (Move.SIGN, "Sign…"),
        (Move.SUBMIT, "Submit…"),
        (Move.CO_SIGN, "Co-sign…"),
        (None, "Signatures"),
    ],
)
def test_the_action_says_what_can_be_done(move, words):
    assert action_words(a_standing(move=move)) == words


def test_a_signed_visit_shows_who_signed_and_takes_additions():
    visit = replace(VISIT, state=VisitState.SIGNED)
    standing = a_standing(visit=visit, move=None, may_add=True, signatures=(signed(),))
    shown = shown_of(standing)
    (name,) = shown.names
    assert (name.name, name.line) == ("Tilda Testwell 1", "Author · 2 Mar 2026, 10:15")
    assert name.problem == ""
    assert [deed.move for deed in shown.deeds] == [Move.ADD, Move.VOID]
    assert grouped(shown.digest).replace(" ", "") == shown.digest[:12]


def test_what_does_not_hold_is_said_on_the_signature_itself():
    forged = shown_of(a_standing(signatures=(signed(is_genuine=False),)))
    assert "does not fit" in forged.names[0].problem
    changed = signed(Meaning.CO_SIGNER, is_current=False)
    assert "no longer holds" in shown_of(a_standing(signatures=(changed,))).names[0].problem
    earlier = shown_of(a_standing(signatures=(signed(is_current=False),)))
    assert earlier.names[0].problem == ""
    assert earlier.names[0].line.endswith("an earlier version")


def test_only_what_needs_words_asks_for_them():
    assert {move for move, deed in DEEDS.items() if deed.asks} == {Move.ADD, Move.VOID}


@pytest.mark.parametrize("meaning", [Meaning.AUTHOR, Meaning.CO_SIGNER])
def test_a_signature_from_before_the_visit_by_the_clock_is_told(meaning):
    early = signed(meaning, signed_at=VISIT.began - timedelta(hours=1))
    (name,) = shown_of(a_standing(signatures=(early,))).names
    assert "before the visit began" in name.problem


def test_a_signature_in_the_second_the_visit_began_is_in_order():
    visit = replace(VISIT, began=VISIT.began.replace(microsecond=900_000))
    same = signed(signed_at=VISIT.began.replace(microsecond=0))
    (name,) = shown_of(a_standing(visit=visit, signatures=(same,))).names
    assert name.problem == ""
