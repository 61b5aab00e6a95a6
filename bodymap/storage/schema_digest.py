"""Whether the tables and triggers of a data file are those that bodymap made.

Triggers keep what is signed as it is; who has the key can drop one. The digest of all of them,
which stands in the program and not in the file, shows it.
"""

from hashlib import sha256
from sqlite3 import Connection as DriverConnection

EXPECTED = {
    6: "2b220708b84fc6e5bf51525ef087c29030d5a87ef668ac66d52f36e62824dd5b",
    7: "e0b775a188d3bbdec30243ba7c8376010b55e2ee6b0c3b3d1c65548ff205883c",
    8: "09f158c76d9c70db96bf6d9cbce6c00a6e995fb936c1e27202ea8052b417370b",
}
"""The digest of a sound file by its revision; a test tells the one of a new revision."""

_ALL = (
    "SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type, name"
)


def schema_digest(connection: DriverConnection) -> str:
    """SHA-256 over everything that defines the file's tables, indexes and triggers."""
    digest = sha256()
    for kind, name, table, sql in connection.execute(_ALL):
        digest.update("\x1f".join((kind, name, table, " ".join(sql.split()))).encode("utf-8"))
        digest.update(b"\x1e")
    return digest.hexdigest()
