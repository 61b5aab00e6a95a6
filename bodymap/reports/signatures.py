"""Who signed a visit and what was added: a line in the foot, tables at the end."""

from collections.abc import Iterator, Sequence

from bodymap.chart.session import SessionRecord
from bodymap.chart.signing import SHORT_DIGEST, Meaning, Signature, is_before_visit
from bodymap.chart.visit import VisitState
from bodymap.reports.flow import Column, Row
from bodymap.reports.mark_tables import MarkTable
from bodymap.reports.wording import moment

_MEANINGS = {
    Meaning.AUTHOR: "author",
    Meaning.CO_SIGNER: "co-signer",
    Meaning.ADDENDUM: "addendum",
    Meaning.VOID: "declared void",
}
_UNSIGNED = {
    VisitState.DRAFT: "Draft – not signed",
    VisitState.SUBMITTED: "Submitted – not yet co-signed",
    VisitState.RETURNED: "Returned – not signed",
    VisitState.SIGNED: "Signed, but no signature is stored",
    VisitState.VOID: "Void",
}
_EARLY = ". By the clock this was signed before the visit began: the clock was set back."
_OF_CONTENT = frozenset({Meaning.AUTHOR, Meaning.CO_SIGNER})
_SIGNATURES = (
    Column("Signed by", 36, is_strong=True),
    Column("As", 18),
    Column("When", 54),
    Column("Audit trail before it", 42),
    Column("Key", 24),
)
_ADDENDA = (
    Column("Added by", 36, is_strong=True),
    Column("When", 54),
    Column("Addendum", 84),
)


def standing_line(record: SessionRecord) -> str:
    """Who signed what is printed here, in one line; or that nobody has."""
    names = _current(record)
    if record.visit.state is VisitState.VOID:
        return "; ".join(("Void", *map(_voided, record.signatures)))
    if record.visit.state is not VisitState.SIGNED or not names:
        return _UNSIGNED[record.visit.state]
    told = "; ".join(
        f"{one.statement.name} ({_MEANINGS[one.statement.meaning]}), "
        f"{moment(one.statement.signed_at)}"
        for one in names
    )
    return f"Signed by {told}"


def digest_line(record: SessionRecord) -> str:
    """The beginning of the digest of what is printed, by which two prints are told apart."""
    return f"Digest {grouped(record.digest[:SHORT_DIGEST])}"


def signature_tables(record: SessionRecord) -> list[MarkTable]:
    """The signatures with the whole digest, then every addendum in full."""
    signed = [one for one in record.signatures if one.statement.meaning in _OF_CONTENT]
    added = [one for one in record.signatures if one.statement.meaning not in _OF_CONTENT]
    after = tuple(_added_row(record, one) for one in added)
    tables = (
        MarkTable("Signatures", _SIGNATURES, tuple(_signed_rows(record, signed))),
        MarkTable("Added after signing", _ADDENDA, after),
    )
    return [table for table in tables if table.rows]


def grouped(digest: str) -> str:
    """A digest in groups of four characters, to be compared by eye."""
    return " ".join(digest[at : at + 4] for at in range(0, len(digest), 4))


def _signed_rows(record: SessionRecord, signed: Sequence[Signature]) -> Iterator[Row]:
    for one in signed:
        statement = one.statement
        is_current = statement.digest == record.digest
        ends = f"{statement.audit_count} entries, {statement.audit_head[:SHORT_DIGEST]}"
        yield Row(
            (
                statement.name,
                _MEANINGS[statement.meaning],
                moment(statement.signed_at),
                ends if statement.audit_count else "none",
                one.public_key.hex()[:SHORT_DIGEST],
            ),
            facts=f"SHA-256: {grouped(statement.digest)}"
            + ("" if is_current else " (an earlier version)")
            + _doubt(record, one),
        )


def _added_row(record: SessionRecord, one: Signature) -> Row:
    statement = one.statement
    is_void = statement.meaning is Meaning.VOID
    text = f"Declared void: {statement.text}" if is_void else statement.text
    text += _doubt(record, one)
    return Row((statement.name, moment(statement.signed_at), text))


def _doubt(record: SessionRecord, one: Signature) -> str:
    return _EARLY if is_before_visit(one.statement, record.visit.began) else ""


def _current(record: SessionRecord) -> list[Signature]:
    return [
        one
        for one in record.signatures
        if one.statement.meaning in _OF_CONTENT and one.statement.digest == record.digest
    ]


def _voided(one: Signature) -> str:
    statement = one.statement
    meaning = "declared so" if statement.meaning is Meaning.VOID else _MEANINGS[statement.meaning]
    return f"{meaning} by {statement.name}, {moment(statement.signed_at)}"
