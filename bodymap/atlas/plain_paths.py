"""Reads thousands of plainly written paths at once.

Our own drawings are written as `M x y c dx dy … z` in hundredths of a millimetre. Taking a
megabyte of that apart number by number would take far longer than Qt needs to load it, so
here numpy reads all paths of a drawing together, in whole numbers, without any rounding.
What it does not understand it declines, and `path_data` reads it instead.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

PLAIN = b"0123456789.- ,\n\r\tMclzZ"
"""All that a plainly written path consists of."""

_SEPARATOR, _DIGIT, _DOT, _MINUS, _LETTER, _END = range(6)
_END_OF_PATH = b"|"
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
    letters = np.frombuffer(_END_OF_PATH.join([*paths, b""]), np.uint8)
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
    digits_before = np.cumsum(is_digit, dtype=np.int32)
    dots = np.flatnonzero(kinds == _DOT)
    begins = _beginnings(kinds, dots, digits_before)
    starts = np.flatnonzero(begins)
    first_digit = digits_before[starts] - is_digit[starts]
    digits = letters[np.flatnonzero(is_digit)] - 48
    lengths = np.diff(first_digit, append=np.int32(len(digits)))
    if not len(starts) or lengths.min() == 0 or lengths.max() > _MOST_DIGITS:
        return None
    place = np.repeat(first_digit + lengths - 1, lengths) - np.arange(len(digits), dtype=np.int32)
    values = np.add.reduceat(digits * _POWERS[place], first_digit).astype(np.int64)
    owners = np.cumsum(begins, dtype=np.int32)[dots] - 1
    decimals = np.zeros(len(starts), np.int32)
    decimals[owners] = (first_digit + lengths)[owners] - digits_before[dots]
    most = int(decimals.max())
    if most > _MOST_DECIMALS:
        return None
    values *= _POWERS[most - decimals]
    np.negative(values, out=values, where=letters[starts] == ord("-"))
    return _Numbers(starts, values, most)


def _beginnings(
    kinds: Bytes, dots: npt.NDArray[np.intp], digits_before: npt.NDArray[np.int32]
) -> npt.NDArray[np.bool_]:
    """Mark where a number begins: at a minus, after a gap, or at a second decimal point."""
    in_number: npt.NDArray[np.bool_] = (kinds == _DIGIT) | (kinds == _DOT)
    is_minus = kinds == _MINUS
    begins = in_number.copy()
    begins[1:] &= ~(in_number | is_minus)[:-1]
    begins |= is_minus
    only_digits_between = np.diff(digits_before[dots]) == np.diff(dots) - 1
    begins[dots[1:][only_digits_between]] = True
    return begins


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
