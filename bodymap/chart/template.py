"""Templates: a named set of trigger points and needles, to be charted on anyone.

A template knows where on the model body its marks lie and how the needles are used. What lies
there, and how the place is called, is asked of the atlas when the template is used.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from bodymap.atlas.ids import StructureId, ViewId
from bodymap.chart.marks import (
    SHORT_WORDS,
    Mark,
    NeedleSite,
    NeedleSize,
    TriggerPoint,
    TriggerPointStatus,
)
from bodymap.chart.needling import Direction, Handle, Technique
from bodymap.chart.people import UserId

MOST_MARKS = 100


@dataclass(frozen=True, slots=True)
class PlannedPoint:
    """A trigger point to look for."""

    view: ViewId
    u_mm: float
    v_mm: float
    muscle: StructureId | None = None
    part: str = ""
    status: TriggerPointStatus = TriggerPointStatus.ACTIVE


@dataclass(frozen=True, slots=True)
class PlannedNeedle:
    """A needle to place.

    Attributes:
        point: Which of the template's trigger points it is for, from 0; None for none.
    """

    view: ViewId
    u_mm: float
    v_mm: float
    needle: NeedleSize
    muscle: StructureId | None = None
    count: int = 1
    brand: str = ""
    handle: Handle | None = None
    technique: Technique = Technique.DEEP
    direction: Direction = Direction.PERPENDICULAR
    clock: int | None = None
    point: int | None = None


@dataclass(frozen=True, slots=True)
class Template:
    """A named set of marks.

    Attributes:
        owner: Whose it is; None for one that everybody at the clinic uses.
    """

    name: str
    owner: UserId | None = None
    points: tuple[PlannedPoint, ...] = ()
    needles: tuple[PlannedNeedle, ...] = ()

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise ValueError("a template needs a name")
        if self.name != self.name.strip():
            raise ValueError("a template's name neither begins nor ends with a blank")
        if len(self.name) > SHORT_WORDS:
            raise ValueError(f"a template's name has at most {SHORT_WORDS} characters")
        if not 1 <= len(self.points) + len(self.needles) <= MOST_MARKS:
            raise ValueError(f"a template has between 1 and {MOST_MARKS} trigger points or needles")
        if any(needle.point not in {None, *range(len(self.points))} for needle in self.needles):
            raise ValueError("a needle is for one of the template's own trigger points")


def template_of(name: str, owner: UserId | None, marks: Iterable[Mark]) -> Template:
    """The template that the trigger points and needles among some marks make.

    Raises:
        ValueError: There are none, or the name is none.
    """
    marks = list(marks)
    points = [mark for mark in marks if isinstance(mark, TriggerPoint)]
    order = {point.id: index for index, point in enumerate(points)}
    needles = (
        _planned_needle(mark, order.get(mark.trigger_point) if mark.trigger_point else None)
        for mark in marks
        if isinstance(mark, NeedleSite)
    )
    return Template(name.strip(), owner, tuple(map(_planned_point, points)), tuple(needles))


def _planned_point(mark: TriggerPoint) -> PlannedPoint:
    place = mark.place
    return PlannedPoint(
        place.view, place.u_mm, place.v_mm, mark.muscle, part=mark.part, status=mark.status
    )


def _planned_needle(mark: NeedleSite, point: int | None) -> PlannedNeedle:
    place = mark.place
    return PlannedNeedle(
        place.view,
        place.u_mm,
        place.v_mm,
        mark.needle,
        muscle=mark.muscle,
        count=mark.count,
        brand=mark.brand,
        handle=mark.handle,
        technique=mark.technique,
        direction=mark.direction,
        clock=mark.clock,
        point=point,
    )
