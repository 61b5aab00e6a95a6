"""The skeleton layer: the bones as one sees them with everything else taken away."""

from tools.draw_atlas.arc_fitting import Manner
from tools.draw_atlas.coverage import Face, Limits
from tools.draw_atlas.measured import MeasuredView, multi_polygon
from tools.draw_atlas.partition import Symmetry, drawn_partition
from tools.draw_atlas.path_data import closed_paths
from tools.draw_atlas.svg_document import DrawnPath
from tools.draw_atlas.titles import name_of_id, title


def skeleton_paths(
    source: MeasuredView, symmetry: Symmetry, manner: Manner, limits: Limits
) -> list[DrawnPath]:
    """Draw each bone where no bone nearer to the viewer covers it."""
    bones = {
        (s["id"], s["side"]): multi_polygon(s["silhouette"])
        for s in sorted(source.structures, key=lambda s: s["order"])
        if s["kind"] == "bone" and s["silhouette"]
    }
    partition = drawn_partition(bones, symmetry, manner, limits)
    return [
        _bone(face, closed_paths(partition.outline(face), digits=1), source)
        for face in partition.faces
    ]


def _bone(face: Face, data: str, source: MeasuredView) -> DrawnPath:
    bone, side = face
    name = source.names.get(bone, name_of_id(bone))
    return DrawnPath(data, "bone", f"skeleton-{bone}-{side}", bone, side, title(name, side))
