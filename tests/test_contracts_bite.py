"""Each import contract, broken on purpose in a copy, turns red."""

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

BREACHES = {
    "Imports point down": ("chart/place.py", "import bodymap.desk.ports"),
    "Qt stays in widgets": ("desk/steps.py", "import PySide6.QtCore"),
    "SQL stays in storage": ("widgets/theme.py", "import sqlalchemy"),
    "The record is plain Python": ("chart/marks.py", "import shapely"),
    "Chart and storage know the atlas by its ids only": (
        "chart/marks.py",
        "import bodymap.atlas.views",
    ),
    "Only the desk and the wiring reach the adapters": (
        "widgets/theme.py",
        "import bodymap.storage.tables",
    ),
    "Rows never leave storage": ("app.py", "import bodymap.storage.tables"),
    "No cycles anywhere": ("chart/people.py", "import bodymap.chart.visit"),
}


def test_no_contract_goes_untried():
    told = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    contracts = told["tool"]["importlinter"]["contracts"]
    assert [contract["name"] for contract in contracts] == list(BREACHES)


@pytest.fixture
def copy(tmp_path):
    shutil.copytree(ROOT / "bodymap", tmp_path / "bodymap", ignore=shutil.ignore_patterns("assets"))
    (tmp_path / "bodymap" / "assets").mkdir()
    shutil.copy(ROOT / "bodymap/assets/__init__.py", tmp_path / "bodymap/assets/__init__.py")
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


@pytest.mark.parametrize("contract", BREACHES)
def test_a_breach_turns_its_contract_red(copy, contract):
    name, line = BREACHES[contract]
    breached = copy / "bodymap" / name
    breached.write_text(f"{breached.read_text()}\n{line}\n")

    code = (
        "import sys; sys.path.insert(0, '.'); "
        "from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=copy, capture_output=True, text=True, check=False
    )

    assert result.returncode == 1, result.stdout + result.stderr
    assert f"{contract} BROKEN" in result.stdout
