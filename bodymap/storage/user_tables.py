"""The rows of users besides the first of each: further roles, and whose trainee somebody is."""

from typing import Annotated

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from bodymap.chart.people import Role
from bodymap.storage.columns import NO_ROWID, choice
from bodymap.storage.tables import Row

_User = Annotated[
    str,
    mapped_column(String(36), ForeignKey("user.id", ondelete="CASCADE"), primary_key=True),
]


class UserRoleRow(Row):
    """What a user is to the clinic besides the first."""

    __tablename__ = "user_role"
    __table_args__ = (NO_ROWID,)

    user_id: Mapped[_User]
    role: Mapped[Role] = mapped_column(choice(Role, "role"), primary_key=True)


class UserSupervisorRow(Row):
    """Somebody who reads a trainee's visits."""

    __tablename__ = "user_supervisor"
    __table_args__ = (
        CheckConstraint("trainee_id <> supervisor_id", name="two"),
        Index(None, "supervisor_id"),
        NO_ROWID,
    )

    trainee_id: Mapped[_User]
    supervisor_id: Mapped[_User]
