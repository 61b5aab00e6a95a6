"""Photos of notes on the printed page."""

import io

import pytest
from PIL import Image

from bodymap.chart.photo import Photo
from tests.builders import a_note, a_visit


def a_photo(width=640, height=480, colour=(200, 120, 90)):
    file = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(file, "JPEG")
    return Photo(file.getvalue(), width, height)


def images(page):
    return [image.image for image in page.images]


def test_a_photo_stands_on_the_page_with_its_notes_sign(printer, read_back, a_record):
    visit = a_visit(1, 0, 0, 0, marks=(a_note(3, photo=a_photo()),))
    printed = read_back(printer.summary(a_record(visit)))
    assert printed.says("Photos")
    shown = [image for page in printed.reader.pages for image in images(page)]
    assert shown
    assert all(image.size == (640, 480) for image in shown)
    assert [text for text, _, _ in printed.runs].count("N3") >= 3


def test_nothing_is_said_where_there_is_no_photo(printer, read_back, a_record):
    assert not read_back(printer.summary(a_record(a_visit(1, 0, 0, 1)))).says("Photos")


@pytest.mark.parametrize("size", [(1600, 1), (1, 1600), (1600, 1600), (300, 900)])
def test_photos_of_any_shape_stay_within_the_margins(printer, read_back, a_record, size):
    visit = a_visit(0, 0, 0, marks=tuple(a_note(n, photo=a_photo(*size)) for n in range(1, 6)))
    printed = read_back(printer.summary(a_record(visit)))
    width = float(printed.reader.pages[0].mediabox.width)
    assert all(0 < x < width for _, x, _ in printed.runs)
    assert printed.says("N5")


def test_the_same_record_gives_the_same_bytes(printer, a_record):
    visit = a_visit(0, 0, 0, marks=(a_note(1, photo=a_photo()),))
    assert printer.summary(a_record(visit)) == printer.summary(a_record(visit))
