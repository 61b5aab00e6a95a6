"""The card on which the clinic is moved to a server for several seats, or brought back."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from bodymap.desk.relocating import Destination, Role
from bodymap.widgets.backups.progress_line import ProgressLine
from bodymap.widgets.controls.field import Field, beside, label, line, stacked, wrapping
from bodymap.widgets.controls.switch import Switch
from bodymap.widgets.controls.veil import Veiled
from bodymap.widgets.entrance.card import link, password_line, primary, words_of
from bodymap.widgets.theme import Theme

_WIDTH, _HEIGHT_THERE, _HEIGHT_BACK, _HEIGHT_DONE = 640, 640, 330, 260
_THERE = (
    "With a PostgreSQL server several computers work on one record at once. Whoever runs the "
    "server makes an empty database and two roles beforehand; docs/seats.md says how. The data "
    "file of this computer is kept aside."
)
_BACK = (
    "The clinic is on {server}. Brought back, its rows lie in the data file of this computer "
    "again, and no seat works on the server any more."
)


class SeatsPage(Veiled):
    """Shows what it is told, and tells what is wanted.

    Args:
        window: What it lies over.
        theme: The colours and sizes.
        server: The server's name; empty while the clinic is in the data file.

    Signals:
        there_requested: To this `Destination`.
        back_requested: Into the data file, by this owner's `Role`.
        certificate_requested: A file is to be chosen.
        stop_requested: What is being done is to stop.
    """

    there_requested = Signal(object)
    back_requested = Signal(object)
    certificate_requested = Signal()
    stop_requested = Signal()

    def __init__(self, window: QWidget, theme: Theme, server: str) -> None:
        super().__init__(window, theme, "seats-page", "Several seats")
        self._server = server
        self.host = Field("Server", line("seats-host", "server.example or server.example:5433"))
        self.database = Field("Database", line("seats-database", "clinic"))
        self.daily = RoleFields("seats-daily", "Role for every day", "bodymap")
        self.owner = RoleFields("seats-owner", "Role that owns the database", "bodymap_owner")
        self.certificate = Field(
            "Certificate of the server’s authority, if it is not a public one",
            line("seats-certificate", "A .pem or .crt file"),
        )
        self.choose = link("Choose", "seats-choose-certificate")
        self.here = Switch("seats-here", "The server runs on this computer, without TLS", theme)
        self.move_button = primary(
            "Bring the clinic back" if server else "Move the clinic", "seats-move"
        )
        self.progress = ProgressLine("seats")
        self.problem = wrapping(label("", "wrong", "seats-problem"))
        self.notice = wrapping(label("", "body", "seats-notice"))
        self._form = QWidget()
        self._lay_out()
        self._connect()

    def show_page(self) -> None:
        """Open it."""
        self.open(_WIDTH, _HEIGHT_BACK if self._server else _HEIGHT_THERE)
        (self.owner.name if self._server else self.host).control.setFocus()

    def take_certificate(self, path: Path) -> None:
        """Show the file that was chosen."""
        self.certificate.control.setProperty("text", str(path))

    def show_busy(self, *, is_busy: bool) -> None:
        """Let nothing be entered while the rows go over."""
        self._form.setDisabled(is_busy)
        self.move_button.setDisabled(is_busy)
        if is_busy:
            self.show_problem("")
            self.progress.begin("Moving")
        else:
            self.progress.hide()

    def show_problem(self, text: str) -> None:
        """Say why nothing was moved; empty when nothing is wrong."""
        self.problem.setText(text)
        self.problem.setVisible(bool(text))

    def show_done(self, words: str) -> None:
        """Say what went where; nothing more is to be entered."""
        self._form.hide()
        self.move_button.hide()
        self._lead.hide()
        self.notice.setText(words)
        self.notice.show()
        self.open(_WIDTH, _HEIGHT_DONE)

    def forget_passwords(self) -> None:
        """Empty the lines of passwords."""
        for role in (self.daily, self.owner):
            role.password.control.setProperty("text", "")

    def _lay_out(self) -> None:
        words = _BACK.format(server=self._server) if self._server else _THERE
        self._lead = wrapping(label(words, "muted", "seats-lead"))
        parts: list[QWidget] = [self.owner]
        if not self._server:
            parts = [
                beside(self.host, self.database, spacing=16, stretch=0),
                self.daily,
                self.owner,
                self._certificate_row(),
                self.here,
            ]
        stacked(self._form, *parts, spacing=14).setContentsMargins(0, 0, 10, 0)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        whole = QWidget()
        column = stacked(whole, self._lead, self._form, self.notice, spacing=16)
        column.addStretch(1)
        scroll.setWidget(whole)
        self.column.addWidget(scroll, 1)
        for widget in (self.progress, self.problem):
            self.column.addWidget(widget)
        self.column.addWidget(beside(self.move_button, QWidget(), stretch=1))
        self.problem.hide()
        self.notice.hide()

    def _certificate_row(self) -> QWidget:
        row = beside(self.certificate, self.choose, stretch=0)
        if (laid := row.layout()) is not None:
            laid.setAlignment(self.choose, Qt.AlignmentFlag.AlignBottom)
        return row

    def _connect(self) -> None:
        self.choose.clicked.connect(self.certificate_requested)
        self.progress.stop_requested.connect(self.stop_requested)
        self.move_button.clicked.connect(self._move)

    def _move(self) -> None:
        if self._server:
            self.back_requested.emit(self.owner.role)
            return
        certificate = words_of(self.certificate).strip()
        self.there_requested.emit(
            Destination(
                host=words_of(self.host).strip(),
                database=words_of(self.database).strip(),
                daily=self.daily.role,
                owner=self.owner.role,
                certificate=Path(certificate) if certificate else None,
                is_this_computer=self.here.isChecked(),
            )
        )


class RoleFields(QWidget):
    """The name of a role of the server, and its password beside it."""

    def __init__(self, name: str, caption: str, hint: str) -> None:
        super().__init__()
        self.name = Field(caption, line(name, hint))
        self.password = Field("Password", password_line(f"{name}-password"))
        stacked(self, beside(self.name, self.password, spacing=16))

    @property
    def role(self) -> Role:
        """What was entered."""
        return Role(words_of(self.name).strip(), words_of(self.password))
