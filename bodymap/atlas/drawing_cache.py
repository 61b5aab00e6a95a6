"""Keeps a drawing in a form that loads in a few milliseconds.

The file is a flat row of tables behind a fixed head: the hash of the SVG it was made from, the
sizes of the tables, and a check sum. Nothing in it is ever executed, and one that is not as
it should be is treated as if it were not there.
"""

import contextlib
import os
import struct
import tempfile
import zlib
from pathlib import Path

import numpy as np

from bodymap.atlas.sheet import TEXT_COLUMNS, Frame, Sheet

_MAGIC = b"bodymap drawing 1\n"
_HEAD = struct.Struct("<18s32s4d4II")
_BETWEEN_TEXTS = "\x1f"
_BETWEEN_COLUMNS = "\x1e"


def read(file: Path, key: bytes) -> Sheet | None:
    """Read a drawing that `write` has left.

    Args:
        file: Where to look.
        key: SHA-256 of the SVG it has to have been made from.

    Returns:
        `None` if there is none, or it was made from another drawing, or it is damaged.
    """
    try:
        data = file.read_bytes()
        magic, made_from, *rest = _HEAD.unpack_from(data)
    except (OSError, struct.error):
        return None
    if (magic, made_from) != (_MAGIC, key):
        return None
    frame, sizes, check = Frame(*rest[:4]), rest[4:8], rest[8]
    body = memoryview(data)[_HEAD.size :]
    if zlib.crc32(body) != check:
        return None
    return _unpacked(frame, sizes, body)


def _unpacked(frame: Frame, sizes: list[int], body: memoryview) -> Sheet:
    rows, code_count, point_count, text_size = sizes
    offsets = np.frombuffer(body, np.int32, 2 * (rows + 1))
    at = offsets.nbytes
    points = np.frombuffer(body, np.float32, 2 * point_count, at).reshape(-1, 2)
    at += points.nbytes
    codes = bytes(body[at : at + code_count])
    at += code_count
    text = str(body[at : at + text_size], "utf-8")
    columns = {
        name: column.split(_BETWEEN_TEXTS) if rows else []
        for name, column in zip(TEXT_COLUMNS, text.split(_BETWEEN_COLUMNS), strict=True)
    }
    return Sheet(
        frame=frame,
        **columns,
        codes=codes,
        points=points,
        code_starts=offsets[: rows + 1],
        point_starts=offsets[rows + 1 :],
    )


def write(file: Path, key: bytes, sheet: Sheet) -> None:
    """Leave a drawing for `read`, all of it or nothing.

    A folder that cannot be written to is no misfortune: the drawing is read from its SVG
    again next time.
    """
    text = _BETWEEN_COLUMNS.join(
        _BETWEEN_TEXTS.join(getattr(sheet, column)) for column in TEXT_COLUMNS
    ).encode()
    body = b"".join(
        (
            sheet.code_starts.tobytes(),
            sheet.point_starts.tobytes(),
            np.ascontiguousarray(sheet.points).tobytes(),
            sheet.codes,
            text,
        )
    )
    frame = sheet.frame
    head = _HEAD.pack(
        _MAGIC,
        key,
        *(frame.u0, frame.v0, frame.width, frame.height),
        *(len(sheet.ids), len(sheet.codes), len(sheet.points), len(text)),
        zlib.crc32(body),
    )
    with contextlib.suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        _replace(file, head + body)


def _replace(file: Path, data: bytes) -> None:
    handle, name = tempfile.mkstemp(prefix=file.name, dir=file.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        Path(name).replace(file)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
