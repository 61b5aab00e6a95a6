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
