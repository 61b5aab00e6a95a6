"""What the file itself refuses and answers, whoever asks it."""

import re
from importlib.resources import files
from pathlib import Path

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, func, select

from bodymap.chart.marks import MarkKind
from bodymap.chart.visit import Visit
from bodymap.errors import BodymapError
from bodymap.storage.connections import connected
from bodymap.storage.datafile import DataFile
from bodymap.storage.engine import open_engine
from bodymap.storage.migrate import HEAD, SCRIPTS, upgrade
from bodymap.storage.tables import MarkRow, NeedleSiteRow, Row, VisitRow
from tests.builders import a_visit
from tests.vaults import KEY

SCHEMAS = Path(__file__).parent / "schemas"


def plain(sql: str) -> str:
    """One statement without the taste of whoever wrote it, a line for each column."""
    words = re.sub(r"([(),])", r" \1 ", sql).split()
    return " ".join(words).replace(" , ", ",\n  ") + ";\n"


def schema_of(path: Path, *, triggers: bool = True) -> str:
    """Every table, index and trigger as SQL, in order of their names."""
    with connected(path, KEY) as connection:
        rows = connection.execute(
            "SELECT type, sql FROM sqlite_schema WHERE sql IS NOT NULL"
            " AND name <> 'alembic_version' ORDER BY type, name"
        ).fetchall()
    return "".join(plain(sql) for kind, sql in rows if triggers or kind != "trigger")


@pytest.mark.parametrize("revision", range(1, HEAD + 1))
def test_a_revision_makes_the_tables_it_always_made(tmp_path: Path, revision: int) -> None:
    file = tmp_path / "made.sqlite"
    upgrade(file, KEY, revision)
    assert schema_of(file) == (SCHEMAS / f"{revision:04d}.sql").read_text("utf-8")


def test_the_newest_revision_is_what_the_rows_say(tmp_path: Path) -> None:
    upgrade(tmp_path / "migrated.sqlite", KEY, HEAD)
    engine = open_engine(tmp_path / "mapped.sqlite", KEY)
    Row.metadata.create_all(engine)
    engine.dispose()
    migrated = schema_of(tmp_path / "migrated.sqlite", triggers=False)
    assert migrated == schema_of(tmp_path / "mapped.sqlite")


def test_the_known_head_is_the_last_script() -> None:
    config = Config()
    config.set_main_option("script_location", SCRIPTS)
    assert ScriptDirectory.from_config(config).get_current_head() == f"{HEAD:04d}"


def test_the_migrations_are_shipped() -> None:
    shipped = files("bodymap.storage") / "migrations"
    assert (shipped / "env.py").is_file()
    assert len([file for file in (shipped / "versions").iterdir() if file.name[0] == "0"]) == HEAD


def test_a_revision_imports_nothing_of_bodymap() -> None:
    for script in (files("bodymap.storage") / "migrations" / "versions").iterdir():
        if script.is_file():
            assert not re.search(
                r"^\s*(from|import) bodymap", script.read_text("utf-8"), re.MULTILINE
            )


WRONG = [
    "UPDATE mark SET kind = 'tattoo'",
    "UPDATE mark SET side = 'starboard'",
    "UPDATE mark SET view = 'inside'",
    "UPDATE mark SET number = 0",
    "UPDATE mark SET u_mm = NULL",
    "UPDATE mark SET visit_id = 'nobody'",
    "UPDATE visit SET state = 'lost'",
    "UPDATE visit SET version = 0",
    "UPDATE visit SET pain_before = 11",
    "UPDATE visit SET pain_after = -1",
    "UPDATE visit SET patient_id = 'nobody'",
    "UPDATE visit SET therapist_id = 'nobody'",
    "UPDATE visit SET began_offset_min = 2000",
    "UPDATE needle_site SET diameter_mm = 3",
    "UPDATE needle_site SET length_mm = 4",
    "UPDATE needle_site SET depth_mm = length_mm + 1",
    "UPDATE needle_site SET depth_mm = -1",
    "UPDATE needle_site SET twitches = -1",
    "UPDATE needle_site SET technique = 'magic'",
    "UPDATE needle_site SET direction = 'up'",
    "UPDATE needle_site SET trigger_point_id = 'nobody'",
    "UPDATE trigger_point SET status = 'gone'",
    "UPDATE trigger_point SET intensity = 11",
    "UPDATE pain_zone SET kind = 'none'",
    "UPDATE pain_zone SET intensity = 11",
    "UPDATE pain_zone_quality SET quality = 'purple'",
    "UPDATE polygon_ring SET points = '[1, 2, 3]'",
    "UPDATE polygon_ring SET points = '[1, 2, 3, 4, 5, 6, 7]'",
    "UPDATE polygon_ring SET points = 'a line'",
    "UPDATE polygon_ring SET points = '{}'",
    "UPDATE patient SET family_name = '  '",
    "UPDATE patient SET sex = 'x'",
    "UPDATE user SET role = 'boss'",
    "UPDATE episode SET side = 'both'",
    "UPDATE patient_alert SET kind = 'mood'",
    "UPDATE patient_alert SET kind = 'other', words = ' '",
    "UPDATE patient_alert SET trimester = 2",
    "UPDATE patient_detail SET merged_into_id = 'nobody'",
    "UPDATE patient_detail SET merged_into_id = patient_id",
    "UPDATE episode_course SET status = 'lost'",
    "UPDATE episode_course SET days_between = 0",
    "UPDATE episode_course SET planned_visits = 201",
    "UPDATE episode_course SET icd_10 = 'sore'",
    "DELETE FROM patient",
    "DELETE FROM user",
    "DELETE FROM episode",
    "INSERT INTO mark_structure VALUES ('nobody', 0, 'infraspinatus')",
]


@pytest.mark.parametrize("statement", WRONG)
@pytest.mark.usefixtures("visit")
def test_the_file_refuses_what_the_record_does_not_know(clinic: DataFile, statement: str) -> None:
    def carry_out() -> None:
        with clinic.engine.begin() as connection:
            connection.exec_driver_sql(statement)

    with pytest.raises(BodymapError):
        carry_out()


def test_all_needles_of_a_muscle_in_a_year_are_one_question(clinic: DataFile) -> None:
    with clinic.open_work() as work:
        for number in range(1, 4):
            work.visits.add(a_visit(3, 1, 1, number=number))
        work.commit()
    question = (
        select(func.count())
        .select_from(NeedleSiteRow)
        .join(MarkRow, MarkRow.id == NeedleSiteRow.mark_id)
        .join(VisitRow, VisitRow.id == MarkRow.visit_id)
        .where(NeedleSiteRow.muscle == "infraspinatus")
        .where(VisitRow.began_utc >= "2026-01-01", VisitRow.began_utc < "2027-01-01")
    )
    with clinic.engine.connect() as connection:
        assert connection.scalar(question) == 9


HOT = {
    "marks of a visit": "SELECT * FROM mark WHERE visit_id = 'v'",
    "structures of a visit": "SELECT s.* FROM mark_structure s JOIN mark m ON m.id = s.mark_id"
    " WHERE m.visit_id = 'v'",
    "visits of a patient": "SELECT * FROM visit WHERE patient_id = 'p'",
    "needles of a muscle": "SELECT * FROM needle_site WHERE muscle = 'm'",
    "marks over a structure": "SELECT * FROM mark_structure WHERE structure = 's'",
    "zones of a region": "SELECT * FROM pain_zone_region WHERE region = 'r'",
    "episodes of a patient": "SELECT * FROM episode WHERE patient_id = 'p'",
    "needles of a trigger point": "SELECT * FROM needle_site WHERE trigger_point_id = 't'",
}


@pytest.mark.parametrize("question", HOT.values(), ids=HOT.keys())
def test_frequent_questions_use_an_index(data: DataFile, question: str) -> None:
    with data.engine.connect() as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {question}").all()
    assert not [step for *_, step in plan if step.startswith("SCAN")]


def pragma(connection: Connection, name: str) -> object:
    return connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()


def test_every_connection_is_durable_and_strict(data: DataFile) -> None:
    with data.engine.connect() as one, data.engine.connect() as two:
        for connection in (one, two):
            assert pragma(connection, "journal_mode") == "wal"
            assert pragma(connection, "synchronous") == 2
            assert pragma(connection, "foreign_keys") == 1
            assert pragma(connection, "recursive_triggers") == 1
            assert pragma(connection, "temp_store") == 2
            assert pragma(connection, "busy_timeout") == 5000


def test_kinds_are_stored_as_words(clinic: DataFile, visit: Visit) -> None:
    with clinic.engine.connect() as connection:
        kinds = connection.exec_driver_sql("SELECT DISTINCT kind FROM mark").scalars().all()
    assert set(kinds) == {kind.value for kind in MarkKind}
    assert visit.marks
