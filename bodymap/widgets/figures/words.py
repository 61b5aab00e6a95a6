"""How the figures of the clinic are told."""

from collections.abc import Sequence

from bodymap.chart.adverse_events import Severity
from bodymap.desk.figures import Figures
from bodymap.desk.trends import NPRS

PERIODS: Sequence[tuple[int | None, str]] = (
    (None, "All time"),
    (365, "The last 12 months"),
    (91, "The last 3 months"),
    (30, "The last 30 days"),
)
"""Days back from today, and what the period is called."""

_SEVERITY = {
    Severity.MILD: "mild",
    Severity.SIGNIFICANT: "significant",
    Severity.SERIOUS: "serious",
}


def tiles(figures: Figures) -> Sequence[tuple[str, str, str]]:
    """A caption, a figure and what it is made of, for each tile."""
    per_needle = figures.twitches / figures.needles if figures.needles else None
    events = ", ".join(f"{count} {_SEVERITY[severity]}" for severity, count in figures.events)
    return (
        ("Visits", str(figures.visits), _of(figures.patients, "patient")),
        ("Needles", str(figures.needles), _of(figures.trigger_points, "trigger point")),
        ("Twitches", str(figures.twitches), _said(per_needle, "{:.1f} for each needle")),
        ("Adverse events per 1,000 needles", _said(figures.event_rate, "{:.1f}"), events or "none"),
        (
            "Pain eased within a visit",
            _said(figures.relief, "{:.1f}"),
            "points of NPRS on average, from arrival to the end",
        ),
        (
            "Complaints eased",
            f"{figures.improved} of {figures.courses}",
            f"by {NPRS.minimal_change:.0f} points or more on arrival ({NPRS.source})",
        ),
    )


def _of(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _said(value: float | None, form: str) -> str:
    return "–" if value is None else form.format(value)
