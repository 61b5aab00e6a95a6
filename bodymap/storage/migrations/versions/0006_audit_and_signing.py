"""The audit trail, signatures, and triggers that keep what is closed as it is.

Tables that later hang on a visit need guards of their own, made in their own revision.
"""
# ruff: noqa: S608 - every name in the statements stands in this file

from collections.abc import Iterator

from alembic import op

revision = "0006"
down_revision = "0005"

_TABLES = (
    """
    CREATE TABLE audit (
        number INTEGER NOT NULL,
        at_utc VARCHAR(27) NOT NULL,
        at_offset_min INTEGER NOT NULL,
        actor_id VARCHAR(36),
        action VARCHAR(32) NOT NULL,
        entity VARCHAR(16) NOT NULL,
        entity_id VARCHAR NOT NULL,
        patient_id VARCHAR(36),
        visit_id VARCHAR(36),
        old VARCHAR NOT NULL,
        new VARCHAR NOT NULL,
        hash BLOB NOT NULL,
        CONSTRAINT pk_audit PRIMARY KEY (number),
        CONSTRAINT ck_audit_hash CHECK (length(hash) = 32),
        CONSTRAINT ck_audit_at_utc CHECK (at_utc LIKE '____-__-__T__:__:__.______Z'),
        CONSTRAINT ck_audit_action CHECK (action <> '' AND entity <> '')
    )
    """,
    "CREATE INDEX ix_audit_patient_id ON audit (patient_id)",
    """
    CREATE TABLE audit_head (
        id INTEGER NOT NULL,
        count INTEGER NOT NULL,
        hash BLOB NOT NULL,
        CONSTRAINT pk_audit_head PRIMARY KEY (id),
        CONSTRAINT ck_audit_head_one CHECK (id = 1)
    )
    """,
    "INSERT INTO audit_head VALUES (1, 0, zeroblob(32))",
    """
    CREATE TABLE signing_key (
        public_key BLOB NOT NULL,
        user_id VARCHAR(36) NOT NULL,
        made_utc DATETIME NOT NULL,
        made_offset_min INTEGER NOT NULL,
        CONSTRAINT pk_signing_key PRIMARY KEY (public_key),
        CONSTRAINT ck_signing_key_public_key CHECK (length(public_key) = 32),
        CONSTRAINT fk_signing_key_user_id_user FOREIGN KEY(user_id) REFERENCES user (id)
    )
    """,
    "CREATE INDEX ix_signing_key_user_id ON signing_key (user_id)",
    """
    CREATE TABLE visit_signature (
        sequence INTEGER NOT NULL,
        id VARCHAR(36) NOT NULL,
        visit_id VARCHAR(36) NOT NULL,
        patient_id VARCHAR(36) NOT NULL,
        user_id VARCHAR(36) NOT NULL,
        name VARCHAR NOT NULL,
        meaning VARCHAR(16) NOT NULL,
        signed_utc DATETIME NOT NULL,
        signed_offset_min INTEGER NOT NULL,
        digest VARCHAR(64) NOT NULL,
        text VARCHAR NOT NULL,
        audit_count INTEGER NOT NULL,
        audit_head VARCHAR(64) NOT NULL,
        public_key BLOB NOT NULL,
        value BLOB NOT NULL,
        CONSTRAINT pk_visit_signature PRIMARY KEY (sequence),
        CONSTRAINT uq_visit_signature_id UNIQUE (id),
        CONSTRAINT ck_visit_signature_value CHECK (length(value) = 64),
        CONSTRAINT ck_visit_signature_digest CHECK (length(digest) = 64),
        CONSTRAINT ck_visit_signature_text
            CHECK ((meaning IN ('addendum', 'void')) = (trim(text) <> '')),
        CONSTRAINT fk_visit_signature_visit_id_visit FOREIGN KEY(visit_id) REFERENCES visit (id),
        CONSTRAINT fk_visit_signature_patient_id_patient
            FOREIGN KEY(patient_id) REFERENCES patient (id),
        CONSTRAINT fk_visit_signature_user_id_user FOREIGN KEY(user_id) REFERENCES user (id),
        CONSTRAINT ck_visit_signature_meaning
            CHECK (meaning IN ('author', 'co-signer', 'addendum', 'void')),
        CONSTRAINT fk_visit_signature_public_key_signing_key
            FOREIGN KEY(public_key) REFERENCES signing_key (public_key)
    )
    """,
    "CREATE INDEX ix_visit_signature_visit_id ON visit_signature (visit_id)",
)

_CLOSED = "('submitted', 'signed', 'void')"

_OF_VISITS = (
    "mark",
    "visit_screening",
    "visit_barred_area",
    "visit_consent",
    "visit_told",
    "visit_hygiene",
    "visit_position",
    "visit_needle_count",
    "visit_measure",
    "visit_text",
    "visit_aftercare",
    "visit_condition",
    "visit_adverse_event",
    "visit_follow_up",
)
_OF_MARKS = (
    "mark_structure",
    "trigger_point",
    "trigger_point_referral",
    "needle_site",
    "needle_manipulation",
    "needle_sensation",
    "pain_zone",
    "pain_zone_region",
    "pain_zone_quality",
    "polygon_ring",
    "note_photo",
)

_STATES = (
    "('draft>submitted', 'draft>signed', 'draft>void', 'returned>submitted', 'returned>signed',"
    " 'returned>void', 'submitted>returned', 'submitted>signed', 'submitted>void', 'signed>void')"
)

_FIXED = (
    "sequence",
    "id",
    "episode_id",
    "therapist_id",
    "began_utc",
    "began_offset_min",
    "pain_before",
    "pain_after",
)
"""What of a closed visit never changes; its state may go on, its patient may be merged."""

_MERGED = """
    EXISTS (SELECT 1 FROM patient_detail
            WHERE patient_id = OLD.patient_id AND merged_into_id = NEW.patient_id)
    OR EXISTS (SELECT 1 FROM episode_course
               WHERE episode_id = OLD.episode_id AND came_from_id = NEW.patient_id)
"""


def _refuse(name: str, what: str, when: str = "", words: str = "kept") -> str:
    condition = f"WHEN {when} " if when else ""
    return (
        f"CREATE TRIGGER {name} BEFORE {what} {condition}"
        f"BEGIN SELECT RAISE(ABORT, 'bodymap: {words}'); END"
    )


def _closed_visit(row: str) -> str:
    return f"(SELECT state FROM visit WHERE id = {row}.visit_id) IN {_CLOSED}"


def _closed_mark(row: str) -> str:
    return (
        "(SELECT visit.state FROM mark JOIN visit ON visit.id = mark.visit_id"
        f" WHERE mark.id = {row}.mark_id) IN {_CLOSED}"
    )


def _closed_guards() -> Iterator[str]:
    for tables, closed in ((_OF_VISITS, _closed_visit), (_OF_MARKS, _closed_mark)):
        for table in tables:
            name, words = f"closed_{table}", "the visit is closed"
            yield _refuse(f"{name}_insert", f"INSERT ON {table}", closed("NEW"), words)
            either = f"{closed('OLD')} OR {closed('NEW')}"
            yield _refuse(f"{name}_update", f"UPDATE ON {table}", either, words)
            yield _refuse(f"{name}_delete", f"DELETE ON {table}", closed("OLD"), words)


def _visit_guards() -> Iterator[str]:
    words = "the visit is closed"
    again = (
        "EXISTS (SELECT 1 FROM visit WHERE (id = NEW.id OR sequence = NEW.sequence)"
        f" AND state IN {_CLOSED})"
    )
    yield _refuse("closed_visit_insert", "INSERT ON visit", again, words)
    yield _refuse("kept_visit_delete", "DELETE ON visit", words="a visit is never deleted")
    moved = f"NEW.state <> OLD.state AND OLD.state || '>' || NEW.state NOT IN {_STATES}"
    yield _refuse("kept_visit_state", "UPDATE ON visit", moved, "no such change of state")
    differs = " OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in _FIXED)
    # The version goes on only together with the state.
    differs += " OR OLD.version IS NOT NEW.version AND OLD.state = NEW.state"
    differs += f" OR OLD.patient_id IS NOT NEW.patient_id AND NOT ({_MERGED})"
    closed = f"OLD.state IN {_CLOSED} AND ({differs})"
    yield _refuse("closed_visit_update", "UPDATE ON visit", closed, words)


def _appended_guards() -> Iterator[str]:
    for table, again in (
        ("signing_key", "public_key = NEW.public_key"),
        ("visit_signature", "id = NEW.id OR sequence = NEW.sequence"),
    ):
        there = f"EXISTS (SELECT 1 FROM {table} WHERE {again})"
        yield _refuse(f"kept_{table}_insert", f"INSERT ON {table}", there)
    for table in ("signing_key", "visit_signature", "audit"):
        yield _refuse(f"kept_{table}_update", f"UPDATE ON {table}")
        yield _refuse(f"kept_{table}_delete", f"DELETE ON {table}")
    state = "(SELECT state FROM visit WHERE id = NEW.visit_id)"
    yield _refuse(
        "kept_visit_signature_state",
        "INSERT ON visit_signature",
        f"""CASE NEW.meaning
            WHEN 'author' THEN {state} NOT IN ('draft', 'returned')
            WHEN 'co-signer' THEN {state} <> 'submitted'
            WHEN 'addendum' THEN {state} <> 'signed'
            ELSE {state} = 'void' END""",
        "not in this state",
    )


def _audit_guards() -> Iterator[str]:
    following = "NEW.number IS NOT (SELECT count + 1 FROM audit_head)"
    yield _refuse("kept_audit_insert", "INSERT ON audit", following)
    yield """CREATE TRIGGER audit_goes_on AFTER INSERT ON audit
        BEGIN UPDATE audit_head SET count = NEW.number, hash = NEW.hash; END"""
    yield _refuse("kept_audit_head_insert", "INSERT ON audit_head")
    yield _refuse("kept_audit_head_delete", "DELETE ON audit_head")
    last = "SELECT 1 FROM audit WHERE number = NEW.count AND hash = NEW.hash"
    on = f"NEW.count IS NOT OLD.count + 1 OR NEW.id <> 1 OR NOT EXISTS ({last})"
    yield _refuse("kept_audit_head_update", "UPDATE ON audit_head", on)


def upgrade() -> None:
    """Add the tables and the guards; the trail begins empty."""
    for statement in (
        *_TABLES,
        *_closed_guards(),
        *_visit_guards(),
        *_appended_guards(),
        *_audit_guards(),
    ):
        op.execute(statement)
