"""From a password to a key: slow and hungry on purpose, so that guessing is dear."""

import unicodedata
from dataclasses import dataclass

from bodymap.storage.vault.keys import KEY_BYTES, Key

SALT_BYTES = 16
LONGEST_PASSWORD = 1024
"""Longer ones are refused before any work is done on them."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one guess costs (Argon2id, RFC 9106).

    Attributes:
        memory_kib: Memory in KiB.
        passes: How often the memory is gone over.
        lanes: How many threads may share the work.
    """

    memory_kib: int = 256 * 1024
    passes: int = 3
    lanes: int = 1

    def __post_init__(self) -> None:
        if not (8 <= self.memory_kib <= 4 * 1024**2 and 1 <= self.passes <= 100):
            raise ValueError("the cost is out of all measure")
        if not 1 <= self.lanes <= 16:
            raise ValueError("the cost is out of all measure")


DEMO = Cost(memory_kib=19 * 1024, passes=2)
"""For the demo clinic, whose password is printed: the least that OWASP calls safe."""


def key_from(password: str, salt: bytes, cost: Cost) -> Key:
    """The key that a password stands for; composed and decomposed accents are the same.

    Takes about a second at the usual cost.
    """
    from argon2.low_level import Type, hash_secret_raw  # noqa: PLC0415 - slow to load

    material = hash_secret_raw(
        unicodedata.normalize("NFKC", password).encode("utf-8", "surrogatepass"),
        salt,
        time_cost=cost.passes,
        memory_cost=cost.memory_kib,
        parallelism=cost.lanes,
        hash_len=KEY_BYTES,
        type=Type.ID,
    )
    return Key(material)
