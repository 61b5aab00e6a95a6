"""Signs the demo clinic's visits, each in the name of who charted or approved it."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from bodymap.atlas.clinical.screening import ScreeningItem
from bodymap.chart.consent import Consent, ConsentForm, Told
from bodymap.chart.hygiene import Gloves, HandHygiene, Hygiene, SkinPreparation
from bodymap.chart.marks import NeedleSite
from bodymap.chart.people import Patient, User
from bodymap.chart.screening import Screening
from bodymap.chart.signing import Meaning, Signature, SignatureId, Statement, visit_digest
from bodymap.chart.states import Move
from bodymap.chart.visit import Visit, VisitId
from bodymap.desk.needle_counting import all_put_away, put_in
from bodymap.desk.ports import Signer, Work
from bodymap.desk.rounds import put_down_round
from bodymap.desk.screening import checklist, rest_answered_no

_FIRST_NEEDLE = timedelta(minutes=12)
_ALL_OUT = timedelta(minutes=24)
SIGNED = timedelta(minutes=40)
"""So long after its beginning a visit is signed."""


def finished(
    visit: Visit, patient: Patient, items: Collection[ScreeningItem], *, is_agreed: bool = True
) -> Visit:
    """The visit as it is before it is signed: everything asked, every needle accounted for."""
    states = checklist(items, visit, patient)
    answered = rest_answered_no(states, visit.record.screening)
    given = [
        replace(answered.to(state.item.id), override="Agreed with the treating physician")
        for state in checklist(items, _screened(visit, answered), patient)
        if state.needs_override
    ]
    visit = _prepared(_screened(visit, answered.with_answers(given)), is_agreed=is_agreed)
    sites = [mark.id for mark in visit.marks if isinstance(mark, NeedleSite)]
    visit = put_in(visit, sites, visit.began + _FIRST_NEEDLE)
    return all_put_away(visit, visit.began + _ALL_OUT)


@dataclass(frozen=True, slots=True)
class Pen:
    """What somebody signs with; their keys must be in the signer's hand.

    Attributes:
        user: Who signs.
        signer: Makes the signatures.
        password: What they sign with.
    """

    user: User
    signer: Signer
    password: str

    def sign(self, work: Work, visit: VisitId, move: Move, at: datetime) -> None:
        """Put a signature under a visit and take it on, as the window does.

        Raises:
            WrongPasswordError: It is not theirs.
        """
        held = work.visits.get(visit)
        meaning = Meaning.CO_SIGNER if move is Move.CO_SIGN else Meaning.AUTHOR
        statement = self._statement(work, held, meaning, at)
        proof = self.signer.prove(self.password, statement.as_bytes())
        if proof.public_key not in work.signatures.keys_of(self.user.id):
            work.signatures.add_key(self.user.id, proof.public_key, at)
        name = SignatureId(str(uuid5(NAMESPACE_URL, f"{visit}/{move}/{at.isoformat()}")))
        work.signatures.add(Signature(name, statement, proof.public_key, proof.value))
        put_down_round(work, held, statement, move)
        work.visits.move(visit, held.version, move)

    def _statement(self, work: Work, held: Visit, meaning: Meaning, at: datetime) -> Statement:
        head = work.audit.head()
        return Statement(
            visit=held.id,
            patient=held.patient,
            user=self.user.id,
            name=self.user.name,
            meaning=meaning,
            signed_at=at,
            digest=visit_digest(held),
            audit_count=head.count,
            audit_head=head.hash.hex(),
        )


def _screened(visit: Visit, screening: Screening) -> Visit:
    return replace(visit, record=replace(visit.record, screening=screening))


def _prepared(visit: Visit, *, is_agreed: bool) -> Visit:
    """Hands and skin were prepared; all was explained and agreed to, if it was."""
    consent = Consent(ConsentForm.VERBAL, told=frozenset(Told)) if is_agreed else Consent()
    hygiene = Hygiene(HandHygiene.ALCOHOL_RUB, Gloves.ONE_HAND, SkinPreparation.ALCOHOL)
    return replace(visit, record=replace(visit.record, consent=consent, hygiene=hygiene))
