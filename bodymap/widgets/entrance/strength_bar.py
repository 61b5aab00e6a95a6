"""Shows how good a password is: four bars and a few words."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from bodymap.desk.strength import BEST, Strength
from bodymap.widgets.controls.field import label, stacked, wrapping
from bodymap.widgets.guarded import guarded, guarded_answer
from bodymap.widgets.theme import Theme

_HEIGHT, _GAP = 5, 6


class StrengthBar(QWidget):
    """Follows a password as it is typed."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("strength")
        self._bars = _Bars(theme)
        self._words = wrapping(label("", "muted", "strength-words"))
        stacked(self, self._bars, self._words, spacing=6)

    @property
    def words(self) -> str:
        """What is said of the password."""
        return self._words.text()

    def show_strength(self, found: Strength) -> None:
        """Show what is thought of a password."""
        self._bars.score = found.score if found.words else -1
        self._bars.update()
        self._words.setText(found.words)
        self.setAccessibleDescription(found.words)

    def set_theme(self, theme: Theme) -> None:
        """Show it in another theme."""
        self._bars.theme = theme
        self._bars.update()


class _Bars(QWidget):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.score = -1
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @override
    @guarded_answer(otherwise=QSize())
    def sizeHint(self) -> QSize:
        return QSize(120, _HEIGHT)

    @override
    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            width = (self.width() - _GAP * (BEST - 1)) / BEST
            lit = self.theme.colour("accent" if self.score >= 3 else "problem")
            if self.score == 2:
                lit = self.theme.colour("caution")
            for bar in range(BEST):
                filled = bar < max(self.score, 1) and self.score >= 0
                painter.setBrush(lit if filled else self.theme.colour("line"))
                rect = QRectF(bar * (width + _GAP), 0, width, _HEIGHT)
                painter.drawRoundedRect(rect, _HEIGHT / 2, _HEIGHT / 2)
