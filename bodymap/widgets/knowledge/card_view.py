"""The card of a muscle: its trigger points first, then what is known of it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from bodymap.widgets.actions import SPECS, ActionId, Actions
from bodymap.widgets.controls.field import emptied, label, nested, wrapping
from bodymap.widgets.controls.segments import Option, Segments
from bodymap.widgets.controls.switch import Switch
from bodymap.widgets.knowledge import words
from bodymap.widgets.knowledge.model import SIDES, Card, Point, Section
from bodymap.widgets.theme import Theme

_ALL = ""
"""The value of the button for all trigger points."""


class CardView(QScrollArea):
    """Shows a card and tells which side and trigger point were chosen.

    Signals:
        side_chosen: The patient's side to show.
        point_chosen: The id of the trigger point to show alone; None for all.
        planned: A trigger point is to be put in this muscle.
    """

    side_chosen = Signal(object)
    point_chosen = Signal(object)
    planned = Signal()

    def __init__(self, actions: Actions, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("muscle-card")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.title = wrapping(label("", "strong", "muscle-card-title"))
        self.names = wrapping(label("", "muted", "muscle-card-names"))
        self.sides = Segments(
            "muscle-side",
            [Option(s, words.side_of_body(s), f"The patient’s {s} side") for s in SIDES],
            columns=2,
        )
        self.points = Segments("muscle-points", (), columns=4)
        self.told = Told()
        self.plan = QPushButton("Plan a trigger point here")
        self.plan.setObjectName("plan-here")
        self.referral = action_switch(actions, ActionId.SHOW_REFERRAL, theme)
        self._points_caption = label("TRIGGER POINTS", "caption")
        self._sections = QVBoxLayout()
        self._sections.setSpacing(4)
        self._shown: tuple[Section, ...] = ()
        self._lay_out()
        self.sides.chosen.connect(self.side_chosen)
        self.points.chosen.connect(self._chose_point)
        self.plan.clicked.connect(self.planned)

    def show_card(self, card: Card) -> None:
        """Show a muscle."""
        self.title.setText(card.title)
        self.names.setText(card.names)
        self.setAccessibleName(f"About {card.title}")
        self.sides.set_value(card.side)
        several = len(card.points) > 1
        options = [Option(point.id, point.label, point.place) for point in card.points]
        self.points.set_options([Option(_ALL, "All", "All trigger points"), *options])
        self.points.set_value(_ALL if card.chosen is None else card.chosen)
        self.points.setVisible(several)
        self._points_caption.setVisible(bool(card.points))
        self.told.show_points([p for p in card.points if card.chosen in {None, p.id}])
        self.plan.setVisible(card.can_plan)
        self._show_sections(card.sections)

    def set_theme(self, theme: Theme) -> None:
        """Show it in another theme."""
        self.referral.set_theme(theme)

    def _lay_out(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 4, 8, 12)
        column.setSpacing(8)
        for widget in (
            self.title,
            self.names,
            self.sides,
            self.referral,
            self._points_caption,
            self.points,
            self.told,
            self.plan,
        ):
            column.addWidget(widget)
        nested(column, self._sections)
        column.addStretch(1)
        self.setWidget(inside)

    def _show_sections(self, sections: tuple[Section, ...]) -> None:
        if sections == self._shown:
            return
        self._shown = sections
        emptied(self._sections)
        for section in sections:
            for line in _lines(section):
                self._sections.addWidget(line)
        self.verticalScrollBar().setValue(0)

    def _chose_point(self, value: object) -> None:
        self.point_chosen.emit(value or None)


def _lines(section: Section) -> list[QLabel]:
    lines = []
    if section.caption:
        caption = label(section.caption.upper(), "caption")
        caption.setContentsMargins(0, 8, 0, 0)
        lines.append(caption)
    look = "muted" if section.is_quiet else ""
    lines += [wrapping(label(text, look)) for text in section.lines]
    return lines


class Told(QWidget):
    """Trigger points in words: where each is, and where it is felt."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("muscle-point-words")
        self._points: list[Point] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)

    @property
    def text(self) -> str:
        """All that is told."""
        return " ".join(f"{point.label}: {point.place} {point.felt}" for point in self._points)

    def show_points(self, points: list[Point]) -> None:
        """Tell of other trigger points, or of none."""
        self.setVisible(bool(points))
        if points == self._points:
            return
        self._points = points
        emptied(self._column)
        for point in points:
            if self._column.count():
                self._column.addSpacing(6)
            self._column.addWidget(wrapping(label(f"{point.label}  {point.place}", "strong-small")))
            self._column.addWidget(wrapping(label(point.felt, "muted")))


def action_switch(actions: Actions, action: ActionId, theme: Theme) -> Switch:
    """A switch that shows and triggers an action."""
    switch = Switch(f"{action}-switch", SPECS[action].text, theme)
    switch.setToolTip(actions[action].toolTip())
    switch.setChecked(actions[action].isChecked())
    switch.clicked.connect(actions[action].trigger)
    actions[action].toggled.connect(switch.setChecked)
    return switch
