"""What else was recorded of a mark, in short sentences below its row; silent on what was not."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bodymap.chart.marks import (
    Mark,
    MarkId,
    NeedleSite,
    PainPattern,
    PainZone,
    TriggerPoint,
)
from bodymap.chart.needling import Handle, Manipulation, Sensation, Stimulation
from bodymap.chart.pain_area import area_cm2, pain_index, share_of_body
from bodymap.chart.palpation import PressureThreshold, PressureUnit
from bodymap.chart.people import UserId

_FINDINGS = {
    "taut_band": "taut band",
    "nodule": "nodule",
    "jump_sign": "jump sign",
    "twitch": "twitch on palpation",
    "familiar_pain": "familiar pain",
}
_MANIPULATIONS = {
    Manipulation.PISTONING: "pistoning",
    Manipulation.WINDING: "winding",
    Manipulation.IN_PLACE: "left in place",
}
_SENSATIONS = {
    Sensation.DULL_ACHE: "dull ache",
    Sensation.CRAMP: "cramp",
    Sensation.SHARP: "sharp pain",
    Sensation.ELECTRIC: "electric",
    Sensation.NONE: "nothing",
}
_HANDLES = {
    Handle.PLASTIC: "plastic",
    Handle.STEEL: "steel",
    Handle.COPPER: "copper",
    Handle.SILVER: "silver",
}
_PATTERNS = {PainPattern.CONSTANT: "Constant", PainPattern.INTERMITTENT: "Comes and goes"}
_UNITS = {PressureUnit.KPA: "kPa", PressureUnit.KGF_CM2: "kg/cm²"}
_SETTINGS = {"hz": "Hz", "pulse_ms": "ms", "milliamperes": "mA", "minutes": "min"}

Codes = Mapping[MarkId, str]
PersonName = Callable[[UserId], str]


@dataclass(frozen=True, slots=True)
class OnBody:
    """What the model body adds to the marks.

    Attributes:
        passed: What each needle passes, by name.
        body_cm2: The outlines that zones are measured against; 0 if not known.
    """

    passed: Mapping[MarkId, tuple[str, ...]] = field(default_factory=dict)
    body_cm2: float = 0.0


class Facts:
    """Tells the further facts of the marks of one visit.

    Attributes:
        codes: What each mark is called on the page.
        person_name: Says who somebody is.
    """

    def __init__(
        self,
        marks: Iterable[Mark],
        codes: Codes,
        person_name: PersonName,
        body: OnBody | None = None,
    ) -> None:
        self._body = body or OnBody()
        self._codes = codes
        self._person_name = person_name
        self._origins = [
            (mark.id, mark.refers_to) for mark in marks if isinstance(mark, TriggerPoint)
        ]

    def of(self, mark: Mark) -> str:
        """The facts in sentences; nothing where nothing further was recorded."""
        match mark:
            case TriggerPoint():
                said = self._of_trigger_point(mark)
            case NeedleSite():
                said = self._of_needle(mark)
            case PainZone():
                said = self._of_zone(mark)
            case _:
                said = iter(())
        return " ".join(f"{sentence}." for sentence in said if sentence)

    def _of_trigger_point(self, mark: TriggerPoint) -> Iterator[str]:
        yield _capital(mark.part.strip().rstrip("."))
        yield _listed("Found: ", _answered(mark, answer=True))
        yield _listed("Not found: ", _answered(mark, answer=False))
        if mark.intensity_after is not None:
            yield f"Pain on pressure afterwards {mark.intensity_after}/10"
        if mark.threshold is not None:
            yield f"Pressure threshold {_pressure(mark.threshold)}"
        if mark.threshold_after is not None:
            yield f"Pressure threshold afterwards {_pressure(mark.threshold_after)}"
        yield _listed("Refers to ", self._named(mark.refers_to))

    def _of_needle(self, mark: NeedleSite) -> Iterator[str]:
        if mark.count > 1:
            yield f"{mark.count} needles"
        if mark.clock is not None:
            yield f"Pointing to {mark.clock} o’clock"
        yield _listed("Passes on the model body: ", self._body.passed.get(mark.id, ()))
        yield _capital(", ".join(_pack(mark)))
        yield _capital(", ".join(_done(mark)))
        felt = (text for sensation, text in _SENSATIONS.items() if sensation in mark.sensations)
        yield _listed("Felt: ", felt)
        yield _capital(", ".join(_bled(mark)))
        if mark.stimulation is not None:
            yield f"Electrical stimulation {_current(mark.stimulation)}"
        yield _capital(", ".join(_times(mark)))
        yield _capital(", ".join(self._hands(mark)))

    def _of_zone(self, mark: PainZone) -> Iterator[str]:
        if mark.pattern is not None:
            yield _PATTERNS[mark.pattern]
        if mark.aggravated_by.strip():
            yield f"Worse with: {_plain(mark.aggravated_by)}"
        if mark.eased_by.strip():
            yield f"Better with: {_plain(mark.eased_by)}"
        sources = [point for point, zones in self._origins if mark.id in zones]
        yield _listed("From ", self._named(sources))
        index = pain_index([mark])
        area = f"About {max(area_cm2(mark), 1):.0f} cm² on the model body"
        if self._body.body_cm2:
            area += f" ({share_of_body([mark], self._body.body_cm2)} of it)"
        yield area if index is None else f"{area}, area × intensity {index:.0f}"

    def _named(self, marks: Iterable[MarkId]) -> list[str]:
        return sorted(self._codes[mark] for mark in marks if mark in self._codes)

    def _hands(self, mark: NeedleSite) -> Iterator[str]:
        if mark.placed_by is not None:
            yield f"placed by {self._person_name(mark.placed_by)}"
        if mark.removed_by is not None:
            yield f"removed by {self._person_name(mark.removed_by)}"


def _answered(mark: TriggerPoint, *, answer: bool) -> Iterator[str]:
    return (text for field, text in _FINDINGS.items() if getattr(mark, field) is answer)


def _pressure(threshold: PressureThreshold) -> str:
    shown = f"{threshold.value:g} {_UNITS[threshold.unit]}"
    if threshold.unit is PressureUnit.KPA:
        return shown
    return f"{shown} ({threshold.kpa:.0f} kPa)"


def _pack(mark: NeedleSite) -> Iterator[str]:
    if mark.brand.strip():
        yield mark.brand.strip()
    if mark.lot.strip():
        yield f"lot {mark.lot.strip()}"
    if mark.handle is not None:
        yield f"{_HANDLES[mark.handle]} handle"


def _done(mark: NeedleSite) -> Iterator[str]:
    for manipulation, text in _MANIPULATIONS.items():
        if manipulation in mark.manipulations:
            is_counted = manipulation is Manipulation.PISTONING and mark.pistoning is not None
            yield f"{text} × {mark.pistoning}" if is_counted else text


def _bled(mark: NeedleSite) -> Iterator[str]:
    for answer, name in ((mark.bleeding, "bleeding"), (mark.haematoma, "haematoma")):
        if answer is not None:
            yield name if answer else f"no {name}"


def _current(used: Stimulation) -> str:
    noted = ((getattr(used, name), unit) for name, unit in _SETTINGS.items())
    return ", ".join(f"{value:g} {unit}" for value, unit in noted if value is not None)


def _times(mark: NeedleSite) -> Iterator[str]:
    if mark.time_in is not None:
        yield f"in {_clock(mark.time_in)}"
    if mark.time_out is not None:
        yield f"out {_clock(mark.time_out)}"
    if mark.time_in is not None and mark.time_out is not None:
        minutes = round((mark.time_out - mark.time_in).total_seconds() / 60)
        yield f"{minutes} min"


def _clock(when: datetime) -> str:
    return f"{when:%H:%M}"


def _listed(lead: str, items: Iterable[str]) -> str:
    told = ", ".join(items)
    return f"{lead}{told}" if told else ""


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _plain(text: str) -> str:
    return text.strip().rstrip(".")
