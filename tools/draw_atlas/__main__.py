"""The command line: `python -m tools.draw_atlas --measured DIR [--view VIEW] [--out DIR]`."""

import argparse
import sys
import time
from pathlib import Path

from tools.draw_atlas.measured import VIEWS
from tools.draw_atlas.mirroring import mirrored_drawing
from tools.draw_atlas.svg_document import Drawing
from tools.draw_atlas.view_drawing import draw_view

_SHIPPED = Path(__file__).parents[2] / "bodymap" / "assets" / "svg"
_DRAWN = tuple(view for view in VIEWS if view != "lateral-right")


def main(arguments: list[str] | None = None) -> int:
    """Draw the views asked for and say what was written."""
    asked = _parser().parse_args(arguments)
    views = _DRAWN if asked.view is None else (asked.view.replace("-right", "-left"),)
    for view in views:
        started = time.monotonic()
        drawing = draw_view(asked.measured, view)
        _write(drawing, asked.out)
        if view == "lateral-left":
            _write(mirrored_drawing(drawing, "lateral-right"), asked.out)
        print(f"  drawn in {time.monotonic() - started:.1f} s")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tools.draw_atlas", description=__doc__)
    parser.add_argument("--measured", type=Path, required=True, help="folder of measured outlines")
    parser.add_argument("--view", choices=VIEWS, help="only this view (laterals come in pairs)")
    parser.add_argument("--out", type=Path, default=_SHIPPED, help="folder for the SVG files")
    return parser


def _write(drawing: Drawing, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{drawing.view}.svg"
    text = drawing.written()
    path.write_text(text, encoding="utf-8", newline="\n")
    print(f"{path.name}: {len(text.encode()) / 1e6:.2f} MB")


if __name__ == "__main__":
    sys.exit(main())
