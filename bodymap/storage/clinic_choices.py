"""The clinic's choices in the data file: a row of JSON for each; a missing one is the usual."""

import json
from dataclasses import asdict, fields
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from bodymap.chart.audit import AuditAction, Entity, Subject
from bodymap.chart.clinic_choices import BillingCode, ClinicChoices
from bodymap.errors import StorageError
from bodymap.storage.audit import SqlAudit
from bodymap.storage.audited import fields_of
from bodymap.storage.engine import start_writing
from bodymap.storage.problems import DAMAGED
from bodymap.storage.statements import table_of
from bodymap.storage.template_records import to_template
from bodymap.storage.visit_record_tables import ClinicChoiceRow

_TABLE = table_of(ClinicChoiceRow)


class SqlClinicChoices:
    """The desk's `Choices` on SQLAlchemy."""

    def __init__(self, session: Session, audit: SqlAudit) -> None:
        self._session = session
        self._audit = audit

    def get(self) -> ClinicChoices:
        """What the clinic has chosen.

        Raises:
            StorageError: A row holds what cannot be chosen.
        """
        try:
            rows = self._session.execute(select(_TABLE.c.name, _TABLE.c.value))
            stored = {name: json.loads(value) for name, value in rows}
            return _choices(stored)
        except (KeyError, TypeError, ValueError) as problem:
            raise StorageError(DAMAGED) from problem

    def put(self, choices: ClinicChoices) -> None:
        """Keep the choices in place of those before; the usual ones need no row."""
        start_writing(self._session)
        before = self.get()
        writer = self._session.connection()
        usual, chosen = asdict(ClinicChoices()), asdict(choices)
        rows = [
            {"name": name, "value": json.dumps(value, ensure_ascii=False)}
            for name, value in chosen.items()
            if value != usual[name]
        ]
        writer.execute(delete(_TABLE))
        if rows:
            writer.execute(insert(_TABLE), rows)
        if choices != before:
            subject = Subject(Entity.CLINIC, "choices")
            old, new = fields_of(before), fields_of(choices)
            self._audit.note(AuditAction.CHANGED, subject, old=old, new=new)


def _choices(stored: dict[str, object]) -> ClinicChoices:
    known = {field.name for field in fields(ClinicChoices)}
    values = {name: _tuples(value) for name, value in stored.items() if name in known}
    return ClinicChoices(**values)  # type: ignore[arg-type]  # checked by the class itself


def _tuples(value: Any) -> object:  # noqa: ANN401 - whatever JSON holds
    """Lists as tuples, what has a code as a billing code, and what has needles as a template."""
    match value:
        case list():
            return tuple(_tuples(part) for part in value)
        case {"needles": _}:
            return to_template(value)
        case dict():
            return BillingCode(**value)
        case _:
            return value
