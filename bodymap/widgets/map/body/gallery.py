"""Pictures of the views, made when first looked at and kept."""

from collections import OrderedDict
from collections.abc import Generator

from PySide6.QtCore import QRectF

from bodymap.atlas.hit import Atlas
from bodymap.atlas.ids import Dissection, LayerId, ViewId
from bodymap.widgets.map.body.patches import Patch, patches
from bodymap.widgets.map.body.picture import BodyPicture

_KEPT = 12

Key = tuple[ViewId, Dissection, frozenset[LayerId]]


class Gallery:
    """The body in every view, dissection and choice of overlays."""

    def __init__(self, atlas: Atlas) -> None:
        self._atlas = atlas
        self._pictures: OrderedDict[Key, BodyPicture] = OrderedDict()

    def picture(
        self, view: ViewId, dissection: Dissection, overlays: frozenset[LayerId]
    ) -> BodyPicture:
        """What is to be painted; the ones looked at last are at hand.

        Raises:
            DrawingError: The drawing cannot be read.
        """
        making = self.making(view, dissection, overlays)
        while True:
            try:
                next(making)
            except StopIteration as made:
                picture: BodyPicture = made.value
                return picture

    def making(
        self, view: ViewId, dissection: Dissection, overlays: frozenset[LayerId]
    ) -> Generator[None, None, BodyPicture]:
        """The same, with a pause after each patch so that others get their turn."""
        key = (view, dissection, overlays)
        if key not in self._pictures:
            made: list[Patch] = []
            for patch in patches(self._atlas.view(view).drawing, dissection, overlays):
                made.append(patch)
                yield
            self._pictures[key] = BodyPicture(made)
        self._pictures.move_to_end(key)
        while len(self._pictures) > _KEPT:
            self._pictures.popitem(last=False)
        return self._pictures[key]

    def frame(self, view: ViewId) -> QRectF:
        """The part of its plane that a view shows, in millimetres."""
        frame = self._atlas.view(view).frame
        return QRectF(frame.u0, frame.v0, frame.width, frame.height)
