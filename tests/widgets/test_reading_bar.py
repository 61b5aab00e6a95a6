"""The bar on top of the window while nothing can be changed."""

from PySide6.QtWidgets import QMainWindow, QVBoxLayout, QWidget

from bodymap.widgets.reading_bar import TITLE, put_on_top

WHY = "The folder may only be read."


def bar_over(qtbot, only_reading):
    window = QMainWindow()
    qtbot.addWidget(window)
    whole = QWidget()
    column = QVBoxLayout(whole)
    column.addWidget(QWidget())
    window.setCentralWidget(whole)
    return window, put_on_top(window, only_reading)


def test_it_stands_above_everything_and_says_why(qtbot):
    window, bar = bar_over(qtbot, lambda: WHY)
    assert window.centralWidget().layout().indexOf(bar) == 0
    assert not bar.isHidden()
    assert bar.text.startswith(f"{TITLE} {WHY}")
    assert "audit trail" in bar.text
    assert WHY in bar.accessibleDescription()


def test_it_is_not_there_when_all_can_be_changed(qtbot):
    _window, bar = bar_over(qtbot, lambda: "")
    assert bar.isHidden()
    assert bar.text == ""


def test_it_comes_and_goes_with_the_reason(qtbot):
    whys = []
    _window, bar = bar_over(qtbot, lambda: "".join(whys))
    whys.append(WHY)
    bar.look()
    assert WHY in bar.text
    whys.clear()
    bar.look()
    assert bar.text == ""
