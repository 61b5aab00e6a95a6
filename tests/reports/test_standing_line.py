"""Only a signature over what is printed counts as one under it."""

from dataclasses import replace

from bodymap.chart.visit import VisitState
from bodymap.reports.signatures import standing_line
from tests.builders import a_visit
from tests.storage.signing import a_signature


def test_a_signature_over_another_content_is_none_on_paper(a_record) -> None:
    visit = replace(a_visit(), state=VisitState.SIGNED)
    own, other = a_signature(visit), a_signature(replace(visit, pain_after=1))
    assert "Signed by" in standing_line(replace(a_record(visit), signatures=(own,)))
    assert "Signed by" not in standing_line(replace(a_record(visit), signatures=(other,)))
