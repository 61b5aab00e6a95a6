"""Templates kept by a therapist or the clinic, and charted in an open visit."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial
from uuid import uuid4

from bodymap.atlas.hit import Atlas
from bodymap.chart.change import between
from bodymap.chart.clinic_choices import ClinicChoices
from bodymap.chart.marks import Mark, MarkId, NeedleSite, TriggerPoint
from bodymap.chart.people import UserId
from bodymap.chart.template import PlannedNeedle, PlannedPoint, Template, template_of
from bodymap.chart.visit import Visit
from bodymap.desk.carrying import carried_forward
from bodymap.desk.clinic_choices import Choosing
from bodymap.desk.entry import entered
from bodymap.desk.placing import hit_at, place_of
from bodymap.desk.steps import Step

NewId = Callable[[], str]


def _uuid() -> str:
    return str(uuid4())


class Templates:
    """Keeps templates among the clinic's choices."""

    def __init__(self, choosing: Choosing) -> None:
        self._choosing = choosing

    def of(self, user: UserId) -> Sequence[Template]:
        """Those a user can take: their own and the clinic's, by name."""
        kept = self._choosing.now().templates
        return sorted(
            (one for one in kept if one.owner in {user, None}),
            key=lambda one: one.name.casefold(),
        )

    def keep(self, name: str, owner: UserId | None, marks: Iterable[Mark]) -> Template:
        """Keep the trigger points and needles among some marks under a name.

        Args:
            name: What it is to be called.
            owner: Whose it is; None for one that everybody uses.
            marks: Marks of a visit; others than trigger points and needles are passed over.

        Raises:
            InvalidEntryError: The name is none or taken, or there is nothing to keep.
        """
        made = entered(lambda: template_of(name, owner, marks))

        self._choosing.change(partial(_with, made))
        return made

    def drop(self, template: Template) -> None:
        """Keep it no longer."""

        def dropped(choices: ClinicChoices) -> ClinicChoices:
            rest = tuple(one for one in choices.templates if one != template)
            return replace(choices, templates=rest)

        self._choosing.change(dropped)

    def bring_back(self, template: Template) -> None:
        """Keep one again that was dropped.

        Raises:
            InvalidEntryError: Another one has taken its name meanwhile.
        """
        self._choosing.change(partial(_with, template))


def template_marks(
    template: Template, atlas: Atlas, new_id: NewId = _uuid
) -> tuple[TriggerPoint | NeedleSite, ...]:
    """A template's marks, with what the atlas says of their places.

    Raises:
        OffTheBodyError: One of them lies off the body as it is drawn now.
    """
    points = tuple(
        _point(planned, number, MarkId(new_id()), atlas)
        for number, planned in enumerate(template.points, 1)
    )
    needles = (
        _needle(planned, number, MarkId(new_id()), atlas, points)
        for number, planned in enumerate(template.needles, 1)
    )
    return (*points, *needles)


def template_step(
    visit: Visit,
    marks: Sequence[Mark],
    chosen: Iterable[MarkId],
    name: str,
    new_id: NewId = _uuid,
) -> Step:
    """Chart those of a template's marks that were chosen."""
    after, made = carried_forward(visit, marks, set(chosen), lambda: MarkId(new_id()))
    select = made[0] if len(made) == 1 else None
    return Step(f"template “{name}”", between(visit, after), between(after, visit), select)


def _with(template: Template, choices: ClinicChoices) -> ClinicChoices:
    if any(_is_named_alike(one, template) for one in choices.templates):
        raise ValueError(f"there is a template “{template.name}” already; take another name")
    return replace(choices, templates=(*choices.templates, template))


def _is_named_alike(one: Template, other: Template) -> bool:
    return one.owner == other.owner and one.name.casefold() == other.name.casefold()


def _point(planned: PlannedPoint, number: int, mark: MarkId, atlas: Atlas) -> TriggerPoint:
    place = place_of(hit_at(atlas, planned.view, planned.u_mm, planned.v_mm))
    return TriggerPoint(
        mark, number, place, planned.muscle, part=planned.part, status=planned.status
    )


def _needle(
    planned: PlannedNeedle,
    number: int,
    mark: MarkId,
    atlas: Atlas,
    points: Sequence[TriggerPoint],
) -> NeedleSite:
    return NeedleSite(
        mark,
        number,
        place_of(hit_at(atlas, planned.view, planned.u_mm, planned.v_mm)),
        muscle=planned.muscle,
        trigger_point=None if planned.point is None else points[planned.point].id,
        needle=planned.needle,
        count=planned.count,
        brand=planned.brand,
        handle=planned.handle,
        technique=planned.technique,
        direction=planned.direction,
        clock=planned.clock,
    )
