"""Loads Qt, without the reading of all source code that PySide6 would do from then on."""

import builtins


def load_qt() -> None:
    """Load Qt before anything else of the window.

    PySide6 puts itself before every `import` that follows, and reads each module's source to see
    whether it says `__feature__` (snake_case names), which nothing here does. That doubles the
    time a start takes and keeps 30 MB of source text. Python's own `import` is put back.
    """
    own = builtins.__import__
    import PySide6.QtCore  # noqa: F401, PLC0415 - between the two lines about it

    builtins.__import__ = own
