"""What lies under a point of the body: region, structures, hazards, and its place in words."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from threading import Lock

from bodymap.atlas.columns import load_columns
from bodymap.atlas.drawing import Drawing, Shape, load_drawing
from bodymap.atlas.hazards import HazardNear, Hazards
from bodymap.atlas.ids import Dissection, LayerId, RegionId, Side, ViewId
from bodymap.atlas.landmarks import in_words
from bodymap.atlas.lookup import Spot, ViewLookup
from bodymap.atlas.regions import regions
from bodymap.atlas.structures import StackEntry
from bodymap.atlas.views import View

__all__ = ["Atlas", "HazardNear", "Hit", "Spot", "StackEntry"]


@dataclass(frozen=True, slots=True)
class Hit:
    """A point on the body and all that the atlas knows about it.

    Depths and hazards are those of a model body, for reference; they decide nothing.

    Attributes:
        view: The view it was pointed at in.
        u: Towards the viewer's right, in millimetres; on the body, if it was snapped.
        v: Downwards.
        snapped: Whether it lay off the body.
        region: The surface region.
        region_name: What that region is called.
        region_side: The side of the region, `midline` for one that spans both.
        side: The patient's side the point lies on.
        structures: What lies under it, in the order in which a needle meets it.
        hazards: What must not be hit and is near the way in, nearest first.
        landmark: Where it lies, in words.
        muscles: Which muscles one may mean by it, the likeliest first: those of `structures`
            that suit, or where there is none the one drawn nearest.
    """

    view: ViewId
    u: float
    v: float
    snapped: bool
    region: RegionId
    region_name: str
    region_side: Side
    side: Side
    structures: tuple[StackEntry, ...]
    hazards: tuple[HazardNear, ...]
    landmark: str
    muscles: tuple[StackEntry, ...]


class _OpenView:
    """A view with all that is needed to answer for it."""

    def __init__(self, drawing: Drawing) -> None:
        self.view = View(drawing)
        self.columns = load_columns(drawing.view)
        self.lookup = ViewLookup(self.view, self.columns)

    @cached_property
    def hazards(self) -> Hazards:
        return Hazards(self.view.drawing.in_layer(LayerId.HAZARDS), self.columns)


class Atlas:
    """The body, to be asked for points. Views are read when they are first asked for.

    It is meant to be opened once and kept. Threads may share it: one of them may warm views
    up while another asks.
    """

    def __init__(self, cache_dir: Path | None = None) -> None:
        self._cache_dir = cache_dir
        self._views: dict[ViewId, _OpenView] = {}
        self._opening = Lock()

    @classmethod
    def load(cls, cache_dir: Path | None = None) -> "Atlas":
        """Open the atlas that ships with the program.

        Args:
            cache_dir: A folder where faster forms of the drawings may be kept.
        """
        return cls(cache_dir)

    def view(self, view: ViewId) -> View:
        """A view: its drawing and the words for its directions.

        Raises:
            DrawingError: Its drawing cannot be read.
        """
        return self._open(view).view

    def hit(self, view: ViewId, u: float, v: float) -> Hit | None:
        """Say what lies under a point; `None` if it is more than 6 mm off the body.

        Raises:
            DrawingError: The drawing of the view cannot be read.
            ColumnsError: Its needle columns cannot be read.
        """
        opened = self._open(view)
        spot = opened.lookup.spot(u, v)
        if spot is None:
            return None
        return Hit(
            view=view,
            u=spot.u,
            v=spot.v,
            snapped=spot.snapped,
            region=spot.region,
            region_name=regions()[spot.region].name,
            region_side=spot.region_side,
            side=spot.side,
            structures=spot.stack,
            hazards=opened.hazards.near(spot.u, spot.v, spot.stack),
            landmark=in_words(view, spot.u, spot.v, spot.side, spot.region),
            muscles=opened.lookup.muscles(spot),
        )

    def lookup(self, view: ViewId, u: float, v: float) -> Spot | None:
        """The quick part of `hit`: region, side and stack, fit for every move of the mouse."""
        return self._open(view).lookup.spot(u, v)

    def drawn_at(self, view: ViewId, u: float, v: float, dissection: Dissection) -> Shape | None:
        """What is drawn at a point of a dissection: on the skin, its region."""
        return self._open(view).lookup.drawn_at(u, v, dissection)

    def warm(self, view: ViewId) -> None:
        """Make ready all that the first questions about a view would have to wait for.

        That takes a good part of a second for all views; it is meant for the background.

        Raises:
            DrawingError: The drawing of the view cannot be read.
            ColumnsError: Its needle columns cannot be read.
        """
        opened = self._open(view)
        for dissection in Dissection:
            opened.lookup.partition(dissection)
        opened.hazards.near(0.0, 0.0, ())

    def _open(self, view: ViewId) -> _OpenView:
        opened = self._views.get(view)
        if opened is None:
            with self._opening:
                if view not in self._views:
                    drawing = load_drawing(view, cache=self._cache_dir)
                    self._views[view] = _OpenView(drawing)
                opened = self._views[view]
        return opened
