"""The tables, and triggers that keep what is closed as it is.

They are those of the data file at the same revision, in PostgreSQL's words; tests hold the two
together. A trigger's condition may not ask other tables here, so each has a function.
"""
# ruff: noqa: S608 - every name in the statements stands in this file

from collections.abc import Iterator
from pathlib import Path

from alembic import op

revision = "0007"
down_revision = None

_TABLES = Path(__file__).with_name("0007_tables.sql")

_JSON = """
    CREATE FUNCTION {name}(written text) RETURNS {answer}
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog AS $$
    BEGIN
        RETURN {value};
    EXCEPTION WHEN invalid_text_representation OR untranslatable_character
        OR invalid_parameter_value THEN
        RETURN {otherwise};
    END $$
"""
_JSON_FUNCTIONS = (
    ("json_valid", "boolean", "written::json IS NOT NULL", "false"),
    ("json_type", "text", "json_typeof(written::json)", "NULL"),
    ("json_array_length", "integer", "json_array_length(written::json)", "NULL"),
)
"""SQLite has these; the rules of the tables ask them."""

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
_APPENDED = {
    "signing_key": "public_key = NEW.public_key",
    "visit_signature": "id = NEW.id OR sequence = NEW.sequence",
    "visit_round": "sequence = NEW.sequence OR visit_id = NEW.visit_id AND number = NEW.number",
    "review_comment": "sequence = NEW.sequence OR id = NEW.id",
    "review_answer": "sequence = NEW.sequence OR id = NEW.id",
    "review_decision": "sequence = NEW.sequence OR visit_id = NEW.visit_id AND number = NEW.number",
}

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

_STATE = "(SELECT state FROM visit WHERE id = NEW.visit_id)"
_STATE_OF_COMMENT = (
    "(SELECT visit.state FROM review_comment JOIN visit ON visit.id = review_comment.visit_id"
    " WHERE review_comment.id = NEW.comment_id)"
)
_NOT_IN_STATE = {
    "visit_signature": f"""CASE NEW.meaning
        WHEN 'author' THEN {_STATE} NOT IN ('draft', 'returned')
        WHEN 'co-signer' THEN {_STATE} <> 'submitted'
        WHEN 'addendum' THEN {_STATE} <> 'signed'
        ELSE {_STATE} = 'void' END""",
    "visit_round": f"{_STATE} NOT IN ('draft', 'returned') OR NEW.number IS DISTINCT FROM 1 +"
    " (SELECT count(*) FROM visit_round WHERE visit_id = NEW.visit_id)",
    "review_comment": f"{_STATE} NOT IN ('submitted', 'returned')",
    "review_answer": f"{_STATE_OF_COMMENT} NOT IN ('submitted', 'returned')",
    "review_decision": f"{_STATE} <> 'submitted' OR NEW.number IS DISTINCT FROM"
    " (SELECT max(number) FROM visit_round WHERE visit_id = NEW.visit_id)",
}


def _function(name: str, body: str, rights: str = "") -> str:
    return (
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql {rights}"
        f" SET search_path = public, pg_temp AS $$ BEGIN {body} END $$"
    )


def _refuse(name: str, what: str, when: str = "true", words: str = "kept") -> Iterator[str]:
    row = "OLD" if what.startswith("DELETE") else "NEW"
    refusal = f"RAISE EXCEPTION 'bodymap: {words}' USING ERRCODE = 'BDM01';"
    yield _function(name, f"IF ({when}) THEN {refusal} END IF; RETURN {row};")
    yield f"CREATE TRIGGER {name} BEFORE {what} FOR EACH ROW EXECUTE FUNCTION {name}()"


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
            yield from _refuse(f"{name}_insert", f"INSERT ON {table}", closed("NEW"), words)
            either = f"{closed('OLD')} OR {closed('NEW')}"
            yield from _refuse(f"{name}_update", f"UPDATE ON {table}", either, words)
            yield from _refuse(f"{name}_delete", f"DELETE ON {table}", closed("OLD"), words)


def _visit_guards() -> Iterator[str]:
    words = "the visit is closed"
    again = (
        "EXISTS (SELECT 1 FROM visit WHERE (id = NEW.id OR sequence = NEW.sequence)"
        f" AND state IN {_CLOSED})"
    )
    yield from _refuse("closed_visit_insert", "INSERT ON visit", again, words)
    yield from _refuse("kept_visit_delete", "DELETE ON visit", words="a visit is never deleted")
    moved = f"NEW.state <> OLD.state AND OLD.state || '>' || NEW.state NOT IN {_STATES}"
    yield from _refuse("kept_visit_state", "UPDATE ON visit", moved, "no such change of state")
    differs = " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in _FIXED)
    # The version goes on only together with the state.
    differs += " OR OLD.version IS DISTINCT FROM NEW.version AND OLD.state = NEW.state"
    differs += f" OR OLD.patient_id IS DISTINCT FROM NEW.patient_id AND NOT ({_MERGED})"
    closed = f"OLD.state IN {_CLOSED} AND ({differs})"
    yield from _refuse("closed_visit_update", "UPDATE ON visit", closed, words)


def _appended_guards() -> Iterator[str]:
    for table, again in _APPENDED.items():
        there = f"EXISTS (SELECT 1 FROM {table} WHERE {again})"
        yield from _refuse(f"kept_{table}_insert", f"INSERT ON {table}", there)
    for table in (*_APPENDED, "audit"):
        yield from _refuse(f"kept_{table}_update", f"UPDATE ON {table}")
        yield from _refuse(f"kept_{table}_delete", f"DELETE ON {table}")
    for table, when in _NOT_IN_STATE.items():
        yield from _refuse(f"kept_{table}_state", f"INSERT ON {table}", when, "not in this state")


def _audit_guards() -> Iterator[str]:
    following = "NEW.number IS DISTINCT FROM (SELECT count + 1 FROM audit_head)"
    yield from _refuse("kept_audit_insert", "INSERT ON audit", following)
    # With the rights of the owner: nobody else may write the head.
    goes_on = "UPDATE audit_head SET count = NEW.number, hash = NEW.hash; RETURN NULL;"
    yield _function("audit_goes_on", goes_on, "SECURITY DEFINER")
    yield (
        "CREATE TRIGGER audit_goes_on AFTER INSERT ON audit"
        " FOR EACH ROW EXECUTE FUNCTION audit_goes_on()"
    )
    yield from _refuse("kept_audit_head_insert", "INSERT ON audit_head")
    yield from _refuse("kept_audit_head_delete", "DELETE ON audit_head")
    last = "SELECT 1 FROM audit WHERE number = NEW.count AND hash = NEW.hash"
    on = f"NEW.count IS DISTINCT FROM OLD.count + 1 OR NEW.id <> 1 OR NOT EXISTS ({last})"
    yield from _refuse("kept_audit_head_update", "UPDATE ON audit_head", on)


def _emptying_guards() -> Iterator[str]:
    """TRUNCATE asks no trigger of a row."""
    refusal = "RAISE EXCEPTION 'bodymap: kept' USING ERRCODE = 'BDM01';"
    yield _function("kept_whole", refusal)
    for table in ("visit", *_OF_VISITS, *_OF_MARKS, *_APPENDED, "audit", "audit_head"):
        yield (
            f"CREATE TRIGGER kept_{table}_whole BEFORE TRUNCATE ON {table}"
            " EXECUTE FUNCTION kept_whole()"
        )


def _statements() -> Iterator[str]:
    for name, answer, value, otherwise in _JSON_FUNCTIONS:
        yield _JSON.format(name=name, answer=answer, value=value, otherwise=otherwise)
    yield from (part for part in _TABLES.read_text("utf-8").split(";\n") if part.strip())
    # An episode goes to another patient together with its visits: looked at when both have.
    yield "ALTER TABLE visit ALTER CONSTRAINT fk_visit_patient_id_episode_id_episode DEFERRABLE"
    yield "CREATE TABLE writers_turn (id INTEGER NOT NULL PRIMARY KEY)"
    yield r"INSERT INTO audit_head VALUES (1, 0, decode(repeat('00', 32), 'hex'))"
    yield from _closed_guards()
    yield from _visit_guards()
    yield from _appended_guards()
    yield from _audit_guards()
    yield from _emptying_guards()


def upgrade() -> None:
    """Make everything in an empty database; the audit trail begins empty."""
    for statement in _statements():
        op.execute(statement)
