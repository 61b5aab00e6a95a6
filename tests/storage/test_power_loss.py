"""The power is cut at any moment: what was acknowledged is there, whole, and nothing else is."""

import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from bodymap.errors import BodymapError
from bodymap.storage.connections import connected
from bodymap.storage.datafolder import FILE_NAME
from bodymap.storage.vault.envelope import Envelope
from bodymap.storage.vault.file import KEY_FILE
from tests.builders import a_visit
from tests.storage.conftest import with_people
from tests.storage.power_loss import ROOT, Disk, disks, recorded
from tests.storage.power_session import VISIT, _standing
from tests.torture import put_down, times
from tests.vaults import KEY, a_data_file

pytestmark = pytest.mark.skipif(
    shutil.which("strace") is None and not os.environ.get("CI"),
    reason="strace records what is written; tools/system_libraries.sh installs it",
)

CUTS, SEEDS = times(2500, 5000), times(2, 20)
FAST = Path("/dev/shm")  # noqa: S108 - thousands of small files are made and forgotten

Standing = tuple[int, int, int]


@pytest.fixture
def begun(tmp_path: Path) -> Path:
    """A folder with an empty draft, closed."""
    data = with_people(a_data_file(tmp_path / "begun"))
    with data.open_work() as work:
        work.visits.add(a_visit(0, 0, 0))
        work.commit()
    data.close()
    return tmp_path / "begun"


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Path]:
    """Where disks are laid out, in memory if there is such a place."""
    folder = FAST / f"bodymap-{os.getpid()}" if FAST.is_dir() else tmp_path / "scene"
    folder.mkdir()
    yield folder
    shutil.rmtree(folder)


def truth(begun: Path, folder: Path, seed: int) -> dict[int, Standing]:
    """What stands after each gesture when nothing goes wrong, by the visit's version."""
    shutil.copytree(begun, folder)
    command = [sys.executable, "-m", "tests.storage.power_session", "chart"]
    done = subprocess.run(
        [*command, str(folder), str(seed), "FULL"],
        cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    told = [tuple(map(int, line.split()[2:])) for line in done.stdout.splitlines()]
    return {standing[0]: standing for standing in told if standing} | {1: (1, 0, -2)}


def files_of(folder: Path) -> Disk:
    return {file.name: bytearray(file.read_bytes()) for file in folder.iterdir()}


def laid_out(disk: Disk, scene: Path) -> Path:
    for left in scene.iterdir():
        left.unlink()
    for name, content in disk.items():
        (scene / name).write_bytes(content)
    return scene / FILE_NAME


def found(path: Path) -> Standing | str:
    """What stands in the file after the cut, or what is wrong with it.

    Every page that is in use is read, so that its seal is checked too.
    """
    try:
        with connected(path, KEY) as connection:
            if connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
                return "pages"
            return _standing(connection)
    except BodymapError:
        return "does not open"


def judged(
    begun: Path, tmp_path: Path, scene: Path, synchronous: str, seed: int, cuts: int
) -> Counter[str]:
    """Cut the power so often in one session, and count what is wrong afterwards by its kind."""
    expected = truth(begun, tmp_path / f"truth-{synchronous}-{seed}", seed)
    folder = tmp_path / f"cut-{synchronous}-{seed}"
    shutil.copytree(begun, folder)
    before = files_of(folder)
    ops = recorded(folder, "chart", str(folder), str(seed), synchronous, "--quiet")
    assert sum(op.kind == "ack" for op in ops) == len(expected)
    wrong: Counter[str] = Counter()
    for mode, disk, acknowledged in disks(before, ops, cuts, seed):
        standing = found(laid_out(disk, scene))
        if isinstance(standing, str):
            wrong[f"{standing}, {mode}"] += 1
        elif standing[0] > 1 and expected.get(standing[0]) != standing:
            wrong[f"half a gesture, {mode}"] += 1
        elif standing[0] < int(acknowledged[0]):
            wrong[f"lost, {mode}"] += 1
    return wrong


@pytest.mark.parametrize("seed", range(SEEDS))
def test_nothing_acknowledged_is_lost_when_the_power_is_cut(
    begun: Path, tmp_path: Path, scene: Path, seed: int
) -> None:
    wrong = judged(begun, tmp_path, scene, "FULL", seed, CUTS)
    put_down("R2", "power cuts while charting", CUTS, wrong.total())
    assert not wrong


@pytest.mark.parametrize("synchronous", ["NORMAL", "OFF"])
def test_a_store_that_syncs_too_little_would_be_caught(
    begun: Path, tmp_path: Path, scene: Path, synchronous: str
) -> None:
    wrong = judged(begun, tmp_path, scene, synchronous, 1, 400)
    assert wrong.total() > 20
    assert any(kind.startswith("lost") for kind in wrong)


def cut_keys(tmp_path: Path, how: str, cuts: int) -> Counter[str]:
    folder = tmp_path / how
    folder.mkdir()
    (folder / KEY_FILE).write_text(Envelope("clinic 0", ()).sealed(KEY).to_text())
    before = files_of(folder)
    ops = recorded(folder, "keys", str(folder), "0", how)
    wrong: Counter[str] = Counter()
    for mode, disk, acknowledged in disks(before, ops, cuts, 1):
        try:
            envelope = Envelope.from_text(bytes(disk.get(KEY_FILE, b"")))
            envelope.check_seal(KEY)
            number = int(envelope.clinic.removeprefix("clinic "))
        except BodymapError:
            wrong[f"damaged, {mode}"] += 1
            continue
        if number < int(acknowledged[0]):
            wrong[f"lost, {mode}"] += 1
    return wrong


def test_the_key_file_is_the_old_one_or_the_new_one(tmp_path: Path) -> None:
    cuts = times(5000, 100_000)
    wrong = cut_keys(tmp_path, "careful", cuts)
    put_down("R2", "power cuts while the key file is written", cuts, wrong.total())
    assert not wrong


def test_a_key_file_that_is_not_synced_would_be_caught(tmp_path: Path) -> None:
    assert cut_keys(tmp_path, "careless", 400).total() > 20


def test_the_visit_is_the_one_that_is_charted() -> None:
    assert a_visit(0, 0, 0).id == VISIT
