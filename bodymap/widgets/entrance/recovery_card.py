"""Shows the recovery key once, on the way into the clinic."""

from PySide6.QtCore import Signal

from bodymap.widgets.entrance.card import Card
from bodymap.widgets.entrance.key_on_paper import KeyOnPaper
from bodymap.widgets.theme import Theme

_LEAD = (
    "If every password is forgotten, this key opens the clinic. It is shown only now and kept "
    "nowhere. Print it, and lock it away where you keep deeds and passports."
)


class RecoveryCard(Card):
    """The key, how to keep it, and the way on.

    Signals:
        print_requested: The key is to go on paper.
        kept: The person has it.
    """

    print_requested = Signal()
    kept = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__("recovery", "Keep the recovery key", _LEAD)
        self.key = KeyOnPaper(theme, "Open the clinic")
        self.key.print_requested.connect(self.print_requested)
        self.key.kept.connect(self.kept)
        self.fill(self.key, self.problem, busy=(self.key,))

    def show_key(self, key: str, note: str = "") -> None:
        """Show a key, and what else is to be known."""
        self.key.show_key(key, note)

    def forget(self) -> None:
        """Take the key off the screen for good."""
        self.key.forget()
