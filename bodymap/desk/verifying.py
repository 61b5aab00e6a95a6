"""Proving the record, and reading the audit trail: what was done, by whom, to whose chart."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Protocol

from bodymap.chart.audit import (
    AuditAction,
    AuditEntry,
    AuditLine,
    AuditQuestion,
    Entity,
    Finding,
    Subject,
)
from bodymap.chart.people import PatientId, UserId
from bodymap.chart.permissions import Action
from bodymap.chart.visit import VisitId, VisitSummary
from bodymap.desk import finding_words
from bodymap.desk.access import Access
from bodymap.desk.audit_words import line_of
from bodymap.desk.auditing import keep_end, taken_back
from bodymap.desk.csv_file import save_csv
from bodymap.desk.ports import Clock, OpenWork, Signer
from bodymap.errors import BodymapError

Told = Callable[[str, int, int], None]
"""Hears what is being looked at, how much of it is done and how much there is."""


class Proof(Protocol):
    """Compares what the store holds with what bodymap wrote; see `storage.verify`."""

    def check(self, told: Told) -> tuple[Finding, ...]:
        """Look at everything."""
        ...

    def look(self) -> tuple[Finding, ...]:
        """Look at what shows at once: tables, triggers, and the trail's end."""
        ...


TrailPrinter = Callable[[Sequence[AuditLine], str, datetime, Path, str], None]
"""Writes lines, what they were narrowed to, the time, to a file, on a paper."""

COLUMNS = ("entry", "time", "who", "action", "what", "id", "patient", "visit", "old", "new")
"""The columns of an exported trail."""


class Verifying:
    """Looks whether all is as bodymap wrote it, and answers for who did what.

    Args:
        open_work: The store, unguarded: an auditor may read whose chart it was, not the chart.
        access: Who is at the desk.
        proof: Looks at what the store holds.
        signer: Keeps the trail's end apart from the data.
        printer: Puts the trail on paper.
        clock: The time.
    """

    def __init__(
        self,
        open_work: OpenWork,
        access: Access,
        proof: Proof,
        signer: Signer,
        printer: TrailPrinter,
        clock: Clock,
    ) -> None:
        self._printer = printer
        self._clock = clock
        self._open_work = open_work
        self._access = access
        self._proof = proof
        self._signer = signer

    def verify(self, told: Told = lambda *_: None) -> tuple[Finding, ...]:
        """Look at everything; an empty answer means that all is well.

        Raises:
            DeniedError: The one who is signed in may not.
        """
        self._access.require(Action.VERIFY)
        found = self._proof.check(told)
        with self._open_work() as work:
            result = {"findings": len(found)}
            work.audit.note(AuditAction.VERIFIED, Subject(Entity.CLINIC), new=dict(result))
            work.commit()
            if all(one.is_remark for one in found) and not self._access.only_reading:
                keep_end(work, self._signer)
        return found

    def in_words(self, found: Sequence[Finding]) -> Sequence[finding_words.Told]:
        """Findings as a person knows what they are about."""
        visits: dict[VisitId, VisitSummary] = {}
        if any(one.where.startswith("visit ") for one in found):
            with suppress(BodymapError), self._open_work() as work:  # a damaged file names nothing
                visits = {visit.id: visit for visit in work.visits.summaries()}
        return finding_words.in_words(found, visits)

    def look(self) -> tuple[Finding, ...]:
        """What is seen at once to be wrong, for whoever comes to the desk; it takes no time."""
        return self._proof.look()

    def entries(self, question: AuditQuestion) -> Sequence[AuditEntry]:
        """Entries that answer a question, the newest first.

        Reading the trail leaves no entry: it tells of changes, not of a chart as a whole, and is
        open to nobody but administrators and auditors. What is printed or exported of it does.

        Raises:
            DeniedError: The one who is signed in may not.
        """
        self._access.require(Action.READ_AUDIT)
        with self._open_work() as work:
            return work.audit.entries(question)

    def names(self) -> tuple[Mapping[UserId, str], Mapping[PatientId, str]]:
        """What users and patients are called, without patients merged into others.

        Raises:
            DeniedError: The one who is signed in may not.
        """
        self._access.require(Action.READ_AUDIT)
        with self._open_work() as work:
            users = {user.id: user.name for user in work.people.users()}
            patients = {one.id: one.full_name for one in work.people.patients()}
        return users, patients

    def _names_in(
        self, entries: Sequence[AuditEntry]
    ) -> tuple[Mapping[UserId, str], Mapping[PatientId, str]]:
        """The same, with those whom entries tell of and who are listed no more."""
        users, patients = self.names()
        told = {entry.event.subject.patient for entry in entries} - {None, *patients}
        with self._open_work() as work:
            merged = {one: work.people.patient(one).full_name for one in told if one is not None}
        return users, {**patients, **merged}

    def lines(self, question: AuditQuestion) -> Sequence[AuditLine]:
        """The same in words.

        Raises:
            DeniedError: The one who is signed in may not.
        """
        entries = self.entries(question)
        users, patients = self._names_in(entries)
        return [line_of(entry, users, patients) for entry in entries]

    def print_out(self, question: AuditQuestion, asked: str, target: Path, paper: str) -> Path:
        """Print the entries that answer a question and say where.

        Raises:
            DeniedError: The one who is signed in may not.
            BodymapError: The file cannot be written.
        """
        lines = self.lines(question)
        self._printer(lines, asked, self._clock.now(), target, paper)
        with taken_back(target), self._open_work() as work:
            new = {"entries": len(lines)}
            work.audit.note(AuditAction.PRINTED, Subject(Entity.AUDIT), new=dict(new))
            work.commit()
        return target

    def export(self, question: AuditQuestion, target: Path) -> Path:
        """Write the entries that answer a question as CSV and say where.

        Raises:
            DeniedError: The one who is signed in may not.
            BodymapError: The file cannot be written.
        """
        entries = self.entries(question)
        users, patients = self._names_in(entries)
        save_csv(table_of(entries, users, patients), target)
        with taken_back(target), self._open_work() as work:
            work.audit.note(
                AuditAction.EXPORTED, Subject(Entity.AUDIT), new={"entries": len(entries)}
            )
            work.commit()
        return target


def table_of(
    entries: Sequence[AuditEntry],
    users: Mapping[UserId, str],
    patients: Mapping[PatientId, str],
) -> Iterator[Sequence[object]]:
    """The trail as a table, its columns named first."""
    yield COLUMNS
    for entry in entries:
        event, subject = entry.event, entry.event.subject
        patient = subject.patient
        yield (
            entry.number,
            event.at.isoformat(timespec="seconds"),
            "" if event.actor is None else users.get(event.actor, event.actor),
            event.action.value,
            subject.entity.value,
            subject.id,
            "" if not patient else patients.get(patient, patient),
            subject.visit or "",
            event.old,
            event.new,
        )
