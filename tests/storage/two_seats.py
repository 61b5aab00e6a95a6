"""Everything that can be changed, as two windows change it: what each knows, does and leaves."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Any

from bodymap.app import Application
from bodymap.chart.adverse_events import AdverseEvent, EventKind
from bodymap.chart.afterwards import Afterward
from bodymap.chart.alerts import Alert, AlertKind
from bodymap.chart.clinic_choices import BillingCode, ClinicChoices
from bodymap.chart.consent import Consent, ConsentForm
from bodymap.chart.contact import Identifier
from bodymap.chart.follow_up import FollowUp, FollowUpKind
from bodymap.chart.hygiene import Hygiene
from bodymap.chart.marks import MarkKind, kind_of
from bodymap.chart.measures import Measure, MeasureKind
from bodymap.chart.narrative import Chapter, Narrative
from bodymap.chart.needle_count import NeedleCount
from bodymap.chart.people import Episode, Patient, Role, User
from bodymap.chart.review import Severity
from bodymap.chart.visit import Visit, VisitId
from bodymap.chart.visit_record import VisitRecord
from bodymap.desk.charting import Charting
from bodymap.desk.entry import InvalidEntryError
from bodymap.desk.register import Register, RegisterStep
from tests.builders import a_patient, a_user, an_episode
from tests.vaults import OWNER, PASSWORD

AUTHOR = replace(OWNER, role=Role.SUPERVISOR, also=frozenset({Role.ADMIN}))
COLLEAGUE = a_user(2, login="sam", role=Role.SUPERVISOR, also=frozenset({Role.ADMIN}))
TRAINEE = a_user(
    3, login="tara", role=Role.TRAINEE, supervisors=frozenset({AUTHOR.id, COLLEAGUE.id})
)

Content = Mapping[str, object]
"""Each thing that can be changed by itself, by name; what is only added to is a tuple."""


@dataclass
class Known:
    """What one window has before it; it may be out of date."""

    desk: Application
    charting: Charting
    patient: Patient
    episode: Episode
    user: User
    choices: ClinicChoices
    merging: RegisterStep
    entries: tuple[Afterward, ...]
    comments: tuple[str, ...]

    @property
    def visit(self) -> Visit:
        return self.charting.visit

    @property
    def seen(self) -> Content:
        return {
            **_of_visit(self.visit),
            **_of("patient", self.patient),
            **_of("episode", self.episode),
            **_of("user", self.user),
            **_of("choices", self.choices),
        }


@dataclass(frozen=True)
class Subjects:
    """The records that one test is about; nobody else touches them."""

    visit: VisitId
    patient: Patient
    second: Patient
    episode: Episode
    user: User

    def known_to(self, desk: Application) -> Known:
        """As a window shows them that was opened just now."""
        clinic = desk.clinic
        with desk.open_work() as work:
            entries = tuple(work.afterwards.of(self.visit))
            comments = tuple(comment.id for comment in work.reviews.of(self.visit).comments)
        return Known(
            desk=desk,
            charting=clinic.chart(self.visit),
            patient=clinic.patient(self.patient.id),
            episode=clinic.episode(self.episode.id),
            user=clinic.user(self.user.id),
            choices=clinic.choices.now(),
            merging=self._merging(clinic.register),
            entries=entries,
            comments=comments,
        )

    def _merging(self, register: Register) -> RegisterStep:
        try:
            return register.merge(self.second.id, self.patient.id)
        except InvalidEntryError:  # it is merged by now
            return RegisterStep("nothing")

    def stored(self, desk: Application) -> Content:
        """As they are stored; nobody is asked whether that may be looked at."""
        with desk.open_work() as work:
            visit, review = work.visits.get(self.visit), work.reviews.of(self.visit)
            return {
                **_of_visit(visit),
                **_of("patient", work.people.patient(self.patient.id)),
                **_of("episode", work.people.episode(self.episode.id)),
                **_of("user", work.people.user(self.user.id)),
                **_of("choices", work.choices.get()),
                "+signatures": tuple(work.signatures.of(self.visit)),
                "+afterwards": tuple(work.afterwards.of(self.visit)),
                "+rounds": tuple((one.number, one.digest) for one in review.submissions),
                "+comments": tuple(one.id for one in review.comments),
                "+answers": tuple(two.id for one in review.comments for two in one.answers),
                "+decisions": review.decisions,
            }


def _of_visit(visit: Visit) -> dict[str, object]:
    return {
        "visit.state": visit.state,
        "visit.pain": (visit.pain_before, visit.pain_after),
        **{f"mark.{mark.id}": mark for mark in visit.marks},
        **_of("record", visit.record),
    }


def _of(name: str, record: Any) -> dict[str, object]:
    return {f"{name}.{part.name}": getattr(record, part.name) for part in fields(record)}


def overwritten(seen: Content, before: Content, after: Content) -> set[str]:
    """What somebody stored that a window had not seen, and that is gone since it acted."""
    unseen = {
        key for key in {*seen, *before} if not _is_added_to(key) and _differ(key, seen, before)
    }
    lost = {key for key in unseen if _differ(key, before, after)}
    cut = {key for key in before if _is_added_to(key) and _is_cut(before[key], after[key])}
    return lost | cut


def _is_added_to(key: str) -> bool:
    return key.startswith("+")


def _differ(key: str, one: Content, other: Content) -> bool:
    return one.get(key) != other.get(key)


def _is_cut(before: Any, after: Any) -> bool:
    return tuple(after[: len(before)]) != tuple(before)


# --- what can be changed

Act = Callable[[Known, int], object]


@dataclass(frozen=True)
class Row:
    """One kind of thing: how it is changed and taken away, and in which tables it is kept.

    Attributes:
        edit: Gives it another value, one for each number.
        delete: Takes it away; None where nothing can.
        is_charted: Whether it is part of a draft, which only its author changes.
        is_added_to: Whether a change stands beside the earlier one.
    """

    name: str
    tables: frozenset[str]
    edit: Act
    delete: Act | None = None
    is_charted: bool = False
    is_added_to: bool = field(default=False)


def _mark_row(kind: MarkKind, *tables: str) -> Row:
    def mark(known: Known) -> Any:
        return next(mark for mark in known.visit.marks if kind_of(mark) is kind)

    def edit(known: Known, number: int) -> None:
        step = known.charting.edit(replace(mark(known), text=f"Version {number}"))
        known.charting.do(step)

    def delete(known: Known, _number: int) -> None:
        known.charting.do(known.charting.remove([mark(known).id]))

    return Row(kind.value, frozenset({"mark", *tables}), edit, delete, is_charted=True)


def _record_row(part: str, make: Callable[[Any, int], object], *tables: str) -> Row:
    def put(known: Known, value: object) -> None:
        record = replace(known.visit.record, **{part: value})
        known.charting.do(known.charting.record(record, part))

    def edit(known: Known, number: int) -> None:
        put(known, make(getattr(known.visit.record, part), number))

    def delete(known: Known, _number: int) -> None:
        put(known, getattr(VisitRecord(), part))

    return Row(f"record.{part}", frozenset(tables), edit, delete, is_charted=True)


def _pain(known: Known, number: int) -> None:
    known.charting.do(known.charting.rate_pain(number, number))


def _no_pain(known: Known, _number: int) -> None:
    known.charting.do(known.charting.rate_pain(None, None))


def _patient_row(part: str, make: Callable[[int], object], *tables: str) -> Row:
    def edit(known: Known, number: int) -> None:
        register = known.desk.clinic.register
        register.do(register.edit_patient(known.patient, part, **{part: make(number)}))

    return Row(f"patient.{part}", frozenset({"patient", *tables}), edit, _merge)


def _merge(known: Known, _number: int) -> None:
    known.desk.clinic.register.do(known.merging)


def _episode_row(part: str, make: Callable[[int], object], *tables: str) -> Row:
    def edit(known: Known, number: int) -> None:
        register = known.desk.clinic.register
        register.do(register.edit_episode(known.episode, part, **{part: make(number)}))

    return Row(f"episode.{part}", frozenset({"episode", *tables}), edit, _merge)


def _user_row(part: str, make: Callable[[int], object], *tables: str) -> Row:
    def edit(known: Known, number: int) -> None:
        known.desk.users.change(replace(known.user, **{part: make(number)}), known.user)

    def shut_out(known: Known, _number: int) -> None:
        known.desk.users.shut_out(known.user.id)

    return Row(f"user.{part}", frozenset({"user", *tables}), edit, shut_out)


def _choice_row(part: str, make: Callable[[int], object]) -> Row:
    def put(known: Known, value: object) -> None:
        known.desk.clinic.choices.change(
            lambda choices: replace(choices, **{part: value}), known.choices
        )

    def edit(known: Known, number: int) -> None:
        put(known, make(number))

    def delete(known: Known, _number: int) -> None:
        put(known, getattr(ClinicChoices(), part))

    return Row(f"choices.{part}", frozenset({"clinic_choice"}), edit, delete)


def _keep_template(known: Known, number: int) -> None:
    marks = [mark for mark in known.visit.marks if mark.number <= number]
    known.desk.clinic.templates.keep("Shoulder", known.visit.therapist, marks)


def _drop_template(known: Known, _number: int) -> None:
    for template in known.choices.templates:
        known.desk.clinic.templates.drop(template)


def _addendum(known: Known, number: int) -> None:
    known.desk.signing.add(known.visit.id, f"Called back {number}", PASSWORD)


def _bruise(known: Known, number: int) -> None:
    event = AdverseEvent(EventKind.BRUISING, text=f"{number} cm")
    corrects = known.entries[0].id if known.entries else None
    known.desk.clinic.after_signing.add(known.visit.id, event, corrects)


def _comment(known: Known, number: int) -> None:
    known.desk.reviewing.comment(known.visit.id, Severity.NOTE, f"Look at {number}")


def _answer(known: Known, number: int) -> None:
    text = f"Seen {number}"
    known.desk.reviewing.answer(known.visit.id, known.comments[0], text, settles=bool(number % 2))


IN_DRAFTS = (
    _mark_row(MarkKind.TRIGGER_POINT, "trigger_point", "trigger_point_referral", "mark_structure"),
    _mark_row(MarkKind.NEEDLE_SITE, "needle_site", "needle_manipulation", "needle_sensation"),
    _mark_row(
        MarkKind.PAIN_ZONE, "pain_zone", "polygon_ring", "pain_zone_region", "pain_zone_quality"
    ),
    _mark_row(MarkKind.NOTE, "note_photo"),
    Row("visit.pain", frozenset({"visit"}), _pain, _no_pain, is_charted=True),
    _record_row(
        "screening",
        lambda was, number: replace(
            was, answers=(replace(was.answers[0], note=f"{number}"), *was.answers[1:])
        ),
        "visit_screening",
        "visit_barred_area",
    ),
    _record_row(
        "consent",
        lambda _, number: Consent(ConsentForm.VERBAL, note=f"{number}"),
        "visit_consent",
        "visit_told",
    ),
    _record_row(
        "hygiene", lambda _, number: Hygiene(note=f"{number}"), "visit_hygiene", "visit_position"
    ),
    _record_row(
        "needles", lambda _, number: NeedleCount(40 + number, 40 + number), "visit_needle_count"
    ),
    _record_row(
        "measures",
        lambda _, number: (Measure(MeasureKind.ROM, "Neck rotation", None, number, 55),),
        "visit_measure",
    ),
    _record_row(
        "narrative",
        lambda _, number: Narrative(((Chapter.PLAN, f"Again in {number} days"),)),
        "visit_text",
        "visit_aftercare",
        "visit_condition",
    ),
    _record_row(
        "adverse_events",
        lambda _, number: (AdverseEvent(EventKind.BRUISING, text=f"{40 + number} cm"),),
        "visit_adverse_event",
    ),
    _record_row(
        "follow_ups",
        lambda _, number: (FollowUp(FollowUpKind.JOURNAL, date(2026, 3, 4), number),),
        "visit_follow_up",
    ),
)
OF_THE_CLINIC = (
    _patient_row("phone", lambda number: f"044 {number}", "patient_detail"),
    _patient_row("family_name", lambda number: f"Sample {number}"),
    _patient_row("alerts", lambda n: (Alert(AlertKind.OTHER, f"Alert {n}"),), "patient_alert"),
    _patient_row("identifiers", lambda n: (Identifier("Insurance", f"{n}"),), "patient_identifier"),
    _patient_row("notes", lambda number: f"Note {number}"),
    _episode_row("complaint", lambda number: f"Complaint {number}"),
    _episode_row("goals", lambda number: f"Goal {number}", "episode_course"),
    _user_row("name", lambda number: f"Name {number}"),
    _user_row("also", lambda n: frozenset({(Role.ADMIN, Role.AUDITOR)[n % 2]}), "user_role"),
    _user_row(
        "supervisors",
        lambda number: frozenset({(AUTHOR.id, COLLEAGUE.id)[number % 2]}),
        "user_supervisor",
    ),
    _choice_row("advice", lambda number: (f"Rest for {number} days",)),
    _choice_row("conditions", lambda number: (f"Condition {number}",)),
    _choice_row("reminder_min", lambda number: 10 + number),
    _choice_row("severities", lambda number: ((f"item-{number}", True),)),
    _choice_row("has_billing", lambda number: bool(number % 2)),
    _choice_row("codes", lambda number: (BillingCode(f"{number}", "Code"),)),
    Row("choices.templates", frozenset({"clinic_choice"}), _keep_template, _drop_template),
)
ADDED_TO = (
    Row("addendum", frozenset({"visit_signature"}), _addendum, is_added_to=True),
    Row("afterward", frozenset({"visit_afterward"}), _bruise, is_added_to=True),
    Row("comment", frozenset({"review_comment"}), _comment, is_added_to=True),
    Row("answer", frozenset({"review_answer"}), _answer, is_added_to=True),
)
DECIDED = frozenset({"visit_round", "review_decision", "visit_signature"})
"""Tables that are written where a visit is signed, submitted, approved or returned."""

NOBODY_CHANGES = frozenset({"audit", "audit_head", "signing_key"})
"""Tables that no person changes: the store writes them by itself."""

ALL = (*IN_DRAFTS, *OF_THE_CLINIC, *ADDED_TO)


def new_subjects(desk: Application, visit: Visit, number: int) -> Subjects:
    """Records of their own for one test.

    Args:
        desk: Where they are stored, past all guards.
        visit: What the visit is to be like.
        number: Another one for each test.
    """
    treated, second = (a_patient(at, alerts=()) for at in (2 * number, 2 * number + 1))
    episode = an_episode(patient=2 * number)
    user = a_user(100 + number, role=Role.CLERK, supervisors=frozenset({TRAINEE.id}))
    with desk.open_work() as work:
        work.people.put_patient(treated)
        work.people.put_patient(second)
        work.people.put_episode(episode)
        work.people.put_user(user)
        work.visits.add(replace(visit, patient=treated.id, episode=episode.id))
        work.commit()
    return Subjects(visit.id, treated, second, episode, user)
