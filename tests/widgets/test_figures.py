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


@pytest.mark.parametrize("size", [(1100, 700), (1440, 900)])
def test_no_words_are_clipped(charted, figures, size):
    charted.set_theme(Theme.load("dark", touch=True))
    charted.resize(*size)
    QApplication.sendPostedEvents()
    assert clipped(figures) == []
