"""What verifying found, in words for whoever has to do something about it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bodymap.chart.audit import Finding, FindingKind
from bodymap.chart.day_words import day
from bodymap.chart.visit import VisitId, VisitSummary

ADVICE: Mapping[FindingKind, str] = {
    FindingKind.PAGES: (
        "The disk gave back something else than was written. Sign out and in again: bodymap then "
        "keeps this file byte for byte and offers the newest good backup. Have the disk looked at."
    ),
    FindingKind.SCHEMA: (
        "Somebody with the key opened the file with another program. Keep this file, find out who "
        "had it in hand, and put back a backup from before under Data and backups."
    ),
    FindingKind.CHAIN: (
        "From the first wrong entry on the trail proves nothing. Keep this file, and put back a "
        "backup from before under Data and backups; printed pages carry the digests of then."
    ),
    FindingKind.END: (
        "If somebody copied an older file into the folder by hand, put the newest backup back "
        "under Data and backups instead. If nobody did, keep this file and find out who had it."
    ),
    FindingKind.SIGNATURE: (
        "Do not rely on who signed these visits. Compare them with their printed pages, and put "
        "back a backup from before under Data and backups."
    ),
    FindingKind.CONTENT: (
        "Do not rely on what these visits say now. Compare them with their printed pages, and put "
        "back a backup from before under Data and backups."
    ),
    FindingKind.CLOCK: (
        "Nothing was changed. Set the computer's clock by a time server, so that times can be "
        "compared."
    ),
}
"""What is to be done about each kind."""


@dataclass(frozen=True, slots=True)
class Told:
    """One finding in words.

    Attributes:
        where: What it is about, as a person knows it.
        what: What is wrong with it.
        kind: Which advice goes with it.
    """

    where: str
    what: str
    kind: FindingKind


def in_words(found: Sequence[Finding], visits: Mapping[VisitId, VisitSummary]) -> Sequence[Told]:
    """Findings, with visits called by patient and day as far as they are known."""
    return [Told(_where(one.where, visits), one.what, one.kind) for one in found]


def advice(found: Sequence[Told]) -> Sequence[str]:
    """What is to be done, once for each kind that was found."""
    return [ADVICE[kind] for kind in FindingKind if any(one.kind is kind for one in found)]


def _where(where: str, visits: Mapping[VisitId, VisitSummary]) -> str:
    kind, _, name = where.partition(" ")
    visit = visits.get(VisitId(name)) if kind == "visit" else None
    if kind == "revision":
        return f"Tables and triggers of the data file ({where})"
    if visit is None:
        return where[:1].upper() + where[1:]
    return f"{visit.patient_name}, visit of {day(visit.began)}"
