"""The tables that hold all shapes of one drawing."""

from collections.abc import Mapping
from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

Offsets = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Frame:
    """A rectangle of a view's plane, in millimetres: its upper left corner and its size."""

    u0: float
    v0: float
    width: float
    height: float


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """One row for each shape, in painting order.

    Attributes:
        frame: What the drawing shows.
        ids: Unique names of the shapes.
        structures: What each shape belongs to; empty where it belongs to nothing.
        sides: The patient's side.
        layers: Which layer of the drawing it lies in.
        groups: The nearest enclosing group.
        classes: Class names, separated by blanks.
        titles: Names to be shown.
        extras: Further `data-` attributes, written as `name=value` with tabs between.
        codes: The letters of all paths.
        points: The points of all paths, (n, 2).
        code_starts: Where the letters of each row begin, and one past the last.
        point_starts: The same for its points.
    """

    frame: Frame
    ids: list[str]
    structures: list[str]
    sides: list[str]
    layers: list[str]
    groups: list[str]
    classes: list[str]
    titles: list[str]
    extras: list[str]
    codes: bytes
    points: npt.NDArray[np.float32]
    code_starts: Offsets
    point_starts: Offsets

    def code_span(self, row: int) -> slice:
        """Where the letters of a row stand in `codes`."""
        return slice(int(self.code_starts[row]), int(self.code_starts[row + 1]))

    def point_span(self, row: int) -> slice:
        """Where the points of a row stand in `points`."""
        return slice(int(self.point_starts[row]), int(self.point_starts[row + 1]))

    def attributes(self, row: int) -> Mapping[str, str]:
        """The further `data-` attributes of a row."""
        pairs = (extra.partition("=") for extra in self.extras[row].split("\t") if extra)
        return {name: value for name, _, value in pairs}


TEXT_COLUMNS = tuple(field.name for field in fields(Sheet) if field.type == list[str])
"""The columns of a sheet that hold text."""
