"""What the clinic has chosen for all its visits: read when a visit is opened, changed at once."""

from collections.abc import Callable

from bodymap.chart.clinic_choices import BillingCode, ClinicChoices
from bodymap.desk.entry import InvalidEntryError, entered
from bodymap.desk.ports import OpenWork
from bodymap.desk.retrying import tried_twice
from bodymap.desk.versions import brought_together

_PARTS = 4


class Choosing:
    """Keeps the clinic's choices."""

    def __init__(self, open_work: OpenWork) -> None:
        self._open_work = open_work

    def now(self) -> ClinicChoices:
        """What is chosen."""
        with self._open_work() as work:
            return work.choices.get()

    def change(
        self,
        change: Callable[[ClinicChoices], ClinicChoices],
        known: ClinicChoices | None = None,
    ) -> ClinicChoices:
        """Choose otherwise, and say what is chosen now.

        Args:
            change: Makes other choices of those there are.
            known: The choices as they were shown, where one list is put in place of another;
                not needed where something is only added or taken out.

        Raises:
            AlsoChangedError: Somebody else chose the same otherwise since they were shown.
            InvalidEntryError: That cannot be chosen; nothing was changed.
        """
        return tried_twice(lambda: self._changed(change, known))

    def _changed(
        self, change: Callable[[ClinicChoices], ClinicChoices], known: ClinicChoices | None
    ) -> ClinicChoices:
        with self._open_work() as work:
            stored = work.choices.get()
            seen = known or stored
            wanted = entered(lambda: change(seen))
            after = entered(lambda: brought_together(seen, wanted, stored))
            work.choices.put(after)
            work.commit()
        return after


def code_line(code: BillingCode) -> str:
    """A code as one line that can be edited: code; fewest; most; text."""
    most = "" if code.most is None else str(code.most)
    return f"{code.code}; {code.least}; {most}; {code.text}"


def codes_from(text: str) -> tuple[BillingCode, ...]:
    """Codes from lines as `code_line` writes them; empty lines are passed over.

    Raises:
        InvalidEntryError: A line is none.
    """
    return tuple(_code(line) for line in text.splitlines() if line.strip())


def _code(line: str) -> BillingCode:
    parts = [part.strip() for part in line.split(";", _PARTS - 1)]
    if (
        len(parts) < _PARTS
        or not parts[1].isdecimal()
        or not (parts[2].isdecimal() or not parts[2])
    ):
        raise InvalidEntryError(
            f"“{line.strip()}” is not a code. Write: code; fewest muscles; most muscles; text."
        )
    code, least, most, text = parts
    return entered(lambda: BillingCode(code, text, int(least), int(most) if most else None))
