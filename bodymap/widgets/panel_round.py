"""Going from panel to panel with one key."""

from collections.abc import Callable

from PySide6.QtWidgets import QApplication, QWidget

Entry = tuple[QWidget, Callable[[], QWidget]]
"""A panel, and what says where in it the keys are to go."""


class PanelRound:
    """The panels in order; after the last comes the first."""

    def __init__(self, *entries: Entry) -> None:
        self._entries = entries

    def go_on(self) -> None:
        """Enter the next panel."""
        self._go(1)

    def go_back(self) -> None:
        """Enter the panel before."""
        self._go(-1)

    def _go(self, by: int) -> None:
        seen = [entry for entry in self._entries if entry[0].isVisible()]
        held = [at for at, (panel, _) in enumerate(seen) if _holds_focus(panel)]
        start = held[0] + by if held else 0
        _, entered = seen[start % len(seen)]
        entered().setFocus()


def _holds_focus(panel: QWidget) -> bool:
    focus = QApplication.focusWidget()
    return focus is not None and panel.isAncestorOf(focus)
