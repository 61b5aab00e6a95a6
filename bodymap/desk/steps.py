"""One gesture that can be done and taken back."""

from dataclasses import dataclass

from bodymap.chart.change import Change
from bodymap.chart.marks import MarkId


@dataclass(frozen=True, slots=True)
class Step:
    """A change to the open visit and the change that takes it back.

    Attributes:
        label: What the undo menu calls it, such as "needle site 3".
        apply: The change.
        revert: Its inverse.
        select: The mark to have in hand afterwards.
    """

    label: str
    apply: Change
    revert: Change
    select: MarkId | None = None
