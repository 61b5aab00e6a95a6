"""How hard a password is to guess, in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from bodymap.desk.sign_in import SHORTEST_PASSWORD

BEST = 4
_LONGEST_JUDGED = 72
"""Characters; zxcvbn refuses longer ones, which would take it too long."""
_WORDS = ("Very easy to guess", "Easy to guess", "Could be better", "Good", "Very good")
ENOUGH = 2
"""The least that a new password is taken with."""


@dataclass(frozen=True, slots=True)
class Strength:
    """What is thought of a password.

    Attributes:
        score: 0 to 4, as zxcvbn counts (Wheeler, USENIX Security 2016).
        words: The same for people, with a hint where there is one.
    """

    score: int
    words: str

    @property
    def is_enough(self) -> bool:
        """Whether it is good enough to guard a clinic's record."""
        return self.score >= ENOUGH


def strength(password: str, known: Sequence[str] = ()) -> Strength:
    """Judge a password.

    Args:
        password: The password.
        known: What others know of its owner, such as the clinic's name.
    """
    from zxcvbn import zxcvbn  # noqa: PLC0415 - its lists of words are slow to load

    if not password:
        return Strength(0, "")
    if len(password) < SHORTEST_PASSWORD:
        return Strength(0, f"At least {SHORTEST_PASSWORD} characters.")
    found = zxcvbn(password[:_LONGEST_JUDGED], [word for word in known if word.strip()])
    score = int(found["score"])
    hint = str(found["feedback"]["warning"] or "").rstrip(".")
    return Strength(score, f"{_WORDS[score]}. {hint}." if hint else f"{_WORDS[score]}.")
