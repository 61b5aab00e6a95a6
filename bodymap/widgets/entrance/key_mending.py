"""From a key file that does not open to a good copy of it in its place."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from bodymap.chart.backups import Backup, KeyDamage
from bodymap.desk.backing_up import BackingUp
from bodymap.errors import BodymapError
from bodymap.widgets.backups.choose_folder import ChooseFolder
from bodymap.widgets.entrance.damage_card import DamageCard

TITLE, PUT_BACK = "The key file does not open", "Put its key file back"


class KeyMending(QObject):
    """Does what the card of the key file asks for; a key file is small, so nobody waits.

    Signals:
        mended: A good key file is in place; somebody may sign in.

    Attributes:
        choose: Asks for folders; a test may answer by itself.
    """

    mended = Signal()

    def __init__(self, card: DamageCard, backing_up: BackingUp, choose: ChooseFolder) -> None:
        super().__init__(card)
        self._card, self._backing_up, self.choose = card, backing_up, choose
        card.restore_requested.connect(self._put_back)
        card.other_requested.connect(self._ask_other)

    def begin(self, damage: KeyDamage) -> None:
        """Say what is wrong, and offer what there is."""
        self._card.show_key_damage(damage)

    def _put_back(self, backup: Backup) -> None:
        try:
            self._backing_up.put_keys_back(backup)
        except BodymapError as problem:
            self._card.show_problem(str(problem))
            return
        self.mended.emit()

    def _ask_other(self) -> None:
        self.choose.ask("The folder of a backup", self._backing_up.where, self._choose_other)

    def _choose_other(self, folder: Path) -> None:
        try:
            self._card.offer(self._backing_up.at(folder))
        except BodymapError as problem:
            self._card.show_problem(str(problem))
