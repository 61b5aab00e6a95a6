"""What PostgreSQL complains about, in words for the person."""

import psycopg

from bodymap.errors import BodymapError, ConflictError, StorageError

_NOTHING = "Nothing was changed."
_CHANGED = f"Somebody else changed the data meanwhile. {_NOTHING} Try again."
_BUSY = f"Another seat is writing just now. {_NOTHING} Try again."
_GONE = (
    "The clinic’s database cannot be reached, so this is not known to be saved. "
    "See that the network and the server are up, then try again; nothing is put down twice."
)
"""A connection may break after the server has stored a change and before it could say so."""
_NOT_THERE = (
    f"The clinic’s database cannot be reached. {_NOTHING} "
    "See that the network and the server are up, then try again."
)
_RULE = f"The change breaks a rule of the database. {_NOTHING}"
_DOUBLE = f"The same entry was made somewhere else already. {_NOTHING}"
_CLOSED = f"The visit is closed and stays as it is. {_NOTHING}"
_DENIED = (
    f"The database does not allow this. {_NOTHING} If the clinic’s data was moved elsewhere, "
    "ask for the new key file."
)
_DAMAGED = (
    f"The clinic’s database is damaged on the server’s disk. {_NOTHING} "
    "Ask whoever runs the server; a backup of bodymap can be put back."
)

OWN_STATE = "BDM01"
"""The SQLSTATE of what bodymap's own triggers refuse."""

# SQLSTATEs, https://www.postgresql.org/docs/15/errcodes-appendix.html
_CONFLICTS = frozenset({"40001", "40P01"})  # serialization failure, deadlock
_UNIQUE_VIOLATION = "23505"
_STATES = {
    "42501": _DENIED,  # insufficient privilege
    "42804": _RULE,  # a number where a yes or no belongs
    "25P03": _GONE,  # the transaction was left open for too long, such as by a computer asleep
    "25006": f"The server takes no changes just now: it only follows another one. {_NOTHING} "
    "Name the one that leads, or wait until this one does.",
    "XX001": _DAMAGED,
    "XX002": _DAMAGED,
}
_CLASSES = {
    "08": _GONE,
    "57": _GONE,  # the server is going down, or an administrator ended the connection
    "53": f"The server is out of space or of connections. {_NOTHING} Try again later.",
    "55": _BUSY,
    "22": f"Something in it cannot be stored, an odd character or a huge number. {_NOTHING}",
    "23": _RULE,
    "28": "The database does not let this role in: its name or its password is wrong.",
    "58": f"The server’s disk or system has failed. {_NOTHING} Ask whoever runs the server.",
    "3D": "There is no such database on the server.",
}
_UNIQUE = {
    "uq_patient_number": f"Another patient has this number already. {_NOTHING}",
    "uq_user_login_once": f"Somebody else signs in with this name already. {_NOTHING}",
}


def in_words(problem: BaseException | None) -> BodymapError | None:
    """Say it in words; None when it is a bug."""
    match problem:
        case UnicodeEncodeError() | OverflowError():
            return StorageError(_CLASSES["22"])
        case psycopg.Error():
            return _told(problem)
        case _:
            return None


def _told(problem: psycopg.Error) -> BodymapError | None:
    state = problem.sqlstate or ""
    if not state:
        return _stateless(problem)
    if state in _CONFLICTS:
        return ConflictError(_CHANGED)
    if state == OWN_STATE:
        closed = "the visit is closed" in str(problem)
        return ConflictError(_CLOSED) if closed else StorageError(_RULE)
    if state == _UNIQUE_VIOLATION:
        return ConflictError(_UNIQUE.get(problem.diag.constraint_name or "", _DOUBLE))
    words = _STATES.get(state) or _CLASSES.get(state[:2])
    return StorageError(words) if words else None


def _stateless(problem: psycopg.Error) -> BodymapError | None:
    """What the driver finds itself, without the server."""
    if isinstance(problem, psycopg.OperationalError):
        if "certificate" in str(problem) or "SSL" in str(problem):
            return StorageError(
                "The server could not prove who it is, so nothing was sent to it. "
                "Check its name, and the authority named with sslrootcert."
            )
        return StorageError(_not_let_in(str(problem)))
    if isinstance(problem, psycopg.DataError):
        return StorageError(_CLASSES["22"])
    return None


def _not_let_in(told: str) -> str:
    if "authentication failed" in told or "no password supplied" in told:
        return _CLASSES["28"]
    if 'database "' in told and "does not exist" in told:
        return _CLASSES["3D"]
    never_sent = ("connection failed", "connection timeout", "failed to resolve")
    return _NOT_THERE if told.startswith(never_sent) else _GONE
