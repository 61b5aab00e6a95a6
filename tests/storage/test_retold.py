"""Entries of programs that told less are not taken for changes; anything else is."""

import pytest

from bodymap.chart.audit import Entity
from bodymap.storage.retold import Kept, Told, difference

KEPT = Kept(
    (Entity.AFTERWARD, "a", ""),
    {"by": "u", "at": "2026-03-02T09:15:00+01:00", "text": "Sore"},
    "An entry after signing",
    "v",
)


@pytest.mark.parametrize(
    ("new", "words"),
    [
        ('{"at":"2026-03-02T09:15:00+01:00","by":"u","text":"Sore"}', ""),
        ('{"text":"Sore"}', ""),
        ('{"text":"Fine"}', "is no longer as it was put down: text."),
        ('{"by":"w","text":"Sore"}', "is no longer as it was put down: by."),
        ('{"action":"Ice","text":"Sore"}', "is no longer as it was put down: action."),
    ],
)
def test_only_what_earlier_programs_did_not_tell_may_be_missing(new: str, words: str) -> None:
    assert difference(KEPT, Told(1, "v", new)) == words


def test_another_visit_is_told() -> None:
    assert difference(KEPT, Told(1, "w", '{"text":"Sore"}')) == "was put under another visit."
