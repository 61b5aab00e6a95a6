"""Which folder: a port, so that the window can be driven without a file dialog."""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget


class ChooseFolder(Protocol):
    """Asks for a folder, and shows one."""

    def ask(self, title: str, start: Path, then: Callable[[Path], None]) -> None:
        """Ask; nothing follows when the person thinks better of it."""
        ...

    def show(self, folder: Path) -> None:
        """Show a folder in the system's own way."""
        ...


class FileDialogFolder:
    """The platform's own dialog."""

    def __init__(self, parent: QWidget) -> None:
        self._parent = parent

    def ask(self, title: str, start: Path, then: Callable[[Path], None]) -> None:
        """Ask; nothing follows when the person thinks better of it."""
        dialog = QFileDialog(self._parent, title, str(start))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda chosen: then(Path(chosen)))
        dialog.open()

    def show(self, folder: Path) -> None:
        """Show a folder in the system's own way."""
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
