"""Marks: what is found, what is done, what is felt, and photos."""

from alembic import op

revision = "0003"
down_revision = "0002"

# SQLite cannot change a rule of a table, so three tables are made anew. The old one steps aside
# under another name; what refers to it by name is not rewritten, and so means the new one.
_ANEW = {
    "trigger_point": (
        """
        CREATE TABLE trigger_point (
            mark_id VARCHAR(36) NOT NULL,
            muscle VARCHAR,
            status VARCHAR(16) NOT NULL,
            intensity INTEGER,
            part VARCHAR NOT NULL,
            intensity_after INTEGER,
            threshold_kpa FLOAT,
            threshold_unit VARCHAR(16),
            threshold_after_kpa FLOAT,
            threshold_after_unit VARCHAR(16),
            taut_band BOOLEAN,
            nodule BOOLEAN,
            jump_sign BOOLEAN,
            twitch BOOLEAN,
            familiar_pain BOOLEAN,
            CONSTRAINT pk_trigger_point PRIMARY KEY (mark_id),
            CONSTRAINT ck_trigger_point_intensity CHECK (intensity BETWEEN 0 AND 10),
            CONSTRAINT ck_trigger_point_intensity_after CHECK (intensity_after BETWEEN 0 AND 10),
            CONSTRAINT ck_trigger_point_part CHECK (length(part) <= 80),
            CONSTRAINT ck_trigger_point_threshold
                CHECK ((threshold_kpa IS NULL) = (threshold_unit IS NULL)
                  AND (threshold_kpa IS NULL OR threshold_kpa > 0 AND threshold_kpa <= 2000)),
            CONSTRAINT ck_trigger_point_threshold_after
                CHECK ((threshold_after_kpa IS NULL) = (threshold_after_unit IS NULL)
                  AND (threshold_after_kpa IS NULL
                    OR threshold_after_kpa > 0 AND threshold_after_kpa <= 2000)),
            CONSTRAINT fk_trigger_point_mark_id_mark
                FOREIGN KEY(mark_id) REFERENCES mark (id)
                ON DELETE CASCADE,
            CONSTRAINT ck_trigger_point_status
                CHECK (status IN ('active', 'latent', 'satellite')),
            CONSTRAINT ck_trigger_point_threshold_unit
                CHECK (threshold_unit IN ('kPa', 'kgf/cm2')),
            CONSTRAINT ck_trigger_point_threshold_after_unit
                CHECK (threshold_after_unit IN ('kPa', 'kgf/cm2')),
            CONSTRAINT ck_trigger_point_taut_band CHECK (taut_band IN (0, 1)),
            CONSTRAINT ck_trigger_point_nodule CHECK (nodule IN (0, 1)),
            CONSTRAINT ck_trigger_point_jump_sign CHECK (jump_sign IN (0, 1)),
            CONSTRAINT ck_trigger_point_twitch CHECK (twitch IN (0, 1)),
            CONSTRAINT ck_trigger_point_familiar_pain CHECK (familiar_pain IN (0, 1))
        )
        """,
        """
        CREATE INDEX ix_trigger_point_muscle ON trigger_point (muscle)
        """,
    ),
    "needle_site": (
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
            count INTEGER NOT NULL,
            brand VARCHAR NOT NULL,
            lot VARCHAR NOT NULL,
            handle VARCHAR(16),
            clock INTEGER,
            pistoning INTEGER,
            bleeding BOOLEAN,
            haematoma BOOLEAN,
            stimulation_hz FLOAT,
            stimulation_pulse_ms FLOAT,
            stimulation_ma FLOAT,
            stimulation_min FLOAT,
            in_utc DATETIME,
            in_offset_min INTEGER,
            out_utc DATETIME,
            out_offset_min INTEGER,
            placed_by_id VARCHAR(36),
            removed_by_id VARCHAR(36),
            CONSTRAINT pk_needle_site PRIMARY KEY (mark_id),
            CONSTRAINT ck_needle_site_diameter_mm CHECK (diameter_mm BETWEEN 0.1 AND 0.6),
            CONSTRAINT ck_needle_site_length_mm CHECK (length_mm BETWEEN 5 AND 150),
            CONSTRAINT ck_needle_site_depth_mm CHECK (depth_mm BETWEEN 0 AND length_mm),
            CONSTRAINT ck_needle_site_twitches CHECK (twitches >= 0),
            CONSTRAINT ck_needle_site_count CHECK (count BETWEEN 1 AND 50),
            CONSTRAINT ck_needle_site_brand CHECK (length(brand) <= 80),
            CONSTRAINT ck_needle_site_lot CHECK (length(lot) <= 80),
            CONSTRAINT ck_needle_site_clock
                CHECK (clock IS NULL OR clock BETWEEN 1 AND 12 AND direction <> 'perpendicular'),
            CONSTRAINT ck_needle_site_pistoning CHECK (pistoning BETWEEN 1 AND 100),
            CONSTRAINT ck_needle_site_stimulation_hz CHECK (stimulation_hz BETWEEN 0.1 AND 250),
            CONSTRAINT ck_needle_site_stimulation_pulse_ms
                CHECK (stimulation_pulse_ms BETWEEN 0.01 AND 10),
            CONSTRAINT ck_needle_site_stimulation_ma CHECK (stimulation_ma BETWEEN 0.01 AND 100),
            CONSTRAINT ck_needle_site_stimulation_min CHECK (stimulation_min BETWEEN 0.5 AND 120),
            CONSTRAINT ck_needle_site_time_in CHECK ((in_utc IS NULL) = (in_offset_min IS NULL)),
            CONSTRAINT ck_needle_site_time_out
                CHECK ((out_utc IS NULL) = (out_offset_min IS NULL)),
            CONSTRAINT ck_needle_site_times CHECK (out_utc >= in_utc),
            CONSTRAINT fk_needle_site_mark_id_mark
                FOREIGN KEY(mark_id) REFERENCES mark (id)
                ON DELETE CASCADE,
            CONSTRAINT fk_needle_site_trigger_point_id_trigger_point
                FOREIGN KEY(trigger_point_id) REFERENCES trigger_point (mark_id)
                ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED,
            CONSTRAINT ck_needle_site_technique
                CHECK (technique IN ('deep', 'superficial', 'ims', 'tendon', 'perineural')),
            CONSTRAINT ck_needle_site_direction
                CHECK (direction IN ('perpendicular', 'oblique', 'tangential')),
            CONSTRAINT ck_needle_site_handle
                CHECK (handle IN ('plastic', 'steel', 'copper', 'silver')),
            CONSTRAINT ck_needle_site_bleeding CHECK (bleeding IN (0, 1)),
            CONSTRAINT ck_needle_site_haematoma CHECK (haematoma IN (0, 1)),
            CONSTRAINT fk_needle_site_placed_by_id_user
                FOREIGN KEY(placed_by_id) REFERENCES user (id),
            CONSTRAINT fk_needle_site_removed_by_id_user
                FOREIGN KEY(removed_by_id) REFERENCES user (id)
        )
        """,
        """
        CREATE INDEX ix_needle_site_muscle ON needle_site (muscle)
        """,
        """
        CREATE INDEX ix_needle_site_trigger_point_id ON needle_site (trigger_point_id)
        """,
    ),
    "pain_zone": (
        """
        CREATE TABLE pain_zone (
            mark_id VARCHAR(36) NOT NULL,
            kind VARCHAR(16) NOT NULL,
            intensity INTEGER,
            pattern VARCHAR(16),
            aggravated_by VARCHAR NOT NULL,
            eased_by VARCHAR NOT NULL,
            CONSTRAINT pk_pain_zone PRIMARY KEY (mark_id),
            CONSTRAINT ck_pain_zone_intensity CHECK (intensity BETWEEN 0 AND 10),
            CONSTRAINT ck_pain_zone_aggravated_by CHECK (length(aggravated_by) <= 400),
            CONSTRAINT ck_pain_zone_eased_by CHECK (length(eased_by) <= 400),
            CONSTRAINT fk_pain_zone_mark_id_mark
                FOREIGN KEY(mark_id) REFERENCES mark (id)
                ON DELETE CASCADE,
            CONSTRAINT ck_pain_zone_kind
                CHECK (kind IN ('presenting', 'referred', 'paraesthesia', 'numbness', 'soreness')),
            CONSTRAINT ck_pain_zone_pattern CHECK (pattern IN ('constant', 'intermittent'))
        )
        """,
    ),
}

_FILLED = {
    "trigger_point": (("mark_id", "muscle", "status", "intensity"), {"part": "''"}),
    "needle_site": (
        (
            "mark_id",
            "muscle",
            "trigger_point_id",
            "diameter_mm",
            "length_mm",
            "technique",
            "direction",
            "depth_mm",
            "twitches",
        ),
        {"count": "1", "brand": "''", "lot": "''"},
    ),
    "pain_zone": (("mark_id", "kind", "intensity"), {"aggravated_by": "''", "eased_by": "''"}),
}
"""The columns that are carried over, and what stands in new ones that may not be empty."""

_INDEXES = ("ix_trigger_point_muscle", "ix_needle_site_muscle", "ix_needle_site_trigger_point_id")

_NEW = (
    """
    CREATE TABLE trigger_point_referral (
        mark_id VARCHAR(36) NOT NULL,
        pain_zone_id VARCHAR(36) NOT NULL,
        CONSTRAINT pk_trigger_point_referral PRIMARY KEY (mark_id, pain_zone_id),
        CONSTRAINT fk_trigger_point_referral_mark_id_trigger_point
            FOREIGN KEY(mark_id) REFERENCES trigger_point (mark_id)
            ON DELETE CASCADE,
        CONSTRAINT fk_trigger_point_referral_pain_zone_id_pain_zone
            FOREIGN KEY(pain_zone_id) REFERENCES pain_zone (mark_id)
            ON DELETE CASCADE
    ) WITHOUT ROWID
    """,
    """
    CREATE INDEX ix_trigger_point_referral_pain_zone_id ON trigger_point_referral (pain_zone_id)
    """,
    """
    CREATE TABLE needle_manipulation (
        mark_id VARCHAR(36) NOT NULL,
        manipulation VARCHAR(16) NOT NULL,
        CONSTRAINT pk_needle_manipulation PRIMARY KEY (mark_id, manipulation),
        CONSTRAINT fk_needle_manipulation_mark_id_mark
            FOREIGN KEY(mark_id) REFERENCES mark (id)
            ON DELETE CASCADE,
        CONSTRAINT ck_needle_manipulation_manipulation
            CHECK (manipulation IN ('pistoning', 'winding', 'in-place'))
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE needle_sensation (
        mark_id VARCHAR(36) NOT NULL,
        sensation VARCHAR(16) NOT NULL,
        CONSTRAINT pk_needle_sensation PRIMARY KEY (mark_id, sensation),
        CONSTRAINT fk_needle_sensation_mark_id_mark
            FOREIGN KEY(mark_id) REFERENCES mark (id)
            ON DELETE CASCADE,
        CONSTRAINT ck_needle_sensation_sensation
            CHECK (sensation IN ('dull-ache', 'cramp', 'sharp', 'electric', 'none'))
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE note_photo (
        mark_id VARCHAR(36) NOT NULL,
        width_px INTEGER NOT NULL,
        height_px INTEGER NOT NULL,
        data BLOB NOT NULL,
        CONSTRAINT pk_note_photo PRIMARY KEY (mark_id),
        CONSTRAINT ck_note_photo_width_px CHECK (width_px BETWEEN 1 AND 1600),
        CONSTRAINT ck_note_photo_height_px CHECK (height_px BETWEEN 1 AND 1600),
        CONSTRAINT ck_note_photo_data CHECK (length(data) <= 4194304),
        CONSTRAINT fk_note_photo_mark_id_mark
            FOREIGN KEY(mark_id) REFERENCES mark (id)
            ON DELETE CASCADE
    )
    """,
)


def upgrade() -> None:
    """Give the three tables their new columns, and add those for what there may be many of."""
    for index in _INDEXES:
        op.execute(f"DROP INDEX {index}")
    op.execute("PRAGMA legacy_alter_table = ON")
    for table, statements in _ANEW.items():
        op.execute(f"ALTER TABLE {table} RENAME TO {table}_before")
        for statement in statements:
            op.execute(statement)
        kept, fresh = _FILLED[table]
        names, values = ", ".join((*kept, *fresh)), ", ".join((*kept, *fresh.values()))
        op.execute(f"INSERT INTO {table} ({names}) SELECT {values} FROM {table}_before")  # noqa: S608 - names from this file
        op.execute(f"DROP TABLE {table}_before")
    op.execute("PRAGMA legacy_alter_table = OFF")
    for statement in _NEW:
        op.execute(statement)
