"""What became known after a visit was closed, in the words of the window."""

from collections.abc import Iterator

from bodymap.chart.adverse_events import AdverseEvent
from bodymap.chart.afterwards import Retraction, Told
from bodymap.chart.day_words import day
from bodymap.chart.follow_up import FollowUp
from bodymap.desk.after_signing import Heard
from bodymap.widgets.record import words


def title(told: Told) -> str:
    """What an entry is about, in a few words."""
    match told:
        case AdverseEvent():
            severity = words.SEVERITY_WORDS[told.severity].lower()
            return f"{words.EVENT_WORDS[told.kind]}, {severity}"
        case FollowUp():
            return f"{words.FOLLOW_UP_WORDS[told.kind]} of {told.on.isoformat()}"
        case Retraction():
            return "An entry was put down in error"


def author(heard: Heard) -> str:
    """Who put it down and when."""
    return f"{heard.by} · {day(heard.entry.at)}, {heard.entry.at:%H:%M}"


def body(told: Told) -> str:
    """Everything else that an entry says, a line for each."""
    match told:
        case AdverseEvent():
            return "\n".join(_event(told))
        case FollowUp():
            return "\n".join(_follow_up(told))
        case Retraction():
            return told.reason.strip()


def _event(event: AdverseEvent) -> Iterator[str]:
    if event.text.strip():
        yield event.text.strip()
    yield f"Began: {words.ONSET_WORDS[event.onset].lower()}"
    if event.action.strip():
        yield f"Action: {event.action.strip()}"
    yield f"Outcome: {words.OUTCOME_WORDS[event.outcome].lower()}"
    if event.reported_to.strip():
        yield f"Reported to: {event.reported_to.strip()}"


def _follow_up(heard: FollowUp) -> Iterator[str]:
    if heard.pain is not None:
        yield f"Pain {heard.pain}/10"
    if heard.soreness is not None:
        yield f"Soreness from the needles {heard.soreness}/10"
    if heard.relief is not None:
        yield f"The complaint is {words.RELIEF_WORDS[heard.relief].lower()}"
    if heard.text.strip():
        yield heard.text.strip()
