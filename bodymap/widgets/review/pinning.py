"""Presses on the body while a visit is reviewed: bubbles are opened, comments are pinned."""

from collections.abc import Callable
from math import hypot

from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from typing_extensions import override

from bodymap.chart.marks import MarkId
from bodymap.chart.review import WIDEST_MM, CommentId
from bodymap.widgets.guarded import guarded_answer
from bodymap.widgets.map.view import MapView

_LEAST_MM = 5.0
"""A drag shorter than this is a press."""
_NEAR_PX = 14.0


class Pinning(QObject):
    """Takes presses that are meant for a comment; all others go to the map.

    Args:
        body: The map.
        comment_at: The comment whose bubble is at a pixel.
        opened: Hears of a bubble that was pressed.
        pinned_mark: Hears of the mark that a comment is to be about.
        pinned_place: Hears of the point in millimetres, and of the radius of the area.
    """

    def __init__(
        self,
        body: MapView,
        comment_at: Callable[[QPointF], CommentId | None],
        opened: Callable[[CommentId], object],
        pinned_mark: Callable[[MarkId], object],
        pinned_place: Callable[[float, float, float], object],
    ) -> None:
        super().__init__(body)
        self._map = body
        self._comment_at, self._opened = comment_at, opened
        self._pinned_mark, self._pinned_place = pinned_mark, pinned_place
        self._from: QPointF | None = None
        self.is_wanted = False
        body.viewport().installEventFilter(self)

    def want(self, *, is_wanted: bool) -> None:
        """Let the next press say what a comment is about."""
        self.is_wanted, self._from = is_wanted, None
        self._map.show_hand(Qt.CursorShape.CrossCursor if is_wanted else None)

    @override
    @guarded_answer(otherwise=False)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QMouseEvent) or event.button() != Qt.MouseButton.LeftButton:
            return False
        if event.type() == QEvent.Type.MouseButtonPress:
            return self._pressed(event.position())
        if event.type() == QEvent.Type.MouseButtonRelease and self._from is not None:
            self._released(event.position())
            return True
        return False

    def _pressed(self, at: QPointF) -> bool:
        if self.is_wanted:
            self._from = at
            return True
        comment = self._comment_at(at)
        if comment is not None:
            self._opened(comment)
        return comment is not None

    def _released(self, at: QPointF) -> None:
        start, self._from = self._from, None
        if start is None:
            return
        self.want(is_wanted=False)
        u_mm, v_mm = self._map.view_to_mm(start)
        far = hypot(at.x() - start.x(), at.y() - start.y()) / self._map.px_per_mm
        if far < _LEAST_MM:
            mark = self._map.marks.shown.nearest(start, self._map.camera, _NEAR_PX)
            if mark is not None:
                self._pinned_mark(mark)
                return
        self._pinned_place(u_mm, v_mm, min(far, WIDEST_MM) if far >= _LEAST_MM else 0.0)
