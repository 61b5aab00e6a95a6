"""What many tests need: the body, and a clinic's data file, both real."""

import gc
import os

import pytest
from hypothesis import HealthCheck, settings

from bodymap.atlas.hit import Atlas
from tests.vaults import a_data_file

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# How long an example takes says how busy the machine is, not whether the program is right.
settings.register_profile(
    "patient", settings.default, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("patient")


@pytest.fixture(scope="session")
def qapp():
    """Qt as the program starts it."""
    from bodymap.widgets.starting import qt_application  # noqa: PLC0415 - most tests need no Qt

    return qt_application()


@pytest.fixture
def qtbot(qapp, request):
    """Pytest-qt's, with more patience."""
    from tests.patience import PatientBot  # noqa: PLC0415 - most tests need no Qt

    return PatientBot(request)


def pytest_runtest_setup(item):
    if "qapp" in item.fixturenames:
        item.fixturenames.append("nothing_left_open")


@pytest.fixture
def nothing_left_open(qtbot):
    """Nothing that a test shows or begins goes on into the next one."""
    from PySide6.QtCore import QThreadPool  # noqa: PLC0415 - most tests need no Qt
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415

    before = set(QApplication.topLevelWidgets())
    yield
    qtbot.waitUntil(lambda: not QThreadPool.globalInstance().activeThreadCount())
    left = [w for w in QApplication.topLevelWidgets() if w not in before and w.isVisible()]
    assert not left, f"windows left open: {left}"


@pytest.fixture(autouse=True)
def windows_are_cleared_away(request):
    """What a window leaves goes at once: bodymap collects it later, and no test stays so long."""
    yield
    if "qapp" in request.fixturenames:
        gc.collect()


@pytest.fixture(scope="session")
def atlas(tmp_path_factory):
    """The body; opened once, for it never changes."""
    return Atlas.load(cache_dir=tmp_path_factory.mktemp("drawings"))


@pytest.fixture
def open_work(tmp_path):
    """Opens transactions on a real, empty data file."""
    file = a_data_file(tmp_path / "clinic")
    yield file.open_work
    file.close()
