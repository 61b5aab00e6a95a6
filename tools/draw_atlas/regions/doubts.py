"""What a person who changes a plate wants to know: where its lines do not close.

Where a line stops short, two fields are one; where lines cross a little too late, a splinter
is left. Cutting copes with both, but the drawing should be mended.
"""

from shapely import MultiPolygon, Point, Polygon

from tools.draw_atlas.regions.cutting import fields
from tools.draw_atlas.regions.plate import Plate

SPLINTER_MM2 = 2.0
"""A field without a name under this size is no more than a careless corner."""


def doubts(figure: MultiPolygon, sheet: Plate) -> list[str]:
    """Say in words which fields of a figure have several names or none, and what is missing."""
    found: list[str] = []
    seen: set[str] = set()
    for field in fields(figure, sheet.lines.values()):
        names = _names(field, sheet)
        seen |= names
        if len(names) > 1:
            found.append(f"one field for {', '.join(sorted(names))}")
        if not names and field.area > SPLINTER_MM2:
            at = field.representative_point()
            found.append(f"no name at {at.x:.0f},{at.y:.0f}: {field.area:.0f} mm2")
    return found + [f"nowhere: {zone}" for zone in sorted(set(sheet.names) - seen)]


def _names(field: Polygon, sheet: Plate) -> set[str]:
    written = [(zone, place) for zone, places in sheet.names.items() for place in places]
    return {zone for zone, place in written if field.contains(Point(place))}
