"""A trainee hands in, a supervisor returns it with two pinned comments, and co-signs the rest."""

import subprocess
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from sqlcipher3 import dbapi2 as driver

from bodymap.app_window import make_window
from bodymap.atlas.areas import inside_point
from bodymap.atlas.ids import LayerId, Side, ViewId
from bodymap.chart.review import Severity
from bodymap.chart.signing import Meaning
from bodymap.chart.visit import VisitState
from bodymap.storage.connections import connected
from bodymap.storage.datafolder import FILE_NAME
from bodymap.storage.verify import verify
from bodymap.widgets.actions import ActionId
from bodymap.widgets.review.panel import Part
from bodymap.widgets.reviewing import Reviews
from tests.builders import a_patient, an_episode
from tests.desk.reviewed import (
    SUPERVISOR,
    TRAINEE,
    a_trainees_visit,
    come,
    found_school,
    ready,
    stored,
)
from tests.vaults import PASSWORD

WAIT_MS = 20_000


class Desk:
    """Whoever is signed in, at the real window."""

    def __init__(self, application, qtbot, settings_file):
        self.application, self.qtbot = application, qtbot
        self.window = make_window(application, settings_file)
        self.window.resize(1440, 900)
        self.reviews = self.window.findChild(Reviews)
        with qtbot.waitExposed(self.window):
            self.window.show()

    def leave(self):
        self.window.close()
        self.window.deleteLater()
        QApplication.processEvents()

    def until(self, claim):
        self.qtbot.waitUntil(claim, timeout=WAIT_MS)

    def do(self, action):
        self.window.actions_by_id[action].trigger()

    def open_first(self):
        """Take the first visit that waits in hand, by keys alone."""
        self.do(ActionId.REVIEWS)
        queue = self.window.reviews.queue
        self.until(lambda: bool(queue.model.waiting))
        QTest.keyClick(queue.list, Qt.Key.Key_Return)
        self.until(lambda: self.reviews.sheet is not None)

    def sign(self):
        """Sign or submit on the page of signatures."""
        self.do(ActionId.SIGN)
        page = self.window.inspector.signing
        page.password.setText(PASSWORD)
        QTest.mouseClick(page.button, Qt.MouseButton.LeftButton)
        self.until(lambda: not self.window.session.charting.visit.is_open)

    def approve(self):
        """Co-sign by the keys; says how many it took."""
        password = self.window.reviews.panel.decision.password
        self.until(password.isEnabled)
        QTest.keyClicks(password, PASSWORD)
        QTest.keyClick(password, Qt.Key.Key_Return)
        return len(PASSWORD) + 1

    def click(self, at, *, right_px=0):
        body = self.window.map
        pixel = body.mm_to_view(*at).toPoint()
        QTest.mousePress(body.viewport(), Qt.MouseButton.LeftButton, pos=pixel)
        QTest.mouseRelease(
            body.viewport(), Qt.MouseButton.LeftButton, pos=pixel + QPoint(right_px, 0)
        )

    def comment(self, severity, text):
        form = self.window.reviews.panel.form
        QTest.mouseClick(form.severity.button(severity), Qt.MouseButton.LeftButton)
        form.text.setPlainText(text)
        before = len(self.reviews.sheet.review.comments)
        QTest.mouseClick(form.add, Qt.MouseButton.LeftButton)
        self.until(lambda: len(self.reviews.sheet.review.comments) == before + 1)


@pytest.fixture
def school(tmp_path):
    application = found_school(tmp_path / "clinic")
    yield application
    application.close()


@pytest.fixture
def at_desk(school, qtbot, nothing_left_open, tmp_path):
    """Signs somebody in and opens their window; the one before is closed."""
    open_desks = []

    def sit(user):
        for desk in open_desks:
            desk.leave()
        open_desks.clear()
        come(school, user)
        open_desks.append(Desk(school, qtbot, tmp_path / "window.ini"))
        return open_desks[0]

    yield sit
    for desk in open_desks:
        desk.leave()


@pytest.fixture
def spot(atlas):
    shapes = atlas.view(ViewId.POSTERIOR).drawing.in_layer(LayerId.MUSCLES_SUPERFICIAL)
    shape = next(s for s in shapes if (s.structure, s.side) == ("infraspinatus", Side.RIGHT))
    return inside_point(shape.polygon())


def chart(desk, visit, spot):
    """Two needles by hand; the rest of the record as other journeys fill it in."""
    window = desk.window
    window.open_visit(visit.id)
    window.map.show_view(ViewId.POSTERIOR)
    desk.do(ActionId.TOOL_NEEDLE)
    desk.click(spot)
    desk.click((spot[0] - 30, spot[1] - 14))
    desk.do(ActionId.TOOL_SELECT)
    session = window.session
    for site in list(session.charting.visit.needle_sites()):
        session.push(session.charting.edit(replace(site, depth_mm=25.0)))
    done = ready(session.charting.visit)
    for mark in done.needle_sites():
        session.push(session.charting.edit(mark))
    session.push(session.charting.record(done.record, "record"))


def hand_in(desk, spot):
    """The trainee charts a visit and hands it in."""
    clinic = desk.application.clinic
    visit = clinic.begin_visit(a_patient().id, TRAINEE.id, "", an_episode().id)
    chart(desk, visit, spot)
    desk.sign()
    assert clinic.visit(visit.id).state is VisitState.SUBMITTED
    return visit.id


def remark_on_both(desk, spot):
    """The supervisor pins a comment to a needle, and one to an area."""
    panel, body = desk.window.reviews.panel, desk.window.map
    desk.do(ActionId.COMMENT)
    needle = next(desk.reviews.sheet.visit.needle_sites())
    body.select([needle.id])
    assert panel.form.pin.mark == needle.id
    desk.comment(Severity.MUST_CHANGE, "Not so deep here.")
    QTest.mouseClick(panel.form.place, Qt.MouseButton.LeftButton)
    desk.click((spot[0] + 5, spot[1] - 60), right_px=20)
    assert panel.form.pin.radius_mm > 5
    desk.comment(Severity.QUESTION, "Did you look here as well?")
    return needle.id


def send_back(desk):
    """It can't be approved like this, and so it is returned."""
    decision = desk.window.reviews.panel.decision
    desk.approve()
    desk.until(lambda: "asks for a change" in decision.problem.text())
    QTest.mouseClick(decision.give_back, Qt.MouseButton.LeftButton)
    decision.reasons.setPlainText("Please look at both comments.")
    QTest.mouseClick(decision.give_back, Qt.MouseButton.LeftButton)
    desk.until(lambda: not desk.reviews.is_open)


def mend(desk, needle):
    """The trainee sees the comments, changes one needle, answers, and hands in again."""
    comments = desk.window.inspector.comments
    desk.until(comments.isVisible)
    assert desk.window.map.overlays.above is not None
    question = desk.reviews.sheet.review.comments[1].id
    told = [part.text() for part in comments.findChildren(QLabel)]
    assert "Please look at both comments." in told
    session = desk.window.session
    site = session.charting.visit.mark(needle)
    session.push(session.charting.edit(replace(site, depth_mm=15.0)))
    card = comments.card(question)
    assert not card.settle.isVisible()
    card.text.setText("Yes, nothing to feel.")
    QTest.mouseClick(card.send, Qt.MouseButton.LeftButton)
    desk.until(lambda: bool(desk.reviews.sheet.review.comment(question).answers))
    desk.sign()


def approve(desk):
    """The supervisor sees what was changed, settles the comment and co-signs."""
    panel, sheet = desk.window.reviews.panel, desk.reviews.sheet
    assert panel.part is Part.CHANGES
    (found,) = sheet.earlier[0].differences(sheet.visit).marks
    assert found.summary == "depth 25 → 15 mm"
    assert desk.window.reviews.beside.isVisible()
    panel.show_part(Part.COMMENTS)
    asked = sheet.review.comments[0].id
    QTest.mouseClick(panel.threads.card(asked).settle, Qt.MouseButton.LeftButton)
    desk.until(lambda: not desk.reviews.sheet.review.must_change)
    desk.approve()
    desk.until(lambda: not desk.reviews.is_open)


def test_from_a_trainees_needles_to_two_signatures(at_desk, school, spot, tmp_path):
    visit = hand_in(at_desk(TRAINEE), spot)
    desk = at_desk(SUPERVISOR)
    desk.open_first()
    assert desk.window.reviews.panel.isVisible()
    assert not desk.window.inspector.isVisible()
    needle = remark_on_both(desk, spot)
    send_back(desk)
    assert school.clinic.visit(visit).state is VisitState.RETURNED
    desk = at_desk(TRAINEE)
    desk.open_first()
    mend(desk, needle)
    desk = at_desk(SUPERVISOR)
    desk.open_first()
    approve(desk)
    assert school.clinic.visit(visit).state is VisitState.SIGNED
    signed = [one.signature.statement for one in school.signing.standing(visit).names]
    assert [one.meaning for one in signed] == [Meaning.AUTHOR, Meaning.CO_SIGNER]
    check_paper(school.printing.summary(visit, tmp_path / "summary.pdf"))
    assert findings(school) == set()
    check_that_tampering_fails_or_shows(school, visit)


def findings(school):
    found = verify(school._data_file.engine, school.signer.anchored())
    return {finding.kind.value for finding in found}


def check_paper(paper):
    told = subprocess.run(["pdftotext", "-layout", paper, "-"], capture_output=True, check=True)
    assert f"{TRAINEE.name} (author)" in told.stdout.decode()
    assert f"{SUPERVISOR.name} (co-signer)" in told.stdout.decode()


def check_that_tampering_fails_or_shows(school, visit):
    key = school.vault.data_key
    change = "UPDATE visit SET pain_after = 9 WHERE id = ?"
    with connected(school.folder / FILE_NAME, key) as client:
        with pytest.raises(driver.Error, match="the visit is closed"):
            client.execute(change, (visit,))
        client.execute("DROP TRIGGER closed_visit_update")
        client.execute(change, (visit,))
    assert findings(school) == {"schema", "content"}


KEYS_A_SECOND = 4
"""As fast as somebody types who does not do it for a living."""
LOOK_S, KEY_S = 5, 1
"""How long an uneventful chart is looked at, and how long a password takes to be tried."""
FIVE_MINUTES_S = 300


def test_twenty_uneventful_charts_are_co_signed_by_keys_alone(at_desk, school):
    """No more keys than the password and Enter for each; that leaves time to look at them."""
    come(school, TRAINEE)
    visits = []
    for number in range(1, 21):
        visits.append(stored(school, a_trainees_visit(number)))
        school.signing.submit(visits[-1].id, PASSWORD)
    desk = at_desk(SUPERVISOR)
    desk.open_first()
    keys = 2  # the list, the first of it
    for _ in visits:
        now = desk.reviews.sheet.visit.id
        password = desk.window.reviews.panel.decision.password
        desk.until(password.isEnabled)
        assert desk.window.focusWidget() is password
        keys += desk.approve()
        desk.until(lambda now=now: desk.reviews.sheet is None or desk.reviews.sheet.visit.id != now)
    states = {school.clinic.visit(visit.id).state for visit in visits}
    assert states == {VisitState.SIGNED}
    assert keys == 2 + len(visits) * (len(PASSWORD) + 1)
    assert keys / KEYS_A_SECOND + len(visits) * (LOOK_S + KEY_S) < FIVE_MINUTES_S
