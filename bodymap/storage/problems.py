"""What the driver and the disk complain about, in words for the person."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from sqlcipher3 import dbapi2 as driver

from bodymap.errors import BodymapError, ConflictError, DamagedDataError, StorageError

# Primary result codes, https://sqlite.org/rescode.html
_ERROR, _BUSY, _LOCKED, _READONLY, _IOERR, _CORRUPT, _FULL, _CANTOPEN = 1, 5, 6, 8, 10, 11, 13, 14
_CONSTRAINT, _NOTADB = 19, 26

DAMAGED = "The data file is damaged. Nothing was changed in it. A backup can be put in its place."
_NOTHING = "Nothing was changed."

_WORDS = {
    _BUSY: f"Another bodymap is writing to the data file just now. {_NOTHING} Try again.",
    _LOCKED: f"Another bodymap is writing to the data file just now. {_NOTHING} Try again.",
    _READONLY: f"The data file may only be read. {_NOTHING} "
    "Allow writing to it and to its folder, then try again.",
    _IOERR: f"The disk did not take the change; it may be full or failing. {_NOTHING} "
    "Free some space or check the disk, then try again.",
    _CORRUPT: DAMAGED,
    _NOTADB: DAMAGED,
    _FULL: f"The disk is full. {_NOTHING} Free some space, then try again.",
    _CANTOPEN: "The data file cannot be opened. Check that its folder exists "
    "and that you may write to it.",
}

_OS_WORDS = {
    errno.ENOSPC: _WORDS[_FULL],
    errno.EDQUOT: _WORDS[_FULL],
    errno.EROFS: _WORDS[_READONLY],
    errno.EACCES: _WORDS[_READONLY],
    errno.EPERM: _WORDS[_READONLY],
    errno.ENOENT: _WORDS[_CANTOPEN],
    errno.ENOTDIR: _WORDS[_CANTOPEN],
}


def in_words(problem: BaseException | None, statement: str = "BEGIN") -> BodymapError | None:
    """Say it in words; None when it is not the disk's or the data's doing but a bug.

    Args:
        problem: What was raised.
        statement: What the database was asked to do.
    """
    match problem:
        case UnicodeEncodeError() | OverflowError():
            return StorageError(
                "Something in it cannot be stored, an odd character or a huge number. " + _NOTHING
            )
        case OSError():
            return os_problem(problem)
        case driver.IntegrityError():
            return _broken_rule(str(problem))
        case driver.Error():
            return _refusal(problem, statement)
        case _:
            return None


def is_of_the_disk(problem: BaseException | None) -> bool:
    """Whether a read, a write or a sync has failed, so that nobody knows what is on the disk."""
    return _primary_code(problem) == _IOERR


def is_in_use(problem: BaseException | None) -> bool:
    """Whether somebody else holds what was asked for."""
    return _primary_code(problem) in {_BUSY, _LOCKED}


def is_for_reading(problem: BaseException | None) -> bool:
    """Whether a write was refused because the file is open for reading only."""
    return _primary_code(problem) == _READONLY


def _primary_code(problem: BaseException | None) -> int:
    code: int | None = getattr(problem, "sqlite_errorcode", None)
    return (code or 0) & 0xFF if isinstance(problem, driver.Error) else 0


def os_problem(problem: OSError) -> StorageError:
    """What the operating system refused."""
    words = _OS_WORDS.get(problem.errno or 0, _WORDS[_IOERR])
    return StorageError(words if problem.filename is None else f"{words} ({problem.filename})")


def _broken_rule(text: str) -> BodymapError:
    if "patient.number" in text:
        return ConflictError(f"Another patient has this number already. {_NOTHING}")
    if "user.login" in text:
        return ConflictError(f"Somebody else signs in with this name already. {_NOTHING}")
    if "bodymap: the visit is closed" in text:
        return ConflictError(f"The visit is closed and stays as it is. {_NOTHING}")
    if "UNIQUE" in text:
        return ConflictError(f"The same entry was made somewhere else already. {_NOTHING}")
    return StorageError(f"The change breaks a rule of the data file. {_NOTHING}")


def _refusal(problem: Exception, statement: str) -> BodymapError | None:
    code = getattr(problem, "sqlite_errorcode", None)
    if code == _BUSY and not statement.startswith("BEGIN"):
        # The lock is waited for when a transaction begins; later on busy means that what was
        # read in it is no longer so (SQLITE_BUSY_SNAPSHOT, which the driver does not tell apart).
        return ConflictError(f"Somebody else changed the data meanwhile. {_NOTHING} Try again.")
    if code == _ERROR and str(problem).startswith(_MISSING):
        return DamagedDataError(DAMAGED)
    words = _WORDS.get(code or 0)
    if words is None:
        return None
    return DamagedDataError(words) if code in {_CORRUPT, _NOTADB} else StorageError(words)


_MISSING = ("no such table", "no such column")
"""What only a file says from which something else took a part."""


@contextmanager
def translated() -> Iterator[None]:
    """Turn what the disk or the driver refuses inside the block into a `BodymapError`."""
    try:
        yield
    except (OSError, driver.Error) as problem:
        words = in_words(problem)
        if words is None:
            raise
        raise words from problem
