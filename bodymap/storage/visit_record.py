"""What a visit holds besides its marks, in the data file."""

import json
from collections.abc import Iterable, Mapping
from typing import TypeVar

from sqlalchemy import Connection, SQLColumnExpression, bindparam, delete, insert

from bodymap.atlas.ids import RegionId, ViewId
from bodymap.chart.adverse_events import AdverseEvent
from bodymap.chart.consent import Consent, Stroke, Told
from bodymap.chart.follow_up import FollowUp
from bodymap.chart.hygiene import Hygiene
from bodymap.chart.measures import Measure
from bodymap.chart.narrative import Chapter, Narrative
from bodymap.chart.needle_count import NeedleCount
from bodymap.chart.place import Place, Polygon, Ring
from bodymap.chart.screening import BarredArea, Screening, ScreeningAnswer
from bodymap.chart.visit import VisitId
from bodymap.chart.visit_record import VisitRecord
from bodymap.storage.prepared import Prepared, Rows
from bodymap.storage.records import Values
from bodymap.storage.statements import table_of
from bodymap.storage.tables import Row
from bodymap.storage.visit_record_tables import (
    AdverseEventRow,
    AftercareRow,
    BarredAreaRow,
    ChapterRow,
    ConditionRow,
    ConsentRow,
    FollowUpRow,
    HygieneRow,
    MeasureRow,
    NeedleCountRow,
    PositionRow,
    ScreeningAnswerRow,
    ToldRow,
)

_Part = TypeVar(
    "_Part",
    ScreeningAnswerRow,
    BarredAreaRow,
    ConsentRow,
    ToldRow,
    HygieneRow,
    PositionRow,
    NeedleCountRow,
    MeasureRow,
    ChapterRow,
    AftercareRow,
    ConditionRow,
    AdverseEventRow,
    FollowUpRow,
)

_ALL: tuple[type[Row], ...] = _Part.__constraints__

_CLEAR = {
    kind: Prepared(delete(table_of(kind)).where(table_of(kind).c.visit_id == bindparam("visit")))
    for kind in _ALL
}
_ADD = {kind: Prepared(insert(table_of(kind))) for kind in _ALL}


def _of_visit(kind: type[_Part], *order: SQLColumnExpression[int]) -> Rows[_Part]:
    return Rows(kind, kind.visit_id == bindparam("visit"), order=order)


_ANSWERS = _of_visit(ScreeningAnswerRow)
_AREAS = _of_visit(BarredAreaRow)
_CONSENTS = _of_visit(ConsentRow)
_TOLD = _of_visit(ToldRow)
_HYGIENE = _of_visit(HygieneRow)
_POSITIONS = _of_visit(PositionRow)
_NEEDLES = _of_visit(NeedleCountRow)
_MEASURES = _of_visit(MeasureRow, MeasureRow.position)
_CHAPTERS = _of_visit(ChapterRow)
_AFTERCARE = _of_visit(AftercareRow, AftercareRow.position)
_CONDITIONS = _of_visit(ConditionRow, ConditionRow.position)
_EVENTS = _of_visit(AdverseEventRow, AdverseEventRow.position)
_FOLLOW_UPS = _of_visit(FollowUpRow, FollowUpRow.position)


def replace_record(writer: Connection, visit: VisitId, record: VisitRecord) -> None:
    """Write the record in place of the one that is there."""
    rows = record_values(record)
    for kind in _ALL:
        _CLEAR[kind].run(writer, [{"visit": visit}])
        _ADD[kind].run(writer, [{"visit_id": visit, **row} for row in rows[kind]])


def load_record(reader: Connection, visit: VisitId) -> VisitRecord:
    """The record of a visit.

    Raises:
        ValueError: Its rows hold what the record does not allow.
    """
    which: Values = {"visit": visit}
    return VisitRecord(
        screening=_screening(reader, which),
        consent=_consent(reader, which),
        hygiene=_hygiene(reader, which),
        needles=_needles(reader, which),
        measures=_measures(reader, which),
        narrative=_narrative(reader, which),
        adverse_events=_adverse_events(reader, which),
        follow_ups=_follow_ups(reader, which),
    )


def record_values(record: VisitRecord) -> Mapping[type[Row], list[Values]]:
    """The rows of a record without their visit; parts that say nothing have none."""
    consent, hygiene, needles = record.consent, record.hygiene, record.needles
    return {
        ScreeningAnswerRow: [_answer_values(answer) for answer in record.screening.answers],
        BarredAreaRow: [_area_values(area) for area in record.screening.areas],
        ConsentRow: [_consent_values(consent)] if consent != Consent() else [],
        ToldRow: [{"told": told} for told in consent.told],
        HygieneRow: [_hygiene_values(hygiene)] if hygiene != Hygiene() else [],
        PositionRow: [{"position": position} for position in hygiene.positions],
        NeedleCountRow: [_needle_values(needles)] if needles != NeedleCount() else [],
        MeasureRow: _listed(map(_measure_values, record.measures)),
        ChapterRow: [
            {"chapter": chapter, "text": text} for chapter, text in record.narrative.chapters
        ],
        AftercareRow: _listed({"text": line} for line in record.narrative.aftercare),
        ConditionRow: _listed({"text": line} for line in record.narrative.conditions),
        FollowUpRow: _listed(map(_follow_up_values, record.follow_ups)),
        AdverseEventRow: _listed(map(_event_values, record.adverse_events)),
    }


def _listed(rows: Iterable[Values]) -> list[Values]:
    return [{"position": position, **row} for position, row in enumerate(rows)]


def _answer_values(answer: ScreeningAnswer) -> Values:
    return {
        "item": answer.item,
        "answer": answer.answer,
        "note": answer.note,
        "override": answer.override,
    }


def _area_values(area: BarredArea) -> Values:
    place = area.place
    return {
        "item": area.item,
        "view": area.view,
        "u_mm": place.u_mm,
        "v_mm": place.v_mm,
        "side": place.side,
        "region": place.region,
        "landmark": place.landmark,
        "atlas_version": place.atlas_version,
        "polygons": json.dumps([(piece.outer, *piece.holes) for piece in area.polygons]),
    }


def _follow_up_values(entry: FollowUp) -> Values:
    return {
        "kind": entry.kind,
        "told_on": entry.on,
        "pain": entry.pain,
        "soreness": entry.soreness,
        "relief": entry.relief,
        "text": entry.text,
    }


def _consent_values(consent: Consent) -> Values:
    return {
        "form": consent.form,
        "given_by": consent.given_by,
        "guardian": consent.guardian,
        "scope": consent.scope,
        "withdrawn": consent.withdrawn,
        "signature": json.dumps(consent.signature),
        "note": consent.note,
    }


def _hygiene_values(hygiene: Hygiene) -> Values:
    return {
        "hands": hygiene.hands,
        "gloves": hygiene.gloves,
        "skin": hygiene.skin,
        "note": hygiene.note,
    }


def _needle_values(needles: NeedleCount) -> Values:
    return {
        "opened": needles.opened,
        "in_sharps": needles.in_sharps,
        "difference": needles.difference,
    }


def _measure_values(measure: Measure) -> Values:
    return {
        "kind": measure.kind,
        "subject": measure.subject,
        "side": measure.side,
        "value_before": measure.before,
        "value_after": measure.after,
        "note": measure.note,
    }


def _event_values(event: AdverseEvent) -> Values:
    return {
        "kind": event.kind,
        "severity": event.severity,
        "onset": event.onset,
        "outcome": event.outcome,
        "action": event.action,
        "reported_to": event.reported_to,
        "text": event.text,
    }


def _screening(reader: Connection, which: Values) -> Screening:
    rows = _ANSWERS.ask(reader, which)
    answers = [ScreeningAnswer(row.item, row.answer, row.note, row.override) for row in rows]
    screening = Screening().with_answers(answers)
    for row in _AREAS.ask(reader, which):
        screening = screening.with_area(_area(row))
    return screening


def _area(row: BarredAreaRow) -> BarredArea:
    place = Place(
        view=row.view,
        u_mm=row.u_mm,
        v_mm=row.v_mm,
        side=row.side,
        region=RegionId(row.region),
        landmark=row.landmark,
        atlas_version=row.atlas_version,
    )
    return BarredArea(row.item, place, _polygons(row.view, row.polygons))


def _polygons(view: ViewId, text: str) -> tuple[Polygon, ...]:
    pieces: list[list[list[list[float]]]] = json.loads(text)
    drawn = ([_ring(ring) for ring in rings] for rings in pieces)
    return tuple(Polygon(view, outer, tuple(holes)) for outer, *holes in drawn)


def _ring(points: list[list[float]]) -> Ring:
    return tuple((float(u), float(v)) for u, v in points)


def _consent(reader: Connection, which: Values) -> Consent:
    told = frozenset(row.told for row in _TOLD.ask(reader, which))
    for row in _CONSENTS.ask(reader, which):
        return _agreed(row, told)
    return Consent(told=told)


def _agreed(row: ConsentRow, told: frozenset[Told]) -> Consent:
    return Consent(
        form=row.form,
        given_by=row.given_by,
        guardian=row.guardian,
        scope=row.scope,
        told=told,
        withdrawn=row.withdrawn,
        signature=_strokes(row.signature),
        note=row.note,
    )


def _strokes(text: str) -> tuple[Stroke, ...]:
    lines: list[list[list[float]]] = json.loads(text)
    return tuple(tuple((float(x), float(y)) for x, y in line) for line in lines)


def _hygiene(reader: Connection, which: Values) -> Hygiene:
    positions = frozenset(row.position for row in _POSITIONS.ask(reader, which))
    for row in _HYGIENE.ask(reader, which):
        return Hygiene(row.hands, row.gloves, row.skin, positions, row.note)
    return Hygiene(positions=positions)


def _needles(reader: Connection, which: Values) -> NeedleCount:
    for row in _NEEDLES.ask(reader, which):
        return NeedleCount(row.opened, row.in_sharps, row.difference)
    return NeedleCount()


def _measures(reader: Connection, which: Values) -> tuple[Measure, ...]:
    return tuple(
        Measure(row.kind, row.subject, row.side, row.value_before, row.value_after, row.note)
        for row in _MEASURES.ask(reader, which)
    )


def _narrative(reader: Connection, which: Values) -> Narrative:
    texts = {row.chapter: row.text for row in _CHAPTERS.ask(reader, which)}
    return Narrative(
        chapters=tuple((chapter, texts[chapter]) for chapter in Chapter if chapter in texts),
        aftercare=tuple(row.text for row in _AFTERCARE.ask(reader, which)),
        conditions=tuple(row.text for row in _CONDITIONS.ask(reader, which)),
    )


def _adverse_events(reader: Connection, which: Values) -> tuple[AdverseEvent, ...]:
    return tuple(
        AdverseEvent(
            kind=row.kind,
            severity=row.severity,
            onset=row.onset,
            outcome=row.outcome,
            action=row.action,
            reported_to=row.reported_to,
            text=row.text,
        )
        for row in _EVENTS.ask(reader, which)
    )


def _follow_ups(reader: Connection, which: Values) -> tuple[FollowUp, ...]:
    return tuple(
        FollowUp(row.kind, row.on, row.pain, row.soreness, row.relief, row.text)
        for row in _FOLLOW_UPS.ask(reader, which)
    )
