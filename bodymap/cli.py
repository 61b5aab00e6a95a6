"""The command line: arguments in, calls of the desk, JSON or words out.

JSON goes to standard output, messages to standard error. Exit codes: 0 done, 1 failed,
2 wrong use.
"""

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from getpass import getpass
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from typing_extensions import override

from bodymap import __version__, cli_atlas, cli_backup, cli_connect, cli_recovery
from bodymap.atlas.ids import Dissection, ViewId
from bodymap.errors import BodymapError
from bodymap.premises import Premises

if TYPE_CHECKING:
    from bodymap.app import Application, Cost
    from bodymap.chart.visit import VisitId

FAILED = 1
WRONG_USE = 2

Row = Mapping[str, object]


def run(arguments: Sequence[str]) -> int:
    """Do what the arguments say and return the exit code."""
    args = _parser().parse_args(arguments)
    act: Callable[[argparse.Namespace], int] = args.act
    try:
        code = act(args)
        sys.stdout.flush()
    except BodymapError as problem:
        print(f"bodymap: {problem}", file=sys.stderr)
        return FAILED
    except BrokenPipeError:  # whoever reads, such as `head`, has read enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # nor fails the last flush
        return FAILED
    else:
        return code
    finally:
        if (opened := getattr(args, "opened", None)) is not None:
            opened.close()


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
    _add_verify(commands)
    cli_backup.add_parsers(commands, _add_data, _signed_in, _who_calls)
    cli_connect.add_parser(commands, _add_data, _signed_in, _who_calls)
    cli_recovery.add_parser(commands, _add_data, _signed_in, _password_again)
    cli_atlas.add_parser(commands)
    return parser


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
    snapshot.add_argument("--width", type=_pixels, default=1200, metavar="PX")
    snapshot.add_argument("--height", type=_pixels, default=1600, metavar="PX")
    _add_data(snapshot)
    snapshot.set_defaults(act=_snapshot)


def _add_verify(commands: "argparse._SubParsersAction[_Parser]") -> None:
    verify = commands.add_parser(
        "verify", help="prove that the record is as bodymap wrote it, or say what is not"
    )
    verify.add_argument("--json", action="store_true", help="as JSON: {ok, findings}")
    _add_data(verify)
    verify.set_defaults(act=_verify)


def _pixels(text: str) -> int:
    number = int(text) if text.isdigit() else 0
    if not 64 <= number <= 8192:
        raise argparse.ArgumentTypeError("pixels go from 64 to 8192")
    return number


def _application(args: argparse.Namespace, cost: "Cost | None" = None) -> "Application":
    from bodymap.app import Application, chosen_folder  # noqa: PLC0415 - `--help` needs no atlas

    return Application(chosen_folder(getattr(args, "data", None)), cost)


def _signed_in(args: argparse.Namespace) -> "Application":
    """The clinic of a folder, opened by `BODYMAP_USER` and `BODYMAP_PASSWORD` or by a prompt.

    The demo clinic, whose password is printed for everybody, opens to its owner unasked.
    """
    application = _application(args)
    application.check_there_is_a_clinic()
    args.opened = application  # closed when all is done, however it went
    application.sign_in.sign_in(*_who_calls(application.sign_in.clinic))
    if why := application.only_reading:
        print(f"bodymap: This data can be read but not changed. {why}", file=sys.stderr)
    return application


def _who_calls(clinic: str = "") -> tuple[str, str]:
    from bodymap.desk import demo  # noqa: PLC0415 - `--help` needs no atlas

    if clinic == demo.CLINIC and _nobody_is_named():
        return demo.demo_logins()[0], demo.PASSWORD
    return _asked("User"), _asked("Password", getpass)


def _password_again(application: "Application") -> str:
    """The password of whoever has just signed in, for what is not done without it."""
    from bodymap.desk import demo  # noqa: PLC0415 - as above

    if application.sign_in.clinic == demo.CLINIC and _nobody_is_named():
        return demo.PASSWORD
    return _asked("Password", lambda _: getpass("Password again: "))


def _nobody_is_named() -> bool:
    return not any(map(os.environ.get, map(_variable, ("User", "Password"))))


def _variable(what: str) -> str:
    return f"BODYMAP_{what.upper()}"


def _asked(what: str, ask: Callable[[str], str] = input) -> str:
    if given := os.environ.get(_variable(what)):
        return given
    if not sys.stdin.isatty():
        raise BodymapError(
            "Nobody is signed in. Set BODYMAP_USER and BODYMAP_PASSWORD, or call from a terminal."
        )
    try:
        return ask(f"{what}: ")
    except EOFError:
        raise BodymapError("Nobody is signed in.") from None


def _window(args: argparse.Namespace) -> int:
    from bodymap.app_window import run_window  # noqa: PLC0415 - the other commands work without a window

    return run_window(Premises.at(getattr(args, "data", None)))


def _demo(args: argparse.Namespace) -> int:
    from bodymap.app import DEMO  # noqa: PLC0415 - `--help` needs no atlas
    from bodymap.app_window import chart_off_screen, run_window  # noqa: PLC0415 - needs Qt
    from bodymap.desk.demo import PASSWORD, demo_people  # noqa: PLC0415 - `--help` needs no atlas
    from bodymap.widgets.starting import has_display  # noqa: PLC0415

    if not hasattr(args, "data"):
        args.data = Path(tempfile.mkdtemp(prefix="bodymap-demo-"))
    application = args.opened = _application(args, DEMO)
    visits = application.fill_with_demo()
    print(f"The demo clinic has {visits} visits and lies in {args.data}", file=sys.stderr)
    people = ", ".join(f"{login} ({what})" for login, what in demo_people())
    print(f"Users: {people}. Password: {PASSWORD}", file=sys.stderr)
    if args.no_window:
        return 0
    if has_display():
        return run_window(Premises.of(application))
    print("There is no display; charting the demo session off-screen.", file=sys.stderr)
    for what, file in chart_off_screen(application, args.output):
        print(f"{what}: {file}")
    return 0


def _patients(args: argparse.Namespace) -> int:
    rows = [
        {
            "id": patient.id,
            "number": patient.number,
            "name": patient.full_name,
            "birth_date": patient.birth_date.isoformat(),
            "sex": str(patient.sex),
            "alerts": [alert.label for alert in patient.alerts],
        }
        for patient in _signed_in(args).clinic.patients()
    ]
    return _print_rows(rows, ("number", "name", "birth_date"), as_json=args.json)


def _visits(args: argparse.Namespace) -> int:
    rows = [
        {
            "id": visit.id,
            "patient": visit.patient_name,
            "date": visit.began.isoformat(),
            "therapist": visit.therapist_name,
            "state": str(visit.state),
            "marks": sum(visit.counts.values()),
        }
        for visit in _signed_in(args).clinic.visits()
    ]
    return _print_rows(rows, ("id", "date", "patient", "state", "marks"), as_json=args.json)


def _pdf(args: argparse.Namespace) -> int:
    printing = _signed_in(args).printing
    print(printing.summary(_visit(args), args.output, args.paper))
    return 0


def _visit(args: argparse.Namespace) -> "VisitId":
    from bodymap.chart.visit import VisitId  # noqa: PLC0415 - `--help` needs no record

    return VisitId(args.visit)


def _snapshot(args: argparse.Namespace) -> int:
    from bodymap.app_window import Picture, save_snapshot  # noqa: PLC0415 - needs Qt

    application = _signed_in(args)
    picture = Picture(
        ViewId(args.view), Dissection(args.dissection), width=args.width, height=args.height
    )
    print(save_snapshot(application, _visit(args), picture, args.output))
    return 0


def _verify(args: argparse.Namespace) -> int:
    findings = _signed_in(args).verifying.verify()
    rows = [
        {"kind": finding.kind.value, "where": finding.where, "what": finding.what}
        for finding in findings
    ]
    is_well = all(finding.is_remark for finding in findings)
    if args.json:
        report = {"ok": is_well, "findings": rows}
        print(json.dumps(report, ensure_ascii=False, indent=2))
        return 0 if is_well else FAILED
    _print_rows(rows, ("kind", "where", "what"), as_json=False)
    if is_well:
        print("All is as bodymap wrote it.")
    return 0 if is_well else FAILED


def _print_rows(rows: Sequence[Row], columns: Sequence[str], *, as_json: bool) -> int:
    if as_json:
        print(json.dumps(rows, ensure_ascii=False, indent=2))
        return 0
    for row in rows:
        print("  ".join(str(row[column]) for column in columns))
    return 0
