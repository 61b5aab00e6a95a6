"""Names that the source got wrong, put right before anything else is read from it.

The source counts the metacarpals from the little finger: its "metacarpal 1" bears the little
finger, its "metacarpal 5" the thumb (the phalanges are counted rightly). Every file that names
structures must be read through `put_right`, or drawings, columns and words would disagree.
"""

import re

_METACARPAL = re.compile(r"(metacarpal[- ]|os metacarpi )([1245])\b", re.IGNORECASE)


def put_right(text: str) -> str:
    """Correct the names in the text of a measured file; doing it twice undoes it."""
    return _METACARPAL.sub(lambda found: f"{found[1]}{6 - int(found[2])}", text)
