"""Controls of `docs/hazards.csv`, held against what is written out here by hand."""

from dataclasses import replace
from pathlib import Path

import pytest

from bodymap.atlas.hit import Atlas
from bodymap.atlas.ids import ViewId
from bodymap.atlas.knowledge import Knowledge
from bodymap.chart.alerts import Alert, AlertKind
from bodymap.chart.change import Change
from bodymap.chart.marks import NeedleSite, NeedleSize
from bodymap.chart.needling import Direction
from bodymap.chart.session import SessionRecord
from bodymap.chart.states import Move
from bodymap.chart.visit import VisitState
from bodymap.desk.needle_way import NeedleWay, needle_way
from bodymap.desk.screening import checklist
from bodymap.errors import ConflictError
from bodymap.reports.signatures import standing_line
from tests.builders import a_needle_site, a_patient, a_place, a_user, a_visit, an_episode
from tests.desk.reviewed import ready, stored
from tests.storage.signing import a_signature
from tests.vaults import PASSWORD, found_clinic

BESIDE_THE_SPINE = (35.4, 359.7)
"""From behind, between the spine and the right shoulder blade: over rhomboid major and the lung."""
PLEURA_MM, BUNDLE_MM = 63.9, 35.0
"""How deep the pleura and the dorsal scapular nerve lie there in the model body."""

ANSWERED = {
    AlertKind.ANTICOAGULANT: "blood-thinners",
    AlertKind.BLEEDING_DISORDER: "bleeding-disorder",
    AlertKind.DIABETES: "diabetes",
    AlertKind.EPILEPSY: "epilepsy",
    AlertKind.IMMUNE_COMPROMISE: "immune-compromised",
    AlertKind.IMPLANT: "implants-cosmetic",
    AlertKind.LYMPHOEDEMA: "lymphoedema",
    AlertKind.METAL_ALLERGY: "metal-allergy",
    AlertKind.NEEDLE_PHOBIA: "needle-phobia",
    AlertKind.PACEMAKER: "pacemaker",
    AlertKind.PROSTHESIS: "joint-prosthesis-hardware",
}
ANSWER_NONE = {AlertKind.PREGNANCY, AlertKind.ALLERGY, AlertKind.OTHER}
"""Pregnancy is worked out by its trimester; other alerts are told in words."""


def a_needle(length_mm: float, **fields: object) -> NeedleSite:
    return a_needle_site(1, **{"needle": NeedleSize(0.30, length_mm), "depth_mm": None} | fields)


def the_way(atlas: Atlas, needle: NeedleSite) -> NeedleWay:
    hit = atlas.hit(ViewId.POSTERIOR, *BESIDE_THE_SPINE)
    assert hit is not None
    return needle_way(atlas, needle, hit)


def cautioned(atlas: Atlas, depth_mm: float) -> set[str]:
    way = the_way(atlas, a_needle(75, depth_mm=depth_mm))
    return {near.hazard.id for near in way.cautioned}


def test_what_is_life_threatening_is_cautioned_of_30_mm_beyond_the_tip(atlas: Atlas) -> None:
    """H04: the model's pleura lies deeper there than that of a slender patient."""
    assert "pleura" not in cautioned(atlas, PLEURA_MM - 31)
    assert "pleura" in cautioned(atlas, PLEURA_MM - 29)


def test_other_hazards_are_cautioned_of_20_mm_beyond_the_tip(atlas: Atlas) -> None:
    """H05."""
    assert "dorsal-scapular-bundle" not in cautioned(atlas, BUNDLE_MM - 21)
    assert "dorsal-scapular-bundle" in cautioned(atlas, BUNDLE_MM - 19)


def test_of_several_guide_values_the_least_is_told(atlas: Atlas) -> None:
    """H04: 30 mm for the muscle that is meant, 19 mm for the one beneath."""
    way = the_way(atlas, a_needle(50, muscle="trapezius-descending"))
    assert way.guide is not None
    assert (way.guide.muscle.id, way.guide.depth.mm) == ("rhomboid-major", 19)


@pytest.mark.parametrize(
    ("clock", "meets", "misses"),
    [
        (3, "scapula", "vertebra-t5"),
        (9, "vertebra-t5", "scapula"),
        (12, "splenius-colli", "longissimus-thoracis"),
        (6, "longissimus-thoracis", "splenius-colli"),
    ],
)
def test_a_slanting_needle_is_followed_to_where_it_points(
    atlas: Atlas, clock: int, meets: str, misses: str
) -> None:
    """H06: 3 o'clock is the viewer's right, here the patient's right; 12 is headwards."""
    way = the_way(atlas, a_needle(60, direction=Direction.OBLIQUE, clock=clock))
    met = {entry.id for entry in way.met}
    assert meets in met
    assert misses not in met
    worst = way.cautioned[0].hazard.id
    assert worst == ("spinal-canal" if clock == 9 else "pleura")


@pytest.mark.parametrize("depth_mm", [None, 40.0])
def test_no_depth_and_no_caution_stands_in_the_way_of_a_signature(
    tmp_path: Path, depth_mm: float | None
) -> None:
    """H07: what is known of a model body is reference, and no rule asks for it."""
    application = found_clinic(tmp_path / "clinic")
    needle = a_needle_site(1, place=a_place(60.0, 330.0), depth_mm=depth_mm)
    visit = ready(a_visit(0, 0, 0, marks=(needle,)))
    with application.open_work() as work:
        work.people.put_patient(a_patient(alerts=()))
        work.people.put_episode(an_episode())
        work.commit()
    stored(application, visit)
    place = needle.place
    hit = application.atlas.hit(place.view, place.u_mm, place.v_mm)
    near = needle_way(application.atlas, needle, hit).cautioned
    assert "pleura" in {one.hazard.id for one in near}
    assert application.signing.sign(visit.id, PASSWORD).state is VisitState.SIGNED
    application.close()


@pytest.mark.parametrize("kind", AlertKind)
def test_every_alert_of_the_patient_answers_its_item(kind: AlertKind) -> None:
    """H09."""
    items = Knowledge.load().screening.values()
    states = checklist(items, a_visit(), a_patient(alerts=(Alert(kind, "as told"),)))
    applies = {state.item.id for state in states if state.applies}
    if kind in ANSWER_NONE:
        assert not applies & set(ANSWERED.values())
    else:
        assert applies & set(ANSWERED.values()) == {ANSWERED[kind]}


@pytest.mark.parametrize("state", [VisitState.DRAFT, VisitState.SUBMITTED, VisitState.RETURNED])
def test_an_authors_signature_alone_makes_no_signed_page(state: VisitState) -> None:
    """H22: a trainee's visit carries the author's signature from when it was handed in."""
    visit = replace(a_visit(), state=state)
    people = a_patient(), an_episode(), a_user()
    record = SessionRecord(visit, *people, signatures=(a_signature(visit),))
    signed = replace(record, visit=replace(visit, state=VisitState.SIGNED))
    assert standing_line(signed).startswith(f"Signed by {record.therapist.name} (author)")
    line = standing_line(record)
    assert line.startswith(f"{state.value.capitalize()} – not ")
    assert record.therapist.name not in line


def test_a_visit_that_changed_meanwhile_is_not_closed(tmp_path: Path) -> None:
    """H14: whoever closes it names the version they mean, and no other is closed."""
    application = found_clinic(tmp_path / "clinic")
    with application.open_work() as work:
        work.people.put_patient(a_patient())
        work.people.put_episode(an_episode())
        work.commit()
    visit = stored(application, a_visit())
    with application.open_work() as work:
        work.visits.apply(visit.id, visit.version, Change(put=(a_needle_site(9),)))
        work.commit()
    with application.open_work() as work, pytest.raises(ConflictError):
        work.visits.move(visit.id, visit.version, Move.VOID)
    assert application.clinic.visit(visit.id).state is VisitState.DRAFT
    application.close()
