"""What a visit holds besides its marks: screening, consent, measures, text, adverse events."""

from alembic import op

revision = "0004"
down_revision = "0003"

_STATEMENTS = (
    """
    CREATE TABLE visit_screening (
        visit_id VARCHAR(36) NOT NULL,
        item VARCHAR NOT NULL,
        answer VARCHAR(16),
        note VARCHAR NOT NULL,
        override VARCHAR NOT NULL,
        CONSTRAINT pk_visit_screening PRIMARY KEY (visit_id, item),
        CONSTRAINT fk_visit_screening_visit_id_visit
            FOREIGN KEY(visit_id) REFERENCES visit (id) ON DELETE CASCADE,
        CONSTRAINT ck_visit_screening_answer CHECK (answer IN ('no', 'yes'))
    ) WITHOUT ROWID
    """,
    """
    CREATE INDEX ix_visit_screening_item ON visit_screening (item)
    """,
    """
    CREATE TABLE visit_barred_area (
        visit_id VARCHAR(36) NOT NULL,
        item VARCHAR NOT NULL,
        "view" VARCHAR(16) NOT NULL,
        u_mm FLOAT NOT NULL,
        v_mm FLOAT NOT NULL,
        side VARCHAR(16) NOT NULL,
        region VARCHAR NOT NULL,
        landmark VARCHAR NOT NULL,
        atlas_version VARCHAR NOT NULL,
        polygons VARCHAR NOT NULL,
        CONSTRAINT pk_visit_barred_area PRIMARY KEY (visit_id, item, "view"),
        CONSTRAINT ck_visit_barred_area_polygons
            CHECK (json_valid(polygons) AND json_type(polygons) = 'array'
              AND json_array_length(polygons) > 0),
        CONSTRAINT fk_visit_barred_area_visit_id_visit
            FOREIGN KEY(visit_id) REFERENCES visit (id) ON DELETE CASCADE,
        CONSTRAINT ck_visit_barred_area_view
            CHECK ("view" IN ('anterior', 'posterior', 'lateral-left', 'lateral-right', 'soles',
              'feet-dorsal')),
        CONSTRAINT ck_visit_barred_area_side CHECK (side IN ('left', 'right', 'midline'))
    )
    """,
    """
    CREATE TABLE visit_consent (
        visit_id VARCHAR(36) NOT NULL,
        form VARCHAR(16),
        given_by VARCHAR(16) NOT NULL,
        guardian VARCHAR NOT NULL,
        scope VARCHAR(16) NOT NULL,
        withdrawn BOOLEAN NOT NULL,
        signature VARCHAR NOT NULL,
        note VARCHAR NOT NULL,
        CONSTRAINT pk_visit_consent PRIMARY KEY (visit_id),
        CONSTRAINT ck_visit_consent_signature
            CHECK (json_valid(signature) AND json_type(signature) = 'array'),
        CONSTRAINT fk_visit_consent_visit_id_visit
            FOREIGN KEY(visit_id) REFERENCES visit (id) ON DELETE CASCADE,
        CONSTRAINT ck_visit_consent_form CHECK (form IN ('verbal', 'written')),
        CONSTRAINT ck_visit_consent_given_by CHECK (given_by IN ('patient', 'guardian')),
        CONSTRAINT ck_visit_consent_scope CHECK (scope IN ('visit', 'episode')),
        CONSTRAINT ck_visit_consent_withdrawn CHECK (withdrawn IN (0, 1))
    )
    """,
    """
    CREATE TABLE visit_told (
        visit_id VARCHAR(36) NOT NULL,
        told VARCHAR(16) NOT NULL,
        CONSTRAINT pk_visit_told PRIMARY KEY (visit_id, told),
        CONSTRAINT fk_visit_told_visit_id_visit
            FOREIGN KEY(visit_id) REFERENCES visit (id) ON DELETE CASCADE,
        CONSTRAINT ck_visit_told_told
            CHECK (told IN ('procedure', 'alternatives', 'pain', 'bruising', 'bleeding',
              'fainting', 'infection', 'pneumothorax', 'nerve-injury'))
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE visit_hygiene (
        visit_id VARCHAR(36) NOT NULL,
        hands VARCHAR(16),
        gloves VARCHAR(16),
        skin VARCHAR(16),
        note VARCHAR NOT NULL,
        CONSTRAINT pk_visit_hygiene PRIMARY KEY (visit_id),
        CONSTRAINT fk_visit_hygiene_visit_id_visit
            FOREIGN KEY(visit_id) REFERENCES visit (id) ON DELETE CASCADE,
        CONSTRAINT ck_visit_hygiene_hands
            CHECK (hands IN ('alcohol-rub', 'soap-water', 'none')),
        CONSTRAINT ck_visit_hygiene_gloves
            CHECK (gloves IN ('both-hands', 'one-hand', 'none')),
        CONSTRAINT ck_visit_hygiene_skin
            CHECK (skin IN ('alcohol', 'chlorhexidine', 'iodine', 'soap-water', 'none'))
    )
    """,
    """
    CREATE TABLE visit_position (
        visit_id VARCHAR(36) NOT NULL,
        position VARCHAR(16) NOT NULL,
        CONSTRAINT pk_visit_position PRIMARY KEY (visit_id, position),
        CONSTRAINT fk_visit_position_visit_id_visit
            FOREIGN KEY(visit_id) REFERENCES visit (id) ON DELETE CASCADE,
        CONSTRAINT ck_visit_position_position
            CHECK (position IN ('prone', 'supine', 'left-side', 'right-side', 'sitting'))
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE visit_needle_count (
        visit_id VARCHAR(36) NOT NULL,
        opened INTEGER,
        in_sharps INTEGER,
        difference VARCHAR NOT NULL,
        CONSTRAINT pk_visit_needle_count PRIMARY KEY (visit_id),
        CONSTRAINT ck_visit_needle_count_opened CHECK (opened BETWEEN 0 AND 999),
        CONSTRAINT ck_visit_needle_count_in_sharps CHECK (in_sharps BETWEEN 0 AND 999),
        CONSTRAINT fk_visit_needle_count_visit_id_visit
            FOREIGN KEY(visit_id) REFERENCES visit (id) ON DELETE CASCADE
    )
    """,
    """
    CREATE TABLE visit_measure (
        visit_id VARCHAR(36) NOT NULL,
        position INTEGER NOT NULL,
        kind VARCHAR(16) NOT NULL,
        subject VARCHAR NOT NULL,
        side VARCHAR(16),
        value_before FLOAT,
        value_after FLOAT,
        note VARCHAR NOT NULL,
        CONSTRAINT pk_visit_measure PRIMARY KEY (visit_id, position),
        CONSTRAINT ck_visit_measure_value_before
            CHECK (value_before IS NULL OR kind = 'nprs-worst' AND value_before BETWEEN 0 AND 10
              OR kind = 'nprs-rest' AND value_before BETWEEN 0 AND 10 OR kind = 'nprs-movement'
              AND value_before BETWEEN 0 AND 10 OR kind = 'rom' AND value_before BETWEEN -90 AND
              270 OR kind = 'strength' AND value_before BETWEEN 0 AND 5 OR kind = 'ppt' AND
              value_before BETWEEN 0 AND 2000 OR kind = 'psfs' AND value_before BETWEEN 0 AND 10
              OR kind = 'ndi' AND value_before BETWEEN 0 AND 50 OR kind = 'odi' AND value_before
              BETWEEN 0 AND 100 OR kind = 'dash' AND value_before BETWEEN 0 AND 100 OR kind =
              'quickdash' AND value_before BETWEEN 0 AND 100 OR kind = 'lefs' AND value_before
              BETWEEN 0 AND 80 OR kind = 'special-test' AND value_before BETWEEN 0 AND 1
              OR kind = 'activation' AND value_before BETWEEN 0 AND 2),
        CONSTRAINT ck_visit_measure_value_after
            CHECK (value_after IS NULL OR kind = 'nprs-worst' AND value_after BETWEEN 0 AND 10
              OR kind = 'nprs-rest' AND value_after BETWEEN 0 AND 10 OR kind = 'nprs-movement'
              AND value_after BETWEEN 0 AND 10 OR kind = 'rom' AND value_after BETWEEN -90 AND
              270 OR kind = 'strength' AND value_after BETWEEN 0 AND 5 OR kind = 'ppt' AND
              value_after BETWEEN 0 AND 2000 OR kind = 'psfs' AND value_after BETWEEN 0 AND 10
              OR kind = 'ndi' AND value_after BETWEEN 0 AND 50 OR kind = 'odi' AND value_after
              BETWEEN 0 AND 100 OR kind = 'dash' AND value_after BETWEEN 0 AND 100 OR kind =
              'quickdash' AND value_after BETWEEN 0 AND 100 OR kind = 'lefs' AND value_after
              BETWEEN 0 AND 80 OR kind = 'special-test' AND value_after BETWEEN 0 AND 1
              OR kind = 'activation' AND value_after BETWEEN 0 AND 2),
        CONSTRAINT fk_visit_measure_visit_id_visit
            FOREIGN KEY(visit_id) REFERENCES visit (id) ON DELETE CASCADE,
        CONSTRAINT ck_visit_measure_kind
            CHECK (kind IN ('nprs-worst', 'nprs-rest', 'nprs-movement', 'rom', 'strength',
              'ppt', 'psfs', 'ndi', 'odi', 'dash', 'quickdash', 'lefs', 'special-test',
              'activation')),
        CONSTRAINT ck_visit_measure_side CHECK (side IN ('left', 'right', 'midline'))
    ) WITHOUT ROWID
    """,
    """
    CREATE INDEX ix_visit_measure_kind ON visit_measure (kind)
    """,
    """
    CREATE TABLE visit_text (
        visit_id VARCHAR(36) NOT NULL,
        chapter VARCHAR(16) NOT NULL,
        text VARCHAR NOT NULL,
        CONSTRAINT pk_visit_text PRIMARY KEY (visit_id, chapter),
        CONSTRAINT fk_visit_text_visit_id_visit
            FOREIGN KEY(visit_id) REFERENCES visit (id) ON DELETE CASCADE,
        CONSTRAINT ck_visit_text_chapter
            CHECK (chapter IN ('history', 'subjective', 'objective', 'other-treatment',
              'assessment', 'plan', 'exercise', 'next-visit'))
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE visit_aftercare (
        visit_id VARCHAR(36) NOT NULL,
        position INTEGER NOT NULL,
        text VARCHAR NOT NULL,
        CONSTRAINT pk_visit_aftercare PRIMARY KEY (visit_id, position),
        CONSTRAINT fk_visit_aftercare_visit_id_visit
            FOREIGN KEY(visit_id) REFERENCES visit (id) ON DELETE CASCADE
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE visit_condition (
        visit_id VARCHAR(36) NOT NULL,
        position INTEGER NOT NULL,
        text VARCHAR NOT NULL,
        CONSTRAINT pk_visit_condition PRIMARY KEY (visit_id, position),
        CONSTRAINT fk_visit_condition_visit_id_visit
            FOREIGN KEY(visit_id) REFERENCES visit (id) ON DELETE CASCADE
    ) WITHOUT ROWID
    """,
    """
    CREATE INDEX ix_visit_condition_text ON visit_condition (text)
    """,
    """
    CREATE TABLE visit_follow_up (
        visit_id VARCHAR(36) NOT NULL,
        position INTEGER NOT NULL,
        kind VARCHAR(16) NOT NULL,
        told_on DATE NOT NULL,
        pain INTEGER,
        soreness INTEGER,
        relief VARCHAR(16),
        text VARCHAR NOT NULL,
        CONSTRAINT pk_visit_follow_up PRIMARY KEY (visit_id, position),
        CONSTRAINT ck_visit_follow_up_pain CHECK (pain BETWEEN 0 AND 10),
        CONSTRAINT ck_visit_follow_up_soreness CHECK (soreness BETWEEN 0 AND 10),
        CONSTRAINT fk_visit_follow_up_visit_id_visit
            FOREIGN KEY(visit_id) REFERENCES visit (id) ON DELETE CASCADE,
        CONSTRAINT ck_visit_follow_up_kind CHECK (kind IN ('follow-up', 'journal')),
        CONSTRAINT ck_visit_follow_up_relief
            CHECK (relief IN ('much-better', 'better', 'same', 'worse'))
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE clinic_choice (
        name VARCHAR NOT NULL,
        value VARCHAR NOT NULL,
        CONSTRAINT pk_clinic_choice PRIMARY KEY (name),
        CONSTRAINT ck_clinic_choice_value CHECK (json_valid(value))
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE visit_adverse_event (
        visit_id VARCHAR(36) NOT NULL,
        position INTEGER NOT NULL,
        kind VARCHAR(16) NOT NULL,
        severity VARCHAR(16) NOT NULL,
        onset VARCHAR(16) NOT NULL,
        outcome VARCHAR(16) NOT NULL,
        action VARCHAR NOT NULL,
        reported_to VARCHAR NOT NULL,
        text VARCHAR NOT NULL,
        CONSTRAINT pk_visit_adverse_event PRIMARY KEY (visit_id, position),
        CONSTRAINT fk_visit_adverse_event_visit_id_visit
            FOREIGN KEY(visit_id) REFERENCES visit (id) ON DELETE CASCADE,
        CONSTRAINT ck_visit_adverse_event_kind
            CHECK (kind IN ('bruising', 'bleeding', 'pain', 'fainting', 'dizziness', 'nausea',
              'headache', 'drowsiness', 'aggravation', 'nerve', 'infection', 'pneumothorax',
              'allergy', 'stuck-needle', 'broken-needle', 'left-needle', 'needlestick',
              'other')),
        CONSTRAINT ck_visit_adverse_event_severity
            CHECK (severity IN ('mild', 'significant', 'serious')),
        CONSTRAINT ck_visit_adverse_event_onset
            CHECK (onset IN ('during', 'straight-after', 'same-day', 'within-48-h', 'later')),
        CONSTRAINT ck_visit_adverse_event_outcome
            CHECK (outcome IN ('resolved', 'recovering', 'ongoing', 'sequelae', 'unknown'))
    ) WITHOUT ROWID
    """,
    """
    CREATE INDEX ix_visit_adverse_event_kind ON visit_adverse_event (kind)
    """,
)


def upgrade() -> None:
    """Add the tables; a visit that has no rows in them says nothing on these matters."""
    for statement in _STATEMENTS:
        op.execute(statement)
