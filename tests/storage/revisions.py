"""A set of revisions with one more than there is, so that migrating can be tried now."""

import shutil
from importlib.resources import as_file, files
from pathlib import Path

from bodymap.storage.migrate import HEAD

_NEXT = '''
"""One more table and column."""

from alembic import op

revision = "{new:04d}"
down_revision = "{old:04d}"


def upgrade() -> None:
    """Do it."""
    op.execute("ALTER TABLE visit ADD COLUMN remark VARCHAR NOT NULL DEFAULT ''")
    op.execute("CREATE TABLE tried (id INTEGER PRIMARY KEY)")
    {last}
'''

NEXT = HEAD + 1


def with_one_more(folder: Path, last: str = "") -> str:
    """Copy the shipped revisions into a folder, add one, and name the place for Alembic.

    Args:
        folder: Where to.
        last: A line of Python that ends the added revision.
    """
    scripts = folder / "migrations"
    with as_file(files("bodymap.storage") / "migrations") as shipped:
        shutil.copytree(shipped, scripts, ignore=shutil.ignore_patterns("__pycache__"))
    script = _NEXT.format(old=HEAD, new=NEXT, last=last)
    (scripts / "versions" / f"{NEXT:04d}_tried.py").write_text(script, "utf-8")
    return str(scripts)
