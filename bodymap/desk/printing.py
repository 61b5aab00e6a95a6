"""Putting a visit on paper."""

import re
from collections.abc import Mapping
from pathlib import Path

from bodymap.atlas.body_outline import outline_cm2
from bodymap.atlas.hit import Atlas
from bodymap.atlas.knowledge import Knowledge
from bodymap.chart.audit import AuditAction
from bodymap.chart.marks import MarkId
from bodymap.chart.people import Patient
from bodymap.chart.session import Screened, SessionRecord
from bodymap.chart.visit import Visit, VisitId
from bodymap.desk.auditing import put_down, taken_back
from bodymap.desk.needle_way import needle_way
from bodymap.desk.ports import OpenWork, Printer
from bodymap.desk.screening import checklist
from bodymap.errors import BodymapError

PAPERS = ("A4", "Letter")
"""The page formats a summary can be printed on."""


class UnknownPaperError(BodymapError):
    """There is no such page format."""


class Printing:
    """Gathers what a summary needs and hands it to the printer."""

    def __init__(self, open_work: OpenWork, printer: Printer, atlas: Atlas | None = None) -> None:
        self._open_work = open_work
        self._printer = printer
        self._atlas = atlas

    def summary(self, visit: VisitId, target: Path, paper: str = "A4") -> Path:
        """Write the visit's summary as a PDF and say where.

        Raises:
            NotFoundError: No such visit.
            BodymapError: The paper is unknown, the file cannot be written, or that it was printed
                cannot be put down; there is no file then.
        """
        if paper not in PAPERS:
            raise UnknownPaperError(f"There is no paper '{paper}'; use {' or '.join(PAPERS)}.")
        record = self.record(visit)
        self._printer.print_summary(record, target, paper)
        with taken_back(target):
            put_down(self._open_work, AuditAction.PRINTED, record.visit)
        return target

    def record(self, visit: VisitId) -> SessionRecord:
        """Everything one visit's summary shows; that it is printed is put down with the page.

        Raises:
            NotFoundError: No such visit.
        """
        with self._open_work() as work:
            session = work.visits.get(visit)
            patient = work.people.patient(session.patient)
            return SessionRecord(
                visit=session,
                patient=patient,
                episode=work.people.episode(session.episode),
                therapist=work.people.user(session.therapist),
                users=tuple(work.people.users()),
                signatures=tuple(work.signatures.of(visit)),
                afterwards=tuple(work.afterwards.of(visit)),
                passed={} if self._atlas is None else passed(self._atlas, session),
                body_cm2=self._body_cm2(session),
                screened=_screened(session, patient, work.choices.get().absolute),
            )

    def _body_cm2(self, visit: Visit) -> float:
        atlas = self._atlas
        if atlas is None or not any(visit.pain_zones()):
            return 0.0
        return outline_cm2(lambda view: atlas.view(view).drawing)

    def suggested_name(self, visit: VisitId) -> str:
        """A file name that sorts by date and carries the patient's number, not the name.

        Nothing of the chart is told by it; that it is printed is put down with the page.
        """
        record = self.record(visit)
        number = re.sub(r"[^\w-]+", "-", record.patient.number)
        return f"{record.visit.began:%Y-%m-%d}-{number}-dry-needling.pdf"


def passed(atlas: Atlas, visit: Visit) -> Mapping[MarkId, tuple[str, ...]]:
    """What each needle of a charted depth passes on its way in the model body."""
    found = {}
    for site in visit.needle_sites():
        place = site.place
        hit = atlas.hit(place.view, place.u_mm, place.v_mm) if site.depth_mm else None
        if hit is None or site.depth_mm is None:
            continue
        way = needle_way(atlas, site, hit)
        tip_mm = way.depth_of(site.depth_mm)
        names = (entry.name for entry in way.met if entry.entry_mm < tip_mm)
        found[site.id] = tuple(dict.fromkeys(names))
    return found


def _screened(visit: Visit, patient: Patient, absolute: Mapping[str, bool]) -> tuple[Screened, ...]:
    states = checklist(Knowledge.load().screening.values(), visit, patient, absolute)
    return tuple(
        Screened(
            item=str(state.item.id),
            label=state.item.label,
            applies=state.applies,
            is_absolute=state.is_absolute,
            note=state.said.note,
            override=state.said.override,
        )
        for state in states
    )
