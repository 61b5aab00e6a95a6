"""What an entry of the audit trail says was changed, in words; the trail keeps every digit."""

import json
import re
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from datetime import datetime

_FIRST = ("number", "kind")
_FOR_THE_COMPUTER = frozenset({"id", "version", "atlas_version", "structures"})
_UNITS = {
    "_mm": " mm",
    "_cm2": " cm²",
    "_min": " min",
    "_s": " s",
    "_px": " px",
    "_bytes": " bytes",
}
_NO_NAMES: Mapping[str, str] = {}
DIGEST_DIGITS = 12
"""So many digits of a digest are enough to compare it by eye."""
_DIGEST = re.compile(r"[0-9a-f]{64}")


def change_in_words(
    old: str,
    new: str,
    known: AbstractSet[str] = frozenset(),
    names: Mapping[str, str] = _NO_NAMES,
) -> str:
    """What differs, such as `depth: 18 → 22.5 mm`.

    Args:
        old: The fields before, as JSON; empty if there were none.
        new: The fields after, likewise.
        known: Fields that the reader knows from elsewhere.
        names: What the ids of people stand for.
    """
    before, after = fields_of(old), fields_of(new)
    told = {*before, *after} - known - _FOR_THE_COMPUTER
    order = sorted(told, key=lambda name: (name not in _FIRST, name))
    return "; ".join(_difference(name, before, after, names) for name in order)


def fields_of(text: str) -> Mapping[str, object]:
    """The fields that an entry tells of, by name."""
    told = json.loads(text) if text else {}
    return told if isinstance(told, dict) else {"": told}


def _difference(
    name: str, before: Mapping[str, object], after: Mapping[str, object], names: Mapping[str, str]
) -> str:
    called, unit = _named(name)
    values = [_value(after.get(name), names)]
    if before:
        values.insert(0, _value(before.get(name), names))
    return f"{called}: {' → '.join(values)}{unit}"


def _named(name: str) -> tuple[str, str]:
    for ending, unit in _UNITS.items():
        if name.endswith(ending):
            return _plain(name.removesuffix(ending)), unit
    return _plain(name), ""


def _plain(name: str) -> str:
    return "digest" if name == "sha256" else name.replace("_", " ")


def _value(value: object, names: Mapping[str, str]) -> str:
    if isinstance(value, str):
        return names.get(value) or day_and_time(short_digest(value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(_value(one, names) for one in value) or "–"
    return _whole(value, names) if isinstance(value, dict) else _number(value)


def _number(value: object) -> str:
    return "–" if value is None else str(value)


def _whole(value: Mapping[str, object], names: Mapping[str, str]) -> str:
    match value:
        case {"landmark": str(landmark), "view": view, "u_mm": u_mm, "v_mm": v_mm}:
            return f"{landmark} ({view} view, {u_mm} | {v_mm} mm)"
        case {"outer": [*outline]}:
            return f"an outline of {len(outline)} points"
        case {"sha256": str(digest), "length": length} | {"sha256": str(digest), "bytes": length}:
            return f"{length} bytes, digest {short_digest(digest)}"
        case _:
            return ", ".join(_parts(value, names)) or "–"


def _parts(value: Mapping[str, object], names: Mapping[str, str]) -> Iterator[str]:
    for name, part in value.items():
        called, unit = _named(name)
        yield f"{called} {_value(part, names)}{unit}"


def short_digest(text: str) -> str:
    """The beginning of a digest, for people; any other text as it is."""
    return text[:DIGEST_DIGITS] if _DIGEST.fullmatch(text) else text


def day_and_time(text: str) -> str:
    """A time as the other columns show it; any other text as it is."""
    try:
        time = datetime.fromisoformat(text)
    except ValueError:
        return text
    return f"{time:%Y-%m-%d %H:%M}" if time.tzinfo else text
