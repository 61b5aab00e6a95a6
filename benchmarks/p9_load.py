"""P9: loading the drawings, beside QSvgRenderer; cold from the text, warm from the cache."""

import os
import sys
import tempfile
from importlib import resources
from pathlib import Path

from benchmarks.measure import Result, compared, in_turns, limited, report
from bodymap.atlas.drawing import load_drawing
from bodymap.atlas.ids import ViewId


def run() -> list[Result]:
    """Measure all six drawings together, and each of them warm."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QByteArray  # noqa: PLC0415 - only this benchmark needs Qt
    from PySide6.QtSvg import QSvgRenderer  # noqa: PLC0415

    folder = resources.files("bodymap.assets") / "svg"
    texts = [(folder / f"{view}.svg").read_bytes() for view in ViewId]

    def cold() -> None:
        for view in ViewId:
            load_drawing(view)

    def qt() -> None:
        for text in texts:
            assert QSvgRenderer(QByteArray(text)).isValid()

    cold_s, qt_s = in_turns(cold, qt)
    what = "all six drawings from their text, ms"
    return [compared("P9", what, cold_s * 1e3, qt_s * 1e3, 3.0), *_warm()]


def _warm() -> list[Result]:
    with tempfile.TemporaryDirectory() as name:
        cache = Path(name)
        for view in ViewId:
            load_drawing(view, cache=cache)
        results = []
        for view in ViewId:
            (taken,) = in_turns(lambda view=view: load_drawing(view, cache=cache).shapes, rounds=25)
            results.append(limited("P9", f"{view} from the cache, ms", taken * 1e3, 5.0))
    return results


if __name__ == "__main__":
    sys.exit(report(run()))
