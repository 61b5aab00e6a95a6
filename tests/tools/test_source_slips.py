import pytest

from tools.draw_atlas.source_slips import put_right


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ('{"id": "metacarpal-5"}', '{"id": "metacarpal-1"}'),
        ('"name_en": "Metacarpal 2"', '"name_en": "Metacarpal 4"'),
        ('"name_latin": "Os metacarpi 1"', '"name_latin": "Os metacarpi 5"'),
        ('"metacarpal-3"', '"metacarpal-3"'),
        ('"metatarsal-1", "phalanx-distal-hand-1"', '"metatarsal-1", "phalanx-distal-hand-1"'),
    ],
)
def test_metacarpals_are_counted_from_the_thumb(wrong: str, right: str) -> None:
    assert put_right(wrong) == right
    assert put_right(right) == wrong
