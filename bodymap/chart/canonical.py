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
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import fields, is_dataclass
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from enum import Enum
from functools import cache
from hashlib import sha256

FORMAT = 1
"""Counts up only if the form above changes; whoever reads must know every earlier one."""

Plain = None | bool | int | Decimal | str | list["Plain"] | dict[str, "Plain"]
"""What a record is made of when its classes are taken away."""

_text = json.JSONEncoder(ensure_ascii=False).encode
"""Made once: a visit has hundreds of texts."""

_AS_THEY_ARE = frozenset({str, int, bool})
_SINGLE = (Enum, str, int, float, date, bytes)


def plain(value: object) -> Plain:
    """A record without its classes; what says nothing is left out.

    Raises:
        TypeError: There is a value that no record holds.
    """
    if value is None or type(value) in _AS_THEY_ARE:  # most values, and the quickest to tell
        return value  # type: ignore[return-value]
    return _single(value) if isinstance(value, _SINGLE) else _many(value)


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
            members = [f"{_text(name)}:{written(part)}" for name, part in value.items()]
            return f"{{{','.join(members)}}}"
        case list():
            return f"[{','.join(map(written, value))}]"
        case Decimal():
            return str(value)
        case _:
            return json.dumps(value)


def _many(value: object) -> Plain:
    match value:
        case tuple() | list():
            return [plain(part) for part in value]
        case _ if is_dataclass(value):
            names = _names(value.__class__)
            return _object({name: getattr(value, name) for name in names})
        case AbstractSet():
            return [plain(part) for part in sorted(value)]
        case Mapping():
            return _object({str(name): part for name, part in value.items()})
        case _:
            raise TypeError(f"no record holds a {type(value).__name__}")


def _single(value: object) -> Plain:
    match value:
        case Enum():
            return _single(value.value)
        case None | bool() | int() | str():
            return value
        case float():
            return _decimal(value)
        case date():
            return (_moment(value) if isinstance(value, datetime) else value).isoformat()
        case bytes():
            return {"bytes": len(value), "sha256": sha256(value).hexdigest()}
        case _:
            raise TypeError(f"no record holds a {type(value).__name__}")


@cache
def _names(record: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(record))


def _object(named: Mapping[str, object]) -> dict[str, Plain]:
    inside = {name: plain(part) for name, part in named.items()}
    return {name: inside[name] for name in sorted(inside) if not _says_nothing(inside[name])}


def _says_nothing(value: Plain) -> bool:
    return value is None or value in ("", [], {})


def _decimal(value: float) -> Decimal | int:
    digits = f"{value:.6f}".rstrip("0").rstrip(".")
    return Decimal(digits) if "." in digits else int(digits)


def _moment(time: datetime) -> datetime:
    """The time with its offset in whole minutes, as it is stored."""
    offset = time.utcoffset() or timedelta()
    return time.astimezone(timezone(timedelta(minutes=round(offset / timedelta(minutes=1)))))
