import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea


def card_of(page):
    return next(child for child in page.children() if isinstance(child, QFrame))


@pytest.mark.parametrize("size", [(1100, 700), (1280, 800), (1440, 900), (1920, 1080)])
def test_the_keys_fit_the_window_and_no_word_is_cut(qtbot, window, size):
    window.resize(*size)
    window.keys_page.open()
    page, card = window.keys_page, card_of(window.keys_page)
    assert page.size() == window.size()
    assert page.rect().contains(card.geometry())
    area = page.findChild(QScrollArea)
    qtbot.waitUntil(lambda: area.widget().width() <= area.viewport().width())
    for label in area.widget().findChildren(QLabel):
        assert label.width() >= label.sizeHint().width(), label.text()
        right = label.mapTo(area.viewport(), label.rect().topRight()).x()
        assert right <= area.viewport().width(), label.text()


def test_the_keys_open_in_columns_of_about_one_height_each_time(window):
    window.keys_page.open()
    first = card_of(window.keys_page).size()
    window.keys_page.open()
    assert window.keys_page.isHidden()
    window.keys_page.open()
    assert card_of(window.keys_page).size() == first


def test_arrows_scroll_the_keys_where_they_do_not_fit(qtbot, window):
    window.resize(1100, 700)
    window.keys_page.open()
    bar = window.keys_page.findChild(QScrollArea).verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    qtbot.keyClick(window.keys_page, Qt.Key.Key_Down)
    assert bar.value() > 0
    qtbot.keyClick(window.keys_page, Qt.Key.Key_Up)
    assert bar.value() == 0


def test_a_click_beside_the_keys_puts_them_away(qtbot, window):
    window.keys_page.open()
    qtbot.mouseClick(window.keys_page, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    assert window.keys_page.isHidden()


def test_a_question_mark_opens_the_keys(press, window):
    press("?")
    assert window.keys_page.isVisible()
