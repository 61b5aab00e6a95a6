"""Layouts are put into each other empty: otherwise PySide keeps objects that Qt has deleted."""

import ast
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QPushButton, QWidget
from shiboken6 import isValid

import bodymap.widgets
from bodymap.widgets.actions import ActionId
from bodymap.widgets.controls.field import emptied, label, nested, stacked
from bodymap.widgets.entrance.card import centred
from tests.widgets.known_items import items_known_to_python

WIDGETS = Path(bodymap.widgets.__file__).parent
NESTING = {"addLayout", "insertLayout", "addChildLayout"}


def test_a_full_layout_is_not_put_into_another(qapp):
    whole, row = QWidget(), QHBoxLayout()
    column = stacked(whole)
    row.addWidget(QLabel("too early"))
    with pytest.raises(ValueError, match="before it is filled"):
        nested(column, row)
    assert column.count() == 0
    row.deleteLater()


def test_a_nested_layout_leaves_nothing_behind(qapp):
    whole = QWidget()
    row = nested(stacked(whole), QHBoxLayout())
    row.addWidget(QPushButton("first"))
    row.addStretch(1)
    assert items_known_to_python() == []
    whole.deleteLater()


def test_layouts_are_nested_in_one_place_only():
    places = {
        f"{source.relative_to(WIDGETS)}"
        for source in WIDGETS.rglob("*.py")
        for part in ast.walk(ast.parse(source.read_text("utf-8")))
        if isinstance(part, ast.Attribute) and part.attr in NESTING
    }
    assert places == {"controls/field.py"}


def test_what_is_taken_out_of_a_layout_is_seen_no_more_and_deleted_later(qtbot):
    whole = QWidget()
    qtbot.addWidget(whole)
    column = stacked(whole, first := QPushButton("first"), QLabel("second"))
    column.addStretch(1)
    whole.show()
    alive = []
    first.clicked.connect(lambda: alive.append(emptied(column) is column and isValid(first)))
    first.click()
    assert alive == [True]
    assert column.count() == 0
    assert first.isHidden()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not isValid(first)
    assert whole.findChildren(QLabel) == []


def test_layouts_are_emptied_in_one_place():
    """The page of keys alone lays its groups out anew instead of deleting them."""
    places = {
        f"{source.relative_to(WIDGETS)}"
        for source in WIDGETS.rglob("*.py")
        if "takeAt" in source.read_text("utf-8")
    }
    assert places == {"controls/field.py", "keys_page.py"}


def test_no_page_of_the_window_keeps_items_of_its_layouts(charted, qtbot):
    charted.actions_by_id[ActionId.KEYS].trigger()
    for width in (900, 1600, 1100):
        charted.resize(width, 800)
        qtbot.wait(1)
    assert items_known_to_python() == []


def test_no_card_of_the_entrance_keeps_items_of_its_layouts(qtbot):
    whole = centred(label("first", "body"), label("second", "body"))
    qtbot.addWidget(whole)
    assert items_known_to_python() == []
