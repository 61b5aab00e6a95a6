"""A picture file taken into the record: scaled, and without any words in it."""

from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QSize, Qt
from PySide6.QtGui import QColorSpace, QImage, QImageReader, QPainter

from bodymap.chart.photo import LONGEST_SIDE_PX, Photo

ENDINGS = ("jpg", "jpeg", "png", "webp", "bmp", "gif", "tif", "tiff")
"""Of the files that are offered; what can be read depends on the platform."""

_WHITE = 0xFFFFFFFF
"""Behind what is transparent in a photo: the format that is kept has no transparency."""

_QUALITY = 85
_MOST_MEGABYTES = 512


def read_photo(path: Path) -> Photo:
    """Read a picture, turn it upright, scale it down, and paint it afresh.

    Painting afresh leaves behind everything but the pixels: place, time, camera, thumbnails.

    Raises:
        ValueError: The file is none that can be read as a picture.
    """
    reader = QImageReader(str(path))
    reader.setAutoTransform(True)
    reader.setAllocationLimit(_MOST_MEGABYTES)
    taken = reader.read()
    if taken.isNull():
        raise ValueError(f"{path.name} can’t be read as a picture")
    if taken.colorSpace().isValid():
        taken = taken.convertedToColorSpace(QColorSpace(QColorSpace.NamedColorSpace.SRgb))
    size = taken.size()
    if max(size.width(), size.height()) > LONGEST_SIDE_PX:
        size = size.scaled(
            QSize(LONGEST_SIDE_PX, LONGEST_SIDE_PX), Qt.AspectRatioMode.KeepAspectRatio
        )
    return _as_photo(_painted(taken, size.expandedTo(QSize(1, 1))))


def image_of(photo: Photo) -> QImage:
    """The photo as an image; an empty one where its bytes are damaged."""
    return QImage.fromData(photo.data)


def _painted(taken: QImage, size: QSize) -> QImage:
    smooth = Qt.TransformationMode.SmoothTransformation
    scaled = taken.scaled(size, Qt.AspectRatioMode.IgnoreAspectRatio, smooth)
    fresh = QImage(size, QImage.Format.Format_RGB32)
    fresh.fill(_WHITE)
    with QPainter(fresh) as painter:
        painter.drawImage(0, 0, scaled)
    return fresh


def _as_photo(image: QImage) -> Photo:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "JPEG", _QUALITY)  # type: ignore[call-overload]
    return Photo(bytes(buffer.data().data()), image.width(), image.height())
