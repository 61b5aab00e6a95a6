"""Signatures, and the keys they are made with, in the data file."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from bodymap.chart.audit import AuditAction, Entity, Subject
from bodymap.chart.people import PatientId, UserId
from bodymap.chart.signing import Signature, SignatureId, Statement
from bodymap.chart.visit import VisitId
from bodymap.storage.audit import Fields, SqlAudit
from bodymap.storage.audit_tables import SigningKeyRow, VisitSignatureRow
from bodymap.storage.audited import fields_of
from bodymap.storage.engine import start_writing
from bodymap.storage.records import Values, local_time, utc_values
from bodymap.storage.statements import table_of

_SIGNATURE = table_of(VisitSignatureRow)
_KEY = table_of(SigningKeyRow)


class SqlSignatures:
    """The desk's `Signatures` on SQLAlchemy; nothing in it is ever changed or removed."""

    def __init__(self, session: Session, audit: SqlAudit) -> None:
        self._session = session
        self._audit = audit

    def of(self, visit: VisitId) -> Sequence[Signature]:
        """Every signature under a visit, in the order they were made."""
        query = select(VisitSignatureRow).where(VisitSignatureRow.visit_id == visit)
        rows = self._session.scalars(query.order_by(VisitSignatureRow.sequence))
        return [to_signature(row) for row in rows]

    def add(self, signature: Signature) -> None:
        """Put a signature under its visit.

        Raises:
            StorageError: The visit's state allows no such signature.
        """
        start_writing(self._session)
        self._session.connection().execute(insert(_SIGNATURE), _values(signature))
        statement = signature.statement
        subject = Subject(Entity.SIGNATURE, signature.id, statement.patient, statement.visit)
        self._audit.note(AuditAction.ADDED, subject, new=fields_of(statement))

    def keys_of(self, user: UserId) -> Sequence[bytes]:
        """The public keys a user has had, the newest last."""
        query = select(SigningKeyRow.public_key).where(SigningKeyRow.user_id == user)
        return self._session.scalars(query.order_by(SigningKeyRow.made_utc)).all()

    def add_key(self, user: UserId, public_key: bytes, made: datetime) -> None:
        """Put down that a key is a user's."""
        start_writing(self._session)
        values = {"public_key": public_key, "user_id": user, **utc_values("made", made)}
        self._session.connection().execute(insert(_KEY), values)
        new = key_told(public_key, made)
        self._audit.note(AuditAction.CHANGED, Subject(Entity.USER, user), new=new)


def key_told(public_key: bytes, made: datetime) -> Fields:
    """What the audit trail tells of a key."""
    return fields_of({"signing_key": public_key.hex(), "made": made})


def to_signature(row: VisitSignatureRow) -> Signature:
    """The signature of a row."""
    statement = Statement(
        visit=VisitId(row.visit_id),
        patient=PatientId(row.patient_id),
        user=UserId(row.user_id),
        name=row.name,
        meaning=row.meaning,
        signed_at=local_time(row.signed_utc, row.signed_offset_min),
        digest=row.digest,
        text=row.text,
        audit_count=row.audit_count,
        audit_head=row.audit_head,
    )
    return Signature(SignatureId(row.id), statement, row.public_key, row.value)


def _values(signature: Signature) -> Values:
    statement = signature.statement
    return {
        "id": signature.id,
        "visit_id": statement.visit,
        "patient_id": statement.patient,
        "user_id": statement.user,
        "name": statement.name,
        "meaning": statement.meaning,
        **utc_values("signed", statement.signed_at),
        "digest": statement.digest,
        "text": statement.text,
        "audit_count": statement.audit_count,
        "audit_head": statement.audit_head,
        "public_key": signature.public_key,
        "value": signature.value,
    }
