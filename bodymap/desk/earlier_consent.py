"""Consent to all treatment of a complaint, which holds at later visits too."""

from dataclasses import dataclass
from datetime import date

from bodymap.chart.consent import Consent, ConsentScope
from bodymap.chart.visit import Visit
from bodymap.desk.ports import Work


@dataclass(frozen=True, slots=True)
class EarlierConsent:
    """Consent to all treatment of the complaint, given at an earlier visit."""

    consent: Consent
    given: date


def consented_before(work: Work, visit: Visit) -> Visit | None:
    """The visit whose consent to all treatment of the complaint holds; None if it was taken back.

    Other visits are looked through for it. Nothing of them is told to anybody.
    """
    for listed in work.visits.summaries(visit.patient):
        if listed.id == visit.id:
            continue
        earlier = work.visits.get(listed.id)
        consent = earlier.record.consent
        if earlier.episode == visit.episode and consent.scope is ConsentScope.EPISODE:
            stands = consent.is_given and earlier.began < visit.began
            return earlier if stands else None
    return None
