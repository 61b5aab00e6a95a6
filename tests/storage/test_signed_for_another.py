"""A signature holds for the patient that it names, and for nobody else's record."""

from bodymap.chart.audit import AuditHead, FindingKind
from bodymap.storage.datafile import DataFile
from bodymap.storage.verify import verify
from tests.builders import a_patient, a_visit
from tests.storage.conftest import with_people
from tests.storage.signing import sign


def test_a_visit_that_was_signed_for_another_patient_is_found(data: DataFile) -> None:
    with_people(data, patients=2)
    with data.open_work() as work:
        work.visits.add(a_visit())
        work.commit()
    sign(data, a_visit(), patient=a_patient(2).id)
    found = [one for one in verify(data.engine, AuditHead()) if one.kind is FindingKind.CONTENT]
    assert [one.what for one in found] == ["It was signed for another patient."]
