"""Every field of the record: entered in the window, there again after a restart, or refused."""

import dataclasses
import typing
from operator import attrgetter

import pytest

from bodymap.atlas.ids import ViewId
from bodymap.chart.clinic_choices import ClinicChoices
from bodymap.chart.people import Episode, Patient, User
from bodymap.chart.visit import Visit
from bodymap.widgets.actions import ActionId
from tests.builders import a_patient, a_visit
from tests.journeys.field_table import MARKS, NEEDLE, POINT, RECORD, TOO_LONG, ZONE, in_table
from tests.widgets.test_mark_fields import Marked
from tests.widgets.test_patient_page import OF_COMPLAINT, TYPED
from tests.widgets.test_patient_page import _text as text_of
from tests.widgets.test_patient_page import _type as type_into
from tests.widgets.test_record import Table as RecordTable

pytestmark = [pytest.mark.gui, pytest.mark.journey]

ROOTS = (Visit, Patient, Episode, User, ClinicChoices)


def dataclasses_in(hint):
    """The dataclasses that a type is made of."""
    if dataclasses.is_dataclass(hint):
        return {hint}
    return {found for part in typing.get_args(hint) for found in dataclasses_in(part)}


def fields_of(owner, seen):
    """Every field of a dataclass and of all within it; those that only hold others apart."""
    if owner in seen:
        return set()
    seen.add(owner)
    found = set()
    for name, hint in typing.get_type_hints(owner).items():
        inner = dataclasses_in(hint)
        found |= set() if inner else {(owner, name)}
        for one in inner:
            found |= fields_of(one, seen)
    return found


def test_no_field_of_the_record_is_missing_in_the_table():
    seen: set[type] = set()
    every = {field for root in ROOTS for field in fields_of(root, seen)}
    assert len(every) > 100
    missing = {f"{owner.__name__}.{name}" for owner, name in every - in_table()}
    assert missing == set()


def enter(table, row):
    """Enter one field of the record, on the page where it stands."""
    if row.page is None:
        table.window.inspector.open_section(None)
    else:
        table.open(row.page)
    if callable(row.how):
        row.how(table)
    elif row.how == "press":
        table.press(row.name)
    else:
        getattr(table, row.how)(row.name, row.typed)


def restarted(sit_down, table, folder):
    """The window closed and the folder opened anew."""
    table.window.close()
    table.application.close()
    again = sit_down(folder)
    again.window.open_visit(a_visit().id)
    return again


def test_the_record_is_entered_and_there_again_after_a_restart(folder, sit_down):
    table = sit_down(folder)
    table.window.open_visit(a_visit().id)
    hands = RecordTable(table.window, table.application.clinic)
    done = set()
    for row in RECORD:
        if row.how not in done or isinstance(row.how, str):
            enter(hands, row)
        done.add(row.how)
        assert row.read(table.stored) == row.kept, (row.owner, row.field)
    kept = table.stored
    again = restarted(sit_down, table, folder)
    assert again.visit == kept
    for row in RECORD:
        assert row.read(again.stored) == row.kept, (row.owner, row.field)


def test_words_without_end_are_refused_everywhere(folder, sit_down):
    table = sit_down(folder)
    table.window.open_visit(a_visit().id)
    hands = RecordTable(table.window, table.application.clinic)
    done = set()
    for row in RECORD:
        if row.how in {"tell", "write"}:
            before = table.stored
            enter(hands, dataclasses.replace(row, typed=TOO_LONG))
            assert table.stored == before, row.name
            assert hands.problem, row.name
            table.window.banner.dismiss()
        if row.how not in done or isinstance(row.how, str):
            enter(hands, row)
        done.add(row.how)


@pytest.mark.parametrize("kind", [POINT, NEEDLE, ZONE])
def test_a_mark_is_filled_in_and_there_again_after_a_restart(folder, sit_down, kind):
    table = sit_down(folder)
    table.window.open_visit(a_visit().id)
    session, spot = table.window.session, table.in_muscle("infraspinatus")
    make = {
        POINT: session.charting.trigger_point,
        NEEDLE: session.charting.needle_site,
        ZONE: session.charting.pain_from_region,
    }[kind]
    session.push(make(ViewId.POSTERIOR, *spot))
    (mark,) = table.visit.marks
    groups = [group.objectName() for group in table.window.inspector.forms[kind].groups]
    table.window.inspector.open_groups(groups)
    table.window.map.select([mark.id])
    marked = Marked(table.window, table.application.clinic, table.qtbot, kind, mark.id)
    rows = {(row[1], row[2]): row for row in MARKS if row[0] is kind}.values()
    for _, field, name, typed, wanted in rows:
        marked.enter(name, typed)
        assert attrgetter(field)(marked.stored) == wanted, field
    kept, seen = marked.stored, {row[2]: marked.seen(row[2]) for row in rows}

    again = restarted(sit_down, table, folder)
    again.window.inspector.open_groups(groups)
    again.window.map.select([mark.id])
    marked = Marked(again.window, again.application.clinic, again.qtbot, kind, mark.id)
    assert marked.stored == kept
    assert {name: marked.seen(name) for name in seen} == seen


def test_the_patient_and_the_complaint_are_there_again_after_a_restart(folder, sit_down, qtbot):
    table = sit_down(folder)
    table.window.open_visit(a_visit().id)
    table.window.actions_by_id[ActionId.PATIENT_PAGE].trigger()
    page = table.window.page
    for form, rows in ((page.details.form, TYPED), (page.episodes.form, OF_COMPLAINT)):
        for name, typed, *_ in rows:
            type_into(qtbot, form, name, typed)
    forms = page.details.form, page.episodes.form
    seen = [{name: text_of(form, name) for name in form.fields if _typed(name)} for form in forms]

    again = restarted(sit_down, table, folder)
    clinic = again.application.clinic
    for name, _, read, kept in TYPED:
        assert read(clinic.patient(a_patient().id)) == kept, name
    for name, _, read, kept in OF_COMPLAINT:
        assert read(clinic.episode(a_visit().episode)) == kept, name
    again.window.actions_by_id[ActionId.PATIENT_PAGE].trigger()
    forms = again.window.page.details.form, again.window.page.episodes.form
    assert seen == [
        {name: text_of(form, name) for name in form.fields if _typed(name)} for form in forms
    ]


def _typed(name):
    return name in {row[0] for row in (*TYPED, *OF_COMPLAINT)}
