"""The window before the application: opened for somebody, or drawn where nobody sees it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bodymap.atlas.ids import Dissection, ViewId
from bodymap.errors import BodymapError
from bodymap.premises import Premises
from bodymap.widgets.loading import load_qt

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from bodymap.app import Application
    from bodymap.chart.visit import VisitId
    from bodymap.widgets.doorway import Doorway
    from bodymap.widgets.main_window import MainWindow
    from bodymap.widgets.printing.save_as import SaveAs
    from bodymap.widgets.settings import Settings


@dataclass(frozen=True, slots=True)
class Picture:
    """What a snapshot shows, and how large it is in pixels."""

    view: ViewId
    dissection: Dissection
    width: int
    height: int


def run_window(premises: Premises) -> int:
    """Open the window and stay until it is closed; the answer is the exit code.

    Raises:
        BodymapError: There is no screen to show it on.
    """
    load_qt()
    from bodymap.widgets.instance import FirstInstance, come_forward  # noqa: PLC0415
    from bodymap.widgets.starting import (  # noqa: PLC0415 - the command line works without Qt
        Uncaught,
        check_display,
        qt_application,
    )

    check_display()
    qt = qt_application()
    first = FirstInstance(premises.folder)
    if not first.begin():
        return 0  # the window that is open has come forward
    first.called.connect(come_forward)
    doorway = _doorway(premises, None)
    Uncaught(doorway, doorway.show_problem)
    doorway.begin()
    code = qt.exec()
    premises.close()
    return code


def make_doorway(application: "Application", settings_file: Path | None = None) -> "Doorway":
    """The way from the entrance to the desk; Qt must be running.

    Args:
        application: What is signed in to.
        settings_file: Where the window's own settings are kept, if not in the platform's place.
    """
    return _doorway(Premises.of(application), settings_file)


def _doorway(premises: Premises, settings_file: Path | None) -> "Doorway":
    from bodymap.widgets.doorway import Doorway  # noqa: PLC0415
    from bodymap.widgets.entrance.entrance import Entrance  # noqa: PLC0415

    settings = make_settings(settings_file)

    def make_entrance() -> Entrance:
        shown = (settings.view, settings.theme, settings.touch)
        return Entrance(premises, settings, _save_as, warm_up=lambda: warm_up(premises, *shown))

    return Doorway(
        premises,
        make_entrance,
        lambda: make_window(premises.application, settings_file),
        settings,
    )


def _save_as(parent: "QWidget") -> "SaveAs":
    from bodymap.widgets.printing.save_as import FileDialogSaveAs  # noqa: PLC0415 - seldom asked

    return FileDialogSaveAs(parent)


def warm_up(premises: Premises, view: ViewId, theme: str, touch: bool) -> None:  # noqa: FBT001
    """Load what the desk and its window need, while the password is typed.

    Args:
        premises: What is signed in to.
        view: What is shown first.
        theme: In which look.
        touch: Whether with targets for fingers.
    """
    premises.warm_up()
    from bodymap.widgets.ahead import make_ready  # noqa: PLC0415 - slow to load
    from bodymap.widgets.theme import Theme  # noqa: PLC0415

    make_ready(premises.application.atlas, view, Theme.load(theme, touch=touch))


def make_window(application: "Application", settings_file: Path | None = None) -> "MainWindow":
    """The main window over the application; Qt must be running.

    Args:
        application: What the window works on.
        settings_file: Where the window's own settings are kept, if not in the platform's place.
    """
    from bodymap.widgets.data_page.keeping import DataKeeping  # noqa: PLC0415
    from bodymap.widgets.examining import Examining  # noqa: PLC0415
    from bodymap.widgets.main_window import MainWindow  # noqa: PLC0415
    from bodymap.widgets.reading_bar import put_on_top  # noqa: PLC0415
    from bodymap.widgets.reviewing import Reviews  # noqa: PLC0415
    from bodymap.widgets.seats.opening import SeatsOpening  # noqa: PLC0415
    from bodymap.widgets.theme import Theme  # noqa: PLC0415

    settings = make_settings(settings_file)
    theme = Theme.load(settings.theme, touch=settings.touch)
    window = MainWindow(
        application.clinic, application.printing, application.atlas, theme, settings
    )
    window.let_sign(application.signing)
    Examining(window, application.verifying, settings)
    Reviews(window, application.reviewing)
    DataKeeping(window, application.backing_up, SeatsOpening(window, application.relocating))
    put_on_top(window, lambda: application.only_reading)
    return window


def make_settings(settings_file: Path | None = None) -> "Settings":
    """What the window remembers, in a file or in the platform's place."""
    from PySide6.QtCore import QSettings  # noqa: PLC0415

    from bodymap.widgets.settings import Settings  # noqa: PLC0415

    if settings_file is None:
        return Settings(QSettings("bodymap", "bodymap"))
    return Settings(QSettings(str(settings_file), QSettings.Format.IniFormat))


def chart_off_screen(application: "Application", folder: Path) -> Iterator[tuple[str, Path]]:
    """Chart the demo session through the real window where nobody sees it.

    Yields:
        What was left in the folder, and where: a picture of the window and the printed page.

    Raises:
        BodymapError: The folder or a file in it cannot be written.
    """
    load_qt()
    from bodymap.app import make_folder  # noqa: PLC0415
    from bodymap.widgets.demo_session import DemoSession  # noqa: PLC0415
    from bodymap.widgets.starting import qt_application  # noqa: PLC0415

    make_folder(folder)
    qt_application()
    window = make_window(application)
    session = DemoSession(window, application.clinic, application.atlas, application.access.user.id)
    visit = session.chart()
    session.save_picture(folder / "window.png")
    yield "screenshot", folder / "window.png"
    summary = application.printing.summary(visit, folder / "summary.pdf")
    yield "session summary", summary
    window.close()


def save_recovery_sheet(clinic: str, key: str, target: Path) -> None:
    """Save a recovery key as a sheet to print.

    Raises:
        BodymapError: The file cannot be written.
    """
    load_qt()
    from bodymap.widgets.entrance.recovery_sheet import save_sheet  # noqa: PLC0415
    from bodymap.widgets.starting import qt_application  # noqa: PLC0415

    qt_application()
    save_sheet(clinic, key, target)


def save_snapshot(
    application: "Application", visit: "VisitId", wanted: Picture, target: Path
) -> Path:
    """Save the map of a visit as the window shows it, and say where.

    Raises:
        NotFoundError: No such visit.
        DeniedError: The one who is signed in may not take charts away.
        BodymapError: The file cannot be written.
    """
    from bodymap.chart.audit import AuditAction  # noqa: PLC0415 - the window needs none of it
    from bodymap.chart.permissions import Action  # noqa: PLC0415
    from bodymap.desk.auditing import put_down, taken_back  # noqa: PLC0415

    load_qt()
    from bodymap.widgets.map.view import MapView  # noqa: PLC0415
    from bodymap.widgets.starting import qt_application  # noqa: PLC0415
    from bodymap.widgets.theme import Theme  # noqa: PLC0415

    with application.access.guarded(Action.EXPORT)() as work:
        work.visits.get(visit)  # asked first: nothing is read by who may not take it away
    charting = application.clinic.chart(visit)
    qt_application()
    body = MapView(application.atlas, Theme.load())
    body.set_charting(charting)
    body.show_view(wanted.view)
    body.show_dissection(wanted.dissection)
    if not body.snapshot(wanted.width, wanted.height).save(str(target)):
        raise BodymapError(
            f"The picture {target} could not be written. "
            "Name a file that ends in .png, in a folder that is there."
        )
    with taken_back(target):
        put_down(application.open_work, AuditAction.EXPORTED, charting.visit)
    return target
