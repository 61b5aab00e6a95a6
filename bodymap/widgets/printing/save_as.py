"""Where to save: a port, so that the window can be driven without a file dialog."""

from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget


class SaveAs(Protocol):
    """Asks where a file is to go, and opens files."""

    def ask(self, folder: str, name: str) -> Path | None:
        """The file to write; None when the person thought better of it."""
        ...

    def open(self, path: Path) -> None:
        """Show a file in the program that it belongs to."""
        ...


class FileDialogSaveAs:
    """The platform's own file dialog."""

    def __init__(self, parent: QWidget) -> None:
        self._parent = parent

    def ask(self, folder: str, name: str) -> Path | None:
        """The file to write; None when the person thought better of it."""
        documents = QStandardPaths.StandardLocation.DocumentsLocation
        start = Path(folder or QStandardPaths.writableLocation(documents)) / name
        chosen, _ = QFileDialog.getSaveFileName(
            self._parent, "Save the summary", str(start), "PDF (*.pdf)"
        )
        if not chosen:
            return None
        return Path(chosen) if chosen.lower().endswith(".pdf") else Path(f"{chosen}.pdf")

    def open(self, path: Path) -> None:
        """Show a file in the program that it belongs to."""
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
