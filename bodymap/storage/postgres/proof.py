"""Whether the tables and triggers of a clinic's database are those that bodymap made."""

from collections.abc import Iterator
from hashlib import sha256

from sqlalchemy import Connection

from bodymap.chart.audit import Finding, FindingKind
from bodymap.storage.postgres.tables import revision_of, rights_of

EXPECTED = {
    8: "01f0c6684b749ac01b9cc04a614090c4ca389c2e7beffa64ada8adc74494e362",
}
"""The digest of a sound database by its revision; a test tells the one of a new revision."""

_DEFINITIONS = (
    """SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull
       FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
       WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
       AND a.attnum > 0 AND NOT a.attisdropped""",
    """SELECT c.relname, k.conname, k.contype, k.convalidated, k.condeferrable
       FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
       WHERE c.relnamespace = 'public'::regnamespace AND k.contype <> 'n'""",
    """SELECT c.relname, t.tgname, t.tgtype, t.tgenabled, p.proname
       FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
       JOIN pg_proc p ON p.oid = t.tgfoid
       WHERE c.relnamespace = 'public'::regnamespace AND NOT t.tgisinternal""",
    """SELECT p.proname, p.prosrc, p.prosecdef, p.proconfig::text
       FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace""",
)
"""Not as PostgreSQL writes them out: its releases do so differently."""

_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
_CHANGES = ("INSERT", "UPDATE", "DELETE", "TRUNCATE", "TRIGGER")
"""Whatever changes a table, or what happens when it is changed."""

_OWNS = "SELECT bool_or(tableowner = current_user) FROM pg_tables WHERE schemaname = 'public'"


def database_digest(connection: Connection) -> str:
    """SHA-256 over all columns, constraints, triggers and functions."""
    digest = sha256()
    for question in _DEFINITIONS:
        rows = ("\x1f".join(map(str, row)) for row in connection.exec_driver_sql(question))
        digest.update("\x1e".join(sorted(rows)).encode("utf-8"))
        digest.update(b"\x1d")
    return digest.hexdigest()


def schema_findings(connection: Connection) -> Iterator[Finding]:
    """What is not as it was made, and what this seat's role may do that it must not."""
    revision = revision_of(connection)
    if database_digest(connection) != EXPECTED.get(revision):
        yield Finding(
            FindingKind.SCHEMA,
            f"revision {revision}",
            "Tables or triggers are not those that bodymap made: something else changed them.",
        )
    if connection.exec_driver_sql(_OWNS).scalar():
        return  # the owner looks; seats are somebody else
    for (table,) in connection.exec_driver_sql(_TABLES).all():
        surplus = [right for right in _CHANGES if right not in rights_of(table)]
        asked = "SELECT has_table_privilege(%(table)s, %(rights)s)"
        rights = {"table": f'public."{table}"', "rights": ", ".join(surplus)}
        if connection.exec_driver_sql(asked, rights).scalar():
            yield Finding(
                FindingKind.SCHEMA,
                f"table {table}",
                "The role of the seats may change it in ways that bodymap never does. "
                "Take all but these rights on it from the role: " + ", ".join(rights_of(table)),
            )
