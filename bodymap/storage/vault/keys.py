"""Keys, and how one key is wrapped in another.

A key is never shown: not in a message, not in a representation, not in a log.
"""

import hashlib
import hmac
import os
from dataclasses import dataclass, field
from typing import Self

KEY_BYTES = 32
_NONCE_BYTES = 12


class NotUnwrappedError(Exception):
    """The key does not fit, or what was wrapped has been changed."""


@dataclass(frozen=True, slots=True)
class Key:
    """A secret of 256 bits."""

    material: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.material) != KEY_BYTES:
            raise ValueError("a key has 32 bytes")

    @classmethod
    def new(cls) -> Self:
        """One that nobody has had before."""
        return cls(os.urandom(KEY_BYTES))

    def derived(self, purpose: str) -> "Key":
        """Another key, for one purpose alone (HKDF with SHA-256, RFC 5869; one block)."""
        extracted = hmac.new(bytes(KEY_BYTES), self.material, hashlib.sha256).digest()
        return Key(hmac.new(extracted, purpose.encode() + b"\x01", hashlib.sha256).digest())

    def seal(self, text: bytes) -> bytes:
        """The mark (HMAC with SHA-256) by which a changed text is known."""
        return hmac.new(self.material, text, hashlib.sha256).digest()

    def wrap(self, secret: bytes, bound_to: bytes) -> bytes:
        """Encrypt a secret (AES-256-GCM) so that it opens only together with what it is bound to.

        Returns:
            The nonce, the ciphertext and its tag, one after the other.
        """
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415 - slow

        nonce = os.urandom(_NONCE_BYTES)
        return nonce + AESGCM(self.material).encrypt(nonce, secret, bound_to)

    def unwrap(self, wrapped: bytes, bound_to: bytes) -> bytes:
        """The secret.

        Raises:
            NotUnwrappedError: The key does not fit, or something was changed.
        """
        from cryptography.exceptions import InvalidTag  # noqa: PLC0415 - slow to load
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415

        nonce, text = wrapped[:_NONCE_BYTES], wrapped[_NONCE_BYTES:]
        try:
            return AESGCM(self.material).decrypt(nonce, text, bound_to)
        except (InvalidTag, ValueError):
            raise NotUnwrappedError from None


@dataclass(frozen=True, slots=True)
class DataKey(Key):
    """The key that the data file is encrypted with."""

    @property
    def pragma(self) -> str:
        """As SQLCipher takes a raw key: used as it is, without a derivation on each connection."""
        return f"x'{self.material.hex()}'"
