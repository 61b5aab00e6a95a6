"""Makes the tables of a clinic's database and says what the everyday role may do to them."""

from collections.abc import Iterator
from threading import Lock

from sqlalchemy import Connection, Engine, inspect

from bodymap.errors import StorageError

HEAD = 8
"""The newest revision in `migrations/versions`."""

SCRIPTS = "bodymap.storage.postgres:migrations"
"""Where the revisions lie, as Alembic names places inside a package."""

ADDED_TO = frozenset(
    {
        "audit",
        "signing_key",
        "visit_signature",
        "visit_round",
        "review_comment",
        "review_answer",
        "review_decision",
        "visit_afterward",
    }
)
"""What the everyday role adds to and never changes."""

READ_ONLY = frozenset({"audit_head", "alembic_version"})
NOT_DELETED = frozenset({"visit"})

_ONE_AT_A_TIME = Lock()
"""Alembic keeps what it is working on in module globals."""


def upgrade(owner: Engine, revision: int = HEAD) -> None:
    """Run the migrations as the role that owns the database."""
    from alembic import command  # noqa: PLC0415 - most starts need no migration
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", SCRIPTS)
    with _ONE_AT_A_TIME, owner.connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, f"{revision:04d}")
        connection.commit()


def revision_of(connection: Connection) -> int:
    """The revision of a database; 0 of one that is empty."""
    if not inspect(connection).has_table("alembic_version"):
        return 0
    found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    return int(found or 0)


def check_revision(connection: Connection) -> None:
    """See that the tables are those this program knows.

    Raises:
        StorageError: They are of another version, or there are none.
    """
    revision = revision_of(connection)
    if not revision:
        raise StorageError("The database holds no clinic. Move one there with: bodymap connect")
    if revision > HEAD:
        raise StorageError(
            "The clinic’s database was made by a newer bodymap. Install the newest one here."
        )
    if revision < HEAD:
        raise StorageError(
            "The clinic’s database was made by an older bodymap. "
            "Bring it up to date with: bodymap connect --upgrade --owner …"
        )


def allow(owner: Connection, role: str) -> None:
    """Give the everyday role what it needs and nothing else.

    Raises:
        StorageError: The role owns the tables, or can do everything anyway.
    """
    _check_is_least(owner, role)
    for statement in _grants(owner, owner.dialect.identifier_preparer.quote(role)):
        owner.exec_driver_sql(statement)


def forbid(owner: Connection, role: str) -> None:
    """Take every right on the clinic's tables from the everyday role."""
    name = owner.dialect.identifier_preparer.quote(role)
    owner.exec_driver_sql(f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {name}")
    owner.exec_driver_sql(f"REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM {name}")


def _check_is_least(owner: Connection, role: str) -> None:
    row = owner.exec_driver_sql(
        "SELECT rolsuper OR rolcreaterole OR rolcreatedb OR rolbypassrls"
        " OR pg_has_role(rolname, current_user, 'MEMBER')"
        " FROM pg_roles WHERE rolname = %(role)s",
        {"role": role},
    ).one_or_none()
    if row is None:
        raise StorageError(f"The server has no role “{role}”. Make it first: CREATE ROLE … LOGIN")
    if row[0]:
        raise StorageError(
            f"The role “{role}” may do too much: with it the audit trail could be changed. "
            "Take one that owns nothing, and name the owner of the database with --owner."
        )


def _grants(owner: Connection, role: str) -> Iterator[str]:
    yield f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC, {role}"
    yield "REVOKE CREATE ON SCHEMA public FROM PUBLIC"
    yield f"GRANT USAGE ON SCHEMA public TO {role}"
    yield f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}"
    quote = owner.dialect.identifier_preparer.quote
    for table in sorted(inspect(owner).get_table_names()):
        rights = ", ".join(rights_of(table))
        yield f"GRANT {rights} ON {quote(table)} TO {role}"


def rights_of(table: str) -> tuple[str, ...]:
    """What the everyday role may do with a table, and nothing else."""
    if table in READ_ONLY:
        return ("SELECT",)
    if table in ADDED_TO:
        return ("SELECT", "INSERT")
    if table in NOT_DELETED:
        return ("SELECT", "INSERT", "UPDATE")
    return ("SELECT", "INSERT", "UPDATE", "DELETE")
