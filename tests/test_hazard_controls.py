"""Controls of `docs/hazards.csv` that no package holds alone."""

from pathlib import Path

import pytest

from bodymap.chart.visit import VisitState
from bodymap.desk.needle_way import needle_way
from tests.builders import a_needle_site, a_patient, a_place, a_visit, an_episode
from tests.desk.reviewed import ready, stored
from tests.vaults import PASSWORD, found_clinic


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
    assert "pleura" in {
        near.hazard.id for near in needle_way(application.atlas, needle, hit).cautioned
    }
    assert application.signing.sign(visit.id, PASSWORD).state is VisitState.SIGNED
    application.close()
