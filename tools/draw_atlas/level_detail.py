"""What is drawn over the picture of one dissection level: tendons, tones, fibres."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import shapely
from shapely.affinity import scale
from shapely.geometry.base import BaseGeometry

from tools.draw_atlas.arc_fitting import Manner
from tools.draw_atlas.bezier import Cubics
from tools.draw_atlas.coverage import Face
from tools.draw_atlas.fibre_field import Measured, fibre_field, read_directions
from tools.draw_atlas.fibre_rules import FibreRule, rule_for
from tools.draw_atlas.fibres import Spacing, fibre_strokes
from tools.draw_atlas.measured import MeasuredView, Structures, multi_polygon
from tools.draw_atlas.partition import Partition, Symmetry
from tools.draw_atlas.path_data import closed_paths
from tools.draw_atlas.relief import Relief, read_relief
from tools.draw_atlas.shape_fitting import fitted_outline
from tools.draw_atlas.svg_document import DrawnPath
from tools.draw_atlas.symmetry import symmetry_of
from tools.draw_atlas.tendon_places import tendon_place
from tools.draw_atlas.tendons import pointed_tendon
from tools.draw_atlas.tones import Toning, face_tones, materials
from tools.draw_atlas.topology import mirror_face

_MIRROR = np.array([-1.0, 1.0])
_TENDON_MANNER = Manner(sigma_mm=2.0, error_mm=0.3, corner_deg=85)
_LEAST_TENDON_MM2 = 3.0
_LEAST_SEAM_MM = 8.0
_LEAST_BONE_SHARE = 0.06
_MIDLINE = shapely.LineString([(0, -1e4), (0, 1e4)])
_FIBRED = {"muscle", "tendon-fascia"}


@dataclass(frozen=True)
class Pen:
    """How the detail of a view is drawn.

    Attributes:
        toning: How shapes of shade and light are drawn, by dissection level.
        spacing: How densely muscles are lined, by dissection level.
        pale: How densely tendons and fasciae are lined.
        veil: How densely sheets are lined that hide nothing.
        least_fibred_mm2: Pieces smaller than this carry no fibres.
    """

    toning: dict[int, Toning]
    spacing: dict[int, Spacing]
    pale: Spacing
    veil: Spacing
    least_fibred_mm2: float


@dataclass(frozen=True)
class Level:
    """One dissection level of one view, ready to be detailed.

    Attributes:
        number: 1 superficial, 2 intermediate, 3 deep.
        shapes: The drawn faces of the patient's left and of the midline, flattened.
        structures: The measured structures of the level.
        relief: Its shaded picture.
        directions: Measured fibre directions by structure.
        view: The view's name.
        symmetry: How the view is symmetric.
    """

    number: int
    shapes: dict[Face, BaseGeometry]
    structures: Structures
    relief: Relief
    directions: dict[str, Measured]
    view: str
    symmetry: Symmetry

    @property
    def kinds(self) -> dict[str, str]:
        """The kind of each structure id."""
        return {s["id"]: s["kind"] for s in self.structures}


def level_of(
    measured: Path, source: MeasuredView, number: int, partition: Partition, structures: Structures
) -> Level:
    """Gather what the detail of a level is drawn from."""
    symmetry = symmetry_of(source.view)
    faces = [f for f in partition.faces if f[1] != "right" or not symmetry.is_mirrored]
    return Level(
        number=number,
        shapes={face: partition.shape(face) for face in faces},
        structures=structures,
        relief=read_relief(measured, source.view, number, source.body),
        directions=read_directions(measured, source.view).get(number, {}),
        view=source.view,
        symmetry=symmetry,
    )


def level_details(level: Level, pen: Pen) -> list[DrawnPath]:
    """Draw a level's detail, what lies lowest first."""
    tendons = _tendon_shapes(level)
    fleshy = {
        face: shapely.difference(shape, tendons[face]) if face in tendons else shape
        for face, shape in level.shapes.items()
    }
    drawn = [
        *_tendons(tendons),
        *_tones(level, fleshy, pen),
        *_fibres(level, fleshy, pen),
        *_tendon_lines(level, tendons, pen),
        *_veils(level, pen),
    ]
    gathered: dict[str, list[Cubics]] = {}
    for face, step, curves in drawn:
        both = _both_sides(face, curves) if level.symmetry.is_mirrored else curves
        gathered.setdefault(step, []).extend(both)
    return [
        DrawnPath(closed_paths(curves, digits=1), step.split("|")[0])
        for step, curves in sorted(gathered.items(), key=_painted_after)
    ]


_Detail = tuple[Face, str, list[Cubics]]
"""A face, the step its shapes belong to (classes, and after a bar its number), the shapes."""

_PAINTED = ("tendon-part", "tone tone-1", "tone tone-2", "light", "fibre fibre-1", "fibre fibre-2")


def _painted_after(step: tuple[str, list[Cubics]]) -> tuple[int, str]:
    classes = step[0].split("|")[0]
    return (_PAINTED.index(classes) if classes in _PAINTED else len(_PAINTED), step[0])


def _tendon_shapes(level: Level) -> dict[Face, BaseGeometry]:
    """The tendinous part of each muscle that has one here."""
    found: dict[Face, BaseGeometry] = {}
    for structure in level.structures:
        face = (structure["id"], structure["side"])
        if face not in level.shapes or structure["kind"] != "muscle":
            continue
        measured = multi_polygon(structure.get("visible_tendon") or [])
        place = tendon_place(level.view, face[0], is_measured=not measured.is_empty)
        known = measured if place is None else shapely.union(measured, place)
        tendon = pointed_tendon(known, level.shapes[face])
        if tendon.area > _LEAST_TENDON_MM2:
            found[face] = tendon
    return found


def _tendons(tendons: dict[Face, BaseGeometry]) -> Iterator[_Detail]:
    for face, tendon in tendons.items():
        outline = fitted_outline(tendon, _TENDON_MANNER, 3.0)
        if outline:
            yield face, "tendon-part", outline


def _tones(level: Level, fleshy: dict[Face, BaseGeometry], pen: Pen) -> Iterator[_Detail]:
    kinds = level.kinds
    made_of = materials(level.relief, fleshy, kinds)
    mirrored, toning = level.symmetry.is_mirrored, pen.toning[level.number]
    for own, half in fleshy.items():
        face, shape = _across_midline(own, half) if mirrored else (own, half)
        material = made_of[kinds[face[0]]]
        tones = face_tones(
            level.relief, shape, material, _calmer(toning, kinds[face[0]], shape), mirrored=mirrored
        )
        for step, curves in tones:
            yield face, step, curves


def _calmer(toning: Toning, kind: str, shape: BaseGeometry) -> Toning:
    """Leave small dents in a bone alone: between muscles they would look like stains."""
    if kind != "bone":
        return toning
    return replace(toning, least_mm2=max(toning.least_mm2, _LEAST_BONE_SHARE * shape.area))


def _across_midline(face: Face, shape: BaseGeometry) -> tuple[Face, BaseGeometry]:
    """Take a structure that meets its mirror image together with it, so that no seam shows."""
    seam = shapely.intersection(shapely.boundary(shape), _MIDLINE)
    if face[1] == "midline" or seam.length < _LEAST_SEAM_MM:
        return face, shape
    return (face[0], "midline"), shapely.union(shape, scale(shape, xfact=-1, origin=(0, 0)))


def _veils(level: Level, pen: Pen) -> Iterator[_Detail]:
    """Lines of the aponeuroses that are drawn over a level and hide nothing.

    Platysma, the one muscle of that sort, would only scratch the muscles of the neck.
    """
    for structure in level.structures:
        face = (structure["id"], structure["side"])
        is_other_half = level.symmetry.is_mirrored and face[1] == "right"
        if structure.get("occludes", True) or structure["kind"] == "muscle" or is_other_half:
            continue
        sheet = multi_polygon(structure["visible"])
        rule = rule_for(level.view, face[0])
        known = level.directions.get(face[0])
        for index, piece in enumerate(_pieces(sheet, pen.least_fibred_mm2)):
            field = fibre_field(piece, known, rule)
            name = f"{level.view} veil {face[0]} {index}"
            for strokes in fibre_strokes(piece, field, pen.veil, name).values():
                if strokes:
                    yield face, "fibre fibre-2", strokes


def _fibres(level: Level, fleshy: dict[Face, BaseGeometry], pen: Pen) -> Iterator[_Detail]:
    for face, shape in fleshy.items():
        kind = level.kinds[face[0]]
        if kind in _FIBRED:
            spacing = pen.spacing[level.number] if kind == "muscle" else pen.pale
            rule = rule_for(level.view, face[0])
            known = level.directions.get(face[0])
            for index, piece in enumerate(_pieces(shape, pen.least_fibred_mm2)):
                name = f"{level.view} {level.number} {face[0]} {index}"
                field = fibre_field(piece, known, rule)
                yield from _graded(face, fibre_strokes(piece, field, spacing, name))


def _tendon_lines(level: Level, tendons: dict[Face, BaseGeometry], pen: Pen) -> Iterator[_Detail]:
    for face, tendon in tendons.items():
        for index, piece in enumerate(_pieces(tendon, pen.least_fibred_mm2 / 2)):
            name = f"{level.view} {level.number} {face[0]} tendon {index}"
            field = fibre_field(piece, None, FibreRule("along"))
            for strokes in fibre_strokes(piece, field, pen.pale, name).values():
                if strokes:
                    yield face, "fibre fibre-2", strokes


def _pieces(shape: BaseGeometry, least_mm2: float) -> list[shapely.Polygon]:
    parts = [part for part in shapely.get_parts(shape) if isinstance(part, shapely.Polygon)]
    return [part for part in parts if part.area >= least_mm2]


def _graded(face: Face, strokes: dict[int, list[Cubics]]) -> Iterator[_Detail]:
    for grade, drawn in strokes.items():
        if drawn:
            yield face, f"fibre fibre-{grade}", drawn


def _both_sides(face: Face, curves: list[Cubics]) -> list[Cubics]:
    """Add the mirror image, except where a face lies across the midline."""
    if mirror_face(face) == face:
        return curves
    return curves + [curve * _MIRROR for curve in curves]
