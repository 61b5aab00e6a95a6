"""The command line's backups: `bodymap backup` and `bodymap restore`."""

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bodymap.cli_asking import Asked, SignedIn, in_one_line

if TYPE_CHECKING:
    from bodymap.chart.backups import Backup


def add_parsers(
    commands: "argparse._SubParsersAction[Any]",
    add_data: Callable[[argparse.ArgumentParser], None],
    signed_in: SignedIn,
    asked: Asked,
) -> None:
    """Add both commands.

    Args:
        commands: Where to.
        add_data: Adds the option that names the data folder.
        signed_in: Opens the clinic.
        asked: Says who calls, where there may be no clinic yet.
    """
    backup = commands.add_parser("backup", help="back up the clinic: whole, encrypted, checked")
    backup.add_argument("--to", type=Path, metavar="DIR", help="a folder other than the usual one")
    backup.add_argument("--json", action="store_true", help="as JSON: {folder, made, rows, …}")
    add_data(backup)
    backup.set_defaults(act=lambda args: _backup(args, signed_in))
    restore = commands.add_parser(
        "restore", help="put a backup in the place of the clinic's data, which is kept"
    )
    restore.add_argument("file", type=Path, metavar="FILE", help="a backup, or a file in it")
    add_data(restore)
    restore.set_defaults(act=lambda args: _restore(args, asked))


def _backup(args: argparse.Namespace, signed_in: SignedIn) -> int:
    made = signed_in(args).backing_up.back_up(in_one_line(), args.to)
    print(json.dumps(_row(made), indent=2) if args.json else made.folder)
    return 0


def _restore(args: argparse.Namespace, asked: Asked) -> int:
    from bodymap import app  # noqa: PLC0415 - `--help` needs no atlas

    application = app.to_restore(args.file, getattr(args, "data", None))
    try:
        backup = application.backing_up.at(args.file)
        if problem := application.sign_in_to_restore(*asked()):
            print(f"bodymap: {problem}", file=sys.stderr)
        kept = application.backing_up.restore(backup, in_one_line())
    finally:
        application.close()
    if kept is not None:
        print(f"What was there before is kept in {kept}", file=sys.stderr)
    print(application.folder)
    return 0


def _row(backup: "Backup") -> dict[str, object]:
    manifest = backup.manifest
    return {
        "folder": str(backup.folder),
        "made": manifest.made.isoformat(),
        "reason": manifest.reason.value,
        "bytes": manifest.data_bytes,
        "patients": manifest.patients,
        "visits": manifest.visits,
        "audit_entries": manifest.trail.count,
        "sha256": manifest.data_sha256,
    }
