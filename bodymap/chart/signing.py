"""What is signed, by whom, and what that means.

A signature is made over the bytes of a `Statement`, which names the visit, the patient, the
person and the meaning, and carries the digest of what the visit holds. So neither the content
nor the person nor the patient can be exchanged later without it showing.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import NewType

from bodymap.chart.canonical import FORMAT, canonical
from bodymap.chart.checks import check_text
from bodymap.chart.marks import kind_of
from bodymap.chart.people import PatientId, UserId
from bodymap.chart.visit import Visit, VisitId

SignatureId = NewType("SignatureId", str)

SHORT_DIGEST = 12
"""Characters of a digest that are shown where the whole of it has no room: 48 bits."""


class Meaning(StrEnum):
    """What somebody means by signing."""

    AUTHOR = "author"
    CO_SIGNER = "co-signer"
    ADDENDUM = "addendum"
    VOID = "void"


@dataclass(frozen=True, slots=True)
class Statement:
    """What is signed.

    Attributes:
        visit: The visit it is about.
        patient: The patient as of then; a record that is merged later keeps what was signed.
        user: Who signs.
        name: Their name, as it is printed.
        meaning: What they mean by it.
        signed_at: When, with the local offset.
        digest: SHA-256 of what the visit holds, in hexadecimal.
        text: The words of an addendum, or the reason why a visit is void.
        audit_count: How many entries the audit trail had just before.
        audit_head: The hash of the last of them, in hexadecimal.
    """

    visit: VisitId
    patient: PatientId
    user: UserId
    name: str
    meaning: Meaning
    signed_at: datetime
    digest: str
    text: str = ""
    audit_count: int = 0
    audit_head: str = ""

    def __post_init__(self) -> None:
        check_text("the words of an addendum", self.text)
        if self.signed_at.tzinfo is None:
            raise ValueError("a signature's time needs its offset from UTC")
        needs_words = self.meaning in {Meaning.ADDENDUM, Meaning.VOID}
        if needs_words != bool(self.text.strip()):
            raise ValueError("an addendum and a void need words, and nothing else has them")

    def as_bytes(self) -> bytes:
        """The bytes that are signed."""
        return canonical({"format": FORMAT, "statement": self})


@dataclass(frozen=True, slots=True)
class Proof:
    """What a key makes of a message.

    Attributes:
        public_key: The key's public half (Ed25519, RFC 8032), 32 bytes.
        value: The signature, 64 bytes.
    """

    public_key: bytes = field(repr=False)
    value: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Signature:
    """A statement and the proof that its person made it.

    Attributes:
        public_key: The person's Ed25519 key (RFC 8032) at the time, 32 bytes.
        value: The Ed25519 signature over the statement's bytes, 64 bytes.
    """

    id: SignatureId
    statement: Statement
    public_key: bytes = field(repr=False)
    value: bytes = field(repr=False)

    @property
    def is_addendum(self) -> bool:
        """Whether it adds words to what was signed."""
        return self.statement.meaning is Meaning.ADDENDUM


def visit_bytes(visit: Visit) -> bytes:
    """Everything that a visit holds, as it is signed.

    State and version are left out, for they go on after signing; the patient is named by the
    statement.
    """
    return canonical(
        {
            "format": FORMAT,
            "visit": visit.id,
            "episode": visit.episode,
            "therapist": visit.therapist,
            "began": visit.began,
            "pain_before": visit.pain_before,
            "pain_after": visit.pain_after,
            "marks": [{"kind": kind_of(mark), "mark": mark} for mark in visit.marks],
            "record": visit.record,
        }
    )


def visit_digest(visit: Visit) -> str:
    """SHA-256 of everything that a visit holds, in hexadecimal."""
    return sha256(visit_bytes(visit)).hexdigest()


def is_before_visit(statement: Statement, began: datetime) -> bool:
    """Whether, by the clock, somebody signed before the visit began: the clock was set back.

    Signatures carry whole seconds.
    """
    return statement.signed_at < began.replace(microsecond=0)
