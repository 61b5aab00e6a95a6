"""A real window over a real clinic in a temporary file."""

from datetime import date, datetime, timedelta, timezone

import pytest
from PySide6.QtCore import QSettings, Qt
from sqlalchemy import text

from bodymap.atlas.areas import inside_point
from bodymap.atlas.ids import LayerId, Side, ViewId
from bodymap.chart.people import AdministrativeSex
from bodymap.desk.clinic import Clinic
from bodymap.desk.printing import Printing
from bodymap.widgets.main_window import MainWindow
from bodymap.widgets.settings import Settings
from bodymap.widgets.theme import Theme
from tests.widgets.doors import a_backed_up_clinic, opening, sign_in
from tests.windows import close


class TickingClock:
    """One second later each time it is asked."""

    def __init__(self) -> None:
        self._now = datetime(2026, 11, 21, 10, 42, 0, tzinfo=timezone(timedelta(hours=1)))

    def now(self) -> datetime:
        self._now += timedelta(seconds=1)
        return self._now


class FilePrinter:
    """Writes a few bytes where a page was asked for; the real one has tests of its own."""

    def __init__(self) -> None:
        self.papers: list[str] = []
        self.problem: Exception | None = None

    def print_summary(self, record, target, paper) -> None:
        if self.problem is not None:
            raise self.problem
        self.papers.append(paper)
        target.write_bytes(b"%PDF-1.7 " + record.patient.full_name.encode())


class ChosenPath:
    """The file dialog's stand-in: always answers with the same path."""

    def __init__(self, path) -> None:
        self.path = path
        self.suggested: list[tuple[str, str]] = []
        self.opened: list[object] = []

    def ask(self, folder, name, then):
        self.suggested.append((folder, name))
        if self.path is not None:
            then(self.path)

    def open(self, path) -> None:
        self.opened.append(path)


@pytest.fixture
def clinic(open_work, atlas):
    return Clinic(open_work, atlas, TickingClock())


@pytest.fixture
def therapist(clinic):
    return clinic.add_user("Noor Placeholder")


@pytest.fixture
def patient(clinic):
    return clinic.add_patient("Example", "Amara", date(1984, 3, 12), AdministrativeSex.FEMALE)


@pytest.fixture
def visit(clinic, patient, therapist):
    return clinic.begin_visit(patient.id, therapist.id, "Right shoulder")


@pytest.fixture
def printer():
    return FilePrinter()


@pytest.fixture
def save_as(tmp_path):
    return ChosenPath(tmp_path / "summary.pdf")


@pytest.fixture
def settings(tmp_path, qapp):
    return Settings(QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat))


@pytest.fixture
def printing(open_work, printer):
    return Printing(open_work, printer)


@pytest.fixture
def window(qtbot, clinic, printing, save_as, settings, atlas):
    window = MainWindow(
        clinic,
        printing,
        atlas,
        Theme.load(settings.theme),
        settings,
        save_as=save_as,
    )
    window.resize(1440, 900)
    with qtbot.waitExposed(window):
        window.show()
    yield window
    close(window)
    window.deleteLater()


@pytest.fixture
def charted(window, visit):
    """The window with an open, empty visit, seen from behind."""
    window.open_visit(visit.id)
    window.map.show_view(ViewId.POSTERIOR)
    return window


@pytest.fixture
def infraspinatus(atlas):
    """A point well inside the patient's right infraspinatus, seen from behind."""
    shapes = atlas.view(ViewId.POSTERIOR).drawing.in_layer(LayerId.MUSCLES_SUPERFICIAL)
    shape = next(s for s in shapes if (s.structure, s.side) == ("infraspinatus", Side.RIGHT))
    return inside_point(shape.polygon())


@pytest.fixture
def click(qtbot, charted):
    """Clicks the map at a point of the body."""

    def at(u, v):
        pixel = charted.map.mm_to_view(u, v).toPoint()
        qtbot.mouseClick(charted.map.viewport(), Qt.MouseButton.LeftButton, pos=pixel)

    return at


@pytest.fixture
def press(qtbot, window):
    """Presses a key while the map has the focus."""

    def key(name, modifiers=Qt.KeyboardModifier.NoModifier):
        window.activateWindow()
        window.map.setFocus()
        qtbot.keyClick(window.map, name, modifiers)

    return key


@pytest.fixture
def signed(clinic, open_work, visit):
    """A visit with one trigger point that was signed."""
    charting = clinic.chart(visit.id)
    charting.do(charting.trigger_point(ViewId.POSTERIOR, 0, 300))
    with open_work() as work:
        work._session.execute(
            text("UPDATE visit SET state = 'signed' WHERE id = :id"), {"id": visit.id}
        )
        work.commit()
    return clinic.visit(visit.id)


@pytest.fixture
def folder(tmp_path):
    """A clinic with two visits, of which one is in the backup."""
    return a_backed_up_clinic(tmp_path / "clinic")


@pytest.fixture
def open_door(qtbot, tmp_path, nothing_left_open, monkeypatch):
    """Opens clinics at the entrance; the day's backup is not made while a test goes on."""
    monkeypatch.setattr("bodymap.widgets.data_page.keeping.FIRST_LOOK_MS", 3_600_000)
    with opening(qtbot, tmp_path / "window.ini") as open_folder:
        yield open_folder


@pytest.fixture
def door(open_door, folder):
    """The owner at the desk of that clinic."""
    door = open_door(folder)
    sign_in(door)
    return door
