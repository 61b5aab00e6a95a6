"""The visit's marks as a list model."""

from collections.abc import Sequence
from functools import lru_cache

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap
from typing_extensions import override

from bodymap.chart.marks import MarkKind
from bodymap.widgets.chart_words import KIND_WORDS
from bodymap.widgets.controls.rows import DETAIL_ROLE
from bodymap.widgets.guarded import guarded_answer
from bodymap.widgets.icons import drawn_icon
from bodymap.widgets.inspector.model import Listed
from bodymap.widgets.theme import Theme

_SIGNS = {
    MarkKind.TRIGGER_POINT: ("trigger-point", "trigger-point"),
    MarkKind.NEEDLE_SITE: ("needle", "needle"),
    MarkKind.PAIN_ZONE: ("pain-lasso", "pain"),
    MarkKind.NOTE: ("note", "note"),
}
_NOTHING = QModelIndex()
_SIZE = 22


class MarkListModel(QAbstractListModel):
    """One row a mark: its sign, number and muscle, and its first facts."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._marks: tuple[Listed, ...] = ()
        self._signs: dict[tuple[MarkKind, bool], QPixmap] = {}
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Draw the signs in another theme."""
        self._signs = {
            (kind, hollow): _sign(kind, theme, hollow=hollow)
            for kind in MarkKind
            for hollow in (False, True)
        }
        self.layoutChanged.emit()

    def show_marks(self, marks: Sequence[Listed]) -> None:
        """Show other marks."""
        if tuple(marks) != self._marks:
            self.beginResetModel()
            self._marks = tuple(marks)
            self.endResetModel()

    def mark_at(self, index: QModelIndex) -> Listed:
        """The mark of a row."""
        return self._marks[index.row()]

    @override
    @guarded_answer(otherwise=0)
    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NOTHING) -> int:
        return 0 if parent.isValid() else len(self._marks)

    @override
    @guarded_answer(otherwise=None)
    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = 0) -> object:
        if not index.isValid():
            return None
        mark = self._marks[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return mark.title
            case Qt.ItemDataRole.DecorationRole:
                return self._signs[mark.kind, mark.hollow]
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{KIND_WORDS[mark.kind]} {mark.title}, {mark.detail}"
            case _:
                return mark.detail if role == DETAIL_ROLE else None


def _sign(kind: MarkKind, theme: Theme, *, hollow: bool) -> QPixmap:
    name, role = _SIGNS[kind]
    hollow = hollow and kind is MarkKind.TRIGGER_POINT
    return QPixmap.fromImage(_drawn_sign(name, theme.colour(role).name(), hollow=hollow))


@lru_cache(maxsize=32)
def _drawn_sign(name: str, colour: str, *, hollow: bool) -> QImage:
    drawn = drawn_icon(name, QColor(colour), _SIZE, 2.0)
    if hollow:
        with QPainter(drawn) as painter:
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Clear)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setBrush(Qt.GlobalColor.black)
            painter.setPen(Qt.PenStyle.NoPen)
            middle = _SIZE // 2
            painter.drawEllipse(middle - 6, middle - 6, 12, 12)
    return drawn
