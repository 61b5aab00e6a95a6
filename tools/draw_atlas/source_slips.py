"""What the source got wrong, put right before anything else is read from it.

The source counts the metacarpals from the little finger: its "metacarpal 1" bears the little
finger, its "metacarpal 5" the thumb (the phalanges are counted rightly). It holds the cartilages
of the eighth to tenth ribs for parts of the vertebrae T12 to L2, and the seventh rib's cartilage
for all four. Every measured file must be read through `read_source`, or drawings, columns and
words would disagree.
"""

import gzip
import json
import re
from pathlib import Path
from typing import Any

from tools.draw_atlas.costal_cartilages import part_from_vertebrae

_METACARPAL = re.compile(r"(metacarpal[- ]|os metacarpi )([1245])\b", re.IGNORECASE)
_SEVENTH = re.compile(r"(costal[- ]cartilage[- ]7)-10\b", re.IGNORECASE)


def read_source(file: Path) -> Any:  # noqa: ANN401 - as JSON is
    """Read a measured or clinical JSON file, packed by gzip or not, with its slips put right."""
    raw = file.read_bytes()
    text = (gzip.decompress(raw) if file.suffix == ".gz" else raw).decode("utf-8")
    document = json.loads(put_right(text))
    if isinstance(document, dict) and "view" in document:
        part_from_vertebrae(document)
    return document


def put_right(text: str) -> str:
    """Correct the names in the text of a measured file; doing it twice undoes the metacarpals."""
    counted = _METACARPAL.sub(lambda found: f"{found[1]}{6 - int(found[2])}", text)
    return _SEVENTH.sub(r"\1", counted)
