"""What the map says of a place or of a mark, in a few words."""

from dataclasses import dataclass

from bodymap.atlas.drawing import Shape
from bodymap.atlas.hit import Hit, StackEntry
from bodymap.atlas.ids import Dissection, Kind, Side, StructureId
from bodymap.atlas.structures import catalogue
from bodymap.chart.marks import Mark, NeedleSite, Note, PainZone, TriggerPoint

_DEEP = {Kind.BONE, Kind.ORGAN}


@dataclass(frozen=True, slots=True)
class HoverWords:
    """A title and at most two lines below it."""

    title: str
    lines: tuple[str, ...] = ()


def with_side(name: str, side: Side) -> str:
    """A name with the patient's side in front, such as "Right infraspinatus"."""
    if side is Side.MIDLINE:
        return name[:1].upper() + name[1:]
    lowered = name[:1].lower() + name[1:] if name[1:2].islower() else name
    return f"{side.capitalize()} {lowered}"


def structure_name(structure: StructureId) -> str:
    """The English name of a structure; its id where the catalogue has none."""
    known = catalogue().get(structure)
    return known.name if known else structure.replace("-", " ").capitalize()


def words_for(hit: Hit, shape: Shape | None, dissection: Dissection) -> HoverWords:
    """What lies under the pointer: what is drawn there, how deep, and where that is."""
    if dissection is Dissection.SKIN or shape is None or not shape.structure:
        return HoverWords(with_side(hit.region_name, hit.region_side), (hit.landmark,))
    title = with_side(structure_name(shape.structure), shape.side)
    depth = _depths(hit, shape)
    return HoverWords(title, (depth, hit.landmark) if depth else (hit.landmark,))


def _depths(hit: Hit, shape: Shape) -> str:
    """Such as "7 mm deep · scapula at 21 mm"; depths of the model body."""
    told: list[str] = []
    own = next((entry for entry in hit.structures if entry.id == shape.structure), None)
    if own:
        told.append("at the surface" if own.entry_mm < 0.5 else f"{own.entry_mm:.0f} mm deep")
    deeper = next((entry for entry in hit.structures if _is_below(entry, own, shape)), None)
    if deeper:
        name = deeper.name[:1].lower() + deeper.name[1:]
        told.append(f"{name} at {deeper.entry_mm:.0f} mm")
    return " · ".join(told)


def _is_below(entry: StackEntry, own: StackEntry | None, shape: Shape) -> bool:
    if entry.kind not in _DEEP or entry.id == shape.structure:
        return False
    return own is None or entry.entry_mm > own.entry_mm


def words_for_mark(mark: Mark) -> HoverWords:
    """What a mark is."""
    match mark:
        case TriggerPoint():
            told = f"{mark.status.capitalize()} trigger point {mark.number}"
            return HoverWords(told, (_where(mark.muscle, mark), mark.place.landmark))
        case NeedleSite():
            depth = f" · {mark.depth_mm:.0f} mm deep" if mark.depth_mm is not None else ""
            size = f"{mark.needle}{depth}"
            return HoverWords(f"Needle {mark.number}", (_where(mark.muscle, mark), size))
        case PainZone():
            rating = f" · {mark.intensity}/10" if mark.intensity is not None else ""
            return HoverWords(f"Pain zone {mark.number}", (f"{mark.kind.capitalize()}{rating}",))
        case Note():
            return HoverWords(f"Note {mark.number}", (mark.text or mark.place.landmark,))


def _where(muscle: StructureId | None, mark: Mark) -> str:
    if muscle is None:
        return mark.place.side.capitalize()
    return with_side(structure_name(muscle), mark.place.side)
