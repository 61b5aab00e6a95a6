"""Approve with the password and go on to the next, or return with reasons."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QPlainTextEdit, QPushButton

from bodymap.widgets.controls.field import beside, label, stacked, wrapping

_BUSY = "Signing…"
_APPROVE = "Approve and next"


class DecisionBar(QFrame):
    """Shows what it is told and tells what is decided.

    Signals:
        approved: The password to co-sign with.
        returned: The reasons, which may be empty.
        skipped: The next one is wanted; this one goes on waiting.
    """

    approved = Signal(str)
    returned = Signal(str)
    skipped = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("decision")
        self.password = QLineEdit()
        self.password.setObjectName("review-password")
        self.password.setAccessibleName("Your password")
        self.password.setPlaceholderText("Your password, to co-sign")
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setMaxLength(256)
        self.password.textChanged.connect(self._enable)
        self.password.returnPressed.connect(self._approve)
        self.approve = _button(_APPROVE, "review-approve", "primary")
        self.approve.clicked.connect(self._approve)
        self.skip = _button("Skip", "review-skip", "quiet")
        self.skip.clicked.connect(self.skipped)
        self.give_back = _button("Return…", "review-return", "")
        self.give_back.clicked.connect(self._give_back)
        self.reasons = QPlainTextEdit()
        self.reasons.setObjectName("review-reasons")
        self.reasons.setAccessibleName("Why you return it")
        self.reasons.setPlaceholderText("Why you return it; open comments say it too")
        self.reasons.setTabChangesFocus(True)
        self.reasons.setFixedHeight(64)
        self.problem = wrapping(label("", "wrong", "review-problem"))
        row = beside(self.give_back, self.skip, self.approve, spacing=6, stretch=2)
        stacked(self, self.reasons, self.problem, self.password, row, spacing=8)
        self.clear()

    def clear(self) -> None:
        """Nothing is decided yet, and nothing typed is kept."""
        self.reasons.clear()
        self.reasons.hide()
        self.give_back.setText("Return…")
        self.show_problem("")
        self.show_busy(is_busy=False)

    def show_problem(self, text: str) -> None:
        """Say why it was not done."""
        self.problem.setText(text)
        self.problem.setVisible(bool(text))

    def show_busy(self, *, is_busy: bool) -> None:
        """Let nothing be pressed while it is being done, and forget the password afterwards."""
        if not is_busy:
            self.password.clear()
        for part in (self.password, self.reasons, self.give_back, self.skip):
            part.setDisabled(is_busy)
        self.approve.setText(_BUSY if is_busy else _APPROVE)
        self._enable()
        if is_busy:
            self.approve.setEnabled(False)

    def _enable(self) -> None:
        self.approve.setEnabled(bool(self.password.text()))

    def _approve(self) -> None:
        if self.approve.isEnabled():
            self.approved.emit(self.password.text())

    def _give_back(self) -> None:
        if self.reasons.isVisibleTo(self):
            self.returned.emit(self.reasons.toPlainText().strip())
            return
        self.reasons.show()
        self.reasons.setFocus()
        self.give_back.setText("Return it")


def _button(text: str, name: str, look: str) -> QPushButton:
    made = QPushButton(text)
    made.setObjectName(name)
    if look:
        made.setProperty("look", look)
    return made
