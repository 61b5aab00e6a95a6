"""Users sign in: login names, further roles, supervisors, and who is shut out."""

from alembic import op

revision = "0005"
down_revision = "0004"

_STATEMENTS = (
    # The new table must bear the name from the start: what refers to "user" stays as it is.
    "PRAGMA legacy_alter_table = ON",
    "ALTER TABLE user RENAME TO user_before",
    """
    CREATE TABLE user (
        id VARCHAR(36) NOT NULL,
        name VARCHAR NOT NULL,
        role VARCHAR(16) NOT NULL,
        login VARCHAR NOT NULL,
        disabled BOOLEAN NOT NULL,
        CONSTRAINT pk_user PRIMARY KEY (id),
        CONSTRAINT ck_user_login CHECK (length(login) <= 80),
        CONSTRAINT ck_user_role
            CHECK (role IN ('therapist', 'trainee', 'supervisor', 'admin', 'clerk', 'auditor')),
        CONSTRAINT ck_user_disabled CHECK (disabled IN (0, 1))
    )
    """,
    "INSERT INTO user SELECT id, name, role, '', 0 FROM user_before",
    "DROP TABLE user_before",
    "PRAGMA legacy_alter_table = OFF",
    "CREATE UNIQUE INDEX uq_user_login_once ON user (login) WHERE login <> ''",
    """
    CREATE TABLE user_role (
        user_id VARCHAR(36) NOT NULL,
        role VARCHAR(16) NOT NULL,
        CONSTRAINT pk_user_role PRIMARY KEY (user_id, role),
        CONSTRAINT fk_user_role_user_id_user
            FOREIGN KEY(user_id) REFERENCES user (id) ON DELETE CASCADE,
        CONSTRAINT ck_user_role_role
            CHECK (role IN ('therapist', 'trainee', 'supervisor', 'admin', 'clerk', 'auditor'))
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE user_supervisor (
        trainee_id VARCHAR(36) NOT NULL,
        supervisor_id VARCHAR(36) NOT NULL,
        CONSTRAINT pk_user_supervisor PRIMARY KEY (trainee_id, supervisor_id),
        CONSTRAINT ck_user_supervisor_two CHECK (trainee_id <> supervisor_id),
        CONSTRAINT fk_user_supervisor_trainee_id_user
            FOREIGN KEY(trainee_id) REFERENCES user (id) ON DELETE CASCADE,
        CONSTRAINT fk_user_supervisor_supervisor_id_user
            FOREIGN KEY(supervisor_id) REFERENCES user (id) ON DELETE CASCADE
    ) WITHOUT ROWID
    """,
    "CREATE INDEX ix_user_supervisor_supervisor_id ON user_supervisor (supervisor_id)",
)


def upgrade() -> None:
    """Make the tables."""
    for statement in _STATEMENTS:
        op.execute(statement)
