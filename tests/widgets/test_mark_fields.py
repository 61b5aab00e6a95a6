"""Every further field of a mark: entered in the window, stored, shown again, taken back, refused.

One table for what can be entered and one for what can't, so that a new field is one new line.
"""

from dataclasses import dataclass
from datetime import time
from operator import attrgetter

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QWidget

from bodymap.atlas.ids import ViewId
from bodymap.chart.marks import MarkKind, PainPattern
from bodymap.chart.needling import Direction, Handle, Manipulation, Sensation
from bodymap.chart.palpation import PressureThreshold
from bodymap.widgets.actions import ActionId
from bodymap.widgets.inspector.edits import FIELD_WORDS

LEFT = Qt.MouseButton.LeftButton
POINT, NEEDLE, ZONE = MarkKind.TRIGGER_POINT, MarkKind.NEEDLE_SITE, MarkKind.PAIN_ZONE
SCRIPTS = "obere Fasern – верхние 上部 العلوي"


@dataclass
class Marked:
    """One chosen mark with its form, and hands to fill it in."""

    window: object
    clinic: object
    qtbot: object
    kind: MarkKind
    id: str

    @property
    def form(self):
        return self.window.inspector.forms[self.kind]

    @property
    def stored(self):
        return self.clinic.visit(self.window.session.charting.visit.id).mark(self.id)

    def control(self, name):
        (found,) = self.form.findChildren(QWidget, name)
        assert found.isVisible(), f"{name} can't be seen"
        return found

    def enter(self, name, typed=None):
        control = self.control(name)
        if isinstance(control, QLineEdit):
            control.setFocus()
            control.selectAll()
            control.insert(typed)
            control.setModified(True)
            self.qtbot.keyClick(control, Qt.Key.Key_Return)
        elif isinstance(control, QComboBox):
            control.activated.emit(typed)
        else:
            assert isinstance(control, QAbstractButton)
            self.qtbot.mouseClick(control, LEFT)

    def seen(self, name):
        control = self.control(name)
        if isinstance(control, QLineEdit):
            return control.text()
        return control.currentText() if isinstance(control, QComboBox) else control.isChecked()

    def come_back(self):
        """Leave the visit and open it again, as on another day."""
        visit = self.window.session.charting.visit.id
        self.window.session.open(None)
        self.window.open_visit(visit)
        self.window.map.select([self.id])


@pytest.fixture
def marked(charted, clinic, qtbot, infraspinatus):
    """Puts a mark on the body beside one of each other kind; all groups of fields are open."""
    desk = charted.session.charting
    make = {
        POINT: desk.trigger_point,
        NEEDLE: desk.needle_site,
        ZONE: desk.pain_from_region,
    }
    ids = {}
    for kind, step in make.items():
        made = step(ViewId.POSTERIOR, *infraspinatus)
        charted.session.push(made)
        ids[kind] = made.select
    names = [
        group.objectName() for form in charted.inspector.forms.values() for group in form.groups
    ]
    charted.inspector.open_groups(names)

    def choose(kind):
        charted.map.select([ids[kind]])
        return Marked(charted, clinic, qtbot, kind, ids[kind])

    return choose


ENTERED = [
    (POINT, "taut_band", "finding-taut_band-answer-yes", None, True),
    (POINT, "nodule", "finding-nodule-answer-no", None, False),
    (POINT, "jump_sign", "finding-jump_sign-answer-yes", None, True),
    (POINT, "twitch", "finding-twitch-answer-no", None, False),
    (POINT, "familiar_pain", "finding-familiar_pain-answer-yes", None, True),
    (POINT, "part", "trigger-point-part", SCRIPTS, SCRIPTS),
    (POINT, "intensity_after", "trigger-point-after-2", None, 2),
    (POINT, "threshold", "threshold-number", "240", PressureThreshold(240.0)),
    (POINT, "threshold", "threshold-number", "3,5", PressureThreshold(3.5)),
    (POINT, "threshold_after", "threshold-after-number", "2000", PressureThreshold(2000.0)),
    (NEEDLE, "count", "needle-count", "50", 50),
    (NEEDLE, "brand", "needle-brand", SCRIPTS, SCRIPTS),
    (NEEDLE, "lot", "needle-lot", "A-17/b", "A-17/b"),
    (NEEDLE, "handle", "needle-handle-steel", None, Handle.STEEL),
    (
        NEEDLE,
        "manipulations",
        "needle-manipulations-chips-winding",
        None,
        frozenset({Manipulation.WINDING}),
    ),
    (
        NEEDLE,
        "sensations",
        "needle-sensations-chips-dull-ache",
        None,
        frozenset({Sensation.DULL_ACHE}),
    ),
    (NEEDLE, "bleeding", "needle-bleeding-answer-yes", None, True),
    (NEEDLE, "haematoma", "needle-haematoma-answer-no", None, False),
    (NEEDLE, "stimulation.hz", "needle-hz", "2", 2.0),
    (NEEDLE, "stimulation.pulse_ms", "needle-pulse_ms", "0.25", 0.25),
    (NEEDLE, "stimulation.milliamperes", "needle-milliamperes", "3,5", 3.5),
    (NEEDLE, "stimulation.minutes", "needle-minutes", "20", 20.0),
    (ZONE, "pattern", "pain-pattern-intermittent", None, PainPattern.INTERMITTENT),
    (ZONE, "aggravated_by", "pain-aggravated", SCRIPTS, SCRIPTS),
    (ZONE, "eased_by", "pain-eased", "x" * 400, "x" * 400),
]


@pytest.mark.parametrize(
    ("kind", "field", "name", "typed", "kept"), ENTERED, ids=lambda value: str(value)[:24]
)
def test_a_field_is_entered_stored_shown_again_and_taken_back(
    marked, kind, field, name, typed, kept
):
    mark = marked(kind)
    before = mark.stored
    mark.enter(name, typed)
    assert attrgetter(field)(mark.stored) == kept
    undo = mark.window.actions_by_id[ActionId.UNDO]
    assert undo.text().startswith(f"Undo {FIELD_WORDS[field]} of ")
    seen = mark.seen(name)
    mark.come_back()
    assert mark.seen(name) == seen
    undo.trigger()
    assert mark.stored == before


REFUSED = [
    (POINT, "trigger-point-part", "x" * 81, "at most 80 characters"),
    (POINT, "threshold-number", "a lot", "not a number"),
    (POINT, "threshold-number", "0", "above 0"),
    (POINT, "threshold-number", "-3", "above 0"),
    (POINT, "threshold-number", "2000.5", "at most at 2000 kPa"),
    (POINT, "threshold-number", "nan", "not a number"),
    (POINT, "threshold-number", "inf", "not a number"),
    (POINT, "threshold-number", "1e300", "not a number"),
    (NEEDLE, "needle-count", "0", "between 1 and 50"),
    (NEEDLE, "needle-count", "51", "between 1 and 50"),
    (NEEDLE, "needle-count", "1.5", "not a whole number"),
    (NEEDLE, "needle-count", "two", "not a number"),
    (NEEDLE, "needle-brand", "x" * 81, "at most 80 characters"),
    (NEEDLE, "needle-lot", "x" * 5000, "at most 80 characters"),
    (NEEDLE, "needle-hz", "0", "between 0.1 and 250 Hz"),
    (NEEDLE, "needle-hz", "251", "between 0.1 and 250 Hz"),
    (NEEDLE, "needle-hz", "fast", "not a number"),
    (NEEDLE, "needle-pulse_ms", "11", "between 0.01 and 10 ms"),
    (NEEDLE, "needle-milliamperes", "101", "between 0.01 and 100 mA"),
    (NEEDLE, "needle-minutes", "121", "half a minute and two hours"),
    (NEEDLE, "needle-time-in", "25:00", "not a time of day"),
    (NEEDLE, "needle-time-in", "soon", "not a time of day"),
    (NEEDLE, "needle-time-out", "9:71", "not a time of day"),
    (ZONE, "pain-aggravated", "x" * 401, "at most 400 characters"),
    (ZONE, "pain-eased", "x" * 100_000, "at most 400 characters"),
]


@pytest.mark.parametrize(("kind", "name", "typed", "words"), REFUSED, ids=lambda v: str(v)[:24])
def test_what_makes_no_sense_is_refused_in_words(marked, kind, name, typed, words):
    mark = marked(kind)
    before, shown = mark.stored, mark.seen(name)
    mark.enter(name, typed)
    assert mark.stored == before
    assert mark.seen(name) == shown
    banner = mark.window.banner
    assert banner.isVisible()
    assert words in banner.text


@pytest.mark.parametrize(
    ("kind", "name", "typed"), [line[:4:2] + line[3:4] for line in ENTERED if line[3]]
)
def test_a_typed_field_can_be_emptied_again(marked, kind, name, typed):
    mark = marked(kind)
    before = mark.stored
    mark.enter(name, typed)
    mark.enter(name, "")
    assert mark.stored == before


@pytest.mark.parametrize(
    ("kind", "name"),
    [(line[0], line[2]) for line in ENTERED if line[3] is None],
)
def test_a_chosen_field_is_taken_back_by_the_same_choice(marked, kind, name):
    mark = marked(kind)
    before = mark.stored
    mark.enter(name)
    mark.enter(name)
    assert mark.stored == before
    assert mark.seen(name) is False


def test_every_field_of_the_marks_can_be_entered():
    in_tables = {line[1] for line in ENTERED}
    elsewhere = {
        "clock", "depth_mm", "direction", "intensity", "kind", "muscle", "needle", "origins",
        "photo", "pistoning", "placed_by", "qualities", "refers_to", "removed_by", "status",
        "technique", "text", "time_in", "time_out", "trigger_point", "twitches",
    }  # fmt: skip
    assert in_tables | elsewhere == set(FIELD_WORDS)


# --- fields that go with others


def test_a_pressure_is_read_in_the_unit_of_the_scale(marked):
    mark = marked(POINT)
    mark.enter("threshold-unit-kgf/cm2")
    mark.enter("threshold-number", "2.4")
    assert mark.stored.threshold.kpa == pytest.approx(235.36, abs=0.01)
    mark.come_back()
    assert mark.seen("threshold-number") == "2.4"
    assert mark.seen("threshold-unit-kgf/cm2") is True


def test_another_unit_means_the_number_was_read_in_it(marked):
    mark = marked(POINT)
    mark.enter("threshold-number", "4")
    mark.enter("threshold-unit-kgf/cm2")
    assert mark.stored.threshold.kpa == pytest.approx(392.266)


def test_the_second_reading_offers_the_unit_of_the_first(marked):
    mark = marked(POINT)
    mark.enter("threshold-unit-kgf/cm2")
    mark.enter("threshold-number", "4")
    assert mark.seen("threshold-after-unit-kgf/cm2") is True


def test_a_direction_on_the_clock_belongs_to_a_slanting_needle(marked):
    mark = marked(NEEDLE)
    assert not mark.form.clock_field.isVisible()
    mark.enter("direction-oblique")
    mark.enter("needle-clock-2")
    assert mark.stored.clock == 2
    mark.enter("direction-perpendicular")
    assert (mark.stored.direction, mark.stored.clock) == (Direction.PERPENDICULAR, None)


def test_pistoning_is_counted_where_there_was_any(marked):
    mark = marked(NEEDLE)
    mark.enter("needle-manipulations-chips-pistoning")
    mark.enter("needle-pistoning", "12")
    assert mark.stored.pistoning == 12
    mark.enter("needle-manipulations-chips-pistoning")
    assert (mark.stored.manipulations, mark.stored.pistoning) == (frozenset(), None)


@pytest.mark.parametrize("typed", ["0", "101", "often"])
def test_a_count_of_pistoning_that_makes_no_sense_is_refused(marked, typed):
    mark = marked(NEEDLE)
    mark.enter("needle-manipulations-chips-pistoning")
    mark.enter("needle-pistoning", typed)
    assert mark.stored.pistoning is None
    assert mark.window.banner.isVisible()


def test_nothing_felt_stands_alone(marked):
    mark = marked(NEEDLE)
    for felt in ("cramp", "sharp", "none"):
        mark.enter(f"needle-sensations-chips-{felt}")
    assert mark.stored.sensations == {Sensation.NONE}
    mark.enter("needle-sensations-chips-electric")
    assert mark.stored.sensations == {Sensation.ELECTRIC}


@pytest.mark.parametrize(
    ("typed", "kept"), [("9:05", time(9, 5)), ("0905", time(9, 5)), ("14.5", None), ("7", time(7))]
)
def test_a_time_of_day_is_one_of_the_visits_day(marked, typed, kept):
    mark = marked(NEEDLE)
    mark.enter("needle-time-in", typed)
    went_in = mark.stored.time_in
    assert (went_in and went_in.time()) == kept
    if went_in:
        began = mark.window.session.charting.visit.began
        assert (went_in.date(), went_in.utcoffset()) == (began.date(), began.utcoffset())


def test_a_needle_does_not_come_out_before_it_went_in(marked):
    mark = marked(NEEDLE)
    mark.enter("needle-time-in", "10:00")
    mark.enter("needle-time-out", "9:30")
    assert mark.stored.time_out is None
    assert "comes out after it went in" in mark.window.banner.text


def test_out_past_midnight_is_on_the_next_day(marked):
    mark = marked(NEEDLE)
    mark.enter("needle-time-in", "23:50")
    mark.enter("needle-time-out", "0:20")
    assert (mark.stored.time_out - mark.stored.time_in).total_seconds() == 30 * 60


def test_in_and_out_now_note_the_time_and_the_hand(marked, therapist):
    mark = marked(NEEDLE)
    mark.enter("needle-in-now")
    mark.enter("needle-out-now")
    stored = mark.stored
    assert stored.time_in < stored.time_out
    assert (stored.placed_by, stored.removed_by) == (therapist.id, therapist.id)


@pytest.mark.parametrize("field", ["placed_by", "removed_by"])
def test_who_had_the_needle_in_hand_is_one_of_the_clinic(marked, therapist, field):
    mark = marked(NEEDLE)
    name = f"needle-{field.replace('_', '-')}"
    mark.enter(name, 1)
    assert getattr(mark.stored, field) == therapist.id
    mark.come_back()
    assert mark.seen(name) == "Noor Placeholder"
    mark.enter(name, 0)
    assert getattr(mark.stored, field) is None


def test_referral_is_linked_from_either_end(marked):
    point = marked(POINT)
    zone_id = marked(ZONE).id
    point = marked(POINT)
    point.enter(f"refers-to-chips-{zone_id}")
    assert point.stored.refers_to == {zone_id}
    zone = marked(ZONE)
    origin = f"pain-origins-chips-{point.id}"
    assert zone.seen(origin) is True
    zone.enter(origin)
    assert point.stored.refers_to == frozenset()


# --- groups


def test_groups_stay_as_they_were_left(charted, settings, qtbot, marked):
    mark = marked(NEEDLE)
    fold = mark.control("needle-pack").head
    qtbot.mouseClick(fold, LEFT)
    assert not mark.control("needle-pack").is_open
    qtbot.mouseClick(fold, LEFT)
    assert "needle-pack" in settings.open_groups


def test_groups_are_closed_at_first_and_say_what_they_hold(charted, marked, qtbot):
    mark = marked(NEEDLE)
    charted.inspector.open_groups(())
    mark.window.inspecting.presenter.edit(mark.id, "brand", "Testneedle")
    pack = mark.control("needle-pack")
    assert not pack.is_open
    assert pack.head.accessibleDescription() == "1 noted"


def test_a_closed_visit_is_read_and_not_changed(window, signed, qtbot):
    window.open_visit(signed.id)
    window.map.select([signed.marks[0].id])
    form = window.inspector.forms[POINT]
    window.inspector.open_groups([group.objectName() for group in form.groups])
    for name in ("trigger-point-part", "finding-taut_band-answer-yes", "threshold-number"):
        (control,) = form.findChildren(QWidget, name)
        assert not control.isEnabled()


def test_long_names_of_zones_and_points_fit_the_panel(marked, charted, qtbot):
    desk = charted.session.charting
    zone = desk.pain_from_region(ViewId.POSTERIOR, 20, 420)
    charted.session.push(zone)
    point = marked(POINT)
    chips = point.form.findChildren(QAbstractButton, f"refers-to-chips-{zone.select}")
    for form in charted.inspector.forms.values():
        assert form.minimumSizeHint().width() <= charted.inspector.width()
    assert chips[0].accessibleName().startswith("2 · ")
