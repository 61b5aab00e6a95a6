"""A long day at the desk, patient after patient: the window neither grows nor slows down."""

import gc
import os
import time
from datetime import date
from pathlib import Path
from random import Random
from statistics import median

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from bodymap.atlas.ids import ViewId
from bodymap.widgets.actions import ActionId
from tests.torture import IS_ON, put_down, times

pytestmark = [
    pytest.mark.gui,
    pytest.mark.journey,
    pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="reads its size from /proc"),
]

PATIENTS = times(4, 40)
MARKS = times(6, 30)
SETTLED = PATIENTS // 8 + 1
"""After so many patients whatever is kept for the day has been made."""

GROWTH_MIB = 15.0
SLOWER = 1.2
BORN = date(1980, 1, 1)
CONTROL = Qt.KeyboardModifier.ControlModifier


def resident_mib():
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def open_files():
    return len(list(Path("/proc/self/fd").iterdir()))


def treat(table, chance, number, tmp_path):
    """One patient from the door to the printed page; the seconds of each click."""
    clinic = table.application.clinic
    patient = clinic.add_patient("Sample", f"Day {number}", BORN)
    visit = clinic.begin_visit(patient.id, table.application.access.user.id, "Right shoulder")
    table.window.finding.choose_patient(patient)
    table.window.open_visit(visit.id)
    table.map.show_view(ViewId.POSTERIOR)
    u, v = table.in_muscle("infraspinatus")
    table.look_at((u, v))
    table.window.actions_by_id[ActionId.TOOL_NEEDLE].trigger()
    clicks = []
    for _ in range(MARKS):
        began = time.perf_counter()
        table.click((u + chance.uniform(-40, 40), v + chance.uniform(-50, 50)))
        QApplication.processEvents()
        clicks.append(time.perf_counter() - began)
    for view in (ViewId.ANTERIOR, ViewId.POSTERIOR, ViewId.SOLES, ViewId.POSTERIOR):
        table.map.show_view(view)
        table.settle()
    QTest.keyClick(table.map, Qt.Key.Key_Z, CONTROL)
    table.window.finding.search(f"day {number}")
    table.application.printing.summary(visit.id, tmp_path / "day.pdf")
    assert table.stored == table.visit
    assert len(table.stored.marks) == MARKS - 1
    return clicks


def come_to_rest(table):
    """Let all that goes on beside the window come to its end."""
    table.qtbot.waitUntil(lambda: not table.window.reception.is_behind)
    assert table.window.background.wait()
    QTest.qWait(20)
    assert table.window.background.wait()
    QTest.qWait(20)


def test_a_day_leaves_nothing_behind(folder, sit_down, tmp_path):
    table, chance = sit_down(folder), Random(28)  # noqa: S311 - repeatable on purpose
    clicks, sizes, files, objects = [], [], [], []
    for number in range(PATIENTS):
        clicks.append(median(treat(table, chance, number, tmp_path)))
        come_to_rest(table)
        sizes.append(resident_mib())
        files.append(open_files())
        objects.append(len(table.window.findChildren(QObject)))
    growth = sizes[-1] - sizes[SETTLED]
    assert files[-1] <= files[SETTLED] + 2
    assert objects[-1] <= objects[SETTLED] * 1.02 + 20
    if IS_ON:
        half = PATIENTS // 2
        assert growth < GROWTH_MIB
        assert median(clicks[half:]) <= SLOWER * median(clicks[SETTLED:half])
    put_down("R28", f"patients in a day, {growth:.1f} MiB more at its end", PATIENTS, 0)
