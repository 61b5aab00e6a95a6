"""Naming what is under the pointer, in a card beside it and by a soft outline."""

from typing import Protocol

from PySide6.QtCore import QObject, QPointF, QRectF, QSize, QSizeF, Qt, QTimer
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from bodymap.atlas.drawing import Shape
from bodymap.atlas.hit import Atlas, Hit
from bodymap.atlas.ids import Dissection, ViewId
from bodymap.chart.marks import MarkId
from bodymap.widgets.guarded import guarded, guarded_answer
from bodymap.widgets.map.body.paths import qt_path
from bodymap.widgets.map.camera import Camera
from bodymap.widgets.map.hover_words import HoverWords, words_for, words_for_mark
from bodymap.widgets.map.marks.layer import MarkLayer
from bodymap.widgets.map.tools.tool import Pointer
from bodymap.widgets.theme import Theme

_PAUSE_MS = 40
_AWAY = QPointF(18, 20)
_MARGIN = 12.0
_WIDEST = 260.0
_TITLE_PX, _LINE_PX = 13, 11


class HoverCard(QWidget):
    """A small dark card that never covers the pointer and never leaves the map."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self._room = parent
        self._words = HoverWords("")
        self._rows: list[str] = []
        self.setObjectName("hover-card")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    @property
    def words(self) -> HoverWords:
        """What it says."""
        return self._words

    def show_words(self, words: HoverWords, pointer: QPointF) -> None:
        """Say something beside the pointer."""
        if words != self._words:
            self._words = words
            metrics = QFontMetricsF(self._font(_LINE_PX, bold=False))
            self._rows = [row for line in words.lines for row in _wrapped(line, metrics)]
            self.setAccessibleName(". ".join((words.title, *words.lines)))
            self.resize(self.sizeHint())
            self.update()
        room = QSizeF(self._room.size())
        self.move(card_place(pointer, QSizeF(self.size()), room).toPoint())
        self.show()

    @override
    @guarded_answer(otherwise=QSize())
    def sizeHint(self) -> QSize:
        title = QFontMetricsF(self._font(_TITLE_PX, bold=True))
        line = QFontMetricsF(self._font(_LINE_PX, bold=False))
        widths = [title.horizontalAdvance(self._words.title)]
        widths += [line.horizontalAdvance(row) for row in self._rows]
        height = title.height() + len(self._rows) * (line.height() + 1) + 18
        return QSize(round(max(widths) + 2 * _MARGIN + 2), round(height))

    @override
    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.theme.colour("tooltip-ground"))
            painter.drawRoundedRect(QRectF(self.rect()), 6, 6)
            top = 8.0
            for index, text in enumerate((self._words.title, *self._rows)):
                font = self._font(_LINE_PX if index else _TITLE_PX, bold=not index)
                metrics = QFontMetricsF(font)
                painter.setFont(font)
                painter.setPen(self.theme.colour("tooltip-muted" if index else "tooltip-ink"))
                painter.drawText(QPointF(_MARGIN, top + metrics.ascent()), text)
                top += metrics.height() + (1 if index else 2)

    def _font(self, px: int, *, bold: bool) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(px)
        font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
        return font


def _wrapped(line: str, metrics: QFontMetricsF) -> list[str]:
    """A line broken between words where it would get too wide."""
    rows = [""]
    for word in line.split():
        longer = f"{rows[-1]} {word}".strip()
        if rows[-1] and metrics.horizontalAdvance(longer) > _WIDEST:
            rows.append(word)
        else:
            rows[-1] = longer
    return rows


def card_place(pointer: QPointF, card: QSizeF, room: QSizeF) -> QPointF:
    """Where a card stands: below and right of the pointer, or on the side where there is room."""
    x, y = pointer.x() + _AWAY.x(), pointer.y() + _AWAY.y()
    if x + card.width() > room.width() - 4:
        x = pointer.x() - _AWAY.x() - card.width()
    if y + card.height() > room.height() - 4:
        y = pointer.y() - _AWAY.y() - card.height()
    return QPointF(max(x, 4.0), max(y, 4.0))


class HoveredMap(Protocol):
    """What hovering needs of the map."""

    @property
    def view_id(self) -> ViewId:
        """The drawing that is shown."""
        ...

    @property
    def hover_dissection(self) -> Dissection:
        """What is meant by the pointer: what is drawn, or the skin where areas are drawn on it."""
        ...

    @property
    def camera(self) -> Camera:
        """What the map shows."""
        ...

    @property
    def marks(self) -> MarkLayer:
        """The marks on it."""
        ...

    def nearest(self, pointer: Pointer) -> MarkId | None:
        """The mark a pointer means."""
        ...

    def repaint_area(self, area: QRectF) -> None:
        """Paint a part of the map again."""
        ...

    def tell_hovered(self, hit: Hit | None) -> None:
        """The atlas has answered for the place under the pointer."""
        ...


class Hover(QObject):
    """Asks the atlas once the pointer slows down, and shows the answer."""

    def __init__(self, on: HoveredMap, atlas: Atlas, card: HoverCard, parent: QObject) -> None:
        super().__init__(parent)
        self._map, self._atlas, self._card = on, atlas, card
        self._pointer: Pointer | None = None
        self._shape: Shape | None = None
        self._outline = QPainterPath()
        self._pause = QTimer(self, interval=_PAUSE_MS, singleShot=True)
        self._pause.timeout.connect(self._ask)

    def follow(self, pointer: Pointer) -> None:
        """The pointer is here now."""
        self._pointer = pointer
        if not self._pause.isActive():
            self._pause.start()

    def leave(self) -> None:
        """Nothing is under the pointer, or it is busy."""
        self._pause.stop()
        if self._pointer is None and self._card.isHidden() and self._shape is None:
            return
        self._pointer = None
        self._card.hide()
        self._outline_shape(None)
        self._map.tell_hovered(None)

    def paint(self, painter: QPainter, theme: Theme) -> None:
        """Paint the outline of what is under the pointer."""
        if self._outline.isEmpty():
            return
        shape = self._map.camera.transform.map(self._outline)
        colour = theme.colour("hover")
        colour.setAlphaF(0.55)
        pen = QPen(colour, 2.0)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.strokePath(shape, pen)

    def _ask(self) -> None:
        pointer = self._pointer
        if pointer is None:
            return
        view, dissection = self._map.view_id, self._map.hover_dissection
        hit = self._atlas.hit(view, pointer.u_mm, pointer.v_mm)
        shape = self._atlas.drawn_at(view, hit.u, hit.v, dissection) if hit else None
        mark_id = self._map.nearest(pointer)
        mark = self._map.marks.mark(mark_id) if mark_id else None
        self._outline_shape(shape if mark is None else None)
        if mark is not None:
            self._card.show_words(words_for_mark(mark), pointer.at)
        elif hit is not None:
            self._card.show_words(words_for(hit, shape, dissection), pointer.at)
        else:
            self._card.hide()
        self._map.tell_hovered(hit)

    def _outline_shape(self, shape: Shape | None) -> None:
        if shape is self._shape:
            return
        area = self._reach()
        self._shape = shape
        self._outline = qt_path(shape.codes, shape.points) if shape else QPainterPath()
        self._map.repaint_area(area.united(self._reach()))

    def _reach(self) -> QRectF:
        if self._outline.isEmpty():
            return QRectF()
        return self._map.camera.area_px(self._outline.boundingRect()).adjusted(-3, -3, 3, 3)
