"""The words other packages may use to speak of the body: views, sides, layers, ids.

This module imports nothing of bodymap, so that the record can name places on the body
without knowing how they are drawn.
"""

from enum import StrEnum
from typing import NewType

ATLAS_VERSION = "1"
"""Changes whenever a drawing moves something a stored mark could lie on."""

StructureId = NewType("StructureId", str)
"""A drawn thing without its side, such as `infraspinatus`; ids are those of the drawings."""

RegionId = NewType("RegionId", str)
"""A surface region without its side, such as `lateral-shoulder`."""


class ViewId(StrEnum):
    """One drawing of the body, in the order of the tabs."""

    ANTERIOR = "anterior"
    POSTERIOR = "posterior"
    LATERAL_LEFT = "lateral-left"
    LATERAL_RIGHT = "lateral-right"
    SOLES = "soles"
    FEET_DORSAL = "feet-dorsal"


class Side(StrEnum):
    """A side of the body: always the patient's, never the viewer's."""

    LEFT = "left"
    RIGHT = "right"
    MIDLINE = "midline"

    @property
    def mirrored(self) -> "Side":
        """The same place across the midline; the midline is its own mirror."""
        return {Side.LEFT: Side.RIGHT, Side.RIGHT: Side.LEFT}.get(self, Side.MIDLINE)


class LayerId(StrEnum):
    """One group of a drawing, named as in the SVG files, bottom first."""

    SKIN = "skin"
    SURFACE_REGIONS = "surface-regions"
    SKELETON = "skeleton"
    HAZARDS = "hazards"
    MUSCLES_DEEP = "muscles-deep"
    MUSCLES_INTERMEDIATE = "muscles-intermediate"
    MUSCLES_SUPERFICIAL = "muscles-superficial"
    DETAIL = "detail"


class Dissection(StrEnum):
    """How much is taken away before the body is shown."""

    SKIN = "skin"
    SUPERFICIAL = "superficial"
    INTERMEDIATE = "intermediate"
    DEEP = "deep"


class Kind(StrEnum):
    """What sort of thing a structure is."""

    MUSCLE = "muscle"
    TENDON_FASCIA = "tendon-fascia"
    BONE = "bone"
    CARTILAGE = "cartilage"
    ORGAN = "organ"
    NERVE = "nerve"
    VESSEL = "vessel"
    OTHER = "other"
