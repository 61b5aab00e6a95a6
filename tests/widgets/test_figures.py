"""The clinic in figures, in the real window."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from bodymap.atlas.ids import ViewId
from bodymap.widgets.actions import ActionId
from bodymap.widgets.theme import Theme
from tests.widgets.clipping import clipped


@pytest.fixture
def figures(qtbot, charted, infraspinatus):
    desk = charted.session.charting
    charted.session.push(desk.needle_site(ViewId.POSTERIOR, *infraspinatus))
    charted.session.push(desk.rate_pain(7, 3))
    charted.actions_by_id[ActionId.FIGURES].trigger()
    qtbot.waitUntil(lambda: charted.figures_page.muscles.muscles != ())
    return charted.figures_page


def test_the_figures_stand_in_the_place_of_the_body(qtbot, charted, figures):
    assert figures.isVisible()
    assert not charted.stage.isVisible()
    shown = {label.text() for label in figures.findChildren(QLabel) if label.isVisible()}
    assert {"1", "4.0", "0 of 0"} <= shown
    assert figures.muscles.muscles == (("infraspinatus", 1),)
    qtbot.keyClick(figures, Qt.Key.Key_Escape)
    assert charted.stage.isVisible()
    assert charted.inspector.isVisible()


def test_a_therapist_is_chosen(qtbot, clinic, charted, figures):
    other = clinic.add_user("Robin Demo")
    figures.show_users(clinic.users())
    figures.therapist.point_at(other.id)
    figures.therapist.chosen.emit(other.id)
    qtbot.waitUntil(lambda: figures.muscles.muscles == ())
    assert charted.figures_page.therapist.currentText() == "Robin Demo"


@pytest.mark.parametrize("first", [ActionId.FIGURES, ActionId.PATIENT_PAGE])
def test_one_page_takes_the_place_of_the_other(charted, first):
    second = ({ActionId.FIGURES, ActionId.PATIENT_PAGE} - {first}).pop()
    pages = {ActionId.FIGURES: charted.figures_page, ActionId.PATIENT_PAGE: charted.page}
    charted.actions_by_id[first].trigger()
    charted.actions_by_id[second].trigger()
    assert pages[second].isVisible()
    assert not pages[first].isVisible()
    assert not charted.stage.isVisible()
    charted.actions_by_id[ActionId.VIEW_BACK].trigger()
    assert charted.stage.isVisible()
    assert not pages[second].isVisible()


def test_the_figures_are_saved_as_csv(qtbot, charted, figures, save_as, tmp_path):
    save_as.path = tmp_path / "figures.csv"
    qtbot.mouseClick(figures.export, Qt.MouseButton.LeftButton)
    assert save_as.suggested[-1][1] == "clinic-figures.csv"
    qtbot.waitUntil(save_as.path.exists)
    text = save_as.path.read_text(encoding="utf-8-sig")
    assert "needles,1," in text
    assert "needles in Infraspinatus,1," in text
    assert "upper limit" in text
    assert "Byar" in text
    notice = figures.findChild(QLabel, "figures-notice")
    qtbot.waitUntil(notice.isVisible)
    assert notice.text().startswith("Saved as ")


def test_what_is_being_read_is_told(charted, figures):
    figures.show_progress(6, 40)
    waiting = figures.findChild(QLabel, "figures-waiting")
    assert waiting.isVisible()
    assert waiting.text() == "Reading visit 7 of 40…"
    assert (figures.reading.bar.value(), figures.reading.bar.maximum()) == (6, 40)
    assert not figures.export.isEnabled()


@pytest.mark.parametrize("size", [(1100, 700), (1440, 900)])
def test_no_words_are_clipped(charted, figures, size):
    charted.set_theme(Theme.load("dark", touch=True))
    charted.resize(*size)
    QApplication.sendPostedEvents()
    assert clipped(figures) == []
