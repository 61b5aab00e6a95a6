"""The key file: who may open the data, and the data key wrapped once for each of them.

The file is JSON. Two marks guard it. A plain checksum tells a damaged file from a wrong password
before any password is tried. A seal by the data key tells whether anybody without that key has
changed a line; the counts of failed tries alone are outside it, for whoever guesses has no key.
Passwords and keys are not in it, only what they were wrapped into.
"""

import hashlib
import hmac
import json
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Self

from bodymap.chart.people import UserId
from bodymap.errors import DamagedKeysError
from bodymap.storage.vault.cost import Cost
from bodymap.storage.vault.keys import DataKey, Key
from bodymap.storage.vault.tries import Counts, counts_of, told_of

FORMAT = 1
RECOVERY = UserId("recovery")
"""Whom the slot of the recovery key belongs to."""

_DAMAGED = (
    "The key file bodymap.keys.json is damaged, so no password can open the clinic now. "
    "Put back its newest copy from the folder “backups”; the data itself was not touched."
)
_SEAL = "bodymap envelope seal"


@dataclass(frozen=True, slots=True)
class Slot:
    """One way in.

    Attributes:
        user: Whose it is; `RECOVERY` for the printed key.
        login: The name to sign in with, folded; empty for the printed key.
        salt: Goes into the key that the password stands for.
        wrapped: The data key and the user's own key, one after the other, wrapped.
        secrets: What only this user may use, by name, wrapped with the user's own key.
    """

    user: UserId
    login: str
    cost: Cost
    salt: bytes
    wrapped: bytes
    secrets: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def bound_to(self) -> bytes:
        """What the wrapped keys open together with: a slot cannot be given to another user."""
        return _canonical({"user": self.user, "login": self.login, "cost": asdict(self.cost)})


class NewerKeysError(DamagedKeysError):
    """The key file is sound, but of a program that is newer than this one."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """All of the key file.

    Attributes:
        clinic: The clinic's name.
        slots: One for each user who may sign in, and one for the printed key.
        notes: Small facts that must not be rolled back together with the data, by name.
        tries: How often somebody failed to sign in; not sealed.
    """

    clinic: str
    slots: tuple[Slot, ...]
    notes: Mapping[str, str] = field(default_factory=dict)
    seal: bytes = b""
    tries: Counts = field(default_factory=dict)

    def slot_of(self, login: str) -> Slot | None:
        """The way in of the user with a login name."""
        named = folded_login(login)
        return next((s for s in self.slots if s.login == named and s.user != RECOVERY), None)

    def slot_for(self, user: UserId) -> Slot | None:
        """The way in of one user."""
        return next((slot for slot in self.slots if slot.user == user), None)

    def with_slot(self, slot: Slot) -> Self:
        """The same with one slot added or replaced."""
        return replace(self, slots=(*self._others(slot.user), slot), seal=b"")

    def without(self, user: UserId) -> Self:
        """The same, with no way in for one user."""
        return replace(self, slots=self._others(user), seal=b"")

    def sealed(self, key: DataKey) -> Self:
        """The same, sealed by the data key."""
        return replace(self, seal=self._seal(key))

    def check_seal(self, key: DataKey) -> None:
        """See that nobody without the data key has changed anything.

        Raises:
            DamagedKeysError: Somebody has.
        """
        if not hmac.compare_digest(self.seal, self._seal(key)):
            raise DamagedKeysError(
                "The key file bodymap.keys.json has been changed by something other than bodymap. "
                "Put back its newest copy from the folder “backups”."
            )

    def to_text(self) -> str:
        """As it is stored."""
        body = self._body() | {"seal": _text(self.seal), "tries": told_of(self.tries)}
        checksum = hashlib.sha256(_canonical(body)).hexdigest()
        return json.dumps(body | {"checksum": checksum}, indent=1, ensure_ascii=False) + "\n"

    @classmethod
    def from_text(cls, text: bytes) -> Self:
        """Read it back.

        Raises:
            DamagedKeysError: It is not as it was stored.
        """
        try:
            body = json.loads(text)
            checksum = body.pop("checksum")
            if hashlib.sha256(_canonical(body)).hexdigest() != checksum:
                raise DamagedKeysError(_DAMAGED)
            if body["format"] > FORMAT:
                raise NewerKeysError(
                    "The key file was written by a newer bodymap. Install the newest one."
                )
            return cls(
                clinic=body["clinic"],
                slots=tuple(map(_slot, body["slots"])),
                notes=body["notes"],
                seal=b64decode(body["seal"]),
                tries=counts_of(body.get("tries")),
            )
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            raise DamagedKeysError(_DAMAGED) from None

    def _others(self, user: UserId) -> tuple[Slot, ...]:
        return tuple(slot for slot in self.slots if slot.user != user)

    def _body(self) -> dict[str, Any]:
        return {
            "format": FORMAT,
            "clinic": self.clinic,
            "slots": [_told(slot) for slot in self.slots],
            "notes": dict(self.notes),
        }

    def _seal(self, key: Key) -> bytes:
        return key.derived(_SEAL).seal(_canonical(self._body()))


def folded_login(login: str) -> str:
    """A login name as it is compared: neither case nor blanks about it matter."""
    return login.strip().casefold()


def _canonical(body: Mapping[str, Any]) -> bytes:
    return json.dumps(body, sort_keys=True, separators=(",", ":")).encode()


def _told(slot: Slot) -> dict[str, Any]:
    return {
        "user": slot.user,
        "login": slot.login,
        "cost": asdict(slot.cost),
        "salt": _text(slot.salt),
        "wrapped": _text(slot.wrapped),
        "secrets": {name: _text(secret) for name, secret in slot.secrets.items()},
    }


def _slot(told: Mapping[str, Any]) -> Slot:
    return Slot(
        user=UserId(told["user"]),
        login=told["login"],
        cost=Cost(**told["cost"]),
        salt=b64decode(told["salt"]),
        wrapped=b64decode(told["wrapped"]),
        secrets={name: b64decode(secret) for name, secret in told["secrets"].items()},
    )


def _text(content: bytes) -> str:
    return b64encode(content).decode("ascii")
