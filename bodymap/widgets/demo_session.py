"""The demo session: charted through the real window with real clicks, where nobody can see it."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QDeadlineTimer, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QSpinBox, QToolButton, QWidget

from bodymap.atlas.areas import inside_point
from bodymap.atlas.hit import Atlas
from bodymap.atlas.ids import LayerId, Side, ViewId
from bodymap.chart.people import UserId
from bodymap.chart.visit import VisitId
from bodymap.desk.clinic import Clinic
from bodymap.errors import BodymapError
from bodymap.widgets.actions import ActionId
from bodymap.widgets.main_window import MainWindow

_SIZE = (1440, 900)
_PATIENCE_MS = 10_000
_CLOSE_UP = 2.3
"""Pixels to a millimetre, where the shoulder blades fill the map."""

_LASSO_MM = ((-26, -62), (8, -70), (34, -44), (36, 6), (20, 48), (-8, 40), (-22, -8))
"""A pain zone over the back of the shoulder, around its middle."""

XY = tuple[float, float]


class DemoSession:
    """Charts two trigger points, three needles and a pain zone on the first demo patient."""

    def __init__(self, window: MainWindow, clinic: Clinic, atlas: Atlas, therapist: UserId) -> None:
        self._window = window
        self._clinic = clinic
        self._atlas = atlas
        self._therapist = therapist

    def chart(self) -> VisitId:
        """Open the window, begin a visit, chart the session and say which visit it is.

        Raises:
            BodymapError: The folder does not hold the demo clinic.
        """
        self._window.resize(*_SIZE)
        self._window.show()
        visit = self._begun_visit()
        self._window.open_visit(visit)
        self._settle()
        self._window.actions_by_id[ActionId.VIEW_BACK].trigger()
        infraspinatus = self._in_muscle("infraspinatus")
        trapezius = self._in_muscle("trapezius-descending")
        self._look_at(infraspinatus)
        self._choose("pain-before", "6")
        self._chart_trigger_point(infraspinatus, "8")
        self._chart_trigger_point(trapezius, "5")
        lower = (infraspinatus[0] + 16, infraspinatus[1] + 18)
        self._chart_needle(infraspinatus, depth_mm=26, twitches="3+")
        self._chart_needle(trapezius, depth_mm=15, twitches="1")
        self._chart_zone(infraspinatus, "6", "Aching")
        self._chart_needle(lower, depth_mm=28, twitches="2")
        self._choose_nothing()
        self._choose("pain-after", "3")
        self._take("tool-select-button")
        self._click(lower)
        self._settle()
        return visit

    def save_picture(self, target: Path) -> None:
        """Save the window as it stands.

        Raises:
            BodymapError: The file cannot be written.
        """
        self._settle()
        if not self._window.grab().save(str(target)):
            raise BodymapError(f"The picture {target} could not be written.")

    def _begun_visit(self) -> VisitId:
        patients = self._clinic.patients("Amara")
        if not patients:
            raise BodymapError("This folder does not hold the demo clinic.")
        visit = self._clinic.visits(patients[0].id)[0]
        last = self._clinic.visit(visit.id)
        begun = self._clinic.begin_visit(last.patient, self._therapist, "", last.episode)
        self._window.finding.choose_patient(patients[0])
        return begun.id

    def _in_muscle(self, muscle: str) -> XY:
        drawing = self._atlas.view(ViewId.POSTERIOR).drawing
        shapes = drawing.in_layer(LayerId.MUSCLES_SUPERFICIAL)
        shape = next(s for s in shapes if (s.structure, s.side) == (muscle, Side.RIGHT))
        return inside_point(shape.polygon())

    def _look_at(self, middle: XY) -> None:
        self._window.map.zoom_to(_CLOSE_UP)
        self._window.map.centre_at(middle[0] - 40, middle[1] - 10)
        self._settle()

    def _chart_trigger_point(self, at: XY, tenderness: str) -> None:
        self._take("tool-trigger-point-button")
        self._click(at)
        self._choose("trigger-point-intensity", tenderness)

    def _chart_needle(self, at: XY, depth_mm: int, twitches: str) -> None:
        self._take("tool-needle-button")
        self._click(at)
        (number,) = self._window.inspector.findChildren(QSpinBox, "depth-number")
        number.selectAll()
        QTest.keyClicks(number, str(depth_mm))
        QTest.keyClick(number, Qt.Key.Key_Return)
        self._choose("twitches", twitches)

    def _chart_zone(self, near: XY, intensity: str, quality: str) -> None:
        self._take("tool-pain-button")
        u, v = near
        self._draw([(u + 70 + du, v + 10 + dv) for du, dv in _LASSO_MM])
        self._choose("pain-intensity", intensity)
        self._choose("pain-qualities", quality)

    def _choose(self, control: str, text: str) -> None:
        (of,) = self._window.inspector.findChildren(QWidget, control)
        button = next(b for b in of.findChildren(QAbstractButton) if b.text() == text)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def _choose_nothing(self) -> None:
        self._take("tool-select-button")
        QTest.keyClick(self._window.map, Qt.Key.Key_Escape)

    def _take(self, button: str) -> None:
        (found,) = self._window.findChildren(QToolButton, button)
        QTest.mouseClick(found, Qt.MouseButton.LeftButton)

    def _click(self, at: XY) -> None:
        viewport = self._window.map.viewport()
        QTest.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=self._pixel(at))

    def _draw(self, points: Sequence[XY]) -> None:
        viewport, button = self._window.map.viewport(), Qt.MouseButton.LeftButton
        pixels = [self._pixel(point) for point in points]
        QTest.mousePress(viewport, button, pos=pixels[0])
        for pixel in pixels[1:]:
            QTest.mouseMove(viewport, pixel)
        QTest.mouseRelease(viewport, button, pos=pixels[-1])

    def _pixel(self, at: XY) -> QPoint:
        return self._window.map.mm_to_view(*at).toPoint()

    def _settle(self) -> None:
        patience = QDeadlineTimer(_PATIENCE_MS)
        while self._window.reception.is_behind or not self._window.map.is_crisp:
            if patience.hasExpired():
                raise BodymapError("The body could not be drawn in time.")
            QTest.qWait(10)
