"""The checklist before the needle: what is asked, what is known already, what stands in the way."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bodymap.atlas.clinical.rules import Facts
from bodymap.atlas.clinical.screening import ScreeningItem, Severity
from bodymap.chart.alerts import AlertKind
from bodymap.chart.people import Patient
from bodymap.chart.screening import Answer, Screening, ScreeningAnswer
from bodymap.chart.visit import Visit

_FROM_ALERTS: Mapping[AlertKind, str] = {
    AlertKind.METAL_ALLERGY: "metal-allergy",
    AlertKind.ANTICOAGULANT: "blood-thinners",
    AlertKind.BLEEDING_DISORDER: "bleeding-disorder",
    AlertKind.PACEMAKER: "pacemaker",
    AlertKind.IMPLANT: "implants-cosmetic",
    AlertKind.PROSTHESIS: "joint-prosthesis-hardware",
    AlertKind.NEEDLE_PHOBIA: "needle-phobia",
    AlertKind.IMMUNE_COMPROMISE: "immune-compromised",
    AlertKind.DIABETES: "diabetes",
    AlertKind.EPILEPSY: "epilepsy",
    AlertKind.LYMPHOEDEMA: "lymphoedema",
}
"""The item that each kind of alert answers; pregnancy is worked out by its trimester."""

_AGE = frozenset({"patient.age_years"})


@dataclass(frozen=True, slots=True)
class ItemState:
    """One item of the checklist and where it stands.

    Attributes:
        said: What was answered, with note and override.
        known: What follows from the record; None where nothing does.
        is_fixed: Whether only the record can answer it, as with age.
        is_absolute: Whether it rules needling out, as the clinic or else the reference has it.
    """

    item: ScreeningItem
    said: ScreeningAnswer
    known: bool | None
    is_fixed: bool
    is_absolute: bool

    @property
    def applies(self) -> bool | None:
        """Whether it applies; an answer goes before what the record says, except for age."""
        if self.said.answer is not None and not self.is_fixed:
            return self.said.answer is Answer.YES
        return self.known

    @property
    def needs_override(self) -> bool:
        """Whether it rules needling out and nobody has said why to go on."""
        return bool(self.applies) and self.is_absolute and not self.said.override.strip()


def checklist(
    items: Iterable[ScreeningItem],
    visit: Visit,
    patient: Patient,
    absolute: Mapping[str, bool] | None = None,
) -> tuple[ItemState, ...]:
    """Where every item stands: what rules needling out first, then what asks for care.

    Args:
        items: The reference.
        visit: Whose answers.
        patient: Whose alerts and age.
        absolute: Whether an item rules needling out, where the clinic has its own mind on it.
    """
    ruled = absolute or {}
    facts = known_facts(visit, patient)
    states = (
        ItemState(
            item,
            visit.record.screening.to(item.id),
            item.holds(facts),
            item.rule.fields() <= _AGE,
            is_absolute(item, ruled),
        )
        for item in items
    )
    return tuple(sorted(states, key=lambda state: not state.is_absolute))


def is_absolute(item: ScreeningItem, ruled: Mapping[str, bool]) -> bool:
    """Whether an item rules needling out, as the clinic has it, or else the reference."""
    return ruled.get(item.id, item.severity is Severity.ABSOLUTE)


def known_facts(visit: Visit, patient: Patient) -> Facts:
    """What the record knows of the facts that rules ask for."""
    facts: dict[str, object] = {
        "patient.age_years": age_in_years(patient.birth_date, visit.began.date())
    }
    for alert in patient.alerts:
        if alert.kind in _FROM_ALERTS:
            facts[f"screening.{_FROM_ALERTS[alert.kind]}"] = True
        if alert.kind is AlertKind.PREGNANCY:
            facts |= {"patient.pregnant": True, "patient.pregnancy_possible": False}
            facts |= {} if alert.trimester is None else {"patient.trimester": alert.trimester}
    if visit.record.narrative.conditions:
        facts["visit.diagnosis"] = "; ".join(visit.record.narrative.conditions)
    consent = visit.record.consent
    if consent.form is not None or consent.withdrawn:
        facts["visit.consent"] = consent.is_given
    return facts


def rest_answered_no(states: Sequence[ItemState], screening: Screening) -> Screening:
    """The screening with No for every item that is still open."""
    rest = (state.said for state in states if state.applies is None)
    return screening.with_answers(replace(said, answer=Answer.NO) for said in rest)


def age_in_years(born: date, on: date) -> int:
    """Completed years; someone born on 29 February grows older on 1 March in other years."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
