"""What the entrance leads into; it may be asked for its plate before anything else is loaded."""

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from bodymap.desk.backing_up import BackingUp
    from bodymap.desk.recovery_key import RecoveryKey
    from bodymap.desk.sign_in import SignIn, Users


class Plate(Protocol):
    """What stands on the door."""

    @property
    def is_set_up(self) -> bool:
        """Whether there is a clinic to sign in to."""
        ...

    @property
    def clinic(self) -> str:
        """The clinic's name; empty when only the door can say what is wrong."""
        ...


class House(Protocol):
    """All but the plate takes long when it is first asked for."""

    @property
    def plate(self) -> Plate:
        """What stands on the door."""
        ...

    @property
    def somebody_is_in(self) -> bool:
        """Whether anybody is signed in; never takes long."""
        ...

    @property
    def sign_in(self) -> "SignIn":
        """The door."""
        ...

    @property
    def users(self) -> "Users":
        """Who may sign in."""
        ...

    @property
    def recovery_key(self) -> "RecoveryKey":
        """The key on paper."""
        ...

    @property
    def backing_up(self) -> "BackingUp":
        """Copies of the data, and putting one back."""
        ...

    @property
    def kept_plain(self) -> Path | None:
        """Where the data lies that was not encrypted before, if it was taken in just now."""
        ...

    def take_news(self) -> str:
        """What was put back since anybody asked last; never takes long."""
        ...

    def close(self) -> None:
        """Let go of the data and the keys."""
