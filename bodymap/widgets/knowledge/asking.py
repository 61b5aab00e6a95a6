"""Ties the actions of the reference to its panel, the map and the open visit."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from bodymap.atlas.hit import Atlas, Hit
from bodymap.atlas.ids import Kind, Side, StructureId
from bodymap.atlas.knowledge import Knowledge
from bodymap.chart.marks import NeedleSite, TriggerPoint
from bodymap.widgets.actions import ActionId, Actions
from bodymap.widgets.knowledge.levels_page import LEVEL_ACTIONS
from bodymap.widgets.knowledge.on_body import OnBody
from bodymap.widgets.knowledge.panel import KnowledgePanel
from bodymap.widgets.knowledge.presenter import KnowledgePresenter, Page
from bodymap.widgets.map.overlays.levels import LevelKind
from bodymap.widgets.map.view import MapView
from bodymap.widgets.session import Session
from bodymap.widgets.theme import Theme

_ON_THE_MARK_MM = 8.0
"""A pointer this near to the chosen mark means the mark."""


class Asking(QObject):
    """Opens the reference where it is asked for, in the place of another panel."""

    def __init__(
        self, body: MapView, atlas: Atlas, actions: Actions, theme: Theme, instead_of: QWidget
    ) -> None:
        super().__init__(body)
        self.panel = KnowledgePanel(actions, theme)
        self._instead_of = instead_of
        self._map, self._atlas, self._actions = body, atlas, actions
        self.presenter = KnowledgePresenter(self.panel, OnBody(body, atlas), Knowledge.load())
        self._hovered: Hit | None = None
        self._connect()
        self._bind()

    def follow(self, session: Session) -> None:
        """Speak of the visit that is open, whichever that is."""
        session.opened.connect(self.presenter.follow)
        session.changed.connect(self.presenter.refresh)

    def close(self) -> None:
        """Put the reference away."""
        if self.presenter.is_open:
            self.presenter.close()
            self._map.mean(frozenset())
            self.panel.hide()
            self._instead_of.show()

    def open(self, page: Page) -> None:
        """Read a page of it."""
        self.presenter.open(page)
        self._instead_of.hide()
        self.panel.show()

    def _connect(self) -> None:
        panel, presenter = self.panel, self.presenter
        self._map.hovered.connect(self._hover)
        panel.page_chosen.connect(self.open)
        panel.dismissed.connect(self._leave)
        panel.muscle.searched.connect(presenter.search)
        panel.muscle.found_chosen.connect(presenter.choose_found)
        panel.muscle.card.side_chosen.connect(presenter.choose_side)
        panel.muscle.card.point_chosen.connect(presenter.choose_point)
        panel.muscle.card.planned.connect(presenter.plan_here)
        panel.pain.pointed.connect(presenter.point_at)
        panel.pain.planned.connect(presenter.plan)
        panel.pain.about_asked.connect(presenter.about_pointed)
        panel.levels.level_chosen.connect(self._point_at_level)

    def _bind(self) -> None:
        bind = self._actions.bind
        bind(ActionId.REFERENCE, self._ask)
        bind(ActionId.FIND_MUSCLE, self._find)
        bind(ActionId.EXPLAIN_PAIN, self._explain)
        self._actions[ActionId.SHOW_REFERRAL].setChecked(True)
        self._actions[ActionId.SHOW_REFERRAL].toggled.connect(self._show_referral)
        self._actions[ActionId.LAYER_DERMATOMES].toggled.connect(self._show_skin_levels)
        self._actions[ActionId.LAYER_SEGMENTS].toggled.connect(self._show_muscle_levels)

    def _hover(self, hit: Hit | None) -> None:
        self._hovered = hit

    def _ask(self) -> None:
        """Show the muscle under the pointer or of the chosen mark; asked again, close."""
        meant = self._meant()
        known = Knowledge.load().muscle_of(meant[0]) if meant else None
        showing = self.presenter.is_open and self.presenter.page is Page.MUSCLE
        if showing and (known is None or known == self.presenter.muscle):
            self._leave()
            return
        self.open(Page.MUSCLE)
        if meant:
            self.presenter.show_structure(*meant)

    def _find(self) -> None:
        self.open(Page.MUSCLE)
        self.panel.muscle.search.setFocus()
        self.panel.muscle.search.selectAll()

    def _explain(self) -> None:
        if self.presenter.is_open and self.presenter.page is Page.PAIN:
            self._leave()
            return
        self.open(Page.PAIN)
        self.panel.pain.go_to_list()

    def _leave(self) -> None:
        self.close()
        self._map.setFocus()

    def _show_referral(self, on: bool) -> None:
        self.presenter.show_referral(on=on)

    def _show_skin_levels(self, on: bool) -> None:
        self._show_levels(LevelKind.SKIN, on=on)

    def _show_muscle_levels(self, on: bool) -> None:
        self._show_levels(LevelKind.MUSCLES, on=on)

    def _show_levels(self, kind: LevelKind, *, on: bool) -> None:
        """One kind at a time: both at once could not be told apart."""
        self.presenter.show_levels(kind, on=on)
        if on:
            others = (other for other in LEVEL_ACTIONS if other is not kind)
            for other in others:
                self._actions[LEVEL_ACTIONS[other]].setChecked(False)

    def _point_at_level(self, level: str) -> None:
        self._actions[LEVEL_ACTIONS[self.presenter.legend]].setChecked(True)
        self.presenter.point_at_level(level)

    def _meant(self) -> tuple[StructureId, Side] | None:
        hit, chosen = self._hovered, self._chosen()
        if hit is None or (chosen is not None and _is_on(hit, chosen)):
            if chosen is not None and chosen.muscle is not None:
                return chosen.muscle, chosen.place.side
            return None
        drawn = self._atlas.drawn_at(hit.view, hit.u, hit.v, self._map.dissection)
        if drawn is not None and drawn.classes[:1] == (Kind.MUSCLE,):
            return drawn.structure, drawn.side
        return (hit.muscles[0].id, hit.side) if hit.muscles else None

    def _chosen(self) -> TriggerPoint | NeedleSite | None:
        charting, chosen = self._map.charting, list(self._map.selection)
        if charting is None or len(chosen) != 1 or not charting.visit.has(chosen[0]):
            return None
        mark = charting.visit.mark(chosen[0])
        return mark if isinstance(mark, TriggerPoint | NeedleSite) else None


def _is_on(hit: Hit, mark: TriggerPoint | NeedleSite) -> bool:
    place = mark.place
    apart = max(abs(place.u_mm - hit.u), abs(place.v_mm - hit.v))
    return place.view == hit.view and apart < _ON_THE_MARK_MM
