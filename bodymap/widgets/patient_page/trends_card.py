"""How it went: the charts of one complaint, and in words whether the change matters."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from bodymap.desk.trends import NPRS, Reading, important_change
from bodymap.widgets.controls.field import beside, label, stacked, wrapping
from bodymap.widgets.patient_page.cards import Card
from bodymap.widgets.patient_page.lines import side_by_side
from bodymap.widgets.patient_page.trends import AreaTrend, NeedleTrend, PainTrendChart, Trend
from bodymap.widgets.theme import Theme

_FEWEST = 2
_HEAD = 20


class TrendsCard(Card):
    """Three charts beside each other."""

    def __init__(self, theme: Theme) -> None:
        super().__init__("How it went", "patient-trends")
        self.pain = PainTrendChart("pain-chart", "Pain over visits", theme)
        self.area = AreaTrend("area-chart", "Area of pain over visits", theme)
        self.needles = NeedleTrend("needle-chart", "Needles over visits", theme)
        key = beside(label("— before", "pain-before"), label("- - after", "pain-after"))
        self._words = wrapping(label("", "muted", "trend-words"))
        self._charts = side_by_side(
            _captioned("PAIN, NPRS 0–10", self.pain, key),
            _captioned("AREA OF PAIN, cm² ON THE MODEL", self.area),
            _captioned("NEEDLES", self.needles),
            spacing=28,
        )
        self.add(self._charts, self._words)
        self.set_theme(theme)

    def show_readings(self, readings: Sequence[Reading]) -> None:
        """Show the visits of one complaint, oldest first."""
        for chart in (self.pain, self.area, self.needles):
            chart.show_readings(readings)
        self._charts.setVisible(bool(readings))
        self._words.setText(words(readings))

    def set_theme(self, theme: Theme) -> None:
        """Show it in another theme."""
        for chart in (self.pain, self.area, self.needles):
            chart.set_theme(theme)


def words(readings: Sequence[Reading]) -> str:
    """What the charts come to, and which change of pain matters by whose word."""
    rated = [reading.pain_before for reading in readings if reading.pain_before is not None]
    if not readings:
        return "No visits of this complaint yet."
    if len(rated) < _FEWEST or NPRS.minimal_change is None:
        return "Once pain on arrival is rated at two visits, its change is told here."
    change = important_change(rated)
    moved = rated[0] - rated[-1]
    how = "the same" if not moved else f"{abs(moved)} {'less' if moved > 0 else 'more'}"
    verdict = (
        "a change that usually matters to patients"
        if change is not None
        else "less than what usually matters to patients"
    )
    return (
        f"Pain on arrival went from {rated[0]} to {rated[-1]}: {how}, {verdict} "
        f"({NPRS.minimal_change:.0f} points or more: {NPRS.source}; a value of groups, shown as "
        "reference). The shaded part of the chart is that improvement."
    )


def _captioned(caption: str, chart: Trend, key: QWidget | None = None) -> QWidget:
    box = QWidget()
    head = beside(label(caption, "caption"), QWidget(), key or QWidget(), stretch=1)
    head.setFixedHeight(_HEAD)
    stacked(box, head, chart, spacing=2)
    return box
