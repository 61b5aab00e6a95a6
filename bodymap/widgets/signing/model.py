"""What the signing page shows, made from where a visit stands; plain Python."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bodymap.chart.day_words import day
from bodymap.chart.signing import SHORT_DIGEST, Meaning, is_before_visit
from bodymap.chart.states import Move
from bodymap.chart.visit import Visit, VisitState
from bodymap.desk.signing import ObstacleKind, Signed, Standing
from bodymap.widgets.record.sections import SectionId

SECTIONS: Mapping[ObstacleKind, SectionId] = {
    ObstacleKind.NEEDLES: SectionId.NEEDLES,
    ObstacleKind.SCREENING: SectionId.SCREENING,
    ObstacleKind.OVERRIDE: SectionId.SCREENING,
}
"""Where in the record each thing that is missing is entered."""

_STATES = {
    VisitState.DRAFT: "Draft, not signed",
    VisitState.SUBMITTED: "Submitted, waits for a supervisor",
    VisitState.RETURNED: "Returned, not signed",
    VisitState.SIGNED: "Signed",
    VisitState.VOID: "Void",
}

_MEANINGS = {
    Meaning.AUTHOR: "Author",
    Meaning.CO_SIGNER: "Co-signer",
    Meaning.ADDENDUM: "Addendum",
    Meaning.VOID: "Declared void",
}


SIGNATURES = "Signatures"
"""What leads here where there is nothing to sign."""


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing that can be done here with a password.

    Attributes:
        choice: The words on the choice between deeds.
        button: The words on the button.
        hint: What it means, in a sentence.
        asks: What words it needs; empty where it needs none.
    """

    move: Move
    choice: str
    button: str
    hint: str
    asks: str = ""


DEEDS: Mapping[Move, Deed] = {
    Move.SIGN: Deed(
        Move.SIGN,
        "Sign",
        "Sign as author",
        "Once it is signed, nothing in it can be changed. You can add to it later.",
    ),
    Move.SUBMIT: Deed(
        Move.SUBMIT,
        "Submit",
        "Sign and submit",
        "Your supervisor sees it next. You can change it again only if it is returned.",
    ),
    Move.CO_SIGN: Deed(
        Move.CO_SIGN,
        "Co-sign",
        "Co-sign",
        "You stand for what was charted. Nothing in it can be changed afterwards.",
    ),
    Move.ADD: Deed(
        Move.ADD,
        "Add",
        "Sign addendum",
        "It stands below what was signed, with your name. What was signed stays as it is.",
        "What you want to add",
    ),
    Move.VOID: Deed(
        Move.VOID,
        "Declare void",
        "Declare void",
        "For a visit that was entered in error. It is kept with your reason and never counts.",
        "Why it is void",
    ),
}


@dataclass(frozen=True, slots=True)
class Missing:
    """Something that stands in the way, and where it is entered."""

    words: str
    section: SectionId


@dataclass(frozen=True, slots=True)
class Name:
    """One signature.

    Attributes:
        line: As what, and when.
        text: The words of an addendum or the reason of a void.
        problem: What is wrong with it; empty when nothing is.
    """

    name: str
    line: str
    text: str
    problem: str


@dataclass(frozen=True, slots=True)
class SigningShown:
    """All that the page shows."""

    state: str
    missing: tuple[Missing, ...]
    names: tuple[Name, ...]
    deeds: tuple[Deed, ...]
    digest: str


def shown_of(standing: Standing) -> SigningShown:
    """What is shown of where a visit stands."""
    missing = tuple(
        Missing(obstacle.words, SECTIONS[obstacle.kind]) for obstacle in standing.obstacles
    )
    return SigningShown(
        state=_STATES[standing.visit.state],
        missing=missing if standing.move is not None else (),
        names=tuple(_name(one, standing.visit) for one in standing.signatures),
        deeds=tuple(_deeds(standing)),
        digest=standing.digest if standing.signatures else "",
    )


def action_words(standing: Standing) -> str:
    """What the action that leads here is called while this visit is open."""
    if standing.move is not None:
        return f"{DEEDS[standing.move].choice}…"
    return SIGNATURES


def grouped(digest: str) -> str:
    """The first characters of a digest in groups of four, to be compared by eye."""
    short = digest[:SHORT_DIGEST]
    return " ".join(short[at : at + 4] for at in range(0, len(short), 4))


def _deeds(standing: Standing) -> Iterator[Deed]:
    if standing.move is not None:
        yield DEEDS[standing.move]
    if standing.may_add:
        yield DEEDS[Move.ADD]
    if standing.may_void:
        yield DEEDS[Move.VOID]


def _name(signed: Signed, visit: Visit) -> Name:
    statement = signed.signature.statement
    meaning = _MEANINGS[statement.meaning]
    if not signed.is_genuine:
        problem = "This signature does not fit what stands here."
    elif not signed.is_current and statement.meaning is not Meaning.AUTHOR:
        problem = "The visit no longer holds what was signed."
    elif is_before_visit(statement, visit.began):
        problem = "By the clock this was signed before the visit began: the clock was set back."
    else:
        problem = ""
    earlier = "" if signed.is_current else " · an earlier version"
    return Name(
        name=statement.name,
        line=f"{meaning} · {day(statement.signed_at)}, {statement.signed_at:%H:%M}{earlier}",
        text=statement.text,
        problem=problem,
    )
