"""The command line: arguments in, calls of the desk, JSON or words out.

JSON goes to standard output, messages to standard error. Exit codes: 0 done, 1 failed,
2 wrong use.
"""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn

from typing_extensions import override

from bodymap import __version__, cli_atlas
from bodymap.atlas.ids import Dissection, ViewId
from bodymap.chart.visit import VisitId
from bodymap.errors import BodymapError

FAILED = 1
WRONG_USE = 2


def run(arguments: Sequence[str]) -> int:
    """Do what the arguments say and return the exit code."""
    args = _parser().parse_args(arguments)
    act: Callable[[argparse.Namespace], int] = args.act
    try:
        return act(args)
    except BodymapError as problem:
        print(f"bodymap: {problem}", file=sys.stderr)
        return FAILED


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line."""

    @override
    def error(self, message: str) -> NoReturn:
        print(f"{self.prog}: {message} (try --help)", file=sys.stderr)
        raise SystemExit(WRONG_USE)


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="bodymap",
        description="Chart dry needling on true anatomical drawings. Without a command the "
        "window opens.",
    )
    parser.add_argument("--version", action="version", version=f"bodymap {__version__}")
    _add_data(parser)
    parser.set_defaults(act=_window)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", parser_class=_Parser)
    _add_demo(commands)
    _add_lists(commands)
    _add_pdf(commands)
    _add_snapshot(commands)
    cli_atlas.add_parser(commands)
    return parser


Commands = "argparse._SubParsersAction[_Parser]"


def _add_data(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--data",
        type=Path,
        metavar="DIR",
        default=argparse.SUPPRESS,
        help="the folder with the clinic's data (default: $BODYMAP_DATA, else the platform's)",
    )


def _add_demo(commands: "argparse._SubParsersAction[_Parser]") -> None:
    demo = commands.add_parser("demo", help="try bodymap on a made-up clinic")
    demo.add_argument("--no-window", action="store_true", help="only make the clinic's data")
    demo.add_argument(
        "--output",
        type=Path,
        metavar="DIR",
        default=Path("demo-output"),
        help="where the screenshot and the PDF go when there is no display",
    )
    _add_data(demo)
    demo.set_defaults(act=_demo)


def _add_lists(commands: "argparse._SubParsersAction[_Parser]") -> None:
    for name, what, act in (
        ("patients", "list the patients", _patients),
        ("visits", "list the visits, newest first", _visits),
    ):
        command = commands.add_parser(name, help=what)
        command.add_argument("--json", action="store_true", help="as JSON")
        _add_data(command)
        command.set_defaults(act=act)


def _add_pdf(commands: "argparse._SubParsersAction[_Parser]") -> None:
    pdf = commands.add_parser("pdf", help="print a visit's summary to a PDF file")
    pdf.add_argument("--visit", required=True, metavar="ID", help="the visit's id")
    pdf.add_argument("-o", "--output", required=True, type=Path, metavar="FILE")
    pdf.add_argument("--paper", choices=("A4", "Letter"), default="A4")
    _add_data(pdf)
    pdf.set_defaults(act=_pdf)


def _add_snapshot(commands: "argparse._SubParsersAction[_Parser]") -> None:
    snapshot = commands.add_parser("snapshot", help="save the map of a visit as a picture")
    snapshot.add_argument("--visit", required=True, metavar="ID", help="the visit's id")
    snapshot.add_argument("--view", required=True, choices=[str(view) for view in ViewId])
    snapshot.add_argument("-o", "--output", required=True, type=Path, metavar="FILE.png")
    snapshot.add_argument(
        "--dissection", choices=[str(level) for level in Dissection], default="superficial"
    )
    snapshot.add_argument("--width", type=int, default=1200, metavar="PX")
    snapshot.add_argument("--height", type=int, default=1600, metavar="PX")
    _add_data(snapshot)
    snapshot.set_defaults(act=_snapshot)


def _data(args: argparse.Namespace) -> Path | None:
    folder: Path | None = getattr(args, "data", None)
    return folder
