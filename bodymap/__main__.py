"""`python -m bodymap` and the `bodymap` command."""

import os
import sys
from types import TracebackType

from bodymap.cli import run
from bodymap.widgets.faults import told


def main() -> None:
    """Run the command line and leave with its exit code."""
    be_discreet()
    sys.exit(run(sys.argv[1:]))


def be_discreet() -> None:
    """Let neither a crash nor a fault write down what is in the record.

    The memory of a crashed program is not written to the disk, and of an error that nobody
    caught only its kind and place are told: its words may quote a patient.
    """
    sys.excepthook = _tell_kind_and_place
    if os.name == "posix":
        import resource  # noqa: PLC0415 - not on Windows

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _tell_kind_and_place(
    kind: type[BaseException], problem: BaseException, _trace: TracebackType | None
) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.exit(130)
    sys.stderr.write(f"bodymap: something unexpected went wrong: {told(problem)}\n")


if __name__ == "__main__":
    main()
