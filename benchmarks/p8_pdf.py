"""P8: printing a visit, beside QPdfWriter and svglib drawing the very same page."""

import io
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from importlib import resources

from benchmarks.measure import Result, compared, in_turns, limited, report
from benchmarks.page_as_painted import Painted, painted
from bodymap.atlas.hit import Atlas
from bodymap.atlas.ids import ViewId
from bodymap.chart.marks import (
    Mark,
    MarkId,
    NeedleSite,
    PainZone,
    TriggerPoint,
)
from bodymap.chart.people import Episode, EpisodeId, Patient, PatientId, User, UserId
from bodymap.chart.place import Place, Polygon
from bodymap.chart.session import SessionRecord
from bodymap.chart.visit import Visit, VisitId
from bodymap.reports.session_summary import SummaryPrinter

WIDTH, HEIGHT = 595.2756, 841.8898


def run() -> list[Result]:
    """Measure one page against peers, and what further pages cost."""
    atlas = Atlas.load()
    printer = SummaryPrinter(lambda view: atlas.view(view).drawing)
    record = _record(atlas, _one_page_of_marks(atlas))
    content = printer.summary(record)
    (page,) = painted(content)

    def ours() -> None:
        printer.summary(record)

    qt, svglib = _qpdfwriter(page), _svglib(page)
    ours_s, qt_s = in_turns(ours, qt)
    results = [
        compared("P8", "one page, QPdfWriter, ms", ours_s * 1e3, qt_s * 1e3, 1.3),
        limited("P8", "one page, KB", len(content) / 1e3, 120),
    ]
    if svglib is None:
        print("P8  svglib with ReportLab: not run, not installed")
    else:
        ours_s, svglib_s = in_turns(ours, svglib, rounds=5)
        what = "one page, svglib with ReportLab, ms"
        results.append(compared("P8", what, ours_s * 1e3, svglib_s * 1e3, 0.25))
    return [*results, *_further_pages(printer, atlas)]


def _further_pages(printer: SummaryPrinter, atlas: Atlas) -> list[Result]:
    """The same figure with few rows and with so many that more pages follow."""
    marks = _one_page_of_marks(atlas)
    text = "Sustained stretch afterwards, well tolerated. " * 12
    short = _record(atlas, marks)
    long = _record(atlas, [replace(mark, text=text) for mark in marks])
    pages = [len(painted(printer.summary(record))) for record in (short, long)]
    sizes = [len(printer.summary(record)) for record in (short, long)]
    rounds = [
        in_turns(lambda: printer.summary(short), lambda: printer.summary(long), rounds=1)
        for _ in range(25)
    ]
    times = [min(taken) for taken in zip(*rounds, strict=True)]  # a small difference: no noise
    more = pages[1] - pages[0]
    return [
        limited("P8", "each further page, ms", (times[1] - times[0]) * 1e3 / more, 5.0),
        limited("P8", "each further page, KB", (sizes[1] - sizes[0]) / 1e3 / more, 5.0),
    ]


def _qpdfwriter(page: Sequence[Painted]) -> Callable[[], object]:
    """The page through Qt, with all paths, pens and fonts made beforehand."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QSizeF  # noqa: PLC0415
    from PySide6.QtGui import (  # noqa: PLC0415
        QFontDatabase,
        QGuiApplication,
        QPageSize,
        QPainter,
        QPdfWriter,
    )

    from benchmarks.qt_page import steps_of  # noqa: PLC0415 - only here is Qt wanted

    application = QGuiApplication.instance() or QGuiApplication([])
    fonts = resources.files("bodymap.assets") / "fonts"
    for cut in ("Regular", "SemiBold", "Bold", "Italic"):
        QFontDatabase.addApplicationFontFromData((fonts / f"NotoSans-{cut}.ttf").read_bytes())
    steps = steps_of(page)

    def draw() -> int:
        assert application is not None
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        writer = QPdfWriter(buffer)
        writer.setPageSize(QPageSize(QSizeF(WIDTH, HEIGHT), QPageSize.Unit.Point))
        writer.setPageMargins(QMarginsF(0, 0, 0, 0))
        writer.setResolution(1200)
        painter = QPainter(writer)
        painter.scale(1200 / 72, 1200 / 72)
        for step in steps:
            step(painter)
        painter.end()
        return buffer.size()

    return draw


def _svglib(page: Sequence[Painted]) -> Callable[[], object] | None:
    """The page as SVG, read and printed by svglib; None where it is not installed."""
    try:
        from svglib.svglib import svg2rlg  # noqa: PLC0415 - an optional peer
    except ImportError:
        return None
    from reportlab.graphics import renderPDF  # noqa: PLC0415 - as above

    svg = _svg(page).encode()

    def draw() -> int:
        return len(renderPDF.drawToString(svg2rlg(io.BytesIO(svg))))

    return draw


def _svg(page: Sequence[Painted]) -> str:
    parts = []
    for thing in page:
        matrix = " ".join(f"{value:.5g}" for value in thing.look.matrix)
        if thing.operator == "text":
            x, y = thing.path[0][1]
            words = thing.text.replace("&", "&amp;").replace("<", "&lt;")
            parts.append(
                f'<text x="{x}" y="{HEIGHT - y:.2f}" font-size="{thing.size}">{words}</text>'
            )
        elif thing.operator in {"S", "f*", "B*"}:
            path = " ".join(
                f"{'Z' if name == 'h' else name.upper()} {' '.join(map(str, values))}"
                for name, values in thing.path
            )
            fill = _hex(thing.look.fill) if thing.operator != "S" else "none"
            stroke = _hex(thing.look.stroke) if thing.operator != "f*" else "none"
            parts.append(
                f'<path transform="matrix({matrix})" fill="{fill}" fill-rule="evenodd" '
                f'stroke="{stroke}" stroke-width="{thing.look.width}" d="{path}"/>'
            )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}">'
        f'<g transform="matrix(1 0 0 -1 0 {HEIGHT})">'
        + "".join(part for part in parts if part.startswith("<path"))
        + "</g>"
        + "".join(part for part in parts if part.startswith("<text"))
        + "</svg>"
    )


def _hex(colour: tuple[float, float, float]) -> str:
    return "#" + "".join(f"{round(part * 255):02x}" for part in colour)


def _place(atlas: Atlas, u: float, v: float) -> Place:
    hit = atlas.hit(ViewId.POSTERIOR, u, v)
    assert hit is not None
    structures = tuple(entry.id for entry in hit.structures)
    return Place(hit.view, hit.u, hit.v, hit.side, hit.region, hit.landmark, structures)


def _one_page_of_marks(atlas: Atlas) -> list[Mark]:
    """A trigger point, three needles and a zone about the right shoulder blade."""
    spots = [(60.0, 330.0), (95.0, 345.0), (70.0, 372.0)]
    places = [_place(atlas, u, v) for u, v in spots]
    marks: list[Mark] = [
        TriggerPoint(MarkId(f"t{i}"), i + 1, places[i], places[i].structures[0], intensity=6)
        for i in range(1)
    ]
    marks += [
        NeedleSite(MarkId(f"n{i}"), i + 1, place, place.structures[0], depth_mm=18.0, twitches=2)
        for i, place in enumerate(places)
    ]
    ring = ((120.0, 300.0), (165.0, 310.0), (172.0, 370.0), (140.0, 400.0), (112.0, 360.0))
    zone = Polygon(ViewId.POSTERIOR, ring)
    return [*marks, PainZone(MarkId("z"), 1, _place(atlas, 140, 350), (zone,))]


def _record(atlas: Atlas, marks: Sequence[Mark]) -> SessionRecord:
    assert atlas is not None
    patient, episode, user = PatientId("p"), EpisodeId("e"), UserId("u")
    began = datetime(2026, 3, 2, 9, 15, tzinfo=UTC)
    return SessionRecord(
        Visit(VisitId("v"), patient, episode, user, began, pain_before=6, marks=tuple(marks)),
        Patient(patient, "P-0001", "Example", "Amara", date(1984, 3, 12)),
        Episode(episode, patient, "Right shoulder pain"),
        User(user, "Tilda Testwell"),
    )


if __name__ == "__main__":
    sys.exit(report(run()))
