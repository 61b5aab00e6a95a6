"""What was measured before and after."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter, QPushButton, QWidget
from typing_extensions import override

from bodymap.atlas.ids import Side
from bodymap.chart.measures import (
    NEEDS_SUBJECT,
    NORMAL_MOTION,
    NORMAL_MOTION_SOURCE,
    SCALES,
    Measure,
    MeasureKind,
)
from bodymap.widgets.controls.choice import DropDown
from bodymap.widgets.controls.field import Field, beside, label, stacked, wrapping
from bodymap.widgets.controls.segments import Option, Segments
from bodymap.widgets.record import words
from bodymap.widgets.record.cards import Card, Cards
from bodymap.widgets.record.line import Line
from bodymap.widgets.record.page import Page
from bodymap.widgets.record.sections import RecordShown
from bodymap.widgets.theme import Theme

_HINTS = {
    MeasureKind.ROM: "Movement, such as Neck rotation",
    MeasureKind.STRENGTH: "Muscle or movement",
    MeasureKind.PRESSURE_THRESHOLD: "Point or muscle",
    MeasureKind.SPECIAL_TEST: "Name of the test",
    MeasureKind.ACTIVATION: "Muscle",
}
_SIDES = (Option(Side.LEFT, "Left"), Option(Side.RIGHT, "Right"), Option(Side.MIDLINE, "Midline"))
_FINDINGS = {
    MeasureKind.SPECIAL_TEST: (Option(0.0, "Negative"), Option(1.0, "Positive")),
    MeasureKind.ACTIVATION: (
        Option(0.0, "None"),
        Option(1.0, "Weak, late"),
        Option(2.0, "Normal"),
    ),
}
"""Kinds that are found rather than counted."""


class MeasureCard(Card):
    """One measure: before, after, what is usual, a note."""

    def __init__(self, row: int) -> None:
        super().__init__(f"measure-{row}")
        self.before = Line(f"measure-{row}-before", "–", "Before")
        self.after = Line(f"measure-{row}-after", "–", "After")
        self._numbers = beside(Field("Before", self.before), Field("After", self.after))
        self.found_before = Segments(f"measure-{row}-found-before", (), clearable=True)
        self.found_after = Segments(f"measure-{row}-found-after", (), clearable=True)
        self._findings = _below(
            Field("Before", self.found_before), Field("After", self.found_after)
        )
        self.note = Line(f"measure-{row}-note", "Note", "Note")
        self.usual = wrapping(label("", "muted", f"measure-{row}-usual"))
        for widget in (self._numbers, self._findings, self.usual, self.note):
            self.column.addWidget(widget)
        self.before.written.connect(partial(self.edited.emit, "before"))
        self.after.written.connect(partial(self.edited.emit, "after"))
        self.found_before.chosen.connect(partial(self.edited.emit, "before"))
        self.found_after.chosen.connect(partial(self.edited.emit, "after"))
        self.note.written.connect(partial(self.edited.emit, "note"))

    def show_measure(self, measure: Measure) -> None:
        """Show a measure."""
        findings = _FINDINGS.get(measure.kind, ())
        is_test = bool(findings)
        for choice in (self.found_before, self.found_after):
            choice.set_options(findings)
        self.show_title(words.measure_title(measure))
        self._numbers.setVisible(not is_test)
        self._findings.setVisible(is_test)
        self.before.show_text(_number(measure.before))
        self.after.show_text(_number(measure.after))
        self.found_before.set_value(measure.before)
        self.found_after.set_value(measure.after)
        self.note.show_text(measure.note)
        usual = _usual(measure)
        self.usual.setText(usual)
        self.usual.setVisible(bool(usual))

    def begin(self) -> None:
        """Let the person type the first figure, where there are figures."""
        if self.before.isVisibleTo(self):
            self.before.setFocus()


class MeasuresPage(Page):
    """All measures, and a small form for one more."""

    def __init__(self, theme: Theme) -> None:
        super().__init__("measures-page", theme)
        self.kind = DropDown("new-measure-kind", theme)
        self.kind.fill([(kind, scale.name) for kind, scale in SCALES.items()], None)
        self.kind.setPlaceholderText("Choose what was measured")
        self.subject = Line("new-measure-subject", "", "What was measured")
        self.side = Segments("new-measure-side", _SIDES, clearable=True)
        self.add = QPushButton("Add")
        self.add.setObjectName("new-measure-add")
        self.add.setProperty("look", "primary")
        self.cards: Cards[Measure, MeasureCard] = Cards(MeasureCard, MeasureCard.show_measure)
        self._awaited = 0
        self._new = Field("One more measure", self.kind)
        self._none = label("Nothing was measured.", "muted", "measures-none")
        for widget in (self._none, self.cards, self._new, self.subject, self.side, self.add):
            self.column.addWidget(widget)
        self.kind.chosen.connect(self._chose_kind)
        self.add.clicked.connect(self._add)
        self.subject.returnPressed.connect(self._add)
        self.cards.edited.connect(partial(self.listed.emit, "measures"))
        self.cards.removed.connect(partial(self.removed.emit, "measures"))
        self._show_form(None)

    @override
    def show_record(self, shown: RecordShown) -> None:
        super().show_record(shown)
        self.cards.show_rows(shown.record.measures)
        self._none.setVisible(not shown.record.measures and not shown.editable)
        self._new.setVisible(shown.editable)
        if self._awaited and len(self.cards.cards) == self._awaited:
            self.cards.cards[-1].begin()
        self._awaited = 0

    @override
    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self.kind.set_theme(theme)

    @override
    def keep_typing(self) -> None:
        for card in self.cards.cards:
            for line in (card.before, card.after, card.note):
                line.keep()

    def _chose_kind(self, kind: object) -> None:
        if not isinstance(kind, MeasureKind):
            return
        if kind in NEEDS_SUBJECT:
            self._show_form(kind)
            self.subject.setFocus()
        else:
            self._show_form(None)
            self._await_card()
            self.added.emit("measures", Measure(kind))

    def _show_form(self, kind: MeasureKind | None) -> None:
        for widget in (self.subject, self.side, self.add):
            widget.setVisible(kind is not None)
        self.subject.clear()
        self.side.set_value(None)
        if kind is None:
            self.kind.setCurrentIndex(-1)
            return
        self.subject.setPlaceholderText(_HINTS[kind])
        known = list(NORMAL_MOTION) if kind is MeasureKind.ROM else []
        completer = QCompleter(known, self.subject)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.subject.setCompleter(completer)

    def _add(self) -> None:
        kind = self.kind.value
        subject, side = self.subject.text().strip(), self.side.value
        if not isinstance(kind, MeasureKind) or not self.add.isVisibleTo(self):
            return
        self._await_card()
        self.asked.emit("add-measure", (kind, subject, side))
        if subject:
            self._show_form(None)

    def _await_card(self) -> None:
        """The next card to appear was asked for here, so its first figure is typed next."""
        self._awaited = len(self.cards.cards) + 1


def _usual(measure: Measure) -> str:
    scale = measure.scale
    said = []
    if measure.normal is not None:
        said.append(f"Usual range {measure.normal}° ({NORMAL_MOTION_SOURCE})")
    if scale.minimal_change is not None:
        said.append(f"Smallest change that matters: {scale.minimal_change:g} ({scale.source})")
    if measure.kind not in _FINDINGS:
        unit = "" if scale.unit.startswith("/") else scale.unit
        said.insert(0, f"{scale.low:g} to {scale.high:g}{unit}")
    return ". ".join(said) + "." if said else ""


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:g}"


def _below(*fields: QWidget) -> QWidget:
    whole = QWidget()
    stacked(whole, *fields, spacing=8)
    return whole
