"""The recovery key on a sheet of paper."""

from datetime import datetime
from html import escape
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPdfWriter, QTextDocument

from bodymap.chart.day_words import day_in_full
from bodymap.errors import BodymapError

SHEET = "bodymap recovery key.pdf"
"""What the file is called, unless somebody names it otherwise."""

_MARGIN_MM = 25.0


def save_sheet(clinic: str, key: str, target: Path) -> None:
    """Write a PDF of one page with the key in large letters.

    Raises:
        BodymapError: The file cannot be written.
    """
    groups = key.split("-")
    today = datetime.now().astimezone()
    rows = "<br>".join("&nbsp; ".join(groups[at : at + 3]) for at in range(0, len(groups), 3))
    document = QTextDocument()
    document.setHtml(
        f"<h2>Recovery key of {escape(clinic)}</h2>"
        "<p>This key opens the clinic’s record in bodymap when every password is lost. "
        "Whoever holds it can read everything: keep it locked away, and not beside the computer."
        f"</p><p style='font-family:monospace;font-size:24pt;line-height:160%'>{rows}</p>"
        "<p>To use it: open bodymap, choose “Password forgotten”, and type the key. "
        "O and 0, I, L and 1 are taken for the same; hyphens and capitals do not matter.</p>"
        f"<p>Printed on {day_in_full(today)}. The key is not used up: it opens the clinic until a "
        "new one is made in bodymap (Window, Recovery key). Tear up sheets with an older key.</p>"
    )
    made = QBuffer()
    made.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(made)
    writer.setTitle("Recovery key")
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    margins = QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM)
    writer.setPageMargins(margins, QPageLayout.Unit.Millimeter)
    document.documentLayout().setPaintDevice(writer)
    document.setPageSize(QSizeF(writer.width(), writer.height()))  # else Qt numbers the page
    document.print_(writer)
    try:
        target.write_bytes(made.data().data())
    except OSError as problem:
        raise BodymapError(
            f"The sheet {target} could not be written: {problem.strerror}. Name another folder."
        ) from problem
