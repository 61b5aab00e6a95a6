"""The needles one can buy: diameters, lengths, common sizes."""

from collections.abc import Mapping
from dataclasses import dataclass

from bodymap.atlas.clinical.entry import Entry
from bodymap.atlas.clinical.sources import SourceId


@dataclass(frozen=True, slots=True)
class HandleColour:
    """The colour a maker gives the handle of a diameter."""

    maker: str
    colour: str
    is_checked: bool


@dataclass(frozen=True, slots=True)
class Diameter:
    """A diameter on the market.

    Attributes:
        mm: What is recorded.
        japanese_number: What the pack may say too.
        gauge_nearest: The nearest standard wire gauge, only a hint: makers differ.
        colours: Handle colours, by maker.
    """

    mm: float
    japanese_number: str | None
    gauge_nearest: int | None
    colours: tuple[HandleColour, ...]


@dataclass(frozen=True, slots=True)
class NeedleSize:
    """A size that is commonly stocked."""

    id: str
    diameter_mm: float
    length_mm: float
    typical_use: str
    sources: tuple[SourceId, ...]


@dataclass(frozen=True, slots=True)
class Needles:
    """All of them.

    Attributes:
        note: What to know about gauges and colours.
        material: What needles are made of.
        dwell_min: For how many minutes a needle usually stays.
        lengths_mm: Lengths on the market.
        diameters: Diameters on the market, thinnest first.
        common_sizes: What is commonly stocked.
        sources: Where this comes from, by topic.
    """

    note: str
    material: str
    dwell_min: tuple[float, float]
    lengths_mm: tuple[float, ...]
    diameters: tuple[Diameter, ...]
    common_sizes: tuple[NeedleSize, ...]
    sources: Mapping[str, tuple[SourceId, ...]]


def read_needles(file: Entry) -> Needles:
    """The contents of `needles.json`."""
    topics = file.entry("sources")
    return Needles(
        note=file.text("note"),
        material=file.text("material"),
        dwell_min=file.span("dwell_min"),
        lengths_mm=file.numbers("lengths_mm"),
        diameters=tuple(_diameter(entry) for entry in file.entries("diameters")),
        common_sizes=tuple(_size(entry) for entry in file.entries("common_sizes")),
        sources={topic: tuple(map(SourceId, topics.texts(topic))) for topic in topics.names()},
    )


def _diameter(entry: Entry) -> Diameter:
    gauge = entry.number_or_none("gauge_nearest")
    return Diameter(
        mm=entry.number("mm"),
        japanese_number=entry.text_or_none("japanese_number"),
        gauge_nearest=None if gauge is None else int(gauge),
        colours=tuple(
            HandleColour(c.text("maker"), c.text("colour"), c.flag("is_checked"))
            for c in entry.entries("colours", key="maker")
        ),
    )


def _size(entry: Entry) -> NeedleSize:
    return NeedleSize(
        id=entry.text("id"),
        diameter_mm=entry.number("diameter_mm"),
        length_mm=entry.number("length_mm"),
        typical_use=entry.text("typical_use"),
        sources=tuple(map(SourceId, entry.texts("sources"))),
    )
