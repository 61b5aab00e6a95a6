"""R17: whatever is open and whatever goes on, the lock covers it in time and gives it back."""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFrame,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QWidget,
)
from shiboken6 import delete, isValid

from bodymap.app import Application
from bodymap.app_window import make_doorway
from bodymap.atlas.ids import ViewId
from bodymap.chart.audit import AuditAction, AuditQuestion
from bodymap.chart.people import Role
from bodymap.desk.charting import Charting
from bodymap.errors import StorageError
from bodymap.widgets.actions import ActionId
from bodymap.widgets.controls.veil import Veiled
from bodymap.widgets.entrance.idle import Clocks, Idle
from bodymap.widgets.entrance.lock import Lock, Why
from bodymap.widgets.leaving import LeavingPage
from tests.builders import a_patient, a_user, a_visit, an_episode
from tests.vaults import CHEAP, OWNER, PASSWORD

WORDS = "words half typed"

OPENS = (
    *(ActionId.FIND_PATIENT, ActionId.NEW_PATIENT, ActionId.PATIENT_PAGE, ActionId.OVER_TIME),
    *(ActionId.FIGURES, ActionId.NEW_VISIT, ActionId.SIGN, ActionId.REVIEWS, ActionId.NEXT_REVIEW),
    *(ActionId.COMMENT, ActionId.ROUNDS, ActionId.TRAINEES, ActionId.AUDIT, ActionId.PRINT),
    *(ActionId.PAGE_SCREENING, ActionId.PAGE_CONSENT, ActionId.PAGE_NEEDLES),
    *(ActionId.PAGE_MEASURES, ActionId.PAGE_TEXT, ActionId.PAGE_EVENTS, ActionId.PAGE_CLINIC),
    *(ActionId.COPY_FORWARD, ActionId.REFERENCE, ActionId.FIND_MUSCLE, ActionId.EXPLAIN_PAIN),
    *(ActionId.OPEN_MENU, ActionId.KEYS, ActionId.USERS, ActionId.ACCOUNT, ActionId.DATA),
    ActionId.RECOVERY_KEY,
)
"""What brings up a page, a panel, a menu or a dialog."""

OPENS_NOTHING = frozenset(
    {
        *(ActionId.VIEW_FRONT, ActionId.VIEW_BACK, ActionId.VIEW_LEFT, ActionId.VIEW_RIGHT),
        *(ActionId.VIEW_SOLES, ActionId.VIEW_FEET, ActionId.TOOL_SELECT),
        *(ActionId.TOOL_TRIGGER_POINT, ActionId.TOOL_NEEDLE, ActionId.TOOL_PAIN_LASSO),
        *(ActionId.TOOL_PAIN_REGION, ActionId.TOOL_PAIN_BRUSH, ActionId.TOOL_PAIN_ERASER),
        *(ActionId.TOOL_NOTE, ActionId.TOOL_BARRED_AREA, ActionId.SHOW_SKIN, ActionId.SHOW_OUTER),
        *(ActionId.SHOW_MIDDLE, ActionId.SHOW_DEEP, ActionId.LAYER_SKELETON),
        *(ActionId.LAYER_HAZARDS, ActionId.LAYER_REGIONS, ActionId.LAYER_DERMATOMES),
        *(ActionId.LAYER_SEGMENTS, ActionId.ZOOM_IN, ActionId.ZOOM_OUT, ActionId.ZOOM_FIT),
        *(ActionId.UNDO, ActionId.REDO, ActionId.DELETE, ActionId.DUPLICATE, ActionId.MIRROR),
        *(ActionId.NEXT_MARK, ActionId.PREVIOUS_MARK, ActionId.ANSWER_REST_NO),
        *(ActionId.PUT_AWAY, ActionId.SHOW_REFERRAL, ActionId.NEXT_PANEL),
        *(ActionId.PREVIOUS_PANEL, ActionId.CHANGE_THEME, ActionId.TOUCH, ActionId.LOCK),
        *(ActionId.SIGN_OUT, ActionId.QUIT),
    }
)


def test_nothing_that_can_be_opened_is_left_out() -> None:
    """A new action must be given its row: tried below, or named as opening nothing."""
    assert set(OPENS) | OPENS_NOTHING == set(ActionId)
    assert not set(OPENS) & OPENS_NOTHING


class SetClocks:
    """Clocks that are set by hand."""

    def __init__(self) -> None:
        self.now = 0.0

    def clocks(self) -> Clocks:
        return Clocks(lambda: self.now, lambda: self.now)


@dataclass(frozen=True)
class Place:
    """Where somebody is in the window, and what they have typed."""

    title: str
    shown: Counter[str]
    view: ViewId
    camera: object
    chosen: frozenset[object]
    visit: object
    marks: object


class Desk:
    """The window with a visit open, before and behind the lock."""

    def __init__(self, application: Application, folder: Path) -> None:
        self.application = application
        self.folder = folder
        self.doorway = make_doorway(application, folder / "window.ini")
        self.doorway.begin()
        assert self.doorway.window is not None
        assert self.doorway.lock is not None
        self.window, self.lock = self.doorway.window, self.doorway.lock
        self.window.resize(1300, 850)
        self.window.open_visit(a_visit().id)
        self.window.map.show_view(ViewId.POSTERIOR)
        self.window.map.select([a_visit().marks[0].id])
        self.window.actions_by_id[ActionId.TOOL_PAIN_LASSO].trigger()
        self.locks = 0

    def until(self, condition: Callable[[], bool]) -> None:
        for _ in range(1000):
            if condition():
                return
            QTest.qWait(10)
        raise AssertionError("it did not happen")

    def settle(self) -> None:
        """Let what is loaded beside the window arrive."""
        self.window.background.wait()
        for _ in range(3):
            QCoreApplication.processEvents()

    def calm_down(self) -> None:
        """Wait until nothing changes any more, such as the list that is searched."""
        last, same = self.place(), 0
        while same < 4:
            QTest.qWait(40)
            self.settle()
            place = self.place()
            last, same = place, same + 1 if place == last else 0

    def open(self, action: ActionId) -> bool:
        """Open a page as a person does; whether it can be opened now."""
        self.close_all()
        found = self.window.actions_by_id[action]
        can = found.isEnabled()
        if can:
            found.trigger()
            self.calm_down()
        return can

    def close_all(self) -> None:
        for veiled in self.window.findChildren(Veiled):
            veiled.put_away()
        for window in QApplication.topLevelWidgets():
            if isinstance(window, QDialog | QMenu):
                window.close()
        self.come_forward()

    def come_forward(self) -> None:
        self.window.activateWindow()
        self.until(self.window.isActiveWindow)

    @contextmanager
    def typing(self) -> Iterator[QLineEdit | QPlainTextEdit | None]:
        """Words are being typed into a free field, if there is any that takes words."""
        field = next(filter(self._takes_words, self.entries()), None)
        self.calm_down()
        yield field
        if field is not None and isValid(field):
            field.clear()

    def _takes_words(self, field: QLineEdit | QPlainTextEdit) -> bool:
        field.setFocus()
        QTest.keyClicks(field, WORDS)
        field.clearFocus()
        self.settle()
        if isValid(field) and words_in(field) == WORDS:
            field.setFocus()
            return True
        return False

    def locks_in_trail(self) -> int:
        with self.application.open_work() as work:
            return len(work.audit.entries(AuditQuestion(action=AuditAction.LOCKED)))

    def place(self) -> Place:
        body, charting = self.window.map, self.window.session.charting
        assert charting is not None
        return Place(
            self.window.windowTitle(),
            Counter(f"{type(one).__name__} {one.objectName()}" for one in self.lasting()),
            body.view_id,
            body.camera,
            frozenset(body.selection),
            charting.visit.id,
            charting.visit.marks,
        )

    def lasting(self) -> list[QWidget]:
        """What is seen, but for notices, which go by themselves."""
        banner = self.window.banner
        return [w for w in self.visible() if w is not banner and not banner.isAncestorOf(w)]

    def visible(self) -> list[QWidget]:
        popups = (Qt.WindowType.Popup, Qt.WindowType.ToolTip)
        return [
            widget
            for widget in QApplication.allWidgets()
            if widget.isVisible() and widget.window().windowType() not in popups
        ]

    def entries(self) -> list[QLineEdit | QPlainTextEdit]:
        """Empty fields that are seen, on top of all else if anything is."""
        page = next((v for v in self.window.findChildren(Veiled) if v.isVisible()), None)
        within = QApplication.activeModalWidget() or page or self.window
        fields = [*within.findChildren(QLineEdit), *within.findChildren(QPlainTextEdit)]
        free = (f for f in fields if f.isVisible() and f.isEnabled() and not f.isReadOnly())
        return [field for field in free if not words_in(field)]

    def is_covered(self) -> bool:
        """Whether nothing is seen but the lock."""
        page = self.lock.page
        others = [w for w in self.visible() if w not in (self.window, page)]
        return (
            self.lock.is_locked
            and self.window.windowTitle() == "bodymap"
            and page.geometry() == self.window.rect()
            and all(page.isAncestorOf(widget) for widget in others)
            and QApplication.activePopupWidget() is None
        )

    def unlock(self) -> None:
        self.locks += 1
        self.lock.unlock()
        self.settle()


def words_in(field: QLineEdit | QPlainTextEdit) -> str:
    return field.text() if isinstance(field, QLineEdit) else field.toPlainText()


@pytest.fixture(scope="module")
def desk(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("clinic")
    application = Application(folder, CHEAP)
    application.vault.set_up("Practice Sample", (OWNER.id, OWNER.login), PASSWORD)
    application.vault.hand_over_recovery_key()
    owner = a_user(
        role=Role.SUPERVISOR, login="tilda", also=frozenset({Role.ADMIN, Role.THERAPIST})
    )
    with application.open_work() as work:
        work.people.put_user(owner)
        work.people.put_patient(a_patient())
        work.people.put_episode(an_episode())
        work.visits.add(a_visit())
        work.commit()
    application.access.begin(owner.id)
    desk = Desk(application, folder)
    yield desk
    desk.window.close()
    desk.window.deleteLater()
    application.close()


# --- what goes on when it locks: each says what locks it, and how


def left_alone(desk: Desk, minutes: int) -> None:
    """Nobody touches anything; it locks when the time has come, not before, not a second late."""
    clocks = SetClocks()
    idle = Idle(desk.window, minutes, clocks.clocks())
    idle.left.connect(desk.lock.lock)
    due = minutes * 60
    while clocks.now < due - 0.5:
        clocks.now += 0.5
        idle.look()
        assert not desk.lock.is_locked
    clocks.now += 0.9
    idle.look()
    idle.deleteLater()


def never_alone(desk: Desk) -> None:
    clocks = SetClocks()
    idle = Idle(desk.window, 0, clocks.clocks())
    idle.left.connect(desk.lock.lock)
    for _ in range(1000):
        clocks.now += 10
        idle.look()
    idle.deleteLater()
    assert not desk.lock.is_locked
    desk.lock.lock()


def in_a_drag(desk: Desk) -> None:
    """A line is being drawn on the body, or where there is none, words are being chosen."""
    body, field = desk.window.map.viewport(), QApplication.focusWidget()
    held = field if field is not None and not body.isVisible() else body
    at = held.rect().center()
    QTest.mousePress(held, Qt.MouseButton.LeftButton, pos=at)
    for step in range(1, 5):
        QTest.mouseMove(held, at + QPoint(9 * step, 7 * step))
    desk.lock.lock(Why.LEFT_ALONE)
    where = QPointF(at + QPoint(40, 30))
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    release = QEvent.Type.MouseButtonRelease
    modifiers = Qt.KeyboardModifier.NoModifier
    QCoreApplication.sendEvent(held, QMouseEvent(release, where, where, left, none, modifiers))


def in_printing(desk: Desk) -> None:
    target = desk.folder / f"summary {desk.locks}.pdf"
    printing = desk.window.printing
    printing._save(a_visit().id, target)
    desk.lock.lock(Why.LEFT_ALONE)
    assert desk.is_covered()
    desk.settle()
    assert target.stat().st_size > 1000


def in_saving(desk: Desk) -> None:
    """The lock comes while something is written; it neither waits for it nor cuts it short."""
    done: list[int] = []

    def save() -> int:
        with desk.application.open_work() as work:
            work.people.put_patient(a_patient(notes=f"Saved {desk.locks}"))
            work.commit()
        return desk.locks

    desk.window.background.change(desk.lock, save, done.append, lambda _: None)
    desk.lock.lock(Why.LEFT_ALONE)
    assert desk.is_covered()
    desk.settle()
    assert done == [desk.locks]


def by_the_screen(desk: Desk) -> None:
    assert desk.doorway.screen is not None
    desk.doorway.screen.hear_lock()


def by_sleep(desk: Desk) -> None:
    assert desk.doorway.screen is not None
    desk.doorway.screen.hear_sleep(True)


SITUATIONS: dict[str, Callable[[Desk], None]] = {
    "never": never_alone,
    "1 min": lambda desk: left_alone(desk, 1),
    "5 min": lambda desk: left_alone(desk, 5),
    "15 min": lambda desk: left_alone(desk, 15),
    "in a drag": in_a_drag,
    "in printing": in_printing,
    "in saving": in_saving,
    "screen": by_the_screen,
    "sleep": by_sleep,
}


@pytest.mark.parametrize("action", OPENS)
def test_the_lock_covers_each_page_in_each_situation(desk: Desk, action: ActionId) -> None:
    if not desk.open(action):
        assert action in NOT_NOW
        return
    locks = desk.locks_in_trail()
    with desk.typing() as field:
        before, typed = desk.place(), field and words_in(field)
        for happen in SITUATIONS.values():
            happen(desk)
            assert desk.is_covered()
            desk.unlock()
            after = desk.place()
            assert sorted((before.shown - after.shown).elements()) == []
            assert replace(after, shown=before.shown) == before
            assert field is None or words_in(field) == typed
    assert desk.locks_in_trail() == locks + len(SITUATIONS)
    desk.close_all()


NOT_NOW = frozenset({ActionId.NEXT_REVIEW, ActionId.COMMENT, ActionId.ROUNDS})
"""What a therapist's own draft does not offer; what they open is in the panels tried here."""


def test_the_picture_of_a_locked_window_is_the_same_whatever_is_beneath(desk: Desk) -> None:
    pictures = set()
    for action in (ActionId.PAGE_TEXT, ActionId.USERS, ActionId.PATIENT_PAGE):
        desk.open(action)
        desk.lock.lock()
        QCoreApplication.processEvents()
        desk.lock.page.setFocus()
        picture = desk.window.grab().toImage()
        pictures.add(bytes(picture.constBits()))
        desk.unlock()
        desk.close_all()
    assert len(pictures) == 1


def test_what_shows_up_late_waits_for_the_unlocking(desk: Desk) -> None:
    """A dialog, a card over the window and a message that come while nobody is there."""
    desk.lock.lock()
    dialog, card = QDialog(desk.window), QFrame(desk.window)
    card.setGeometry(desk.window.rect())
    for late in (dialog, card):
        late.show()
        late.raise_()
    desk.window.banner.show_notice("Summary saved as Amara Example.pdf")
    QCoreApplication.processEvents()
    assert desk.is_covered()
    desk.unlock()
    assert dialog.isVisible()
    assert card.isVisible()
    for late in (dialog, card):
        late.close()
        late.deleteLater()


def test_a_message_whose_time_runs_out_behind_the_lock_does_not_come_back(desk: Desk) -> None:
    desk.close_all()
    desk.window.banner.show_notice("Summary saved as Amara Example.pdf")
    desk.lock.lock()
    desk.window.banner.dismiss()
    desk.unlock()
    assert not desk.window.banner.isVisible()
    assert desk.window.messages.geometry().isEmpty()


def test_what_goes_away_meanwhile_is_not_missed(desk: Desk) -> None:
    dialog = QDialog(desk.window)
    dialog.open()
    desk.lock.lock()
    delete(dialog)
    desk.unlock()
    assert not desk.lock.is_locked


def test_the_menu_of_the_password_field_can_be_seen(desk: Desk) -> None:
    desk.lock.lock()
    (line,) = [one for one in desk.lock.page.findChildren(QLineEdit) if one.isVisible()]
    menu = QMenu(line)
    menu.addAction("Paste")
    menu.popup(desk.window.rect().center())
    assert menu.isVisible()
    menu.close()
    desk.unlock()


def test_it_locks_even_when_what_was_typed_cannot_be_stored(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails() -> bool:
        raise StorageError("The disk is full.")

    told: list[type] = []
    monkeypatch.setattr(desk.lock, "_finish", fails)
    monkeypatch.setattr("sys.excepthook", lambda kind, *_: told.append(kind))
    desk.lock.lock()
    assert desk.is_covered()
    desk.until(lambda: bool(told))
    assert "could not be saved" in desk.lock.page.card.lead.text()
    desk.unlock()
    monkeypatch.undo()
    desk.lock.lock()
    assert desk.lock.page.card.lead.text().startswith("All is saved.")
    desk.unlock()
    assert told == [StorageError]


def test_who_closes_it_over_what_is_not_saved_opens_nothing(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The question waits for who unlocks it; what shows meanwhile stays covered."""

    def refuse(*_: object) -> None:
        raise StorageError("The disk is full.")

    charting = desk.window.session.charting
    assert charting is not None
    with monkeypatch.context() as full:
        full.setattr(Charting, "do", refuse)
        desk.window.session.push(charting.note(ViewId.POSTERIOR, 60.0, 500.0, "a word"))
        desk.lock.lock()
        desk.window.close()
    assert desk.window.isVisible()
    late = QFrame(desk.window)
    late.show()
    assert desk.is_covered()
    desk.unlock()
    (page,) = (page for page in desk.window.findChildren(LeavingPage) if page.isVisible())
    page.stay.click()
    desk.window.session.try_again()
    assert desk.window.session.is_all_saved
    late.deleteLater()


def test_it_locks_while_a_backup_is_put_back_and_no_store_answers(desk: Desk) -> None:
    application = desk.application
    with application._nobody_at_work():
        application.access._known.clear()
        desk.lock.lock()
        assert desk.is_covered()
    desk.unlock()


def test_what_locked_it_is_in_the_trail(desk: Desk) -> None:
    for why in Why:
        desk.lock.lock(why)
        desk.unlock()
    with desk.application.open_work() as work:
        asked = AuditQuestion(action=AuditAction.LOCKED, most=len(Why))
        told = [json.loads(entry.event.new)["why"] for entry in work.audit.entries(asked)]
    assert told == [str(why) for why in reversed(Why)]


def test_that_it_was_locked_is_put_down_before_that_it_was_unlocked(desk: Desk) -> None:
    desk.lock.lock()
    desk.lock.page.entered.emit(PASSWORD)
    desk.until(lambda: not desk.lock.is_locked)
    with desk.application.open_work() as work:
        last = [entry.event.action for entry in work.audit.entries(AuditQuestion(most=2))]
    assert last == [AuditAction.UNLOCKED, AuditAction.LOCKED]


# --- the clipboard


def test_what_was_copied_here_cannot_be_pasted_elsewhere(desk: Desk) -> None:
    clipboard = QGuiApplication.clipboard()
    line = QLineEdit("Amara Example", desk.window)
    desk.come_forward()
    line.selectAll()
    line.cut()
    assert clipboard.text() == "Amara Example"
    desk.lock.lock()
    assert clipboard.text() == ""
    desk.unlock()
    assert clipboard.text() == "Amara Example", "what was cut out of a note is not lost"
    line.deleteLater()


def test_what_was_copied_elsewhere_stays(desk: Desk) -> None:
    clipboard = QGuiApplication.clipboard()
    clipboard.setText("from elsewhere")
    desk.lock.clipboard._own.clear()  # as it is when another program has filled it
    desk.lock.lock()
    assert clipboard.text() == "from elsewhere"
    desk.unlock()
    clipboard.clear()


def test_what_was_copied_meanwhile_is_not_overwritten(desk: Desk) -> None:
    clipboard = QGuiApplication.clipboard()
    desk.come_forward()
    clipboard.setText("Amara Example")
    desk.lock.lock()
    clipboard.setText("from elsewhere")
    desk.unlock()
    assert clipboard.text() == "from elsewhere"
    clipboard.clear()


def test_who_signs_out_leaves_nothing_to_paste(desk: Desk) -> None:
    clipboard, sign_in = QGuiApplication.clipboard(), desk.application.sign_in
    lock = Lock(desk.window, sign_in, desk.window.background, lambda: True)
    desk.come_forward()
    clipboard.setText("Amara Example")
    lock.end()
    assert clipboard.text() == ""
    lock.lock()
    assert not lock.is_locked, "a window that is gone has nothing to hide"
    lock.deleteLater()
