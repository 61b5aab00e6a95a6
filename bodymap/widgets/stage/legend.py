"""What the colours of the hazards mean, over the map while they are shown."""

from collections.abc import Set as AbstractSet

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from bodymap.atlas.ids import LayerId
from bodymap.widgets.guarded import guarded, guarded_answer
from bodymap.widgets.map.canvas import MapCanvas
from bodymap.widgets.theme import Theme

_ENTRIES = (
    ("Nerve", "hazard-nerve", ""),
    ("Vessel", "hazard-vessel", ""),
    ("Organ", "hazard-organ", "hazard-organ-ground"),
)
_SOURCE = "Model body"
_ROW, _MARGIN, _GAP, _SAMPLE = 22, 10, 9, 18


class HazardLegend(QWidget):
    """Names the lines and areas of the hazards; seen only while they are.

    Signals:
        opened: It is to be seen from now on, or not any more.
    """

    opened = Signal()

    def __init__(self, body: MapCanvas, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setObjectName("hazard-legend")
        self.setAccessibleName("Hazards of a model body: gold nerves, red vessels, blue organs")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()
        body.layers_changed.connect(self._follow)

    def set_theme(self, theme: Theme) -> None:
        """Show it in another theme."""
        self._theme = theme
        self.updateGeometry()
        self.update()

    @override
    @guarded_answer(otherwise=QSize())
    def sizeHint(self) -> QSize:
        measure = self.fontMetrics().horizontalAdvance
        widest = max(measure(text) for text, _, _ in _ENTRIES) + _SAMPLE + _GAP
        width = 2 * _MARGIN + max(widest, measure(_SOURCE)) + 2
        return QSize(width, _ROW * (len(_ENTRIES) + 1) + _MARGIN)

    @override
    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self._theme.colour("line"), 1))
            painter.setBrush(self._theme.colour("card"))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
            top = _MARGIN // 2
            for text, line, ground in _ENTRIES:
                self._paint_sample(painter, top + _ROW / 2, line, ground)
                self._write(painter, _MARGIN + _SAMPLE + _GAP, top, text, "ink")
                top += _ROW
            self._write(painter, _MARGIN, top, _SOURCE, "muted")

    def _write(self, painter: QPainter, x: int, top: int, text: str, role: str) -> None:
        painter.setPen(self._theme.colour(role))
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(QRectF(x, top, self.width() - x, _ROW), middle, text)

    def _paint_sample(self, painter: QPainter, middle: float, line: str, ground: str) -> None:
        painter.setPen(QPen(self._theme.colour(line), 1.2 if ground else 2.4))
        if ground:
            painter.setBrush(self._theme.colour(ground))
            painter.drawRoundedRect(QRectF(_MARGIN + 0.5, middle - 6, _SAMPLE - 1, 12), 4, 4)
        else:
            left, right = _MARGIN + 1, _MARGIN + _SAMPLE - 1
            painter.drawLine(QPointF(left, middle), QPointF(right, middle))

    def _follow(self, layers: AbstractSet[LayerId]) -> None:
        self.setVisible(LayerId.HAZARDS in layers)
        self.opened.emit()
