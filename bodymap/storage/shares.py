"""Whether a folder lies on another computer, where SQLite's locks and its log cannot be trusted.

What goes wrong there: https://sqlite.org/howtocorrupt.html#_filesystems_with_broken_or_missing_lock_implementations
and https://sqlite.org/wal.html (all processes must be on one host).
"""

import os
import subprocess
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

KINDS = frozenset(
    {
        *(
            "nfs",
            "nfs3",
            "nfs4",
            "cifs",
            "smb2",
            "smb3",
            "smbfs",
            "afpfs",
            "webdav",
            "davfs",
            "afs",
        ),
        *("ceph", "glusterfs", "lustre", "beegfs", "gpfs", "ncpfs", "orangefs", "ocfs2", "gfs2"),
        *("sshfs", "rclone", "davfs2", "s3fs", "curlftpfs", "gvfsd-fuse"),
    }
)
"""File systems of other computers, as the mount table calls them; FUSE's without `fuse.`."""

_REMOTE_DRIVE = 4
"""`DRIVE_REMOTE` of Windows."""


def is_on_share(folder: Path) -> bool:
    """Whether a folder is on a network share; False where the system does not tell."""
    if sys.platform == "win32":
        return _is_remote_drive(folder)
    with suppress(OSError, subprocess.SubprocessError):
        return kind_of(folder, _mounts()) in KINDS
    return False


def kind_of(folder: Path, mounts: Iterable[tuple[str, str]]) -> str:
    """The file system of the mount that lies nearest above a folder; of two, the later one."""
    real, found, kind = Path(os.path.realpath(folder)), -1, ""
    for place, of in mounts:
        parts = len(Path(place).parts)
        if parts >= found and real.is_relative_to(place):
            found, kind = parts, of
    return kind.lower().removeprefix("fuse.")


def _mounts() -> Iterable[tuple[str, str]]:
    """Where what is mounted, and its file system."""
    if sys.platform == "darwin":
        yield from _told_by_mount()
        return
    for line in Path("/proc/self/mounts").read_text("utf-8", "replace").splitlines():
        _, place, kind, *_ = line.split(" ")
        yield place.replace(r"\040", " ").replace(r"\011", "\t"), kind


def _told_by_mount() -> Iterable[tuple[str, str]]:
    told = subprocess.run(["/sbin/mount"], check=True, capture_output=True, text=True, timeout=5)
    for line in told.stdout.splitlines():  # //anna@server/share on /Volumes/share (smbfs, nodev)
        _, _, rest = line.partition(" on ")
        place, _, kinds = rest.rpartition(" (")
        yield place, kinds.partition(",")[0].rstrip(")")


def _is_remote_drive(folder: Path) -> bool:
    import ctypes  # noqa: PLC0415 - only here

    drive = folder.absolute().drive
    if drive.startswith("\\\\"):
        return True
    kernel = getattr(ctypes, "windll").kernel32  # noqa: B009 - only Windows has it
    return bool(kernel.GetDriveTypeW(f"{drive}\\") == _REMOTE_DRIVE)
