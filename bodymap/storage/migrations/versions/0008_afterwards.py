"""What becomes known after a visit is closed: adverse events, follow-ups, corrections of them.

All of it is only ever added to; triggers refuse everything else.
"""

from collections.abc import Iterator

from alembic import op

revision = "0008"
down_revision = "0007"

_TABLES = (
    """
    CREATE TABLE visit_afterward (
        sequence INTEGER NOT NULL,
        id VARCHAR(36) NOT NULL,
        visit_id VARCHAR(36) NOT NULL,
        user_id VARCHAR(36) NOT NULL,
        at_utc DATETIME NOT NULL,
        at_offset_min INTEGER NOT NULL,
        corrects_id VARCHAR(36),
        event VARCHAR(16),
        severity VARCHAR(16),
        onset VARCHAR(16),
        outcome VARCHAR(16),
        action VARCHAR NOT NULL,
        reported_to VARCHAR NOT NULL,
        follow_up VARCHAR(16),
        told_on DATE,
        pain INTEGER,
        soreness INTEGER,
        relief VARCHAR(16),
        text VARCHAR NOT NULL,
        CONSTRAINT pk_visit_afterward PRIMARY KEY (sequence),
        CONSTRAINT uq_visit_afterward_id UNIQUE (id),
        CONSTRAINT uq_visit_afterward_corrects_id UNIQUE (corrects_id),
        CONSTRAINT uq_visit_afterward_visit_id_id UNIQUE (visit_id, id),
        CONSTRAINT fk_visit_afterward_visit_id_corrects_id_visit_afterward
            FOREIGN KEY(visit_id, corrects_id) REFERENCES visit_afterward (visit_id, id),
        CONSTRAINT ck_visit_afterward_corrects CHECK (corrects_id <> id),
        CONSTRAINT ck_visit_afterward_event_whole
            CHECK ((event IS NULL) = (severity IS NULL) AND (event IS NULL) = (onset IS NULL)
            AND (event IS NULL) = (outcome IS NULL)
            AND (event IS NOT NULL OR (action = '' AND reported_to = ''))),
        CONSTRAINT ck_visit_afterward_follow_up_whole
            CHECK ((follow_up IS NULL) = (told_on IS NULL) AND (follow_up IS NOT NULL
            OR (pain IS NULL AND soreness IS NULL AND relief IS NULL))),
        CONSTRAINT ck_visit_afterward_one CHECK (event IS NULL OR follow_up IS NULL),
        CONSTRAINT ck_visit_afterward_retraction
            CHECK (event IS NOT NULL OR follow_up IS NOT NULL
            OR (corrects_id IS NOT NULL AND trim(text) <> '')),
        CONSTRAINT ck_visit_afterward_pain CHECK (pain BETWEEN 0 AND 10),
        CONSTRAINT ck_visit_afterward_soreness CHECK (soreness BETWEEN 0 AND 10),
        CONSTRAINT fk_visit_afterward_visit_id_visit FOREIGN KEY(visit_id) REFERENCES visit (id),
        CONSTRAINT fk_visit_afterward_user_id_user FOREIGN KEY(user_id) REFERENCES user (id),
        CONSTRAINT ck_visit_afterward_event
            CHECK (event IN ('bruising', 'bleeding', 'pain', 'fainting', 'dizziness', 'nausea',
            'headache', 'drowsiness', 'aggravation', 'nerve', 'infection', 'pneumothorax',
            'allergy', 'stuck-needle', 'broken-needle', 'left-needle', 'needlestick', 'other')),
        CONSTRAINT ck_visit_afterward_severity
            CHECK (severity IN ('mild', 'significant', 'serious')),
        CONSTRAINT ck_visit_afterward_onset
            CHECK (onset IN ('during', 'straight-after', 'same-day', 'within-48-h', 'later')),
        CONSTRAINT ck_visit_afterward_outcome
            CHECK (outcome IN ('resolved', 'recovering', 'ongoing', 'sequelae', 'unknown')),
        CONSTRAINT ck_visit_afterward_follow_up CHECK (follow_up IN ('follow-up', 'journal')),
        CONSTRAINT ck_visit_afterward_relief
            CHECK (relief IN ('much-better', 'better', 'same', 'worse'))
    )
    """,
    "CREATE INDEX ix_visit_afterward_visit_id ON visit_afterward (visit_id)",
)

_AGAIN = (
    "EXISTS (SELECT 1 FROM visit_afterward WHERE sequence = NEW.sequence OR id = NEW.id"
    " OR corrects_id = NEW.corrects_id)"
)
_OTHERWISE = "(SELECT state FROM visit WHERE id = NEW.visit_id) NOT IN ('submitted', 'signed')"


def _refuse(name: str, what: str, when: str = "", words: str = "kept") -> str:
    condition = f"WHEN {when} " if when else ""
    return (
        f"CREATE TRIGGER {name} BEFORE {what} ON visit_afterward {condition}"
        f"BEGIN SELECT RAISE(ABORT, 'bodymap: {words}'); END"
    )


def _guards() -> Iterator[str]:
    yield _refuse("kept_visit_afterward_insert", "INSERT", _AGAIN)
    yield _refuse("kept_visit_afterward_update", "UPDATE")
    yield _refuse("kept_visit_afterward_delete", "DELETE")
    yield _refuse("kept_visit_afterward_state", "INSERT", _OTHERWISE, "not in this state")


def upgrade() -> None:
    """Add the table and its guards."""
    for statement in (*_TABLES, *_guards()):
        op.execute(statement)
