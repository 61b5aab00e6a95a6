"""A clinic that may only be read, in the window: all is seen, what would fail is not offered."""

import pytest
from PySide6.QtWidgets import QFrame

from bodymap.storage import obstacles
from bodymap.widgets.actions import ActionId
from bodymap.widgets.rights import hide_what_is_denied
from tests.builders import a_visit

pytestmark = pytest.mark.journey
WHY = "The folder may only be read."


def test_the_window_says_so_and_offers_nothing_that_would_fail(folder, sit_down, monkeypatch):
    monkeypatch.setattr(obstacles, "_on_share", lambda _: WHY)
    table = sit_down(folder)
    window, might = table.window, table.application.sign_in.might
    hide_what_is_denied(window, window.actions_by_id, might)
    bar = window.findChild(QFrame, "reading-bar")
    assert bar.isVisible()
    assert WHY in bar.text
    window.open_visit(a_visit().id)
    assert not table.visit.is_open
    for action in (ActionId.TOOL_NEEDLE, ActionId.NEW_PATIENT, ActionId.NEW_VISIT):
        assert not window.actions_by_id[action].isVisible()
    assert window.actions_by_id[ActionId.PRINT].isVisible()
    before = table.stored.marks
    table.settle()
    window.actions_by_id[ActionId.TOOL_NEEDLE].trigger()
    table.click(table.in_muscle("infraspinatus"))
    assert table.stored.marks == before
    assert window.banner.text == ""


def test_what_can_no_longer_be_written_stays_in_sight_and_is_saved_later(
    folder, sit_down, monkeypatch
):
    table = sit_down(folder)
    table.window.open_visit(a_visit().id)
    at = table.in_muscle("infraspinatus")
    table.look_at(at)
    table.window.actions_by_id[ActionId.TOOL_NEEDLE].trigger()
    with monkeypatch.context() as locked:
        locked.setattr("bodymap.storage.datafile.obstacle", lambda _: WHY)
        table.click(at)
        assert table.window.banner.text.startswith(f"Not saved: needle 1. {WHY}")
        bar = table.window.findChild(QFrame, "reading-bar")
        bar.look()
        assert WHY in bar.text
        assert len(table.map.overlays.unsaved.marks) == 1
        assert table.stored.marks == ()
    table.window.session.try_again()
    bar.look()
    assert [mark.number for mark in table.stored.marks] == [1]
    assert bar.isHidden()
