"""What stands in the way of writing to a data file, in words that say what to do."""

from pathlib import Path

from bodymap.errors import StorageError
from bodymap.storage.datafolder import may_write, usable
from bodymap.storage.shares import is_on_share

_AGAIN = "Allow writing to it, then sign in again."


def obstacle(path: Path) -> str:
    """Why a data file may only be read just now; empty when it may be written.

    It is asked with every transaction, and costs next to nothing.
    """
    if not may_write(path.parent):
        return f"The folder {path.parent} may only be read. {_AGAIN}"
    if not may_write(path):
        return f"The data file {path} may only be read. {_AGAIN}"
    return ""


def obstacle_at_opening(path: Path) -> str:
    """The same, looked at closely: where the file lies, and whether its folder takes anything.

    Raises:
        StorageError: There is no file yet, and none can be made here.
    """
    why = _on_share(path.parent) or (obstacle(path) if path.exists() else "")
    if not why:
        try:
            usable(path.parent)
        except StorageError as problem:
            why = str(problem)
    if why and not path.exists():
        raise StorageError(why)
    return why


def _on_share(folder: Path) -> str:
    if not is_on_share(folder):
        return ""
    return (
        f"The folder {folder} is on a network share, where data files are damaged sooner or "
        "later. Move it to a disk of this computer; several seats share a clinic on a server "
        "(bodymap connect)."
    )
