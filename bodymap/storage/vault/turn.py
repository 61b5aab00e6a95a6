"""One after the other: who reads the key file and writes it anew is alone with it meanwhile."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import RLock

_threads = RLock()
_held: set[Path] = set()
"""The folders that the thread with the lock has locked already."""


@contextmanager
def one_at_a_time(folder: Path) -> Iterator[None]:
    """Wait for other threads and, on POSIX systems, for other programs in the same folder.

    Elsewhere, and on file systems that know no locks, only threads wait for each other.
    """
    with _threads:
        if os.name != "posix" or folder in _held:
            yield
            return
        with _locked(folder):
            _held.add(folder)
            try:
                yield
            finally:
                _held.discard(folder)


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    import fcntl  # noqa: PLC0415 - not on Windows

    handle = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)  # this ends the lock too
