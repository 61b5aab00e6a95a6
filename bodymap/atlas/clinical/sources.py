"""Where the clinical facts come from, and how much of each source was read."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

from bodymap.atlas.clinical.entry import Entry

SourceId = NewType("SourceId", str)


class Seen(StrEnum):
    """How much of a source was read by those who wrote the entry."""

    READ = "read"
    IN_PART = "in-part"
    NOT_OPENED = "not-opened"


@dataclass(frozen=True, slots=True)
class Source:
    """One source.

    Attributes:
        id: Its id.
        title: What it is, as one would cite it briefly.
        seen: How much of it was read.
        part: Which part was read, such as `abstract`, when not the whole passage.
        is_secondary: Whether it retells others.
        url: Where it can be found, if known.
    """

    id: SourceId
    title: str
    seen: Seen
    part: str | None
    is_secondary: bool
    url: str | None

    @property
    def as_text(self) -> str:
        """The source with its mark, fit to be shown."""
        remarks = [
            {
                Seen.READ: "read",
                Seen.IN_PART: f"read: {self.part}",
                Seen.NOT_OPENED: "not opened",
            }[self.seen]
        ]
        if self.is_secondary:
            remarks.append("retells others")
        return f"{self.title} ({', '.join(remarks)})"


def read_sources(file: Entry) -> Mapping[SourceId, Source]:
    """The sources of `sources.json`, by id."""
    sources: dict[SourceId, Source] = {}
    for entry in file.entries("sources"):
        source = _source(entry)
        if source.id in sources:
            raise entry.wrong("id", "the id is taken")
        sources[source.id] = source
    return sources


def _source(entry: Entry) -> Source:
    seen, part = entry.choice("seen", Seen), entry.text_or_none("part")
    if (seen is Seen.IN_PART) != (part is not None):
        raise entry.wrong(
            "part", "it has to be named when a source was read in part, and only then"
        )
    return Source(
        id=SourceId(entry.text("id")),
        title=entry.text("title"),
        seen=seen,
        part=part,
        is_secondary=entry.flag("secondary"),
        url=entry.text_or_none("url"),
    )
