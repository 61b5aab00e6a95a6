"""Signs the demo clinic's finished visits, each in the name of who charted it."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import timedelta
from uuid import NAMESPACE_URL, uuid5

from bodymap.atlas.clinical.screening import ScreeningItem
from bodymap.chart.consent import Consent, ConsentForm, Told
from bodymap.chart.hygiene import Gloves, HandHygiene, Hygiene, SkinPreparation
from bodymap.chart.marks import NeedleSite
from bodymap.chart.people import Patient, User
from bodymap.chart.screening import Screening
from bodymap.chart.signing import Meaning, Signature, SignatureId, Statement, visit_digest
from bodymap.chart.states import Move
from bodymap.chart.visit import Visit
from bodymap.desk.needle_counting import all_put_away, put_in
from bodymap.desk.ports import Signer, Work
from bodymap.desk.screening import checklist, rest_answered_no

_FIRST_NEEDLE = timedelta(minutes=12)
_ALL_OUT = timedelta(minutes=24)
_SIGNED = timedelta(minutes=40)


def finished(visit: Visit, patient: Patient, items: Collection[ScreeningItem]) -> Visit:
    """The visit as it is before it is signed: everything asked, every needle accounted for."""
    states = checklist(items, visit, patient)
    answered = rest_answered_no(states, visit.record.screening)
    given = [
        replace(answered.to(state.item.id), override="Agreed with the treating physician")
        for state in checklist(items, _screened(visit, answered), patient)
        if state.needs_override
    ]
    visit = _agreed(_screened(visit, answered.with_answers(given)))
    sites = [mark.id for mark in visit.marks if isinstance(mark, NeedleSite)]
    visit = put_in(visit, sites, visit.began + _FIRST_NEEDLE)
    return all_put_away(visit, visit.began + _ALL_OUT)


def sign_all(
    user: User, visits: Sequence[Visit], work: Work, signer: Signer, password: str
) -> None:
    """Put a user's signature under visits of theirs; the keys must be in their hand.

    Raises:
        WrongPasswordError: It is not theirs.
    """
    for visit in visits:
        head = work.audit.head()
        statement = Statement(
            visit=visit.id,
            patient=visit.patient,
            user=user.id,
            name=user.name,
            meaning=Meaning.AUTHOR,
            signed_at=visit.began + _SIGNED,
            digest=visit_digest(visit),
            audit_count=head.count,
            audit_head=head.hash.hex(),
        )
        proof = signer.prove(password, statement.as_bytes())
        if proof.public_key not in work.signatures.keys_of(user.id):
            work.signatures.add_key(user.id, proof.public_key, visit.began)
        name = SignatureId(str(uuid5(NAMESPACE_URL, f"{visit.id}/author")))
        work.signatures.add(Signature(name, statement, proof.public_key, proof.value))
        work.visits.move(visit.id, visit.version, Move.SIGN)


def _screened(visit: Visit, screening: Screening) -> Visit:
    return replace(visit, record=replace(visit.record, screening=screening))


def _agreed(visit: Visit) -> Visit:
    """All was explained and agreed to, hands and skin were prepared."""
    consent = Consent(ConsentForm.VERBAL, told=frozenset(Told))
    hygiene = Hygiene(HandHygiene.ALCOHOL_RUB, Gloves.ONE_HAND, SkinPreparation.ALCOHOL)
    return replace(visit, record=replace(visit.record, consent=consent, hygiene=hygiene))
