"""Backups in the window, and the card that stands before it when the data is damaged."""

import shutil
from itertools import pairwise
from pathlib import Path
from time import process_time

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLabel

from bodymap.chart.backups import Damage, Loss, LostVisit, Reason
from bodymap.storage.datafolder import FILE_NAME
from bodymap.storage.quarantine import QUARANTINE
from bodymap.widgets.actions import ActionId
from bodymap.widgets.backups.words import MOST_LOST, counted, loss_words, size
from bodymap.widgets.data_page.keeping import DataKeeping
from tests.builders import a_patient
from tests.chart.test_backups import NOON, a_backup
from tests.widgets.doors import sign_in

GUI_S = 0.016


class ChosenFolder:
    """The dialog's stand-in: always answers with the same folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.shown: list[Path] = []

    def ask(self, _title, _start, then):
        then(self.folder)

    def show(self, folder):
        self.shown.append(folder)


def page_of(door):
    keeping = door.window.findChild(DataKeeping)
    door.do(ActionId.DATA)
    return keeping, keeping.page


def patients(door) -> int:
    return len(door.application.clinic.patients())


def damage(folder: Path) -> bytes:
    content = bytearray((folder / FILE_NAME).read_bytes())
    content[4096 * 11 + 99] ^= 4
    (folder / FILE_NAME).write_bytes(content)
    return bytes(content)


def test_the_page_says_where_everything_lies(door, folder):
    keeping, page = page_of(door)
    assert page.folder.text() == str(folder)
    assert page.place.text() == str(folder / "backups")
    assert "On demand" in page.findChild(QLabel, "").text() or page.none.isHidden()
    keeping.choose = ChosenFolder(folder)


def test_a_backup_is_made_at_the_press_of_a_button(door):
    keeping, page = page_of(door)
    before = len(door.application.backing_up.known())
    door.press("back-up-now")
    assert not page.back_up.isEnabled()
    door.until(lambda: not keeping.errand.is_running)
    assert len(door.application.backing_up.known()) == before + 1
    assert "2 patients · 2 visits" in page.notice.text()
    assert page.back_up.isEnabled()


def standing_still(qtbot, parent, is_done) -> float:
    """In which part of its time the program worked while the window heard nothing.

    Of the processor's time: what other programs take is not counted.
    """
    ticks = [process_time()]
    ticking = QTimer(parent, interval=0)
    ticking.timeout.connect(lambda: ticks.append(process_time()))
    ticking.start()
    qtbot.waitUntil(is_done)
    ticking.stop()
    gaps = [later - earlier for earlier, later in pairwise(ticks)]
    return sum(gap for gap in gaps if gap > GUI_S) / sum(gaps)


def test_the_window_never_stands_still_meanwhile(door, qtbot):
    keeping = door.window.findChild(DataKeeping)
    made = []

    def make_ten(told):
        made.extend(door.application.backing_up.back_up(told) for _ in range(10))

    def meanwhile() -> float:
        assert keeping.errand.start(make_ten, lambda _: None, lambda _: None)
        return standing_still(qtbot, keeping, lambda: not keeping.errand.is_running)

    # Whatever else goes on takes its time now and then; who holds the window up does so each time.
    assert any(meanwhile() < 0.2 for _ in range(5))
    assert len(made) >= 10


def test_it_can_be_cancelled(door):
    keeping, page = page_of(door)
    before = door.application.backing_up.known()
    keeping.errand.progressed.connect(lambda *_: keeping.errand.stop())

    def slow(told):
        told("copying", 1, 100)
        while True:
            told("copying", 2, 100)

    keeping.errand.start(slow, lambda _: None, keeping._tell)
    door.until(lambda: not keeping.errand.is_running)
    assert "as it was before" in page.problem.text()
    assert door.application.backing_up.known() == before


def test_the_days_backup_is_made_once(door):
    keeping = door.window.findChild(DataKeeping)
    for _ in range(2):
        keeping.back_up_daily()
        door.until(lambda: not keeping.errand.is_running)
    reasons = [backup.manifest.reason for backup in door.application.backing_up.known()]
    assert reasons.count(Reason.DAILY) == 1


def test_backups_go_where_one_wants_them(door, tmp_path):
    keeping, page = page_of(door)
    keeping.choose = ChosenFolder(tmp_path / "stick")
    door.press("choose-backup-folder")
    assert page.place.text() == str(tmp_path / "stick")
    door.press("back-up-now")
    door.until(lambda: not keeping.errand.is_running)
    assert len(list((tmp_path / "stick").iterdir())) == 1
    assert len(door.application.backing_up.known()) == 2


def test_a_disk_that_was_unplugged_is_told_and_nothing_made_in_its_place(door, tmp_path):
    stick = tmp_path / "media" / "stick"
    door.application.backing_up.choose(stick)
    shutil.rmtree(tmp_path / "media")
    keeping, page = page_of(door)
    door.press("back-up-now")
    door.until(lambda: not keeping.errand.is_running)
    assert f"{stick} is not there. Plug in the disk" in page.problem.text()
    assert not stick.exists()


def test_a_place_that_cannot_be_written_is_refused_in_words(door, tmp_path):
    (tmp_path / "file").touch()
    keeping, page = page_of(door)
    keeping.choose = ChosenFolder(tmp_path / "file")
    door.press("choose-backup-folder")
    assert "cannot write" in page.problem.text()


def test_a_backup_is_put_back_and_everybody_signs_in_again(door, folder):
    _, page = page_of(door)
    assert patients(door) == 2
    page.ask_to_restore(door.application.backing_up.known()[0])
    door.press("put-back")
    door.until(lambda: door.entrance is not None)
    assert "was put back" in door.entrance.sign_in.lead.text()
    door.doorway.window = None
    sign_in(door)
    assert patients(door) == 1
    assert any(
        one.manifest.reason is Reason.BEFORE_RESTORE for one in door.application.backing_up.known()
    )


def test_a_folder_that_holds_no_backup_is_said(door, tmp_path):
    keeping, page = page_of(door)
    keeping.choose = ChosenFolder(tmp_path)
    door.press("restore-other")
    assert "no backup in" in page.problem.text()


def test_who_may_not_put_back_is_not_offered_it(open_door, folder):
    door = open_door(folder)
    sign_in(door, login="tim")
    assert not door.window.actions_by_id[ActionId.DATA].isVisible()


def test_damage_is_told_before_the_window_and_mended(open_door, folder):
    content = damage(folder)
    door = open_door(folder)
    door.sign_in()
    door.until(lambda: door.entrance.card is door.entrance.damage)
    said = " ".join(one.text() for one in door.entrance.damage.findChildren(QLabel))
    assert "1 patient · 1 visit" in said
    assert a_patient(2).full_name in said
    (kept,) = (folder / QUARANTINE).iterdir()
    assert (kept / FILE_NAME).read_bytes() == content
    door.press("damage-restore")
    door.until(lambda: door.entrance.card is door.entrance.sign_in)
    assert str(kept) in door.entrance.sign_in.lead.text()
    sign_in(door)
    assert patients(door) == 1
    assert door.application.verifying.verify() == ()


def test_only_an_administrator_mends(open_door, folder):
    content = damage(folder)
    door = open_door(folder)
    door.sign_in("tim")
    door.until(lambda: door.entrance.card is door.entrance.damage)
    door.press("damage-restore")
    door.until(lambda: bool(door.entrance.damage.problem.text()))
    assert "may not restore a backup" in door.entrance.damage.problem.text()
    assert (folder / FILE_NAME).read_bytes() == content


def test_a_backup_elsewhere_can_be_chosen(open_door, folder, tmp_path):
    damage(folder)
    (folder / "backups").rename(tmp_path / "elsewhere")
    door = open_door(folder)
    door.sign_in()
    door.until(lambda: door.entrance.card is door.entrance.damage)
    assert door.entrance.damage.put_back.isHidden()
    (made,) = (tmp_path / "elsewhere").iterdir()
    door.entrance.mending.choose = ChosenFolder(made)
    door.press("damage-other")
    door.press("damage-restore")
    door.until(lambda: door.entrance.card is door.entrance.sign_in)


def test_a_file_that_is_gone_is_not_taken_for_a_new_clinic(open_door, folder):
    (folder / FILE_NAME).unlink()
    for left in folder.glob("*-wal"):
        left.unlink()
    door = open_door(folder)
    door.sign_in()
    door.until(lambda: door.entrance.card is door.entrance.damage)
    assert not (folder / FILE_NAME).exists()


def test_what_is_lost_is_said_line_by_line():
    backup = a_backup(NOON)
    visits = tuple(LostVisit(f"id-{n}", f"Sample {n}, Pat", "2026-03-04", n + 1) for n in range(9))
    lines = loss_words(Damage("", None, backup, Loss(45, visits, is_certain=True)))
    assert len(lines) == MOST_LOST + 2
    assert lines[1] == "Sample 0, Pat, visit of 4 Mar 2026: 1 entry"
    assert lines[-1] == "and 3 more visits"
    assert "nothing was entered" in loss_words(Damage("", None, backup, Loss()))[0]
    assert "at least 7" in loss_words(Damage("", None, backup, Loss(7, visits)))[0]
    assert "no good backup" in loss_words(Damage("", None, None, Loss(7)))[0]


def test_sizes_and_counts_are_said_as_people_say_them():
    assert (size(1_234_567), size(345_000_000)) == ("1.2 MB", "345 MB")
    assert (counted(1, "visit"), counted(12_345, "visit")) == ("1 visit", "12,345 visits")
