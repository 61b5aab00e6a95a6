"""A picture that belongs to a note."""

from dataclasses import dataclass, field

LONGEST_SIDE_PX = 1600
"""Enough to see a skin change; larger pictures are scaled down before they are kept."""

MOST_BYTES = 4 * 2**20

_JPEG = b"\xff\xd8\xff"


@dataclass(frozen=True, slots=True)
class Photo:
    """A JPEG picture without any words about where, when or by what it was taken.

    Attributes:
        data: The whole file.
        width_px: Pixels across.
        height_px: Pixels down.
    """

    data: bytes = field(repr=False)
    width_px: int
    height_px: int

    def __post_init__(self) -> None:
        if not self.data.startswith(_JPEG):
            raise ValueError("a photo is kept as JPEG")
        if len(self.data) > MOST_BYTES:
            raise ValueError("a photo takes at most 4 MB")
        if not (0 < self.width_px <= LONGEST_SIDE_PX and 0 < self.height_px <= LONGEST_SIDE_PX):
            raise ValueError("a photo is at most 1600 pixels wide and high")
