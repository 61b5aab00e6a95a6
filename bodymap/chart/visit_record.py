"""What a visit holds besides its marks."""

from dataclasses import dataclass, field

from bodymap.chart.adverse_events import AdverseEvent
from bodymap.chart.consent import Consent
from bodymap.chart.follow_up import FollowUp
from bodymap.chart.hygiene import Hygiene
from bodymap.chart.measures import Measure
from bodymap.chart.narrative import Narrative
from bodymap.chart.needle_count import NeedleCount
from bodymap.chart.screening import Screening


@dataclass(frozen=True, slots=True)
class VisitRecord:
    """Screening, consent, hygiene, needle count, measures, text, adverse events, follow-up."""

    screening: Screening = field(default_factory=Screening)
    consent: Consent = field(default_factory=Consent)
    hygiene: Hygiene = field(default_factory=Hygiene)
    needles: NeedleCount = field(default_factory=NeedleCount)
    measures: tuple[Measure, ...] = ()
    narrative: Narrative = field(default_factory=Narrative)
    adverse_events: tuple[AdverseEvent, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()
