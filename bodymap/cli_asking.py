"""What commands that open a clinic have in common: who calls, and how far a long job is."""

import argparse
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bodymap.app import Application

SignedIn = Callable[[argparse.Namespace], "Application"]
"""Opens the clinic that the arguments name, for the user of the environment or of a prompt.

It is closed when the command is done, however that went.
"""

Asked = Callable[[], tuple[str, str]]
"""Says who calls: a name to sign in with, and a password."""

Told = Callable[[str, int, int], None]
"""Hears what is being done, how much of it is done and how much there is."""

_WIDTH = 40


def in_one_line() -> Told:
    """Shows the progress in one line, where somebody looks."""
    if not sys.stderr.isatty():
        return lambda *_: None

    def tell(what: str, done: int, whole: int) -> None:
        part = f"{what} {100 * done // max(whole, 1)} %"
        ending = "\n" if done >= whole else ""
        print(f"\r{part:<{_WIDTH}}", end=ending, file=sys.stderr, flush=True)

    return tell
