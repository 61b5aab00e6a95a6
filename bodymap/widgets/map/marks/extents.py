"""Which of many marks may touch an area, answered for all at once."""

from collections.abc import Iterable

import numpy as np
from PySide6.QtCore import QRectF

from bodymap.chart.marks import MarkId

_FIRST = 64


class Extents:
    """For each mark the box of its places in millimetres, and what it needs around in pixels."""

    def __init__(self) -> None:
        self._rows: dict[MarkId, int] = {}
        self._ids: list[MarkId | None] = []
        self._free: list[int] = []
        self._table = np.full((_FIRST, 8), np.nan)

    def put(self, mark_id: MarkId, places_mm: QRectF, around_px: QRectF) -> None:
        """Keep a mark's extent.

        Args:
            mark_id: Whose.
            places_mm: The box around its places on the view.
            around_px: What it covers around a place, as a box around 0.
        """
        row = self._rows.get(mark_id)
        if row is None:
            row = self._rows[mark_id] = self._new_row()
            self._ids[row] = mark_id
        self._table[row] = (
            *(places_mm.left(), places_mm.top(), places_mm.right(), places_mm.bottom()),
            *(around_px.left(), around_px.top(), around_px.right(), around_px.bottom()),
        )

    def drop(self, mark_id: MarkId) -> None:
        """Forget a mark."""
        row = self._rows.pop(mark_id, None)
        if row is not None:
            self._table[row] = np.nan
            self._ids[row] = None
            self._free.append(row)

    def touching(self, area_mm: QRectF, px_per_mm: float) -> Iterable[MarkId]:
        """The marks that may show in an area, at a scale; in no particular order."""
        table = self._table[: len(self._ids)]
        left, top, right, bottom = (table[:, i] + table[:, i + 4] / px_per_mm for i in range(4))
        touches = (left <= area_mm.right()) & (right >= area_mm.left())
        touches &= (top <= area_mm.bottom()) & (bottom >= area_mm.top())
        found = (self._ids[row] for row in np.flatnonzero(touches).tolist())
        return [mark_id for mark_id in found if mark_id is not None]

    def _new_row(self) -> int:
        if self._free:
            return self._free.pop()
        self._ids.append(None)
        if len(self._ids) > len(self._table):
            self._table = np.concatenate([self._table, np.full_like(self._table, np.nan)])
        return len(self._ids) - 1
