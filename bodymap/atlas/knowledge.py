"""The clinical reference at hand: what is known about muscles, hazards, screening, needles.

Everything here is reference with its source, for an average adult; nothing of it is a finding
and nothing of it decides. Each file is read when it is first asked for.
"""

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from functools import cache, cached_property
from types import MappingProxyType

from bodymap.atlas.clinical.dermatomes import Dermatome, read_dermatomes
from bodymap.atlas.clinical.entry import KnowledgeError, clinical_file
from bodymap.atlas.clinical.hazards import Hazard, HazardId, read_hazards
from bodymap.atlas.clinical.muscles import Muscle, MuscleId, read_muscles
from bodymap.atlas.clinical.names import NameIndex
from bodymap.atlas.clinical.needles import Needles, read_needles
from bodymap.atlas.clinical.referral import Zone, read_zones
from bodymap.atlas.clinical.screening import ScreeningId, ScreeningItem, read_screening
from bodymap.atlas.clinical.sources import Source, SourceId, read_sources
from bodymap.atlas.clinical.ties import Codes, Gaps, read_codes, read_gaps
from bodymap.atlas.ids import StructureId
from bodymap.atlas.structures import catalogue
from bodymap.errors import NotFoundError


class Knowledge:
    """The clinical reference. One is enough for a program: see `load`.

    Reading raises `KnowledgeError` where a file says something that cannot be.
    """

    @classmethod
    @cache
    def load(cls) -> "Knowledge":
        """The one reference of the program; costs nothing until something is asked."""
        return cls()

    @cached_property
    def muscles(self) -> Mapping[MuscleId, Muscle]:
        """All muscles, by id, from head to foot."""
        muscles = read_muscles(clinical_file("muscles"), self.zones)
        for muscle in muscles.values():
            self._check_sources(muscle.id, muscle.sources)
            self._check_sources(muscle.id, (found.source for found in muscle.often_found_in))
            if muscle.depth_guide:
                self._check_sources(muscle.id, (muscle.depth_guide.source,))
            _check_known(muscle.id, "hazard", muscle.hazards, self.hazards)
            _check_known(muscle.id, "structure", muscle.structures, catalogue())
        return MappingProxyType(muscles)

    @cached_property
    def zones(self) -> Mapping[str, Zone]:
        """The zones of the referral patterns, by id: each surface region, and a few more."""
        return read_zones(clinical_file("zones"))

    @cached_property
    def sources(self) -> Mapping[SourceId, Source]:
        """The sources of all entries, by id."""
        return MappingProxyType(read_sources(clinical_file("sources")))

    @cached_property
    def hazards(self) -> Mapping[HazardId, Hazard]:
        """What a needle must not hit, by id."""
        hazards = read_hazards(clinical_file("hazards"))
        for hazard in hazards.values():
            self._check_sources(hazard.id, hazard.sources)
            _check_known(hazard.id, "structure", hazard.structures, catalogue())
        return MappingProxyType(hazards)

    @cached_property
    def screening(self) -> Mapping[ScreeningId, ScreeningItem]:
        """What is asked before needling, by id, in the order it is asked."""
        items = read_screening(clinical_file("screening"))
        for item in items.values():
            self._check_sources(item.id, item.sources)
            _check_known(item.id, "hazard", item.hazards, self.hazards)
        return MappingProxyType(items)

    @cached_property
    def dermatomes(self) -> Mapping[str, Dermatome]:
        """The dermatomes, by id, from head to foot."""
        return MappingProxyType(read_dermatomes(clinical_file("dermatomes")))

    @cached_property
    def needles(self) -> Needles:
        """The needles one can buy."""
        return read_needles(clinical_file("needles"))

    @cached_property
    def gaps(self) -> Gaps:
        """What lacks its counterpart in the drawings or here, and why."""
        return read_gaps(clinical_file("outlines"))

    @cached_property
    def codes(self) -> Mapping[MuscleId, Codes]:
        """The codes of the muscles in other vocabularies."""
        return read_codes(clinical_file("codes"))

    def warm(self) -> None:
        """Read what a charted needle asks for; meant for the background."""
        self.find_muscles("")
        self.hazards_of(StructureId(""))
        self.muscle_of(StructureId(""))

    def muscle(self, muscle_id: str) -> Muscle:
        """The muscle of an id.

        Raises:
            NotFoundError: There is none.
        """
        try:
            return self.muscles[MuscleId(muscle_id)]
        except KeyError:
            raise NotFoundError(f"There is no muscle {muscle_id!r} in the reference.") from None

    def find_muscles(self, text: str) -> tuple[Muscle, ...]:
        """The muscles a text may mean, best first: any name, whatever its case and accents."""
        return self._names.find(text)

    def nearest_muscle(self, text: str) -> Muscle | None:
        """The muscle spelt most like a text that found nothing."""
        return self._names.nearest(text)

    def muscle_of(self, structure_id: StructureId) -> Muscle | None:
        """The muscle a drawn structure belongs to: the first, should there be several."""
        return next(iter(self.muscles_of(structure_id)), None)

    def muscles_of(self, structure_id: StructureId) -> tuple[Muscle, ...]:
        """The muscles a structure belongs to; for a whole, such as `trapezius`, those of its parts.

        Empty for bones and the like, and for the few muscles the reference has no entry for.
        """
        return self._by_structure.get(structure_id, ())

    def hazards_of(self, structure_id: StructureId) -> tuple[Hazard, ...]:
        """What the reference says on a drawn organ, nerve or vessel; the worst first."""
        return self._hazards_by_structure.get(structure_id, ())

    def muscles_near(self, hazard_id: HazardId) -> tuple[Muscle, ...]:
        """The muscles that name a hazard."""
        return tuple(m for m in self.muscles.values() if hazard_id in m.hazards)

    def cite(self, sources: Iterable[SourceId]) -> tuple[str, ...]:
        """Sources with their marks, fit to be shown."""
        return tuple(self.sources[source].as_text for source in sources)

    @cached_property
    def _names(self) -> NameIndex:
        return NameIndex(self.muscles.values())

    @cached_property
    def _by_structure(self) -> Mapping[StructureId, tuple[Muscle, ...]]:
        found: defaultdict[StructureId, list[Muscle]] = defaultdict(list)
        for muscle in self.muscles.values():
            for structure in muscle.structures:
                found[structure].append(muscle)
                whole = catalogue()[structure].parent
                if whole and muscle not in found[whole]:
                    found[whole].append(muscle)
        return {structure: tuple(muscles) for structure, muscles in found.items()}

    @cached_property
    def _hazards_by_structure(self) -> Mapping[StructureId, tuple[Hazard, ...]]:
        found: defaultdict[StructureId, list[Hazard]] = defaultdict(list)
        for hazard in sorted(self.hazards.values(), key=_severity):
            for structure in hazard.structures:
                found[structure].append(hazard)
        return {structure: tuple(hazards) for structure, hazards in found.items()}

    def _check_sources(self, entry: str, sources: Iterable[SourceId]) -> None:
        _check_known(entry, "source", sources, self.sources)


def _check_known(entry: str, kind: str, ids: Iterable[str], known: Container[object]) -> None:
    for name in ids:
        if name not in known:
            raise KnowledgeError(f"{entry}: there is no {kind} {name!r}.")


def _severity(hazard: Hazard) -> int:
    levels: Sequence[str] = tuple(type(hazard.level))
    return levels.index(hazard.level)
