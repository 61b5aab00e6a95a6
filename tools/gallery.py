"""Makes the pictures of `docs/`: the window, all views, the dissections, the printed pages.

`python -m tools.gallery` charts the demo session through the real window off-screen, saves what
it shows, and writes `docs/gallery.md` around it. Pages are drawn by Poppler's `pdftoppm`.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PIL import Image
from PySide6.QtCore import QDeadlineTimer
from PySide6.QtTest import QTest

from bodymap.app import Application
from bodymap.app_window import Picture, make_window, save_snapshot
from bodymap.atlas.ids import Dissection, LayerId, ViewId
from bodymap.chart.visit import VisitId
from bodymap.widgets.actions import ActionId
from bodymap.widgets.demo_session import DemoSession
from bodymap.widgets.main_window import MainWindow
from bodymap.widgets.review.panel import Part
from bodymap.widgets.review.row import PressedRow
from bodymap.widgets.starting import qt_application

DOCS = Path(__file__).parents[1] / "docs"
PICTURES = DOCS / "pictures"
PORTRAIT = (520, 1174)
LANDSCAPE = (1000, 620)

_MANY_HUED = ("window", "page", "posterior", "view-posterior")
_PATIENCE_MS = 30_000
_FEET = {ViewId.SOLES, ViewId.FEET_DORSAL}

Entry = tuple[str, str]
"""A caption and the name of its picture."""


def main() -> int:
    """Make every picture anew and write the page that shows them."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    qt_application()
    with tempfile.TemporaryDirectory() as scratch:
        application = Application(Path(scratch))
        application.fill_with_demo()
        window = make_window(application, Path(scratch) / "window.ini")
        therapist = application.access.user.id
        session = DemoSession(window, application.clinic, application.atlas, therapist)
        visit = session.chart()
        sections = {
            "The window": list(_window(window, session)),
            "The views": list(_views(application, visit)),
            "The dissections": list(_dissections(application, visit)),
            "The page": list(_pages(application, visit, Path(scratch))),
            "A review": list(_review(window, session)),
        }
        window.close()
        application.close()
    for picture in PICTURES.glob("*.png"):
        _slim(picture)
    (DOCS / "gallery.md").write_text(_page(sections), encoding="utf-8")
    return 0


def _window(window: MainWindow, session: DemoSession) -> Iterator[Entry]:
    window.map.show_layer(LayerId.HAZARDS, on=True)
    window.map.show_layer(LayerId.SKELETON, on=True)
    session.save_picture(PICTURES / "window-hazards.png")
    window.map.show_layer(LayerId.HAZARDS, on=False)
    window.map.show_layer(LayerId.SKELETON, on=False)
    session.save_picture(PICTURES / "window.png")
    yield "The demo session, light", "window.png"
    yield "Skeleton and hazards shown", "window-hazards.png"
    window.actions_by_id[ActionId.CHANGE_THEME].trigger()
    session.save_picture(PICTURES / "window-dark.png")
    yield "The same in the dark theme", "window-dark.png"
    window.actions_by_id[ActionId.CHANGE_THEME].trigger()


def _review(window: MainWindow, session: DemoSession) -> Iterator[Entry]:
    """What the owner of the demo clinic, who supervises, sees of their trainee's visits."""
    queue, panel = window.reviews.queue, window.reviews.panel
    window.actions_by_id[ActionId.REVIEWS].trigger()
    _wait(lambda: bool(queue.model.waiting))
    session.save_picture(PICTURES / "window-queue.png")
    yield "What waits for a supervisor", "window-queue.png"
    queue.list.activated.emit(queue.model.index(0))
    beside = window.reviews.beside
    _wait(lambda: panel.isVisible() and beside.map is not None and beside.map.is_crisp)
    session.save_picture(PICTURES / "window-review.png")
    yield "A trainee's visit beside the one before", "window-review.png"
    panel.show_part(Part.CHANGES)
    (marks, *_) = (row for row in panel.findChildren(PressedRow) if row.isVisible())
    panel.mark_chosen.emit(marks.mark)
    _wait(lambda: beside.map is not None and beside.map.is_crisp)
    session.save_picture(PICTURES / "window-changes.png")
    yield "What is another, on both bodies", "window-changes.png"


def _wait(claim: Callable[[], bool]) -> None:
    patience = QDeadlineTimer(_PATIENCE_MS)
    while not claim():
        if patience.hasExpired():
            raise RuntimeError("what the picture is to show does not come")
        QTest.qWait(10)


def _views(application: Application, visit: VisitId) -> Iterator[Entry]:
    for view in ViewId:
        width, height = LANDSCAPE if view in _FEET else PORTRAIT
        picture = Picture(view, Dissection.SUPERFICIAL, width, height)
        name = f"view-{view}.png"
        save_snapshot(application, visit, picture, PICTURES / name)
        yield application.atlas.view(view).name, name


def _dissections(application: Application, visit: VisitId) -> Iterator[Entry]:
    for view in (ViewId.ANTERIOR, ViewId.POSTERIOR):
        for level in Dissection:
            name = f"{view}-{level}.png"
            if level is Dissection.SUPERFICIAL:
                name = f"view-{view}.png"
            else:
                picture = Picture(view, level, *PORTRAIT)
                save_snapshot(application, visit, picture, PICTURES / name)
            yield f"{application.atlas.view(view).name}, {level}", name


def _pages(application: Application, visit: VisitId, scratch: Path) -> Iterator[Entry]:
    for paper in ("A4", "Letter"):
        pdf = application.printing.summary(visit, scratch / f"{paper}.pdf", paper)
        stem = PICTURES / f"page-{paper.lower()}"
        for old in PICTURES.glob(f"{stem.name}*.png"):
            old.unlink()
        subprocess.run(  # noqa: S603 - our own arguments
            ["pdftoppm", "-r", "80", "-png", str(pdf), str(stem)],  # noqa: S607
            check=True,
        )
        for picture in sorted(PICTURES.glob(f"{stem.name}*.png")):
            yield f"{paper}, page {picture.stem.rsplit('-', 1)[1]}", picture.name


def _slim(picture: Path) -> None:
    """Write a picture in less room: opaque, and a mere drawing with a palette.

    Pictures with marks, window and pages have too many hues for one.
    """
    with Image.open(picture) as full:
        slim = full.convert("RGB")
    if not picture.stem.startswith(_MANY_HUED):
        slim = slim.quantize(256, dither=Image.Dither.NONE)
    slim.save(picture, optimize=True)


def _page(sections: dict[str, list[Entry]]) -> str:
    lines = ["# Gallery", "", "Made by `python -m tools.gallery` through the real window.", ""]
    for title, entries in sections.items():
        lines += [f"## {title}", ""]
        for caption, name in entries:
            lines += [f"**{caption}**", "", f"![{caption}](pictures/{name})", ""]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
