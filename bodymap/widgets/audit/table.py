"""The entries of the audit trail as rows."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView
from typing_extensions import override

from bodymap.chart.audit import AuditLine
from bodymap.widgets.guarded import guarded_answer

_TITLES = ("Entry", "Time", "Who", "What", "Patient", "Change")
_WIDTHS = (64, 150, 150, 170, 170)
_ROW_HEIGHT = 30
Index = QModelIndex | QPersistentModelIndex


class AuditModel(QAbstractTableModel):
    """Rows of `AuditLine`."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: Sequence[AuditLine] = ()

    def show_lines(self, lines: Sequence[AuditLine]) -> None:
        """Show other entries."""
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    @override
    @guarded_answer(otherwise=0)
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.lines)

    @override
    @guarded_answer(otherwise=0)
    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(_TITLES)

    @override
    @guarded_answer(otherwise=None)
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        line = self.lines[index.row()]
        cells = (str(line.number), line.time, line.who, line.what, line.whose, line.change)
        if role == Qt.ItemDataRole.DisplayRole:
            return cells[index.column()].replace("\n", " ")[:400]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(index.column())
        return None

    @override
    @guarded_answer(otherwise=None)
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return _TITLES[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(section)
        return None


def _alignment(column: int) -> Qt.AlignmentFlag:
    """Numbers end where their title ends."""
    side = Qt.AlignmentFlag.AlignRight if column == 0 else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


def audit_table(model: AuditModel) -> QTableView:
    """A table that is only read."""
    table = QTableView()
    table.setObjectName("audit-table")
    table.setAccessibleName("Entries, the newest first")
    table.setProperty("look", "trail")
    table.setModel(model)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(_ROW_HEIGHT)
    head = table.horizontalHeader()
    head.setHighlightSections(False)
    head.setStretchLastSection(True)
    for column, width in enumerate(_WIDTHS):
        head.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
        table.setColumnWidth(column, width)
    return table
