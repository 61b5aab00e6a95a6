"""What more than one table needs."""

from enum import StrEnum

from sqlalchemy import Enum

NO_ROWID = {"sqlite_with_rowid": False}
"""For a table whose rows are found by their key alone."""


def choice(choices: type[StrEnum], name: str) -> Enum:
    """One of a few words, and nothing else; `name` is that of the rule the file keeps."""
    return Enum(
        choices,
        name=name,
        native_enum=False,
        create_constraint=True,
        values_callable=lambda members: [member.value for member in members],
        length=16,
    )
