"""What a visit holds besides its marks, in the data file."""

import json
from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, delete, insert, select
from sqlalchemy.orm import Session

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

_ALL: tuple[type[Row], ...] = (
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


def replace_record(writer: Connection, visit: VisitId, record: VisitRecord) -> None:
    """Write the record in place of the one that is there."""
    rows = record_values(record)
    for kind in _ALL:
        table = table_of(kind)
        writer.execute(delete(table).where(table.c.visit_id == visit))
        values = [{"visit_id": visit, **row} for row in rows[kind]]
        if values:
            writer.execute(insert(table), values)


def load_record(session: Session, visit: VisitId) -> VisitRecord:
    """The record of a visit.

    Raises:
        ValueError: Its rows hold what the record does not allow.
    """
    return VisitRecord(
        screening=_screening(session, visit),
        consent=_consent(session, visit),
        hygiene=_hygiene(session, visit),
        needles=_needles(session, visit),
        measures=_measures(session, visit),
        narrative=_narrative(session, visit),
        adverse_events=_adverse_events(session, visit),
        follow_ups=_follow_ups(session, visit),
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


def _screening(session: Session, visit: VisitId) -> Screening:
    query = select(ScreeningAnswerRow).where(ScreeningAnswerRow.visit_id == visit)
    rows = session.scalars(query)
    answers = [ScreeningAnswer(row.item, row.answer, row.note, row.override) for row in rows]
    screening = Screening().with_answers(answers)
    for row in session.scalars(select(BarredAreaRow).where(BarredAreaRow.visit_id == visit)):
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


def _consent(session: Session, visit: VisitId) -> Consent:
    row = session.scalar(select(ConsentRow).where(ConsentRow.visit_id == visit))
    if row is None:
        return Consent(told=_told(session, visit))
    return Consent(
        form=row.form,
        given_by=row.given_by,
        guardian=row.guardian,
        scope=row.scope,
        told=_told(session, visit),
        withdrawn=row.withdrawn,
        signature=_strokes(row.signature),
        note=row.note,
    )


def _told(session: Session, visit: VisitId) -> frozenset[Told]:
    return frozenset(session.scalars(select(ToldRow.told).where(ToldRow.visit_id == visit)))


def _strokes(text: str) -> tuple[Stroke, ...]:
    lines: list[list[list[float]]] = json.loads(text)
    return tuple(tuple((float(x), float(y)) for x, y in line) for line in lines)


def _hygiene(session: Session, visit: VisitId) -> Hygiene:
    query = select(PositionRow.position).where(PositionRow.visit_id == visit)
    positions = frozenset(session.scalars(query))
    row = session.scalar(select(HygieneRow).where(HygieneRow.visit_id == visit))
    if row is None:
        return Hygiene(positions=positions)
    return Hygiene(row.hands, row.gloves, row.skin, positions, row.note)


def _needles(session: Session, visit: VisitId) -> NeedleCount:
    row = session.scalar(select(NeedleCountRow).where(NeedleCountRow.visit_id == visit))
    if row is None:
        return NeedleCount()
    return NeedleCount(row.opened, row.in_sharps, row.difference)


def _measures(session: Session, visit: VisitId) -> tuple[Measure, ...]:
    query = select(MeasureRow).where(MeasureRow.visit_id == visit).order_by(MeasureRow.position)
    return tuple(
        Measure(row.kind, row.subject, row.side, row.value_before, row.value_after, row.note)
        for row in session.scalars(query)
    )


def _narrative(session: Session, visit: VisitId) -> Narrative:
    rows = session.scalars(select(ChapterRow).where(ChapterRow.visit_id == visit))
    texts = {row.chapter: row.text for row in rows}
    advice = select(AftercareRow.text).where(AftercareRow.visit_id == visit)
    conditions = select(ConditionRow.text).where(ConditionRow.visit_id == visit)
    return Narrative(
        chapters=tuple((chapter, texts[chapter]) for chapter in Chapter if chapter in texts),
        aftercare=tuple(session.scalars(advice.order_by(AftercareRow.position))),
        conditions=tuple(session.scalars(conditions.order_by(ConditionRow.position))),
    )


def _adverse_events(session: Session, visit: VisitId) -> tuple[AdverseEvent, ...]:
    query = select(AdverseEventRow).where(AdverseEventRow.visit_id == visit)
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
        for row in session.scalars(query.order_by(AdverseEventRow.position))
    )


def _follow_ups(session: Session, visit: VisitId) -> tuple[FollowUp, ...]:
    query = select(FollowUpRow).where(FollowUpRow.visit_id == visit)
    return tuple(
        FollowUp(row.kind, row.on, row.pain, row.soreness, row.relief, row.text)
        for row in session.scalars(query.order_by(FollowUpRow.position))
    )
