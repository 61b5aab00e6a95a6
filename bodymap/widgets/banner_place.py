"""Where a message stands, so that it is seen whatever the window shows."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from bodymap.widgets.controls.veil import Veil
from bodymap.widgets.guarded import guarded_answer
from bodymap.widgets.problems import Banner
from bodymap.widgets.stage.view import Stage
from bodymap.widgets.theme import Theme

_WIDEST = 560
_EDGE = 20
_FROM_TOP = 8
_ARRANGING = frozenset({QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.Resize, QEvent.Type.Move})


class BannerPlace(QWidget):
    """Keeps the banner over the stage, in the head of a page, or above the card on a veil.

    There it hides nothing that could be pressed. It is always in the window and has no size while
    there is nothing to say: the lock hides it with all else, and a message whose time runs out
    meanwhile is not there again afterwards.

    Args:
        window: What it lies over.
        theme: The colours and sizes.
        stage: The map and its bars.
        pages: What may be shown in the place of the stage.
    """

    def __init__(
        self, window: QWidget, theme: Theme, stage: Stage, pages: Sequence[QWidget]
    ) -> None:
        super().__init__(window)
        self.setObjectName("banner-place")
        self._window, self._stage, self._pages = window, stage, tuple(pages)
        self.banner = Banner(self, theme)
        self.banner.shown.connect(self._come_forward)
        self.banner.dismissed.connect(self.arrange)
        stage.arranged.connect(self.arrange)
        for beneath in (window, stage, *self._pages):
            beneath.installEventFilter(self)
        self.arrange()

    def arrange(self) -> None:
        """Put it where it belongs for what is shown."""
        if self.banner.isHidden():
            self.resize(0, 0)
            return
        room = self._room()
        self.banner.fit(room.width())
        self.setGeometry(QRect(room.topLeft(), self.banner.size()))

    def set_theme(self, theme: Theme) -> None:
        """Show it in another theme."""
        self.banner.set_theme(theme)
        self.arrange()

    @override
    @guarded_answer(otherwise=False)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _ARRANGING:
            self.arrange()
        return False

    def _come_forward(self) -> None:
        """A message that comes lies over all else; what is opened after it may cover it."""
        for veil in self._veils:
            veil.installEventFilter(self)  # for when it is put away beneath
        self.arrange()
        self.raise_()

    def _room(self) -> QRect:
        """Where it begins, and how wide it may be; what is veiled is not what one looks at."""
        if self._veils:
            width = min(_WIDEST, self._window.width() - 2 * _EDGE)
            return QRect((self._window.width() - width) // 2, _FROM_TOP, width, 0)
        page = next((one for one in self._pages if one.isVisible()), None)
        if page is None:
            room = self._stage.message_room(_WIDEST)
            return QRect(self._stage.mapTo(self._window, room.topLeft()), room.size())
        width = min(_WIDEST, page.width() - 2 * _EDGE)
        left = page.width() - width - _EDGE
        return QRect(page.mapTo(self._window, QPoint(left, _FROM_TOP)), QSize(width, 0))

    @property
    def _veils(self) -> Sequence[QWidget]:
        children = self._window.findChildren(
            QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly
        )
        return [one for one in children if isinstance(one, Veil) and one.isVisible()]
