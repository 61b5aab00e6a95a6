"""The key file: right words for every way it can go wrong, and never a byte of the data touched."""

import json
import os
import random
import re
import signal
import time
import unicodedata
from collections.abc import Callable, Iterator, Sized
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bodymap.chart.people import UserId
from bodymap.errors import (
    DamagedKeysError,
    SignInError,
    StorageError,
    TooManyTriesError,
    WrongPasswordError,
)
from bodymap.storage.datafile import open_data_file
from bodymap.storage.datafolder import FILE_NAME
from bodymap.storage.vault.cost import Cost, key_from
from bodymap.storage.vault.envelope import Envelope
from bodymap.storage.vault.keys import DataKey, Key, NotUnwrappedError
from bodymap.storage.vault.recovery import MisreadError, as_printed, new_recovery_key
from bodymap.storage.vault.tries import TRIES_FILE, Times
from bodymap.storage.vault.vault import Vault
from tests.torture import times
from tests.vaults import CHEAP, KEY

TILDA, KIM = UserId("tilda-id"), UserId("kim-id")
PASSWORD = "Größe zählt nicht"  # noqa: S105 - of a clinic that is made up


class FakeTimes:
    """Clocks that are set by hand."""

    def __init__(self) -> None:
        self.wall = 1_800_000_000.0
        self.steady = 1000.0

    def times(self) -> Times:
        return Times(lambda: self.wall, lambda: self.steady)

    def pass_by(self, seconds: float) -> None:
        self.wall += seconds
        self.steady += seconds


@pytest.fixture
def clocks() -> FakeTimes:
    return FakeTimes()


@pytest.fixture
def vault(tmp_path: Path, clocks: FakeTimes) -> Vault:
    """A clinic that Tilda has set up."""
    made = Vault(tmp_path, cost=CHEAP, clocks=clocks.times())
    made.recovery = made.set_up("Practice", (TILDA, "Tilda"), PASSWORD)
    return made


def again(vault: Vault, clocks: FakeTimes) -> Vault:
    """The same key file after a restart."""
    return Vault(vault.path.parent, cost=CHEAP, clocks=clocks.times())


def test_who_has_the_password_gets_the_data_key(vault: Vault, clocks: FakeTimes) -> None:
    other = again(vault, clocks)
    assert other.sign_in(" tilda ", PASSWORD) == TILDA
    assert other.data_key == vault.data_key
    assert other.clinic == "Practice"


def test_of_two_who_set_up_one_folder_at_once_the_first_stays(
    tmp_path: Path, clocks: FakeTimes
) -> None:
    first = Vault(tmp_path, cost=CHEAP, clocks=clocks.times())
    second = Vault(
        tmp_path,
        lambda _: first.set_up("The first", (TILDA, "tilda"), PASSWORD),
        cost=CHEAP,
        clocks=clocks.times(),
    )
    with pytest.raises(StorageError, match=r"a clinic in .* already"):
        second.set_up("The second", (KIM, "kim"), "kim's own password")
    assert again(first, clocks).sign_in("tilda", PASSWORD) == TILDA


def test_composed_and_decomposed_accents_are_the_same_password(
    vault: Vault, clocks: FakeTimes
) -> None:
    for form in ("NFC", "NFD", "NFKD"):
        assert again(vault, clocks).sign_in("tilda", unicodedata.normalize(form, PASSWORD))


WRONG = (
    *("", " ", "wrong", PASSWORD + " ", " " + PASSWORD, PASSWORD.upper(), PASSWORD.lower()),
    *(PASSWORD[:-1], PASSWORD[1:], PASSWORD * 2, PASSWORD[::-1], PASSWORD.swapcase()),
    *(PASSWORD.replace("ö", "o"), PASSWORD.replace("ß", "ss"), PASSWORD.replace(" ", "")),
    *(PASSWORD.replace(" ", "\t"), PASSWORD + "\n", PASSWORD + "\x00", "\x00" + PASSWORD),
    *("\x00", "\x00" * 500, "x" * 1024, "x" * 1025, "x" * 2**20, "\ud800", "\U0010ffff"),
    *(PASSWORD + "\u0301", PASSWORD + "\u200b", "\ufeff" + PASSWORD, "\u202e" + PASSWORD, "%s%n"),
)


@pytest.mark.parametrize("password", WRONG, ids=range(len(WRONG)))
def test_a_wrong_password_is_called_one(vault: Vault, password: str) -> None:
    before = but_for_tries(vault)
    with pytest.raises(WrongPasswordError):
        vault.sign_in("tilda", password)
    assert but_for_tries(vault) == before


def but_for_tries(vault: Vault) -> Envelope:
    return replace(Envelope.from_text(vault.path.read_bytes()), tries={})


def test_of_1000_random_passwords_each_is_called_wrong_and_nothing_changes(
    vault: Vault, monkeypatch
) -> None:
    monkeypatch.setattr(os, "fsync", lambda _: None)  # 8,000 of them; no power is cut here
    open_data_file(vault.path.parent, vault.data_key).close()
    data = vault.path.with_name(FILE_NAME)
    before = (but_for_tries(vault), data.read_bytes())

    @given(st.text(max_size=60))
    @settings(max_examples=1000, database=None, deadline=None)
    def is_called_wrong(password: str) -> None:
        assume(unicodedata.normalize("NFKC", password) != unicodedata.normalize("NFKC", PASSWORD))
        vault._tries.forget("tilda")
        with pytest.raises(WrongPasswordError):
            vault.sign_in("tilda", password)

    is_called_wrong()
    assert (but_for_tries(vault), data.read_bytes()) == before


def test_an_unknown_name_is_told_like_a_wrong_password(vault: Vault) -> None:
    with pytest.raises(WrongPasswordError) as unknown:
        vault.sign_in("nobody", PASSWORD)
    with pytest.raises(WrongPasswordError) as wrong:
        vault.sign_in("tilda", "nonsense")
    assert str(unknown.value) == str(wrong.value)


def test_nobody_signed_in_means_no_key(tmp_path: Path) -> None:
    with pytest.raises(WrongPasswordError):
        _ = Vault(tmp_path).data_key


def test_1000_random_slips_of_the_key_file_are_never_called_a_wrong_password(
    vault: Vault, clocks: FakeTimes
) -> None:
    whole = vault.path.read_bytes()
    chance = random.Random(4)  # noqa: S311 - no secret
    for _ in range(1000):
        spoilt = bytearray(whole)
        spoilt[chance.randrange(len(spoilt))] ^= 1 << chance.randrange(8)
        if bytes(spoilt).split() == whole.split():
            continue
        vault.path.write_bytes(spoilt)
        with pytest.raises(DamagedKeysError):
            again(vault, clocks).sign_in("tilda", PASSWORD)


@pytest.mark.parametrize("kept", [0, 1, 50, 0.5, 0.99])
def test_a_key_file_cut_short_is_called_damaged(
    vault: Vault, clocks: FakeTimes, kept: float
) -> None:
    whole = vault.path.read_bytes()
    vault.path.write_bytes(whole[: int(kept if kept >= 1 else kept * len(whole))])
    with pytest.raises(DamagedKeysError, match="damaged"):
        again(vault, clocks).sign_in("tilda", PASSWORD)


def reworked(vault: Vault, change) -> None:
    """What somebody without the key could write: another content with a right checksum."""
    envelope = Envelope.from_text(vault.path.read_bytes())
    vault.path.write_text(change(envelope).to_text(), "utf-8")


def test_who_edits_the_key_file_without_the_key_is_found_out(
    vault: Vault, clocks: FakeTimes
) -> None:
    reworked(vault, lambda e: replace(e, clinic="Somebody else's"))
    with pytest.raises(DamagedKeysError, match="changed by something other"):
        again(vault, clocks).sign_in("tilda", PASSWORD)


def test_a_slot_cannot_be_given_to_another_user(vault: Vault, clocks: FakeTimes) -> None:
    reworked(
        vault,
        lambda e: replace(e, slots=tuple(replace(s, user=KIM) for s in e.slots if s.login)),
    )
    with pytest.raises((WrongPasswordError, DamagedKeysError)):
        again(vault, clocks).sign_in("tilda", PASSWORD)


def test_the_key_file_of_another_clinic_does_not_open_the_data(
    vault: Vault, tmp_path: Path, clocks: FakeTimes
) -> None:
    open_data_file(vault.path.parent, vault.data_key).close()
    data = vault.path.with_name(FILE_NAME)
    before = data.read_bytes()
    other = Vault(tmp_path / "other", cost=CHEAP, clocks=clocks.times())
    other.path.parent.mkdir()
    other.set_up("Other", (TILDA, "tilda"), PASSWORD)
    with pytest.raises(StorageError, match="damaged") as told:
        open_data_file(vault.path.parent, other.data_key)
    assert not isinstance(told.value, SignInError)
    assert data.read_bytes() == before


def test_damaged_data_is_not_called_a_wrong_password(vault: Vault) -> None:
    open_data_file(vault.path.parent, vault.data_key).close()
    data = vault.path.with_name(FILE_NAME)
    content = bytearray(data.read_bytes())
    content[40] ^= 1
    data.write_bytes(content)
    with pytest.raises(StorageError, match="data file is damaged") as told:
        open_data_file(vault.path.parent, vault.data_key)
    assert not isinstance(told.value, DamagedKeysError | SignInError)
    assert data.read_bytes() == content


def test_changing_the_password_rewrites_the_key_file_alone(vault: Vault, clocks: FakeTimes) -> None:
    open_data_file(vault.path.parent, vault.data_key).close()
    data = vault.path.with_name(FILE_NAME)
    before, key = data.read_bytes(), vault.data_key
    vault.change_password(TILDA, PASSWORD, "another one altogether")
    other = again(vault, clocks)
    with pytest.raises(WrongPasswordError):
        other.sign_in("tilda", PASSWORD)
    other.sign_in("tilda", "another one altogether")
    assert other.data_key == key
    assert data.read_bytes() == before


def test_each_user_has_a_way_in_of_their_own(vault: Vault, clocks: FakeTimes) -> None:
    vault.give_way_in(KIM, "kim", "kim's own password")
    other = again(vault, clocks)
    assert other.sign_in("KIM", "kim's own password") == KIM
    assert other.data_key == vault.data_key
    vault.take_way_in(KIM)
    assert not vault.has_way_in(KIM)
    with pytest.raises(WrongPasswordError):
        again(vault, clocks).sign_in("kim", "kim's own password")


def test_a_login_belongs_to_one_user(vault: Vault) -> None:
    with pytest.raises(StorageError, match="Somebody else"):
        vault.give_way_in(KIM, "TILDA", "x" * 12)


def test_the_recovery_key_opens_as_printed_and_as_scrawled(vault: Vault, clocks: FakeTimes) -> None:
    printed = vault.recovery
    scrawled = printed.lower().replace("-", " "), printed.replace("0", "O")
    copied = printed.replace("-", "\u2010"), printed.replace("-", "\n", 4), f"\t{printed}\u00a0"
    for typed in (printed, *scrawled, *copied):
        other = again(vault, clocks)
        other.recover(typed)
        assert other.data_key == vault.data_key


def test_a_new_recovery_key_ends_the_old_one(vault: Vault, clocks: FakeTimes) -> None:
    fresh = vault.new_recovery_key()
    again(vault, clocks).recover(fresh)
    with pytest.raises(WrongPasswordError):
        again(vault, clocks).recover(vault.recovery)


def test_a_recovery_key_is_owed_until_it_is_handed_over(vault: Vault, clocks: FakeTimes) -> None:
    assert vault.recovery_key_is_owed
    vault.hand_over_recovery_key()
    assert not again(vault, clocks).recovery_key_is_owed
    vault.put_note("another", "stays")
    vault.new_recovery_key()
    assert again(vault, clocks).recovery_key_is_owed
    vault.hand_over_recovery_key()
    assert vault.note("another") == "stays"


@given(st.integers(0, 43), st.sampled_from("0123456789ABCDEFGHJKMNPQRSTVWXYZ"))
@settings(max_examples=50)
def test_a_slip_of_the_pen_is_told_from_a_wrong_key(at: int, letter: str) -> None:
    printed = new_recovery_key()
    if printed[at] in ("-", letter):
        return
    with pytest.raises(MisreadError):
        as_printed(printed[:at] + letter + printed[at + 1 :])


def test_a_secret_is_its_owners_alone(vault: Vault, clocks: FakeTimes) -> None:
    vault.give_way_in(KIM, "kim", "kim's own password")
    vault.keep_secret("signing", b"private half")
    assert vault.secret("signing", PASSWORD) == b"private half"
    assert vault.secret("other", PASSWORD) is None
    with pytest.raises(WrongPasswordError):
        vault.secret("signing", "nonsense")
    kim = again(vault, clocks)
    kim.sign_in("kim", "kim's own password")
    assert kim.secret("signing", "kim's own password") is None
    vault.change_password(TILDA, PASSWORD, "another one altogether")
    assert vault.secret("signing", "another one altogether") == b"private half"


def test_an_administrator_who_sets_their_own_password_keeps_their_secrets(vault: Vault) -> None:
    vault.keep_secret("signing", b"private half")
    vault.give_way_in(TILDA, "tilda", "another one altogether")
    assert vault.secret("signing", "another one altogether") == b"private half"


def test_what_somebody_without_the_key_wrote_is_never_sealed(vault: Vault) -> None:
    reworked(vault, lambda e: replace(e, notes={"trail": "cut short"}))
    before = vault.path.read_bytes()
    for act in (
        lambda: vault.put_note("a", "b"),
        lambda: vault.take_way_in(KIM),
        lambda: vault.give_way_in(KIM, "kim", "kim's own password"),
    ):
        with pytest.raises(DamagedKeysError, match="something other"):
            act()
    assert vault.path.read_bytes() == before


def test_two_changes_at_once_both_stay(vault: Vault, clocks: FakeTimes) -> None:
    other = again(vault, clocks)
    other.sign_in("tilda", PASSWORD)
    with ThreadPoolExecutor(2) as pool:
        for changer, word in ((vault, "one"), (other, "two")):
            pool.submit(lambda v=changer, w=word: [v.put_note(f"{w} {n}", w) for n in range(20)])
    assert all(vault.note(f"{word} {n}") == word for word in ("one", "two") for n in range(20))


def test_nothing_shows_a_key(vault: Vault) -> None:
    shown = repr(vault.data_key) + repr(vault._opened) + repr(Key.new())
    assert vault.data_key.material.hex() not in shown
    assert "material" not in shown
    text = vault.path.read_text("utf-8")
    assert PASSWORD not in text
    assert vault.recovery not in text


def test_the_key_file_is_for_this_user_alone(vault: Vault) -> None:
    if os.name == "posix":
        assert vault.path.stat().st_mode & 0o077 == 0


def test_a_clinic_is_set_up_once(vault: Vault) -> None:
    before = vault.path.read_bytes()
    with pytest.raises(StorageError, match="already"):
        vault.set_up("Practice", (TILDA, "tilda"), PASSWORD)
    assert vault.path.read_bytes() == before


def test_the_usual_cost_is_what_was_promised(tmp_path: Path) -> None:
    assert (Cost().memory_kib, Cost().passes) == (256 * 1024, 3)
    began = time.process_time()
    key_from("a", bytes(16), Cost())
    assert 0.1 < time.process_time() - began < 10


def test_a_key_made_for_one_thing_does_not_open_another() -> None:
    wrapped = KEY.wrap(b"secret", b"for this")
    assert KEY.unwrap(wrapped, b"for this") == b"secret"
    for key, bound in ((KEY, b"for that"), (DataKey.new(), b"for this")):
        with pytest.raises(NotUnwrappedError):
            key.unwrap(wrapped, bound)
    with pytest.raises(NotUnwrappedError):
        KEY.unwrap(b"short", b"for this")


# --- R16: whoever guesses has to wait


def guess(vault: Vault, login: str = "tilda") -> str:
    try:
        vault.sign_in(login, "a guess")
    except TooManyTriesError as wait:
        return "stop" if wait.wait_s is None else "wait"
    except WrongPasswordError:
        return "tried"
    return "in"


@pytest.mark.parametrize("login", ["tilda", "nobody"])
def test_of_1000_guesses_in_15_minutes_no_more_than_10_are_tried(
    vault: Vault, clocks: FakeTimes, login: str
) -> None:
    made = []
    for number in range(1000):
        if number % 7 == 0:
            vault = again(vault, clocks)  # a restart forgets nothing
        made.append(guess(vault, login))
        clocks.pass_by(0.9)
    assert 5 <= made.count("tried") <= 10


def test_moving_the_clock_does_not_help(vault: Vault, clocks: FakeTimes) -> None:
    for _ in range(5):
        assert guess(vault) == "tried"
    clocks.wall += 86_400
    assert guess(again(vault, clocks)) == "wait"
    clocks.wall -= 10 * 86_400
    assert guess(again(vault, clocks)) == "wait"


def test_after_the_wait_the_right_password_opens_and_all_is_forgiven(
    vault: Vault, clocks: FakeTimes
) -> None:
    for _ in range(5):
        guess(vault)
    with pytest.raises(TooManyTriesError, match="Wait 30 seconds"):
        vault.sign_in("tilda", PASSWORD)
    clocks.pass_by(31)
    vault.sign_in("tilda", PASSWORD)
    for _ in range(5):
        assert guess(vault) == "tried"


def test_the_waits_double_up_to_a_quarter_of_an_hour(vault: Vault, clocks: FakeTimes) -> None:
    waits = []
    for _ in range(14):
        with pytest.raises((WrongPasswordError, TooManyTriesError)) as told:
            vault.sign_in("tilda", "a guess")
        if isinstance(told.value, TooManyTriesError):
            waits.append(round(told.value.wait_s or 0))
            clocks.pass_by(waits[-1] + 0.1)
            assert guess(vault) == "tried"
    assert waits[:7] == [30, 60, 120, 240, 480, 900, 900]


def test_after_100_failures_only_an_administrator_helps(vault: Vault, clocks: FakeTimes) -> None:
    for _ in range(100):
        assert guess(vault) == "tried"
        clocks.pass_by(1000)
    assert guess(vault) == "stop"
    clocks.pass_by(10**7)
    with pytest.raises(TooManyTriesError, match="administrator"):
        vault.sign_in("tilda", PASSWORD)
    vault.give_way_in(TILDA, "tilda", "a fresh password")
    again(vault, clocks).sign_in("tilda", "a fresh password")


def test_the_file_of_tries_holds_nothing_that_was_typed(vault: Vault) -> None:
    guess(vault, "my secret typed into the wrong field")
    text = vault.path.with_name(TRIES_FILE).read_text("utf-8")
    assert "typed" not in text + vault.path.read_text("utf-8")
    (name,) = json.loads(text)
    assert re.fullmatch("nobody-[0-9a-f]{2}", name)


# --- R13: killed while the password is changed

BOTH = ("first of the two", "second of the two")


def change_for_ever(folder: Path) -> None:
    changer = Vault(folder, cost=CHEAP)
    while True:
        changer.change_password(TILDA, *BOTH)
        changer.change_password(TILDA, *reversed(BOTH))


def killed_in_between(
    folder: Path, after_s: float, act: Callable[[Path], object] = change_for_ever
) -> None:
    child = os.fork()
    if child == 0:
        try:
            act(folder)
        finally:
            os._exit(1)
    time.sleep(after_s)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def moments(one_s: float, kills: int, seen: Sized) -> Iterator[float]:
    """When to kill, so many times; then, should the machine have changed, until both are seen."""
    chance = random.Random(13)  # noqa: S311 - no secret
    for kill in range(kills + 50):
        if kill >= kills and len(seen) > 1:
            return
        if kill >= kills:
            yield 2 ** chance.uniform(-4, 6) * one_s
        else:
            yield chance.uniform(0, 3) * one_s


def what_opens(vault: Vault) -> list[str]:
    opens = []
    for password in BOTH:
        try:
            vault.sign_in("tilda", password)
        except WrongPasswordError:
            continue
        opens.append(password)
    vault._tries.forget("tilda")
    return opens


@pytest.mark.skipif(os.name != "posix", reason="forks, and kills what it has forked")
def test_a_kill_while_the_password_changes_leaves_the_old_or_the_new(vault: Vault) -> None:
    vault.change_password(TILDA, PASSWORD, BOTH[0])
    began = time.perf_counter()
    vault.change_password(TILDA, BOTH[0], BOTH[0])
    one_change_s = time.perf_counter() - began
    seen: set[str] = set()
    for after_s in moments(one_change_s, times(100, 1000), seen):
        killed_in_between(vault.path.parent, after_s)
        (current,) = what_opens(vault)
        seen.add(current)
        if current != BOTH[0]:
            vault.change_password(TILDA, current, BOTH[0])
    assert seen == set(BOTH)


def still_opens(vault: Vault, printed: str, clocks: FakeTimes) -> bool:
    try:
        again(vault, clocks).recover(printed)
    except WrongPasswordError:
        return False
    return True


@pytest.mark.skipif(os.name != "posix", reason="forks, and kills what it has forked")
def test_a_kill_while_a_recovery_key_is_made_leaves_the_old_or_one_that_is_owed(
    vault: Vault, clocks: FakeTimes
) -> None:
    began = time.perf_counter()
    vault.new_recovery_key()
    one_key_s = time.perf_counter() - began
    seen: set[bool] = set()
    for after_s in moments(one_key_s, times(40, 400), seen):
        printed = vault.new_recovery_key()
        vault.hand_over_recovery_key()
        killed_in_between(
            vault.path.parent,
            after_s,
            lambda _: (vault.new_recovery_key(), signal.pause()),
        )
        vault.confirm(TILDA, PASSWORD)  # the file is whole
        seen.add(still_opens(vault, printed, clocks))
        assert vault.recovery_key_is_owed is not still_opens(vault, printed, clocks)
    assert seen == {True, False}
