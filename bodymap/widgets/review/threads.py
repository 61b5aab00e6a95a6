"""Comments as threads: what was remarked, what was replied, what is settled."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QPushButton, QScrollArea, QWidget
from typing_extensions import override

from bodymap.chart.review import Answer, CommentId
from bodymap.desk.reviewing import Sheet
from bodymap.widgets.controls.field import beside, framed, label, stacked, wrapping
from bodymap.widgets.guarded import guarded
from bodymap.widgets.review.words import SEVERITY_WORDS, moment, where_words

TITLE = "Comments"
_NONE = "There are no comments."


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer as it is shown."""

    head: str
    text: str


@dataclass(frozen=True, slots=True)
class Thread:
    """One comment as it is shown."""

    id: CommentId
    number: int
    head: str
    where: str
    text: str
    replies: tuple[Reply, ...]
    is_settled: bool
    is_grave: bool


def threads_of(sheet: Sheet) -> tuple[Thread, ...]:
    """All comments of a visit, numbered as on the body."""
    made = []
    for number, comment in enumerate(sheet.review.comments, 1):
        replies = tuple(
            Reply(_reply_head(answer, sheet), answer.text) for answer in comment.answers
        )
        name = sheet.names.get(comment.by, "")
        made.append(
            Thread(
                id=comment.id,
                number=number,
                head=f"{SEVERITY_WORDS[comment.severity]} · {name}, round {comment.round}",
                where=where_words(comment, sheet),
                text=comment.text,
                replies=replies,
                is_settled=comment.is_settled,
                is_grave=comment in sheet.review.must_change,
            )
        )
    return tuple(made)


def verdicts_of(sheet: Sheet) -> tuple[Reply, ...]:
    """What was decided about each round, the newest first."""
    return tuple(
        Reply(
            f"Round {one.round} · {one.verdict.value} by {sheet.names.get(one.by, '')},"
            f" {moment(one.at)}",
            one.reasons,
        )
        for one in reversed(sheet.review.decisions)
    )


def _reply_head(answer: Answer, sheet: Sheet) -> str:
    settled = {None: "", True: " · settled", False: " · opened again"}[answer.settles]
    return f"{sheet.names.get(answer.by, '')} · {moment(answer.at)}{settled}"


class ThreadsPage(QScrollArea):
    """Shows what it is told and tells what is replied.

    Signals:
        chosen: The id of a comment that was pressed.
        answered: The id of a comment, the words, and whether they settle it (or None).
    """

    chosen = Signal(object)
    answered = Signal(object, str, object)

    def __init__(self, name: str, *, margin: int = 0) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget()
        self._none = wrapping(label(_NONE, "muted", f"{name}-none"))
        self._cards: dict[CommentId, ThreadCard] = {}
        self._parts: list[QFrame] = []
        self._column = stacked(inside, self._none, spacing=10)
        self._column.setContentsMargins(margin, 0, max(margin, 8), 12)
        self._column.addStretch(1)
        self.setWidget(inside)

    def show_sheet(self, sheet: Sheet | None) -> None:
        """Show all that was said of a visit; what was typed is forgotten."""
        self._clear()
        verdicts = verdicts_of(sheet) if sheet else ()
        threads = threads_of(sheet) if sheet else ()
        self._none.setVisible(not threads)
        for verdict in verdicts:
            self._put(_reply(verdict, "review-verdict"))
        for thread in threads:
            assert sheet is not None  # noqa: S101 - threads are of a sheet
            card = ThreadCard(thread, sheet)
            card.pressed.connect(self.chosen)
            card.answered.connect(self.answered)
            self._cards[thread.id] = card
            self._put(card)

    def _clear(self) -> None:
        for part in self._parts:
            self._column.removeWidget(part)
            part.hide()
            part.deleteLater()
        self._parts, self._cards = [], {}

    def _put(self, part: QFrame) -> None:
        self._parts.append(part)
        self._column.insertWidget(len(self._parts), part)

    def card(self, comment: CommentId) -> "ThreadCard":
        """The card of a comment."""
        return self._cards[comment]

    def let_answer(self) -> None:
        """Take replies again: the last one was not kept."""
        for card in self._cards.values():
            card.let_answer()

    def point_at(self, comment: CommentId | None) -> None:
        """Bring a comment into sight."""
        for known, card in self._cards.items():
            card.show_chosen(chosen=known == comment)
            if known == comment:
                self.ensureWidgetVisible(card)


class ThreadCard(QFrame):
    """One thread."""

    pressed = Signal(object)
    answered = Signal(object, str, object)

    def __init__(self, thread: Thread, sheet: Sheet) -> None:
        super().__init__()
        self.setObjectName("thread")
        self.setProperty("look", "caution" if thread.is_grave else "card")
        self.setAccessibleName(f"Comment {thread.number}: {thread.text}")
        self._id = thread.id
        self.head = label(f"{thread.number}  {thread.head}", "strong-small", "thread-head")
        parts = [self.head, label(thread.where, "muted"), label(thread.text, "body", "thread-text")]
        column = stacked(self, *map(wrapping, parts), spacing=3, margins=12)
        for reply in thread.replies:
            column.addWidget(_reply(reply, "thread-reply"))
        if thread.is_settled:
            column.addWidget(label("Settled", "muted", "thread-settled"))
        self.text = QLineEdit()
        self.text.setObjectName("thread-answer")
        self.text.setAccessibleName(f"Answer comment {thread.number}")
        self.text.setPlaceholderText("Answer")
        self.text.setMaxLength(4000)
        self.text.returnPressed.connect(self._send)
        self.send = _button("Send", "thread-send", self._send)
        words = "Open again" if thread.is_settled else "Settle"
        self._settles = not thread.is_settled
        self.settle = _button(words, "thread-settle", self._settle)
        self._row = beside(self.text, self.send, self.settle, spacing=6, stretch=0)
        self._row.setContentsMargins(0, 6, 0, 0)
        column.addWidget(self._row)
        self.settle.setVisible(sheet.may_comment)  # once it has a parent: else it would be a window
        self._row.setVisible(sheet.may_answer)

    def show_chosen(self, *, chosen: bool) -> None:
        """Let it stand out from the others."""
        self.setProperty("chosen", chosen)
        self.style().polish(self)

    @override
    @guarded
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.pressed.emit(self._id)

    def let_answer(self) -> None:
        """Take a reply again."""
        self._row.setEnabled(True)

    def _send(self) -> None:
        if self.text.text().strip():
            self._answer(None)

    def _settle(self) -> None:
        self._answer(self._settles)

    def _answer(self, settles: bool | None) -> None:
        """Tell it once: the card is made anew when it is kept."""
        self._row.setEnabled(False)
        self.answered.emit(self._id, self.text.text().strip(), settles)


def _reply(reply: Reply, name: str) -> QFrame:
    made = framed("sunken", name)
    parts = [label(reply.head, "muted")]
    if reply.text:
        parts.append(label(reply.text, "body"))
    stacked(made, *map(wrapping, parts), spacing=1, margins=8)
    return made


def _button(text: str, name: str, slot: object) -> QPushButton:
    made = QPushButton(text)
    made.setObjectName(name)
    made.setProperty("look", "quiet")
    made.clicked.connect(slot)
    return made
