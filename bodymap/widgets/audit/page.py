"""The audit trail over the window: narrowed, read, proved, exported, printed."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget

from bodymap.chart.audit import AuditAction, AuditLine, AuditQuestion
from bodymap.chart.people import PatientId, UserId
from bodymap.desk import finding_words
from bodymap.desk.audit_words import ACTIONS
from bodymap.desk.verifying import Told, Verifying
from bodymap.widgets.audit.table import AuditModel, audit_table
from bodymap.widgets.audit.verdict import Verdict
from bodymap.widgets.background import Background
from bodymap.widgets.backups.progress_line import ProgressLine
from bodymap.widgets.controls.choice import DropDown
from bodymap.widgets.controls.field import Field, label, nested, wrapping
from bodymap.widgets.controls.veil import Veiled
from bodymap.widgets.errand import Errand
from bodymap.widgets.theme import Theme

MOST = 2000
"""Entries that are shown at once; a narrower question finds the others."""

_WIDTH, _HEIGHT = 1240, 800
Ask = Callable[[str, str, Callable[[Path], None]], None]
"""Asks where a file is to go: the words for its kind, its name, what follows."""


class AuditPage(Veiled):
    """Shows entries and what verifying found.

    Args:
        window: What it lies over.
        theme: The colours and sizes.
        verifying: The trail and the proof.
        background: What takes long is done there.
        ask: Asks for a file to write.
        paper: What the trail is printed on.
    """

    def __init__(
        self,
        window: QWidget,
        theme: Theme,
        verifying: Verifying,
        background: Background,
        ask: Ask,
        paper: str,
    ) -> None:
        super().__init__(window, theme, "audit-page", "Audit trail")
        self._verifying, self._background = verifying, background
        self._ask, self._paper = ask, paper
        self.who = DropDown("audit-who", theme)
        self.whose = DropDown("audit-patient", theme)
        self.action = DropDown("audit-action", theme)
        self.since, self.until = _day("audit-since"), _day("audit-until")
        self.model = AuditModel()
        self.table = audit_table(self.model)
        self.count = label("", "muted", "audit-count")
        self.detail = wrapping(label("", "body", "audit-detail"))
        self.detail.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.verdict = Verdict()
        self.progress = ProgressLine("verify")
        self._errand = Errand(self, background)
        self._asked = 0
        self.verify = _button("Verify everything", "audit-verify", "primary")
        self.export = _button("Export CSV", "audit-export")
        self.print = _button("Print", "audit-print")
        self._lay_out()
        self._connect()

    def show_page(self) -> None:
        """Open it with the newest entries."""
        users, patients = self._verifying.names()
        by_name = sorted(users.items(), key=lambda one: one[1].casefold())
        self.who.fill([(None, "Anybody"), *by_name], None)
        named = sorted(patients.items(), key=lambda one: one[1].casefold())
        self.whose.fill([(None, "Any patient"), *named], None)
        self.action.fill(
            [(None, "Anything"), *((a, w.capitalize()) for a, w in ACTIONS.items())], None
        )
        self.open(_WIDTH, _HEIGHT)
        self.refresh()
        self.table.setFocus()

    @property
    def question(self) -> AuditQuestion:
        """What is asked for.

        Raises:
            ValueError: A day can't be read, or lies beyond all calendars.
        """
        who, whose, action = self.who.value, self.whose.value, self.action.value
        return AuditQuestion(
            patient=PatientId(str(whose)) if whose else None,
            actor=UserId(str(who)) if who else None,
            action=AuditAction(str(action)) if action else None,
            since=_midnight(self.since),
            until=_midnight(self.until, days_later=1),
            most=MOST,
        )

    @property
    def asked(self) -> str:
        """What is asked for, in words."""
        named = [box.currentText() for box in (self.who, self.whose, self.action) if box.value]
        days = [f"from {self.since.text()}"] if self.since.text() else []
        days += [f"to {self.until.text()}"] if self.until.text() else []
        parts = [*named, *days]
        return f"Narrowed to: {', '.join(parts)}." if parts else "All entries."

    def refresh(self) -> None:
        """Show what answers the question now."""
        question = self._asked_for()
        if question is None:
            return
        self._asked += 1
        asked = self._asked
        self._background.query(
            self,
            lambda: self._verifying.lines(question),
            lambda lines: self._show(asked, lines),
            self.count.setText,
        )

    def _asked_for(self) -> AuditQuestion | None:
        """The question; None, and words for the person, where a day can't be read."""
        try:
            return self.question
        except ValueError:
            self.count.setText("A day is written as 2026-03-02.")
            return None

    def _show(self, asked: int, lines: Sequence[AuditLine]) -> None:
        if asked != self._asked:
            return  # something else was asked for meanwhile
        self.model.show_lines(lines)
        more = "; narrow the question to see older ones" if len(lines) == MOST else ""
        entries = "1 entry" if len(lines) == 1 else f"{len(lines):,} entries"
        self.count.setText(f"{entries}, the newest first{more}")
        self.detail.setText("")

    def _choose(self) -> None:
        row = self.table.currentIndex().row()
        if 0 <= row < len(self.model.lines):
            self.detail.setText(self.model.lines[row].change or "Nothing else was noted.")

    def _verify(self) -> None:
        self.verify.setEnabled(False)
        self.verdict.hide()
        self.progress.begin("Verifying")
        self._errand.start(self._verified, self._show_found, self._tell)

    def _verified(self, told: Told) -> tuple[bool, Sequence[finding_words.Told]]:
        """Beside the window: whether all is well, and what was found in words."""
        found = self._verifying.verify(told)
        return all(one.is_remark for one in found), self._verifying.in_words(found)

    def _show_found(self, found: tuple[bool, Sequence[finding_words.Told]]) -> None:
        is_well, told = found
        self.verdict.show_found(told, is_well=is_well)
        self.refresh()

    def _show_ended(self) -> None:
        self.progress.hide()
        self.verify.setEnabled(True)

    def _tell(self, text: str) -> None:
        self.verdict.say(text)

    def _save(self, kind: str, name: str, act: Callable[[AuditQuestion, Path], Path]) -> None:
        question = self._asked_for()
        if question is None:
            return

        def chosen(target: Path) -> None:
            self._background.query(
                self,
                lambda: act(question, target),
                lambda path: self._tell(f"Saved as {path}."),
                self._tell,
            )

        self._ask(kind, name, chosen)

    def _export(self) -> None:
        self._save("CSV (*.csv)", "audit-trail.csv", self._verifying.export)

    def _print(self) -> None:
        asked, paper = self.asked, self._paper
        self._save(
            "PDF (*.pdf)",
            "audit-trail.pdf",
            lambda question, path: self._verifying.print_out(question, asked, path, paper),
        )

    def _lay_out(self) -> None:
        filters = nested(self.column, QHBoxLayout())
        filters.setSpacing(12)
        for caption, control, share in (
            ("Who", self.who, 3),
            ("Patient", self.whose, 3),
            ("What", self.action, 3),
            ("From", self.since, 2),
            ("To", self.until, 2),
        ):
            filters.addWidget(Field(caption, control), share)
        self.detail.setMinimumHeight(40)
        self.column.addWidget(self.progress)
        self.column.addWidget(self.verdict)
        self.column.addWidget(self.table, 1)
        self.column.addWidget(self.detail)
        buttons = nested(self.column, QHBoxLayout())
        buttons.setSpacing(8)
        buttons.addWidget(self.count, 1)
        for button in (self.export, self.print, self.verify):
            buttons.addWidget(button)

    def _connect(self) -> None:
        for box in (self.who, self.whose, self.action):
            box.chosen.connect(self.refresh)
        for line in (self.since, self.until):
            line.editingFinished.connect(self.refresh)
        self.table.selectionModel().selectionChanged.connect(self._choose)
        self.verify.clicked.connect(self._verify)
        self._errand.progressed.connect(self.progress.tell)
        self._errand.ended.connect(self._show_ended)
        self.progress.stop_requested.connect(self._errand.stop)
        self.closed.connect(self._errand.stop)
        self.export.clicked.connect(self._export)
        self.print.clicked.connect(self._print)


def _day(name: str) -> QLineEdit:
    made = QLineEdit()
    made.setObjectName(name)
    made.setPlaceholderText("yyyy-mm-dd")
    return made


def _button(text: str, name: str, look: str = "") -> QPushButton:
    made = QPushButton(text)
    made.setObjectName(name)
    made.setProperty("look", look)
    made.setMinimumWidth(112)
    return made


def _midnight(line: QLineEdit, days_later: int = 0) -> datetime | None:
    """When the day in a line begins, here, or a day after it; None for an empty line.

    Raises:
        ValueError: It is no day, or one that no calendar has.
    """
    text = line.text().strip()
    if not text:
        return None
    try:
        day = date.fromisoformat(text) + timedelta(days=days_later)
        return datetime.combine(day, time()).astimezone()
    except OverflowError as problem:
        raise ValueError(str(problem)) from problem
