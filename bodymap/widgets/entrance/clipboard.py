"""What was copied out of the record leaves the clipboard while nobody is at the desk."""

from PySide6.QtCore import QMimeData, QObject, Qt
from PySide6.QtGui import QClipboard, QGuiApplication

_MODES = (QClipboard.Mode.Clipboard, QClipboard.Mode.Selection, QClipboard.Mode.FindBuffer)


class OwnClipboard(QObject):
    """Knows which clipboards were filled from this program, and empties only those.

    What is taken is kept in memory and given back, for it may have been cut out of a note.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._clipboard = QGuiApplication.clipboard()
        self._own: set[QClipboard.Mode] = set()
        self._taken: dict[QClipboard.Mode, QMimeData] = {}
        self._clipboard.changed.connect(self._note)
        if (qt := QGuiApplication.instance()) is not None:
            qt.aboutToQuit.connect(self.forget)

    def take(self) -> None:
        """Empty what was filled from here."""
        for mode in _MODES:
            if self._is_own(mode):
                if (content := self._clipboard.mimeData(mode)) is not None:
                    self._taken[mode] = _copied(content)
                self._clipboard.clear(mode)
        self._own.clear()

    def give_back(self) -> None:
        """Fill again what was emptied, unless something else was copied meanwhile."""
        for mode, content in self._taken.items():
            if _is_empty(self._clipboard.mimeData(mode)):
                self._clipboard.setMimeData(content, mode)
                self._own.add(mode)
        self._taken.clear()

    def forget(self) -> None:
        """Empty what was filled from here, for good."""
        self.take()
        self._taken.clear()

    def _is_own(self, mode: QClipboard.Mode) -> bool:
        if mode in self._own:
            return True
        match mode:
            case QClipboard.Mode.Clipboard:
                return self._clipboard.ownsClipboard()
            case QClipboard.Mode.Selection:
                return self._clipboard.supportsSelection() and self._clipboard.ownsSelection()
            case _:
                return self._clipboard.supportsFindBuffer() and self._clipboard.ownsFindBuffer()

    def _note(self, mode: QClipboard.Mode) -> None:
        """Not every platform can say who filled it: it was us if we were at the front."""
        is_at_front = QGuiApplication.applicationState() == Qt.ApplicationState.ApplicationActive
        if is_at_front and not _is_empty(self._clipboard.mimeData(mode)):
            self._own.add(mode)
        else:
            self._own.discard(mode)


def _copied(content: QMimeData) -> QMimeData:
    copy = QMimeData()
    for kind in content.formats():
        copy.setData(kind, content.data(kind))
    return copy


def _is_empty(content: QMimeData | None) -> bool:
    return content is None or not content.formats()
