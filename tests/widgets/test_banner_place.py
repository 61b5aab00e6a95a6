"""A message is seen wherever one is, and hides nothing that could be pressed."""

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QLineEdit, QWidget

from bodymap.widgets.actions import ActionId
from bodymap.widgets.controls.veil import Veiled
from bodymap.widgets.theme import Theme

LONG = (
    "The recovery key was used on 5 October 2026 at 12:30 to set a password. "
    "If nobody of you did, change the passwords now."
)
SIZES = [(1100, 700), (1440, 900)]


def is_seen(window):
    """Whether nothing lies over it."""
    area = QRect(window.banner.mapTo(window, window.banner.rect().topLeft()), window.banner.size())
    inner = area.adjusted(6, 6, -6, -6)
    at = (inner.center(), inner.topLeft(), inner.topRight(), inner.bottomLeft())
    seen = [window.childAt(point) for point in at]
    on_top = all(one is window.banner or window.banner.isAncestorOf(one) for one in seen)
    return window.banner.isVisible() and window.rect().contains(area) and on_top


def hidden_by(window, page):
    """What can be pressed on a page and lies under the message."""
    area = window.messages.geometry()
    kinds = (QAbstractButton, QComboBox, QLineEdit)
    return [
        one.objectName()
        for one in page.findChildren(QWidget)
        if isinstance(one, kinds)
        and one.isVisible()
        and not window.banner.isAncestorOf(one)
        and QRect(one.mapTo(window, one.rect().topLeft()), one.size()).intersects(area)
        and not one.visibleRegion().isEmpty()
    ]


@pytest.fixture
def pages(charted):
    """The pages that take the place of the body, each with the action that opens it."""
    return {
        ActionId.PATIENT_PAGE: charted.page,
        ActionId.FIGURES: charted.figures_page,
        ActionId.OVER_TIME: charted.times,
    }


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("action", [ActionId.PATIENT_PAGE, ActionId.FIGURES, ActionId.OVER_TIME])
def test_a_message_is_seen_over_each_page(charted, pages, action, size, theme):
    charted.resize(*size)
    charted.set_theme(Theme.load(theme))
    charted.actions_by_id[action].trigger()
    charted.background.wait()
    assert pages[action].isVisible()
    charted.banner.show_problem(LONG, "Try again", lambda: None)
    QApplication.processEvents()
    assert is_seen(charted)
    assert hidden_by(charted, pages[action]) == []


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("touch", [False, True])
def test_a_message_over_the_body_hides_no_tool_and_is_shown_whole(charted, size, touch):
    charted.resize(*size)
    charted.set_theme(Theme.load("light", touch=touch))
    charted.banner.show_problem(LONG, "Try again", lambda: None)
    QApplication.processEvents()
    assert is_seen(charted)
    assert hidden_by(charted, charted.stage) == []
    words = charted.banner.findChild(QLabel, "banner-text")
    assert words.height() >= words.heightForWidth(words.width())


def test_a_message_stays_in_sight_when_another_page_is_opened(charted):
    charted.banner.show_problem(LONG)
    for action in (
        ActionId.PATIENT_PAGE,
        ActionId.FIGURES,
        ActionId.FIGURES,
        ActionId.PATIENT_PAGE,
    ):
        charted.actions_by_id[action].trigger()
        QApplication.processEvents()
        assert is_seen(charted), action
        assert hidden_by(charted, charted) == [], action


def test_a_message_that_comes_over_a_veil_lies_on_it_and_goes_back_with_it(charted):
    veiled = Veiled(charted, charted.theme, "asked-first", "Asked first")
    veiled.open(900, 720)
    charted.banner.show_problem(LONG)
    QApplication.processEvents()
    assert is_seen(charted)
    assert hidden_by(charted, veiled) == []
    veiled.put_away()
    QApplication.processEvents()
    assert is_seen(charted)
    assert hidden_by(charted, charted) == []
    veiled.deleteLater()


def test_where_there_is_no_message_nothing_is_in_the_way(charted):
    assert charted.messages.geometry().isEmpty()
    charted.banner.show_notice("The password was changed.")
    assert not charted.messages.geometry().isEmpty()
    charted.banner.dismiss()
    assert charted.messages.geometry().isEmpty()


def test_the_keys_come_to_a_message(charted, press):
    charted.banner.show_problem("Not saved.", "Try again", lambda: None)
    press(Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    for _ in range(10):
        if charted.banner.isAncestorOf(QApplication.focusWidget()):
            break
        charted.actions_by_id[ActionId.NEXT_PANEL].trigger()
    assert QApplication.focusWidget().objectName() == "banner-deed"


def test_a_message_takes_the_colours_of_another_theme(charted):
    charted.banner.show_problem(LONG)
    (sign,) = (one for one in charted.banner.findChildren(QLabel) if not one.text())
    light = sign.pixmap().toImage()
    charted.set_theme(Theme.load("dark"))
    assert sign.pixmap().toImage() != light
