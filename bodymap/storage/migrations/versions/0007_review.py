"""Reviews: a trainee's visit as it was handed in each time, comments, answers, decisions.

All of it is only ever added to; triggers refuse everything else.
"""
# ruff: noqa: S608 - every name in the statements stands in this file

from collections.abc import Iterator

from alembic import op

revision = "0007"
down_revision = "0006"

_TABLES = (
    """
    CREATE TABLE visit_round (
        sequence INTEGER NOT NULL,
        visit_id VARCHAR(36) NOT NULL,
        number INTEGER NOT NULL,
        user_id VARCHAR(36) NOT NULL,
        at_utc DATETIME NOT NULL,
        at_offset_min INTEGER NOT NULL,
        digest VARCHAR(64) NOT NULL,
        content BLOB NOT NULL,
        CONSTRAINT pk_visit_round PRIMARY KEY (sequence),
        CONSTRAINT uq_visit_round_visit_id_number UNIQUE (visit_id, number),
        CONSTRAINT ck_visit_round_number CHECK (number > 0),
        CONSTRAINT ck_visit_round_digest CHECK (length(digest) = 64),
        CONSTRAINT fk_visit_round_visit_id_visit FOREIGN KEY(visit_id) REFERENCES visit (id),
        CONSTRAINT fk_visit_round_user_id_user FOREIGN KEY(user_id) REFERENCES user (id)
    )
    """,
    """
    CREATE TABLE review_comment (
        sequence INTEGER NOT NULL,
        id VARCHAR(36) NOT NULL,
        visit_id VARCHAR(36) NOT NULL,
        number INTEGER NOT NULL,
        user_id VARCHAR(36) NOT NULL,
        at_utc DATETIME NOT NULL,
        at_offset_min INTEGER NOT NULL,
        severity VARCHAR(16) NOT NULL,
        text VARCHAR NOT NULL,
        mark_id VARCHAR(36),
        "view" VARCHAR(16),
        u_mm DOUBLE,
        v_mm DOUBLE,
        side VARCHAR(16),
        region VARCHAR,
        landmark VARCHAR NOT NULL,
        structures VARCHAR NOT NULL,
        atlas_version VARCHAR NOT NULL,
        radius_mm DOUBLE NOT NULL,
        CONSTRAINT pk_review_comment PRIMARY KEY (sequence),
        CONSTRAINT uq_review_comment_id UNIQUE (id),
        CONSTRAINT fk_review_comment_visit_id_number_visit_round
            FOREIGN KEY(visit_id, number) REFERENCES visit_round (visit_id, number),
        CONSTRAINT ck_review_comment_text CHECK (trim(text) <> ''),
        CONSTRAINT ck_review_comment_place
            CHECK ((view IS NULL) = (u_mm IS NULL) AND (view IS NULL) = (v_mm IS NULL)
            AND (view IS NULL) = (side IS NULL) AND (view IS NULL) = (region IS NULL)),
        CONSTRAINT ck_review_comment_pin
            CHECK (radius_mm BETWEEN 0 AND 300 AND (view IS NOT NULL OR (mark_id IS NULL
            AND radius_mm = 0)) AND (mark_id IS NULL OR radius_mm = 0)),
        CONSTRAINT fk_review_comment_user_id_user FOREIGN KEY(user_id) REFERENCES user (id),
        CONSTRAINT ck_review_comment_severity
            CHECK (severity IN ('note', 'question', 'must-change')),
        CONSTRAINT ck_review_comment_view
            CHECK ("view" IN ('anterior', 'posterior', 'lateral-left', 'lateral-right',
            'soles', 'feet-dorsal')),
        CONSTRAINT ck_review_comment_side CHECK (side IN ('left', 'right', 'midline'))
    )
    """,
    "CREATE INDEX ix_review_comment_visit_id ON review_comment (visit_id)",
    """
    CREATE TABLE review_answer (
        sequence INTEGER NOT NULL,
        id VARCHAR(36) NOT NULL,
        comment_id VARCHAR(36) NOT NULL,
        user_id VARCHAR(36) NOT NULL,
        at_utc DATETIME NOT NULL,
        at_offset_min INTEGER NOT NULL,
        text VARCHAR NOT NULL,
        settles INTEGER,
        CONSTRAINT pk_review_answer PRIMARY KEY (sequence),
        CONSTRAINT uq_review_answer_id UNIQUE (id),
        CONSTRAINT ck_review_answer_text CHECK (settles IS NOT NULL OR trim(text) <> ''),
        CONSTRAINT ck_review_answer_settles CHECK (settles IN (0, 1)),
        CONSTRAINT fk_review_answer_comment_id_review_comment
            FOREIGN KEY(comment_id) REFERENCES review_comment (id),
        CONSTRAINT fk_review_answer_user_id_user FOREIGN KEY(user_id) REFERENCES user (id)
    )
    """,
    "CREATE INDEX ix_review_answer_comment_id ON review_answer (comment_id)",
    """
    CREATE TABLE review_decision (
        sequence INTEGER NOT NULL,
        visit_id VARCHAR(36) NOT NULL,
        number INTEGER NOT NULL,
        user_id VARCHAR(36) NOT NULL,
        at_utc DATETIME NOT NULL,
        at_offset_min INTEGER NOT NULL,
        verdict VARCHAR(16) NOT NULL,
        reasons VARCHAR NOT NULL,
        CONSTRAINT pk_review_decision PRIMARY KEY (sequence),
        CONSTRAINT uq_review_decision_visit_id_number UNIQUE (visit_id, number),
        CONSTRAINT fk_review_decision_visit_id_number_visit_round
            FOREIGN KEY(visit_id, number) REFERENCES visit_round (visit_id, number),
        CONSTRAINT fk_review_decision_user_id_user FOREIGN KEY(user_id) REFERENCES user (id),
        CONSTRAINT ck_review_decision_verdict CHECK (verdict IN ('approved', 'returned'))
    )
    """,
)

_KEPT = {
    "visit_round": "visit_id = NEW.visit_id AND number = NEW.number",
    "review_comment": "id = NEW.id",
    "review_answer": "id = NEW.id",
    "review_decision": "visit_id = NEW.visit_id AND number = NEW.number",
}

_STATE = "(SELECT state FROM visit WHERE id = NEW.visit_id)"
_STATE_OF_COMMENT = (
    "(SELECT visit.state FROM review_comment JOIN visit ON visit.id = review_comment.visit_id"
    " WHERE review_comment.id = NEW.comment_id)"
)
_ALLOWED = {
    "visit_round": f"{_STATE} NOT IN ('draft', 'returned') OR NEW.number IS NOT 1 +"
    " (SELECT count(*) FROM visit_round WHERE visit_id = NEW.visit_id)",
    "review_comment": f"{_STATE} NOT IN ('submitted', 'returned')",
    "review_answer": f"{_STATE_OF_COMMENT} NOT IN ('submitted', 'returned')",
    "review_decision": f"{_STATE} <> 'submitted' OR NEW.number IS NOT"
    " (SELECT max(number) FROM visit_round WHERE visit_id = NEW.visit_id)",
}


def _refuse(name: str, what: str, when: str = "", words: str = "kept") -> str:
    condition = f"WHEN {when} " if when else ""
    return (
        f"CREATE TRIGGER {name} BEFORE {what} {condition}"
        f"BEGIN SELECT RAISE(ABORT, 'bodymap: {words}'); END"
    )


def _guards() -> Iterator[str]:
    for table, again in _KEPT.items():
        there = f"EXISTS (SELECT 1 FROM {table} WHERE sequence = NEW.sequence OR {again})"
        yield _refuse(f"kept_{table}_insert", f"INSERT ON {table}", there)
        yield _refuse(f"kept_{table}_update", f"UPDATE ON {table}")
        yield _refuse(f"kept_{table}_delete", f"DELETE ON {table}")
    for table, otherwise in _ALLOWED.items():
        words = "not in this state"
        yield _refuse(f"kept_{table}_state", f"INSERT ON {table}", otherwise, words)


def upgrade() -> None:
    """Add the tables and their guards; what was handed in before has no rounds."""
    for statement in (*_TABLES, *_guards()):
        op.execute(statement)
