"""Tables as files that other programs open (CSV after RFC 4180)."""

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from bodymap.errors import BodymapError
from bodymap.whole_file import put_whole

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\0")
"""What a spreadsheet takes for the beginning of a formula (OWASP, CSV injection)."""


def save_csv(rows: Iterable[Sequence[object]], target: Path) -> None:
    """Write a table, whole or not at all.

    Raises:
        BodymapError: The file cannot be written.
    """
    try:
        put_whole(csv_text(rows).encode("utf-8-sig"), target)
    except OSError as problem:
        raise BodymapError(f"The file {target} cannot be written: {problem.strerror}.") from problem


def csv_text(rows: Iterable[Sequence[object]]) -> str:
    """The table as text; words are never taken for formulas, numbers stay numbers."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    for row in rows:
        writer.writerow([harmless(cell) if isinstance(cell, str) else cell for cell in row])
    return out.getvalue()


def harmless(text: str) -> str:
    """The text so that a spreadsheet shows it and does not work it out."""
    return f"'{text}" if text.startswith(_FORMULA) else text
