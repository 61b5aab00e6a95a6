"""Where a point lies, in the words of a clinician: from the nearest landmark under the finger."""

import json
import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from bodymap.atlas.ids import RegionId, Side, ViewId
from bodymap.atlas.regions import regions
from bodymap.atlas.views import Horizontal, Vertical, mirror, rightwards, upwards

AT_MM = 5.0
"""Points this near to a landmark are said to be at it."""

_LEAST_MM = 3
"""Offsets that round to less than this are left out."""

_LIMBS = frozenset(
    {"arm", "elbow", "forearm", "wrist", "hand", "thigh", "knee", "leg", "foot"},
)


_ACROSS = {
    view: ("anterior", "posterior")
    if rightwards(view) in {Horizontal.FRONT, Horizontal.BACK}
    else ("lateral", "medial")
    for view in ViewId
}


@dataclass(frozen=True, slots=True)
class Landmark:
    """A place that a finger finds.

    Attributes:
        id: Its id.
        phrase: What it is called within a sentence, without its side.
        side: The patient's side.
        parts: The parts of the body whose points are described from it.
        weight: How much nearer than others it has to be to be chosen.
        view: The view it is used in.
        u: Where it is drawn there, towards the viewer's right.
        v: The same, downwards.
    """

    id: str
    phrase: str
    side: Side
    parts: frozenset[str]
    weight: float
    view: ViewId
    u: float
    v: float


@cache
def landmarks(view: ViewId) -> tuple[Landmark, ...]:
    """The landmarks that are used in a view, of both sides."""
    source = ViewId.LATERAL_LEFT if view is ViewId.LATERAL_RIGHT else view
    found: list[Landmark] = []
    for entry in _asset()["landmarks"]:
        if source not in entry["views"]:
            continue
        left = Landmark(
            id=entry["id"],
            phrase=entry["phrase"],
            side=Side.LEFT if entry["sided"] else Side.MIDLINE,
            parts=frozenset(entry["parts"]),
            weight=entry["weight"],
            view=source,
            u=entry["views"][source][0],
            v=entry["views"][source][1],
        )
        both = [left, mirrored(left)] if entry["sided"] or view is not source else [left]
        found += [landmark for landmark in both if landmark.view is view]
    return tuple(found)


def mirrored(landmark: Landmark) -> Landmark:
    """The same landmark on the other side of the body."""
    view, u, v = mirror(landmark.view, landmark.u, landmark.v)
    return Landmark(
        *(landmark.id, landmark.phrase, landmark.side.mirrored, landmark.parts),
        *(landmark.weight, view, u, v),
    )


def part_of(region: RegionId) -> str | None:
    """The part of the body a surface region belongs to, such as `forearm`."""
    known = regions().get(region)
    return None if known is None else known.part


def nearest_landmark(
    view: ViewId, u: float, v: float, side: Side, part: str | None
) -> Landmark | None:
    """Choose the landmark from which a point is best described.

    Landmarks of the same side and of the midline come into question, those of the same
    part of the body before others, and of these the nearest.
    """
    usable = [mark for mark in landmarks(view) if mark.side in {side, Side.MIDLINE}]
    if side is Side.MIDLINE and not usable:
        usable = list(landmarks(view))
    near = [mark for mark in usable if part in mark.parts] or usable
    return min(near, key=lambda mark: mark.weight * _distance(mark, u, v), default=None)


def _distance(landmark: Landmark, u: float, v: float) -> float:
    return math.hypot(landmark.u - u, landmark.v - v)


def in_words(view: ViewId, u: float, v: float, side: Side, region: RegionId) -> str:
    """Say where a point lies.

    Limbs have `proximal` and `distal`, measured along the limb, where head, neck and trunk have
    `above` and `below`; side views have `anterior` and `posterior` where the others have
    `medial` and `lateral`.

    Returns:
        Such as "32 mm lateral and 12 mm below the spinous process of T5, right".
    """
    part = part_of(region)
    landmark = nearest_landmark(view, u, v, side, part)
    if landmark is None:
        return side.value
    if _distance(landmark, u, v) < AT_MM:
        return f"at the {landmark.phrase}, {side}"
    outwards, down = _offset(view, u, v, landmark)
    if side is Side.MIDLINE and landmark.side is Side.MIDLINE:
        outwards = 0.0
    axis_out, axis_down = _asset()["axes"].get(part, (0.0, 1.0))
    along = outwards * axis_out + down * axis_down
    across = outwards * axis_down - down * axis_out
    told = _joined((_told(across, _ACROSS[view]), _told(along, _along_words(part))))
    return f"{told} the {landmark.phrase}, {side}"


def _offset(view: ViewId, u: float, v: float, landmark: Landmark) -> tuple[float, float]:
    """How far outwards (in side views forwards) and down the body a point lies of a landmark."""
    down = (v - landmark.v) * (-1 if upwards(view) is Vertical.TOES else 1)
    right = rightwards(view)
    if right in {Horizontal.FRONT, Horizontal.BACK}:
        return (u - landmark.u) * (1 if right is Horizontal.FRONT else -1), down
    return abs(u) - abs(landmark.u), down


def _along_words(part: str | None) -> tuple[str, str]:
    return ("distal", "proximal") if part in _LIMBS else ("below", "above")


def _told(offset_mm: float, words: tuple[str, str]) -> tuple[int, str]:
    """A distance in whole millimetres, and the word for its direction."""
    return round(abs(offset_mm)), words[0] if offset_mm > 0 else words[1]


def _joined(offsets: Iterable[tuple[int, str]]) -> str:
    """Join offsets to what comes before "the …"; the small ones are left out."""
    offsets = list(offsets)
    told = [(size, word) for size, word in offsets if size >= _LEAST_MM] or [max(offsets)]
    text = " and ".join(f"{size} mm {word}" for size, word in told)
    return text if told[-1][1] in {"above", "below"} else f"{text} to"


@cache
def _asset() -> Any:  # noqa: ANN401 - as JSON is
    file = resources.files("bodymap.assets") / "atlas" / "landmarks.json"
    return json.loads(file.read_text(encoding="utf-8"))
