"""Power cuts, replayed: what a recorded session may have left on the disk at any moment.

The session's system calls are recorded by strace. A cut comes between two of them. What was
written and then synced is on the disk; of the rest any part may be: nothing, all, some, the
beginning, or pages torn at 512 bytes. Names that were made, changed or removed are on the disk
once their folder was synced, until then perhaps. This is the method of ALICE (Pillai et al.,
OSDI 2014): stricter than most file systems are.
"""

import codecs
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

ROOT = Path(__file__).parents[2]
CALLS = (
    "pwrite64,write,lseek,fsync,fdatasync,ftruncate,unlink,unlinkat,rename,renameat,openat,close"
)
SECTOR = 512
MODES = ("nothing", "all", "some", "the beginning", "torn")

_LINE = re.compile(r"\d+\s+(\w+)\((.*)\)\s+=\s+(-?\d+)")
_FILE = re.compile(r"(\d+)<([^>]*)>")
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')

Disk = dict[str, bytearray]
"""What is on the disk, by the file's name."""


@dataclass(frozen=True, slots=True)
class Op:
    """One thing that was done, in the order it was done in.

    Attributes:
        kind: write, truncate, unlink, rename, sync, sync-folder or ack.
        name: The file; what was said, for an ack.
        at: Where it was written to, or the size it was cut to.
        content: What was written, or the new name.
    """

    kind: str
    name: str
    at: int = 0
    content: bytes = b""


def recorded(folder: Path, *session: str) -> list[Op]:
    """Run a session under strace and tell what it did to the files of a folder."""
    log = folder.parent / f"{folder.name}.strace"
    command = ["strace", "-f", "--seccomp-bpf", "-y", "-xx", "-s", "100000", "-e"]
    child = [sys.executable, "-m", "tests.storage.power_session", *session]
    subprocess.run(
        [*command, f"trace={CALLS}", "-o", str(log), *child],
        cwd=ROOT,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    with log.open(encoding="ascii") as lines:
        return list(_ops(lines, str(folder)))


def disks(
    before: Disk, ops: list[Op], cuts: int, seed: int
) -> Iterator[tuple[str, Disk, tuple[str, ...]]]:
    """So many power cuts: how it was cut, what is on the disk then, and what was acknowledged."""
    chance = Random(seed)  # noqa: S311 - no secret
    first = next(number for number, op in enumerate(ops) if op.kind == "ack") + 1
    on_disk = {name: bytearray(content) for name, content in before.items()}
    acknowledged: tuple[str, ...] = ()
    pending: list[Op] = []
    done = 0
    for cut in sorted(chance.randrange(first, len(ops) + 1) for _ in range(cuts)):
        for op in ops[done:cut]:
            acknowledged = tuple(op.name.split()) if op.kind == "ack" else acknowledged
            pending = _synced(pending, op, on_disk)
        done = cut
        disk = {name: bytearray(content) for name, content in on_disk.items()}
        mode = chance.choice(MODES)
        for op in _kept(pending, mode, chance):
            _apply(disk, op)
        yield mode, disk, acknowledged


def _synced(pending: list[Op], op: Op, disk: Disk) -> list[Op]:
    """Bring to the disk what the next call syncs; say what is pending then."""
    if op.kind == "ack":
        return pending
    if op.kind not in {"sync", "sync-folder"}:
        return [*pending, op]
    for one in pending:
        if _is_synced(one, op):
            _apply(disk, one)
    return [one for one in pending if not _is_synced(one, op)]


def _is_synced(op: Op, by: Op) -> bool:
    is_name = op.kind in {"unlink", "rename"}
    return is_name if by.kind == "sync-folder" else not is_name and op.name == by.name


def _kept(pending: list[Op], mode: str, chance: Random) -> Iterator[Op]:
    if mode == "nothing":
        return
    if mode == "the beginning":
        pending = pending[: chance.randint(0, len(pending))]
    for op in pending:
        if mode in {"some", "torn"} and chance.random() < 0.5:
            continue
        if mode == "torn" and op.kind == "write" and len(op.content) > SECTOR:
            sectors = chance.randint(1, len(op.content) // SECTOR)
            yield Op(op.kind, op.name, op.at, op.content[: SECTOR * sectors])
            continue
        yield op


def _apply(disk: Disk, op: Op) -> None:
    if op.kind == "unlink":
        disk.pop(op.name, None)
    elif op.kind == "rename":
        if op.name in disk:
            disk[op.content.decode()] = disk.pop(op.name)
    elif op.kind == "truncate":
        content = disk.setdefault(op.name, bytearray())
        del content[op.at :]
        content.extend(bytes(op.at - len(content)))
    else:
        content = disk.setdefault(op.name, bytearray())
        content.extend(bytes(max(op.at - len(content), 0)))
        content[op.at : op.at + len(op.content)] = op.content


def _ops(lines: Iterator[str], folder: str) -> Iterator[Op]:
    position: dict[str, int] = {}
    for line in lines:
        found = _LINE.match(line)
        if found is not None and int(found[3]) >= 0:
            yield from _of_call(found[1], found[2], int(found[3]), folder, position)


def _of_call(
    call: str, arguments: str, result: int, folder: str, position: dict[str, int]
) -> Iterator[Op]:
    opened = _FILE.match(arguments)
    path = _plain(opened[2]) if opened else ""
    if call.startswith(("rename", "unlink")):
        yield from _named(call, arguments, folder)
    elif call == "openat":
        yield from _opened(arguments, folder, position)
    elif path == "/dev/null":
        yield from _said(arguments)
    elif path == folder and call in {"fsync", "fdatasync"}:
        yield Op("sync-folder", "")
    elif path.startswith(f"{folder}/") and not path.endswith("-shm"):
        yield from _done(call, arguments, path, result, position)


def _opened(arguments: str, folder: str, position: dict[str, int]) -> Iterator[Op]:
    target = _plain(_TEXT.search(arguments)[1])  # type: ignore[index]
    if target.startswith(folder):
        position[target] = 0
        if "O_TRUNC" in arguments:
            yield Op("truncate", Path(target).name, 0)


def _done(
    call: str, arguments: str, path: str, result: int, position: dict[str, int]
) -> Iterator[Op]:
    name = Path(path).name
    if call in {"fsync", "fdatasync"}:
        yield Op("sync", name)
    elif call == "lseek":
        position[path] = result
    elif call == "ftruncate":
        yield Op("truncate", name, int(arguments.rsplit(",", 1)[1]))
    elif call in {"pwrite64", "write"}:
        content = codecs.escape_decode(_TEXT.search(arguments)[1])[0]  # type: ignore[index]
        at = int(arguments.rsplit(",", 1)[1]) if call == "pwrite64" else position.get(path, 0)
        position[path] = at + len(content)
        yield Op("write", name, at, content)


def _named(call: str, arguments: str, folder: str) -> Iterator[Op]:
    names = [Path(_plain(text)) for text in _TEXT.findall(arguments)]
    if str(names[0].parent) == folder and not names[0].name.endswith("-shm"):
        if call.startswith("rename"):
            yield Op("rename", names[0].name, 0, names[1].name.encode())
        else:
            yield Op("unlink", names[0].name)


def _said(arguments: str) -> Iterator[Op]:
    text = _TEXT.search(arguments)
    if text is not None and (said := _plain(text[1])).startswith("ACK"):
        yield Op("ack", said.removeprefix("ACK").strip())


def _plain(text: str) -> str:
    return codecs.escape_decode(text)[0].decode("utf-8", "replace")
