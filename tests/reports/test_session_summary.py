"""The printed summary, read back from the file."""

import random
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bodymap.atlas.ids import RegionId, Side, StructureId, ViewId
from bodymap.chart.alerts import Alert, AlertKind
from bodymap.chart.marks import NeedleSize, PainKind, PainQuality, TriggerPointStatus
from bodymap.chart.needling import Direction, Technique
from bodymap.chart.visit import VisitState
from bodymap.reports.book import PrintingError
from bodymap.reports.shaping import clean
from bodymap.reports.symbols import code_of
from tests.builders import (
    a_needle_site,
    a_note,
    a_pain_zone,
    a_place,
    a_polygon,
    a_trigger_point,
    a_visit,
)
from tests.reports.names import HOSTILE, NAMES, TOLD_IN_ORDER


def many_needles(count, views=tuple(ViewId)):
    """Needles all over the body, some with trigger points, always the same ones."""
    dice = random.Random(7)  # noqa: S311 - nothing secret
    marks = []
    for number in range(1, count + 1):
        view = views[number % len(views)]
        tall = 60 if view in {ViewId.SOLES, ViewId.FEET_DORSAL} else 1500
        place = a_place(dice.uniform(-70, 70), dice.uniform(0, tall), view=view)
        marks.append(a_needle_site(number, place=place))
        if number % 4 == 0:
            marks.append(a_trigger_point(number, place=place))
    return a_visit(0, 0, 0, marks=tuple(marks))


def test_it_says_who_was_treated_by_whom_and_when(printer, read_back, a_record):
    page = read_back(printer.summary(a_record(family_name="Example", given_name="Amara")))
    assert page.says("Example, Amara")
    assert page.says("29 February 1984 (42 years, female)")
    assert page.says("P-0001")
    assert page.says("2 March 2026, 09:15 (UTC+01:00)")
    assert page.says("Tilda Testwell")
    assert page.says("Right shoulder pain, since 12 January 2026")
    assert page.says("6 → not recorded")
    assert page.says("Alert: Anticoagulant")
    assert page.says("reference from a model body")


def test_every_mark_stands_in_figure_and_table(printer, read_back, a_record):
    record = a_record(a_visit(needles=4, trigger_points=3, zones=2, notes=2))
    written = [text for text, _, _ in read_back(printer.summary(record)).runs]
    for mark in record.visit.marks:
        assert written.count(code_of(mark)) >= 2


def test_a_needle_is_told_in_full(printer, read_back, a_record):
    point = a_trigger_point(3, place=a_place(100, 400))
    needle = a_needle_site(
        7,
        place=a_place(100, 400, side=Side.LEFT, landmark="12 mm below the acromion, left"),
        muscle=StructureId("supraspinatus"),
        trigger_point=point.id,
        needle=NeedleSize(0.25, 30),
        depth_mm=12.5,
        twitches=0,
        technique=Technique.SUPERFICIAL,
        direction=Direction.TANGENTIAL,
        text="Slow withdrawal",
    )
    page = read_back(printer.summary(a_record(a_visit(0, 0, 0, marks=(point, needle)))))
    told = (
        "7 Supraspinatus Left 12 mm below the acromion, left 0.25 × 30 mm 12.5 mm "
        "Superficial, tangential None T3 Slow withdrawal"
    )
    assert page.says(told)


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_usual_words_are_not_broken_in_the_table(printer, read_back, a_record, paper):
    needle = a_needle_site(
        1,
        muscle=StructureId("sternocleidomastoid"),
        place=a_place(side=Side.MIDLINE, landmark="middle of the spine of the scapula, right"),
        needle=NeedleSize(0.25, 75),
        depth_mm=18.5,
    )
    page = read_back(printer.summary(a_record(a_visit(0, 0, 0, marks=(needle,))), paper))
    written = {text.strip() for text, _, _ in page.runs}
    assert {"Sternocleidomastoid", "18.5 mm", "0.25 × 75 mm", "perpendicular"} <= written
    assert {"Midline", "middle of the spine of the scapula, right"} <= written


def test_what_was_not_recorded_is_not_made_up(printer, read_back, a_record):
    needle = a_needle_site(1, depth_mm=None, twitches=None, muscle=None)
    page = read_back(printer.summary(a_record(a_visit(0, 0, 0, marks=(needle,)))))
    assert page.says("0.30 × 40 mm – Deep, perpendicular – –")


@pytest.mark.parametrize("status", TriggerPointStatus)
def test_a_trigger_point_is_told_in_full(printer, read_back, a_record, status):
    point = a_trigger_point(2, status=status, intensity=0)
    page = read_back(printer.summary(a_record(a_visit(0, 0, 0, marks=(point,)))))
    assert page.says(f"{status.value.capitalize()} 0/10")
    assert page.says("T5, right")


@pytest.mark.parametrize("kind", PainKind)
def test_a_pain_zone_is_told_in_full(printer, read_back, a_record, kind):
    zone = a_pain_zone(
        1, kind=kind, qualities=frozenset({PainQuality.BURNING, PainQuality.ACHING}), intensity=8
    )
    page = read_back(printer.summary(a_record(a_visit(0, 0, 0, marks=(zone,)))))
    assert page.says("aching, burning 8/10")
    assert page.says(kind.value.capitalize())


def test_regions_are_called_by_their_names(printer, read_back, a_record, atlas):
    shape = atlas.view(ViewId.POSTERIOR).drawing.in_layer("surface-regions")[0]
    zone = a_pain_zone(1, regions=(RegionId(shape.structure), RegionId("long-gone-region")))
    page = read_back(printer.summary(a_record(a_visit(0, 0, 0, marks=(zone,)))))
    assert page.says(shape.title.removesuffix(f", {shape.side}"))
    assert page.says("Long gone region")


def test_a_pain_zone_in_pieces_with_holes_prints(printer, a_record):
    hole = ((100.0, 345.0), (110.0, 345.0), (105.0, 355.0))
    pieces = (a_polygon(holes=(hole,)), a_polygon(-150, 400))
    zone = a_pain_zone(1, polygons=pieces)
    assert printer.summary(a_record(a_visit(0, 0, 0, marks=(zone,))))


def test_a_note_is_printed_to_its_last_word(printer, read_back, a_record):
    text = " ".join(f"wordnumber{number}" for number in range(800))
    assert len(text) > 10_000
    page = read_back(printer.summary(a_record(a_visit(0, 0, 0, marks=(a_note(1, text=text),)))))
    assert len(page.pages) > 1
    assert {f"wordnumber{number}" for number in range(800)} <= set(page.text.split())


def test_left_and_right_are_written_out_by_the_figure(printer, read_back, a_record):
    page = read_back(printer.summary(a_record(a_visit(1, 0, 0))))
    words = page.pages[0].split()
    assert "Right" in words
    assert {"L", "R"} <= set(words)
    assert page.says("Left and right are the patient’s")


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (VisitState.DRAFT, "Draft, not signed"),
        (VisitState.SUBMITTED, "Submitted, not signed"),
        (VisitState.RETURNED, "Returned, not signed"),
        (VisitState.SIGNED, "Signed"),
        (VisitState.VOID, "Void"),
    ],
)
def test_every_page_says_where_the_visit_stands(printer, read_back, a_record, state, words):
    record = a_record(replace(many_needles(30, (ViewId.POSTERIOR,)), state=state))
    pages = read_back(printer.summary(record)).pages
    assert len(pages) > 1
    assert all(words in page for page in pages)


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_a_long_visit_runs_over_numbered_pages_with_repeated_heads(
    printer, read_back, a_record, paper
):
    page = read_back(printer.summary(a_record(many_needles(60)), paper))
    count = len(page.pages)
    assert count > 3
    assert all(f"Page {i + 1} of {count}" in text for i, text in enumerate(page.pages))
    assert all("Sample 1, Pat" in text for text in page.pages)
    assert page.says("Needles, continued")
    written = [text for text, _, _ in page.runs]
    assert all(written.count(str(number)) >= 2 for number in range(1, 61))


@pytest.mark.parametrize("paper", ["A4", "Letter"])
@pytest.mark.parametrize("needles", [1, 12, 60])
def test_nothing_is_written_outside_the_margins(printer, read_back, a_record, paper, needles):
    page = read_back(printer.summary(a_record(many_needles(needles)), paper))
    box = page.reader.pages[0].mediabox
    assert page.runs
    assert all(42 <= x <= float(box.width) - 42 for _, x, _ in page.runs)
    assert all(20 <= y <= float(box.height) - 30 for _, _, y in page.runs)


def test_an_empty_visit_prints_politely(printer, read_back, a_record):
    page = read_back(printer.summary(a_record(a_visit(0, 0, 0, pain_before=None))))
    assert page.says("Nothing was charted on the body in this session.")
    assert page.says("Not recorded")
    assert page.pages[0].endswith("1") or page.says("Page 1 of 1")
    assert not page.says("Needles")


def test_the_same_record_gives_the_same_bytes(printer, a_record, atlas):
    other = type(printer)(lambda view: atlas.view(view).drawing)
    assert printer.summary(a_record()) == other.summary(a_record())


def test_printing_another_visit_in_between_changes_nothing(printer, a_record):
    first = printer.summary(a_record())
    printer.summary(a_record(many_needles(20)))
    assert printer.summary(a_record()) == first


def test_a_usual_visit_is_small_and_drawn_in_lines(printer, read_back, a_record):
    marks = [
        *a_visit(needles=8, trigger_points=4, zones=2, notes=1).marks,
        a_pain_zone(3, place=a_place(-150, 330, view=ViewId.ANTERIOR),
                    polygons=(a_polygon(-180, 300, view=ViewId.ANTERIOR),)),
    ]  # fmt: skip
    content = printer.summary(a_record(a_visit(0, 0, 0, marks=tuple(marks))))
    assert len(content) < 140_000
    forms = read_back(content).forms
    assert forms
    assert all(form["/Subtype"] == "/Form" for form in forms.values())


def test_sixty_needles_on_both_sides_of_the_body_stay_small(printer, a_record):
    visit = many_needles(60, (ViewId.POSTERIOR, ViewId.ANTERIOR))
    assert len(printer.summary(a_record(visit))) < 225_000


def test_all_fonts_are_embedded(printer, read_back, a_record):
    record = a_record(given_name="山田 👍", family_name="فاطمة")
    for font in read_back(printer.summary(record)).fonts:
        assert "/FontFile2" in font["/DescendantFonts"][0]["/FontDescriptor"]
        assert "/ToUnicode" in font


@pytest.mark.parametrize("language", NAMES)
def test_names_in_every_script_are_printed(printer, read_back, a_record, language):
    name = NAMES[language]
    record = a_record(a_visit(0, 0, 0), family_name=name, given_name=name, therapist=name)
    page = read_back(printer.summary(record))
    assert page.reader.metadata.author == clean(name)
    if language in TOLD_IN_ORDER:
        assert page.text.replace(" ", "").count(name.replace(" ", "")) >= 2
    else:
        assert all(word in page.text for word in name.split())


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_are_printed_as_they_are(printer, read_back, a_record, text):
    marks = (
        a_needle_site(1, text=text, place=a_place(landmark=text)),
        a_trigger_point(1, text=text),
        a_note(1, text=text),
    )
    record = a_record(
        a_visit(0, 0, 0, marks=marks),
        complaint=text or "x",
        given_name=text.strip() or "x",
        alerts=(Alert(AlertKind.DIABETES, text),),
    )
    page = read_back(printer.summary(record))
    assert all(page.says(word) for word in clean(text).split() if word.isascii())


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(st.characters(codec=None), max_size=40), min_size=50, max_size=50))
def test_any_words_can_be_printed(printer, read_back, a_record, texts):
    note = a_note(1, text="\n".join(texts))
    record = a_record(a_visit(0, 0, 0, marks=(note,)))
    content = printer.summary(record)
    assert content == printer.summary(record)
    assert read_back(content).says("Old scar") is False


def test_a_few_needles_stand_on_one_page(printer, read_back, a_record):
    visit = a_visit(needles=4, trigger_points=1, zones=1)
    assert len(read_back(printer.summary(a_record(visit))).pages) == 1


def test_what_is_too_long_for_the_head_is_told_in_full_below(printer, read_back, a_record):
    complaint = " ".join(f"complaint{number}" for number in range(900))
    alert = " ".join(f"alert{number}" for number in range(110))
    page = read_back(
        printer.summary(a_record(complaint=complaint, alerts=(Alert(AlertKind.OTHER, alert),)))
    )
    told = set(page.text.replace(",", " ").split())
    assert set(complaint.split()) | set(alert.split()) <= told
    assert page.says("Complaint, in full")


def test_a_mark_outside_the_drawing_still_prints(printer, read_back, a_record):
    needle = a_needle_site(1, place=a_place(5000.0, -800.0))
    assert read_back(printer.summary(a_record(a_visit(0, 0, 0, marks=(needle,))))).says("Needles")


def test_a_patient_not_yet_born_has_no_age(printer, read_back, a_record):
    record = a_record(birth_date=date(2030, 1, 1))
    assert read_back(printer.summary(record)).says("1 January 2030 Patient number")


def test_the_file_is_written(printer, a_record, tmp_path):
    printer.print_summary(a_record(), tmp_path / "summary.pdf", "Letter")
    assert (tmp_path / "summary.pdf").read_bytes() == printer.summary(a_record(), "Letter")


def test_an_unknown_paper_leaves_no_file(printer, a_record, tmp_path):
    with pytest.raises(PrintingError):
        printer.print_summary(a_record(), tmp_path / "summary.pdf", "Foolscap")
    assert not list(tmp_path.iterdir())
