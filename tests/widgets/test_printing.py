from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from bodymap.errors import BodymapError

CTRL = Qt.KeyboardModifier.ControlModifier


def test_the_summary_is_saved_where_the_person_says(qtbot, charted, press, save_as):
    press(Qt.Key.Key_P, CTRL)
    qtbot.waitUntil(lambda: charted.banner.text == "Summary saved as summary.pdf.")
    assert save_as.path.read_bytes().startswith(b"%PDF")
    assert save_as.suggested == [("", "2026-11-21-P-0001-dry-needling.pdf")]


def test_the_file_can_be_opened_from_the_message(qtbot, charted, press, save_as):
    press(Qt.Key.Key_P, CTRL)
    qtbot.waitUntil(lambda: charted.banner.text.startswith("Summary saved"))
    deed = charted.banner.findChild(QPushButton, "banner-deed")
    qtbot.mouseClick(deed, Qt.MouseButton.LeftButton)
    assert save_as.opened == [save_as.path]
    assert charted.banner.isHidden()


def test_the_folder_is_remembered(qtbot, charted, press, save_as, settings):
    press(Qt.Key.Key_P, CTRL)
    qtbot.waitUntil(lambda: charted.banner.text.startswith("Summary saved"))
    assert settings.last_folder == str(save_as.path.parent)


def test_another_paper_is_chosen_and_kept(qtbot, charted, printer, settings):
    letter = next(a for a in charted.top.print.menu().actions() if a.data() == "Letter")
    letter.trigger()
    qtbot.waitUntil(lambda: printer.papers == ["Letter"])
    assert settings.paper == "Letter"


def test_nothing_happens_when_the_person_thinks_better_of_it(charted, press, save_as, printer):
    save_as.path = None
    press(Qt.Key.Key_P, CTRL)
    assert charted.background.wait()
    assert printer.papers == []


def test_a_page_that_cannot_be_written_is_told(qtbot, charted, press, printer):
    printer.problem = BodymapError("The folder is read-only. Choose another one.")
    press(Qt.Key.Key_P, CTRL)
    qtbot.waitUntil(lambda: charted.banner.text == "The folder is read-only. Choose another one.")


def test_printing_needs_a_visit(window, press, printer):
    press(Qt.Key.Key_P, CTRL)
    assert not window.top.print.isEnabled()
    assert printer.papers == []
