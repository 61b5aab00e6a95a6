"""Templates come back from the file exactly as they were, and what is none is told as damage."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from bodymap.atlas.ids import StructureId, ViewId
from bodymap.chart.clinic_choices import ClinicChoices
from bodymap.chart.marks import NeedleSize, TriggerPointStatus
from bodymap.chart.needling import Direction, Handle, Technique
from bodymap.chart.people import UserId
from bodymap.chart.template import PlannedNeedle, PlannedPoint, Template
from bodymap.errors import StorageError
from bodymap.storage.datafile import DataFile

BOTH_DATABASES = True

words = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=20)
spots = {
    "view": st.sampled_from(ViewId),
    "u_mm": st.floats(-500, 500),
    "v_mm": st.floats(0, 2000),
    "muscle": st.none() | st.just(StructureId("infraspinatus")),
}
points = st.builds(PlannedPoint, **spots, part=words, status=st.sampled_from(TriggerPointStatus))
needles = st.builds(
    PlannedNeedle,
    **spots,
    needle=st.builds(NeedleSize, st.floats(0.1, 0.6), st.integers(5, 150)),
    count=st.integers(1, 50),
    brand=words,
    handle=st.none() | st.sampled_from(Handle),
    technique=st.sampled_from(Technique),
    direction=st.sampled_from(Direction),
    clock=st.none() | st.integers(1, 12),
)
names = words.map(str.strip).filter(bool)
templates = st.builds(
    Template,
    names,
    st.none() | st.just(UserId("someone")),
    st.lists(points, min_size=1, max_size=3).map(tuple),
    st.lists(needles, max_size=3).map(tuple),
)


@given(kept=st.lists(templates, max_size=3).map(tuple))
def test_templates_come_back_as_they_were(shared_clinic: DataFile, kept: tuple[Template]) -> None:
    with shared_clinic.open_work() as work:
        work.choices.put(ClinicChoices(templates=kept))
        assert work.choices.get().templates == kept


@pytest.mark.parametrize(
    "value",
    [
        [{"needles": []}],
        [{"name": "Neck", "owner": None, "points": [], "needles": []}],
        [{"name": "Neck", "owner": None, "points": [{"view": "inside"}], "needles": []}],
        [{"name": "Neck", "owner": None, "points": 7, "needles": []}],
    ],
)
def test_what_is_no_template_is_told_as_damage(data: DataFile, value: object) -> None:
    with data.engine.begin() as connection:
        connection.execute(
            text("INSERT INTO clinic_choice VALUES ('templates', :v)"), {"v": json.dumps(value)}
        )
    with data.open_work() as work, pytest.raises(StorageError):
        work.choices.get()
