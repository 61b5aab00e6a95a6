"""How large a pain zone is, in words."""

from bodymap.chart.marks import PainZone
from bodymap.chart.pain_area import area_cm2, pain_index, share_of_body
from bodymap.widgets.chart_words import counted

SIZE_TIP = (
    "Area on the flat drawing of the model body; its share of the outlines seen from the front "
    "and from behind; and the area times the intensity. Measures of digital pain drawings: "
    "J Vis Exp 2023, doi:10.3791/65334."
)
"""What the figures mean, and who uses them."""


def size(zone: PainZone, body_cm2: float) -> str:
    """Pieces, area, share of the body, and area times intensity where it was rated."""
    area = area_cm2(zone)
    said = [counted(len(zone.polygons), "piece"), f"about {max(area, 1):.0f} cm²"]
    if body_cm2:
        said.append(f"{share_of_body([zone], body_cm2)} of the body")
    index = pain_index([zone])
    if index is not None:
        said.append(f"area × intensity {index:.0f}")
    return " · ".join(said)
