"""Who may not do it is told so before any password is tried, so that no try is counted."""

import pytest

from bodymap.errors import DeniedError
from tests.desk.reviewed import OTHER, TRAINEE, a_trainees_visit, come, found_school, stored
from tests.vaults import PASSWORD

WRONG = "a horse of another colour"
DEEDS = {
    "sign": lambda signing, visit: signing.sign(visit, WRONG),
    "void": lambda signing, visit: signing.void(visit, "Wrong patient", WRONG),
    "submit": lambda signing, visit: signing.submit(visit, WRONG),
}


@pytest.mark.parametrize("deed", DEEDS)
def test_no_password_is_tried_where_it_would_be_in_vain(tmp_path, deed: str) -> None:
    school = found_school(tmp_path / "clinic")
    visit = stored(school, a_trainees_visit())
    come(school, OTHER)
    with pytest.raises(DeniedError):
        DEEDS[deed](school.signing, visit.id)
    come(school, TRAINEE)
    school.signing.submit(visit.id, PASSWORD)
    come(school, OTHER)
    with pytest.raises(DeniedError):
        school.signing.co_sign(visit.id, WRONG)
    assert school.vault.failed_before == 0
    school.close()
