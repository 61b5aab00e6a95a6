"""The path grammar of SVG 1.1, written in many ways, read as one thing."""

import math
import random
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bodymap.atlas.path_data import DrawingError, arc_as_curves, parse_path
from bodymap.atlas.plain_paths import is_plain, read_plain_paths

hundredths = st.integers(-200_000, 200_000)
pairs = st.tuples(hundredths, hundredths)
steps = st.one_of(
    st.tuples(st.just("M"), pairs),
    st.tuples(st.just("L"), pairs),
    st.tuples(st.just("H"), hundredths),
    st.tuples(st.just("V"), hundredths),
    st.tuples(st.just("C"), pairs, pairs, pairs),
    st.tuples(st.just("Z")),
)
paths = st.tuples(st.tuples(st.just("M"), pairs), st.lists(steps, max_size=12)).map(
    lambda both: [both[0], *both[1]]
)


class Writer:
    """Writes steps as a drawing program might, and keeps what they mean."""

    def __init__(self, seed):
        self.dice = random.Random(seed)  # noqa: S311 - not for secrets
        self.text = ""
        self.codes = b""
        self.points = []
        self.at = self.start = (0, 0)
        self.previous = ""

    def write(self, step):
        letter, *corners = step
        if letter != "M" and self.codes[-1:] == b"Z" and letter != "Z":
            self.keep(b"M", self.start)
        relative = self.dice.random() < 0.5
        if letter == "Z":
            self.close()
            return
        base = self.at if relative else (0, 0)
        if letter in "HV":
            (value,) = corners
            target = (value, self.at[1]) if letter == "H" else (self.at[0], value)
            numbers = [value - base[0 if letter == "H" else 1]]
            self.keep(b"L", target)
        else:
            numbers = [c - b for corner in corners for c, b in zip(corner, base, strict=True)]
            self.keep(letter.encode(), *corners)
        if letter == "M":
            self.start = self.at
        self.put(letter.lower() if relative else letter, numbers)

    def keep(self, code, *corners):
        self.codes += code
        self.points += corners
        self.at = corners[-1]

    def close(self):
        self.text += self.dice.choice("zZ")
        self.previous = ""
        if self.codes[-1:] != b"Z":
            self.codes += b"Z"
        self.at = self.start

    def put(self, letter, numbers):
        repeated = {"M": "L", "m": "l"}.get(self.previous, self.previous)
        if letter != repeated or self.dice.random() < 0.5:
            self.text += self.dice.choice(["", " ", "\n"]) + letter
        else:
            self.text += self.dice.choice([" ", ","])
        written = [self.number(number) for number in numbers]
        self.text += written[0]
        for one, other in pairwise(written):
            tight = other[0] in "-+" or (other[0] == "." and "." in one)
            self.text += self.dice.choice(["" if tight else " ", ",", " , ", "\t"]) + other
        self.previous = letter

    def number(self, hundredth):
        sign = "-" if hundredth < 0 else self.dice.choice(["", "", "+"])
        whole, part = divmod(abs(hundredth), 100)
        digits = f"{whole}.{part:02d}"
        forms = [digits, f"{abs(hundredth)}e-2", f"{abs(hundredth) / 1000!r}E+1"]
        if whole == 0:
            forms.append(digits[1:])
        if part == 0:
            forms += [str(whole), f"{whole}."]
        return sign + self.dice.choice(forms)


@given(paths, st.integers(0, 10_000))
def test_however_a_path_is_written_it_is_read_the_same(path, seed):
    writer = Writer(seed)
    for step in path:
        writer.write(step)
    codes, coordinates = parse_path(writer.text)
    assert codes == writer.codes
    assert np.allclose(np.reshape(coordinates, (-1, 2)), np.divide(writer.points, 100), atol=1e-6)


@given(
    st.lists(
        st.lists(
            st.tuples(pairs, st.lists(st.lists(pairs, min_size=3, max_size=3), max_size=6)),
            min_size=1,
            max_size=3,
        ),
        min_size=1,
        max_size=4,
    ),
    st.booleans(),
)
def test_plain_paths_are_read_alike_together_and_one_by_one(drawn, closed):
    texts = []
    for sub_paths in drawn:
        text = ""
        for start, curves in sub_paths:
            text += f"M{start[0] / 100} {start[1] / 100}"
            if curves:
                numbers = (str(n / 100) for curve in curves for pair in curve for n in pair)
                text += "c" + " ".join(numbers).replace(" -", "-").replace("0.", ".")
            text += "z" if closed else ""
        texts.append(text.encode())
    assert all(map(is_plain, texts))
    table = read_plain_paths(texts)
    assert table is not None
    for row, text in enumerate(texts):
        codes, coordinates = parse_path(text.decode())
        points = table.points[table.point_starts[row] : table.point_starts[row + 1]]
        assert table.codes[table.code_starts[row] : table.code_starts[row + 1]] == codes
        assert np.allclose(points, np.reshape(coordinates, (-1, 2)), atol=2e-3)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "c1 1 2 2 3 3z",
        "M1 2c1 2 3",
        "M1",
        "M1 2zc1 1 2 2 3 3",
        "1 2M3 4",
        "M-c",
        "M1-- 2",
        "M1 2c.1234567 2 3 4 5 6",
    ],
)
def test_irregular_paths_are_left_to_the_careful_reader(text):
    assert read_plain_paths([text.encode()]) is None


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("L1 2", "begin with a move"),
        ("M1", "a number was expected"),
        ("M1 2 L x 3", "a number was expected"),
        ("M1 2 z 3 4", "numbers stand where a command"),
        ("1 2", "numbers stand where a command"),
        ("M1 2 a 5 5 0 2 0 3 3", "an arc's flag"),
        ("M1e999 2", "a finite number"),
        ("M1 2 & 3", "numbers|a number"),
    ],
)
def test_what_is_not_a_path_is_refused_in_words(text, complaint):
    with pytest.raises(DrawingError, match=complaint):
        parse_path(text)


def test_a_smooth_curve_goes_on_in_the_direction_it_came_in():
    _, points = parse_path("M0 0C0 1 1 2 2 2S4 1 4 0")
    assert points[8:10] == [3.0, 2.0]


def test_a_smooth_curve_after_anything_else_starts_where_the_pen_is():
    _, points = parse_path("M1 1S4 1 4 0")
    assert points[2:4] == [1.0, 1.0]


def test_quadratic_curves_become_cubic_ones_of_the_same_form():
    codes, points = parse_path("M0 0q3 6 6 0t6 0")
    assert codes == b"MCC"
    assert points[2:8] == [2.0, 4.0, 4.0, 4.0, 6.0, 0.0]
    assert points[8:14] == [8.0, -4.0, 10.0, -4.0, 12.0, 0.0]


angles = st.floats(0, 2 * math.pi)


@given(angles, st.floats(0.1, 6.2), st.floats(1, 50), st.floats(1, 50), angles, st.booleans())
def test_arcs_stay_on_their_ellipse(first, sweep, rx, ry, tilt, grows):
    sweep = sweep if grows else -sweep
    cos, sin = math.cos(tilt), math.sin(tilt)

    def place(angle):
        x, y = rx * math.cos(angle), ry * math.sin(angle)
        return 7 + cos * x - sin * y, 5 + sin * x + cos * y

    start, end = place(first), place(first + sweep)
    curves = arc_as_curves(start, end, (rx, ry), tilt, (abs(sweep) > math.pi, grows))
    at = start
    for curve in curves:
        a, b, c, d = (np.array(p) for p in (at, curve[0:2], curve[2:4], curve[4:6]))
        for t in (0.25, 0.5, 1.0):
            s = 1 - t
            x, y = s**3 * a + 3 * s * s * t * b + 3 * s * t * t * c + t**3 * d - (7, 5)
            ring = math.hypot((cos * x + sin * y) / rx, (cos * y - sin * x) / ry)
            assert ring == pytest.approx(1, abs=2e-3)
        at = curve[4:6]
    assert at == end


def test_an_arc_with_radii_too_small_is_just_wide_enough():
    codes, points = parse_path("M0 0A1 1 0 0 1 10 0")
    assert codes == b"MCC"
    assert points[6:8] == pytest.approx([5, -5])


def test_arcs_that_are_none():
    assert parse_path("M1 1A5 5 0 0 1 1 1")[0] == b"M"
    assert parse_path("M1 1A0 5 0 0 1 9 1")[0] == b"ML"


def test_flags_may_stand_without_anything_between():
    assert parse_path("M0 0a10 10 0 0110 10") == parse_path("M0 0a10,10,0,0,1,10,10")
