"""The standard session, counted: no more clicks and keys than a therapist has patience for."""

import pytest
from PySide6.QtWidgets import QApplication

from benchmarks.p15_standard_session import MOST
from benchmarks.sitting import demo_sitting
from benchmarks.standard_session import StandardSession

pytestmark = [pytest.mark.gui, pytest.mark.journey]


def test_the_standard_session_takes_at_most_sixty_clicks_and_keys(qtbot, tmp_path):
    assert QApplication.instance() is not None
    with demo_sitting() as sitting:
        session = StandardSession(sitting)
        spent = session.chart()
        sitting.window.grab().save(str(tmp_path / "session.png"))
        assert session.lacks() == []
    assert sum(spent.values()) <= MOST, spent
