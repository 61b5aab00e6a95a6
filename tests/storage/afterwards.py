"""Entries under closed visits."""

from datetime import timedelta

from bodymap.chart.adverse_events import AdverseEvent, EventKind, Onset, Severity
from bodymap.chart.afterwards import Afterward, AfterwardId
from bodymap.chart.visit import Visit
from tests.builders import a_user, an_id

PNEUMOTHORAX = AdverseEvent(
    EventKind.PNEUMOTHORAX,
    Severity.SERIOUS,
    Onset.SAME_DAY,
    action="Sent to hospital",
    text="Short of breath, X-ray",
)


def an_afterward(visit: Visit, number: int = 1, **fields) -> Afterward:
    """What was heard the next morning."""
    defaults = {
        "visit": visit.id,
        "by": a_user().id,
        "at": visit.began + timedelta(hours=20),
        "told": PNEUMOTHORAX,
    }
    entry = AfterwardId(an_id(f"{visit.id}/afterward/{number}"))
    return Afterward(id=entry, **(defaults | fields))
