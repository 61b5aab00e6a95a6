"""What more is known of patients and their episodes; alerts get a kind."""

import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_TABLES = (
    """
    CREATE TABLE patient_alert (
        patient_id VARCHAR(36) NOT NULL,
        position INTEGER NOT NULL,
        kind VARCHAR(16) NOT NULL,
        words VARCHAR NOT NULL,
        trimester INTEGER,
        came_from_id VARCHAR(36),
        CONSTRAINT pk_patient_alert PRIMARY KEY (patient_id, position),
        CONSTRAINT ck_patient_alert_trimester
            CHECK (trimester IS NULL OR trimester BETWEEN 1 AND 3 AND kind = 'pregnancy'),
        CONSTRAINT ck_patient_alert_words CHECK (kind <> 'other' OR trim(words) <> ''),
        CONSTRAINT fk_patient_alert_patient_id_patient
            FOREIGN KEY(patient_id) REFERENCES patient (id) ON DELETE CASCADE,
        CONSTRAINT ck_patient_alert_kind
            CHECK (kind IN ('allergy', 'metal-allergy', 'anticoagulant', 'bleeding',
              'pregnancy', 'pacemaker', 'implant', 'prosthesis', 'needle-phobia', 'immune',
              'diabetes', 'epilepsy', 'lymphoedema', 'other')),
        CONSTRAINT fk_patient_alert_came_from_id_patient
            FOREIGN KEY(came_from_id) REFERENCES patient (id)
    ) WITHOUT ROWID
    """,
    """
    CREATE INDEX ix_patient_alert_kind ON patient_alert (kind)
    """,
    """
    CREATE TABLE patient_detail (
        patient_id VARCHAR(36) NOT NULL,
        preferred_name VARCHAR NOT NULL,
        phone VARCHAR NOT NULL,
        email VARCHAR NOT NULL,
        address VARCHAR NOT NULL,
        language VARCHAR NOT NULL,
        emergency_name VARCHAR NOT NULL,
        emergency_relation VARCHAR NOT NULL,
        emergency_phone VARCHAR NOT NULL,
        notes VARCHAR NOT NULL,
        merged_into_id VARCHAR(36),
        CONSTRAINT pk_patient_detail PRIMARY KEY (patient_id),
        CONSTRAINT ck_patient_detail_merged_into_id CHECK (merged_into_id <> patient_id),
        CONSTRAINT fk_patient_detail_patient_id_patient
            FOREIGN KEY(patient_id) REFERENCES patient (id) ON DELETE CASCADE,
        CONSTRAINT fk_patient_detail_merged_into_id_patient
            FOREIGN KEY(merged_into_id) REFERENCES patient (id)
    )
    """,
    """
    CREATE INDEX ix_patient_detail_merged_into_id ON patient_detail (merged_into_id)
    """,
    """
    CREATE TABLE patient_identifier (
        patient_id VARCHAR(36) NOT NULL,
        position INTEGER NOT NULL,
        system VARCHAR NOT NULL,
        value VARCHAR NOT NULL,
        CONSTRAINT pk_patient_identifier PRIMARY KEY (patient_id, position),
        CONSTRAINT ck_patient_identifier_said
            CHECK (trim(system) <> '' AND trim(value) <> ''),
        CONSTRAINT fk_patient_identifier_patient_id_patient
            FOREIGN KEY(patient_id) REFERENCES patient (id) ON DELETE CASCADE
    ) WITHOUT ROWID
    """,
    """
    CREATE INDEX ix_patient_identifier_value ON patient_identifier (value)
    """,
    """
    CREATE TABLE episode_course (
        episode_id VARCHAR(36) NOT NULL,
        mechanism VARCHAR NOT NULL,
        referral_source VARCHAR NOT NULL,
        goals VARCHAR NOT NULL,
        days_between INTEGER,
        planned_visits INTEGER,
        reassess_on DATE,
        status VARCHAR(16) NOT NULL,
        icd_10 VARCHAR NOT NULL,
        came_from_id VARCHAR(36),
        CONSTRAINT pk_episode_course PRIMARY KEY (episode_id),
        CONSTRAINT ck_episode_course_days_between CHECK (days_between BETWEEN 1 AND 365),
        CONSTRAINT ck_episode_course_planned_visits
            CHECK (planned_visits BETWEEN 1 AND 200),
        CONSTRAINT ck_episode_course_icd_10
            CHECK (icd_10 = '' OR icd_10 GLOB '[A-Z][0-9][0-9AB]' OR icd_10 GLOB
              '[A-Z][0-9][0-9AB].[0-9A-Z]*'),
        CONSTRAINT fk_episode_course_episode_id_episode
            FOREIGN KEY(episode_id) REFERENCES episode (id) ON DELETE CASCADE,
        CONSTRAINT ck_episode_course_status
            CHECK (status IN ('planned', 'waitlist', 'active', 'onhold', 'finished',
              'cancelled', 'entered-in-error')),
        CONSTRAINT fk_episode_course_came_from_id_patient
            FOREIGN KEY(came_from_id) REFERENCES patient (id)
    )
    """,
    """
    CREATE INDEX ix_episode_course_icd_10 ON episode_course (icd_10)
    """,
)

_KINDS = {
    "anticoagulant": "anticoagulant",
    "bleeding disorder": "bleeding",
    "metal allergy": "metal-allergy",
    "pregnancy": "pregnancy",
    "pacemaker": "pacemaker",
    "implant": "implant",
    "prosthesis": "prosthesis",
    "needle phobia": "needle-phobia",
    "immune compromise": "immune",
    "diabetes": "diabetes",
    "epilepsy": "epilepsy",
    "lymphoedema": "lymphoedema",
    "allergy": "allergy",
}
"""Words of the first tables that said no more than a kind does; others are kept as words."""

_UNMARKED = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "\u0131": "i"}
)


def upgrade() -> None:
    """Make the tables, give old alerts a kind, and write the search keys as they are now read."""
    op.execute("ALTER TABLE patient_alert RENAME TO old_patient_alert")
    for statement in _TABLES:
        op.execute(statement)
    connection = op.get_bind()
    old = connection.execute(sa.text("SELECT patient_id, position, text FROM old_patient_alert"))
    for patient, position, text in old.all():
        kind = _KINDS.get(text.strip().casefold(), "other")
        words = (text.strip()[:1000] or "Alert") if kind == "other" else ""
        connection.execute(
            sa.text(
                "INSERT INTO patient_alert VALUES (:patient, :position, :kind, :words, NULL, NULL)"
            ),
            {"patient": patient, "position": position, "kind": kind, "words": words},
        )
    op.execute("DROP TABLE old_patient_alert")
    named = connection.execute(sa.text("SELECT id, family_name, given_name, number FROM patient"))
    for patient, *names in named.all():
        connection.execute(
            sa.text("UPDATE patient SET search_key = :key WHERE id = :patient"),
            {"key": _folded(" ".join(names)), "patient": patient},
        )


def _folded(text: str) -> str:
    for apostrophe in "'’`\u00b4\u02bc":
        text = text.replace(apostrophe, "")
    apart = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(sign for sign in apart if not unicodedata.combining(sign))
    return " ".join(plain.translate(_UNMARKED).split())
