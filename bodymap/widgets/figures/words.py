"""How the figures of the clinic are told."""

from collections.abc import Sequence

from bodymap.chart.adverse_events import Severity
from bodymap.desk.figures import Figures
from bodymap.desk.rates import METHOD
from bodymap.desk.trends import NPRS
from bodymap.widgets.chart_words import structure_name

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
        (
            "Adverse events per 1,000 needles",
            _said(figures.event_rate, "{:.1f}"),
            f"{events or 'none'}{_sure(figures)}",
        ),
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


def rows(figures: Figures, period: str, whose: str) -> Sequence[Sequence[str | float]]:
    """The same as a table: what is counted, how much, and how it was come by."""
    low, high = figures.event_limits or ("", "")
    return (
        ("figure", "value", "remark"),
        ("period", period, ""),
        ("therapist", whose, ""),
        ("visits", figures.visits, ""),
        ("patients", figures.patients, ""),
        ("trigger points", figures.trigger_points, ""),
        ("needles", figures.needles, ""),
        ("local twitch responses", figures.twitches, ""),
        ("adverse events", figures.happened, ""),
        *((f"adverse events, {_SEVERITY[how]}", count, "") for how, count in figures.events),
        ("adverse events per 1,000 needles", _cell(figures.event_rate), ""),
        ("adverse events per 1,000 needles, lower limit", _cell(low), METHOD),
        ("adverse events per 1,000 needles, upper limit", _cell(high), METHOD),
        ("mean fall of pain within a visit", _cell(figures.relief), "NPRS points"),
        ("complaints rated at two visits or more", figures.courses, ""),
        ("complaints eased", figures.improved, f"{NPRS.minimal_change:g} points ({NPRS.source})"),
        *((f"needles in {structure_name(name)}", count, "") for name, count in figures.muscles),
    )


def _cell(value: float | str | None) -> float | str:
    return round(value, 2) if isinstance(value, float) else value or ""


def _sure(figures: Figures) -> str:
    if figures.event_limits is None:
        return ""
    low, high = figures.event_limits
    return f"; {low:.1f} to {high:.1f} is the {METHOD}"


def _of(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _said(value: float | None, form: str) -> str:
    return "–" if value is None else form.format(value)
