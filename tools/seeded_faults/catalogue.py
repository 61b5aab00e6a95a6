"""The list of faults: what a hurried colleague or an attacker might do to the program."""

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "faults"


class StaleFaultError(Exception):
    """The text that a fault changes is no longer there, or is there more than once."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One change for the worse.

    Attributes:
        subject: The list it stands in.
        what: What is wrong after it, in words.
        file: The file it is planted in, from the root of the repository.
        find: The text that it replaces; it stands there once.
        put: What stands there afterwards.
        tests: Where it is likely to be noticed, as arguments for pytest.
    """

    subject: str
    what: str
    file: str
    find: str
    put: str
    tests: tuple[str, ...]

    def planted_in(self, text: str) -> str:
        """The text of the file with the fault in it.

        Raises:
            StaleFaultError: It does not fit the text any longer.
        """
        if text.count(self.find) != 1:
            raise StaleFaultError(f"{self.file} has it {text.count(self.find)} times: {self.find}")
        return text.replace(self.find, self.put)


def known_faults(words: Sequence[str] = ()) -> tuple[Fault, ...]:
    """Every fault, or those of a subject, or whose description holds one of the words."""
    found = [fault for path in sorted(FOLDER.glob("*.toml")) for fault in _listed(path)]
    return tuple(
        fault
        for fault in found
        if not words or any(word == fault.subject or word in fault.what for word in words)
    )


def _listed(path: Path) -> Iterator[Fault]:
    """The faults of one list; one with `each` stands for several, one for each of its words."""
    told = tomllib.loads(path.read_text("utf-8"))
    for one in told["fault"]:
        tests = tuple(one.get("tests") or told["tests"])
        file = one.get("file") or told["file"]
        for word in one.get("each", [""]):
            what, find, put = (one[key].replace("{each}", word) for key in ("what", "find", "put"))
            yield Fault(path.stem, what, file, find, put, tests)
