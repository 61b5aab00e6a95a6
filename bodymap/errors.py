"""What can go wrong outside our own code, in words meant for the person."""


class BodymapError(Exception):
    """Something the person can act on; its text is shown as it stands.

    The text says what happened and what to do. Anything that is not a `BodymapError` is a
    bug: it is logged and never shown as if it were the person's doing.
    """


class NotFoundError(BodymapError):
    """There is no such patient, episode, user or visit."""


class ConflictError(BodymapError):
    """Somebody else changed the visit first; nothing was written."""


class StorageError(BodymapError):
    """The data file could not be read or written; nothing was half written."""


class DamagedDataError(StorageError):
    """The data file is damaged, cut short, gone, or not the one its key file belongs to."""


class StoppedError(BodymapError):
    """The person stopped it before it was done; everything is as it was before."""


class DamagedKeysError(StorageError):
    """The key file is damaged or was tampered with; no password is to blame."""


class SignInError(BodymapError):
    """Nobody is signed in with what was given."""


class WrongPasswordError(SignInError):
    """The name or the password is wrong; which one is not told."""


class TooManyTriesError(SignInError):
    """So many tries have failed that one has to wait.

    Attributes:
        wait_s: For how many seconds; None when an administrator has to help.
    """

    def __init__(self, words: str, wait_s: float | None) -> None:
        super().__init__(words)
        self.wait_s = wait_s


class DeniedError(BodymapError):
    """The signed-in user may not do this."""
