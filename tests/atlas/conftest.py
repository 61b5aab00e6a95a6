"""Points to ask the atlas about."""

import random
from collections.abc import Callable

import pytest

from bodymap.atlas.hit import Atlas
from bodymap.atlas.ids import ViewId

Points = list[tuple[float, float]]


@pytest.fixture(scope="session")
def points_in(atlas: Atlas) -> Callable[[ViewId, int], Points]:
    """Random points of a view's frame, the same on every run; many lie off the body."""

    def points(view: ViewId, count: int) -> Points:
        frame = atlas.view(view).frame
        dice = random.Random(f"{view} {count}")  # noqa: S311 - not for secrets
        return [
            (
                frame.u0 + dice.random() * frame.width,
                frame.v0 + dice.random() * frame.height,
            )
            for _ in range(count)
        ]

    return points
