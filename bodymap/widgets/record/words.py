"""What the parts of a visit's record are called on screen."""

from bodymap.atlas.ids import RegionId, Side
from bodymap.atlas.regions import regions
from bodymap.chart.adverse_events import EventKind, Onset, Outcome, Severity
from bodymap.chart.consent import ConsentForm, ConsentGiver, ConsentScope, Told
from bodymap.chart.follow_up import FollowUpKind, Relief
from bodymap.chart.hygiene import Gloves, HandHygiene, Position, SkinPreparation
from bodymap.chart.measures import SCALES, Measure
from bodymap.chart.narrative import Chapter
from bodymap.desk.billing import BillingAid

FORM_WORDS = {ConsentForm.VERBAL: "Verbal", ConsentForm.WRITTEN: "Written"}
GIVER_WORDS = {ConsentGiver.PATIENT: "Patient", ConsentGiver.GUARDIAN: "Guardian"}
TOLD_WORDS = {
    Told.PROCEDURE: "Procedure",
    Told.ALTERNATIVES: "Alternatives",
    Told.PAIN: "Pain",
    Told.BRUISING: "Bruising",
    Told.BLEEDING: "Bleeding",
    Told.FAINTING: "Fainting",
    Told.INFECTION: "Infection",
    Told.PNEUMOTHORAX: "Pneumothorax",
    Told.NERVE_INJURY: "Nerve injury",
}
HAND_WORDS = {
    HandHygiene.ALCOHOL_RUB: "Alcohol rub",
    HandHygiene.SOAP_WATER: "Soap, water",
    HandHygiene.NONE: "None",
}
GLOVE_WORDS = {
    Gloves.BOTH_HANDS: "Both hands",
    Gloves.ONE_HAND: "One hand",
    Gloves.NONE: "None",
}
SKIN_WORDS = {
    SkinPreparation.ALCOHOL: "Alcohol",
    SkinPreparation.CHLORHEXIDINE: "Chlorhexid.",
    SkinPreparation.IODINE: "Iodine",
    SkinPreparation.SOAP_WATER: "Soap, water",
    SkinPreparation.NONE: "None",
}
POSITION_WORDS = {
    Position.PRONE: "Prone",
    Position.SUPINE: "Supine",
    Position.LEFT_SIDE: "Left side",
    Position.RIGHT_SIDE: "Right side",
    Position.SITTING: "Sitting",
}
CHAPTER_WORDS = {
    Chapter.HISTORY: "Medicines and history",
    Chapter.SUBJECTIVE: "Subjective",
    Chapter.OBJECTIVE: "Objective",
    Chapter.OTHER_TREATMENT: "Other treatment",
    Chapter.ASSESSMENT: "Assessment",
    Chapter.PLAN: "Plan",
    Chapter.EXERCISE: "Exercises at home",
    Chapter.NEXT_VISIT: "Next visit",
}
EVENT_WORDS = {
    EventKind.BRUISING: "Bruising",
    EventKind.BLEEDING: "Bleeding",
    EventKind.PAIN: "Pain",
    EventKind.FAINTING: "Fainting",
    EventKind.DIZZINESS: "Dizziness",
    EventKind.NAUSEA: "Nausea",
    EventKind.HEADACHE: "Headache",
    EventKind.DROWSINESS: "Drowsiness",
    EventKind.AGGRAVATION: "Symptoms made worse",
    EventKind.NERVE: "Nerve irritation",
    EventKind.INFECTION: "Infection",
    EventKind.PNEUMOTHORAX: "Pneumothorax",
    EventKind.ALLERGY: "Allergic reaction",
    EventKind.STUCK_NEEDLE: "Needle stuck",
    EventKind.BROKEN_NEEDLE: "Needle bent or broken",
    EventKind.LEFT_NEEDLE: "Needle forgotten",
    EventKind.NEEDLESTICK: "Needlestick injury",
    EventKind.OTHER: "Something else",
}
SEVERITY_WORDS = {
    Severity.MILD: "Mild",
    Severity.SIGNIFICANT: "Significant",
    Severity.SERIOUS: "Serious",
}
ONSET_WORDS = {
    Onset.DURING: "During the treatment",
    Onset.STRAIGHT_AFTER: "Straight after",
    Onset.SAME_DAY: "The same day",
    Onset.WITHIN_48_H: "Within 48 hours",
    Onset.LATER: "Later",
}
OUTCOME_WORDS = {
    Outcome.RESOLVED: "Resolved",
    Outcome.RECOVERING: "Getting better",
    Outcome.ONGOING: "Not resolved",
    Outcome.SEQUELAE: "Resolved, something is left",
    Outcome.UNKNOWN: "Not known yet",
}
RELIEF_WORDS = {
    Relief.MUCH_BETTER: "Much better",
    Relief.BETTER: "Better",
    Relief.SAME: "The same",
    Relief.WORSE: "Worse",
}
FOLLOW_UP_WORDS = {
    FollowUpKind.FOLLOW_UP: "Follow-up",
    FollowUpKind.JOURNAL: "Pain journal",
}
SCOPE_WORDS = {
    ConsentScope.VISIT: "This visit",
    ConsentScope.EPISODE: "The whole complaint",
}

PART_WORDS = {
    "screening": "screening",
    "consent": "consent",
    "hygiene": "hygiene",
    "needles": "needle count",
    "measures": "measure",
    "narrative": "text",
    "adverse_events": "adverse event",
    "follow_ups": "follow-up",
}
"""What the undo menu calls a part of the record."""


def measure_title(measure: Measure) -> str:
    """What was measured, such as "Neck rotation, right"."""
    name = SCALES[measure.kind].name
    title = f"{name}: {measure.subject}" if measure.subject.strip() else name
    return title if measure.side is None else f"{title}, {measure.side}"


def bill(aid: BillingAid) -> str:
    """What the billing aid says, a line for each fact."""
    muscles = "1 muscle" if aid.muscles == 1 else f"{aid.muscles} muscles"
    lines = [f"{muscles} needled."]
    lines += [f"{code.code}: {code.text}." for code in aid.codes]
    if aid.minutes is not None:
        lines.append(f"{aid.minutes} min from the first needle in to the last one out.")
    return "\n".join([*lines, "For information; check what your payer asks for."])


def region_words(region: RegionId, side: Side) -> str:
    """A surface region with its side, such as "Front of the shoulder, right"."""
    known = regions().get(region)
    name = known.name if known else region.replace("-", " ")
    name = name[:1].upper() + name[1:]
    return name if side is Side.MIDLINE else f"{name}, {side}"
