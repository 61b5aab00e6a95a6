"""Where to save: a port, so that the window can be driven without a file dialog."""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QStandardPaths, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

_TITLES = {"pdf": "Save as PDF", "csv": "Save the figures"}
"""What the dialog is called, by the ending of the name that is proposed."""


class SaveAs(Protocol):
    """Asks where a file is to go, and opens files."""

    def ask(self, folder: str, name: str, then: Callable[[Path], None]) -> None:
        """Ask for the file to write; nothing follows when the person thinks better of it."""
        ...

    def open(self, path: Path) -> None:
        """Show a file in the program that it belongs to."""
        ...


class FileDialogSaveAs:
    """The platform's own file dialog."""

    def __init__(self, parent: QWidget) -> None:
        self._parent = parent

    def ask(self, folder: str, name: str, then: Callable[[Path], None]) -> None:
        """Ask for the file to write; nothing follows when the person thinks better of it."""
        documents = QStandardPaths.StandardLocation.DocumentsLocation
        start = folder or QStandardPaths.writableLocation(documents)
        ending = Path(name).suffix.removeprefix(".")
        title = _TITLES.get(ending, "Save")
        dialog = QFileDialog(self._parent, title, start, f"{ending.upper()} (*.{ending})")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setDefaultSuffix(ending)
        dialog.selectFile(name)
        dialog.fileSelected.connect(lambda chosen: then(Path(chosen)))
        dialog.open()

    def open(self, path: Path) -> None:
        """Show a file in the program that it belongs to."""
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
