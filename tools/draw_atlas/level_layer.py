"""The picture of one dissection level: muscles, and the bones and fasciae seen between them."""

from collections.abc import Mapping

from tools.draw_atlas.coverage import Face
from tools.draw_atlas.partition import Partition
from tools.draw_atlas.path_data import closed_paths
from tools.draw_atlas.svg_document import DrawnPath
from tools.draw_atlas.titles import name_of_id, title

KIND_CLASSES = {"muscle": "muscle", "tendon-fascia": "tendon", "bone": "bone"}
SHADES = ("m1", "m2", "m3")


def level_paths(
    partition: Partition, level_name: str, kinds: Mapping[str, str], names: Mapping[str, str]
) -> list[DrawnPath]:
    """Write each face of a level as one path."""
    shades = _shades(partition, kinds)
    drawn: list[DrawnPath] = []
    for face in partition.faces:
        structure, side = face
        classes = KIND_CLASSES.get(kinds[structure], "other")
        if face in shades:
            classes = f"{classes} {shades[face]}"
        name = names.get(structure, name_of_id(structure))
        data = closed_paths(partition.outline(face), digits=1)
        path_id = f"{level_name}-{structure}-{side}"
        drawn.append(DrawnPath(data, classes, path_id, structure, side, title(name, side)))
    return drawn


def _shades(partition: Partition, kinds: Mapping[str, str]) -> dict[Face, str]:
    """Give muscles that touch different shades, the same on both sides of the body."""
    beside: dict[str, dict[str, float]] = {}
    for arc in partition.arcs:
        if arc.left and arc.right and kinds[arc.left[0]] == kinds[arc.right[0]] == "muscle":
            a, b = arc.left[0], arc.right[0]
            length = float(len(arc.points))
            beside.setdefault(a, {})[b] = beside.get(a, {}).get(b, 0.0) + length
            beside.setdefault(b, {})[a] = beside.get(b, {}).get(a, 0.0) + length
    chosen: dict[str, str] = {}
    for muscle in sorted(beside, key=lambda m: (-sum(beside[m].values()), m)):
        cost = {
            shade: sum(
                length for other, length in beside[muscle].items() if chosen.get(other) == shade
            )
            for shade in SHADES
        }
        chosen[muscle] = min(SHADES, key=lambda shade: (cost[shade], shade))
    return {
        face: chosen.get(face[0], SHADES[0])
        for face in partition.faces
        if kinds[face[0]] == "muscle"
    }
