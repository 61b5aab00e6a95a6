"""The page on which marks are chosen that are to be charted here as well."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListView, QPushButton, QVBoxLayout, QWidget

from bodymap.chart.marks import MarkId
from bodymap.widgets.chart_words import counted
from bodymap.widgets.controls.choice import DropDown
from bodymap.widgets.controls.field import Field, beside, label, wrapping
from bodymap.widgets.controls.rows import RowDelegate, row_list
from bodymap.widgets.inspector.choosing import filled
from bodymap.widgets.inspector.mark_list import MarkListModel
from bodymap.widgets.inspector.model import Choice, Listed
from bodymap.widgets.theme import Theme

TITLE = "Copy marks here"
_WHAT = (
    "Where each mark lies and how a needle was used is copied. What was found, measured and felt "
    "then is not: it is looked for again."
)
_NOTHING = (
    "There is nothing to copy from yet: no earlier visit of this patient has marks, and there are "
    "no templates. Choose several marks on the body to keep them as one."
)


@dataclass(frozen=True, slots=True)
class Offer:
    """What the page shows.

    Attributes:
        sources: Where marks can be taken from, the most likely one first.
        source: The one that is looked at.
        marks: The marks it has.
        is_template: Whether it is a template, which can be deleted.
        dropped: The template that was deleted just now.
    """

    sources: tuple[Choice, ...] = ()
    source: object = None
    marks: tuple[Listed, ...] = ()
    is_template: bool = False
    dropped: str = ""


class ReusePage(QWidget):
    """A source, its marks, and a button.

    Attributes:
        may_drop: Whether the one who is signed in may delete templates.

    Signals:
        source_chosen: The value of another source.
        wanted: The ids of the marks to chart here, a frozenset.
        dropped: The template that is shown is to be deleted.
        wanted_back: The one that was deleted just now is to be kept after all.
    """

    source_chosen = Signal(object)
    wanted = Signal(object)
    dropped = Signal()
    wanted_back = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("reuse")
        self.may_drop = True
        self.source = DropDown("reuse-source", theme)
        self.marks = row_list("reuse-marks", "Marks to copy")
        self.marks.setSelectionMode(QListView.SelectionMode.MultiSelection)
        self.model = MarkListModel(theme)
        self._delegate = RowDelegate(self.marks, theme)
        self.marks.setModel(self.model)
        self.marks.setItemDelegate(self._delegate)
        self.all = _link("All", "reuse-all", "Choose all")
        self.none = _link("None", "reuse-none", "Choose none")
        self.bring_back = _link("", "reuse-bring-back")
        self.drop = _link("Delete template", "reuse-drop")
        self.copy = QPushButton()
        self.copy.setObjectName("reuse-copy")
        self.copy.setProperty("look", "primary")
        self.nothing = wrapping(label(_NOTHING, "muted", "reuse-nothing"))
        self._what = wrapping(label(_WHAT, "muted", "reuse-what"))
        self._choice = QWidget()
        self._lay_out()
        self._connect()

    @property
    def chosen(self) -> frozenset[MarkId]:
        """The marks that are chosen."""
        rows = self.marks.selectionModel().selectedIndexes()
        return frozenset(self.model.mark_at(row).id for row in rows)

    def show_offer(self, offer: Offer) -> None:
        """Show where marks can be taken from; all of them are chosen at first."""
        self._choice.setVisible(bool(offer.sources))
        self.nothing.setVisible(not offer.sources)
        filled(self.source, offer.sources, offer.source)
        self.drop.setVisible(offer.is_template and self.may_drop)
        self.bring_back.setVisible(bool(offer.dropped))
        self.bring_back.setText(f"Bring back “{offer.dropped}”")
        self.bring_back.setAccessibleName(self.bring_back.text())
        self.model.show_marks(offer.marks)
        self.marks.selectAll()
        self._count()

    def set_theme(self, theme: Theme) -> None:
        """Show it in another theme."""
        self.source.set_theme(theme)
        self._delegate.theme = theme
        self.model.set_theme(theme)

    def _count(self) -> None:
        count = len(self.chosen)
        self.copy.setEnabled(count > 0)
        self.copy.setText(f"Copy {counted(count, 'mark')}" if count else "Copy marks")

    def _copy(self) -> None:
        self.wanted.emit(self.chosen)

    def _connect(self) -> None:
        self.source.chosen.connect(self.source_chosen)
        self.marks.selectionModel().selectionChanged.connect(self._count)
        self.all.clicked.connect(self.marks.selectAll)
        self.none.clicked.connect(self.marks.clearSelection)
        self.drop.clicked.connect(self.dropped)
        self.bring_back.clicked.connect(self.wanted_back)
        self.copy.clicked.connect(self._copy)

    def _lay_out(self) -> None:
        inner = QVBoxLayout(self._choice)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(12)
        inner.addWidget(Field("From", self.source))
        inner.addWidget(beside(label("MARKS", "caption"), self.all, self.none, stretch=0))
        inner.addWidget(self.marks, 1)
        inner.addWidget(self.drop, 0, Qt.AlignmentFlag.AlignLeft)
        inner.addWidget(self._what)
        inner.addWidget(self.copy)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 4, 24, 16)
        column.addWidget(self.nothing, 0, Qt.AlignmentFlag.AlignTop)
        column.addWidget(self.bring_back, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._choice, 1)
        column.addStretch(0)


def _link(text: str, name: str, meaning: str = "") -> QPushButton:
    made = QPushButton(text)
    made.setObjectName(name)
    made.setProperty("look", "link")
    made.setAccessibleName(meaning or text)
    return made
