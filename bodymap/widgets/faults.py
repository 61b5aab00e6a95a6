"""What may be logged of a fault: its kind and its place, never its words.

The message of an exception may quote the record, so it stays out of the log.
"""

import traceback


def told(problem: BaseException) -> str:
    """The kind of a fault and the way the program took to it."""
    frames = traceback.extract_tb(problem.__traceback__)
    way = " > ".join(f"{frame.filename}:{frame.lineno} in {frame.name}" for frame in frames)
    return f"{type(problem).__name__} at {way or 'an unknown place'}"
