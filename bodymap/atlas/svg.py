"""Reads the SVG files of the atlas, and says plainly what is wrong with one that it refuses.

A drawing is a text that people open and correct in a drawing program. Whatever such a program
may write into a path is understood; what would be shown differently from what we would read
(transforms, circles, linked pictures) is refused, and so is anything that makes an XML reader
fetch or multiply text.
"""

from collections.abc import Iterator
from xml.parsers import expat

import numpy as np

from bodymap.atlas.ids import LayerId, Side
from bodymap.atlas.path_data import DrawingError, parse_path
from bodymap.atlas.plain_paths import Ints, PathTable, is_plain, read_plain_paths
from bodymap.atlas.sheet import Frame, Sheet

_LAYERS = frozenset(LayerId)
_SIDES = frozenset(Side)
_NOT_READ = frozenset(
    {"circle", "ellipse", "foreignObject", "image", "line", "polygon", "polyline", "rect"}
    | {"script", "text", "use"}
)
_BATCH_BYTES = 250_000
"""So much path data is read together: more no longer fits the processor's cache."""

_OWN = frozenset({"data-structure", "data-side"})


def read_svg(svg: bytes) -> tuple[Sheet, str]:
    """Read a drawing.

    Returns:
        Its shapes, and the view it says it shows (`data-view`).

    Raises:
        DrawingError: It cannot be read; the text names the line or the path.
    """
    collector = _Collector()
    parser = _parser(collector)
    try:
        parser.Parse(svg, True)  # noqa: FBT003 - expat takes its arguments by position only
    except expat.ExpatError as problem:
        raise DrawingError(f"not well-formed XML: {problem}.") from problem
    return collector.sheet(), collector.view


def _parser(collector: "_Collector") -> expat.XMLParserType:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.StartElementHandler = collector.begin
    parser.EndElementHandler = collector.end
    parser.CharacterDataHandler = collector.text
    return parser


def _refuse_doctype(*_declaration: object) -> None:
    raise DrawingError("document type declarations are not allowed.")


class _Collector:
    """Gathers what the XML reader reports."""

    def __init__(self) -> None:
        self.view = ""
        self._frame: Frame | None = None
        self._groups: list[tuple[str, str]] = [("", "")]
        self._rows: list[tuple[str, ...]] = []
        self._paths: list[bytes] = []
        self._titles: dict[int, str] = {}
        self._element = ""
        self._in_path = False

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        """Take note of an element."""
        element = name.rpartition(":")[2]
        self._element = element
        if element == "path":
            self._begin_path(attributes)
        elif element == "g":
            self._begin_group(attributes)
        elif element == "svg":
            self._begin_drawing(attributes)
        elif element in _NOT_READ and self._groups[-1][0]:
            raise DrawingError(f"<{element}> in layer {self._groups[-1][0]}: draw it as a path.")

    def end(self, name: str) -> None:
        """Leave an element."""
        self._element = ""
        if name == "g" or name.endswith(":g"):
            self._groups.pop()
        elif name == "path" or name.endswith(":path"):
            self._in_path = False

    def text(self, text: str) -> None:
        """Keep the text of a title."""
        if self._in_path and self._element == "title":
            row = len(self._rows) - 1
            self._titles[row] = self._titles.get(row, "") + text

    def _begin_drawing(self, attributes: dict[str, str]) -> None:
        if self._frame is not None:
            raise DrawingError("one <svg> inside another.")
        self.view = attributes.get("data-view", "")
        try:
            u0, v0, width, height = map(float, attributes["viewBox"].replace(",", " ").split())
        except (KeyError, ValueError) as problem:
            raise DrawingError("the drawing needs a viewBox of four numbers.") from problem
        self._frame = Frame(u0, v0, width, height)

    def _begin_group(self, attributes: dict[str, str]) -> None:
        layer, group = self._groups[-1]
        name = attributes.get("id", "")
        _refuse_transform("group", attributes)
        if not layer and name in _LAYERS:
            layer = name
        self._groups.append((layer, name or group))

    def _begin_path(self, attributes: dict[str, str]) -> None:
        layer, group = self._groups[-1]
        if not layer:
            return
        _refuse_transform("path", attributes)
        extras = "\t".join(
            f"{name}={value}"
            for name, value in attributes.items()
            if name.startswith("data-") and name not in _OWN
        )
        row = len(self._rows)
        get = attributes.get
        side = get("data-side", "midline")
        if side not in _SIDES:
            raise DrawingError(f"path {get('id')}: {side!r} is not a side.")
        self._rows.append(
            (
                get("id") or f"{group}-{row}",
                get("data-structure", ""),
                side,
                layer,
                group,
                get("class", ""),
                extras,
            )
        )
        self._paths.append(get("d", "").encode())
        self._in_path = True

    def sheet(self) -> Sheet:
        """Put together what was read."""
        if self._frame is None:
            raise DrawingError("this is not an SVG drawing.")
        ids, structures, sides, layers, groups, classes, extras = (
            [list(column) for column in zip(*self._rows, strict=True)]
            if self._rows
            else [[] for _ in range(7)]
        )
        if len(set(ids)) < len(ids):
            twice = next(name for name in ids if ids.count(name) > 1)
            raise DrawingError(f"two paths are called {twice!r}.")
        table = _read_paths(self._paths, ids)
        return Sheet(
            frame=self._frame,
            ids=ids,
            structures=structures,
            sides=sides,
            layers=layers,
            groups=groups,
            classes=classes,
            titles=[" ".join(self._titles.get(row, "").split()) for row in range(len(ids))],
            extras=extras,
            codes=table.codes,
            points=table.points,
            code_starts=table.code_starts.astype(np.int32),
            point_starts=table.point_starts.astype(np.int32),
        )


def _refuse_transform(what: str, attributes: dict[str, str]) -> None:
    if "transform" in attributes:
        raise DrawingError(
            f"{what} {attributes.get('id', 'without a name')} is moved by a transform; "
            "apply it to the points (Inkscape: Extensions, Modify Path, Apply Transform)."
        )


def _read_paths(paths: list[bytes], ids: list[str]) -> PathTable:
    """Read all paths, as many as possible the fast way."""
    tables: list[PathTable] = []
    for first, last in _batches(paths):
        batch = paths[first:last]
        plain = read_plain_paths(batch) if all(map(is_plain, batch)) else None
        if plain is not None:
            tables.append(plain)
        else:
            tables += map(_read_path, batch, ids[first:last])
    return _join(tables)


def _batches(paths: list[bytes]) -> Iterator[tuple[int, int]]:
    """Cut paths into runs of about `_BATCH_BYTES`, given by first and one past the last."""
    first = size = 0
    for number, path in enumerate(paths):
        size += len(path)
        if size >= _BATCH_BYTES:
            yield first, number + 1
            first, size = number + 1, 0
    if first < len(paths):
        yield first, len(paths)


def _read_path(path: bytes, name: str) -> PathTable:
    plain = read_plain_paths([path]) if is_plain(path) else None
    if plain is not None:
        return plain
    try:
        codes, coordinates = parse_path(path.decode())
    except DrawingError as problem:
        raise DrawingError(f"path {name}: {problem}") from problem
    points = np.array(coordinates, np.float32).reshape(-1, 2)
    return PathTable(codes, points, np.array([0, len(codes)]), np.array([0, len(points)]))


def _join(tables: list[PathTable]) -> PathTable:
    return PathTable(
        codes=b"".join(table.codes for table in tables),
        points=np.concatenate([np.empty((0, 2), np.float32), *(t.points for t in tables)]),
        code_starts=_joined_starts([table.code_starts for table in tables]),
        point_starts=_joined_starts([table.point_starts for table in tables]),
    )


def _joined_starts(starts: list[Ints]) -> Ints:
    """Count on through tables that each count from 0 and end with their length."""
    lengths = [np.diff(part) for part in starts]
    return np.concatenate(([0], np.cumsum(np.concatenate([np.empty(0, np.int64), *lengths]))))
