"""Pictures of the views, made when first looked at and kept."""

from collections import OrderedDict

from PySide6.QtCore import QRectF

from bodymap.atlas.hit import Atlas
from bodymap.atlas.ids import Dissection, LayerId, ViewId
from bodymap.widgets.map.body.patches import patches
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
        key = (view, dissection, overlays)
        found = self._pictures.get(key)
        if found is None:
            drawing = self._atlas.view(view).drawing
            found = self._pictures[key] = BodyPicture(patches(drawing, dissection, overlays))
        self._pictures.move_to_end(key)
        while len(self._pictures) > _KEPT:
            self._pictures.popitem(last=False)
        return found

    def frame(self, view: ViewId) -> QRectF:
        """The part of its plane that a view shows, in millimetres."""
        frame = self._atlas.view(view).frame
        return QRectF(frame.u0, frame.v0, frame.width, frame.height)
