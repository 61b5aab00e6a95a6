"""R16: whoever guesses passwords at the desk has to wait, whatever they do to clocks and files."""

import math
import os
import shutil
import time
from dataclasses import replace
from pathlib import Path

import pytest

from bodymap.chart.people import UserId
from bodymap.errors import TooManyTriesError, WrongPasswordError
from bodymap.storage.datafile import open_data_file
from bodymap.storage.vault import vault as vaults
from bodymap.storage.vault.cost import Cost
from bodymap.storage.vault.envelope import Envelope
from bodymap.storage.vault.tries import MOST_TRIES, TRIES_FILE, Failed, Times, later
from bodymap.storage.vault.vault import Vault
from tests.vaults import CHEAP

TILDA = UserId("tilda-id")
PASSWORD = "a quiet morning walk"  # noqa: S105 - of a clinic that is made up


class Desk:
    """Where somebody sits who does not know the password, with clocks they can set."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.wall, self.steady = 1_800_000_000.0, 1000.0
        Vault(folder, cost=CHEAP).set_up("Practice", (TILDA, "tilda"), PASSWORD)
        self.vault = self.again()

    def again(self) -> Vault:
        """The program, started anew."""
        self.vault = Vault(
            self.folder, cost=CHEAP, clocks=Times(lambda: self.wall, lambda: self.steady)
        )
        return self.vault

    def pass_by(self, seconds: float) -> None:
        self.wall += seconds
        self.steady += seconds

    def set_clock(self, by_s: float) -> None:
        self.wall += by_s

    def guess(self, login: str = "tilda", password: str = "a guess") -> str:  # noqa: S107
        try:
            self.vault.sign_in(login, password)
        except TooManyTriesError as told:
            return "stop" if told.wait_s is None else "wait"
        except WrongPasswordError:
            return "tried"
        return "in"

    def files(self) -> dict[str, bytes]:
        return {file.name: file.read_bytes() for file in self.folder.iterdir() if file.is_file()}

    def put_back(self, files: dict[str, bytes]) -> None:
        for name, content in files.items():
            (self.folder / name).write_bytes(content)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


@pytest.mark.parametrize("restarted", [False, True])
def test_a_clock_that_was_ahead_keeps_nobody_out(desk: Desk, *, restarted: bool) -> None:
    desk.set_clock(5 * 365 * 86_400)
    for _ in range(5):
        assert desk.guess() == "tried"
    desk.set_clock(-5 * 365 * 86_400)
    if restarted:
        desk.steady = 1.0
    assert desk.guess(password=PASSWORD) == "wait"
    desk.pass_by(31)
    assert desk.guess(password=PASSWORD) == "in"


def test_1000_guesses_with_everything_that_is_tried_against_the_count(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_data_file(desk.folder, _key(desk)).close()
    monkeypatch.setattr(os, "fsync", lambda _: None)  # thousands of them; no power is cut here
    old = desk.files()
    against = (
        lambda: None,
        desk.again,
        lambda: desk.set_clock(86_400),
        lambda: desk.set_clock(-10 * 86_400),
        lambda: desk.put_back({TRIES_FILE: b"{}"}),
        lambda: (desk.folder / TRIES_FILE).unlink(missing_ok=True),
        lambda: desk.put_back({k: v for k, v in old.items() if "sqlite" in k}),
        lambda: desk.put_back({k: v for k, v in old.items() if "keys" in k}),
    )
    made = []
    for number in range(1000):
        against[number % len(against)]()
        made.append(desk.guess())
        desk.pass_by(0.9)
    assert 5 <= made.count("tried") <= 10


def _key(desk: Desk):  # type: ignore[no-untyped-def]
    other = Vault(desk.folder, cost=CHEAP)
    other.sign_in("tilda", PASSWORD)
    return other.data_key


@pytest.mark.parametrize("name", [TRIES_FILE, "bodymap.keys.json"])
def test_an_older_copy_of_either_file_resets_nothing(desk: Desk, name: str) -> None:
    desk.guess()
    older = {name: desk.files()[name]}
    for _ in range(4):
        assert desk.guess() == "tried"
    desk.put_back(older)
    assert desk.guess() == "wait"


def test_older_copies_of_both_files_are_the_computers_own_past(desk: Desk) -> None:
    """What is not promised, so that nobody believes it: `docs/security.md` says so."""
    older = desk.files()
    for _ in range(5):
        desk.guess()
    desk.put_back(older)
    (desk.folder / TRIES_FILE).unlink()
    assert desk.guess() == "tried"


def test_an_older_copy_with_failures_does_not_bring_them_back(desk: Desk) -> None:
    for _ in range(5):
        desk.guess()
    older = {TRIES_FILE: desk.files()[TRIES_FILE]}
    desk.pass_by(31)
    assert desk.guess(password=PASSWORD) == "in"
    desk.put_back(older)
    assert [desk.guess() for _ in range(5)] == ["tried"] * 5


def test_a_count_that_somebody_wrote_over_counts_as_nothing(desk: Desk) -> None:
    for junk in (b"[]", b"{", b'{"tilda": 3}', b'{"tilda": {"times": "x"}}', b"[" * 10_000):
        desk.put_back({TRIES_FILE: junk})
        assert desk.guess(password=PASSWORD) == "in"
    assert desk.guess() == "tried"


def test_the_stop_at_a_hundred_holds_over_a_restart_and_a_lost_file(desk: Desk) -> None:
    for _ in range(MOST_TRIES):
        desk.guess()
        desk.pass_by(1000)
    (desk.folder / TRIES_FILE).unlink()
    desk.again()
    assert desk.guess(password=PASSWORD) == "stop"


def test_of_two_counts_the_later_is_believed() -> None:
    one = {"a": Failed(3, serial=7), "b": Failed(1, serial=1)}
    other = {"a": Failed(0, serial=8), "c": Failed(2, serial=2), "b": Failed(2, serial=1)}
    merged = later(one, other)
    assert merged == {"a": Failed(0, serial=8), "b": Failed(2, serial=1), "c": Failed(2, serial=2)}
    assert later(other, one) == merged


def test_the_count_is_outside_the_seal_and_the_seal_still_holds(desk: Desk) -> None:
    desk.guess()
    envelope = Envelope.from_text(desk.vault.path.read_bytes())
    assert envelope.tries["tilda"].times == 1
    assert desk.guess(password=PASSWORD) == "in"
    envelope.check_seal(desk.vault.data_key)


def test_a_key_file_of_before_has_no_count_and_opens(desk: Desk) -> None:
    text = Envelope.from_text(desk.vault.path.read_bytes())
    desk.vault.path.write_text(replace(text, tries={}).to_text(), "utf-8")
    assert desk.guess(password=PASSWORD) == "in"


def test_the_key_file_of_a_backup_is_not_written(desk: Desk, tmp_path: Path) -> None:
    backup = tmp_path / "backup"
    backup.mkdir()
    copy = shutil.copy(desk.vault.path, backup / "keys")
    before = Path(copy).read_bytes()
    other = Vault(desk.folder, cost=CHEAP, key_file=Path(copy))
    with pytest.raises(WrongPasswordError):
        other.sign_in("tilda", "a guess")
    assert Path(copy).read_bytes() == before


# --- nobody learns which names there are


def test_names_that_nobody_has_do_not_share_one_count(desk: Desk) -> None:
    """Else a name that is not blocked together with others would be known to be somebody's."""
    for _ in range(6):
        blocked = desk.guess("nobody at all")
    assert blocked == "wait"
    answers = [desk.guess(f"name {number}") for number in range(40)]
    assert answers.count("tried") >= 35


@pytest.mark.parametrize("login", ["tilda", "nobody"])
def test_a_name_is_blocked_after_as_many_tries_whether_somebody_has_it(
    desk: Desk, login: str
) -> None:
    assert [desk.guess(login) for _ in range(7)] == ["tried"] * 5 + ["wait"] * 2


def test_an_unknown_name_is_given_the_same_work(desk: Desk, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    """The same derivation at the same cost, whatever this program would use for a new user."""
    dear = Cost(memory_kib=64, passes=2)
    slots = [replace(slot, cost=dear) for slot in _slots(desk)]
    envelope = Envelope.from_text(desk.vault.path.read_bytes())
    desk.vault.path.write_text(replace(envelope, slots=tuple(slots)).to_text(), "utf-8")
    done, real = [], vaults.key_from

    def noted(password: str, salt: bytes, cost: Cost):  # type: ignore[no-untyped-def]
        done.append((len(salt), cost))
        return real(password, salt, cost)

    monkeypatch.setattr(vaults, "key_from", noted)
    for login in ("tilda", "nobody"):
        assert desk.guess(login) == "tried"
    assert done == [(16, dear), (16, dear)]


def _slots(desk: Desk):  # type: ignore[no-untyped-def]
    return Envelope.from_text(desk.vault.path.read_bytes()).slots


def test_an_unknown_name_takes_as_long_as_a_known_one(tmp_path: Path) -> None:
    slow = Vault(tmp_path, cost=Cost(memory_kib=64 * 1024, passes=1))
    slow.set_up("Practice", (TILDA, "tilda"), PASSWORD)
    least = {"tilda": math.inf, "nobody": math.inf}  # what other programs add is never the same
    for _ in range(4):
        for login, spent in least.items():
            began = time.process_time()
            with pytest.raises(WrongPasswordError):
                slow.sign_in(login, "a guess")
            least[login] = min(spent, time.process_time() - began)
    assert 0.67 < least["nobody"] / least["tilda"] < 1.5  # within 10 % on a quiet machine
