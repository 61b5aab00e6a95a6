"""What the window remembers from one start to the next; nothing about any patient."""

import sys
from dataclasses import dataclass

from PySide6.QtCore import QByteArray, QSettings
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from bodymap.atlas.ids import ViewId
from bodymap.widgets.theme import ThemeName

PAPERS = ("A4", "Letter")


@dataclass
class Settings:
    """Typed access to the platform's settings.

    Values that cannot be read are taken as absent: a window must open whatever was stored.
    """

    store: QSettings

    @property
    def geometry(self) -> QByteArray:
        """Where the window stood; empty when it has not been opened before."""
        value = self.store.value("window/geometry")
        return value if isinstance(value, QByteArray) else QByteArray()

    @geometry.setter
    def geometry(self, value: QByteArray) -> None:
        self.store.setValue("window/geometry", value)

    @property
    def view(self) -> ViewId:
        """The view that was shown last."""
        value = str(self.store.value("map/view"))
        return ViewId(value) if value in set(ViewId) else ViewId.POSTERIOR

    @view.setter
    def view(self, value: ViewId) -> None:
        self.store.setValue("map/view", str(value))

    @property
    def theme(self) -> ThemeName:
        """The theme that was chosen; the system's while none was."""
        value = str(self.store.value("window/theme"))
        return ThemeName(value) if value in set(ThemeName) else _system_theme()

    @theme.setter
    def theme(self, value: ThemeName) -> None:
        self.store.setValue("window/theme", str(value))

    @property
    def touch(self) -> bool:
        """Whether targets are made for fingers."""
        return str(self.store.value("window/touch", "false")) == "true"

    @touch.setter
    def touch(self, value: bool) -> None:
        self.store.setValue("window/touch", "true" if value else "false")

    @property
    def open_groups(self) -> frozenset[str]:
        """The groups of further fields that stand open, by name."""
        return frozenset(str(self.store.value("inspector/groups", "")).split())

    @open_groups.setter
    def open_groups(self, value: frozenset[str]) -> None:
        self.store.setValue("inspector/groups", " ".join(sorted(value)))

    @property
    def login(self) -> str:
        """The name that somebody signed in with last; empty when nobody has."""
        return str(self.store.value("sign-in/login", ""))

    @login.setter
    def login(self, value: str) -> None:
        self.store.setValue("sign-in/login", value)

    @property
    def lock_after_min(self) -> int:
        """Minutes without a key or a touch after which the window locks; 0 for never."""
        value = str(self.store.value("sign-in/lock-after-min", "5"))
        return int(value) if value.isdigit() and int(value) <= 120 else 5

    @lock_after_min.setter
    def lock_after_min(self, value: int) -> None:
        self.store.setValue("sign-in/lock-after-min", str(value))

    @property
    def paper(self) -> str:
        """The paper that summaries are printed on."""
        value = str(self.store.value("printing/paper", PAPERS[0]))
        return value if value in PAPERS else PAPERS[0]

    @paper.setter
    def paper(self, value: str) -> None:
        self.store.setValue("printing/paper", value)

    @property
    def last_folder(self) -> str:
        """The folder that a summary was saved in last; empty when none was."""
        return str(self.store.value("printing/folder", ""))

    @last_folder.setter
    def last_folder(self, value: str) -> None:
        self.store.setValue("printing/folder", value)


def _system_theme() -> ThemeName:
    if sys.platform == "win32":  # where a palette may be light although the system is dark
        from PySide6.QtCore import Qt  # noqa: PLC0415 - slow: it makes a hundred enumerations

        is_dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
    else:
        palette = QApplication.style().standardPalette()  # whatever the window has put on since
        is_dark = palette.window().color().lightness() < palette.windowText().color().lightness()
    return ThemeName.DARK if is_dark else ThemeName.LIGHT
