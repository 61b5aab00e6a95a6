"""`python -m bodymap` and the `bodymap` command."""

import sys
from collections.abc import Sequence

from bodymap.discretion import be_discreet
from bodymap.errors import BodymapError


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


if __name__ == "__main__":
    main()
