"""Needles opened, in the body, out again and in the sharps."""

from collections.abc import Callable
from datetime import tzinfo

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from bodymap.chart.marks import NeedleSite
from bodymap.desk.billing import billing_aid
from bodymap.widgets.controls.field import (
    Field,
    beside,
    emptied,
    framed,
    label,
    stacked,
    wrapping,
)
from bodymap.widgets.record import words
from bodymap.widgets.record.line import Line
from bodymap.widgets.record.page import Page
from bodymap.widgets.record.sections import RecordShown
from bodymap.widgets.theme import Theme


class NeedlePage(Page):
    """The count, the sites still open, and what does not fit."""

    def __init__(self, theme: Theme, where: Callable[[NeedleSite], str]) -> None:
        super().__init__("needle-page", theme)
        self._where = where
        self._sites: tuple[NeedleSite, ...] = ()
        self._zone: tzinfo | None = None
        self.inside = label("", "count", "needles-in")
        self.outside = label("", "count", "needles-out")
        self.put_away = QPushButton("All out and in the sharps")
        self.put_away.setObjectName("needles-put-away")
        self.put_away.setProperty("look", "primary")
        self.put_away.clicked.connect(self._put_away)
        self.opened = Line("needles-opened", "–")
        self.in_sharps = Line("needles-sharps", "–")
        self.opened.written.connect(self._wrote_opened)
        self.in_sharps.written.connect(self._wrote_in_sharps)
        self.verdict = wrapping(label("", "body", "needles-verdict"))
        self._card = framed("caution", "needles-mismatch")
        self.mismatch = wrapping(label("", "caution-text", "needles-mismatch-text"))
        stacked(self._card, self.mismatch, margins=10)
        self._bill = framed("card", "billing-aid")
        self.bill = wrapping(label("", "muted", "billing-aid-text"))
        stacked(self._bill, label("BILLING AID", "caption"), self.bill, margins=10, spacing=4)
        self.difference = Line("needles-difference", "Such as: one fell to the floor")
        self._reason = Field("Why the numbers differ", self.difference)
        self.difference.written.connect(self._wrote_difference)
        self._list = QWidget()
        self._rows = QVBoxLayout(self._list)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(6)
        self._lay_out()

    @override
    def show_record(self, shown: RecordShown) -> None:
        super().show_record(shown)
        needles = shown.needles
        self._zone = shown.visit.began.tzinfo
        self.inside.setText(f"{needles.inserted - needles.removed}")
        self.outside.setText(f"{needles.removed}")
        self.opened.show_text(_number(needles.opened))
        self.in_sharps.show_text(_number(needles.in_sharps))
        self.put_away.setVisible(not needles.is_reconciled and needles.inserted > 0)
        reason = shown.record.needles.difference
        self._card.setVisible(bool(needles.mismatches))
        self._reason.setVisible(bool(needles.mismatches or reason))
        self.difference.show_text(reason)
        self.mismatch.setText("\n".join(needles.mismatches))
        self.verdict.setText("Every needle is accounted for." if needles.is_reconciled else "")
        self.verdict.setVisible(needles.is_reconciled)
        self._show_sites(needles.open_sites)
        self._show_bill(shown)

    def _show_bill(self, shown: RecordShown) -> None:
        self._bill.setVisible(shown.choices.has_billing)
        if shown.choices.has_billing:
            self.bill.setText(words.bill(billing_aid(shown.visit, shown.choices)))

    def _show_sites(self, sites: tuple[NeedleSite, ...]) -> None:
        if sites == self._sites:
            return
        self._sites = sites
        emptied(self._rows)
        for site in sites:
            self._rows.addWidget(self._row(site))
        self._still.setVisible(bool(sites))

    def _row(self, site: NeedleSite) -> QWidget:
        since = ""
        if site.time_in is not None:
            since = f", in since {site.time_in.astimezone(self._zone):%H:%M}"
        said = wrapping(label(f"Needle {site.number}: {self._where(site)}{since}", "body"))
        out = QPushButton("Out")
        out.setObjectName(f"needle-out-{site.number}")
        out.setAccessibleName(f"Needle {site.number} is out")
        out.setFixedWidth(64)
        out.clicked.connect(self._take_out)
        return beside(said, out, stretch=0)

    def _lay_out(self) -> None:
        counts = beside(
            _captioned("IN THE BODY", self.inside),
            _captioned("OUT AGAIN", self.outside),
            spacing=28,
            stretch=1,
        )
        typed = beside(Field("Opened", self.opened), Field("In the sharps", self.in_sharps))
        self._still = label("STILL IN", "caption")
        self._still.hide()
        for widget in (
            counts,
            self.put_away,
            typed,
            self._card,
            self._reason,
            self.verdict,
            self._still,
            self._list,
            self._bill,
        ):
            self.column.addWidget(widget)

    def _put_away(self) -> None:
        self.asked.emit("put-away", None)

    def _take_out(self) -> None:
        name = self.sender().objectName()
        for site in self._sites:
            if name == f"needle-out-{site.number}":
                self.asked.emit("take-out", site.id)

    def _wrote_opened(self, text: str) -> None:
        self.edited.emit("needles", "opened", text)

    def _wrote_in_sharps(self, text: str) -> None:
        self.edited.emit("needles", "in_sharps", text)

    def _wrote_difference(self, text: str) -> None:
        self.edited.emit("needles", "difference", text)


def _captioned(caption: str, value: QWidget) -> QWidget:
    whole = QWidget()
    stacked(whole, label(caption, "caption"), value, spacing=2)
    return whole


def _number(count: int | None) -> str:
    return "" if count is None else str(count)
