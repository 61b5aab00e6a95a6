"""The SVG file of one view: layers, one path for each structure and side, classes only."""

from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

LAYERS = (
    "skin",
    "surface-regions",
    "skeleton",
    "hazards",
    "muscles-deep",
    "muscles-intermediate",
    "muscles-superficial",
    "detail",
)
DETAILS = ("detail-skin", "detail-superficial", "detail-intermediate", "detail-deep")

ATTRIBUTION = (
    "Drawn from figures measured on Z-Anatomy (www.z-anatomy.com), CC BY-SA 4.0, which derives"
    " from BodyParts3D, (c) The Database Center for Life Science, CC BY 4.0. Changed: projected,"
    " simplified, smoothed, mirrored, completed and shaded. Licence of this drawing: CC BY-SA 4.0"
    " (https://creativecommons.org/licenses/by-sa/4.0/). A reference from a model body."
)

STYLE = """\
path{fill:none;stroke-linejoin:round;stroke-linecap:round}
.skin{fill:#f1e6db;stroke:#a9776a;stroke-width:.9}
.region{fill:#f1e6db;fill-opacity:0;stroke:#a9776a;stroke-opacity:.35;stroke-width:.5}
.muscle{fill:#d9a99b;stroke:#a9776a;stroke-width:.45}
.m1{fill:#dcae9f}.m2{fill:#d5a193}.m3{fill:#d09a8d}
.tendon{fill:#f5eee1;stroke:#b59a84;stroke-width:.4}
.bone{fill:#f3ede2;stroke:#b59a84;stroke-width:.45}
.other{fill:#ebe2d6;stroke:#b59a84;stroke-width:.4}
.organ{fill:#c9b3b8;fill-opacity:.35;stroke:#8d6f7a;stroke-width:.6}
.organ-lung,.organ-pleura{fill:#9fb7c4;stroke:#6d8a9a}.organ-pleura{fill-opacity:.15}
.organ-heart,.organ-spleen{fill:#b5777f}.organ-liver{fill:#b08872}.organ-kidney{fill:#a58bb0}
.organ-stomach,.organ-colon{fill:#c9b7a0}.organ-urinary-bladder{fill:#d6c48a}
.organ-spinal-canal{fill:#e0c48a}.organ-trachea,.organ-thyroid-gland{fill:#b8c4b0}
.nerve{stroke:#c99a2e;stroke-width:1.6}
.vessel{stroke:#b5484a;stroke-width:1.6}
.tone-1{fill:#8a4f45;fill-opacity:.1}
.tone-2{fill:#6d3a34;fill-opacity:.14}
.light{fill:#fff6ee;fill-opacity:.15}
.tendon-part{fill:#f5eee1}
.fibre{fill:#8a4f45;fill-opacity:.42}
.contour{stroke:#8f5f54}
.contour-1{stroke-width:1}.contour-2{stroke-width:.65}.contour-3{stroke-width:.4}
.filled{fill:#8f5f54;stroke:none}
.feature{fill:#c99a8c}
.pale{fill:#fbf6f0}.dark{fill:#5a443c}.brown{fill:#957c6d}
.rose{fill:#dfb6a8}.flesh{fill:#d2a092}
.sclera{fill:#fbf7f1}.iris{fill:#93806c}.pupil{fill:#4d3f38}.glint{fill:#fff;fill-opacity:.9}
.brow{fill:#a58575}.lips,.closed-lips{fill:#d9a596}.nostril{fill:#b98d7f}.areola{fill:#d8ab9b}
.nail{fill:#f3dfd3;stroke:#b58a7d;stroke-width:.3}.lid{fill:#dcae9f}
.tone-skin{fill:#b98b78;fill-opacity:.12}
#muscles-deep,#muscles-intermediate,#surface-regions,#hazards,#skeleton{display:none}
#detail-skin,#detail-intermediate,#detail-deep{display:none}"""


@dataclass(frozen=True)
class DrawnPath:
    """One path of a drawing.

    Attributes:
        data: Path data in view millimetres.
        classes: Style classes, the kind first.
        path_id: Unique in the file; empty for detail that nothing refers to.
        structure: The structure's or zone's id; empty where it belongs to none.
        side: left, right or midline, the patient's.
        title: What a person reads.
        more: Further data attributes, without the `data-`.
    """

    data: str
    classes: str
    path_id: str = ""
    structure: str = ""
    side: str = ""
    title: str = ""
    more: dict[str, str] = field(default_factory=dict)

    def written(self) -> str:
        """The element as text."""
        attributes = {
            "id": self.path_id,
            "class": self.classes,
            "data-structure": self.structure,
            "data-side": self.side,
            **{f"data-{name}": value for name, value in self.more.items()},
            "d": self.data,
        }
        head = "".join(f" {k}={quoteattr(v)}" for k, v in attributes.items() if v)
        if not self.title:
            return f"<path{head}/>"
        return f"<path{head}><title>{escape(self.title)}</title></path>"


@dataclass
class Drawing:
    """One view, layer by layer.

    Attributes:
        view: Its name.
        frame: Left, top, width and height in view millimetres.
        layers: The paths of each layer but `detail`, bottom first.
        details: The paths of each part of `detail`.
    """

    view: str
    frame: tuple[float, float, float, float]
    layers: dict[str, list[DrawnPath]] = field(default_factory=dict)
    details: dict[str, list[DrawnPath]] = field(default_factory=dict)

    def written(self) -> str:
        """The whole file as text."""
        head = [self._head(), f"<desc>{escape(ATTRIBUTION)}</desc>", f"<style>{STYLE}</style>"]
        layers = [_layer(name, self.layers.get(name, [])) for name in LAYERS[:-1]]
        parts = [_layer(name, self.details.get(name, [])) for name in DETAILS]
        return "\n".join([*head, *layers, _group("detail", parts), "</svg>", ""])

    def _head(self) -> str:
        left, top, width, height = (f"{value:g}" for value in self.frame)
        return (
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            '<svg xmlns="http://www.w3.org/2000/svg" version="1.1"'
            ' xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape"'
            f' data-view="{self.view}" data-atlas-version="1"'
            f' width="{width}mm" height="{height}mm" viewBox="{left} {top} {width} {height}">\n'
            f"<title>Body, {self.view} view</title>"
        )


def _layer(name: str, paths: list[DrawnPath]) -> str:
    return _group(name, [path.written() for path in paths])


def _group(name: str, children: list[str]) -> str:
    label = name.replace("-", " ")
    head = f'<g id="{name}" inkscape:groupmode="layer" inkscape:label="{label}">'
    return "\n".join([head, *children, "</g>"])
