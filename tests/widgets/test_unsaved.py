"""What the disk did not take is not lost by going to another visit."""

import pytest

from bodymap.atlas.ids import ViewId
from bodymap.desk.charting import Charting
from bodymap.errors import StorageError


@pytest.fixture
def full(charted, infraspinatus, monkeypatch):
    """The disk took the point, and not the needle; it is full still."""
    session, do = charted.session, Charting.do
    session.push(session.charting.trigger_point(ViewId.POSTERIOR, *infraspinatus))

    def refuse(*_):
        raise StorageError("The disk is full.")

    monkeypatch.setattr(Charting, "do", refuse)
    session.push(session.charting.needle_site(ViewId.POSTERIOR, *infraspinatus))
    assert "Not saved: needle 1" in charted.banner.text
    assert charted.top.saved.text() == "Not saved"
    return lambda: monkeypatch.setattr(Charting, "do", do)


def test_it_is_told_of_elsewhere_and_found_again(charted, full, clinic, visit):
    session, steps = charted.session, charted.session.unsaved
    other = clinic.begin_visit(visit.patient, visit.therapist, "", visit.episode)
    charted.open_visit(other.id)
    assert session.unsaved == ()
    assert not session.is_all_saved
    assert charted.top.saved.text() == "All saved"
    assert charted.map.overlays.unsaved is None
    assert "at another visit is not saved yet" in charted.banner.text
    charted.open_visit(visit.id)
    assert session.unsaved == steps
    assert charted.top.saved.text() == "Not saved"
    assert len(charted.map.overlays.unsaved.marks) == 1
    assert charted.banner.text.startswith("Not saved: needle 1")
    full()
    charted.banner._deed.click()
    assert session.is_all_saved
    assert charted.top.saved.text().startswith("Saved ")
    assert len(list(clinic.visit(visit.id).needle_sites())) == 1


def test_what_was_saved_meanwhile_is_not_told_of(charted, full, clinic, visit):
    full()
    charted.session.try_again()
    other = clinic.begin_visit(visit.patient, visit.therapist, "", visit.episode)
    charted.open_visit(other.id)
    assert charted.session.is_all_saved
    assert charted.banner.text == ""
