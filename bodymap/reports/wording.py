"""The record in words, as a printed page states it."""

from datetime import date, datetime

from bodymap.atlas.ids import Side
from bodymap.atlas.structures import catalogue
from bodymap.chart.day_words import day_in_full
from bodymap.chart.marks import NeedleSite, PainKind, PainQuality, PainZone, TriggerPointStatus
from bodymap.chart.needling import Direction, Technique
from bodymap.chart.people import AdministrativeSex, Episode, Patient
from bodymap.chart.visit import VisitState

NOTHING = "–"
"""Stands where nothing was recorded."""

STATES = {
    VisitState.DRAFT: "Draft, not signed",
    VisitState.SUBMITTED: "Submitted, not signed",
    VisitState.RETURNED: "Returned, not signed",
    VisitState.SIGNED: "Signed",
    VisitState.VOID: "Void",
}
STATUSES = {
    TriggerPointStatus.ACTIVE: "Active",
    TriggerPointStatus.LATENT: "Latent",
    TriggerPointStatus.SATELLITE: "Satellite",
}
TECHNIQUES = {
    Technique.DEEP: "Deep",
    Technique.SUPERFICIAL: "Superficial",
    Technique.IMS: "IMS",
    Technique.TENDON: "Tendon",
    Technique.PERINEURAL: "Perineural",
}
DIRECTIONS = {
    Direction.PERPENDICULAR: "perpendicular",
    Direction.OBLIQUE: "oblique",
    Direction.TANGENTIAL: "tangential",
}
PAIN_KINDS = {
    PainKind.PRESENTING: "Presenting pain",
    PainKind.REFERRED: "Referred pain",
    PainKind.PARAESTHESIA: "Paraesthesia",
    PainKind.NUMBNESS: "Numbness",
    PainKind.SORENESS: "Soreness",
}
SIDES = {Side.LEFT: "Left", Side.RIGHT: "Right", Side.MIDLINE: "Midline"}


def day(when: date) -> str:
    """A date that reads the same in every country, such as 2 March 2026."""
    return day_in_full(when)


def moment(when: datetime) -> str:
    """A date and time with its offset, such as 2 March 2026, 09:15 (UTC+01:00)."""
    offset = f"{when:%z}"
    return f"{day(when)}, {when:%H:%M} (UTC{offset[:3]}:{offset[3:5]})"


def birth(patient: Patient, on: date) -> str:
    """The date of birth with the age in whole years on a day."""
    born = patient.birth_date
    age = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    sex = "" if patient.sex is AdministrativeSex.UNKNOWN else f", {patient.sex.value}"
    return f"{day(born)} ({age} years{sex})" if age >= 0 else day(born)


def complaint(episode: Episode) -> str:
    """What the patient came with, and since when."""
    since = f", since {day(episode.onset)}" if episode.onset else ""
    return (episode.complaint.strip() or NOTHING) + since


def pain(before: int | None, after: int | None) -> str:
    """The ratings on arrival and at the end, 0 to 10."""
    if before is None and after is None:
        return "Not recorded"
    return f"{_rating(before)} → {_rating(after)}"


def _rating(value: int | None) -> str:
    return "not recorded" if value is None else str(value)


def intensity(value: int | None) -> str:
    """A rating out of ten."""
    return NOTHING if value is None else f"{value}/10"


def structure(name: str | None) -> str:
    """A structure's English name; an id the atlas no longer knows is spelt out."""
    if not name:
        return NOTHING
    known = {str(key): entry.name for key, entry in catalogue().items()}.get(name)
    return known or spelt_out(name)


def spelt_out(name: str) -> str:
    """An id as words: `shoulder-blade` becomes Shoulder blade."""
    words = name.replace("-", " ")
    return words[:1].upper() + words[1:]


def depth(needle: NeedleSite) -> str:
    """The depth reached, in millimetres."""
    if needle.depth_mm is None:
        return NOTHING
    return f"{needle.depth_mm:g} mm"


def twitches(needle: NeedleSite) -> str:
    """How many twitch responses were seen; none is an observation, nothing recorded is not."""
    if needle.twitches is None:
        return NOTHING
    return str(needle.twitches) if needle.twitches else "None"


def technique(needle: NeedleSite) -> str:
    """How the needle was used and how it stood."""
    return f"{TECHNIQUES[needle.technique]}, {DIRECTIONS[needle.direction]}"


def qualities(zone: PainZone) -> str:
    """How the patient describes it."""
    return (
        ", ".join(quality.value for quality in PainQuality if quality in zone.qualities) or NOTHING
    )
