"""The page of signatures: what is missing, who signed, and one form for what can be done now."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from bodymap.widgets.controls.field import Field, emptied, framed, label, stacked, wrapping
from bodymap.widgets.controls.segments import Option, Segments
from bodymap.widgets.record.sections import TITLES, SectionId
from bodymap.widgets.signing.model import Deed, Missing, Name, SigningShown, grouped
from bodymap.widgets.theme import Theme

TITLE = "Signatures"
_READY = "Nothing is missing. Sign with your password."
_NOT_YOURS = "You can read it; it is not for you to sign."


class SigningPage(QScrollArea):
    """Shows what it is told, and tells what is to be done.

    Signals:
        wanted: A `Move` is to be made, with these words and this password.
        section_wanted: The `SectionId` where something is missing.
    """

    wanted = Signal(object, str, str)
    section_wanted = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("signing")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._theme = theme
        self._deeds: tuple[Deed, ...] = ()
        self._missing: tuple[Missing, ...] = ()
        self.state = label("", "strong", "signing-state")
        self.ready = wrapping(label(_READY, "muted", "signing-ready"))
        self._obstacles, self._names = QWidget(), QWidget()
        self._obstacle_rows, self._name_rows = _rows(self._obstacles), _rows(self._names)
        self.digest = wrapping(label("", "muted", "signing-digest"))
        self.choice = Segments("signing-choice", (), columns=2)
        self.hint = wrapping(label("", "muted", "signing-hint"))
        self.text = QPlainTextEdit()
        self.password = QLineEdit()
        self.button = QPushButton()
        self.problem = wrapping(label("", "wrong", "signing-problem"))
        self._form = QWidget()
        self._lay_out()
        self._connect()

    @property
    def deed(self) -> Deed | None:
        """What would be done now."""
        chosen = self.choice.value
        return next((deed for deed in self._deeds if deed.move == chosen), None)

    def show_signing(self, shown: SigningShown) -> None:
        """Show where the visit stands; what was typed is forgotten."""
        self._deeds, self._missing = shown.deeds, shown.missing
        self.state.setText(shown.state)
        _fill(self._obstacle_rows, [self._obstacle(one) for one in shown.missing])
        _fill(self._name_rows, [_name_card(name) for name in shown.names])
        self._obstacles.setVisible(bool(shown.missing))
        self._names.setVisible(bool(shown.names))
        self.digest.setText(f"Digest {grouped(shown.digest)}")
        self.digest.setToolTip(shown.digest)
        self.digest.setVisible(bool(shown.digest))
        self.choice.set_options([Option(deed.move, deed.choice) for deed in shown.deeds])
        self.choice.set_value(shown.deeds[0].move if shown.deeds else None)
        self.choice.setVisible(len(shown.deeds) > 1)
        self._form.setVisible(bool(shown.deeds))
        self.ready.setText(_READY if shown.deeds else _NOT_YOURS)
        self.ready.setVisible(not shown.deeds and not shown.names)
        self.text.clear()
        self.show_busy(is_busy=False)
        self.show_problem("")

    def show_problem(self, text: str) -> None:
        """Say why it was not done; empty when nothing is wrong."""
        self.problem.setText(text)
        self.problem.setVisible(bool(text))

    def show_busy(self, *, is_busy: bool) -> None:
        """Let nothing be pressed while a password is tried, and forget it afterwards."""
        for part in (self.choice, self.text, self.password):
            part.setDisabled(is_busy)
        if not is_busy:
            self.password.clear()
        self._show_deed()
        if is_busy:
            self.button.setText("Signing…")
            self.button.setEnabled(False)

    def set_theme(self, theme: Theme) -> None:
        """Show it in another theme."""
        self._theme = theme

    def first_control(self) -> QWidget:
        """Where typing begins."""
        return self.text if self.text.isVisibleTo(self) else self.password

    def _show_deed(self) -> None:
        deed = self.deed
        if deed is None:
            return
        is_blocked = bool(self._missing) and not deed.asks
        self._words.setVisible(bool(deed.asks))
        self._words.caption.setText(deed.asks.upper())
        self.text.setAccessibleName(deed.asks or "Words")
        self.hint.setText(deed.hint)
        self.button.setText(deed.button)
        self._secret.setVisible(not is_blocked)
        self.button.setVisible(not is_blocked)
        self.hint.setVisible(not is_blocked)
        self.ready.setVisible(not self._missing and not deed.asks)
        self._enable()

    def _enable(self) -> None:
        deed = self.deed
        has_words = deed is None or not deed.asks or bool(self.text.toPlainText().strip())
        self.button.setEnabled(bool(self.password.text()) and has_words)

    def _do(self) -> None:
        deed = self.deed
        if deed is not None and self.button.isEnabled():
            words = self.text.toPlainText().strip() if deed.asks else ""
            self.wanted.emit(deed.move, words, self.password.text())

    def _obstacle(self, missing: Missing) -> QWidget:
        card = framed("caution", "signing-missing")
        go = QPushButton(f"Go to {TITLES[missing.section].lower()}")
        go.setObjectName(f"signing-go-{missing.section}")
        go.setProperty("look", "link")
        go.setProperty("section", str(missing.section))
        go.clicked.connect(self._go)
        words = wrapping(label(missing.words, "caution-text"))
        column = stacked(card, words, spacing=4, margins=10)
        column.addWidget(go, 0, Qt.AlignmentFlag.AlignLeft)
        return card

    def _go(self) -> None:
        self.section_wanted.emit(SectionId(self.sender().property("section")))

    def _lay_out(self) -> None:
        self.text.setObjectName("signing-text")
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(96)
        self.password.setObjectName("signing-password")
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setMaxLength(256)
        self.button.setObjectName("signing-button")
        self.button.setProperty("look", "primary")
        self.problem.hide()
        self._words = Field("Words", self.text)
        self._secret = Field("Your password", self.password)
        stacked(
            self._form,
            self.choice,
            self._words,
            self.hint,
            self._secret,
            self.problem,
            self.button,
            spacing=12,
        )
        whole = QWidget()
        column = stacked(
            whole,
            self.state,
            self._obstacles,
            self.ready,
            self._names,
            self.digest,
            self._form,
            spacing=14,
        )
        column.setContentsMargins(24, 4, 24, 16)
        column.addStretch(1)
        self.setWidget(whole)

    def _connect(self) -> None:
        self.choice.chosen.connect(self._show_deed)
        self.text.textChanged.connect(self._enable)
        self.password.textChanged.connect(self._enable)
        self.password.returnPressed.connect(self._do)
        self.button.clicked.connect(self._do)


def _name_card(name: Name) -> QWidget:
    card = framed("card", "signature")
    parts = [label(name.name, "strong", "signature-name"), label(name.line, "muted")]
    column = stacked(card, *map(wrapping, parts), spacing=2, margins=12)
    if name.text:
        column.addWidget(wrapping(label(name.text, "body", "signature-text")))
    if name.problem:
        column.addWidget(wrapping(label(name.problem, "wrong", "signature-problem")))
    return card


def _rows(parent: QWidget) -> QVBoxLayout:
    return stacked(parent, spacing=8)


def _fill(rows: QVBoxLayout, cards: list[QWidget]) -> None:
    emptied(rows)
    for card in cards:
        rows.addWidget(card)
