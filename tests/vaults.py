"""A fixed key, and a clinic to sign in to that does not slow the tests."""

from pathlib import Path

from bodymap.app import Application
from bodymap.chart.people import Role
from bodymap.chart.visit import Visit
from bodymap.errors import WrongPasswordError
from bodymap.storage.datafile import DataFile, open_data_file
from bodymap.storage.vault.cost import Cost
from bodymap.storage.vault.keys import DataKey
from tests.builders import a_patient, a_user, an_episode

KEY = DataKey(bytes(range(32)))
CHEAP = Cost(memory_kib=8, passes=1)
OWNER = a_user(login="tilda", also=frozenset({Role.ADMIN}))
PASSWORD = "a horse of a fair colour"  # noqa: S105 - of a clinic that is made up


def a_data_file(folder: Path) -> DataFile:
    """The data file of a folder, under the fixed key."""
    return open_data_file(folder, KEY)


def found_clinic(folder: Path) -> Application:
    """A clinic that was set up just now, with its owner at the desk."""
    folder.mkdir(parents=True, exist_ok=True)
    application = Application(folder, CHEAP)
    application.vault.set_up("Practice Sample", (OWNER.id, OWNER.login), PASSWORD)
    application.vault.hand_over_recovery_key()
    with application.open_work() as work:
        work.people.put_user(OWNER)
        work.commit()
    application.access.begin(OWNER.id)
    return application


def put_visit(application: Application, visit: Visit) -> None:
    """Store a visit, with its patient and complaint, past all guards."""
    with application.open_work() as work:
        work.people.put_patient(a_patient())
        work.people.put_episode(an_episode())
        work.visits.add(visit)
        work.commit()


def opens(folder: Path, recovery_key: str) -> bool:
    """Whether a recovery key opens a clinic."""
    application = Application(folder, CHEAP)
    try:
        application.vault.recover(recovery_key)
    except WrongPasswordError:
        return False
    finally:
        application.close()
    return True


def signed_in(folder: Path) -> Application:
    """The application on a clinic that was founded before, with its owner at the desk."""
    application = Application(folder, CHEAP)
    application.sign_in.sign_in(OWNER.login, PASSWORD)
    return application
