"""The clinic goes to a server and back from the window, and the window works on at each place."""

import pytest
from PySide6.QtWidgets import QLineEdit

from bodymap.storage.datafolder import FILE_NAME
from bodymap.widgets.actions import ActionId
from bodymap.widgets.data_page.keeping import DataKeeping
from bodymap.widgets.seats.opening import SeatsOpening
from tests.postgres import OWNER, PASSWORD, SEAT, running_server
from tests.widgets.doors import sign_in


@pytest.fixture(scope="module")
def server():
    with running_server() as server:
        yield server


def opened(door):
    door.do(ActionId.DATA)
    door.press("several-seats")
    return door.window.findChild(SeatsOpening)


def fill(page, **texts):
    for name, text in texts.items():
        page.findChild(QLineEdit, f"seats-{name.replace('_', '-')}").setText(text)


def filled(page, server, database):
    fill(
        page,
        host=f"127.0.0.1:{server.port}",
        database=database,
        daily=SEAT,
        daily_password=PASSWORD,
        owner=OWNER,
        owner_password=PASSWORD,
    )
    page.here.setChecked(True)
    return page


def moved(door, seats):
    door.press("seats-move")
    door.qtbot.waitUntil(lambda: not seats.errand.is_running)


def test_there_and_back(door, folder, server):
    name = server.empty_database()
    seats = opened(door)
    page = filled(seats.page, server, name)
    moved(door, seats)
    assert page.problem.text() == ""
    assert "2 patients, 2 visits" in page.notice.text()
    assert "counted and compared" in page.notice.text()
    assert "pg_checksums" in page.notice.text()
    assert page.daily.password.control.text() == ""
    assert not (folder / FILE_NAME).exists()
    page.put_away()
    assert door.application.is_on_server
    assert len(door.application.clinic.patients()) == 2
    door.application.backing_up.back_up()
    seats = opened(door)
    assert seats.page._server == "127.0.0.1"
    fill(seats.page, owner=OWNER, owner_password=PASSWORD)
    moved(door, seats)
    assert "data file of this computer again" in seats.page.notice.text()
    assert not door.application.is_on_server
    assert (folder / FILE_NAME).exists()
    assert len(door.application.clinic.patients()) == 2


@pytest.mark.parametrize(
    ("entered", "words"),
    [
        ({"host": ""}, "name of the server is missing"),
        ({"owner": SEAT}, "have to be different"),
        ({"owner_password": "wrong"}, "does not let this role in"),
        ({"database": "nowhere"}, "no such database"),
        ({"host": "far.example"}, "Only a server on this computer"),
    ],
)
def test_what_cannot_be_is_told_and_nothing_moves(door, folder, server, entered, words):
    name = server.empty_database()
    seats = opened(door)
    page = filled(seats.page, server, name)
    fill(page, **entered)
    moved(door, seats)
    assert words in page.problem.text()
    assert page.move_button.isEnabled()
    assert (folder / FILE_NAME).exists()
    assert len(door.application.clinic.patients()) == 2


def test_it_can_be_stopped(door, folder, server, monkeypatch):
    name = server.empty_database()
    seats = opened(door)
    page = filled(seats.page, server, name)
    monkeypatch.setattr(seats.errand, "_tell", stopping(seats))
    moved(door, seats)
    assert "Stopped" in page.problem.text()
    assert (folder / FILE_NAME).exists()
    assert len(door.application.clinic.patients()) == 2
    filled(page, server, name)
    monkeypatch.undo()
    moved(door, seats)
    assert "2 patients" in page.notice.text()


def stopping(seats):
    tell = seats.errand._tell

    def tell_once(what, done, whole):
        seats.errand.stop()
        tell(what, done, whole)

    return tell_once


def test_a_trainee_is_not_offered_it(open_door, folder):
    door = open_door(folder)
    sign_in(door, login="tim")
    door.do(ActionId.DATA)
    assert door.window.findChild(DataKeeping).page.seats.isHidden()
