"""The log of clinical hazards: each is controlled, and each control has a test that exists."""

import ast
import csv
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SEVERITIES = {"catastrophic", "serious", "minor"}


def _hazards() -> list[dict[str, str]]:
    with (ROOT / "docs" / "hazards.csv").open(encoding="utf-8", newline="") as log:
        return list(csv.DictReader(log))


HAZARDS = _hazards()


@pytest.mark.parametrize("hazard", HAZARDS, ids=lambda hazard: hazard["id"])
def test_each_hazard_is_told_in_full(hazard: dict[str, str]) -> None:
    assert all(value and value.strip() == value for value in hazard.values())
    assert hazard["severity"] in SEVERITIES


@pytest.mark.parametrize("hazard", HAZARDS, ids=lambda hazard: hazard["id"])
def test_each_control_has_a_test_that_exists(hazard: dict[str, str]) -> None:
    for named in hazard["tests"].split():
        path, _, function = named.partition("::")
        tree = ast.parse((ROOT / path).read_text("utf-8"))
        tests = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
        assert function in tests if function else any(name.startswith("test_") for name in tests)


def test_hazards_are_numbered_once() -> None:
    assert [hazard["id"] for hazard in HAZARDS] == [f"H{n:02}" for n in range(1, len(HAZARDS) + 1)]
