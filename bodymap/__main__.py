"""`python -m bodymap` and the `bodymap` command."""

import os
import sys
from collections.abc import Sequence
from types import TracebackType

from bodymap.errors import BodymapError
from bodymap.widgets.faults import told


def main() -> None:
    """Run the command line, or open the window, and leave with the exit code."""
    be_discreet()
    sys.exit(_with_words(sys.argv[1:]) if sys.argv[1:] else _window())


def _with_words(arguments: Sequence[str]) -> int:
    from bodymap.cli import run  # noqa: PLC0415 - slow to load, and a start by the icon has none

    return run(arguments)


def _window() -> int:
    from bodymap.app_window import run_window  # noqa: PLC0415 - as above, the other way round
    from bodymap.premises import Premises  # noqa: PLC0415

    try:
        return run_window(Premises.at(None))
    except BodymapError as problem:
        sys.stderr.write(f"bodymap: {problem}\n")
        return 1


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
