"""Remarks on the visit in hand, pinned to the body, and the answers to them."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from bodymap.chart.marks import MarkId
from bodymap.chart.review import CommentId, Pin, Severity
from bodymap.chart.visit import VisitId
from bodymap.desk.reviewing import Reviewing, Sheet, pin_to
from bodymap.errors import BodymapError
from bodymap.widgets.chart_words import title
from bodymap.widgets.main_window import MainWindow
from bodymap.widgets.review.on_body import OnBody
from bodymap.widgets.review.panel import Part
from bodymap.widgets.review.pinning import Pinning


class Commenting(QObject):
    """Ties the form and the lists of comments to the body and to the desk.

    Args:
        window: Where they are.
        reviewing: Keeps what is said.
        on_body: Shows the comments on the body.
        in_hand: The sheet that is spoken about, if there is any.
        said: Something was said about this visit, and is stored.
    """

    def __init__(
        self,
        window: MainWindow,
        reviewing: Reviewing,
        on_body: OnBody,
        in_hand: Callable[[], Sheet | None],
        said: Callable[[VisitId], None],
    ) -> None:
        super().__init__(window)
        self._window, self._reviewing, self._on_body = window, reviewing, on_body
        self._in_hand, self._said = in_hand, said
        self._panel = window.reviews.panel
        self._form = self._panel.form
        self._pages = (self._panel.threads, window.inspector.comments)
        self._pinning = Pinning(
            window.map, on_body.comment_at, self.choose, self._pin_mark, self._pin_place
        )
        window.map.selection_changed.connect(self._pin_selection)
        self._form.entered.connect(self._comment)
        self._form.pin_asked.connect(self._want_pin)
        for page in self._pages:
            page.chosen.connect(self.choose)
            page.answered.connect(self._answer)

    def begin(self) -> None:
        """Write a comment."""
        if self._is_reviewed:
            self._panel.show_part(Part.COMMENTS)
            self._form.text.setFocus()

    def choose(self, comment: CommentId) -> None:
        """Take a comment in hand, on the body and in the list."""
        said = self._on_body.point_at(comment)
        if self._is_reviewed:
            self._panel.show_part(Part.COMMENTS)
            self._panel.threads.point_at(comment)
        else:
            self._window.inspector.comments.point_at(comment)
            if said is not None and said.pin.mark is not None:  # its form lies over the comment
                self._window.banner.show_remark(said.text)

    @property
    def _is_reviewed(self) -> bool:
        """Whether the sheet is being reviewed, not only read beside the visit."""
        return not self._panel.isHidden()

    def _want_pin(self, is_wanted: bool) -> None:
        self._pinning.want(is_wanted=is_wanted)

    def _pin_mark(self, mark: MarkId) -> None:
        sheet = self._in_hand()
        if sheet is not None and sheet.visit.has(mark):
            found = sheet.visit.mark(mark)
            self._form.show_pin(pin_to(found), title(found))

    def _pin_place(self, u_mm: float, v_mm: float, radius_mm: float) -> None:
        try:
            pin = self._reviewing.pin_at(self._window.map.view_id, u_mm, v_mm, radius_mm)
        except BodymapError as problem:
            self._form.show_problem(str(problem))
            self._form.place.setChecked(False)
            return
        size = f"{2 * radius_mm:.0f} mm across" if radius_mm else "A point"
        where = pin.place.landmark if pin.place else ""
        self._form.show_pin(pin, f"{size}: {where}" if where else size)
        self._form.text.setFocus()

    def _pin_selection(self, chosen: frozenset[MarkId]) -> None:
        if self._is_reviewed and len(chosen) == 1:
            self._pin_mark(next(iter(chosen)))

    def _comment(self, severity: Severity, text: str, pin: Pin) -> None:
        if (sheet := self._in_hand()) is not None:
            self._change(
                lambda: self._reviewing.comment(sheet.visit.id, severity, text, pin),
                self._form.clear,
                self._form.show_problem,
            )

    def _answer(self, comment: CommentId, text: str, settles: bool | None) -> None:
        if (sheet := self._in_hand()) is not None:
            self._change(
                lambda: self._reviewing.answer(sheet.visit.id, comment, text, settles=settles),
                lambda: None,
                self.refuse_answer,
            )

    def refuse_answer(self, problem: str) -> None:
        """Say why a reply was not kept or shown, and let it be tried again."""
        self._window.banner.show_problem(problem)
        for page in self._pages:
            page.let_answer()

    def _change(
        self, act: Callable[[], object], done: Callable[[], None], failed: Callable[[str], None]
    ) -> None:
        def finish(_: object) -> None:
            done()
            if (sheet := self._in_hand()) is not None:
                self._said(sheet.visit.id)

        self._window.background.change(self, act, finish, failed)
