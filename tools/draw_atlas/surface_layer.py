"""The skin and its regions, whose outer borders are one and the same curve."""

from collections.abc import Mapping

from shapely.geometry.base import BaseGeometry

from tools.draw_atlas.arc_fitting import Manner
from tools.draw_atlas.coverage import Face, Limits
from tools.draw_atlas.partition import Partition, Symmetry, drawn_partition
from tools.draw_atlas.path_data import closed_paths
from tools.draw_atlas.svg_document import DrawnPath
from tools.draw_atlas.titles import name_of_id, title

_MANNER = Manner(sigma_mm=1.2, error_mm=0.2, corner_deg=75)
_LIMITS = Limits(speck_mm2=3.0, gap_mm2=50.0)


def drawn_regions(regions: Mapping[Face, BaseGeometry], symmetry: Symmetry) -> Partition:
    """Draw the borders of the surface regions and with them the outline of the body."""
    return drawn_partition(regions, symmetry, _MANNER, _LIMITS)


def skin_paths(regions: Partition) -> list[DrawnPath]:
    """Write the outline of the skin: the common outline of all regions."""
    data = closed_paths(regions.outline(*regions.faces))
    return [DrawnPath(data, "skin", "skin-midline", "skin", "midline", "Skin")]


def region_paths(regions: Partition, names: Mapping[str, str]) -> list[DrawnPath]:
    """Write each surface region as one path."""
    return [
        DrawnPath(
            closed_paths(regions.outline((zone, side))),
            "region",
            f"region-{zone}-{side}",
            zone,
            side,
            title(names.get(zone, name_of_id(zone)), side),
        )
        for zone, side in regions.faces
    ]
