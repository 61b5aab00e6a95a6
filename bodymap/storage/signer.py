"""Signs with a user's own key (Ed25519, RFC 8032), which only their password brings out."""

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

from bodymap.chart.audit import AuditHead
from bodymap.chart.signing import Proof, Signature
from bodymap.storage.vault.vault import Vault

SECRET = "signing key"  # noqa: S105 - what the secret is called, not the secret
ANCHOR = "audit"
"""The name of the note that keeps the trail's end apart from the data."""


class VaultSigner:
    """The desk's `Signer` on the key file; a key pair is made when somebody first signs."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def prove(self, password: str, message: bytes) -> Proof:
        """Sign in the name of the one who is signed in; takes about a second.

        Raises:
            WrongPasswordError: It is not theirs.
            TooManyTriesError: It has been tried too often.
        """
        secret = self._vault.secret(SECRET, password)
        if secret is None:
            key = Ed25519PrivateKey.generate()
            self._vault.keep_secret(SECRET, key.private_bytes_raw())
        else:
            key = Ed25519PrivateKey.from_private_bytes(secret)
        return Proof(key.public_key().public_bytes_raw(), key.sign(message))

    def anchor(self, head: AuditHead) -> None:
        """Keep the trail's end apart from the data, so that a cut end or an older file shows."""
        self._vault.put_note(ANCHOR, anchor_text(head))

    def anchored(self) -> AuditHead:
        """The trail's end that was kept last."""
        return anchored(self._vault.note(ANCHOR))

    def is_genuine(self, signature: Signature) -> bool:
        """Whether the key of the signature made it over exactly this statement."""
        return is_genuine(signature)


def anchor_text(head: AuditHead) -> str:
    """A trail's end as a note."""
    return f"{head.count} {head.hash.hex()}"


def anchored(note: str) -> AuditHead:
    """The trail's end of a note; the beginning where there is none."""
    count, _, digest = note.partition(" ")
    return AuditHead(int(count), bytes.fromhex(digest)) if note else AuditHead()


def is_genuine(signature: Signature) -> bool:
    """Whether the key of the signature made it over exactly this statement."""
    try:
        key = Ed25519PublicKey.from_public_bytes(signature.public_key)
        key.verify(signature.value, signature.statement.as_bytes())
    except (InvalidSignature, ValueError):
        return False
    return True
