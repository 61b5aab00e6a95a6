"""What stands on the clinic's door: its name, read without a key.

Light, for the first window waits for it. Whether the key file is as it was written is for the
vault to say; here a file that cannot be read has no name.
"""

import json
from pathlib import Path

from bodymap.storage.datafolder import KEY_FILE


class Plate:
    """The name of the clinic in a folder."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / KEY_FILE

    @property
    def is_set_up(self) -> bool:
        """Whether there is a clinic to sign in to."""
        return self._path.exists()

    @property
    def clinic(self) -> str:
        """The clinic's name; empty when it cannot be read."""
        try:
            said = json.loads(self._path.read_bytes())["clinic"]
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return ""
        return said if isinstance(said, str) else ""
