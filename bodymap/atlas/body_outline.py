"""How large the outlines are that stand for the whole body."""

from collections.abc import Callable

from bodymap.atlas.drawing import Drawing
from bodymap.atlas.ids import LayerId, ViewId

_MM2_PER_CM2 = 100.0


def outline_cm2(drawing_of: Callable[[ViewId], Drawing]) -> float:
    """The area of the body seen from the front and from behind, in square centimetres.

    Pain drawings are measured against these two outlines; it is not the skin of a body.
    """
    views = (ViewId.ANTERIOR, ViewId.POSTERIOR)
    skins = (shape for view in views for shape in drawing_of(view).in_layer(LayerId.SKIN))
    return sum(float(skin.polygon().area) for skin in skins) / _MM2_PER_CM2
