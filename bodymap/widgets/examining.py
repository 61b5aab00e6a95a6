"""Opens the audit trail over the window."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFileDialog

from bodymap.chart.audit import Finding
from bodymap.desk.verifying import Verifying
from bodymap.errors import BodymapError
from bodymap.widgets.actions import ActionId
from bodymap.widgets.audit.page import AuditPage
from bodymap.widgets.main_window import MainWindow
from bodymap.widgets.settings import Settings


class Examining(QObject):
    """Binds the action to a fresh page each time.

    Attributes:
        ask: Asks where a file is to go; a test may answer by itself.
    """

    def __init__(self, window: MainWindow, verifying: Verifying, settings: Settings) -> None:
        super().__init__(window)
        self._window, self._verifying, self._settings = window, verifying, settings
        self.ask: Callable[[str, str, Callable[[Path], None]], None] = self._ask_person
        self.page: AuditPage | None = None
        window.actions_by_id.bind(ActionId.AUDIT, self.open)
        window.background.query(self, verifying.look, self._warn, lambda _: None)

    def open(self) -> None:
        """Show the trail, its newest entries first."""
        window = self._window
        page = AuditPage(
            window,
            window.theme,
            self._verifying,
            window.background,
            self.ask,
            self._settings.paper,
        )
        page.closed.connect(page.deleteLater)
        try:
            page.show_page()
        except BodymapError as problem:
            window.banner.show_problem(str(problem))
            page.deleteLater()
            return
        self.page = page

    def _warn(self, found: tuple[Finding, ...]) -> None:
        """Say at the start that something else than bodymap was at the data."""
        if found:
            self._window.banner.show_problem(
                f"The data is not as bodymap left it. {found[0].what} "
                "Verify everything in the audit trail (Ctrl+Shift+A), and keep this file."
            )

    def _ask_person(self, kind: str, name: str, then: Callable[[Path], None]) -> None:
        dialog = QFileDialog(self._window, "Save the audit trail", "", kind)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setDefaultSuffix(Path(name).suffix[1:])
        dialog.selectFile(name)
        dialog.fileSelected.connect(lambda chosen: then(Path(chosen)))
        dialog.open()
