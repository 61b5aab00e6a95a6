"""All that a visit holds in short lines, for who has to answer for it and was not there."""

from collections.abc import Iterator
from dataclasses import dataclass

from bodymap.atlas.knowledge import Knowledge
from bodymap.chart.consent import Consent
from bodymap.chart.hygiene import Hygiene
from bodymap.chart.marks import Mark, MarkId, NeedleSite, Note
from bodymap.chart.measures import SCALES, Measure
from bodymap.chart.people import Patient
from bodymap.chart.visit import Visit
from bodymap.desk.needle_counting import tally
from bodymap.desk.screening import checklist
from bodymap.widgets.chart_words import (
    DIRECTION_WORDS,
    TECHNIQUE_WORDS,
    counted,
    detail,
    structure_name,
    subtitle,
    title,
)
from bodymap.widgets.record.words import (
    CHAPTER_WORDS,
    EVENT_WORDS,
    FORM_WORDS,
    GIVER_WORDS,
    GLOVE_WORDS,
    HAND_WORDS,
    SEVERITY_WORDS,
    SKIN_WORDS,
    measure_title,
)

_UNSAID = "not recorded"


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that the visit holds.

    Attributes:
        title: What it is.
        text: What was charted.
        mark: The mark it tells of, if it tells of one.
    """

    title: str
    text: str
    mark: MarkId | None = None


def charted(visit: Visit, patient: Patient) -> tuple[Line, ...]:
    """Everything that was charted: pain, what was asked and agreed, each mark, the words."""
    record = visit.record
    lines = [
        Line("Pain", _pain(visit)),
        Line("Screening", _screening(visit, patient)),
        Line("Consent", _consent(record.consent)),
        Line("Hygiene", _hygiene(record.hygiene)),
        *(Line(title(mark), _mark(mark, visit), mark.id) for mark in visit.marks),
        Line("Needles", _needles(visit)),
        *(Line(measure_title(one), _measure(one)) for one in record.measures),
        *(Line(CHAPTER_WORDS[chapter], text) for chapter, text in record.narrative.chapters),
    ]
    if record.narrative.conditions:
        lines.append(Line("Treated", ", ".join(record.narrative.conditions)))
    if record.narrative.aftercare:
        lines.append(Line("Advice", " ".join(record.narrative.aftercare)))
    lines += [
        Line(EVENT_WORDS[one.kind], _and(SEVERITY_WORDS[one.severity], one.text, one.action))
        for one in record.adverse_events
    ]
    return tuple(lines)


def _pain(visit: Visit) -> str:
    before, after = visit.pain_before, visit.pain_after
    if before is None and after is None:
        return _UNSAID.capitalize()
    rated = (_UNSAID if value is None else f"{value}/10" for value in (before, after))
    return "On arrival {}, at the end {}".format(*rated)


def _screening(visit: Visit, patient: Patient) -> str:
    states = checklist(Knowledge.load().screening.values(), visit, patient)
    said = []
    for state in states:
        if state.applies:
            why = state.said.override.strip() or state.said.note.strip()
            said.append(f"{state.item.label} ({why})" if why else state.item.label)
    open_still = sum(state.applies is None for state in states)
    yes = f"Yes to {'; '.join(said)}" if said else ""
    unasked = f"{counted(open_still, 'question')} not answered" if open_still else ""
    return _and(yes, unasked) or f"No to all {len(states)} questions"


def _consent(consent: Consent) -> str:
    if consent.form is None:
        return _UNSAID.capitalize()
    told = f"{len(consent.told)} things explained" if consent.told else "nothing put down as told"
    withdrawn = "withdrawn" if consent.withdrawn else ""
    giver = f"by {consent.guardian or GIVER_WORDS[consent.given_by].lower()}"
    return _and(f"{FORM_WORDS[consent.form]}, {giver}", told, withdrawn, consent.note)


def _hygiene(hygiene: Hygiene) -> str:
    said = (
        f"hands: {HAND_WORDS[hygiene.hands].lower()}" if hygiene.hands else "",
        f"gloves: {GLOVE_WORDS[hygiene.gloves].lower()}" if hygiene.gloves else "",
        f"skin: {SKIN_WORDS[hygiene.skin].lower()}" if hygiene.skin else "",
        hygiene.note,
    )
    return _and(*said) or _UNSAID.capitalize()


def _mark(mark: Mark, visit: Visit) -> str:
    where = subtitle(mark, visit, structure_name)
    words = "" if isinstance(mark, Note) else mark.text
    return " · ".join(filter(None, (where, detail(mark), *_needle(mark), words)))


def _needle(mark: Mark) -> Iterator[str]:
    if isinstance(mark, NeedleSite):
        yield TECHNIQUE_WORDS[mark.technique].lower() if mark.technique else ""
        yield DIRECTION_WORDS[mark.direction].lower()
        if mark.twitches is not None:
            yield "1 twitch" if mark.twitches == 1 else f"{mark.twitches} twitches"
        if mark.count > 1:
            yield f"{mark.count} needles"


def _needles(visit: Visit) -> str:
    count = tally(visit)
    differ = " ".join(count.mismatches)
    return _and(
        f"{count.inserted} in", f"{count.removed} out", differ, visit.record.needles.difference
    )


def _measure(measure: Measure) -> str:
    unit = SCALES[measure.kind].unit
    values = [
        f"{value:g}{f' {unit}' if unit else ''}"
        for value in (measure.before, measure.after)
        if value is not None
    ]
    return _and(" → ".join(values), measure.note) or _UNSAID.capitalize()


def _and(*parts: str) -> str:
    joined = ", ".join(filter(None, (part.strip() for part in parts)))
    return joined[:1].upper() + joined[1:]
