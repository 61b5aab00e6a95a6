"""Our printed page as other painters would draw it: the same paths and the same words.

The page is read back from our own file, so that a peer draws neither more nor less.
"""

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pypdf import PdfReader

TOKEN = re.compile(r"/[\w.]+|<[0-9A-F]+>|\[[^\]]*\]|-?[\d.]+|[A-Za-z*]+")
BFCHAR = re.compile(r"<([0-9A-F]{4})> <([0-9A-F]*)>")
ACTUAL_TEXT = re.compile(r"<</ActualText <[0-9A-F]+>>>")

Matrix = tuple[float, float, float, float, float, float]
Colour = tuple[float, float, float]


@dataclass(frozen=True)
class Look:
    """How things are painted at one moment."""

    matrix: Matrix = (1, 0, 0, 1, 0, 0)
    fill: Colour = (0, 0, 0)
    stroke: Colour = (0, 0, 0)
    width: float = 1
    opacity: float = 1
    dashes: tuple[float, ...] = ()


@dataclass(frozen=True)
class Painted:
    """One thing on the page.

    Attributes:
        operator: `S`, `f*` or `B*` for paths, `clip`, `save`, `restore`, or `text`.
        look: How it is painted.
        path: Steps of a path: its letter and its coordinates.
        text: The words, where it is text; `path` then holds the place.
        size: Of the text, in points.
        font: Its name.
    """

    operator: str
    look: Look
    path: tuple[tuple[str, tuple[float, ...]], ...] = ()
    text: str = ""
    size: float = 0
    font: str = ""


@dataclass
class _Reader:
    """Reads one content stream after the other."""

    page: Any
    resources: Any
    look: Look
    kept: list[Look] = field(default_factory=list)
    numbers: list[Any] = field(default_factory=list)
    path: list[tuple[str, tuple[float, ...]]] = field(default_factory=list)
    font: tuple[str, float] = ("", 0)

    def read(self, content: bytes) -> Iterator[Painted]:
        for token in TOKEN.findall(ACTUAL_TEXT.sub("", content.decode("latin-1"))):
            if token[0] in "/<[-.0123456789":
                self.numbers.append(token)
                continue
            yield from self._operator(token)
            self.numbers.clear()

    def _values(self) -> tuple[float, ...]:
        return tuple(float(number) for number in self.numbers)

    def _operator(self, name: str) -> Iterator[Painted]:
        if name in {"m", "l", "c", "h"}:
            self.path.append((name, self._values()))
        elif name in {"S", "f*", "B*"}:
            yield Painted(name, self.look, tuple(self.path))
            self.path.clear()
        elif name in {"W", "W*"}:
            yield Painted("clip", self.look, tuple(self.path))
        elif name == "n":
            self.path.clear()
        elif name in {"q", "Q"}:
            yield self._state(name)
        elif name == "Do":
            yield from self._form()
        elif name == "TJ":
            yield self._text()
        else:
            self._set(name)

    def _state(self, name: str) -> Painted:
        if name == "q":
            self.kept.append(self.look)
            return Painted("save", self.look)
        self.look = self.kept.pop()
        return Painted("restore", self.look)

    def _set(self, name: str) -> None:
        match name:
            case "cm":
                self.look = replace(self.look, matrix=_product(self._values(), self.look.matrix))
            case "rg":
                self.look = replace(self.look, fill=self._values())
            case "RG":
                self.look = replace(self.look, stroke=self._values())
            case "w":
                self.look = replace(self.look, width=self._values()[0])
            case "gs":
                state = self.resources["/ExtGState"][self.numbers[0]]
                self.look = replace(self.look, opacity=float(state["/ca"]))
            case "Tf":
                self.font = (self.numbers[0], float(self.numbers[1]))
            case "Tm":
                self.place = self._values()[4:]
            case _:
                pass

    def _form(self) -> Iterator[Painted]:
        form = self.resources["/XObject"][self.numbers[0]].get_object()
        yield Painted("save", self.look)
        yield from _Reader(self.page, form["/Resources"], self.look).read(form.get_data())
        yield Painted("restore", self.look)

    def _text(self) -> Painted:
        font = self.resources["/Font"][self.font[0]]
        table = dict(BFCHAR.findall(font["/ToUnicode"].get_data().decode("ascii")))
        codes = "".join(re.findall(r"<([0-9A-F]+)>", self.numbers[-1]))
        text = "".join(
            bytes.fromhex(table.get(codes[i : i + 4], "")).decode("utf-16-be")
            for i in range(0, len(codes), 4)
        )
        name = str(font["/BaseFont"]).partition("+")[2]
        return Painted("text", self.look, (("m", self.place),), text, self.font[1], name)


def _product(one: Sequence[float], two: Matrix) -> Matrix:
    a, b, c, d, e, f = one
    g, h, i, j, k, m = two
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j,
            e * g + f * i + k, e * h + f * j + m)  # fmt: skip


def painted(content: bytes) -> list[list[Painted]]:
    """What stands on each page of one of our documents, in the order painted."""
    pages = PdfReader(io.BytesIO(content)).pages
    return [
        list(_Reader(page, page["/Resources"], Look()).read(page.get_contents().get_data()))
        for page in pages
    ]
