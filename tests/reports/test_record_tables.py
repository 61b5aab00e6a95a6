"""What a visit holds besides its marks, on the printed page."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from bodymap.chart.adverse_events import AdverseEvent, EventKind, Onset, Outcome, Severity
from bodymap.chart.consent import Consent, ConsentForm, ConsentGiver, ConsentScope, Told
from bodymap.chart.follow_up import FollowUp, FollowUpKind, Relief
from bodymap.chart.hygiene import Gloves, HandHygiene, Hygiene, Position, SkinPreparation
from bodymap.chart.measures import Measure, MeasureKind
from bodymap.chart.narrative import Chapter, Narrative
from bodymap.chart.needle_count import NeedleCount
from bodymap.chart.screening import Answer, BarredArea, Screening, ScreeningAnswer
from bodymap.chart.session import Screened, SessionRecord
from bodymap.chart.visit_record import VisitRecord
from bodymap.reports.record_tables import record_tables
from bodymap.reports.session_summary import SummaryPrinter
from tests.builders import a_patient, a_place, a_polygon, a_user, a_visit, an_episode

WOUND = BarredArea("open-wound", a_place(), (a_polygon(),))


def a_session(screened=(), **record):
    return SessionRecord(
        a_visit(record=VisitRecord(**record)), a_patient(), an_episode(), a_user(), (), screened
    )


def told(**record):
    """The rows of the tables as texts."""
    tables = record_tables(a_session(**record))
    return [" | ".join((*row.cells, row.remark)).rstrip(" |") for t in tables for row in t.rows]


def test_a_visit_that_says_nothing_prints_nothing():
    assert record_tables(a_session()) == []


NDI = MeasureKind.NDI

PRINTED = [
    (
        {"consent": Consent(ConsentForm.VERBAL, told=frozenset({Told.PAIN, Told.PROCEDURE}))},
        "Consent | Verbal, by the patient, for this visit. Explained: procedure, pain.",
    ),
    (
        {
            "consent": Consent(
                ConsentForm.WRITTEN, ConsentGiver.GUARDIAN, "Kim Sample", ConsentScope.EPISODE
            )
        },
        "Consent | Written, by the guardian Kim Sample, for all treatment of the complaint.",
    ),
    (
        {"consent": Consent(withdrawn=True, note="After the first needle")},
        "Consent | Withdrawn. Not given. After the first needle",
    ),
    (
        {
            "hygiene": Hygiene(
                HandHygiene.SOAP_WATER,
                Gloves.BOTH_HANDS,
                SkinPreparation.IODINE,
                frozenset({Position.LEFT_SIDE}),
                "Pillow",
            )
        },
        (
            "Hygiene and position | Hands: soap water. Gloves: both hands. Skin: iodine. "
            "Position: left side. Pillow"
        ),
    ),
    (
        {"needles": NeedleCount(3, 2, "One fell")},
        (
            "Needle count | 3 opened, 2 put in, 0 out again, 2 in the sharps container. "
            "The numbers differ: One fell"
        ),
    ),
    (
        {"narrative": Narrative(((Chapter.HISTORY, "Apixaban"),))},
        "Medicines and history | Apixaban",
    ),
    ({"narrative": Narrative(aftercare=("Rest", "Drink"))}, "Aftercare given | Rest; Drink"),
    ({"narrative": Narrative(conditions=("Neck pain",))}, "Condition treated | Neck pain"),
    (
        {"measures": (Measure(MeasureKind.ROM, "Knee flexion", None, 110, 120, "Stiff"),)},
        "Range of motion: Knee flexion (usual 135°) | – | 110° | 120° | +10 | Stiff",
    ),
    (
        {"measures": (Measure(MeasureKind.NDI, before=22, after=14),)},
        "NDI | – | 22/50 | 14/50 | -8*",
    ),
    (
        {"measures": (Measure(MeasureKind.NDI, before=22, after=20),)},
        "NDI | – | 22/50 | 20/50 | -2",
    ),
    ({"measures": (Measure(NDI, before=22, after=22),)}, "NDI | – | 22/50 | 22/50 | 0"),
    (
        {"measures": (Measure(MeasureKind.SPECIAL_TEST, "Spurling", None, 1, 0),)},
        "Special test: Spurling | – | Positive | Negative | –",
    ),
    (
        {
            "adverse_events": (
                AdverseEvent(
                    EventKind.STUCK_NEEDLE,
                    Severity.SIGNIFICANT,
                    Onset.DURING,
                    Outcome.RESOLVED,
                    "Waited",
                    "Supervisor",
                    "For a minute",
                ),
            )
        },
        (
            "Needle stuck | Significant | during treatment | Waited | Resolved | Supervisor | "
            "For a minute"
        ),
    ),
    (
        {"follow_ups": (FollowUp(FollowUpKind.JOURNAL, date(2026, 3, 4), 2, 0, Relief.BETTER),)},
        "4 March 2026 | Journal | 2/10 | 0/10 | better | –",
    ),
]


@pytest.mark.parametrize(("record", "words"), PRINTED)
def test_each_part_in_words(record, words):
    assert told(**record) == [words]


def test_the_screening_names_what_applies():
    screening = Screening((ScreeningAnswer("open-wound", Answer.YES),), (WOUND,))
    items = (
        Screened("open-wound", "Open wound", True, True, "Graze", "Far away"),
        Screened("epilepsy", "Epilepsy", False, False),
        Screened("obesity", "Very obese", None, False),
    )
    (table,) = record_tables(a_session(items, screening=screening))
    assert table.rows[0].cells[1] == (
        "2 of 3 items answered. Applies: Open wound (rules needling out; drawn on: shoulder blade "
        "right; Graze; needled all the same: Far away)."
    )
    none = record_tables(a_session(items[1:], screening=screening))
    assert none[0].rows[0].cells[1] == "1 of 2 items answered. None of them applies."


def text_of(record):
    pages = PdfReader(BytesIO(SummaryPrinter().summary(record))).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_the_page_shows_the_area_and_the_signature():
    stroke = ((20.0, 50.0), (80.0, 30.0), (140.0, 60.0))
    items = (Screened("open-wound", "Open wound", True, True),)
    screening = Screening((ScreeningAnswer("open-wound", Answer.YES),), (WOUND,))
    signed = Consent(ConsentForm.WRITTEN, signature=(stroke, ((150.0, 40.0),)))
    record = a_session(items, screening=screening, consent=signed)
    text = text_of(record)
    assert "Not to be needled: Open wound" in text
    assert "Consent signed on screen by Sample 1, Pat" in text
    by_guardian = replace(signed, given_by=ConsentGiver.GUARDIAN, guardian="Kim Sample")
    assert "signed on screen by Kim Sample" in text_of(a_session(consent=by_guardian))


def test_the_same_record_gives_the_same_bytes():
    record = a_session(consent=Consent(ConsentForm.VERBAL, told=frozenset(Told)))
    assert SummaryPrinter().summary(record) == SummaryPrinter().summary(record)
