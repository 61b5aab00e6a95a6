"""A visit as it was at one moment, whole, in one piece of bytes.

It is JSON, compressed; each record is an object by the names of its fields, with the name of its
class as `is`. A field that a later program has besides is given its usual value; one that it no
longer has is passed over.
"""

import json
import types
import zlib
from base64 import b64decode, b64encode
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache
from typing import Any, NewType, Union, get_args, get_origin, get_type_hints

from bodymap.chart.visit import Visit

_CLASS = "is"


def packed(visit: Visit) -> bytes:
    """The bytes of a visit."""
    text = json.dumps(_plain(visit), ensure_ascii=False, separators=(",", ":"))
    return zlib.compress(text.encode("utf-8", "surrogatepass"))


def unpacked(content: bytes) -> Visit:
    """The visit of its bytes.

    Raises:
        ValueError: They are not a visit's.
    """
    try:
        values = json.loads(zlib.decompress(content).decode("utf-8", "surrogatepass"))
        visit = _record(Visit, values)
    except (zlib.error, KeyError, TypeError, AttributeError) as problem:
        raise ValueError("these bytes are no visit") from problem
    if not isinstance(visit, Visit):
        raise TypeError("a visit makes a visit")
    return visit


def _plain(value: Any) -> Any:  # noqa: ANN401 - any part of a record
    if is_dataclass(value):
        own = {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
        return {_CLASS: type(value).__name__, **own}
    if isinstance(value, tuple | AbstractSet):
        parts = list(map(_plain, value))
        return sorted(parts) if isinstance(value, AbstractSet) else parts
    return _plain_single(value)


def _plain_single(value: Any) -> Any:  # noqa: ANN401 - any part of a record
    match value:
        case Enum():
            return value.value
        case date():
            return value.isoformat()
        case bytes():
            return b64encode(value).decode("ascii")
        case _:
            return value


def _record(kind: type, values: Mapping[str, Any]) -> object:
    hints = _hints(kind)
    return kind(**{name: _part(hints[name], values[name]) for name in hints if name in values})


def _is_record(hint: object) -> bool:
    return is_dataclass(hint)


@cache
def _hints(kind: type) -> Mapping[str, Any]:
    hints = get_type_hints(kind)
    return {field.name: hints[field.name] for field in fields(kind)}


def _part(hint: Any, value: Any) -> Any:  # noqa: ANN401 - any part of a record
    while isinstance(hint, NewType):
        hint = hint.__supertype__
    origin = get_origin(hint)
    if origin in {types.UnionType, Union}:
        return None if value is None else _part(_meant(get_args(hint), value), value)
    if origin is tuple:
        return tuple(_parts(get_args(hint), value))
    if origin is frozenset:
        return frozenset(_part(get_args(hint)[0], part) for part in value)
    return _record(hint, value) if _is_record(hint) else _single(hint, value)


def _parts(hints: tuple[Any, ...], values: list[Any]) -> list[Any]:
    if len(hints) == 2 and hints[1] is Ellipsis:
        return [_part(hints[0], value) for value in values]
    return [_part(hint, value) for hint, value in zip(hints, values, strict=True)]


def _meant(hints: tuple[Any, ...], value: Any) -> Any:  # noqa: ANN401 - any part of a record
    choices = [hint for hint in hints if hint is not type(None)]
    if len(choices) == 1:
        return choices[0]
    named = {choice.__name__: choice for choice in choices}
    return named[value[_CLASS]] if isinstance(value, dict) else type(value)


def _single(hint: type, value: Any) -> Any:  # noqa: ANN401 - any part of a record
    if hint in {datetime, date}:
        return hint.fromisoformat(value)
    if hint is bytes:
        return b64decode(value)
    return hint(value) if issubclass(hint, Enum) else value
