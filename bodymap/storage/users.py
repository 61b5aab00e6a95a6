"""The clinic's users in the data file, with their roles and supervisors."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, Connection, delete, insert, select
from sqlalchemy.orm import Session

from bodymap.chart.people import Role, User, UserId
from bodymap.storage.statements import add_or_replace, table_of
from bodymap.storage.tables import UserRow
from bodymap.storage.user_tables import UserRoleRow, UserSupervisorRow

_PUT = add_or_replace(UserRow)
_ROLES = table_of(UserRoleRow)
_SUPERVISORS = table_of(UserSupervisorRow)


def read_users(session: Session, which: Iterable[ColumnElement[bool]] = ()) -> Sequence[User]:
    """Users by name, with all that hangs on them."""
    rows = session.scalars(select(UserRow).where(*which).order_by(UserRow.name, UserRow.id)).all()
    roles: dict[str, set[Role]] = defaultdict(set)
    supervisors: dict[str, set[UserId]] = defaultdict(set)
    if rows:
        ids = [row.id for row in rows]
        for role in session.scalars(select(UserRoleRow).where(UserRoleRow.user_id.in_(ids))):
            roles[role.user_id].add(role.role)
        trained = select(UserSupervisorRow).where(UserSupervisorRow.trainee_id.in_(ids))
        for link in session.scalars(trained):
            supervisors[link.trainee_id].add(UserId(link.supervisor_id))
    return [
        User(
            id=UserId(row.id),
            name=row.name,
            role=row.role,
            login=row.login,
            also=frozenset(roles[row.id]),
            supervisors=frozenset(supervisors[row.id]),
            disabled=row.disabled,
        )
        for row in rows
    ]


def write_user(writer: Connection, user: User) -> None:
    """Add the user or replace the one with its id."""
    values = {"id": user.id, "name": user.name, "role": user.role}
    writer.execute(_PUT.on(writer), values | {"login": user.login, "disabled": user.disabled})
    writer.execute(delete(_ROLES).where(_ROLES.c.user_id == user.id))
    writer.execute(delete(_SUPERVISORS).where(_SUPERVISORS.c.trainee_id == user.id))
    if user.also:
        more = [{"user_id": user.id, "role": role} for role in sorted(user.also)]
        writer.execute(insert(_ROLES), more)
    if user.supervisors:
        links = [
            {"trainee_id": user.id, "supervisor_id": other} for other in sorted(user.supervisors)
        ]
        writer.execute(insert(_SUPERVISORS), links)
