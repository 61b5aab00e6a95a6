"""The sections of the record as small tiles, each with how far it is."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QWidget
from typing_extensions import override

from bodymap.widgets.guarded import guarded, guarded_answer
from bodymap.widgets.icons import picture
from bodymap.widgets.record.sections import (
    SHORT_TITLES,
    TILES,
    TITLES,
    Progress,
    RecordShown,
    SectionId,
    SectionState,
)
from bodymap.widgets.theme import Theme

_COLUMNS = 3
_HEIGHT = 48
_SIGN = 14
_SECOND = 20
"""Lines further down than this share their room with the sign."""
_SIGNS = {Progress.DONE: ("check", "accent"), Progress.CAUTION: ("caution", "caution")}


class SectionTile(QAbstractButton):
    """One section: its name, how far it is, and a sign when it is done or needs a look."""

    def __init__(self, section: SectionId, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._state = SectionState(Progress.OPEN, "")
        self.section = section
        self.setObjectName(f"section-{section}")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFixedHeight(_HEIGHT)
        self.show_state(self._state)

    @property
    def state(self) -> SectionState:
        """How far the section is, as shown."""
        return self._state

    def show_state(self, state: SectionState) -> None:
        """Show how far the section is."""
        self._state = state
        self.setAccessibleName(f"{TITLES[self.section]}, {state.detail}")
        self.setToolTip(self.accessibleName())
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Show it in another theme."""
        self._theme = theme
        self.update()

    @override
    @guarded_answer(otherwise=QSize())
    def sizeHint(self) -> QSize:
        return QSize(96, _HEIGHT)

    @override
    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_ground(painter)
            name, detail = QFont(self.font()), QFont(self.font())
            name.setPixelSize(12)
            name.setWeight(QFont.Weight.DemiBold)
            detail.setPixelSize(11)
            is_caution = self._state.progress is Progress.CAUTION
            rows = ((name, SHORT_TITLES[self.section], "ink", 7), (
                detail, self._state.detail, "caution" if is_caution else "muted", 25
            ))  # fmt: skip
            for font, text, role, top in rows:
                painter.setFont(font)
                painter.setPen(self._theme.colour(role))
                sign = _SIGN + 6 if top > _SECOND and self._state.progress in _SIGNS else 0
                room = self.rect().adjusted(9, top, -6 - sign, 0)
                cut = Qt.TextElideMode.ElideRight
                shown = QFontMetrics(font).elidedText(text, cut, room.width())
                painter.drawText(
                    room, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft, shown
                )
            self._paint_sign(painter)

    def _paint_ground(self, painter: QPainter) -> None:
        is_caution = self._state.progress is Progress.CAUTION
        ground = "caution-ground" if is_caution else "card"
        if self.underMouse() and self.isEnabled() and not is_caution:
            ground = "hover-ground"
        line = QPen(self._theme.colour("caution-line" if is_caution else "line"), 1)
        if self.hasFocus():
            line = QPen(self._theme.colour("focus"), 2)
        painter.setPen(line)
        painter.setBrush(self._theme.colour(ground))
        edge = line.widthF() / 2
        radius = self._theme.size("radius")
        painter.drawRoundedRect(
            QRectF(self.rect()).adjusted(edge, edge, -edge, -edge), radius, radius
        )

    def _paint_sign(self, painter: QPainter) -> None:
        if self._state.progress in _SIGNS:
            name, role = _SIGNS[self._state.progress]
            sign = picture(name, self._theme, role, _SIGN, self.devicePixelRatioF())
            painter.drawPixmap(self.width() - _SIGN - 7, self.height() - _SIGN - 8, sign)


class SectionTiles(QWidget):
    """All sections.

    Signals:
        chosen: The `SectionId` to open.
    """

    chosen = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("section-tiles")
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(6)
        self.tiles = {section: SectionTile(section, theme) for section in TILES}
        for place, tile in enumerate(self.tiles.values()):
            grid.addWidget(tile, place // _COLUMNS, place % _COLUMNS)
            tile.clicked.connect(self._clicked)

    def show_sections(self, shown: RecordShown) -> None:
        """Show how far each is."""
        for section, state in shown.sections.items():
            self.tiles[section].show_state(state)

    def set_theme(self, theme: Theme) -> None:
        """Show it in another theme."""
        for tile in self.tiles.values():
            tile.set_theme(theme)

    def _clicked(self) -> None:
        tile = self.sender()
        if isinstance(tile, SectionTile):
            self.chosen.emit(tile.section)
