"""Compares visits for the panel, and says what is to be laid over the body."""

from collections.abc import Callable, Collection, Sequence
from typing import Protocol

from bodymap.atlas.ids import Side, StructureId
from bodymap.chart.day_words import day
from bodymap.chart.marks import Mark, MarkId, MarkKind, NeedleSite, TriggerPoint
from bodymap.chart.people import Episode, EpisodeId, PatientId
from bodymap.chart.visit import Visit, VisitId, VisitState
from bodymap.desk.clinic import Clinic
from bodymap.desk.comparing import compared
from bodymap.widgets.chart_words import NameOf, counted, sided
from bodymap.widgets.inspector.model import Choice, Listed
from bodymap.widgets.over_time import words
from bodymap.widgets.over_time.model import Comparison, HeatChoice, Mode, MuscleCourse

Muscle = tuple[StructureId, Side]
Course = tuple[Sequence[Visit], Sequence[Episode]]
"""All visits of a patient, oldest first, and what they were about."""

Ask = Callable[[Callable[[], Course], Callable[[Course], None], Callable[[str], None]], None]
"""Runs the first beside the window, then tells its answer or what went wrong."""


class OverTimeView(Protocol):
    """What the presenter needs of the panel."""

    def show_mode(self, mode: Mode) -> None:
        """Turn to a page."""

    def show_comparison(self, shown: Comparison) -> None:
        """Show two visits side by side."""

    def show_heat(self, shown: HeatChoice) -> None:
        """Show what the heat is made of."""

    def show_muscle(self, shown: MuscleCourse) -> None:
        """Show one muscle through the visits."""


class Body(Protocol):
    """What the presenter needs of the map."""

    def show_ghosts(self, marks: Sequence[Mark]) -> None:
        """Lay the marks of another visit under those of the open one."""

    def show_heat(self, visits: Sequence[Visit], kind: MarkKind) -> None:
        """Lay the heat of visits over the body."""

    def show_nothing(self) -> None:
        """Take off what was laid over the body."""


class OverTimePresenter:
    """One open visit among the others of its patient."""

    def __init__(
        self,
        view: OverTimeView,
        body: Body,
        clinic: Clinic,
        name_of: NameOf,
        report: Callable[[str], None],
        ask: Ask,
    ) -> None:
        self._view, self._body, self._clinic = view, body, clinic
        self._name_of, self._report, self._ask = name_of, report, ask
        self._visits: tuple[Visit, ...] = ()
        self._complaints: dict[EpisodeId, str] = {}
        self._here: VisitId | None = None
        self._other: VisitId | None = None
        self._kind = MarkKind.TRIGGER_POINT
        self._chosen: frozenset[VisitId] = frozenset()
        self._muscle: Muscle | None = None
        self._is_read = False
        self.mode = Mode.COMPARE
        self.is_open = False

    def open(self, visit: Visit) -> None:
        """Look at a visit among the others."""
        self.is_open = True
        self._load(visit)

    def close(self) -> None:
        """Look at nothing."""
        self.is_open = False
        self._body.show_nothing()

    def follow(self, visit: Visit) -> None:
        """Another visit is open, or the same one has changed."""
        if not self.is_open:
            return
        known = {one.id: at for at, one in enumerate(self._visits)}
        if visit.id not in known:
            self._load(visit)
            return
        at = known[visit.id]
        self._visits = (*self._visits[:at], visit, *self._visits[at + 1 :])
        if visit.id != self._here:
            self._here = visit.id
            self._other = self._one_before()
        self.show()

    def choose_mode(self, mode: Mode) -> None:
        """Turn to another page."""
        self.mode = mode
        self.show()

    def choose_other(self, visit: VisitId) -> None:
        """Compare with another visit."""
        self._other = visit
        self.show()

    def choose_kind(self, kind: MarkKind) -> None:
        """Show the heat of other marks."""
        self._kind = kind
        self.show()

    def choose_visits(self, visits: Collection[VisitId]) -> None:
        """Show the heat of other visits."""
        if frozenset(visits) != self._chosen:
            self._chosen = frozenset(visits)
            self.show()

    def choose_muscle(self, muscle: Muscle) -> None:
        """Follow another muscle."""
        self._muscle = muscle
        self.show()

    def beside(self, by: int) -> VisitId | None:
        """The visit so many steps later in the same complaint; None beyond its ends."""
        course = self._course()
        at = [visit.id for visit in course].index(self._open_visit.id) + by
        return course[at].id if 0 <= at < len(course) else None

    @property
    def first(self) -> VisitId:
        """The first visit of the complaint."""
        return self._course()[0].id

    def find(self, mark: MarkId) -> Mark | None:
        """A mark of the list, wherever it was charted."""
        found = (one for visit in self._visits for one in visit.marks if one.id == mark)
        return next(found, None)

    def show(self) -> None:
        """Show what is looked at."""
        if not self.is_open:
            return
        self._view.show_mode(self.mode)
        match self.mode:
            case Mode.COMPARE:
                self._show_comparison()
            case Mode.HEAT:
                self._show_heat()
            case Mode.MUSCLE:
                self._show_muscle()

    # --- what is looked at

    @property
    def _open_visit(self) -> Visit:
        return next(visit for visit in self._visits if visit.id == self._here)

    def _course(self) -> list[Visit]:
        """All visits of the complaint, oldest first."""
        return [visit for visit in self._visits if visit.episode == self._open_visit.episode]

    def _load(self, visit: Visit) -> None:
        """Show a visit alone, and with the others once they are read beside the window."""
        if {one.patient for one in self._visits} != {visit.patient}:
            self._muscle = None
        self._visits, self._here, self._other = (visit,), visit.id, None
        self._chosen, self._is_read = frozenset({visit.id}), False
        self.show()
        self._ask(
            lambda: self._stored(visit.patient),
            lambda stored: self._take_in(visit.id, stored),
            self._report,
        )

    def _stored(self, patient: PatientId) -> Course:
        return self._clinic.course(patient), self._clinic.episodes(patient)

    def _take_in(self, asked: VisitId, stored: Course) -> None:
        if not self.is_open or asked != self._here:
            return
        here, (visits, episodes) = self._open_visit, stored
        kept = [one for one in visits if one.state is not VisitState.VOID or one.id == here.id]
        self._visits = tuple(here if one.id == here.id else one for one in kept)
        self._complaints = {one.id: one.complaint for one in episodes}
        self._other = self._one_before()
        self._chosen = frozenset(one.id for one in self._course())
        self._is_read = True
        self.show()

    def _one_before(self) -> VisitId | None:
        """The visit before in the same complaint; else the nearest other one."""
        before = self.beside(-1) or self.beside(1)
        others = [visit.id for visit in self._visits if visit.id != self._here]
        return before or (others[-1] if others else None)

    def _choice(self, visit: Visit) -> Choice:
        complaint = self._complaints.get(visit.episode, "") if len(self._complaints) > 1 else ""
        return Choice(visit.id, words.visit_choice(visit, complaint))

    def _show_comparison(self) -> None:
        here = self._open_visit
        others = [visit for visit in reversed(self._visits) if visit.id != here.id]
        other = next((visit for visit in others if visit.id == self._other), None)
        course = [visit.id for visit in self._course()]
        place = f"Visit {course.index(here.id) + 1} of {len(course)}, {day(here.began)}"
        can_go = (self.beside(-1) is not None, self.beside(1) is not None)
        if other is None:
            self._body.show_nothing()
            self._view.show_comparison(Comparison(place, can_go=can_go, is_read=self._is_read))
            return
        first, second = sorted((other, here), key=lambda visit: visit.began)
        rows = tuple(words.listed(pair, self._name_of) for pair in compared(first, second))
        self._body.show_ghosts(other.marks)
        self._view.show_comparison(
            Comparison(
                place,
                tuple(map(self._choice, others)),
                other.id,
                tuple(words.summary(first, second)),
                rows,
                can_go,
            )
        )

    def _show_heat(self) -> None:
        chosen = [visit for visit in self._visits if visit.id in self._chosen]
        self._body.show_heat(chosen, self._kind)
        choices = tuple(self._choice(visit) for visit in reversed(self._visits))
        told = f"{words.HEAT_WORDS[self._kind]} of {counted(len(chosen), 'visit')}"
        shown = frozenset[object](self._chosen)
        self._view.show_heat(HeatChoice(self._kind, choices, shown, told))

    def _show_muscle(self) -> None:
        self._body.show_nothing()
        muscles = {
            (mark.muscle, mark.place.side): None
            for visit in reversed(self._visits)
            for mark in visit.marks
            if isinstance(mark, TriggerPoint | NeedleSite) and mark.muscle is not None
        }
        if self._muscle not in muscles:
            self._muscle = next(iter(muscles), None)
        choices = tuple(Choice(one, sided(self._name_of(one[0]), one[1])) for one in muscles)
        rows = tuple(self._told(visit, self._muscle) for visit in reversed(self._visits))
        self._view.show_muscle(MuscleCourse(choices, self._muscle, rows if self._muscle else ()))

    def _told(self, visit: Visit, muscle: Muscle | None) -> Listed:
        points = [one for one in visit.trigger_points() if (one.muscle, one.place.side) == muscle]
        needles = [one for one in visit.needle_sites() if (one.muscle, one.place.side) == muscle]
        told = words.muscle_row(points, needles)
        marks: list[Mark] = [*points, *needles]
        mark = marks[0].id if marks else MarkId("")
        kind = MarkKind.TRIGGER_POINT if points or not needles else MarkKind.NEEDLE_SITE
        return Listed(mark, kind, day(visit.began), told, hollow=not points)
