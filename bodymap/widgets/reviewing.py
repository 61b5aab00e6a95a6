"""Reviewing in the window: the list, the sheet in hand, and what is done with it."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from PySide6.QtCore import QObject

from bodymap.chart.visit import Visit, VisitId, VisitState
from bodymap.desk.charting import Charting
from bodymap.desk.reviewing import Reviewing, Sheet
from bodymap.errors import BodymapError
from bodymap.widgets.actions import ActionId
from bodymap.widgets.commenting import Commenting
from bodymap.widgets.main_window import MainWindow
from bodymap.widgets.printing.save_as import FileDialogSaveAs, SaveAs
from bodymap.widgets.review.on_body import OnBody
from bodymap.widgets.review.oversee_page import OverseePage
from bodymap.widgets.review.panel import Part, chosen_mark
from bodymap.widgets.review.words import sheet_facts
from bodymap.widgets.waiting_list import WaitingList

_UNSAID = "A comment is written but not added yet. Add it, or clear it, then decide."
_CHANGED = "The visit was changed meanwhile; it is shown as it is now."
_REVIEWED = frozenset({VisitState.SUBMITTED, VisitState.RETURNED})
_ELSEWHERE = (
    ActionId.PATIENT_PAGE,
    ActionId.FIGURES,
    ActionId.OVER_TIME,
    ActionId.FIND_PATIENT,
    ActionId.NEW_PATIENT,
    ActionId.NEW_VISIT,
    ActionId.SIGN,
)
"""Actions that lead away from a review."""


class Reviews(QObject):
    """Ties the parts of a review to the window and to the desk.

    Attributes:
        list: What waits.
        commenting: What is remarked and answered.
        sheet: The visit in hand with all that was said of it; None when there is none.
        overview: How trainees are doing, when it was opened.
        save_as: Asks where a file is to go.
    """

    def __init__(self, window: MainWindow, reviewing: Reviewing) -> None:
        super().__init__(window)
        self._window, self._reviewing = window, reviewing
        self._panels = window.reviews
        self._panel, self._queue = self._panels.panel, self._panels.queue
        self._on_body = OnBody(window.map, self._panels.beside)
        self.sheet: Sheet | None = None
        self.commenting = Commenting(
            window, reviewing, self._on_body, lambda: self.sheet, self._ask_again
        )
        self.overview: OverseePage | None = None
        self.save_as: SaveAs = FileDialogSaveAs(window)
        self._wanted: VisitId | None = None
        self._coming: VisitId | None = None
        self.list = WaitingList(window, reviewing, self.close)
        self._bind()
        self._connect()

    @property
    def is_open(self) -> bool:
        """Whether a visit is being reviewed."""
        return not self._panel.isHidden()

    # --- how trainees are doing

    def open_overview(self) -> None:
        """Show how trainees are doing."""
        window = self._window
        page = OverseePage(
            window, window.theme, self._reviewing.overseeing, window.background, self.save_as
        )
        page.closed.connect(page.deleteLater)
        try:
            page.show_page()
        except BodymapError as problem:
            window.banner.show_problem(str(problem))
            page.deleteLater()
            return
        self.overview = page

    # --- the sheet

    def open(self, visit: VisitId, said: str = "") -> None:
        """Take a visit in hand, unless another is asked for before it is read.

        Args:
            visit: Which one.
            said: What is to be read over it: what was done with the one before.
        """
        self._wanted = visit
        self._read(
            visit,
            lambda sheet: self._show_wanted(sheet, said),
            self._window.banner.show_problem,
        )

    def _read(
        self, visit: VisitId, show: Callable[[Sheet], None], failed: Callable[[str], None]
    ) -> None:
        self._window.background.query(
            self, lambda: self._reviewing.sheet(visit, is_known=True), show, failed
        )

    def open_next(self) -> None:
        """Take the next visit in hand that waits; without one, say so."""
        following = self._queue.next_after(self.sheet.visit.id if self.sheet else None)
        if self._is_something_unsaid():
            self._panel.decision.show_problem(_UNSAID)
        elif following is not None:
            self.open(following)
        elif self.is_open:
            self._window.banner.show_notice("No other visit waits for you.")

    def close(self) -> None:
        """Put the review away."""
        self._wanted = None
        if self.is_open:
            self._panel.hide()
            self._panels.beside.hide()
            self._window.stage.show_tools(on=True)
            self._window.people.show()
            self._window.inspector.setVisible(self._window.times.isHidden())
            self._on_body.show_sheet(None)
            self.sheet = None

    def _show_wanted(self, sheet: Sheet, said: str) -> None:
        if sheet.visit.id == self._wanted:
            self._show(sheet)
            if said:
                self._window.banner.show_notice(said)

    def _show(self, sheet: Sheet) -> None:
        self._coming = sheet.visit.id
        self._window.open_visit(sheet.visit.id)
        self._coming = None
        self._take(sheet)
        if sheet.may_decide:
            self._show_beside(sheet)
            self._panel.decision.password.setFocus()
        else:
            self.list.close()
            self._window.inspector.open_comments()

    def open_rounds(self) -> None:
        """Show the rounds of the visit that is open, whatever became of it."""
        charting = self._window.session.charting
        if charting is not None:
            self._read(charting.visit.id, self._show_rounds, self._window.banner.show_problem)

    def _show_rounds(self, sheet: Sheet) -> None:
        charting = self._window.session.charting
        if charting is None or charting.visit.id != sheet.visit.id:
            return  # another visit was opened meanwhile
        if sheet.review.round:
            self._take(sheet)
            self._show_beside(sheet)
            self._panel.close_button.setFocus()
        else:
            self._window.banner.show_notice("This visit was never handed in.")

    def _show_beside(self, sheet: Sheet) -> None:
        """Show the sheet in hand in the panel, and what came before it on the other body."""
        self._queue.hide()
        self._window.people.hide()
        self._window.over_time.close()
        self._window.inspector.hide()
        self._window.stage.show_tools(on=self._may_chart(sheet))
        self._panel.show()
        self._panel.form.clear()
        self._show_panel(sheet)
        self._window.map.fit()
        self._hold_against(0)
        self._panel.show_part(Part.CHANGES if sheet.review.round > 1 else Part.RISKS)
        self._turn_to(sheet)

    def _may_chart(self, sheet: Sheet) -> bool:
        charting = self._window.session.charting
        return charting is not None and charting.visit.is_open and not sheet.may_decide

    def _take(self, sheet: Sheet) -> None:
        """Have a sheet in hand, whether it is being reviewed or only read."""
        self.sheet = sheet
        self._on_body.show_sheet(sheet)
        self._window.inspector.comments.show_sheet(sheet)

    def _show_panel(self, sheet: Sheet) -> None:
        self._panel.show_sheet(sheet, sheet_facts(sheet, _now()))

    def _hold_against(self, at: int) -> None:
        sheet = self.sheet
        if sheet is None:
            return
        earlier = sheet.earlier[at] if at < len(sheet.earlier) else None
        found = self._on_body.hold_against(earlier)
        self._panel.show_differences(found, (len(sheet.risks), len(sheet.review.comments)))

    def _turn_to(self, sheet: Sheet) -> None:
        """Show the side of the body on which most is charted."""
        views = [mark.place.view for mark in sheet.visit.marks]
        if views:
            self._window.map.show_view(max(set(views), key=views.count))

    def _follow(self, charting: Charting | None) -> None:
        """Another visit was opened; its comments are shown, and a review of another one ends."""
        visit = charting.visit if charting else None
        if visit is not None and visit.id == self._coming:
            return
        self._wanted = None
        if self.sheet is not None and (visit is None or visit.id != self.sheet.visit.id):
            if self._window.banner.text in {one.text for one in self.sheet.review.comments}:
                self._window.banner.dismiss()
            self.close()
            self._on_body.show_sheet(None)
            self.sheet = None
        self._window.inspector.comments.show_sheet(None)
        if visit is not None and visit.state in _REVIEWED and self._reviewing.takes_part:
            self._ask_again(visit.id)

    def _ask_again(self, visit: VisitId) -> None:
        self._read(visit, self._show_again, self.commenting.refuse_answer)

    def _show_again(self, sheet: Sheet) -> None:
        """Show what was said since; where one stands in the panel stays."""
        charting = self._window.session.charting
        if charting is None or charting.visit.id != sheet.visit.id:
            return
        if self._is_to_be_seen_anew(sheet):
            self._show_what_became_of_it(sheet, _CHANGED)
            return
        self._take(sheet)
        if self.is_open:
            self._panel.threads.show_sheet(sheet)
            self._hold_against(int(str(self._panel.earlier.value or 0)))
        elif sheet.visit.is_open and sheet.may_answer and sheet.review.open_comments:
            self._window.inspector.open_comments()

    def _is_to_be_seen_anew(self, now: Sheet) -> bool:
        """Whether somebody would decide about another visit than the one they have looked at."""
        seen = self.sheet if self.is_open else None
        return seen is not None and seen.may_decide and seen.visit.version != now.visit.version

    # --- the decision

    def _approve(self, password: str) -> None:
        if (sheet := self.sheet) is not None:
            self._decide(
                sheet, lambda: self._reviewing.approve(sheet.visit.id, password, sheet.visit)
            )

    def _give_back(self, reasons: str) -> None:
        if (sheet := self.sheet) is not None:
            self._decide(
                sheet, lambda: self._reviewing.send_back(sheet.visit.id, reasons, sheet.visit)
            )

    def _decide(self, sheet: Sheet, act: Callable[[], Visit]) -> None:
        decision = self._panel.decision
        if self._is_something_unsaid():
            decision.show_problem(_UNSAID)
            return
        decision.show_problem("")
        decision.show_busy(is_busy=True)
        self._window.background.change(
            self, act, partial(self._decided, sheet), partial(self._failed, sheet)
        )

    def _is_in_hand(self, sheet: Sheet) -> bool:
        """Whether a visit is still the one that is reviewed; a password takes a while to try."""
        return self.is_open and self.sheet is not None and self.sheet.visit.id == sheet.visit.id

    def _is_something_unsaid(self) -> bool:
        """Whether a comment was written that nobody would ever see."""
        return self.is_open and bool(self._panel.form.text.toPlainText().strip())

    def _decided(self, sheet: Sheet, visit: Visit) -> None:
        following = self._queue.next_after(visit.id)
        done = "co-signed" if visit.state is VisitState.SIGNED else "returned"
        said = f"{sheet.patient.full_name}: {done}."
        self.list.refresh()
        if self._is_in_hand(sheet):
            self._panel.decision.clear()
            if following is not None:
                self.open(following, said)
            else:
                self.close()
                self._window.open_visit(visit.id)
        self._window.banner.show_notice(said)

    def _failed(self, sheet: Sheet, problem: str) -> None:
        if not self._is_in_hand(sheet):
            self._window.banner.show_problem(f"{sheet.patient.full_name}: {problem}")
            return
        decision = self._panel.decision
        decision.show_busy(is_busy=False)
        decision.show_problem(problem)
        decision.password.setFocus()
        self._read(
            sheet.visit.id,
            lambda now: self._show_what_became_of_it(now, problem),
            lambda _: None,
        )

    def _show_what_became_of_it(self, now: Sheet, problem: str) -> None:
        """Show a visit anew that was changed meanwhile, and still why nothing was decided."""
        known = self.sheet.visit if self.sheet is not None else None
        if known is None or known.id != now.visit.id or known.version == now.visit.version:
            return
        if now.may_decide:
            unsaid = self._panel.form.text.toPlainText()
            self._show(now)
            self._panel.form.text.setPlainText(unsaid)
            self._panel.decision.show_problem(problem)
        else:
            self.close()
            self._window.open_visit(now.visit.id)
            self._window.banner.show_problem(problem)
        self.list.refresh()

    # --- wiring

    def _bind(self) -> None:
        actions = self._window.actions_by_id
        for action in _ELSEWHERE:
            actions.bind(action, self.close)
            actions.bind(action, self.list.close)
        actions.bind(ActionId.REVIEWS, self.list.toggle)
        actions.bind(ActionId.NEXT_REVIEW, self.open_next)
        actions.bind(ActionId.COMMENT, self.commenting.begin)
        actions.bind(ActionId.TRAINEES, self.open_overview)
        actions.bind(ActionId.ROUNDS, self.open_rounds)

    def _connect(self) -> None:
        window, panel, queue = self._window, self._panel, self._queue
        window.session.opened.connect(self._follow)
        window.stage.arranged.connect(self._on_body.keep_even)
        queue.chosen.connect(self.open)
        queue.dismissed.connect(self.list.close)
        queue.overview_asked.connect(self.open_overview)
        panel.dismissed.connect(self.close)
        panel.mark_chosen.connect(self._go_to)
        panel.earlier_chosen.connect(self._hold_against)
        panel.decision.approved.connect(self._approve)
        panel.decision.returned.connect(self._give_back)
        panel.decision.skipped.connect(self.open_next)

    def _go_to(self, mark: object) -> None:
        if (chosen := chosen_mark(mark)) is not None:
            self._on_body.go_to(chosen)


def _now() -> datetime:
    return datetime.now().astimezone()
