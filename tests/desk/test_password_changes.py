"""A change of password is put down, in the name of who changed it."""

from bodymap.chart.audit import AuditAction, AuditQuestion
from tests.vaults import OWNER, PASSWORD, found_clinic


def test_a_change_of_password_is_put_down(tmp_path) -> None:
    application = found_clinic(tmp_path / "clinic")
    application.sign_in.sign_in(OWNER.login, PASSWORD)
    application.sign_in.change_password(PASSWORD, "another horse of fair colour")
    with application.open_work() as work:
        question = AuditQuestion(action=AuditAction.PASSWORD_CHANGED)
        (entry,) = work.audit.entries(question)
    assert (entry.event.actor, entry.event.subject.id) == (OWNER.id, OWNER.id)
    application.close()
