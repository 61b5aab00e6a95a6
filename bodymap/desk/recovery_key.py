"""The printed recovery key: another one in place of it, and whether it was used.

It is not used up: it opens the clinic until another one takes its place.
"""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from bodymap.chart.audit import AuditAction, AuditQuestion, Entity, Subject
from bodymap.chart.permissions import Action
from bodymap.desk.access import Access
from bodymap.desk.auditing import put_down_about
from bodymap.desk.ports import Keys, OpenWork
from bodymap.errors import SignInError, StorageError


@dataclass(frozen=True, slots=True)
class RecoveryUse:
    """That the recovery key opened the clinic.

    Attributes:
        at: When.
        is_renewed: Whether another key has taken its place since.
    """

    at: datetime
    is_renewed: bool


class RecoveryKey:
    """The key on paper, as an administrator keeps it.

    Args:
        keys: The key file.
        open_work: The store.
        access: Who is at the desk.
    """

    def __init__(self, keys: Keys, open_work: OpenWork, access: Access) -> None:
        self._keys = keys
        self._open_work = open_work
        self._access = access

    @property
    def clinic(self) -> str:
        """Which clinic it opens."""
        return self._keys.clinic

    @property
    def is_owed(self) -> bool:
        """Whether a key was made that nobody said to have on paper, and this user may get one."""
        return self._keys.recovery_key_is_owed and self._access.may(Action.RENEW_RECOVERY_KEY)

    def make(self, password: str) -> str:
        """Make another key; from then on the one before no longer opens the clinic.

        Args:
            password: Of the one who is signed in, once more.

        Returns:
            The key, to be printed; it is kept nowhere, and owed until it is handed over.

        Raises:
            DeniedError: Only an administrator may.
            WrongPasswordError: The password is wrong.
            TooManyTriesError: It has been tried too often.
            StorageError: The store refuses; the key before still opens the clinic.
        """
        self._access.require(Action.RENEW_RECOVERY_KEY)
        user = self._access.user.id
        try:
            self._keys.confirm(user, password)
        except SignInError:
            with suppress(StorageError):
                put_down_about(self._open_work, AuditAction.SIGN_IN_FAILED, user)
            raise
        # First: a key that is not put down is none.
        with self._open_work() as work:
            work.audit.note(AuditAction.RECOVERY_KEY_MADE, Subject(Entity.CLINIC))
            work.commit()
        return self._keys.new_recovery_key()

    def hand_over(self) -> None:
        """The key that was made last is on paper: nobody is owed another one.

        Raises:
            StorageError: It could not be stored; another key is owed to who signs in next.
        """
        self._access.require(Action.RENEW_RECOVERY_KEY)
        self._keys.hand_over_recovery_key()

    def last_use(self) -> RecoveryUse | None:
        """When it was used last, for an administrator who was not here since."""
        if not self._access.may(Action.RENEW_RECOVERY_KEY):
            return None
        mine = AuditQuestion(actor=self._access.user.id, action=AuditAction.SIGNED_IN, most=2)
        with self._open_work() as work:
            used = work.audit.entries(AuditQuestion(action=AuditAction.BREAK_GLASS, most=1))
            made = work.audit.entries(AuditQuestion(action=AuditAction.RECOVERY_KEY_MADE, most=1))
            here = work.audit.entries(mine)
        if not used or (len(here) > 1 and here[1].number > used[0].number):
            return None
        is_renewed = bool(made) and made[0].number > used[0].number
        return RecoveryUse(used[0].event.at, is_renewed)
