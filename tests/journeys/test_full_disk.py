"""The disk is full while somebody charts: the mark stays in sight, and is saved later."""

import signal

import pytest
from PySide6.QtWidgets import QPushButton

from bodymap.widgets.actions import ActionId
from tests.builders import a_visit

resource = pytest.importorskip("resource", reason="limits the size of files, which only POSIX can")
pytestmark = pytest.mark.journey


@pytest.fixture
def disk():
    """Fills the disk for this process, and makes room again."""
    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)

    def set_full(is_full):
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096 if is_full else hard, hard))

    yield set_full
    set_full(False)


def test_a_mark_the_disk_does_not_take_stays_in_sight_and_is_saved_later(folder, sit_down, disk):
    table = sit_down(folder)
    table.window.open_visit(a_visit().id)
    at = table.in_muscle("infraspinatus")
    table.look_at(at)
    table.window.actions_by_id[ActionId.TOOL_NEEDLE].trigger()
    table.click(at)
    assert len(table.stored.marks) == 1
    disk(True)
    table.click((at[0] + 12, at[1] + 6))
    assert len(table.visit.marks) == 1
    assert table.window.banner.text.startswith("Not saved: needle 2. The disk")
    assert len(table.map.overlays.unsaved.marks) == 1
    (again,) = table.window.findChildren(QPushButton, "banner-deed")
    again.click()
    assert table.window.banner.text.startswith("Not saved: needle 2. The disk")
    disk(False)
    table.click((at[0] - 12, at[1] - 6))
    assert [mark.number for mark in table.stored.marks] == [1, 2]
    assert table.window.banner.text.startswith("Not saved")
    again.click()
    assert sorted(mark.number for mark in table.stored.marks) == [1, 2, 3]
    assert table.map.overlays.unsaved is None
    assert table.window.banner.text == ""
    table.window.actions_by_id[ActionId.UNDO].trigger()
    assert len(table.stored.marks) == 2
