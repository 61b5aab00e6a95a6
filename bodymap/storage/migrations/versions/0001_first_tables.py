"""The first tables: people, visits and marks."""

from alembic import op

revision = "0001"
down_revision = None

_OURS = int.from_bytes(b"bdym", "big")

_STATEMENTS = (
    """
    CREATE TABLE patient (
        id VARCHAR(36) NOT NULL,
        number VARCHAR NOT NULL,
        family_name VARCHAR NOT NULL,
        given_name VARCHAR NOT NULL,
        birth_date DATE NOT NULL,
        sex VARCHAR(16) NOT NULL,
        search_key VARCHAR NOT NULL,
        CONSTRAINT pk_patient PRIMARY KEY (id),
        CONSTRAINT ck_patient_named CHECK (trim(family_name) <> '' AND trim(given_name) <> ''),
        CONSTRAINT uq_patient_number UNIQUE (number),
        CONSTRAINT ck_patient_sex CHECK (sex IN ('female', 'male', 'other', 'unknown'))
    )
    """,
    """
    CREATE INDEX ix_patient_search_key ON patient (search_key)
    """,
    """
    CREATE TABLE user (
        id VARCHAR(36) NOT NULL,
        name VARCHAR NOT NULL,
        role VARCHAR(16) NOT NULL,
        CONSTRAINT pk_user PRIMARY KEY (id),
        CONSTRAINT ck_user_role CHECK (role IN ('therapist', 'trainee', 'supervisor', 'admin'))
    )
    """,
    """
    CREATE TABLE episode (
        sequence INTEGER NOT NULL,
        id VARCHAR(36) NOT NULL,
        patient_id VARCHAR(36) NOT NULL,
        complaint VARCHAR NOT NULL,
        side VARCHAR(16),
        onset DATE,
        CONSTRAINT pk_episode PRIMARY KEY (sequence),
        CONSTRAINT uq_episode_id UNIQUE (id),
        CONSTRAINT uq_episode_patient_id_id UNIQUE (patient_id, id),
        CONSTRAINT fk_episode_patient_id_patient
            FOREIGN KEY(patient_id) REFERENCES patient (id),
        CONSTRAINT ck_episode_side CHECK (side IN ('left', 'right', 'midline'))
    )
    """,
    """
    CREATE TABLE patient_alert (
        patient_id VARCHAR(36) NOT NULL,
        position INTEGER NOT NULL,
        text VARCHAR NOT NULL,
        CONSTRAINT pk_patient_alert PRIMARY KEY (patient_id, position),
        CONSTRAINT fk_patient_alert_patient_id_patient
            FOREIGN KEY(patient_id) REFERENCES patient (id)
            ON DELETE CASCADE
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE visit (
        sequence INTEGER NOT NULL,
        id VARCHAR(36) NOT NULL,
        patient_id VARCHAR(36) NOT NULL,
        episode_id VARCHAR(36) NOT NULL,
        therapist_id VARCHAR(36) NOT NULL,
        began_utc DATETIME NOT NULL,
        began_offset_min INTEGER NOT NULL,
        state VARCHAR(16) NOT NULL,
        version INTEGER NOT NULL,
        pain_before INTEGER,
        pain_after INTEGER,
        CONSTRAINT pk_visit PRIMARY KEY (sequence),
        CONSTRAINT uq_visit_id UNIQUE (id),
        CONSTRAINT fk_visit_patient_id_episode_id_episode
            FOREIGN KEY(patient_id, episode_id) REFERENCES episode (patient_id, id),
        CONSTRAINT ck_visit_version CHECK (version >= 1),
        CONSTRAINT ck_visit_began_offset_min CHECK (began_offset_min BETWEEN -1080 AND 1080),
        CONSTRAINT ck_visit_pain_before CHECK (pain_before BETWEEN 0 AND 10),
        CONSTRAINT ck_visit_pain_after CHECK (pain_after BETWEEN 0 AND 10),
        CONSTRAINT fk_visit_therapist_id_user FOREIGN KEY(therapist_id) REFERENCES user (id),
        CONSTRAINT ck_visit_state
            CHECK (state IN ('draft', 'submitted', 'returned', 'signed', 'void'))
    )
    """,
    """
    CREATE INDEX ix_visit_began_utc ON visit (began_utc)
    """,
    """
    CREATE INDEX ix_visit_patient_id_episode_id ON visit (patient_id, episode_id)
    """,
    """
    CREATE INDEX ix_visit_therapist_id ON visit (therapist_id)
    """,
    """
    CREATE TABLE mark (
        id VARCHAR(36) NOT NULL,
        visit_id VARCHAR(36) NOT NULL,
        kind VARCHAR(16) NOT NULL,
        number INTEGER NOT NULL,
        "view" VARCHAR(16) NOT NULL,
        u_mm FLOAT NOT NULL,
        v_mm FLOAT NOT NULL,
        side VARCHAR(16) NOT NULL,
        region VARCHAR NOT NULL,
        landmark VARCHAR NOT NULL,
        atlas_version VARCHAR NOT NULL,
        text VARCHAR NOT NULL,
        CONSTRAINT pk_mark PRIMARY KEY (id),
        CONSTRAINT uq_mark_visit_id_kind_number UNIQUE (visit_id, kind, number),
        CONSTRAINT ck_mark_number CHECK (number >= 1),
        CONSTRAINT fk_mark_visit_id_visit
            FOREIGN KEY(visit_id) REFERENCES visit (id)
            ON DELETE CASCADE,
        CONSTRAINT ck_mark_kind
            CHECK (kind IN ('trigger-point', 'needle-site', 'pain-zone', 'note')),
        CONSTRAINT ck_mark_view
            CHECK ("view" IN ('anterior', 'posterior',
              'lateral-left', 'lateral-right', 'soles', 'feet-dorsal')),
        CONSTRAINT ck_mark_side CHECK (side IN ('left', 'right', 'midline'))
    )
    """,
    """
    CREATE TABLE mark_structure (
        mark_id VARCHAR(36) NOT NULL,
        position INTEGER NOT NULL,
        structure VARCHAR NOT NULL,
        CONSTRAINT pk_mark_structure PRIMARY KEY (mark_id, position),
        CONSTRAINT fk_mark_structure_mark_id_mark
            FOREIGN KEY(mark_id) REFERENCES mark (id)
            ON DELETE CASCADE
    ) WITHOUT ROWID
    """,
    """
    CREATE INDEX ix_mark_structure_structure ON mark_structure (structure)
    """,
    """
    CREATE TABLE pain_zone (
        mark_id VARCHAR(36) NOT NULL,
        kind VARCHAR(16) NOT NULL,
        intensity INTEGER,
        CONSTRAINT pk_pain_zone PRIMARY KEY (mark_id),
        CONSTRAINT ck_pain_zone_intensity CHECK (intensity BETWEEN 0 AND 10),
        CONSTRAINT fk_pain_zone_mark_id_mark
            FOREIGN KEY(mark_id) REFERENCES mark (id)
            ON DELETE CASCADE,
        CONSTRAINT ck_pain_zone_kind
            CHECK (kind IN ('presenting', 'referred', 'paraesthesia', 'numbness', 'soreness'))
    )
    """,
    """
    CREATE TABLE trigger_point (
        mark_id VARCHAR(36) NOT NULL,
        muscle VARCHAR,
        status VARCHAR(16) NOT NULL,
        intensity INTEGER,
        CONSTRAINT pk_trigger_point PRIMARY KEY (mark_id),
        CONSTRAINT ck_trigger_point_intensity CHECK (intensity BETWEEN 0 AND 10),
        CONSTRAINT fk_trigger_point_mark_id_mark
            FOREIGN KEY(mark_id) REFERENCES mark (id)
            ON DELETE CASCADE,
        CONSTRAINT ck_trigger_point_status CHECK (status IN ('active', 'latent', 'satellite'))
    )
    """,
    """
    CREATE INDEX ix_trigger_point_muscle ON trigger_point (muscle)
    """,
    """
    CREATE TABLE needle_site (
        mark_id VARCHAR(36) NOT NULL,
        muscle VARCHAR,
        trigger_point_id VARCHAR(36),
        diameter_mm FLOAT NOT NULL,
        length_mm INTEGER NOT NULL,
        technique VARCHAR(16) NOT NULL,
        direction VARCHAR(16) NOT NULL,
        depth_mm FLOAT,
        twitches INTEGER,
        CONSTRAINT pk_needle_site PRIMARY KEY (mark_id),
        CONSTRAINT ck_needle_site_diameter_mm CHECK (diameter_mm BETWEEN 0.1 AND 0.6),
        CONSTRAINT ck_needle_site_length_mm CHECK (length_mm BETWEEN 5 AND 150),
        CONSTRAINT ck_needle_site_depth_mm CHECK (depth_mm BETWEEN 0 AND length_mm),
        CONSTRAINT ck_needle_site_twitches CHECK (twitches >= 0),
        CONSTRAINT fk_needle_site_mark_id_mark
            FOREIGN KEY(mark_id) REFERENCES mark (id)
            ON DELETE CASCADE,
        CONSTRAINT fk_needle_site_trigger_point_id_trigger_point
            FOREIGN KEY(trigger_point_id) REFERENCES trigger_point (mark_id)
            ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT ck_needle_site_technique CHECK (technique IN ('deep', 'superficial', 'ims')),
        CONSTRAINT ck_needle_site_direction
            CHECK (direction IN ('perpendicular', 'oblique', 'tangential'))
    )
    """,
    """
    CREATE INDEX ix_needle_site_muscle ON needle_site (muscle)
    """,
    """
    CREATE INDEX ix_needle_site_trigger_point_id ON needle_site (trigger_point_id)
    """,
    """
    CREATE TABLE pain_zone_quality (
        mark_id VARCHAR(36) NOT NULL,
        quality VARCHAR(16) NOT NULL,
        CONSTRAINT pk_pain_zone_quality PRIMARY KEY (mark_id, quality),
        CONSTRAINT fk_pain_zone_quality_mark_id_pain_zone
            FOREIGN KEY(mark_id) REFERENCES pain_zone (mark_id)
            ON DELETE CASCADE,
        CONSTRAINT ck_pain_zone_quality_quality
            CHECK (quality IN ('aching', 'burning', 'sharp', 'stabbing',
              'throbbing', 'tingling', 'pressing', 'cramping'))
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE pain_zone_region (
        mark_id VARCHAR(36) NOT NULL,
        position INTEGER NOT NULL,
        region VARCHAR NOT NULL,
        CONSTRAINT pk_pain_zone_region PRIMARY KEY (mark_id, position),
        CONSTRAINT fk_pain_zone_region_mark_id_pain_zone
            FOREIGN KEY(mark_id) REFERENCES pain_zone (mark_id)
            ON DELETE CASCADE
    ) WITHOUT ROWID
    """,
    """
    CREATE INDEX ix_pain_zone_region_region ON pain_zone_region (region)
    """,
    """
    CREATE TABLE polygon_ring (
        mark_id VARCHAR(36) NOT NULL,
        polygon INTEGER NOT NULL,
        ring INTEGER NOT NULL,
        points VARCHAR NOT NULL,
        CONSTRAINT pk_polygon_ring PRIMARY KEY (mark_id, polygon, ring),
        CONSTRAINT ck_polygon_ring_points
            CHECK (json_valid(points)
              AND json_type(points) = 'array'
              AND json_array_length(points) >= 6
              AND json_array_length(points) % 2 = 0),
        CONSTRAINT fk_polygon_ring_mark_id_pain_zone
            FOREIGN KEY(mark_id) REFERENCES pain_zone (mark_id)
            ON DELETE CASCADE
    ) WITHOUT ROWID
    """,
)


def upgrade() -> None:
    """Make the tables of an empty file and mark the file as ours."""
    op.execute(f"PRAGMA application_id = {_OURS}")
    for statement in _STATEMENTS:
        op.execute(statement)
