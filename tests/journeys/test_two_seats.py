"""Three seats on one server: two windows of a therapist, one of a colleague who reads along."""

from dataclasses import dataclass, replace
from pathlib import Path
from time import monotonic

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from bodymap.app import Application
from bodymap.app_window import make_window
from bodymap.atlas.ids import ViewId
from bodymap.chart.people import Role as ClinicRole
from bodymap.desk.merging import Whose
from bodymap.desk.relocating import Destination, Role
from bodymap.storage.postgres.database import open_database
from bodymap.widgets.main_window import MainWindow
from bodymap.widgets.merging.following import LOOK_EVERY_MS
from bodymap.widgets.merging.page import MergePage
from tests.builders import a_patient, a_user, a_visit, an_episode
from tests.desk.reviewed import ready
from tests.postgres import OWNER, PASSWORD, SEAT, running_server
from tests.storage.proxy import Wire
from tests.vaults import CHEAP, found_clinic
from tests.vaults import OWNER as THERAPIST
from tests.vaults import PASSWORD as TYPED
from tests.windows import close

COLLEAGUE = a_user(2, login="sam", role=ClinicRole.SUPERVISOR)
VISIT = ready(a_visit(2, 0, 0))
AT = (60.0, 500.0)
SEEN_MS = 2000

pytestmark = pytest.mark.journey


@pytest.fixture(scope="module")
def server():
    with running_server() as server:
        yield server


@pytest.fixture
def folder(tmp_path, server) -> Path:
    """A clinic on the server, with a draft that lacks nothing."""
    application = found_clinic(tmp_path / "clinic")
    with application.open_work() as work:
        work.people.put_user(COLLEAGUE)
        work.people.put_patient(a_patient(alerts=()))
        work.people.put_episode(an_episode())
        work.visits.add(VISIT)
        work.commit()
    application.vault.give_way_in(COLLEAGUE.id, COLLEAGUE.login, TYPED)
    destination = Destination(
        host=f"127.0.0.1:{server.port}",
        database=server.empty_database(),
        daily=Role(SEAT, PASSWORD),
        owner=Role(OWNER, PASSWORD),
        is_this_computer=True,
    )
    assert application.relocating.to_server(destination).rows["visit"] == 1
    application.close()
    return application.folder


@dataclass
class Seat:
    application: Application
    window: MainWindow

    @property
    def session(self):
        return self.window.session

    @property
    def visit(self):
        return self.session.charting.visit

    @property
    def told(self) -> str:
        return self.window.banner.text

    def note(self, text: str) -> None:
        self.session.push(self.session.charting.note(ViewId.POSTERIOR, *AT, text))

    def write(self, text: str) -> None:
        mark = next(mark for mark in self.visit.marks if mark.text.startswith("Scar"))
        self.session.push(self.session.charting.edit(replace(mark, text=text)))


@pytest.fixture
def sit_down(qtbot, nothing_left_open, folder, tmp_path):
    """Open a window at a seat, on the visit."""
    seats = []

    def sit(user, wire: Wire | None = None) -> Seat:
        application = Application(folder, CHEAP)
        application.sign_in.sign_in(user.login, TYPED)
        if wire is not None:
            address = application._data_file.address
            port = address.as_url().port
            cut = replace(address, url=address.url.replace(f":{port}/", f":{wire.port}/"))
            application.__dict__["_data_file"].close()
            application.__dict__["_data_file"] = open_database(cut)
        window = make_window(application, tmp_path / f"window-{len(seats)}.ini")
        window.resize(1200, 800)
        window.show()
        window.open_visit(VISIT.id)
        seats.append(Seat(application, window))
        return seats[-1]

    yield sit
    for seat in seats:
        close(seat.window)
        seat.window.deleteLater()
        seat.application.close()


@pytest.fixture
def soon(qtbot):
    """Waits until something is so; a seat that looks as often sees it in time, or nearly."""

    def wait(is_so) -> None:
        began = monotonic()
        qtbot.waitUntil(is_so)
        taken.append(1000 * (monotonic() - began))

    taken: list[float] = []
    yield wait
    assert 2 * LOOK_EVERY_MS <= SEEN_MS
    assert min(taken) < 10 * SEEN_MS  # on a machine that is as slow as can be


def test_three_seats_on_one_visit(sit_down, soon) -> None:
    one, two, reader = sit_down(THERAPIST), sit_down(THERAPIST), sit_down(COLLEAGUE)
    one.note("Scar, avoid")
    soon(lambda: two.visit.marks == one.visit.marks)
    soon(lambda: reader.visit.marks == one.visit.marks)
    assert not reader.visit.is_open

    one.write("Scar, 2 cm")
    two.write("Scar, healed")  # before it has heard of the other's
    page = two.window.findChild(MergePage)
    assert page.isVisible()
    assert one.visit.marks != two.visit.marks
    words = " ".join(label.text() for label in page.findChildren(QLabel))
    assert "2 cm" in words
    assert "healed" in words
    (choice,) = page.choices
    QTest.mouseClick(choice.button(Whose.MINE), Qt.MouseButton.LeftButton)
    QTest.mouseClick(page.keep, Qt.MouseButton.LeftButton)
    assert two.visit.marks[-1].text == "Scar, healed"
    soon(lambda: one.visit.marks == two.visit.marks)
    soon(lambda: reader.visit.marks == two.visit.marks)

    one.application.signing.sign(VISIT.id, TYPED, one.visit)
    two.write("Scar, red")
    assert "signed" in two.told
    assert two.visit.marks[-1].text == "Scar, healed"
    soon(lambda: reader.visit.state == "signed")


def test_a_seat_whose_network_is_cut_goes_on(server, sit_down, soon) -> None:
    wire = Wire(server.port)
    one, far = sit_down(THERAPIST), sit_down(THERAPIST, wire)
    far.note("Scar, avoid")
    soon(lambda: one.visit.marks == far.visit.marks)
    wire.cut()
    far.note("Scar, further down")
    assert "cannot be reached" in far.told
    assert len(far.session.unsaved) == 1
    assert len(far.visit.marks) == len(one.visit.marks)
    one.note("Scar, at the other seat")
    wire.mend()
    far.session.try_again()
    assert far.session.unsaved == ()
    texts = {mark.text for mark in far.visit.marks if mark.text.startswith("Scar")}
    assert texts == {"Scar, avoid", "Scar, further down", "Scar, at the other seat"}
    soon(lambda: one.visit.marks == far.visit.marks)
    wire.close()


def test_what_is_listed_waits_for_the_server(qtbot, server, sit_down) -> None:
    wire = Wire(server.port)
    far = sit_down(THERAPIST, wire)
    far.note("Scar, avoid")
    assert far.window.reception.is_behind
    wire.cut()  # before the list of visits is brought up to date, and until the window closes
    qtbot.waitUntil(lambda: not far.window.reception.is_behind)
    assert far.visit.marks[-1].text == "Scar, avoid"
    wire.close()
