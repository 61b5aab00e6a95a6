"""Files are whole or not there, and the same pages are the same bytes."""

import os
from datetime import datetime, timedelta, timezone

import pytest

from bodymap.reports.book import Book, PrintingError, write_whole
from bodymap.reports.fonts import Weight
from bodymap.reports.ink import NEEDLE, TEXT
from bodymap.reports.shaping import shape_line

WRITTEN = datetime(2026, 3, 2, 9, 15, tzinfo=timezone(timedelta(hours=-3, minutes=-30)))


def a_book(paper="A4", text="Hello"):
    book = Book(paper, title="Title", author="Author", written=WRITTEN)
    page = book.new_page()
    page.text((20, 20), shape_line(text, Weight.REGULAR), 12, TEXT)
    page.circle((50, 50), 5, fill=NEEDLE, stroke=TEXT)
    return book


def test_the_same_pages_give_the_same_bytes():
    assert a_book().to_bytes() == a_book().to_bytes()


@pytest.mark.parametrize(("paper", "size"), [("A4", (595.28, 841.89)), ("Letter", (612, 792))])
def test_a_page_has_the_size_of_its_paper(read_back, paper, size):
    box = read_back(a_book(paper).to_bytes()).reader.pages[0].mediabox
    assert (float(box.width), float(box.height)) == pytest.approx(size, abs=0.01)


def test_an_unknown_paper_is_refused_in_words():
    with pytest.raises(PrintingError, match="no paper 'A3'"):
        a_book("A3")


def test_the_file_is_dated_like_the_record(read_back):
    info = read_back(a_book().to_bytes()).reader.metadata
    assert (info.title, info.author) == ("Title", "Author")
    assert info.creation_date == WRITTEN


def test_every_font_is_embedded_and_cut_down(read_back):
    for font in read_back(a_book().to_bytes()).fonts:
        descendant = font["/DescendantFonts"][0].get_object()
        assert 0 < len(descendant["/FontDescriptor"]["/FontFile2"].get_data()) < 20_000
        assert font["/BaseFont"][7] == "+"


def test_a_page_is_written_with_the_rights_of_any_new_file(tmp_path):
    write_whole(b"page", tmp_path / "page.pdf")
    (tmp_path / "other").write_bytes(b"")
    assert (tmp_path / "page.pdf").stat().st_mode == (tmp_path / "other").stat().st_mode


def test_writing_replaces_what_was_there_and_leaves_nothing_else(tmp_path):
    target = tmp_path / "page.pdf"
    target.write_bytes(b"old")
    write_whole(b"new", target)
    assert target.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [target]


def test_a_missing_folder_is_told_in_words(tmp_path):
    with pytest.raises(PrintingError, match="could not be saved"):
        write_whole(b"page", tmp_path / "nowhere" / "page.pdf")


def test_a_failed_write_leaves_the_old_page_and_no_litter(tmp_path, monkeypatch):
    target = tmp_path / "page.pdf"
    target.write_bytes(b"old")

    def full(_file):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(PrintingError, match="No space left"):
        write_whole(b"new", target)
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]
