"""Which theme the window wears, and how large its targets are."""

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from bodymap.widgets.actions import ActionId, Actions
from bodymap.widgets.controls.veil import Veiled
from bodymap.widgets.settings import Settings
from bodymap.widgets.stylesheet import dress
from bodymap.widgets.theme import Theme


class Themed(Protocol):
    """A part of the window that a theme shows in."""

    def set_theme(self, theme: Theme) -> None:
        """Show it in another theme."""


class Looks(QObject):
    """Changes the theme of all parts at once, and remembers it.

    The window is dressed before its parts: those that lay others out must know their sizes.
    """

    def __init__(
        self, window: QWidget, parts: Sequence[Themed], actions: Actions, settings: Settings
    ) -> None:
        super().__init__(window)
        self._window, self._parts, self._settings = window, parts, settings
        self._actions = actions
        self.theme = Theme.load(settings.theme, touch=settings.touch)
        actions.bind(ActionId.CHANGE_THEME, self._change_theme)
        actions.bind(ActionId.TOUCH, self._change_touch)

    def show(self, theme: Theme) -> None:
        """Show the whole window in a theme."""
        self.theme = theme
        dress(self._window, theme)
        for part in (self._actions, *self._parts, *self._window.findChildren(Veiled)):
            part.set_theme(theme)
        self._actions[ActionId.CHANGE_THEME].setChecked(theme.is_dark)
        self._actions[ActionId.TOUCH].setChecked(theme.touch)

    def _change_theme(self) -> None:
        name = self.theme.name.other
        self._settings.theme = name
        self.show(Theme.load(name, touch=self.theme.touch))

    def _change_touch(self) -> None:
        self._settings.touch = not self.theme.touch
        self.show(Theme.load(self.theme.name, touch=not self.theme.touch))
