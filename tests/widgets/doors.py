"""A clinic with a backup, and its window opened as a person opens it, through the entrance."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bodymap.app import Application
from bodymap.app_window import make_doorway
from bodymap.chart.people import Role, User, UserId
from tests.builders import a_patient, a_visit, an_episode
from tests.vaults import CHEAP, PASSWORD, found_clinic
from tests.widgets.test_entrance import Door
from tests.windows import close


def a_backed_up_clinic(folder: Path) -> Path:
    """A clinic with a visit, a trainee, and one backup; then one more patient came."""
    application = found_clinic(folder)
    trainee = User(UserId("trainee"), "Tim Trainee", Role.TRAINEE, "tim")
    with application.open_work() as work:
        work.people.put_user(trainee)
        work.people.put_patient(a_patient())
        work.people.put_episode(an_episode())
        work.visits.add(a_visit())
        work.commit()
    application.vault.give_way_in(trainee.id, trainee.login, PASSWORD)
    application.backing_up.back_up()
    with application.open_work() as work:
        work.people.put_patient(a_patient(2))
        work.people.put_episode(an_episode(patient=2))
        work.visits.add(a_visit(number=2, patient=2))
        work.commit()
    application.close()
    return application.folder


@contextmanager
def opening(qtbot, settings: Path) -> Iterator[Callable[[Path], Door]]:
    """Opens clinics; all that was opened is closed in the end."""
    opened = []

    def open_folder(folder: Path) -> Door:
        application = Application(folder, CHEAP)
        doorway = make_doorway(application, settings)
        doorway.begin()
        opened.append((application, doorway))
        return Door(qtbot, application, doorway)

    yield open_folder
    for application, doorway in opened:
        for window in (doorway.window, doorway.entrance):
            if window is not None:
                close(window)
        application.close()


def sign_in(door: Door, **who: str) -> None:
    """Let somebody in, and wait for the window."""
    door.sign_in(**who)
    door.until(lambda: door.window is not None)
