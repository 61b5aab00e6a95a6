"""Makes lateral-right of lateral-left: mirrored, with the patient's sides swapped."""

import re
from dataclasses import replace

from tools.draw_atlas.svg_document import Drawing, DrawnPath

_OTHER = {"left": "right", "right": "left"}
_COMMANDS = re.compile(r"[Mcz]|-?(?:\d+\.?\d*|\.\d+)")


def mirrored_drawing(drawing: Drawing, view: str) -> Drawing:
    """Mirror a whole drawing across u = 0."""
    left, top, width, height = drawing.frame
    return Drawing(
        view,
        (-left - width, top, width, height),
        {name: [_mirrored(path) for path in paths] for name, paths in drawing.layers.items()},
        {name: [_mirrored(path) for path in paths] for name, paths in drawing.details.items()},
    )


def mirrored_data(data: str) -> str:
    """Mirror the path data this tool writes (M, c and z only): every u changes its sign."""
    pieces: list[str] = []
    is_u, before = True, "M"
    for word in _COMMANDS.findall(data):
        if word in "Mcz":
            pieces.append(word)
            is_u, before = True, word
            continue
        number = _negated(word) if is_u else word
        joins = before in "Mcz" or number[0] == "-" or (number[0] == "." and "." in before)
        pieces.append(number if joins else f" {number}")
        is_u, before = not is_u, number
    return "".join(pieces)


def _mirrored(path: DrawnPath) -> DrawnPath:
    if path.side not in _OTHER:
        return replace(path, data=mirrored_data(path.data))
    other = _OTHER[path.side]
    return replace(
        path,
        data=mirrored_data(path.data),
        side=other,
        path_id=re.sub(rf"-{path.side}$", f"-{other}", path.path_id),
        title=re.sub(rf", {path.side}$", f", {other}", path.title),
    )


def _negated(number: str) -> str:
    if number == "0":
        return number
    return number[1:] if number.startswith("-") else f"-{number}"
