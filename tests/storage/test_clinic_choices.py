"""What a clinic has chosen comes back; what it has not chosen stays the usual."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from bodymap.atlas.ids import ViewId
from bodymap.chart.audit import AuditEvent, Entity
from bodymap.chart.clinic_choices import BillingCode, ClinicChoices
from bodymap.chart.template import PlannedPoint, Template
from bodymap.errors import StorageError
from bodymap.storage.datafile import DataFile
from tests.storage.record_strategies import said

BOTH_DATABASES = True

lines = st.lists(said, max_size=4, unique=True).map(tuple)
codes = st.builds(
    BillingCode,
    code=said,
    text=said,
    least=st.integers(0, 5),
    most=st.none() | st.integers(5, 999),
)
choices = st.builds(
    ClinicChoices,
    advice=lines,
    conditions=lines,
    reminder_min=st.integers(10, 30),
    severities=st.dictionaries(said, st.booleans()).map(lambda kept: tuple(sorted(kept.items()))),
    has_billing=st.booleans(),
    codes=st.lists(codes, max_size=3).map(tuple),
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(chosen=choices)
def test_every_choice_comes_back(shared_clinic: DataFile, chosen: ClinicChoices) -> None:
    with shared_clinic.open_work() as work:
        work.choices.put(chosen)
        assert work.choices.get() == chosen


def test_nothing_chosen_is_the_usual(clinic: DataFile) -> None:
    with clinic.open_work() as work:
        assert work.choices.get() == ClinicChoices()
        work.choices.put(ClinicChoices(has_billing=True))
        work.choices.put(ClinicChoices())
        assert work.choices.get() == ClinicChoices()


@pytest.mark.parametrize("value", ["5", '["Rest", "Rest"]', '[{"code": "1"}]', '{"odd": 1}'])
def test_a_row_that_no_choice_can_be_is_told_as_damage(clinic: DataFile, value: str) -> None:
    with clinic.engine.begin() as connection:
        connection.execute(text("INSERT INTO clinic_choice VALUES ('advice', :v)"), {"v": value})
    with clinic.open_work() as work, pytest.raises(StorageError):
        work.choices.get()


def test_a_choice_of_a_later_program_is_passed_over(clinic: DataFile) -> None:
    with clinic.engine.begin() as connection:
        connection.exec_driver_sql("INSERT INTO clinic_choice VALUES ('colour', '\"blue\"')")
    with clinic.open_work() as work:
        assert work.choices.get() == ClinicChoices()


def test_each_other_choice_is_in_the_audit_trail(clinic: DataFile) -> None:
    def entries() -> list[AuditEvent]:
        told = (entry.event for entry in work.audit.entries())
        return [event for event in told if event.subject.entity is Entity.CLINIC]

    with clinic.open_work() as work:
        work.choices.put(ClinicChoices())
        assert entries() == []
        work.choices.put(ClinicChoices(reminder_min=25))
        (event,) = entries()
        assert (event.old, event.new) == ('{"reminder_min":20}', '{"reminder_min":25}')
        template = Template("Neck", None, (PlannedPoint(ViewId.POSTERIOR, 0, 0),))
        work.choices.put(ClinicChoices(reminder_min=25, templates=(template,)))
        assert '"Neck"' in entries()[0].new
