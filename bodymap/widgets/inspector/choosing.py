"""Choices of the model in the controls that offer them."""

from collections.abc import Iterable

from bodymap.widgets.controls.choice import DropDown
from bodymap.widgets.controls.segments import Option
from bodymap.widgets.inspector.model import Choice


def filled(drop_down: DropDown, choices: Iterable[Choice], value: object) -> None:
    """Show choices in a drop-down list, one of them chosen."""
    drop_down.fill([(choice.value, choice.text) for choice in choices], value)


def options(choices: Iterable[Choice]) -> tuple[Option, ...]:
    """The same choices for a row of buttons."""
    return tuple(Option(choice.value, choice.text) for choice in choices)
