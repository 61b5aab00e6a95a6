"""Puts a file in place all at once: it is complete, or the old one is untouched."""

import os
from contextlib import suppress
from pathlib import Path


def put_whole(content: bytes, target: Path) -> None:
    """Write a file that anybody may read who may read new files of this person.

    Raises:
        OSError: The folder is missing, full or may not be written to.
    """
    import tempfile  # noqa: PLC0415 - the first window waits for all that is imported above

    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".bodymap-", suffix=target.suffix)
    _put(content, handle, Path(name), target, _usual_rights())


def put_private(content: bytes, target: Path) -> None:
    """Write a file that nobody else may read.

    Raises:
        OSError: The folder is missing, full or may not be written to.
    """
    new = target.with_name(f"{target.name}.new-{os.getpid()}")
    handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    _put(content, handle, new, target, None)


def _put(content: bytes, handle: int, new: Path, target: Path, rights: int | None) -> None:
    """Fill a new file, make it durable, and let it take the place of the old one."""
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if rights is not None:
            new.chmod(rights)
        new.replace(target)
    except OSError:
        with suppress(OSError):
            new.unlink()
        raise


def _usual_rights() -> int:
    """A temporary file is private; this one gets what any new file of the person would."""
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
