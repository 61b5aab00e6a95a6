"""What stands before the window when the data does not open: what is kept, what can be put back."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from bodymap.chart.backups import Backup, Damage, KeyDamage
from bodymap.widgets.backups.progress_line import ProgressLine
from bodymap.widgets.backups.words import holds, kept_words, key_loss_words, loss_words, row_of
from bodymap.widgets.controls.field import beside, emptied, framed, label, stacked, wrapping
from bodymap.widgets.entrance.card import Card, link, primary

_PUT_BACK = "Put this backup back"


class DamageCard(Card):
    """Shows the newest good backup and what would be lost with it.

    Signals:
        restore_requested: This `Backup` is to be put back.
        other_requested: Another one is to be chosen.
        stop_requested: Putting back is to stop.
        dismissed: The person went back.
    """

    restore_requested = Signal(object)
    other_requested = Signal()
    stop_requested = Signal()
    dismissed = Signal()

    def __init__(self, title: str = "The data does not open", put: str = _PUT_BACK) -> None:
        super().__init__("damage", title)
        self._backup: Backup | None = None
        self.kept = wrapping(label("", "muted", "damage-kept"))
        self._offer = framed("card", "damage-offer")
        self._when = label("", "strong-small", "damage-backup")
        self._holds = label("", "muted")
        self._losses = QWidget()
        self._lines: QVBoxLayout = stacked(self._losses, spacing=2)
        self.progress = ProgressLine("damage")
        self.put_back = primary(put, "damage-restore")
        self.other = link("Choose another", "damage-other")
        self.back = link("Back", "damage-back")
        self._lay_out()
        self.put_back.clicked.connect(self._restore)
        self.other.clicked.connect(self.other_requested)
        self.back.clicked.connect(self.dismissed)
        self.progress.stop_requested.connect(self.stop_requested)

    def show_damage(self, damage: Damage) -> None:
        """Say what is wrong, where it is kept, and what there is to be put back."""
        self.lead.setText(damage.what)
        self.lead.show()
        self.kept.setText(kept_words(damage))
        self.kept.setVisible(bool(self.kept.text()))
        self._show_losses(loss_words(damage))
        self.offer(damage.backup)

    def show_key_damage(self, damage: KeyDamage) -> None:
        """Say what is wrong with the key file, and what there is to be put back."""
        self.lead.setText(damage.what)
        self.lead.show()
        self.kept.hide()
        self._show_losses(key_loss_words(damage))
        self.offer(damage.backup)

    def offer(self, backup: Backup | None) -> None:
        """Offer a backup, or none."""
        self._backup = backup
        self._offer.setVisible(backup is not None)
        self.put_back.setVisible(backup is not None)
        self.show_problem("")
        if backup is not None:
            self._when.setText(row_of(backup).title)
            self._holds.setText(holds(backup))

    def offer_other(self, backup: Backup) -> None:
        """Offer one that the person chose; what it lacks is not known."""
        self._show_losses(())
        self.offer(backup)

    def begin(self) -> None:
        """Show that it is being put back."""
        self.set_busy(is_busy=True)
        self.show_problem("")
        self.progress.begin("Putting it back")

    def end(self) -> None:
        """It is over."""
        self.set_busy(is_busy=False)
        self.progress.hide()

    def _show_losses(self, lines: tuple[str, ...]) -> None:
        emptied(self._lines)
        for line in lines:
            self._lines.addWidget(wrapping(label(line, "body", "damage-loss")))
        self._losses.setVisible(bool(lines))

    def _restore(self) -> None:
        if self._backup is not None:
            self.restore_requested.emit(self._backup)

    def _lay_out(self) -> None:
        stacked(
            self._offer,
            label("NEWEST GOOD BACKUP", "caption"),
            self._when,
            self._holds,
            spacing=4,
            margins=12,
        )
        busy = (self.put_back, self.other, self.back)
        buttons = beside(*busy, QWidget(), stretch=3)
        self.fill(
            self.kept, self._offer, self._losses, self.problem, self.progress, buttons, busy=busy
        )
