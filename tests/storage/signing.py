"""Signed visits on a real data file, for tests of what keeps them and what shows a change."""

from datetime import timedelta

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from bodymap.chart.signing import Meaning, Signature, SignatureId, Statement, visit_digest
from bodymap.chart.states import Move
from bodymap.chart.visit import Visit
from bodymap.storage.datafile import DataFile
from tests.builders import a_user, an_id

PRIVATE = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = PRIVATE.public_key().public_bytes_raw()


def a_signature(visit: Visit, meaning: Meaning = Meaning.AUTHOR, **fields) -> Signature:
    """The therapist's signature under a visit as it is."""
    needs_words = meaning in {Meaning.ADDENDUM, Meaning.VOID}
    defaults = {
        "visit": visit.id,
        "patient": visit.patient,
        "user": visit.therapist,
        "name": a_user().name,
        "meaning": meaning,
        "signed_at": visit.began + timedelta(hours=1),
        "digest": visit_digest(visit),
        "text": "Called back: all well" if needs_words else "",
    }
    private = fields.pop("private", PRIVATE)
    statement = Statement(**(defaults | fields))
    return Signature(
        SignatureId(an_id(f"signature/{visit.id}/{meaning}/{statement.text}")),
        statement,
        private.public_key().public_bytes_raw(),
        private.sign(statement.as_bytes()),
    )


def sign(data: DataFile, visit: Visit, move: Move = Move.SIGN, **fields) -> Visit:
    """Put the therapist's signature under a stored visit and close it."""
    with data.open_work(a_user().id) as work:
        head = work.audit.head()
        ends = {"audit_count": head.count, "audit_head": head.hash.hex()}
        if PUBLIC not in work.signatures.keys_of(a_user().id):
            work.signatures.add_key(a_user().id, PUBLIC, visit.began)
        meaning = Meaning.VOID if move is Move.VOID else Meaning.AUTHOR
        work.signatures.add(a_signature(visit, meaning, **(ends | fields)))
        work.visits.move(visit.id, visit.version, move)
        work.commit()
        return work.visits.get(visit.id)
