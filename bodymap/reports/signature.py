"""A signature that was drawn on screen, as lines on paper."""

from bodymap.chart.consent import SIGNATURE_SIZE, Consent, ConsentGiver
from bodymap.reports.flow import Flow
from bodymap.reports.fonts import Weight
from bodymap.reports.ink import HAIRLINE, MUTED, RULE, TEXT
from bodymap.reports.typesetting import Style, write

_WIDTH = 54.0
_HEIGHT = _WIDTH * SIGNATURE_SIZE[1] / SIGNATURE_SIZE[0]
_PEN_PT = 0.9
_CAPTION = Style(6.7, Weight.REGULAR, MUTED)


def draw_signature(flow: Flow, consent: Consent, patient: str) -> None:
    """Draw the signature over a line with the name of who signed."""
    flow.need(_HEIGHT + 8)
    flow.skip(4)
    left, top, scale = flow.left, flow.y, _WIDTH / SIGNATURE_SIZE[0]
    for stroke in consent.signature:
        points = [(left + x * scale, top + y * scale) for x, y in stroke]
        flow.page.polyline(points if len(points) > 1 else points * 2, TEXT, _PEN_PT)
    base = top + _HEIGHT
    flow.page.line((left, base), (left + _WIDTH, base), RULE, HAIRLINE)
    is_guardian = consent.given_by is ConsentGiver.GUARDIAN
    signer = consent.guardian.strip() or "the guardian" if is_guardian else patient
    write(flow.page, (left, base + 0.8), f"Consent signed on screen by {signer}", _CAPTION)
    flow.y = base + 0.8 + _CAPTION.line_height
