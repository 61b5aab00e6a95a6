"""The skeleton layer: the bones as one sees them with everything else taken away."""

from tools.draw_atlas.arc_fitting import Manner
from tools.draw_atlas.coverage import Face, Limits
from tools.draw_atlas.measured import MeasuredView, Structures, multi_polygon
from tools.draw_atlas.partition import Symmetry, drawn_partition
from tools.draw_atlas.path_data import closed_paths
from tools.draw_atlas.svg_document import DrawnPath
from tools.draw_atlas.titles import name_of_id, title

_BEHIND_ALL = 1e4


def skeleton_paths(
    source: MeasuredView, symmetry: Symmetry, manner: Manner, limits: Limits
) -> list[DrawnPath]:
    """Draw each bone where no bone nearer to the viewer covers it."""
    bones = {(s["id"], s["side"]): multi_polygon(s["silhouette"]) for s in skeleton_order(source)}
    partition = drawn_partition(bones, symmetry, manner, limits)
    return [
        _bone(face, closed_paths(partition.outline(face), digits=1), source)
        for face in partition.faces
    ]


def skeleton_order(source: MeasuredView) -> Structures:
    """The bones as they cover each other.

    A measured rib has one place in the order although it runs round the chest. Where two ribs
    cross, the upper one is nearer from the front and the side, the lower one from the back; so the
    ribs share out their places among themselves. From the side the spine lies behind them all.
    """
    bones = [s for s in source.structures if s["kind"] == "bone" and s["silhouette"]]
    places: dict[Face, float] = {(s["id"], s["side"]): s["order"] for s in bones}
    ribs = sorted(
        (face for face in places if face[0].startswith("rib-")),
        key=lambda face: int(face[0].removeprefix("rib-")),
        reverse=source.view == "posterior",
    )
    places |= dict(zip(ribs, sorted(places[rib] for rib in ribs), strict=True))
    if source.view.startswith("lateral"):
        spine = [face for face in places if face[0].startswith("vertebra-")]
        places |= {face: places[face] + _BEHIND_ALL for face in spine}
    return sorted(bones, key=lambda s: places[(s["id"], s["side"])])


def _bone(face: Face, data: str, source: MeasuredView) -> DrawnPath:
    bone, side = face
    name = source.names.get(bone, name_of_id(bone))
    return DrawnPath(data, "bone", f"skeleton-{bone}-{side}", bone, side, title(name, side))
