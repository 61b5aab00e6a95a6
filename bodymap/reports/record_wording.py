"""What a visit holds besides its marks, in the words of a printed page."""

from collections.abc import Iterable
from enum import StrEnum

from bodymap.atlas.ids import Side
from bodymap.chart.adverse_events import EventKind, Onset, Outcome
from bodymap.chart.consent import Consent, ConsentGiver, ConsentScope, Told
from bodymap.chart.hygiene import Hygiene, Position
from bodymap.chart.marks import NeedleSite
from bodymap.chart.measures import Measure, MeasureKind
from bodymap.chart.narrative import Chapter
from bodymap.chart.needle_count import NeedleCount
from bodymap.chart.screening import Screening
from bodymap.chart.session import Screened
from bodymap.reports.wording import NOTHING, SIDES, spelt_out

CHAPTERS = {
    Chapter.HISTORY: "Medicines and history",
    Chapter.EXERCISE: "Exercises at home",
}
EVENTS = {
    EventKind.AGGRAVATION: "Symptoms made worse",
    EventKind.NERVE: "Nerve irritation",
    EventKind.ALLERGY: "Allergic reaction",
    EventKind.STUCK_NEEDLE: "Needle stuck",
    EventKind.BROKEN_NEEDLE: "Needle bent or broken",
    EventKind.LEFT_NEEDLE: "Needle forgotten",
    EventKind.NEEDLESTICK: "Needlestick injury",
}
ONSETS = {Onset.DURING: "during treatment", Onset.WITHIN_48_H: "within 48 hours"}
OUTCOMES = {
    Outcome.RECOVERING: "Getting better",
    Outcome.ONGOING: "Not resolved",
    Outcome.SEQUELAE: "Resolved, something is left",
    Outcome.UNKNOWN: "Not known yet",
}
FINDINGS = {
    MeasureKind.SPECIAL_TEST: ("Negative", "Positive"),
    MeasureKind.ACTIVATION: ("None", "Weak or late", "Normal"),
}


def plain(value: StrEnum) -> str:
    """A choice as words: `alcohol-rub` becomes alcohol rub."""
    return value.value.replace("-", " ")


def chapter(one: Chapter) -> str:
    """What a part of the text is called."""
    return CHAPTERS.get(one, spelt_out(one.value))


def screening(screened: Iterable[Screened], drawn: Screening) -> str:
    """How many items were answered, and those that apply with what was said of them."""
    items = list(screened)
    answered = sum(item.applies is not None for item in items)
    applying = [_applying(item, drawn) for item in items if item.applies]
    told = [f"{answered} of {len(items)} items answered."]
    told.append("Applies: " + " ".join(applying) if applying else "None of them applies.")
    return " ".join(told)


def _applying(item: Screened, drawn: Screening) -> str:
    ruled = "rules needling out" if item.is_absolute else "with care"
    places = dict.fromkeys(
        f"{area.place.region.replace('-', ' ')}{_side(area.place.side)}"
        for area in drawn.areas_of(item.item)
    )
    where = f"drawn on: {', '.join(places)}" if places else ""
    reason = f"needled all the same: {item.override}" if item.override.strip() else ""
    said = "; ".join(filter(None, (ruled, where, item.note.strip(), reason)))
    return f"{item.label} ({said})."


def _side(side: Side) -> str:
    return "" if side is Side.MIDLINE else f" {side.value}"


def consent(given: Consent) -> str:
    """How consent was given, by whom, for what, and what was explained."""
    told = [plain(one) for one in Told if one in given.told]
    parts = [
        "Withdrawn." if given.withdrawn else "",
        "Not given." if given.form is None else f"{spelt_out(given.form.value)}{_terms(given)}.",
        f"Explained: {', '.join(told)}." if told else "",
        "Signed on screen, see below." if given.signature else "",
        given.note.strip(),
    ]
    return " ".join(filter(None, parts))


def _terms(given: Consent) -> str:
    by = "the patient"
    if given.given_by is ConsentGiver.GUARDIAN:
        by = f"the guardian {given.guardian.strip()}".rstrip()
    reach = "this visit" if given.scope is ConsentScope.VISIT else "all treatment of the complaint"
    return f", by {by}, for {reach}"


def hygiene(done: Hygiene) -> str:
    """Hands, gloves, skin and position, as far as they were recorded."""
    positions = [plain(one) for one in Position if one in done.positions]
    parts = [
        f"Hands: {plain(done.hands)}." if done.hands else "",
        f"Gloves: {plain(done.gloves)}." if done.gloves else "",
        f"Skin: {plain(done.skin)}." if done.skin else "",
        f"Position: {', '.join(positions)}." if positions else "",
        done.note.strip(),
    ]
    return " ".join(filter(None, parts))


def needles(counted: NeedleCount, sites: Iterable[NeedleSite]) -> str:
    """Needles opened, put in, out again and in the sharps container."""
    marks = list(sites)
    inserted = sum(site.count for site in marks)
    removed = sum(site.count for site in marks if site.time_out is not None)
    parts = [
        "" if counted.opened is None else f"{counted.opened} opened",
        f"{inserted} put in",
        f"{removed} out again",
        "" if counted.in_sharps is None else f"{counted.in_sharps} in the sharps container",
    ]
    reason = counted.difference.strip()
    told = ", ".join(filter(None, parts)) + "."
    return f"{told} The numbers differ: {reason}" if reason else told


def value(measure: Measure, measured: float | None) -> str:
    """A value with its unit, or what was found."""
    if measured is None:
        return NOTHING
    findings = FINDINGS.get(measure.kind)
    return findings[int(measured)] if findings else f"{measured:g}{measure.scale.unit}"


def change(measure: Measure) -> str:
    """By how much it changed; a star where the change is one that matters."""
    if measure.before is None or measure.after is None or measure.kind in FINDINGS:
        return NOTHING
    by = measure.after - measure.before
    least = measure.scale.minimal_change
    star = "*" if least is not None and abs(by) >= least else ""
    return f"{by:+g}{star}" if by else "0"


def subject(measure: Measure) -> str:
    """What was measured, with the usual range where one is known."""
    name = measure.scale.name
    named = f"{name}: {measure.subject}" if measure.subject.strip() else name
    return named if measure.normal is None else f"{named} (usual {measure.normal}°)"


def side(measured: Measure) -> str:
    """The patient's side."""
    return NOTHING if measured.side is None else SIDES[measured.side]


def rated(number: int | None) -> str:
    """A rating from 0 to 10."""
    return NOTHING if number is None else f"{number}/10"
