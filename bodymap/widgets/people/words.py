"""How people, dates and visits are written on screen."""

from datetime import date

from bodymap.chart.marks import MarkKind
from bodymap.chart.naming import dates_meant
from bodymap.chart.people import AdministrativeSex, Patient
from bodymap.chart.visit import VisitSummary

SEX_WORDS = {
    AdministrativeSex.FEMALE: "Female",
    AdministrativeSex.MALE: "Male",
    AdministrativeSex.OTHER: "Other",
    AdministrativeSex.UNKNOWN: "Not known",
}


def born(birth_date: date) -> str:
    """A date of birth; the same everywhere in the world."""
    return f"b. {birth_date.isoformat()}"


def patient_detail(patient: Patient) -> str:
    """What tells patients of the same name apart."""
    return f"{born(patient.birth_date)} · {patient.number}"


def pain(summary: VisitSummary) -> str:
    """The ratings before and after, as far as there are any."""
    if summary.pain_before is None and summary.pain_after is None:
        return ""
    before = "–" if summary.pain_before is None else str(summary.pain_before)
    after = "–" if summary.pain_after is None else str(summary.pain_after)
    return f"pain {before} → {after}"


def needles(summary: VisitSummary) -> str:
    """How many needles there were."""
    count = summary.counts.get(MarkKind.NEEDLE_SITE, 0)
    return "1 needle" if count == 1 else f"{count or 'no'} needles"


def afterwards(summary: VisitSummary) -> str:
    """What went wrong, or else that the patient was heard of afterwards."""
    if summary.events:
        return "1 adverse event" if summary.events == 1 else f"{summary.events} adverse events"
    return f"{summary.heard} heard later" if summary.heard else ""


def parsed_date(text: str) -> date | None:
    """A date typed as 1984-03-12 or 12.3.1984; None when it is none, or not certain.

    Nobody can say which number of 3/4/1984 is the month.
    """
    meant = dates_meant(text)
    return meant[0] if len(meant) == 1 else None
