"""How the window says that something went wrong, or went well: inline, never a dialog."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from bodymap.widgets.controls.field import label
from bodymap.widgets.controls.spoken import announce
from bodymap.widgets.icons import icon, picture
from bodymap.widgets.theme import Theme

NOTICE_MS = 9000
"""How long good news stays; a problem stays until it is dismissed or solved."""


class Banner(QFrame):
    """One message over what the window shows, with at most one thing to do about it.

    Signals:
        shown: There is a message, or another one.
        dismissed: There is none any more.
    """

    shown = Signal()
    dismissed = Signal()

    def __init__(self, parent: QWidget, theme: Theme) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self.setAccessibleName("Message")
        self._theme = theme
        self._sign_name = "check"
        self._sign = QLabel()
        self._text = label("", "strong", "banner-text")
        self._text.setWordWrap(True)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._deed = QPushButton()
        self._deed.setProperty("look", "link")
        self._deed.setObjectName("banner-deed")
        self._deed.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keys where they are
        self._deed.clicked.connect(self._do)
        self._close = QToolButton()
        self._close.setProperty("look", "quiet")
        self._close.setObjectName("banner-close")
        self._close.setAccessibleName("Dismiss the message")
        self._close.clicked.connect(self.dismiss)
        self._act: Callable[[], object] | None = None
        self._timer = QTimer(self, interval=NOTICE_MS, singleShot=True)
        self._timer.timeout.connect(self.dismiss)
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(14, 6, 8, 6)
        row.setSpacing(8)
        for widget in (self._sign, self._text, self._deed, self._close):
            row.addWidget(widget, 1 if widget is self._text else 0, Qt.AlignmentFlag.AlignVCenter)
        self.hide()

    @property
    def first_control(self) -> QWidget:
        """Where the keys go when they come to it."""
        return self._close if self._deed.isHidden() else self._deed

    @property
    def text(self) -> str:
        """What it says; empty when it is not shown."""
        return "" if self.isHidden() else self._text.text()

    def fit(self, width: int) -> None:
        """Be so wide, and as high as the words then need."""
        self.resize(width, self._row.totalHeightForWidth(width))

    def show_problem(
        self, text: str, deed: str = "", act: Callable[[], object] | None = None
    ) -> None:
        """Say what went wrong and what to do, and perhaps offer to do it."""
        self._show(text, "problem", "caution", deed, act)

    def show_notice(
        self, text: str, deed: str = "", act: Callable[[], object] | None = None
    ) -> None:
        """Say what was done, and perhaps offer one thing to do with it."""
        self._show(text, "notice", "check", deed, act)
        self._timer.start()

    def show_remark(self, text: str) -> None:
        """Say what somebody remarked; it stays until it is dismissed."""
        self._show(text, "notice", "note")

    def dismiss(self) -> None:
        """Take the message away."""
        self._timer.stop()
        self.hide()
        self.dismissed.emit()

    def dismiss_problem(self) -> None:
        """Take a problem away: something has gone well since."""
        if self.property("look") == "problem":
            self.dismiss()

    def set_theme(self, theme: Theme) -> None:
        """Show it in another theme."""
        self._theme = theme
        self._show_icons()

    def _show(
        self,
        text: str,
        look: str,
        sign: str,
        deed: str = "",
        act: Callable[[], object] | None = None,
    ) -> None:
        self._timer.stop()
        self.setProperty("look", look)
        self._text.setText(text)
        self._sign_name = sign
        self._show_icons()
        self._act = act
        self._deed.setText(deed)
        self._deed.setVisible(bool(deed))
        self.setAccessibleDescription(text)
        self.style().polish(self)
        self.show()
        announce(self, text)
        self.shown.emit()

    def _show_icons(self) -> None:
        theme, ratio = self._theme, self.devicePixelRatioF()
        role = "problem" if self.property("look") == "problem" else "accent"
        self._sign.setPixmap(picture(self._sign_name, theme, role, 20, ratio))
        self._close.setIcon(icon("close", theme, "muted"))

    def _do(self) -> None:
        act = self._act
        self.dismiss()
        if act is not None:
            act()  # it may have something to say itself
