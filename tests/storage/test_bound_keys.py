"""What the key file binds together: slots to users, secrets to owners, all of it by a seal."""

import hashlib
import json
import os
from dataclasses import replace
from pathlib import Path

import pytest

from bodymap.chart.people import UserId
from bodymap.errors import DamagedKeysError, WrongPasswordError
from bodymap.storage.vault import vault as vaults
from bodymap.storage.vault.cost import LONGEST_PASSWORD, SALT_BYTES, Cost
from bodymap.storage.vault.envelope import Envelope, Slot, _canonical
from bodymap.storage.vault.keys import Key, NotUnwrappedError
from bodymap.storage.vault.tries import TRIES_FILE
from bodymap.storage.vault.vault import Vault
from tests.vaults import CHEAP, KEY, PASSWORD

ANNA, BEN = UserId("anna"), UserId("ben")
SLOT = Slot(ANNA, "anna", CHEAP, b"s" * SALT_BYTES, b"wrapped")
ENVELOPE = Envelope("Practice Sample", (SLOT,), {"audit": "7 00"})


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    vault = Vault(tmp_path, cost=CHEAP)
    vault.set_up("Practice Sample", (ANNA, "anna"), PASSWORD)
    return vault


@pytest.mark.parametrize("other", [{"user": BEN}, {"login": "ben"}, {"cost": Cost(16, 1)}])
def test_wrapped_keys_open_only_with_what_they_are_bound_to(other: dict[str, object]) -> None:
    key = Key.new()
    wrapped = key.wrap(b"secret", SLOT.bound_to)
    assert key.unwrap(wrapped, SLOT.bound_to) == b"secret"
    with pytest.raises(NotUnwrappedError):
        key.unwrap(wrapped, replace(SLOT, **other).bound_to)


def test_a_secret_is_bound_to_its_owner_and_its_name() -> None:
    told = {vaults._secret_of(user, name) for user in (ANNA, BEN) for name in ("key", "note")}
    assert len(told) == 4


@pytest.mark.parametrize(
    "other",
    [
        {"clinic": "Practice Elsewhere"},
        {"slots": ()},
        {"slots": (replace(SLOT, secrets={"signing key": b"x"}),)},
        {"notes": {"audit": "6 00"}},
        {"notes": {}},
    ],
)
def test_the_seal_covers_every_line(other: dict[str, object]) -> None:
    sealed = ENVELOPE.sealed(KEY)
    sealed.check_seal(KEY)
    with pytest.raises(DamagedKeysError, match="changed by something other"):
        replace(sealed, **other).check_seal(KEY)


def test_a_key_file_of_a_newer_program_is_left_to_it() -> None:
    body = json.loads(ENVELOPE.sealed(KEY).to_text())
    body["format"] += 1
    del body["checksum"]
    body["checksum"] = hashlib.sha256(_canonical(body)).hexdigest()
    with pytest.raises(DamagedKeysError, match="newer bodymap"):
        Envelope.from_text(json.dumps(body).encode())


def test_no_two_salts_are_alike(vault: Vault) -> None:
    for number in range(5):
        vault.give_way_in(UserId(f"user-{number}"), f"user-{number}", PASSWORD)
    slots = vault._read().slots
    assert len({slot.salt for slot in slots}) == len(slots) == 7
    assert all(len(slot.salt) == SALT_BYTES and any(slot.salt) for slot in slots)


def test_a_password_without_end_is_not_worked_on(vault: Vault, monkeypatch) -> None:
    def work(*_: object) -> None:
        raise AssertionError("it was worked on")

    monkeypatch.setattr(vaults, "key_from", work)
    with pytest.raises(WrongPasswordError):
        vault.sign_in("anna", "x" * (LONGEST_PASSWORD + 1))


def test_a_kill_in_the_middle_of_a_try_does_not_hide_it(vault: Vault, monkeypatch) -> None:
    def killed(*_: object) -> None:
        raise SystemExit

    monkeypatch.setattr(vaults, "_unwrapped", killed)
    for _ in range(2):
        with pytest.raises(SystemExit):
            vault.sign_in("anna", "a guess")
    told = json.loads((vault.path.parent / TRIES_FILE).read_bytes())
    assert "2" in json.dumps(told)
    monkeypatch.undo()
    vault.sign_in("anna", PASSWORD)
    assert vault.failed_before == 2


def test_who_is_given_a_new_password_keeps_no_secret_of_before(vault: Vault) -> None:
    vault.give_way_in(BEN, "ben", PASSWORD)
    ben = Vault(vault.path.parent, cost=CHEAP)
    ben.sign_in("ben", PASSWORD)
    ben.keep_secret("signing key", os.urandom(32))
    assert vault._read().slot_for(BEN).secrets
    vault.give_way_in(BEN, "ben", "another horse of fair colour")
    assert not vault._read().slot_for(BEN).secrets


def test_who_has_left_has_no_keys_in_hand(vault: Vault) -> None:
    assert vault.data_key
    vault.close()
    for what in ("data_key", "user"):
        with pytest.raises(WrongPasswordError, match="Nobody is signed in"):
            getattr(vault, what)
