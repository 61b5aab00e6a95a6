"""The direction of fibres at every place of a muscle.

Directions have no sign, so they are averaged as vectors of twice the angle.
"""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import Polygon

from tools.draw_atlas.fibre_rules import FibreRule
from tools.draw_atlas.smoothing import resampled

Grid = NDArray[np.float64]
Measured = NDArray[np.float64]
"""Rows of u, v, angle in degrees and coherence 0 to 1."""

_REACH_MM = 9.0
_BORDER_SHARE = 0.06


@dataclass(frozen=True)
class FibreField:
    """Unit directions on an even grid over one piece of a muscle.

    Attributes:
        left: u of the first column.
        top: v of the first row.
        step_mm: Grid step.
        along: Unit vectors, shape (rows, columns, 2); their sign has no meaning.
    """

    left: float
    top: float
    step_mm: float
    along: Grid

    def at(self, u: float, v: float) -> tuple[float, float]:
        """The direction at the nearest grid place."""
        rows, columns = self.along.shape[:2]
        row = min(max(round((v - self.top) / self.step_mm), 0), rows - 1)
        column = min(max(round((u - self.left) / self.step_mm), 0), columns - 1)
        du, dv = self.along[row, column]
        return float(du), float(dv)


def read_directions(measured: Path, view: str) -> dict[int, dict[str, Measured]]:
    """Read the measured directions of a view, by level and structure."""
    document = json.loads((measured / "fibre_directions.json").read_text(encoding="utf-8"))
    return {
        entry["level"]: {
            muscle: np.array(points, dtype=np.float64)
            for muscle, points in entry["muscles"].items()
        }
        for entry in document["views"].get(view, [])
    }


def fibre_field(piece: Polygon, known: Measured | None, rule: FibreRule | None) -> FibreField:
    """Spread what is known of a muscle's fibres over one piece of it.

    Args:
        piece: The piece of the muscle.
        known: Measured directions of the muscle, if any.
        rule: What anatomy says about it, if needed.
    """
    step = float(np.clip(mean_width(piece) / 8, 0.6, 3.0))
    left, top, right, bottom = shapely.bounds(piece)
    u, v = np.arange(left, right + step, step), np.arange(top, bottom + step, step)
    places = np.stack(np.meshgrid(u, v), axis=-1)
    trust = rule.trust if rule else 0.0
    doubled = np.zeros((*places.shape[:2], 2))
    if known is not None and trust < 1:
        doubled += (1 - trust) * _spread_measured(places, known)
    if rule is not None and rule.way != "along":
        doubled += trust * _doubled(_ruled(places, piece, rule))
    doubled += _BORDER_SHARE * _spread_borders(places, piece)
    return FibreField(left, top, step, _halved(doubled))


def mean_width(piece: Polygon) -> float:
    """How wide a shape is on the whole: twice its area by half its circumference."""
    return float(2 * piece.area / max(piece.length, 1e-9))


def _spread_measured(places: Grid, known: Measured) -> Grid:
    angle = np.radians(2 * known[:, 2])
    vectors = np.stack([np.cos(angle), np.sin(angle)], axis=1) * known[:, 3:4] ** 2
    distance = ((places[:, :, None, :] - known[:, :2]) ** 2).sum(-1)
    nearest = distance.min(axis=2, keepdims=True)
    weight = np.exp(-(distance - nearest) / (2 * _REACH_MM**2))
    spread: Grid = (weight @ vectors) / weight.sum(axis=2, keepdims=True)
    return spread


def _spread_borders(places: Grid, piece: Polygon) -> Grid:
    ring = resampled(shapely.get_coordinates(piece.exterior), max(piece.length / 120, 0.5))
    tangents = np.diff(ring, axis=0)
    middles = (ring[1:] + ring[:-1]) / 2
    vectors = _doubled(tangents / np.maximum(np.linalg.norm(tangents, axis=1), 1e-9)[:, None])
    reach = max(1.2 * mean_width(piece), 1.0)
    distance = ((places[:, :, None, :] - middles) ** 2).sum(-1)
    weight = np.exp(-(distance - distance.min(axis=2, keepdims=True)) / (2 * reach**2))
    near: Grid = (weight @ vectors) / weight.sum(axis=2, keepdims=True)
    whole = vectors.mean(axis=0)
    spread: Grid = near + 0.4 * whole / max(float(np.linalg.norm(whole)), 0.2)
    return spread


def _ruled(places: Grid, piece: Polygon, rule: FibreRule) -> Grid:
    if rule.way == "angle":
        angle = np.radians(rule.degrees)
        return np.broadcast_to(np.array([np.cos(angle), np.sin(angle)]), places.shape)
    outline = shapely.get_coordinates(piece.exterior)
    if rule.way == "fan-down":
        return _unit(places - (outline[np.argmax(outline[:, 1])] + np.array([0.0, 4.0])))
    middle = (outline.min(axis=0) + outline.max(axis=0)) / 2
    size = np.maximum(outline.max(axis=0) - outline.min(axis=0), 1.0)
    away = (places - middle) / size**2
    return _unit(np.stack([-away[:, :, 1], away[:, :, 0]], axis=-1))


def _doubled(vectors: Grid) -> Grid:
    x, y = vectors[..., 0], vectors[..., 1]
    return np.stack([x * x - y * y, 2 * x * y], axis=-1)


def _halved(doubled: Grid) -> Grid:
    angle = np.arctan2(doubled[..., 1], doubled[..., 0]) / 2
    return np.stack([np.cos(angle), np.sin(angle)], axis=-1)


def _unit(vectors: Grid) -> Grid:
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    unit: Grid = vectors / np.maximum(lengths, 1e-9)
    return unit
