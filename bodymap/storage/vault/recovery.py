"""The printed recovery key: the way in when every password is lost.

160 random bits in Crockford's base 32 (no I, L, O, U), in eight groups of four, then a group of
four that tells a slip of the pen from a wrong key: https://www.crockford.com/base32.html
"""

import hashlib
import os

_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LENGTH, _CHECK, _GROUP = 32, 4, 4
_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1"})


class MisreadError(ValueError):
    """What was typed is not a recovery key as it was printed."""


def new_recovery_key() -> str:
    """One that nobody has had before, as it is printed."""
    letters = "".join(_LETTERS[byte & 31] for byte in os.urandom(_LENGTH))
    return _grouped(letters + _check(letters))


def as_printed(typed: str) -> str:
    """The key as it was printed, whatever stands between its letters, case and look-alike letters.

    Raises:
        MisreadError: A letter is missing, foreign or wrong.
    """
    letters = "".join(filter(str.isalnum, typed.upper())).translate(_MISREAD)
    if len(letters) != _LENGTH + _CHECK or not set(letters) <= set(_LETTERS):
        raise MisreadError
    if _check(letters[:_LENGTH]) != letters[_LENGTH:]:
        raise MisreadError
    return _grouped(letters)


def _check(letters: str) -> str:
    digest = hashlib.sha256(letters.encode()).digest()
    return "".join(_LETTERS[byte & 31] for byte in digest[:_CHECK])


def _grouped(letters: str) -> str:
    return "-".join(letters[at : at + _GROUP] for at in range(0, len(letters), _GROUP))
