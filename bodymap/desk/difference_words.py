"""Fields that differ between two records, in words such as "depth 18 → 22 mm"."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum

from bodymap.atlas.ids import StructureId
from bodymap.atlas.structures import catalogue
from bodymap.chart.day_words import day
from bodymap.chart.marks import Mark, NeedleSize, PainZone
from bodymap.chart.pain_area import area_cm2
from bodymap.chart.photo import Photo
from bodymap.chart.screening import BarredArea
from bodymap.chart.visit import Visit

Told = tuple[str, object]
"""A value in words, and the value itself where two that differ may have the same words."""

NOTHING = "nothing"
LONGEST = 60
"""Characters of a value that are shown."""
_BEFORE = 20
"""So many of them stand before the place where two long values part."""

_UNITS = {"_mm": "mm", "_min": "min", "_hz": "Hz", "_ma": "mA", "_px": "px", "_s": "s"}
_PASSED_OVER = frozenset({"id", "number", "place", "polygons", "regions", "atlas_version"})
"""Fields of a mark that are told in another way, or follow from its place."""
_IDS = frozenset({"trigger_point", "refers_to", "placed_by", "removed_by"})
"""Fields that hold ids, which say nothing to a person."""
_ANOTHER = "another"
"""All that is said where the words for both would be the same, or would say nothing."""
_TITLES = ("item", "kind", "subject", "side", "view")
"""What tells one entry of a list from another."""
_SAME_AREA_CM2 = 0.5


OF_ONE_VISIT = _IDS | {"time_in", "time_out", "lot"}
"""Fields of a mark that are never the same at two visits."""


def mark_words(before: Mark, after: Mark, passing: frozenset[str] = frozenset()) -> Iterator[str]:
    """Each field of a mark that changed, apart from where it lies.

    Args:
        before: The mark as it was.
        after: The mark as it is.
        passing: Fields that are passed over.
    """
    if isinstance(before, PainZone) and isinstance(after, PainZone):
        was, now = area_cm2(before), area_cm2(after)
        if abs(was - now) > _SAME_AREA_CM2:
            yield f"area {was:.0f} → {now:.0f} cm²"
    old, new = dict(_fields(before)), dict(_fields(after))
    for name in passing:
        old.pop(name, None)
        new.pop(name, None)
    yield from _told_apart(old, new)


def visit_words(before: Visit, after: Visit) -> Iterator[str]:
    """Each field of a visit that changed, apart from its marks."""
    for name in ("pain_before", "pain_after"):
        old, new = getattr(before, name), getattr(after, name)
        if old != new:
            yield f"{_name(name)} {_value(old)} → {_value(new)}"
    yield from _told_apart(dict(_fields(before.record)), dict(_fields(after.record)))


def told_shortly(one: str, other: str) -> tuple[str, str]:
    """Two long texts, each cut to where they part, so that it shows how they differ."""
    start = 0
    if max(len(one), len(other)) > LONGEST:
        start = max(0, _alike(one, other) - _BEFORE)
    return _cut(one, start), _cut(other, start)


def _alike(one: str, other: str) -> int:
    """How many characters from the start are the same."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (here, there) in pairs if here != there), min(len(one), len(other)))


def _cut(text: str, start: int) -> str:
    ends = len(text) <= start + LONGEST
    shown = text[start:] if ends else f"{text[start : start + LONGEST - 1]}…"
    return f"…{shown}" if start else shown


def _told_apart(old: Mapping[str, Told], new: Mapping[str, Told]) -> Iterator[str]:
    for name in dict.fromkeys((*old, *new)):
        before, after = old.get(name, (NOTHING, None)), new.get(name, (NOTHING, None))
        if before == after:
            continue
        was, now = told_shortly(before[0], after[0])
        words, unit = _unit(name)
        if before[0] == after[0] or words.rpartition(": ")[2].replace(" ", "_") in _IDS:
            yield f"{words} {_ANOTHER}"
        else:
            yield f"{words} {was} → {now}{unit}"


def _fields(record: object, path: str = "") -> Iterator[tuple[str, Told]]:
    """The values of a record by their names, as far as they say something."""
    assert is_dataclass(record)  # noqa: S101 - records are made of records
    for field in fields(record):
        if field.name not in _PASSED_OVER:
            name = f"{path}: {field.name}" if path else field.name
            yield from _told(getattr(record, field.name), name)


def _told(value: object, name: str) -> Iterator[tuple[str, Told]]:
    if value is None or value in ("", (), frozenset()):
        return
    if isinstance(value, tuple) and is_dataclass(value[0]):
        for title, part in _titled(value):
            yield from _told(part, f"{name}: {title}")
    elif isinstance(value, tuple) and _is_titled(value[0]):
        for title, text in value:
            yield f"{name}: {_value(title)}", (_value(text), None)
    elif is_dataclass(value) and not isinstance(value, NeedleSize | Photo | BarredArea):
        yield from _fields(value, name)
    else:
        yield name, _whole(value)


def _whole(value: object) -> Told:
    match value:
        case Photo():
            return "a picture", value
        case BarredArea():
            return "drawn", value.polygons
        case datetime():
            return _value(value), value.date()  # the words tell hours and minutes
        case tuple():
            return _value(value), value
        case _:
            return _value(value), None


def _titled(parts: Iterable[object]) -> Iterator[tuple[str, object]]:
    """The entries of a list, each under a title of its own."""
    known: Counter[str] = Counter()
    for part in parts:
        title = _title(part)
        known[title] += 1
        number = "" if known[title] == 1 and title else str(known[title])
        yield " ".join(filter(None, (title, number))), part


def _is_titled(part: object) -> bool:
    """Whether it is a text under a title, such as a chapter."""
    return isinstance(part, tuple) and bool(part) and isinstance(part[0], Enum)


def _title(part: object) -> str:
    said = (getattr(part, name, None) for name in _TITLES)
    return " ".join(_value(value) for value in said if value)


def _value(value: object) -> str:
    match value:
        case None | bool():
            return {None: NOTHING, True: "yes", False: "no"}[value]
        case Enum():
            return _name(str(value.value))
        case AbstractSet():
            return ", ".join(sorted(map(_value, value)))
        case tuple():
            return ", ".join(map(_value, value)) if _is_plain(value) else "drawn"
        case _:
            return _single(value)


def _single(value: object) -> str:
    if isinstance(value, datetime):
        return f"{value:%H:%M}"
    if isinstance(value, date):
        return day(value)
    if isinstance(value, float):
        return f"{value:g}"
    known = catalogue().get(StructureId(str(value)))
    return known.name if known else " ".join(str(value).split())


def _is_plain(values: tuple[object, ...]) -> bool:
    return all(isinstance(value, str | int | Enum) for value in values)


def _name(name: str) -> str:
    return name.replace("_", " ").replace("-", " ")


def _unit(name: str) -> tuple[str, str]:
    for suffix, unit in _UNITS.items():
        if name.endswith(suffix):
            return _name(name.removesuffix(suffix)), f" {unit}"
    return _name(name), ""
