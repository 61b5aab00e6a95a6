"""The clinic as it is seen from the street: its plate at once, all behind the door when asked for.

The entrance is painted before anything of the desk or the store is loaded, which takes longer
than the window; they are loaded beside it while the password is typed.
"""

import os
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from bodymap.storage.datafolder import data_folder
from bodymap.storage.swapping import finish_restore
from bodymap.storage.vault.plate import Plate

if TYPE_CHECKING:
    from bodymap.app import Application
    from bodymap.desk.backing_up import BackingUp
    from bodymap.desk.recovery_key import RecoveryKey
    from bodymap.desk.sign_in import SignIn, Users


class Premises:
    """One data folder whose application is made when it is first asked for.

    Attributes:
        folder: Where the clinic's data lies.
        plate: What stands on the door.
    """

    def __init__(self, folder: Path) -> None:
        finish_restore(folder)
        self.folder = folder
        self.plate = Plate(folder)

    @classmethod
    def at(cls, named: Path | None) -> "Premises":
        """Those in the folder that was named, else in `BODYMAP_DATA`, else the platform's own."""
        return cls(data_folder(named, os.environ))

    @classmethod
    def of(cls, application: "Application") -> "Premises":
        """Those of an application that is there already."""
        made = cls(application.folder)
        made.__dict__["application"] = application
        return made

    @cached_property
    def application(self) -> "Application":
        """All of it."""
        from bodymap.app import Application  # noqa: PLC0415 - slow to load

        return Application(self.folder)

    @property
    def somebody_is_in(self) -> bool:
        """Whether anybody is signed in."""
        return "application" in self.__dict__ and self.application.sign_in.is_signed_in

    @property
    def sign_in(self) -> "SignIn":
        """The door."""
        return self.application.sign_in

    @property
    def users(self) -> "Users":
        """Who may sign in."""
        return self.application.users

    @property
    def recovery_key(self) -> "RecoveryKey":
        """The key on paper."""
        return self.application.recovery_key

    @property
    def backing_up(self) -> "BackingUp":
        """Copies of the data, and putting one back."""
        return self.application.backing_up

    @property
    def kept_plain(self) -> Path | None:
        """Where the data lies that was not encrypted before, if it was taken in just now."""
        return self.application.kept_plain

    def take_news(self) -> str:
        """What was put back since anybody asked last."""
        return self.backing_up.take_news() if "application" in self.__dict__ else ""

    def warm_up(self) -> None:
        """Load what the desk needs, while the password is typed."""
        self.application.warm_up()

    def close(self) -> None:
        """Let go of the data and the keys, if anything was opened."""
        if "application" in self.__dict__:
            self.application.close()
