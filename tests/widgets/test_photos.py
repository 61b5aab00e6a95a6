"""Photos of notes: taken in small and without a word about where and when, shown, taken out."""

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QFileDialog

from bodymap.atlas.ids import ViewId
from bodymap.chart.marks import MarkKind
from bodymap.widgets.actions import ActionId
from bodymap.widgets.inspector.photo_file import image_of, read_photo

LEFT = Qt.MouseButton.LeftButton
MAKE, GPS, ORIENTATION = 0x010F, 0x8825, 0x0112


@pytest.fixture
def picture(tmp_path):
    """Writes a picture file as a telephone would."""

    def write(name="skin.jpg", size=(2400, 1200), colour=(200, 120, 90), **exif):
        image = Image.new("RGB", size, colour)
        facts = Image.Exif()
        facts[MAKE] = "Cameraworks"
        facts.get_ifd(GPS)[1] = "N"
        facts.get_ifd(GPS)[2] = (47.0, 22.0, 1.0)
        if "turned" in exif:
            facts[ORIENTATION] = exif["turned"]
        target = tmp_path / name
        image.save(target, exif=facts)
        return target

    return write


def test_a_photo_is_scaled_down(picture):
    photo = read_photo(picture())
    assert (photo.width_px, photo.height_px) == (1600, 800)
    assert image_of(photo).width() == 1600


def test_a_small_photo_keeps_its_size(picture):
    photo = read_photo(picture(size=(300, 200)))
    assert (photo.width_px, photo.height_px) == (300, 200)


def test_nothing_is_left_of_place_time_and_camera(picture):
    path = picture()
    assert b"Cameraworks" in path.read_bytes()
    photo = read_photo(path)
    assert b"Exif" not in photo.data
    assert b"Cameraworks" not in photo.data
    assert b"GPS" not in photo.data


def test_a_photo_taken_on_its_side_is_turned_upright(picture):
    photo = read_photo(picture(size=(400, 200), turned=6))
    assert (photo.width_px, photo.height_px) == (200, 400)


@pytest.mark.parametrize("ending", ["png", "webp", "bmp", "gif"])
def test_other_formats_become_jpeg(picture, tmp_path, ending):
    target = tmp_path / f"skin.{ending}"
    Image.new("RGB", (40, 30), (10, 90, 200)).save(target)
    photo = read_photo(target)
    assert photo.data.startswith(b"\xff\xd8\xff")
    assert image_of(photo).pixelColor(20, 15).blue() > 150


def test_what_is_clear_becomes_white(tmp_path):
    target = tmp_path / "clear.png"
    Image.new("RGBA", (40, 30), (0, 0, 0, 0)).save(target)
    assert image_of(read_photo(target)).pixelColor(20, 15).lightness() > 250


def test_a_long_strip_keeps_a_pixel(tmp_path):
    target = tmp_path / "strip.png"
    Image.new("RGB", (9000, 2)).save(target)
    photo = read_photo(target)
    assert (photo.width_px, photo.height_px) == (1600, 1)


@pytest.mark.qt_log_ignore("JPEG datastream")  # Qt's own word on the broken one
@pytest.mark.parametrize("content", [b"", b"not a picture", b"\xff\xd8\xff\xe0broken"])
def test_what_is_no_picture_is_refused_in_words(tmp_path, content):
    target = tmp_path / "notes.jpg"
    target.write_bytes(content)
    with pytest.raises(ValueError, match=r"notes\.jpg can’t be read as a picture"):
        read_photo(target)


def test_a_file_that_is_gone_is_refused_in_words(tmp_path):
    with pytest.raises(ValueError, match="can’t be read"):
        read_photo(tmp_path / "gone.jpg")


# --- in the window


@pytest.fixture
def note(charted, infraspinatus):
    """A chosen note."""
    step = charted.session.charting.note(ViewId.POSTERIOR, *infraspinatus, "Bruise")
    charted.session.push(step)
    return step.select


@pytest.fixture
def box(charted, note):
    return charted.inspector.forms[MarkKind.NOTE].photo


def test_a_photo_is_stored_with_its_note(charted, clinic, box, note, picture):
    box.take(picture())
    stored = clinic.visit(charted.session.charting.visit.id).mark(note)
    assert (stored.photo.width_px, stored.text) == (1600, "Bruise")
    assert box.picture.isVisible()
    assert charted.actions_by_id[ActionId.UNDO].text() == "Undo photo of note 1"


def test_it_is_taken_out_and_that_can_be_undone(qtbot, charted, clinic, box, note, picture):
    box.take(picture())
    qtbot.mouseClick(box.take_out, LEFT)
    visit = charted.session.charting.visit.id
    assert clinic.visit(visit).mark(note).photo is None
    charted.actions_by_id[ActionId.UNDO].trigger()
    assert clinic.visit(visit).mark(note).photo is not None
    assert box.picture.isVisible()


def test_a_file_is_dropped_on_the_box(charted, clinic, box, note, picture):
    dropped = QMimeData()
    dropped.setUrls([QUrl.fromLocalFile(str(picture()))])
    event = QDropEvent(
        QPointF(5, 5), Qt.DropAction.CopyAction, dropped, LEFT, Qt.KeyboardModifier.NoModifier
    )
    box.dropEvent(event)
    assert clinic.visit(charted.session.charting.visit.id).mark(note).photo is not None


def test_what_is_no_picture_is_told_in_the_window(charted, box, tmp_path):
    target = tmp_path / "letter.pdf"
    target.write_bytes(b"%PDF")
    box.take(target)
    assert "letter.pdf can’t be read as a picture" in charted.banner.text


def test_the_file_dialog_offers_pictures_and_takes_the_chosen_one(
    qtbot, charted, clinic, box, note, picture
):
    qtbot.mouseClick(box.add, LEFT)
    (dialog,) = charted.findChildren(QFileDialog)
    assert "*.jpg" in dialog.nameFilters()[0]
    dialog.fileSelected.emit(str(picture()))
    dialog.close()
    assert clinic.visit(charted.session.charting.visit.id).mark(note).photo is not None
