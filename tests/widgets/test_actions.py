from collections import Counter

import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence

from bodymap.widgets.actions import DISSECTIONS, LAYERS, SPECS, TOOLS, VIEWS, ActionId, Actions
from bodymap.widgets.map.tool_id import ToolId
from bodymap.widgets.menus import MENUS
from bodymap.widgets.theme import Theme


def test_every_action_has_words_and_a_key():
    assert set(SPECS) == set(ActionId)
    assert all(spec.text and spec.keys and spec.tip for spec in SPECS.values())


def test_no_key_is_used_twice():
    keys = Counter(QKeySequence(key).toString() for spec in SPECS.values() for key in spec.keys)
    assert [key for key, times in keys.items() if times > 1] == []


def test_every_key_is_one_that_qt_knows():
    for spec in SPECS.values():
        for key in spec.keys:
            assert not QKeySequence(key).isEmpty(), key


def test_every_action_is_in_the_menu_except_those_that_open_it_or_end_it():
    listed = {action for rows in MENUS.values() for action in rows if action is not None}
    assert set(ActionId) - listed == {ActionId.OPEN_MENU, ActionId.QUIT}


@pytest.mark.parametrize("table", [VIEWS, TOOLS, DISSECTIONS, LAYERS])
def test_no_two_actions_lead_to_the_same_place(table):
    assert len(set(table.values())) == len(table)


def test_every_tool_has_an_action():
    assert set(TOOLS.values()) == set(ToolId)


@pytest.mark.usefixtures("qapp")
def test_the_tip_names_the_key():
    owner = QObject()
    actions = Actions(owner, Theme.load("light"))
    assert actions[ActionId.TOOL_NEEDLE].toolTip().endswith("(N)")
