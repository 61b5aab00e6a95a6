"""The photo of a note, shown small."""

from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QFileDialog, QPushButton, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from bodymap.chart.photo import Photo
from bodymap.widgets.controls.field import beside
from bodymap.widgets.guarded import guarded, guarded_answer
from bodymap.widgets.inspector.photo_file import ENDINGS, image_of, read_photo

_HEIGHT = 200


class PhotoBox(QWidget):
    """A photo with buttons to take another one in or this one out; a file may be dropped on it.

    Signals:
        chosen: A `Photo`, or None when it was taken out.
        refused: The file is no picture; words for the person.
    """

    chosen = Signal(object)
    refused = Signal(str)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAcceptDrops(True)
        self.picture = _Picture(f"{name}-picture")
        self.add = QPushButton("Add photo")
        self.add.setObjectName(f"{name}-add")
        self.add.setToolTip("A picture file; scaled down, and without place, time and camera")
        self.take_out = QPushButton("Remove photo")
        self.take_out.setObjectName(f"{name}-remove")
        self.add.clicked.connect(self._ask)
        self.take_out.clicked.connect(self._remove)
        self._photo: Photo | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.picture)
        column.addWidget(beside(self.add, self.take_out))
        self.set_value(None)

    def set_value(self, value: object) -> None:
        """Show a photo or none, without telling anyone."""
        photo = value if isinstance(value, Photo) else None
        if photo != self._photo or photo is None:
            self._photo = photo
            self.picture.show_image(image_of(photo) if photo else QImage())
        self.picture.setVisible(photo is not None)
        self.take_out.setVisible(photo is not None)
        self.add.setText("Another photo" if photo else "Add photo")

    def take(self, path: Path) -> None:
        """Take a file in."""
        try:
            photo = read_photo(path)
        except ValueError as problem:
            self.refused.emit(str(problem))
            return
        self.set_value(photo)
        self.chosen.emit(photo)

    @override
    @guarded
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    @override
    @guarded
    def dropEvent(self, event: QDropEvent) -> None:
        files = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if files:
            self.take(Path(files[0]))

    def _ask(self) -> None:
        dialog = QFileDialog(self.window(), "Add photo")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(f"Pictures ({' '.join(f'*.{ending}' for ending in ENDINGS)})")
        dialog.fileSelected.connect(self._picked)
        dialog.open()

    def _picked(self, path: str) -> None:
        self.take(Path(path))

    def _remove(self) -> None:
        self.set_value(None)
        self.chosen.emit(None)


class _Picture(QWidget):
    """An image in the width there is."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName("Photo")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._image = QImage()

    def show_image(self, image: QImage) -> None:
        """Show another image."""
        self._image = image
        self.updateGeometry()
        self.update()

    @override
    @guarded_answer(otherwise=QSize())
    def sizeHint(self) -> QSize:
        return QSize(200, 0 if self._image.isNull() else _HEIGHT)

    @override
    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        if self._image.isNull():
            return
        size = self._image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            area = QRectF(0, 0, size.width(), size.height())
            outline = QPainterPath()
            outline.addRoundedRect(area, 8, 8)
            painter.setClipPath(outline)
            painter.drawImage(area, self._image)
