"""The command line's new recovery key: `bodymap recovery-key`."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bodymap.cli_asking import SignedIn
from bodymap.errors import BodymapError

if TYPE_CHECKING:
    from bodymap.app import Application

_MADE = (
    "The recovery key before no longer opens the clinic. This one is kept nowhere: "
    "have it on paper, and lock it away."
)

_LOST = (
    "The key was made all the same, so that the one before no longer opens the clinic: "
    "call the command once more for another one."
)


def add_parser(
    commands: "argparse._SubParsersAction[Any]",
    add_data: Callable[[argparse.ArgumentParser], None],
    signed_in: SignedIn,
    password_of: "Callable[[Application], str]",
) -> None:
    """Add the command.

    Args:
        commands: Where to.
        add_data: Adds the option that names the data folder.
        signed_in: Opens the clinic.
        password_of: Asks for the password of whoever is signed in once more.
    """
    command = commands.add_parser(
        "recovery-key",
        help="make a new recovery key in place of the one before, and print it",
        description="An administrator's password is asked for once more. The key goes to standard "
        "output, or as a sheet to a PDF file.",
    )
    command.add_argument(
        "-o", "--output", type=Path, metavar="FILE.pdf", help="a sheet to print, instead"
    )
    add_data(command)
    command.set_defaults(act=lambda args: _make(args, signed_in, password_of))


def _make(
    args: argparse.Namespace, signed_in: SignedIn, password_of: "Callable[[Application], str]"
) -> int:
    application = signed_in(args)
    key = application.recovery_key.make(password_of(application))
    if args.output is None:
        print(key, flush=True)
    else:
        from bodymap.app_window import save_recovery_sheet  # noqa: PLC0415 - needs Qt

        try:
            save_recovery_sheet(application.sign_in.clinic, key, args.output)
        except BodymapError as problem:
            raise BodymapError(f"{problem} {_LOST}") from problem
        print(args.output)
    application.recovery_key.hand_over()  # not before somebody can have it
    print(_MADE, file=sys.stderr)
    return 0
