"""What leaves the clinic is put down; where it cannot be, nothing has left."""

from pathlib import Path

import pytest

from bodymap.chart.audit import AuditAction, AuditQuestion
from bodymap.errors import StorageError
from bodymap.storage.audit import SqlAudit
from tests.builders import a_visit
from tests.vaults import found_clinic, put_visit

LEAVES = {
    "a summary": lambda at, target: at.printing.summary(a_visit().id, target),
    "figures": lambda at, target: at.clinic.figures.export([("Visits", 3)], target),
    "the trail on paper": lambda at, target: at.verifying.print_out(
        AuditQuestion(), "All", target, "A4"
    ),
    "the trail": lambda at, target: at.verifying.export(AuditQuestion(), target),
}


@pytest.fixture
def application(tmp_path):
    application = found_clinic(tmp_path / "clinic")
    put_visit(application, a_visit())
    yield application
    application.close()


@pytest.mark.parametrize("what", LEAVES)
def test_what_cannot_be_put_down_does_not_leave(
    application, tmp_path: Path, monkeypatch, what: str
) -> None:
    note = SqlAudit.note

    def note_but_nothing_that_leaves(trail, action, subject, **told) -> None:
        if action in {AuditAction.PRINTED, AuditAction.EXPORTED}:
            raise StorageError("The disk is full.")
        note(trail, action, subject, **told)

    monkeypatch.setattr(SqlAudit, "note", note_but_nothing_that_leaves)
    target = tmp_path / "leaves"
    with pytest.raises(StorageError, match="full"):
        LEAVES[what](application, target)
    assert not target.exists()
    monkeypatch.undo()
    assert LEAVES[what](application, target) == target
    assert target.exists()
