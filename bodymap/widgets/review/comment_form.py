"""The form that adds a comment: what it is about, how grave it is, the words."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit, QPushButton, QSizePolicy, QWidget

from bodymap.chart.review import THE_VISIT, Pin, Severity
from bodymap.widgets.controls.field import beside, label, stacked, wrapping
from bodymap.widgets.controls.segments import Option, Segments
from bodymap.widgets.review.words import SEVERITY_WORDS

_VISIT = "About the whole visit"
_PRESS = "Press on the body, or draw a circle"


_PIN = "Pin to the body"


class CommentForm(QWidget):
    """Shows what it is told and tells what is remarked.

    Signals:
        entered: A `Severity`, the words and the `Pin`.
        pin_asked: The next press on the body says what it is about; False ends that.
    """

    entered = Signal(object, str, object)
    pin_asked = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("comment-form")
        self.pin: Pin = THE_VISIT
        self.about = wrapping(label(_VISIT, "muted", "comment-about"))
        self.place = _quiet(_PIN, "comment-pin")
        self.place.setCheckable(True)
        self.place.toggled.connect(self._ask)
        self.unpin = _quiet("Unpin", "comment-unpin")
        self.unpin.clicked.connect(lambda: self.show_pin(THE_VISIT, ""))
        self.unpin.hide()
        options = [Option(severity, words) for severity, words in SEVERITY_WORDS.items()]
        self.severity = Segments("comment-severity", options)
        self.severity.set_value(Severity.QUESTION)
        self.text = _words()
        self.text.textChanged.connect(self._enable)
        self.add = QPushButton("Add comment")
        self.add.setObjectName("comment-add")
        self.add.setEnabled(False)
        self.add.clicked.connect(self._enter)
        self.problem = wrapping(label("", "wrong", "comment-problem"))
        self.problem.hide()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.about.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        head = beside(self.about, self.unpin, self.place, stretch=0)
        stacked(self, head, self.severity, self.text, self.problem, self.add, spacing=8)

    def show_pin(self, pin: Pin, words: str) -> None:
        """Say what the comment is about."""
        self.pin = pin
        self.place.setChecked(False)
        self.about.setText(words or _VISIT)
        self.unpin.setVisible(pin != THE_VISIT)
        self.place.setText(_PIN if pin == THE_VISIT else "Pin elsewhere")

    def clear(self) -> None:
        """Begin another comment."""
        self.text.clear()
        self.show_problem("")
        self.show_pin(THE_VISIT, "")

    def show_problem(self, text: str) -> None:
        """Say why it was not kept; it may be tried again."""
        self.problem.setText(text)
        self.problem.setVisible(bool(text))
        self._enable()

    def _ask(self, is_asked: bool) -> None:
        if is_asked:
            self.about.setText(_PRESS)
        self.pin_asked.emit(is_asked)

    def _enable(self) -> None:
        self.add.setEnabled(bool(self.text.toPlainText().strip()))

    def _enter(self) -> None:
        severity = self.severity.value
        if isinstance(severity, str):
            self.add.setEnabled(False)  # what is pressed twice is said once
            self.entered.emit(Severity(severity), self.text.toPlainText().strip(), self.pin)


def _quiet(text: str, name: str) -> QPushButton:
    made = QPushButton(text)
    made.setObjectName(name)
    made.setProperty("look", "quiet")
    return made


def _words() -> QPlainTextEdit:
    made = QPlainTextEdit()
    made.setObjectName("comment-text")
    made.setAccessibleName("Comment")
    made.setPlaceholderText("What you want to say")
    made.setTabChangesFocus(True)
    made.setFixedHeight(64)
    return made
