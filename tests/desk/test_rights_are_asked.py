"""R18: no row of the table stands there for nothing, and figures leave with those who may."""

import ast
from pathlib import Path

import pytest

from bodymap.chart.audit import AuditAction, AuditQuestion
from bodymap.chart.people import Role
from bodymap.chart.permissions import Action, might
from bodymap.desk.access import Access
from bodymap.desk.figures import ClinicFigures
from bodymap.errors import DeniedError, StorageError
from tests.builders import a_user

SOURCES = Path(__file__).parents[2] / "bodymap"
TABLE = SOURCES / "chart" / "permissions.py"


def asked_for(path: Path) -> set[str]:
    """The actions that a module of the desk or the wiring names."""
    tree = ast.parse(path.read_text("utf-8"))
    return {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "Action"
    }


def test_every_action_of_the_table_is_asked_about_before_it_is_done() -> None:
    below_the_window = [SOURCES / "app.py", SOURCES / "chart" / "states.py"]
    below_the_window += (SOURCES / "desk").rglob("*.py")
    asked = set().union(*map(asked_for, below_the_window))
    assert {action.name for action in Action} - asked == set()


def at_desk(open_work, user, **reading) -> Access:
    with open_work() as work:
        work.people.put_user(user)
        work.commit()
    access = Access(open_work, **reading)
    access.begin(user.id)
    return access


def test_no_figures_leave_where_that_cannot_be_put_down(open_work, clock, tmp_path) -> None:
    access = at_desk(open_work, a_user(), only_reading=lambda: "The folder may only be read.")
    clinic = ClinicFigures(open_work, clock, access)
    assert not clinic.may_export
    with pytest.raises(StorageError, match="only be read"):
        clinic.export([("Visits", 3)], tmp_path / "figures.csv")
    assert not list(tmp_path.glob("*.csv"))


@pytest.mark.parametrize("role", Role)
def test_figures_leave_only_with_those_who_may_export(open_work, clock, tmp_path, role) -> None:
    user, target = a_user(role=role), tmp_path / "figures.csv"
    access = at_desk(open_work, user)
    clinic = ClinicFigures(open_work, clock, access)
    assert clinic.may_export is might(user, Action.EXPORT)
    if clinic.may_export:
        assert clinic.export([("Visits", 3)], target) == target
        return
    with pytest.raises(DeniedError, match="You may not export"):
        clinic.export([("Visits", 3)], target)
    assert not target.exists()
    with open_work() as work:
        (denied,) = work.audit.entries(AuditQuestion(action=AuditAction.DENIED))
    assert denied.event.new == '{"action":"export charts"}'
