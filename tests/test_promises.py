"""The log of clinical hazards and the promises of security: each names tests that exist."""

import ast
import csv
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SEVERITIES = {"catastrophic", "serious", "minor"}


def _hazards() -> list[dict[str, str]]:
    with (ROOT / "docs" / "hazards.csv").open(encoding="utf-8", newline="") as log:
        return list(csv.DictReader(log))


HAZARDS = _hazards()
PROMISES = [
    line
    for line in (ROOT / "docs" / "security.md").read_text("utf-8").splitlines()
    if line.startswith("|") and not line.startswith(("| promise", "|---"))
]


def _exists(named: str) -> bool:
    """Whether pytest would run it: a test of a file of tests, not merely something so called."""
    path, _, function = named.partition("::")
    file = ROOT / path
    if not file.is_file() or not file.name.startswith("test_"):
        return False
    body = ast.parse(file.read_text("utf-8")).body
    tests = {part.name for part in body if isinstance(part, ast.FunctionDef)}
    tests = {name for name in tests if name.startswith("test_")}
    return function in tests if function else bool(tests)


@pytest.mark.parametrize("hazard", HAZARDS, ids=lambda hazard: hazard["id"])
def test_each_hazard_is_told_in_full(hazard: dict[str, str]) -> None:
    assert all(value and value.strip() == value for value in hazard.values())
    assert hazard["severity"] in SEVERITIES


@pytest.mark.parametrize("hazard", HAZARDS, ids=lambda hazard: hazard["id"])
def test_each_control_has_a_test_that_exists(hazard: dict[str, str]) -> None:
    for named in hazard["tests"].split():
        assert _exists(named), named


def test_hazards_are_numbered_once() -> None:
    assert [hazard["id"] for hazard in HAZARDS] == [f"H{n:02}" for n in range(1, len(HAZARDS) + 1)]


@pytest.mark.parametrize("promise", PROMISES, ids=lambda promise: promise.split("|")[1].strip())
def test_each_promise_is_held_by_tests_that_exist(promise: str) -> None:
    named = re.findall(r"`(tests/[^`]+)`", promise)
    assert named
    assert [one for one in named if not _exists(one)] == []


def test_the_plan_of_tests_leaves_no_number_out() -> None:
    numbers = [promise.split("|")[1].strip() for promise in PROMISES]
    assert [one for one in numbers if re.fullmatch(r"R\d+", one)] == [f"R{n}" for n in range(1, 23)]


@pytest.mark.parametrize(
    "named",
    [
        "tests/test_promises.py::test_that_is_not_there",
        "tests/test_promises.py::_exists",
        "tests/builders.py",
        "tests/no_such_file.py",
    ],
)
def test_what_is_no_test_is_not_taken_for_one(named: str) -> None:
    assert not _exists(named)
