"""From a data file that does not open to a backup in its place."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from bodymap.chart.backups import Backup, Damage
from bodymap.desk.backing_up import BackingUp
from bodymap.errors import BodymapError
from bodymap.widgets.background import Background
from bodymap.widgets.backups.choose_folder import ChooseFolder
from bodymap.widgets.entrance.damage_card import DamageCard
from bodymap.widgets.errand import Errand


class Mending(QObject):
    """Does what the card of the damage asks for.

    Signals:
        mended: A backup is in place; somebody may sign in.

    Attributes:
        choose: Asks for folders; a test may answer by itself.
    """

    mended = Signal()

    def __init__(
        self,
        card: DamageCard,
        backing_up: BackingUp,
        background: Background,
        choose: ChooseFolder,
    ) -> None:
        super().__init__(card)
        self._card, self._backing_up, self.choose = card, backing_up, choose
        self._errand = Errand(self, background)
        self._errand.progressed.connect(card.progress.tell)
        self._errand.ended.connect(card.end)
        card.restore_requested.connect(self._restore)
        card.other_requested.connect(self._ask_other)
        card.stop_requested.connect(self._errand.stop)

    def begin(self, damage: Damage) -> None:
        """Show what is wrong, and what could be put in its place."""
        self._card.show_damage(damage)

    def _restore(self, backup: Backup) -> None:
        self._card.begin()
        self._errand.start(
            lambda told: self._backing_up.restore(backup, told),
            lambda _: self.mended.emit(),
            self._card.show_problem,
        )

    def _ask_other(self) -> None:
        self.choose.ask("The folder of a backup", self._backing_up.where, self._choose_other)

    def _choose_other(self, folder: Path) -> None:
        try:
            self._card.offer_other(self._backing_up.at(folder))
        except BodymapError as problem:
            self._card.show_problem(str(problem))
