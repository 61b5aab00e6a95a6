"""The command line's way to a server: `bodymap connect`."""

import argparse
import os
import sys
from collections.abc import Callable
from getpass import getpass
from typing import Any

from bodymap.cli_asking import Asked, SignedIn, in_one_line
from bodymap.errors import BodymapError


def add_parser(
    commands: "argparse._SubParsersAction[Any]",
    add_data: Callable[[argparse.ArgumentParser], None],
    signed_in: SignedIn,
    asked: Asked,
) -> None:
    """Add the command.

    Args:
        commands: Where to.
        add_data: Adds the option that names the data folder.
        signed_in: Opens the clinic.
        asked: Says who calls, where the clinic does not open.
    """
    connect = commands.add_parser(
        "connect",
        help="move the clinic to a PostgreSQL server for several seats, or back",
        description="Passwords come from BODYMAP_SERVER_PASSWORD and BODYMAP_OWNER_PASSWORD, "
        "or are asked for; an empty one leaves it to a password file or a certificate.",
    )
    connect.add_argument(
        "url",
        nargs="?",
        default="",
        help="postgresql+psycopg://role@host/database, for the role of every day",
    )
    connect.add_argument(
        "--owner", required=True, metavar="URL", help="the same for the database's owner"
    )
    connect.add_argument("--back", action="store_true", help="into the data file again")
    connect.add_argument(
        "--insecure-loopback",
        action="store_true",
        help="without TLS, to a server on this very computer",
    )
    connect.add_argument(
        "--upgrade", action="store_true", help="only bring the server's tables up to date"
    )
    add_data(connect)
    connect.set_defaults(
        act=lambda args: _upgrade(args, asked) if args.upgrade else _connect(args, signed_in)
    )


def _connect(args: argparse.Namespace, signed_in: SignedIn) -> int:
    from bodymap.app import Server  # noqa: PLC0415 - `--help` needs no atlas

    if not args.url and not args.back:
        raise BodymapError("Name the server: postgresql+psycopg://role@host/database")
    application = signed_in(args)
    server = Server(
        url=args.url,
        owner_url=args.owner,
        password="" if args.back else _asked("SERVER", "Password of the role"),
        owner_password=_asked("OWNER", "Password of the owner"),
        insecure_loopback=args.insecure_loopback,
        back=args.back,
    )
    rows = sum(application.connect(server, in_one_line()).values())
    advice = application.server_advice()
    where = "the data file" if args.back else "the server"
    print(f"The clinic is in {where} now: {rows} rows, counted and compared.")
    if advice:
        print(advice)
    return 0


def _upgrade(args: argparse.Namespace, asked: Asked) -> int:
    from bodymap.app import Application, Server, chosen_folder  # noqa: PLC0415 - as above

    application = Application(chosen_folder(getattr(args, "data", None)))
    try:
        owner = _asked("OWNER", "Password of the owner")
        server = Server("", args.owner, "", owner, insecure_loopback=args.insecure_loopback)
        revision = application.upgrade_server(server, *asked())
    finally:
        application.vault.close()
    print(f"The server's tables are at revision {revision}.")
    return 0


def _asked(whose: str, words: str) -> str:
    given = os.environ.get(f"BODYMAP_{whose}_PASSWORD")
    if given is not None:
        return given
    return getpass(f"{words}: ") if sys.stdin.isatty() else ""
