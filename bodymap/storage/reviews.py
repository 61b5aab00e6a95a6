"""Reviews in the data file: rounds, comments, answers, decisions."""

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from bodymap.atlas.ids import RegionId, StructureId
from bodymap.chart.audit import AuditAction, Entity, Subject
from bodymap.chart.marks import MarkId
from bodymap.chart.people import PatientId, UserId
from bodymap.chart.place import Place
from bodymap.chart.review import (
    Answer,
    AnswerId,
    Comment,
    CommentId,
    Decision,
    Pin,
    Review,
    Submission,
)
from bodymap.chart.visit import VisitId
from bodymap.errors import NotFoundError, StorageError
from bodymap.storage.audit import Fields, SqlAudit
from bodymap.storage.audited import fields_of
from bodymap.storage.engine import start_writing
from bodymap.storage.problems import DAMAGED
from bodymap.storage.records import Values, local_time, utc_values
from bodymap.storage.review_tables import (
    ReviewAnswerRow,
    ReviewCommentRow,
    ReviewDecisionRow,
    RoundRow,
)
from bodymap.storage.snapshots import packed, unpacked
from bodymap.storage.statements import table_of
from bodymap.storage.tables import Row, VisitRow


class SqlReviews:
    """The desk's `Reviews` on SQLAlchemy; nothing in it is ever changed or removed."""

    def __init__(self, session: Session, audit: SqlAudit) -> None:
        self._session = session
        self._audit = audit

    def of(self, visit: VisitId) -> Review:
        """All rounds of a visit.

        Raises:
            StorageError: What is kept of a round is no visit.
        """
        rounds = select(RoundRow).where(RoundRow.visit_id == visit).order_by(RoundRow.number)
        decided = select(ReviewDecisionRow).where(ReviewDecisionRow.visit_id == visit)
        try:
            return Review(
                visit,
                tuple(map(_to_submission, self._session.scalars(rounds))),
                self._comments(visit),
                tuple(
                    to_decision(row)
                    for row in self._session.scalars(decided.order_by(ReviewDecisionRow.number))
                ),
            )
        except (ValueError, LookupError) as problem:
            raise StorageError(DAMAGED) from problem

    def add_round(self, visit: VisitId, submission: Submission) -> None:
        """Keep the visit as it is handed in."""
        at = utc_values("at", submission.at)
        values: Values = {
            "visit_id": visit,
            "number": submission.number,
            "user_id": submission.by,
            **at,
            "digest": submission.digest,
            "content": packed(submission.visit),
        }
        told = round_told(submission.number, submission.digest, submission.by, submission.at)
        self._add(RoundRow, values, self._subject(visit), told)

    def add_comment(self, visit: VisitId, comment: Comment) -> None:
        """Keep a comment; its answers are added by themselves."""
        values: Values = {
            "id": comment.id,
            "visit_id": visit,
            "number": comment.round,
            "user_id": comment.by,
            **utc_values("at", comment.at),
            "severity": comment.severity,
            "text": comment.text,
            **_pin_values(comment.pin),
        }
        told = fields_of(replace(comment, answers=()))
        self._add(ReviewCommentRow, values, self._subject(visit, comment.id), told)

    def add_answer(self, visit: VisitId, comment: CommentId, answer: Answer) -> None:
        """Keep a reply to a comment."""
        values: Values = {
            "id": answer.id,
            "comment_id": comment,
            "user_id": answer.by,
            **utc_values("at", answer.at),
            "text": answer.text,
            "settles": None if answer.settles is None else int(answer.settles),
        }
        told = answer_told(comment, answer)
        self._add(ReviewAnswerRow, values, self._subject(visit, answer.id), told)

    def add_decision(self, visit: VisitId, decision: Decision) -> None:
        """Keep what was decided about a round."""
        values: Values = {
            "visit_id": visit,
            "number": decision.round,
            "user_id": decision.by,
            **utc_values("at", decision.at),
            "verdict": decision.verdict,
            "reasons": decision.reasons,
        }
        self._add(ReviewDecisionRow, values, self._subject(visit), fields_of(decision))

    def _add(self, row: type[Row], values: Values, subject: Subject, told: Fields) -> None:
        start_writing(self._session)
        self._session.connection().execute(insert(table_of(row)), values)
        self._audit.note(AuditAction.ADDED, subject, new=told)

    def _subject(self, visit: VisitId, what: str | None = None) -> Subject:
        query = select(VisitRow.patient_id).where(VisitRow.id == visit)
        patient = self._session.scalar(query)
        if patient is None:
            raise NotFoundError("There is no such visit.")
        return Subject(Entity.REVIEW, what or visit, PatientId(patient), visit)

    def _comments(self, visit: VisitId) -> tuple[Comment, ...]:
        answered = (
            select(ReviewAnswerRow)
            .join(ReviewCommentRow, ReviewCommentRow.id == ReviewAnswerRow.comment_id)
            .where(ReviewCommentRow.visit_id == visit)
            .order_by(ReviewAnswerRow.sequence)
        )
        answers: defaultdict[str, list[Answer]] = defaultdict(list)
        for answer in self._session.scalars(answered):
            answers[answer.comment_id].append(to_answer(answer))
        query = select(ReviewCommentRow).where(ReviewCommentRow.visit_id == visit)
        rows = self._session.scalars(query.order_by(ReviewCommentRow.sequence))
        return tuple(to_comment(row, answers[row.id]) for row in rows)


def round_told(number: int, digest: str, by: UserId, at: datetime) -> Fields:
    """What the audit trail tells of a round."""
    return fields_of({"round": number, "digest": digest, "by": by, "at": at})


def answer_told(comment: CommentId, answer: Answer) -> Fields:
    """What the audit trail tells of a reply."""
    return {**fields_of(answer), "comment": comment}


def _to_submission(row: RoundRow) -> Submission:
    return Submission(
        number=row.number,
        by=UserId(row.user_id),
        at=local_time(row.at_utc, row.at_offset_min),
        visit=unpacked(row.content),
        digest=row.digest,
    )


def to_comment(row: ReviewCommentRow, answers: Sequence[Answer] = ()) -> Comment:
    """The comment of a row, with its answers."""
    return Comment(
        id=CommentId(row.id),
        round=row.number,
        by=UserId(row.user_id),
        at=local_time(row.at_utc, row.at_offset_min),
        severity=row.severity,
        text=row.text,
        pin=_to_pin(row),
        answers=tuple(answers),
    )


def to_answer(row: ReviewAnswerRow) -> Answer:
    """The reply of a row."""
    return Answer(
        id=AnswerId(row.id),
        by=UserId(row.user_id),
        at=local_time(row.at_utc, row.at_offset_min),
        text=row.text,
        settles=None if row.settles is None else bool(row.settles),
    )


def to_decision(row: ReviewDecisionRow) -> Decision:
    """The decision of a row."""
    return Decision(
        round=row.number,
        by=UserId(row.user_id),
        at=local_time(row.at_utc, row.at_offset_min),
        verdict=row.verdict,
        reasons=row.reasons,
    )


def _pin_values(pin: Pin) -> Values:
    place = pin.place
    return {
        "mark_id": pin.mark,
        "radius_mm": pin.radius_mm,
        "view": place and place.view,
        "u_mm": place and place.u_mm,
        "v_mm": place and place.v_mm,
        "side": place and place.side,
        "region": place and place.region,
        "landmark": place.landmark if place else "",
        "structures": json.dumps(place.structures if place else ()),
        "atlas_version": place.atlas_version if place else "",
    }


def _to_pin(row: ReviewCommentRow) -> Pin:
    if row.view is None or row.u_mm is None or row.v_mm is None or row.side is None:
        return Pin()
    place = Place(
        view=row.view,
        u_mm=row.u_mm,
        v_mm=row.v_mm,
        side=row.side,
        region=RegionId(row.region or ""),
        landmark=row.landmark,
        structures=tuple(map(StructureId, json.loads(row.structures))),
        atlas_version=row.atlas_version,
    )
    return Pin(None if row.mark_id is None else MarkId(row.mark_id), place, row.radius_mm)
