"""H08 and H09 to the letter: when needles are accounted for, and what is a reason."""

from dataclasses import replace

import pytest

from bodymap.atlas.knowledge import Knowledge
from bodymap.chart.needle_count import NeedleCount
from bodymap.chart.screening import Answer, Screening, ScreeningAnswer
from bodymap.desk.needle_counting import tally
from bodymap.desk.screening import checklist
from tests.builders import a_patient, a_visit
from tests.desk.reviewed import ready


@pytest.mark.parametrize(
    ("opened", "in_sharps", "is_reconciled"),
    [
        (2, 2, True),
        (3, 3, True),
        (3, 2, False),
        (2, 3, False),
        (1, 1, False),
        (2, None, False),
        (None, 2, False),
        (None, None, False),
    ],
)
def test_needles_are_accounted_for_only_when_every_one_is(opened, in_sharps, is_reconciled) -> None:
    visit = ready(a_visit(2, 0, 0))
    visit = replace(visit, record=replace(visit.record, needles=NeedleCount(opened, in_sharps)))
    assert tally(visit).is_reconciled is is_reconciled


@pytest.mark.parametrize(("reason", "is_one"), [("", False), ("  \n", False), ("Agreed", True)])
def test_blanks_are_no_reason_to_go_on(reason, is_one) -> None:
    item = next(iter(Knowledge.load().screening.values()))
    yes = ScreeningAnswer(item.id, Answer.YES, override=reason)
    visit = a_visit()
    visit = replace(visit, record=replace(visit.record, screening=Screening((yes,))))
    (state,) = checklist([item], visit, a_patient(alerts=()), {item.id: True})
    assert state.needs_override is not is_one
