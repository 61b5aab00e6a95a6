"""How it went: the charts of one complaint, and in words whether the change matters."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from bodymap.desk.trends import (
    NPRS,
    MeasureCourse,
    Reading,
    important_change,
    measure_courses,
)
from bodymap.widgets.controls.field import beside, emptied, label, stacked, wrapping
from bodymap.widgets.patient_page.cards import Card
from bodymap.widgets.patient_page.lines import side_by_side
from bodymap.widgets.patient_page.trends import AreaTrend, NeedleTrend, PainTrendChart, Trend
from bodymap.widgets.record.words import measure_title
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
        self._measures = QWidget()
        self._measures.setObjectName("trend-measures")
        self._rows = stacked(self._measures, spacing=4)
        self.add(self._charts, self._words, self._measures)
        self.set_theme(theme)

    def show_readings(self, readings: Sequence[Reading]) -> None:
        """Show the visits of one complaint, oldest first."""
        for chart in (self.pain, self.area, self.needles):
            chart.show_readings(readings)
        self._charts.setVisible(bool(readings))
        self._words.setText(words(readings))
        self._show_measures(measure_courses(readings))

    def _show_measures(self, courses: Sequence[MeasureCourse]) -> None:
        emptied(self._rows)
        if courses:
            self._rows.addWidget(label("MEASURES, ON ARRIVAL", "caption"))
        for number, course in enumerate(courses):
            row = wrapping(label(course_words(course), "body", f"trend-measure-{number}"))
            row.setToolTip(course_tip(course))
            row.setAccessibleDescription(course_tip(course))
            self._rows.addWidget(row)
        self._measures.setVisible(bool(courses))

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


def course_words(course: MeasureCourse) -> str:
    """How one measure went, such as "NDI: 24 → 14/50, 10 less *"."""
    scale, change = course.measure.scale, course.last - course.first
    how = "the same" if not change else f"{abs(change):g} {'less' if change < 0 else 'more'}"
    star = ", a change that usually matters to patients" if course.matters else ""
    return (
        f"{measure_title(course.measure)}: {course.first:g} → {course.last:g}{scale.unit}, "
        f"{how}{star}"
    )


def course_tip(course: MeasureCourse) -> str:
    """The smallest change that matters, and by whose word."""
    scale = course.measure.scale
    if scale.minimal_change is None:
        return "No smallest change that matters to patients is known for this measure."
    return (
        f"A change of {scale.minimal_change:g}{scale.unit.replace('/', ' of ')} or more usually "
        f"matters to patients: {scale.source}; a value of groups, shown as reference."
    )


def _captioned(caption: str, chart: Trend, key: QWidget | None = None) -> QWidget:
    box = QWidget()
    head = beside(label(caption, "caption"), QWidget(), key or QWidget(), stretch=1)
    head.setFixedHeight(_HEAD)
    stacked(box, head, chart, spacing=2)
    return box
