"""A signature is genuine when its key made it over exactly this statement, and in no other case."""

from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from bodymap.storage.signer import is_genuine
from tests.builders import a_visit
from tests.storage.signing import a_signature

SIGNATURE = a_signature(a_visit())
STRANGER = Ed25519PrivateKey.from_private_bytes(bytes(32)).public_key().public_bytes_raw()


def test_what_was_signed_is_genuine() -> None:
    assert is_genuine(SIGNATURE)


@pytest.mark.parametrize(
    "other",
    [
        replace(SIGNATURE, statement=replace(SIGNATURE.statement, name="Somebody Else")),
        replace(SIGNATURE, statement=replace(SIGNATURE.statement, digest="0" * 64)),
        replace(SIGNATURE, public_key=STRANGER),
        replace(SIGNATURE, public_key=b"no key"),
        replace(SIGNATURE, value=bytes(64)),
        replace(SIGNATURE, value=b""),
        replace(SIGNATURE, value=SIGNATURE.value[:-1] + bytes([SIGNATURE.value[-1] ^ 1])),
    ],
)
def test_nothing_else_is(other) -> None:
    assert not is_genuine(other)
