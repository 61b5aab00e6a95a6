"""What is tried where nobody has the name, so that the answer takes as long as for somebody."""

import hashlib
from collections import Counter
from collections.abc import Sequence

from bodymap.chart.people import UserId
from bodymap.storage.vault.cost import SALT_BYTES, Cost
from bodymap.storage.vault.envelope import RECOVERY, Slot, folded_login
from bodymap.storage.vault.keys import KEY_BYTES

_WRAPPED_BYTES = 12 + 2 * KEY_BYTES + 16
"""A nonce, two keys and a tag, as in the slots of users."""


def decoy_for(login: str, slots: Sequence[Slot]) -> Slot:
    """A way in that no password opens.

    It costs what the ways in of most users cost. Its tries are counted under one of 256 names
    that says next to nothing of what was typed, perhaps a password in the wrong field.
    """
    salt = next((slot.salt for slot in slots if slot.user == RECOVERY), b"")
    digest = hashlib.sha256(salt + folded_login(login).encode("utf-8", "surrogatepass")).digest()
    cost, _ = Counter(slot.cost for slot in slots).most_common(1)[0] if slots else (Cost(), 0)
    return Slot(
        UserId("nobody"),
        f"nobody-{digest[0]:02x}",
        cost,
        digest[:SALT_BYTES],
        bytes(_WRAPPED_BYTES),
    )
