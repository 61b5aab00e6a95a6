"""Where on the body something lies."""

import math
from dataclasses import dataclass, replace

from bodymap.atlas.ids import ATLAS_VERSION, RegionId, Side, StructureId, ViewId


@dataclass(frozen=True, slots=True)
class Place:
    """A point on one view, with what the atlas said of it when the mark was made.

    The words are kept beside the millimetres so that a record stays readable when the
    drawing is replaced.

    Attributes:
        view: The drawing that was touched.
        u_mm: Towards the viewer's right, in millimetres of the model body.
        v_mm: Downwards, in millimetres of the model body.
        side: The patient's side the point lies on.
        region: The surface region the point lies in.
        landmark: The position in words from the nearest landmark.
        structures: What lies under the point, from the skin inwards.
        atlas_version: The drawings the millimetres belong to.
    """

    view: ViewId
    u_mm: float
    v_mm: float
    side: Side
    region: RegionId
    landmark: str = ""
    structures: tuple[StructureId, ...] = ()
    atlas_version: str = ATLAS_VERSION

    def __post_init__(self) -> None:
        if not (math.isfinite(self.u_mm) and math.isfinite(self.v_mm)):
            raise ValueError("a place needs two finite numbers of millimetres")

    def moved(self, u_mm: float, v_mm: float) -> "Place":
        """The same words at another point; the caller asks the atlas for new ones."""
        return replace(self, u_mm=u_mm, v_mm=v_mm)


Ring = tuple[tuple[float, float], ...]
"""A closed line in view millimetres; the last point is not repeated."""


@dataclass(frozen=True, slots=True)
class Polygon:
    """One piece of a pain zone: an outer ring and any holes, in millimetres of one view."""

    view: ViewId
    outer: Ring
    holes: tuple[Ring, ...] = ()

    def __post_init__(self) -> None:
        if any(len(ring) < 3 for ring in (self.outer, *self.holes)):
            raise ValueError("a ring needs three points or more")
