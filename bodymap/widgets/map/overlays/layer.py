"""The overlays of the map: what is shown now, made anew only when that changes."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from bodymap.atlas.hit import Atlas
from bodymap.atlas.ids import Dissection, ViewId
from bodymap.widgets.map.camera import Camera
from bodymap.widgets.map.overlays.barred import Barred, BarredPaths
from bodymap.widgets.map.overlays.kept import KeptPicture
from bodymap.widgets.map.overlays.levels import LevelKind, LevelPaths, LevelsShown
from bodymap.widgets.map.overlays.muscle import MusclePaths, MuscleShown
from bodymap.widgets.theme import Theme

Showing = tuple[ViewId, Dissection]


class Overlay(Protocol):
    """Anything that can be laid over the body."""

    def paint(self, painter: QPainter, camera: Camera, theme: Theme, view: ViewId) -> None:
        """Paint what lies on a view, in pixels of the map."""


class OverlayLayer:
    """Painted between the body and the marks."""

    def __init__(self, atlas: Atlas, changed: Callable[[], None]) -> None:
        self._atlas = atlas
        self._changed = changed
        self._muscle: MuscleShown | None = None
        self._muscle_paths: tuple[Showing, MusclePaths] | None = None
        self._levels: LevelsShown | None = None
        self._level_paths: dict[tuple[LevelKind, Showing], LevelPaths] = {}
        self._kept = KeptPicture()
        self._barred: tuple[Barred, ...] = ()
        self._barred_paths: tuple[ViewId, BarredPaths] | None = None
        self._earlier: Overlay | None = None
        self._above: Overlay | None = None
        self._unsaved: Overlay | None = None

    @property
    def muscle(self) -> MuscleShown | None:
        """The muscle that is pointed out, if any."""
        return self._muscle

    @property
    def levels(self) -> LevelsShown | None:
        """The spinal levels that are shown, if any."""
        return self._levels

    def show_muscle(self, muscle: MuscleShown | None) -> None:
        """Point out a muscle with its referral, or none."""
        if muscle != self._muscle:
            self._muscle, self._muscle_paths = muscle, None
            self._changed()

    def show_levels(self, levels: LevelsShown | None) -> None:
        """Show the skin or the muscles that spinal levels serve, or take them off."""
        if levels != self._levels:
            self._levels = levels
            self._changed()

    @property
    def barred(self) -> tuple[Barred, ...]:
        """The areas that are shown as not to be needled."""
        return self._barred

    def show_barred(self, barred: tuple[Barred, ...]) -> None:
        """Show areas that are not to be needled."""
        if barred != self._barred:
            self._barred, self._barred_paths = barred, None
            self._changed()

    @property
    def earlier(self) -> "Overlay | None":
        """What is shown of other visits, if anything."""
        return self._earlier

    def show_earlier(self, earlier: "Overlay | None") -> None:
        """Show something of other visits, or nothing."""
        if earlier is not self._earlier:
            self._earlier = earlier
            self._changed()

    @property
    def above(self) -> "Overlay | None":
        """What is shown over the marks, if anything."""
        return self._above

    def show_above(self, above: "Overlay | None") -> None:
        """Show something over the marks, or nothing."""
        if above is not self._above:
            self._above = above
            self._changed()

    @property
    def unsaved(self) -> "Overlay | None":
        """The marks that could not be stored, if there are any."""
        return self._unsaved

    def show_unsaved(self, unsaved: "Overlay | None") -> None:
        """Show marks that could not be stored, or none."""
        if unsaved is not self._unsaved:
            self._unsaved = unsaved
            self._changed()

    def paint_above(self, painter: QPainter, camera: Camera, theme: Theme, view: ViewId) -> None:
        """Paint what lies over the marks, in pixels of the map."""
        for overlay in (self._above, self._unsaved):
            if overlay is not None:
                overlay.paint(painter, camera, theme, view)

    def paint(
        self, painter: QPainter, camera: Camera, theme: Theme, showing: Showing, area: QRectF
    ) -> None:
        """Paint what lies under the marks, in pixels of the map."""
        if self._levels is not None or self._muscle is not None:
            of = showing, theme.name, self._levels, self._muscle

            def draw(on: QPainter, seen: Camera, part: QRectF) -> None:
                self._paint_reference(on, seen, theme, showing, part)

            self._kept.paint(painter, camera, area, of, draw)
        if self._earlier is not None:
            self._earlier.paint(painter, camera, theme, showing[0])
        if self._barred:
            view = showing[0]
            if self._barred_paths is None or self._barred_paths[0] != view:
                self._barred_paths = view, BarredPaths(self._barred, view)
            self._barred_paths[1].paint(painter, camera, theme)

    def _paint_reference(
        self, painter: QPainter, camera: Camera, theme: Theme, showing: Showing, area: QRectF
    ) -> None:
        if self._levels is not None:
            paths = self._paths_of(self._levels.kind, showing)
            paths.paint(painter, camera, theme, area, self._levels.only)
        if self._muscle is not None:
            if self._muscle_paths is None or self._muscle_paths[0] != showing:
                made = MusclePaths(self._muscle, self._atlas, *showing)
                self._muscle_paths = showing, made
            self._muscle_paths[1].paint(painter, camera, theme)

    def _paths_of(self, kind: LevelKind, showing: Showing) -> LevelPaths:
        view, dissection = showing
        if kind is LevelKind.SKIN:
            dissection = Dissection.SKIN
        key = kind, (view, dissection)
        if key not in self._level_paths:
            drawing = self._atlas.view(view).drawing
            self._level_paths[key] = LevelPaths(kind, drawing, dissection)
        return self._level_paths[key]
