"""Opens and closes the clinic: from a name and a password to the data key."""

import os
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from bodymap.chart.people import UserId
from bodymap.errors import DamagedKeysError, StorageError, WrongPasswordError
from bodymap.storage.problems import translated
from bodymap.storage.vault.cost import LONGEST_PASSWORD, SALT_BYTES, Cost, key_from
from bodymap.storage.vault.decoy import decoy_for
from bodymap.storage.vault.envelope import RECOVERY, Envelope, Slot, folded_login
from bodymap.storage.vault.file import KEY_FILE, replace_file
from bodymap.storage.vault.keys import KEY_BYTES, DataKey, Key, NotUnwrappedError
from bodymap.storage.vault.recovery import MisreadError, as_printed, new_recovery_key
from bodymap.storage.vault.tries import Counts, Times, Tries
from bodymap.storage.vault.turn import one_at_a_time

_WRONG = "The name or the password is wrong."
_OWED = "recovery key"
"""The note that stands in the key file until somebody has the recovery key on paper."""


@dataclass(frozen=True, slots=True)
class Opened:
    """The keys in the hand of the one who is signed in."""

    user: UserId
    data: DataKey = field(repr=False)
    own: Key = field(repr=False)


class Vault:
    """The key file of one data folder.

    Args:
        folder: Where the data and the key file lie.
        prepare: What has to be done with a new data key before the key file is there.
        cost: What a guess at a password that is set here will cost.
        clocks: For the waits after failed tries.
        key_file: The key file, if it is not the one in the folder but a backup's.

    Attributes:
        path: The key file.
        failed_before: How many tries had failed before the last one that went well.
    """

    def __init__(
        self,
        folder: Path,
        prepare: Callable[[DataKey], object] = lambda _: None,
        cost: Cost | None = None,
        clocks: Times | None = None,
        key_file: Path | None = None,
    ) -> None:
        self.path = key_file or folder / KEY_FILE
        self._prepare = prepare
        self._cost = cost or Cost()
        # The key file of a backup is only read.
        self._tries = Tries(folder, clocks, None if key_file else self)
        self.failed_before = 0
        self._opened: Opened | None = None

    @property
    def is_set_up(self) -> bool:
        """Whether there is a clinic to sign in to."""
        return self.path.exists()

    @property
    def clinic(self) -> str:
        """The clinic's name.

        Raises:
            DamagedKeysError: The key file is damaged.
        """
        return self._read().clinic

    @property
    def data_key(self) -> DataKey:
        """What the data file is encrypted with.

        Raises:
            WrongPasswordError: Nobody has signed in.
        """
        return self._hand().data

    @property
    def user(self) -> UserId:
        """Who has the keys in hand.

        Raises:
            WrongPasswordError: Nobody has signed in.
        """
        return self._hand().user

    def set_up(self, clinic: str, owner: tuple[UserId, str], password: str) -> str:
        """Make the key file and sign its owner in.

        Args:
            clinic: The clinic's name.
            owner: The first user and the name to sign in with.
            password: The owner's password.

        Returns:
            The recovery key, to be printed; it is kept nowhere.

        Raises:
            StorageError: There is a clinic already, or the disk refuses.
        """
        self._check_is_new()
        recovery = new_recovery_key()
        opened = Opened(owner[0], DataKey.new(), Key.new())
        slots = (
            self._made(opened, owner[1], password),
            self._made(Opened(RECOVERY, opened.data, Key.new()), "", recovery),
        )
        self._prepare(opened.data)
        with translated(), one_at_a_time(self.path.parent):
            self._check_is_new()  # another window may have been quicker
            self._write(_owing(Envelope(clinic, slots)), opened.data)
        self._opened = opened
        return recovery

    def sign_in(self, login: str, password: str) -> UserId:
        """Open the data for a user; takes as long when there is no such user.

        Raises:
            WrongPasswordError: The name or the password is wrong.
            TooManyTriesError: It has been tried too often.
            DamagedKeysError: The key file is damaged; no password is to blame.
        """
        envelope = self._read()
        slot = envelope.slot_of(login) or decoy_for(login, envelope.slots)
        self._opened = self._tried(envelope, slot, password)
        return self._opened.user

    def recover(self, printed: str) -> None:
        """Open the data with the printed key, to set a new password.

        Raises:
            WrongPasswordError: It is not the key of this clinic.
            TooManyTriesError: It has been tried too often.
            DamagedKeysError: The key file is damaged.
        """
        try:
            key = as_printed(printed)
        except MisreadError:
            raise WrongPasswordError(
                "This is not a recovery key as it was printed: compare it letter by letter."
            ) from None
        envelope = self._read()
        slot = envelope.slot_for(RECOVERY) or decoy_for(RECOVERY, envelope.slots)
        self._opened = self._tried(envelope, slot, key)

    def confirm(self, user: UserId, password: str) -> Opened:
        """See that it is the user who sits here, as before signing and when unlocking.

        Raises:
            WrongPasswordError: The password is wrong.
            TooManyTriesError: It has been tried too often.
        """
        envelope = self._read()
        slot = envelope.slot_for(user) or decoy_for(user, envelope.slots)
        try:
            return self._tried(envelope, slot, password)
        except WrongPasswordError:
            raise WrongPasswordError("The password is wrong.") from None

    def change_password(self, user: UserId, old: str, new: str) -> None:
        """Change one's own password; only the key file is written.

        Raises:
            WrongPasswordError: The old one is wrong.
        """
        opened = self.confirm(user, old)
        made = self._made(opened, _slot_in(self._read(), user).login, new)

        def changed(envelope: Envelope) -> Envelope:
            return envelope.with_slot(replace(made, secrets=_slot_in(envelope, user).secrets))

        self._update(opened.data, changed)

    def give_way_in(self, user: UserId, login: str, password: str) -> None:
        """Let a user sign in from now on, or give a new password to one who lost it.

        What only this user could unwrap is lost when there was another password before.

        Raises:
            StorageError: Somebody else signs in with this name.
        """
        opened = self._hand()
        own = opened.own if user == opened.user else Key.new()
        made = self._made(Opened(user, opened.data, own), login, password)

        def changed(envelope: Envelope) -> Envelope:
            known = envelope.slot_of(login)
            if known is not None and known.user != user:
                raise StorageError(f"Somebody else signs in as “{login}”. Choose another name.")
            before = envelope.slot_for(user) if user == opened.user else None
            return envelope.with_slot(replace(made, secrets=before.secrets if before else {}))

        self._update(opened.data, changed)
        self._tries.forget(made.login)

    def take_way_in(self, user: UserId) -> None:
        """Let a user no longer sign in."""
        self._update(self._hand().data, lambda envelope: envelope.without(user))

    def has_way_in(self, user: UserId) -> bool:
        """Whether a user may sign in."""
        return self._read().slot_for(user) is not None

    def new_recovery_key(self) -> str:
        """Make another recovery key; the one before no longer opens this file.

        Returns:
            The key, to be printed; it is kept nowhere.

        Raises:
            StorageError: The disk refuses; the key before still opens.
        """
        opened, recovery = self._hand(), new_recovery_key()
        slot = self._made(Opened(RECOVERY, opened.data, Key.new()), "", recovery)
        self._update(opened.data, lambda envelope: _owing(envelope.with_slot(slot)))
        self._tries.forget(RECOVERY)
        return recovery

    @property
    def recovery_key_is_owed(self) -> bool:
        """Whether a recovery key was made that nobody has said to have on paper."""
        return _OWED in self._read().notes

    def hand_over_recovery_key(self) -> None:
        """Somebody has it on paper now."""

        def changed(envelope: Envelope) -> Envelope:
            others = {name: text for name, text in envelope.notes.items() if name != _OWED}
            return replace(envelope, notes=others)

        self._update(self._hand().data, changed)

    def keep_secret(self, name: str, secret: bytes) -> None:
        """Keep something that only the signed-in user can use, such as a signing key."""
        opened = self._hand()
        wrapped = opened.own.wrap(secret, _secret_of(opened.user, name))

        def changed(envelope: Envelope) -> Envelope:
            slot = _slot_in(envelope, opened.user)
            return envelope.with_slot(replace(slot, secrets={**slot.secrets, name: wrapped}))

        self._update(opened.data, changed)

    def secret(self, name: str, password: str) -> bytes | None:
        """What the signed-in user keeps under a name; the password is asked for again.

        Returns:
            None when nothing is kept under the name.

        Raises:
            WrongPasswordError: The password is wrong.
            DamagedKeysError: The secret was kept by somebody else.
        """
        opened = self.confirm(self._hand().user, password)
        wrapped = _slot_in(self._read(), opened.user).secrets.get(name)
        if wrapped is None:
            return None
        try:
            return opened.own.unwrap(wrapped, _secret_of(opened.user, name))
        except NotUnwrappedError:
            raise DamagedKeysError("This part of the key file belongs to somebody else.") from None

    def note(self, name: str) -> str:
        """A small fact that is kept apart from the data; empty when there is none."""
        return self._read().notes.get(name, "")

    def put_note(self, name: str, text: str) -> None:
        """Keep a small fact apart from the data, so that a rollback of the data shows."""
        self._update(
            self._hand().data,
            lambda envelope: replace(envelope, notes={**envelope.notes, name: text}),
        )

    def tries(self) -> Counts:
        """How often somebody failed to sign in, as the key file has it."""
        return self._read().tries

    def keep_tries(self, counts: Counts) -> None:
        """Keep how often somebody failed; the seal does not cover it, for nobody has a key yet."""
        with one_at_a_time(self.path.parent):
            kept = replace(self._read(), tries=counts)
            replace_file(self.path, kept.to_text().encode())

    def close(self) -> None:
        """Let go of the keys."""
        self._opened = None

    def _check_is_new(self) -> None:
        if self.is_set_up:
            raise StorageError(f"There is a clinic in {self.path.parent} already. Sign in to it.")

    def _hand(self) -> Opened:
        if self._opened is None:
            raise WrongPasswordError("Nobody is signed in.")
        return self._opened

    def _tried(self, envelope: Envelope, slot: Slot, password: str) -> Opened:
        if len(password) > LONGEST_PASSWORD:
            raise WrongPasswordError(_WRONG)
        counted = slot.login or slot.user
        self._tries.begin(counted)
        opened = _unwrapped(slot, password)
        if opened is None:
            raise WrongPasswordError(_WRONG)
        envelope.check_seal(opened.data)
        self.failed_before = self._tries.forget(counted)
        return opened

    def _made(self, opened: Opened, login: str, password: str) -> Slot:
        slot = Slot(opened.user, folded_login(login), self._cost, os.urandom(SALT_BYTES), b"")
        key = key_from(password, slot.salt, slot.cost)
        keys = opened.data.material + opened.own.material
        return replace(slot, wrapped=key.wrap(keys, slot.bound_to))

    def _update(self, key: DataKey, change: Callable[[Envelope], Envelope]) -> None:
        """Change the file as it is now; what somebody without the key wrote is never sealed."""
        with translated(), one_at_a_time(self.path.parent):
            envelope = self._read()
            envelope.check_seal(key)
            self._write(change(envelope), key)

    def _read(self) -> Envelope:
        with translated():
            text = self.path.read_bytes()
        return Envelope.from_text(text)

    def _write(self, envelope: Envelope, key: DataKey) -> None:
        replace_file(self.path, envelope.sealed(key).to_text().encode())


def _unwrapped(slot: Slot, password: str) -> Opened | None:
    try:
        keys = key_from(password, slot.salt, slot.cost).unwrap(slot.wrapped, slot.bound_to)
    except NotUnwrappedError:
        return None
    return Opened(slot.user, DataKey(keys[:KEY_BYTES]), Key(keys[KEY_BYTES:]))


def _owing(envelope: Envelope) -> Envelope:
    """The same, in one write with the key: whatever comes between, it is known to be owed."""
    return replace(envelope, notes={**envelope.notes, _OWED: "not on paper yet"})


def _slot_in(envelope: Envelope, user: UserId) -> Slot:
    slot = envelope.slot_for(user)
    if slot is None:
        raise WrongPasswordError("You may no longer sign in here.")
    return slot


def _secret_of(user: UserId, name: str) -> bytes:
    return f"secret {name} of {user}".encode()
