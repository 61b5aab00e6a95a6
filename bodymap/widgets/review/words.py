"""How reviews are told on screen."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from bodymap.chart.day_words import day, day_and_month
from bodymap.chart.review import Comment, Severity
from bodymap.desk.differences import Became, MarkDifference
from bodymap.desk.reviewing import Earlier, Sheet
from bodymap.desk.risks import RiskKind
from bodymap.desk.waiting import Waiting
from bodymap.widgets.chart_words import counted, structure_name, title, whereabouts

SEVERITY_WORDS: Mapping[Severity, str] = {
    Severity.NOTE: "Note",
    Severity.QUESTION: "Question",
    Severity.MUST_CHANGE: "Must change",
}
SEVERITY_ROLES: Mapping[Severity, str] = {
    Severity.NOTE: "note",
    Severity.QUESTION: "accent",
    Severity.MUST_CHANGE: "problem",
}
RISK_WORDS: Mapping[RiskKind, str] = {
    RiskKind.OVERRIDE: "contraindication overridden",
    RiskKind.CONSENT: "no consent",
    RiskKind.HAZARD: "near a hazard",
    RiskKind.DEPTH: "unusual depth",
    RiskKind.NEEDLES: "needles do not add up",
}
BECAME_WORDS: Mapping[Became, str] = {
    Became.ADDED: "Added",
    Became.REMOVED: "Removed",
    Became.MOVED: "Moved",
    Became.CHANGED: "Changed",
}


def waited(since: datetime, now: datetime) -> str:
    """How long something has waited, roughly."""
    passed = now - since
    for unit, length in (("day", timedelta(days=1)), ("h", timedelta(hours=1))):
        if passed >= length:
            count = passed // length
            return counted(count, unit) if unit == "day" else f"{count} h"
    minutes = passed // timedelta(minutes=1)
    return f"{minutes} min" if minutes > 0 else "1 min"


def moment(at: datetime) -> str:
    """When something was said, without the year."""
    return f"{day_and_month(at)}, {at:%H:%M}"


def waiting_detail(waiting: Waiting) -> str:
    """Which visit, and who handed it in; for a trainee, what was said of it."""
    on = day_and_month(waiting.visit.began)
    if waiting.visit.is_open:
        return f"{on} · {counted(waiting.open_comments, 'open comment')}"
    again = f" · round {waiting.round}" if waiting.round > 1 else ""
    return f"{on} · {waiting.trainee.name}{again}"


def waiting_risks(waiting: Waiting) -> str:
    """What to look at, each kind once."""
    kinds = dict.fromkeys(risk.kind for risk in waiting.risks)
    return ", ".join(RISK_WORDS[kind] for kind in kinds).capitalize()


def sheet_facts(sheet: Sheet, now: datetime) -> str:
    """Whose visit it is and which round."""
    number = sheet.review.round
    handed_in = sheet.review.submission(number)
    ago = f", {waited(handed_in.at, now)} ago" if handed_in else ""
    return f"{sheet.trainee.name} · round {max(number, 1)}{ago}"


def earlier_words(earlier: Earlier) -> str:
    """What the visit is held against."""
    if earlier.round is not None:
        return f"Round {earlier.round}"
    return f"Visit of {day(earlier.visit.began)}"


def difference_title(difference: MarkDifference) -> str:
    """Which mark it is."""
    return f"{BECAME_WORDS[difference.became]}: {title(difference.mark)}"


def difference_detail(difference: MarkDifference) -> str:
    """What is another about it, or where it lies."""
    if difference.became in {Became.ADDED, Became.REMOVED}:
        return whereabouts(difference.mark, structure_name)
    return difference.summary[:1].upper() + difference.summary[1:]


def where_words(comment: Comment, sheet: Sheet) -> str:
    """What a comment is about."""
    pin = comment.pin
    if pin.place is None:
        return "The whole visit"
    if pin.mark is not None:
        is_there = sheet.visit.has(pin.mark)
        return title(sheet.visit.mark(pin.mark)) if is_there else "A mark that is gone"
    size = f"{2 * pin.radius_mm:.0f} mm across, " if pin.radius_mm else ""
    return f"{size}{pin.place.landmark}" if pin.place.landmark else f"{size}on the body"
