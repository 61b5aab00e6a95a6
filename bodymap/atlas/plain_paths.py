"""Reads thousands of plainly written paths at once.

Our own drawings are written as `M x y c dx dy … z` in hundredths of a millimetre. Taking a
megabyte of that apart number by number would take far longer than Qt needs to load it, so
here numpy reads all paths of a drawing together, in whole numbers, without any rounding.
What it does not understand it declines, and `path_data` reads it instead.
"""

import re
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

PLAIN = b"0123456789.- ,\n\r\tMclzZ"
"""All that a plainly written path consists of."""

_SEPARATOR, _DIGIT, _DOT, _MINUS, _LETTER, _END = range(6)
_END_OF_PATH = b"|"
_TWO_DOTS = re.compile(rb"(\.\d+)(?=\.)")
_MOST_DIGITS = 9
_MOST_DECIMALS = 6
_POWERS = (10 ** np.arange(_MOST_DIGITS + 1)).astype(np.int32)

Ints = npt.NDArray[np.int64]
Bytes = npt.NDArray[np.uint8]


def _classes() -> Bytes:
    table = np.zeros(256, np.uint8)
    for letters, kind in ((b"0123456789", _DIGIT), (b".", _DOT), (b"-", _MINUS)):
        table[list(letters)] = kind
    table[list(b"MclzZ")] = _LETTER
    table[list(_END_OF_PATH)] = _END
    return table


_CLASS_OF = _classes()


@dataclass(frozen=True, slots=True, eq=False)
class PathTable:
    """Many paths in a row.

    Attributes:
        codes: Letters out of `MLCZ` of all paths.
        points: Absolute coordinates, (n, 2).
        code_starts: For each path and one past the last, where its codes begin.
        point_starts: The same for its points.
    """

    codes: bytes
    points: npt.NDArray[np.float32]
    code_starts: Ints
    point_starts: Ints


def is_plain(path: bytes) -> bool:
    """Tell whether a path is made of nothing but the letters `read_plain_paths` knows."""
    return not path.translate(None, PLAIN)


def read_plain_paths(paths: list[bytes]) -> PathTable | None:
    """Read paths that move absolutely, draw relative lines and cubic curves, and close.

    Returns:
        `None` if any of them is written in another way.
    """
    text = _END_OF_PATH.join([*paths, b""])
    table = _read(text)
    if table is None and _TWO_DOTS.search(text):
        table = _read(_TWO_DOTS.sub(rb"\1 ", text))
    return table


def _read(text: bytes) -> PathTable | None:
    letters = np.frombuffer(text, np.uint8)
    kinds = _CLASS_OF[letters]
    numbers = _numbers(letters, kinds)
    if numbers is None:
        return None
    steps = _steps(letters, kinds, numbers)
    return None if steps is None else _followed(steps, numbers)


@dataclass(frozen=True, slots=True, eq=False)
class _Numbers:
    """All numbers of a text as whole multiples of one power of ten."""

    starts: npt.NDArray[np.intp]
    values: Ints
    decimals: int


def _numbers(letters: Bytes, kinds: Bytes) -> _Numbers | None:
    is_digit = kinds == _DIGIT
    in_number = is_digit | (kinds == _DOT)
    begins = in_number.copy()
    begins[1:] &= ~(in_number | (kinds == _MINUS))[:-1]
    begins |= kinds == _MINUS
    starts = np.flatnonzero(begins)
    digits_before = np.cumsum(is_digit, dtype=np.int32)
    first_digit = digits_before[starts] - is_digit[starts]
    digits = letters[np.flatnonzero(is_digit)] - 48
    total = len(digits)
    lengths = np.diff(first_digit, append=total)
    if not len(starts) or lengths.min() == 0 or lengths.max() > _MOST_DIGITS:
        return None
    place = np.repeat(first_digit + lengths - 1, lengths) - np.arange(total, dtype=np.int32)
    values = np.add.reduceat(digits * _POWERS[place], first_digit).astype(np.int64)
    dots = np.flatnonzero(kinds == _DOT)
    owners = np.cumsum(begins, dtype=np.int32)[dots] - 1
    decimals = np.zeros(len(starts), np.int32)
    decimals[owners] = (first_digit + lengths)[owners] - digits_before[dots]
    most = int(decimals.max())
    if most > _MOST_DECIMALS or np.any(owners[1:] == owners[:-1]):
        return None
    values *= _POWERS[most - decimals]
    np.negative(values, out=values, where=letters[starts] == ord("-"))
    return _Numbers(starts, values, most)


@dataclass(frozen=True, slots=True, eq=False)
class _Steps:
    """The commands of all paths, each with the points that follow it."""

    letters: Bytes
    point_counts: Ints
    first_of_path: npt.NDArray[np.intp]


def _steps(letters: Bytes, kinds: Bytes, numbers: _Numbers) -> _Steps | None:
    at = np.flatnonzero(kinds == _LETTER)
    path_ends = np.flatnonzero(kinds == _END)
    if not len(at) or numbers.starts[0] < at[0]:
        return None
    counts = np.diff(np.searchsorted(numbers.starts, at), append=len(numbers.starts))
    steps = _Steps(
        letters=letters[at] | np.uint8(32),
        point_counts=counts // 2,
        first_of_path=np.searchsorted(at, np.concatenate(([-1], path_ends))),
    )
    return steps if _is_regular(steps, counts) else None


def _is_regular(steps: _Steps, counts: Ints) -> bool:
    """Check that every command has as many numbers as it needs, and every path its move."""
    of = {letter: steps.letters == ord(letter) for letter in "mclz"}
    begins = np.zeros(len(steps.letters) + 1, bool)
    begins[steps.first_of_path] = True
    after_close = np.concatenate(([False], of["z"][:-1]))
    return bool(
        np.all(np.diff(steps.first_of_path) > 0)
        and np.all(of["m"][begins[:-1] | after_close])
        and np.all(counts[of["m"]] == 2)
        and np.all(counts[of["c"]] % 6 == 0)
        and np.all(counts[of["l"]] % 2 == 0)
        and np.all(counts[of["z"]] == 0)
        and np.all(counts[~of["z"]] > 0)
    )


def _followed(steps: _Steps, numbers: _Numbers) -> PathTable:
    """Add the steps up, in whole numbers, and cut the result into paths."""
    written = numbers.values.reshape(-1, 2)
    point_starts = np.concatenate(([0], np.cumsum(steps.point_counts)))
    of_step = np.repeat(steps.letters, steps.point_counts)
    nth = np.arange(len(written)) - np.repeat(point_starts[:-1], steps.point_counts)
    is_move = of_step == ord("m")
    is_handle = (of_step == ord("c")) & (nth % 3 != 2)
    advance = np.where((is_move | is_handle)[:, None], 0, written)
    travelled = np.cumsum(advance, axis=0)
    moves = np.flatnonzero(is_move)
    origin = written[moves] - travelled[moves]
    points = travelled + origin[np.cumsum(is_move) - 1]
    points[is_handle] += written[is_handle]
    code_counts = np.where(steps.letters == ord("c"), steps.point_counts // 3, steps.point_counts)
    code_counts[steps.letters == ord("z")] = 1
    code_starts = np.concatenate(([0], np.cumsum(code_counts)))
    return PathTable(
        codes=np.repeat(steps.letters - np.uint8(32), code_counts).tobytes(),
        points=(points / 10.0**numbers.decimals).astype(np.float32),
        code_starts=code_starts[steps.first_of_path],
        point_starts=point_starts[steps.first_of_path],
    )
