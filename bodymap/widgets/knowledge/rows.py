"""Lines of the reference as a list model."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QPixmap
from typing_extensions import override

from bodymap.widgets.controls.rows import DETAIL_ROLE
from bodymap.widgets.controls.tips import plain_tip
from bodymap.widgets.guarded import guarded_answer
from bodymap.widgets.knowledge.model import Row

_NOTHING = QModelIndex()
Index = QModelIndex | QPersistentModelIndex


class RowModel(QAbstractListModel):
    """One row a line; some have a picture."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[Row, ...] = ()
        self._signs: tuple[QPixmap, ...] = ()

    def show_rows(self, rows: Sequence[Row], signs: Sequence[QPixmap] = ()) -> None:
        """Show other lines."""
        if tuple(rows) == self._rows and not signs:
            return
        self.beginResetModel()
        self._rows, self._signs = tuple(rows), tuple(signs)
        self.endResetModel()

    @property
    def details(self) -> tuple[str, ...]:
        """The quieter lines."""
        return tuple(row.detail for row in self._rows)

    @override
    @guarded_answer(otherwise=0)
    def rowCount(self, parent: Index = _NOTHING) -> int:
        return 0 if parent.isValid() else len(self._rows)

    @override
    @guarded_answer(otherwise=None)
    def data(self, index: Index, role: int = 0) -> object:
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.DecorationRole:
            return self._signs[index.row()] if self._signs else None
        row = self._rows[index.row()]
        return {
            int(Qt.ItemDataRole.DisplayRole): row.title,
            DETAIL_ROLE: row.detail,
            int(Qt.ItemDataRole.AccessibleTextRole): f"{row.title}, {row.detail}",
            int(Qt.ItemDataRole.ToolTipRole): plain_tip(f"{row.title}: {row.detail}"),
        }.get(role)
