"""The one way to write a record down, byte for byte the same wherever and whenever it is done.

What is signed and what is chained are these bytes. The form, called format 1:

- JSON (RFC 8259) in UTF-8, without white space, keys in order of their code points;
  characters beyond ASCII stand as they are.
- A record is an object with a key for each field, by the field's name. Fields that say nothing
  (None, empty text, empty list, a record without fields) are left out, so that a field that
  comes later does not alter what was written before. A later field must begin as one of these.
- Numbers have at most six decimals, no exponent and no zeros at their end; -0 is 0. A whole
  number and the same number read as a fraction are the same.
- Sets are lists in order; times are ISO 8601 with the offset in minutes; a choice is its word.
- Bytes are an object with their SHA-256 and their length.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import fields, is_dataclass
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from enum import Enum
from functools import lru_cache, partial
from hashlib import sha256
from typing import Any

FORMAT = 1
"""Counts up only if the form above changes; whoever reads must know every earlier one."""

Plain = None | bool | int | Decimal | str | list["Plain"] | dict[str, "Plain"]
"""What a record is made of when its classes are taken away."""

_text = json.JSONEncoder(ensure_ascii=False).encode
"""Made once: a visit has hundreds of texts."""

_AS_THEY_ARE = frozenset({str, int, bool})
_MAY_BE_EMPTY = frozenset({str, list, dict})


def plain(value: object) -> Plain:
    """A record without its classes; what says nothing is left out.

    Raises:
        TypeError: There is a value that no record holds.
    """
    kind = type(value)
    if value is None or kind in _AS_THEY_ARE:  # most values, and the quickest to tell
        return value  # type: ignore[return-value]
    return (_known.get(kind) or _way_of(kind))(value)


def canonical(value: object) -> bytes:
    """The bytes of a record.

    Raises:
        TypeError: There is a value that no record holds.
    """
    # A lone surrogate is no character and is never stored; it has bytes so that it has a digest.
    return written(plain(value)).encode("utf-8", "surrogatepass")


def written(value: Plain) -> str:
    """The JSON text of a plain value."""
    match value:
        case str():
            return _text(value)
        case dict():
            members = [f"{_name(name)}:{written(part)}" for name, part in value.items()]
            return f"{{{','.join(members)}}}"
        case list():
            return f"[{','.join(map(written, value))}]"
        case Decimal():
            return str(value)
        case _:
            return json.dumps(value)


_name = lru_cache(4096)(_text)
"""The same few names stand in every record."""


_known: dict[type, Callable[[Any], Plain]] = {}
"""How values of the classes met so far are told; looked up once for each."""


def _way_of(kind: type) -> Callable[[Any], Plain]:
    """How values of a class are told.

    Raises:
        TypeError: No record holds such values.
    """
    way = next((way for known, way in _WAYS.items() if issubclass(kind, known)), None)
    if way is None:
        if not is_dataclass(kind):
            raise TypeError(f"no record holds a {kind.__name__}")
        way = partial(_record, tuple(sorted(field.name for field in fields(kind))))
    _known[kind] = way
    return way


def _record(names: tuple[str, ...], record: object) -> Plain:
    """The fields of a record that say something, by name."""
    told: dict[str, Plain] = {}
    for name in names:
        value = getattr(record, name)
        part = value if type(value) in _AS_THEY_ARE else plain(value)
        if part or not (part is None or type(part) in _MAY_BE_EMPTY):
            told[name] = part
    return told


def _mapping(mapping: Mapping[object, object]) -> Plain:
    told = {str(name): plain(part) for name, part in mapping.items()}
    return {name: told[name] for name in sorted(told) if not _says_nothing(told[name])}


def _says_nothing(value: Plain) -> bool:
    return value is None or (not value and type(value) in _MAY_BE_EMPTY)


def _list(values: Iterable[object]) -> Plain:
    return [plain(part) for part in values]


def _ordered(values: Iterable[Any]) -> Plain:
    return [plain(part) for part in sorted(values)]


def _bytes(value: bytes) -> Plain:
    return {"bytes": len(value), "sha256": sha256(value).hexdigest()}


def _decimal(value: float) -> Decimal | int:
    digits = f"{value:.6f}".rstrip("0").rstrip(".")
    return Decimal(digits) if "." in digits else int(digits)


def _moment(time: datetime) -> str:
    """The time with its offset in whole minutes, as it is stored."""
    offset = time.utcoffset() or timedelta()
    here = timezone(timedelta(minutes=round(offset / timedelta(minutes=1))))
    return time.astimezone(here).isoformat()


def _same(value: Plain) -> Plain:
    return value


_WAYS: Mapping[type, Callable[[Any], Plain]] = {
    Enum: lambda choice: plain(choice.value),
    str: _same,
    int: _same,
    float: _decimal,
    datetime: _moment,
    date: date.isoformat,
    bytes: _bytes,
    tuple: _list,
    list: _list,
    AbstractSet: _ordered,
    Mapping: _mapping,
}
"""The first that fits is taken; records themselves come last."""
