"""Mouse, pen, fingers and wheel turned into gestures of a tool, or into panning and zooming."""

import math
from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import (
    QEventPoint,
    QMouseEvent,
    QNativeGestureEvent,
    QTouchEvent,
    QWheelEvent,
)

from bodymap.widgets.map.camera import Camera
from bodymap.widgets.map.tools.tool import Pointer, Tool

_NOTCH = 1.0016
"""Zoom for one unit of a wheel's turn; a notch is 120 of them."""


class PointedMap(Protocol):
    """What pointing does to the map."""

    @property
    def camera(self) -> Camera:
        """What the map shows."""
        ...

    @property
    def held_tool(self) -> Tool:
        """The tool in the hand."""
        ...

    def refuses(self, tool: Tool) -> bool:
        """Whether the tool may not be used now; if so the person is told."""
        ...

    def pan(self, by: QPointF) -> None:
        """Shift what is shown."""
        ...

    def zoom_to(self, px_per_mm: float, anchor: QPointF | None = None) -> None:
        """Show it larger or smaller."""
        ...

    def fit(self) -> None:
        """Show the whole figure."""
        ...

    def show_hand(self, shape: Qt.CursorShape | None) -> None:
        """Another shape of the pointer while panning; None ends that."""
        ...


class Pointing:
    """Decides whose a press is: the tool's, or the pan's."""

    def __init__(self, on: PointedMap) -> None:
        self._map = on
        self._pan_from: QPointF | None = None
        self._fingers: tuple[QPointF, float] | None = None
        self.holds_space = False

    def pointer(
        self, at: QPointF, modifiers: Qt.KeyboardModifier, *, is_touch: bool = False
    ) -> Pointer:
        """Where that is on the drawing."""
        return Pointer(at, *self._map.camera.to_mm(at), modifiers, is_touch)

    # --- mouse and pen

    def pressed(self, event: QMouseEvent) -> bool:
        """Begin a gesture or a pan; False if the button means neither."""
        if event.button() == Qt.MouseButton.MiddleButton or (
            self.holds_space and event.button() == Qt.MouseButton.LeftButton
        ):
            self._pan_from = event.position()
            self._map.show_hand(Qt.CursorShape.ClosedHandCursor)
            return True
        if event.button() == Qt.MouseButton.LeftButton:
            tool = self._map.held_tool
            if not self._map.refuses(tool):
                tool.press(self.pointer(event.position(), event.modifiers()))
            return True
        return False

    def moved(self, event: QMouseEvent) -> None:
        """Go on with what was begun, or just hover."""
        if self._pan_from is not None:
            self._map.pan(event.position() - self._pan_from)
            self._pan_from = event.position()
            return
        pointer = self.pointer(event.position(), event.modifiers())
        tool = self._map.held_tool
        if tool.is_busy:
            tool.move(pointer)
        else:
            tool.hover(pointer)

    def released(self, event: QMouseEvent) -> None:
        """Finish it."""
        if self._pan_from is not None:
            if event.button() in {Qt.MouseButton.MiddleButton, Qt.MouseButton.LeftButton}:
                self._pan_from = None
                self._map.show_hand(Qt.CursorShape.OpenHandCursor if self.holds_space else None)
        elif event.button() == Qt.MouseButton.LeftButton:
            self._map.held_tool.release(self.pointer(event.position(), event.modifiers()))

    def left(self) -> None:
        """The pointer has gone elsewhere."""
        if not self._map.held_tool.is_busy:
            self._map.held_tool.hover(None)

    def cancel(self) -> None:
        """Leave everything that was begun."""
        self._pan_from = self._fingers = None
        self.holds_space = False
        self._map.show_hand(None)
        self._map.held_tool.cancel()

    # --- wheel and trackpad

    def wheeled(self, event: QWheelEvent) -> None:
        """A wheel zooms towards the pointer; a trackpad pans, and zooms with Control."""
        is_trackpad = event.phase() != Qt.ScrollPhase.NoScrollPhase
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if is_trackpad and not control:
            moved = event.pixelDelta()
            turned = event.angleDelta()
            self._map.pan(QPointF(moved) if not moved.isNull() else QPointF(turned) / 4)
            return
        turn = event.angleDelta().y() or event.angleDelta().x()
        self._map.zoom_to(self._map.camera.px_per_mm * _NOTCH**turn, event.position())

    def gestured(self, event: QNativeGestureEvent) -> bool:
        """A pinch on a trackpad zooms, a double tap shows the whole figure."""
        match event.gestureType():
            case Qt.NativeGestureType.ZoomNativeGesture:
                scale = self._map.camera.px_per_mm * max(1 + event.value(), 0.2)
                self._map.zoom_to(scale, event.position())
            case Qt.NativeGestureType.SmartZoomNativeGesture:
                self._map.fit()
            case Qt.NativeGestureType.PanNativeGesture:
                self._map.pan(event.delta())
            case _:
                return False
        return True

    # --- fingers

    def touched(self, event: QTouchEvent) -> None:
        """One finger is the tool's; two pan and pinch."""
        points = [p for p in event.points() if p.state() != QEventPoint.State.Released]
        if event.type() == event.Type.TouchCancel:
            self.cancel()
        elif len(points) >= 2 or self._fingers is not None:
            self._pinch(points)
        elif event.points():
            self._finger(event.points()[0], event)

    def _finger(self, point: QEventPoint, event: QTouchEvent) -> None:
        pointer = self.pointer(point.position(), event.modifiers(), is_touch=True)
        tool = self._map.held_tool
        match point.state():
            case QEventPoint.State.Pressed:
                if not self._map.refuses(tool):
                    tool.press(pointer)
            case QEventPoint.State.Updated:
                tool.move(pointer)
            case QEventPoint.State.Released:
                tool.release(pointer)
                tool.hover(None)
            case _:
                pass

    def _pinch(self, points: Sequence[QEventPoint]) -> None:
        """Two fingers: what lies between them stays between them."""
        self._map.held_tool.cancel()
        if len(points) < 2:
            if not points:
                self._fingers = None
            return
        one, other = points[0].position(), points[1].position()
        middle, apart = (one + other) / 2, math.hypot(*(one - other).toTuple())
        before, self._fingers = self._fingers, (middle, max(apart, 1.0))
        if before is None:
            return
        self._map.pan(middle - before[0])
        self._map.zoom_to(self._map.camera.px_per_mm * self._fingers[1] / before[1], middle)
