"""Puts a file in place all at once: it is complete, or the old one is untouched."""

import os
import tempfile
from contextlib import suppress
from pathlib import Path


def put_whole(content: bytes, target: Path) -> None:
    """Write a file that anybody may read who may read new files of this person.

    Raises:
        OSError: The folder is missing, full or may not be written to.
    """
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".bodymap-", suffix=target.suffix)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        _give_usual_rights(Path(name))
        Path(name).replace(target)
    except OSError:
        with suppress(OSError):
            Path(name).unlink()
        raise


def _give_usual_rights(file: Path) -> None:
    """A temporary file is private; this one gets what any new file of the person would."""
    mask = os.umask(0)
    os.umask(mask)
    file.chmod(0o666 & ~mask)
