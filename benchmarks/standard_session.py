"""The standard session, charted by hand through the real window.

Two trigger points with their tenderness, six needles with their twitches, one pain zone with its
intensity and quality, screening with one item that applies, consent and hygiene, pain and a score
before and after, the note, and all needles accounted for; from choosing the patient on.
"""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt

from benchmarks.hands import XY, Hands
from benchmarks.sitting import Sitting
from bodymap.atlas.areas import inside_point
from bodymap.atlas.ids import LayerId, Side, ViewId
from bodymap.chart.consent import ConsentForm
from bodymap.chart.narrative import Chapter
from bodymap.chart.screening import Answer

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
_CLOSE_UP = 2.0
_RING_MM = ((60, -40), (95, -30), (95, 30), (60, 40))


class StandardSession:
    """Charts the session step by step and tells how many events each step took."""

    def __init__(self, at: Sitting) -> None:
        self._hands: Hands = at.hands
        self._window = at.window
        self._application = at.application
        self.first = self._in_muscle("infraspinatus")
        self.second = self._in_muscle("trapezius-descending")

    def chart(self) -> Mapping[str, int]:
        """Chart it all; the events of each step, in the order in which they were done."""
        steps: Mapping[str, Callable[[], None]] = {
            "begin the visit": self.begin,
            "screening": self.screen,
            "consent and hygiene": self.consent,
            "pain before": self.rate_before,
            "score before": self.measure_before,
            "pain zone": self.draw_the_pain,
            "two trigger points": self.find_the_points,
            "six needles": self.needle,
            "needles accounted for": self.reconcile,
            "score after": self.measure_after,
            "pain after": self.rate_after,
            "note": self.write,
        }
        spent = {}
        for name, step in steps.items():
            before = self._hands.events
            step()
            self._hands.settle()
            spent[name] = self._hands.events - before
        return spent

    def lacks(self) -> Sequence[str]:
        """What the stored visit lacks of the session; nothing, if every event went home."""
        charting = self._window.session.charting
        if charting is None:
            return ("a visit",)
        visit = self._application.clinic.visit(charting.visit.id)
        record = visit.record
        counts = record.needles
        has = {
            "all that was charted": visit == charting.visit,
            "two tender trigger points": [p.intensity for p in visit.trigger_points()] == [8, 5],
            "six needles with twitches": [n.twitches for n in visit.needle_sites()]
            == [1, 2, 3, 1, 2, 3],
            "a zone with its quality": [len(z.qualities) for z in visit.pain_zones()] == [1],
            "screening": record.screening.to("faint-risk").answer is Answer.YES,
            "consent": record.consent.form is ConsentForm.VERBAL,
            "hygiene": bool(record.hygiene.positions and record.hygiene.hands),
            "a score": [(m.before, m.after) for m in record.measures] == [(22, 12)],
            "pain": (visit.pain_before, visit.pain_after) == (6, 3),
            "needles accounted for": (counts.opened, counts.in_sharps) == (6, 6),
            "a note": Chapter.OBJECTIVE in record.narrative.texts,
        }
        return [what for what, is_there in has.items() if not is_there]

    def begin(self) -> None:
        """The patient from the list; a new visit for the complaint that is offered."""
        self._hands.choose_row("patient-list", 0)
        self._hands.settle()
        self._hands.key(Qt.Key.Key_N, CONTROL)
        self._hands.press("save-visit")
        self._hands.settle()
        self._look()

    def screen(self) -> None:
        """One item applies, the rest do not."""
        self._hands.key(Qt.Key.Key_1, CONTROL)
        self._hands.press("answer-faint-risk-yes")
        self._hands.press("screening-rest")

    def consent(self) -> None:
        """The usual consent; hands, gloves, skin and position."""
        self._hands.key(Qt.Key.Key_2, CONTROL)
        self._hands.press("consent-usual")
        self._hands.press("hygiene-hands-alcohol-rub")
        self._hands.press("hygiene-gloves-one-hand")
        self._hands.press("hygiene-skin-alcohol")
        self._hands.press("hygiene-positions-prone")

    def rate_before(self) -> None:
        """Back to the visit; pain on arrival."""
        self._hands.key(Qt.Key.Key_2, CONTROL)
        self._hands.press("pain-before-6")

    def measure_before(self) -> None:
        """The Neck Disability Index on arrival."""
        self._hands.key(Qt.Key.Key_4, CONTROL)
        self._hands.choose("new-measure-kind", "NDI")
        self._hands.write("22")

    def measure_after(self) -> None:
        """And at the end."""
        self._hands.key(Qt.Key.Key_4, CONTROL)
        self._hands.enter("measure-0-after")
        self._hands.write("12")

    def draw_the_pain(self) -> None:
        """A line round the back of the shoulder; how strong, and what it is like."""
        self._hands.press("view-back-button")
        self._hands.press("tool-pain-button")
        u, v = self.first
        self._hands.draw([(u + du, v + dv) for du, dv in _RING_MM])
        self._hands.press("pain-intensity-6")
        self._hands.press("pain-qualities-aching")

    def find_the_points(self) -> None:
        """Two points and how tender they are; they are active, as is offered."""
        self._hands.key(Qt.Key.Key_T)
        for spot, tenderness in ((self.first, 8), (self.second, 5)):
            self._hands.click(spot)
            self._hands.press(f"trigger-point-intensity-{tenderness}")

    def needle(self) -> None:
        """Six needles, four and two, and how often each muscle twitched."""
        self._hands.key(Qt.Key.Key_N)
        beside = ((0, 0), (18, 14), (-14, 16), (4, 30))
        spots = [(self.first[0] + du, self.first[1] + dv) for du, dv in beside]
        spots += [self.second, (self.second[0] + 14, self.second[1])]
        for at, spot in enumerate(spots):
            self._hands.click(spot)
            self._hands.press(f"twitches-{at % 3 + 1}")

    def reconcile(self) -> None:
        """All out, and all in the sharps container."""
        self._hands.key(Qt.Key.Key_O, CONTROL | SHIFT)

    def rate_after(self) -> None:
        """Pain at the end."""
        self._hands.key(Qt.Key.Key_4, CONTROL)
        self._hands.press("pain-after-3")

    def write(self) -> None:
        """What was charted, in words."""
        self._hands.key(Qt.Key.Key_5, CONTROL)
        self._hands.press("text-fill")

    def _look(self) -> None:
        """Look at the shoulder blade closely; no event, for wheel and fingers are not counted."""
        body = self._window.map
        body.show_view(ViewId.POSTERIOR)
        body.zoom_to(_CLOSE_UP)
        body.centre_at(self.first[0] - 10, self.first[1] - 20)
        self._hands.settle()

    def _in_muscle(self, muscle: str) -> XY:
        drawing = self._application.atlas.view(ViewId.POSTERIOR).drawing
        shapes = drawing.in_layer(LayerId.MUSCLES_SUPERFICIAL)
        shape = next(s for s in shapes if (s.structure, s.side) == (muscle, Side.RIGHT))
        return inside_point(shape.polygon())
