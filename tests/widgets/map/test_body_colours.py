"""The body looks as the theme says: on the whole, not only in its lines."""

import numpy as np
import pytest
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath

from bodymap.atlas.ids import Dissection, LayerId, ViewId
from bodymap.widgets.map.body.clusters import clusters
from bodymap.widgets.map.body.gallery import Gallery
from bodymap.widgets.map.body.paths import elements, path_of, qt_path
from bodymap.widgets.theme import Theme, ThemeName

PX_PER_MM = 0.5
FORMAT = QImage.Format.Format_RGB32
WHITE, BLACK = QColor("white"), QColor("black")


def pixels(image):
    """Red, green and blue of an image, shape (height, width, 3)."""
    data = np.frombuffer(image.constBits(), np.uint8)
    return data.reshape(image.height(), image.bytesPerLine() // 4, 4)[..., 2::-1].astype(float)


def painted(frame, ground, paint):
    image = QImage(QSize(int(frame.width() * PX_PER_MM), int(frame.height() * PX_PER_MM)), FORMAT)
    image.fill(ground)
    painter = QPainter(image)
    painter.scale(PX_PER_MM, PX_PER_MM)
    painter.translate(-frame.topLeft())
    paint(painter)
    painter.end()
    return pixels(image)


@pytest.mark.parametrize("name", ThemeName)
@pytest.mark.parametrize("view", ViewId)
def test_the_skin_is_on_the_whole_as_light_as_its_colour(qapp, atlas, view, name):
    gallery, theme = Gallery(atlas), Theme.load(name)
    frame = gallery.frame(view)
    picture = gallery.picture(view, Dissection.SKIN, frozenset())
    shown = painted(
        frame, theme.colour("paper"), lambda p: picture.paint_all(p, theme, PX_PER_MM, frame)
    )
    on_body = painted(frame, BLACK, lambda p: _fill_skin(p, atlas, view))[..., 0] > 200
    token = np.array(theme.colour("skin").getRgb()[:3], float)
    mean = shown[on_body].mean(axis=0)
    assert np.abs(mean - token).max() < 20, f"{view}: {mean} for {token}"


def _fill_skin(painter, atlas, view):
    for shape in atlas.view(view).drawing.in_layer(LayerId.SKIN):
        painter.fillPath(qt_path(shape.codes, shape.points), WHITE)


def test_an_outline_within_another_stays_a_hole(qapp):
    whole = QPainterPath()
    for column in range(6):
        whole.addRect(QRectF(column * 60, 0, 40, 40))
        whole.addRect(QRectF(column * 60 + 10, 10, 20, 20))
    codes, points = _read(whole)
    parts = list(clusters(elements(codes, points), may_be_pierced=True))
    assert len(parts) > 1
    for column in range(6):
        middle, rim = QRectF(column * 60 + 19, 19, 2, 2), QRectF(column * 60 + 4, 4, 2, 2)
        paths = [path_of(part, Qt.FillRule.OddEvenFill) for part in parts]
        assert not any(path.contains(middle) for path in paths)
        assert sum(path.contains(rim) for path in paths) == 1


def _read(path):
    codes, points = [], []
    for index in range(path.elementCount()):
        element = path.elementAt(index)
        is_move = element.type == QPainterPath.ElementType.MoveToElement
        codes.append("M" if is_move else "L")
        points.append((element.x, element.y))
    return "".join(codes).encode(), np.array(points, np.float32)
