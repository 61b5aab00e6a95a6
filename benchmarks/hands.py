"""Hands on the real window that count what they do: each click and each key is one event."""

import time
from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLineEdit,
    QWidget,
)

from bodymap.widgets.main_window import MainWindow

LEFT = Qt.MouseButton.LeftButton
PLAIN = Qt.KeyboardModifier.NoModifier
_PATIENCE_S = 20.0

XY = tuple[float, float]


class Hands:
    """Mouse and keys on one window.

    A click is one event, and so is a key with whatever modifiers are held; a drag is two, for
    it is begun at one place and ended at another.

    Attributes:
        events: What was done so far.
        answered_s: The seconds that the window took to answer, each time.
    """

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self.events = 0
        self.answered_s: list[float] = []

    def press(self, name: str) -> None:
        """Click the visible button of this name."""
        button = self._seen(QAbstractButton, name)
        self._do(lambda: QTest.mouseClick(button, LEFT))

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = PLAIN) -> None:
        """Press a key where the focus is."""
        target = QApplication.focusWidget() or self._window.map
        self._do(lambda: QTest.keyClick(target, key, modifier))

    def enter(self, name: str) -> None:
        """Click into the visible line of this name."""
        line = self._seen(QLineEdit, name)
        self._do(lambda: QTest.mouseClick(line, LEFT))

    def write(self, text: str) -> None:
        """Type a text where the focus is, key by key."""
        for sign in text:
            target = QApplication.focusWidget() or self._window.map
            self._do(lambda target=target, sign=sign: QTest.keyClicks(target, sign))  # type: ignore[misc]

    def click(self, at: XY) -> None:
        """Click a point of the body, in millimetres of its view."""
        viewport, pixel = self._window.map.viewport(), self._pixel(at)
        self._do(lambda: QTest.mouseClick(viewport, LEFT, pos=pixel))

    def draw(self, points: Sequence[XY]) -> None:
        """Draw a line over the body."""
        viewport, pixels = self._window.map.viewport(), [self._pixel(one) for one in points]

        def drag() -> None:
            QTest.mousePress(viewport, LEFT, pos=pixels[0])
            for pixel in pixels[1:]:
                QTest.mouseMove(viewport, pixel)
            QTest.mouseRelease(viewport, LEFT, pos=pixels[-1])

        self._do(drag, events=2)

    def choose_row(self, name: str, row: int) -> None:
        """Click a row of a list."""
        rows = self._seen(QAbstractItemView, name)
        spot = rows.visualRect(rows.model().index(row, 0)).center()
        self._do(lambda: QTest.mouseClick(rows.viewport(), LEFT, pos=spot))

    def choose(self, name: str, text: str) -> None:
        """Open a drop-down with a click and click one of its entries."""
        box = self._seen(QComboBox, name)
        self._do(lambda: QTest.mouseClick(box, LEFT, pos=box.rect().center()))
        rows = box.view()
        index = box.model().index(box.findText(text), 0)
        if not index.isValid():
            raise LookupError(f"{name} does not offer {text}")
        rows.scrollTo(index)
        spot = rows.visualRect(index).center()
        self._do(lambda: _click_in_popup(rows, spot))

    def settle(self) -> None:
        """Wait until the body is crisp and the lists are up to date; no event."""
        self.wait(lambda: self._window.map.is_crisp and not self._window.reception.is_behind)

    def wait(self, until: Callable[[], bool]) -> None:
        """Let the window work until something holds.

        Raises:
            TimeoutError: It never does.
        """
        end = time.monotonic() + _PATIENCE_S
        while not until():
            if time.monotonic() > end:
                raise TimeoutError("the window does not become ready")
            QTest.qWait(5)

    def _do(self, deed: Callable[[], object], events: int = 1) -> None:
        self.events += events
        began = time.perf_counter()
        deed()
        QApplication.processEvents()
        self.answered_s.append(time.perf_counter() - began)

    def _pixel(self, at: XY) -> QPoint:
        return self._window.map.mm_to_view(*at).toPoint()

    def _seen(self, kind: type, name: str) -> QWidget:  # the caller says which kind
        QApplication.processEvents()
        found = [one for one in self._window.findChildren(kind, name) if one.isVisible()]
        if len(found) != 1:
            raise LookupError(f"{name}: {len(found)} of it can be seen")
        widget = found[0]
        assert isinstance(widget, QWidget)
        return widget


def _click_in_popup(rows: QAbstractItemView, spot: QPoint) -> None:
    """A drop-down takes the release of a click on its list as the choice."""
    QTest.mouseMove(rows.viewport(), spot)
    QTest.mouseClick(rows.viewport(), LEFT, pos=spot)
