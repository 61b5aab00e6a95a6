"""Finding muscles by any of their names: English, Latin, abbreviation, name of a group."""

import difflib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bodymap.atlas.clinical.muscles import Muscle

_WORD_FOR_MUSCLE = frozenset({"m", "mm", "musculus", "musculi", "muscle", "muscles"})

_LEAST_INSIDE = 3
"""So many letters have to be given before they are looked for in the middle of words."""

_NO_MATCH = 9


def folded(text: str) -> str:
    """A name without case, accents, punctuation and the word for muscle."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    letters = "".join(char for char in plain if not unicodedata.combining(char))
    words = re.findall(r"[^\W_]+", letters)
    kept = [word for word in words if word not in _WORD_FOR_MUSCLE]
    return " ".join(kept or words)


@dataclass(frozen=True, slots=True)
class _Names:
    """A muscle's names, folded: short ones, proper ones, and all others."""

    muscle: Muscle
    short: frozenset[str]
    proper: tuple[str, ...]
    other: tuple[str, ...]

    def rank(self, text: str) -> int:
        """How well a folded text fits, 0 best; `_NO_MATCH` if it does not."""
        fits = (
            text in self.short,
            text in self.proper,
            text in self.other,
            any(name.startswith(text) for name in self.proper),
            any(name.startswith(text) for name in (*self.other, *self.short)),
            any(_words_begin(name, text) for name in (*self.proper, *self.other)),
            len(text) >= _LEAST_INSIDE
            and any(text in name for name in (*self.proper, *self.other)),
        )
        return fits.index(True) if True in fits else _NO_MATCH


class NameIndex:
    """The names of all muscles, made ready once."""

    def __init__(self, muscles: Iterable[Muscle]) -> None:
        self._names = [_names(muscle) for muscle in muscles]

    def find(self, text: str) -> tuple[Muscle, ...]:
        """The muscles a text may mean, best first; those that fit alike from head to foot.

        An abbreviation fits best, then a whole name, then the beginning of one, then the
        beginnings of its words, then letters within it. An empty text means none.
        """
        wanted = folded(text)
        if not wanted:
            return ()
        ranked = [(names.rank(wanted), names.muscle) for names in self._names]
        fitting = [pair for pair in ranked if pair[0] < _NO_MATCH]
        return tuple(muscle for _, muscle in sorted(fitting, key=lambda pair: pair[0]))

    def nearest(self, text: str) -> Muscle | None:
        """The muscle with the name spelt most like a text; none if nothing comes near."""
        known = {name: names.muscle for names in self._names for name in _all(names)}
        found = difflib.get_close_matches(folded(text), known, n=1, cutoff=0.6)
        return known[found[0]] if found else None


def _names(muscle: Muscle) -> _Names:
    return _Names(
        muscle=muscle,
        short=frozenset(map(folded, muscle.abbreviations)),
        proper=tuple(map(folded, (muscle.name, muscle.latin, muscle.id))),
        other=tuple(map(folded, (*muscle.aliases, *muscle.latin_also))),
    )


def _all(names: _Names) -> Iterator[str]:
    yield from names.proper
    yield from names.other
    yield from names.short


def _words_begin(name: str, text: str) -> bool:
    """Whether each word of a text begins a word of a name."""
    words = name.split()
    return all(any(word.startswith(part) for word in words) for part in text.split())
