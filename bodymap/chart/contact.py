"""How a patient is reached, and who else is to be told."""

import re
from dataclasses import dataclass

from bodymap.chart.checks import LONGEST_LINE, check_text

LONGEST_ADDRESS = 500
"""Characters of a postal address, over several lines."""

_PHONE = re.compile(r"\+?[\d\s().,/x#*-]*")
_FEWEST_DIGITS, _MOST_PHONE = 3, 40
_EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@.]+")
_MOST_EMAIL = 254
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|\d{3}))?(-[A-Za-z\d]{5,8})*")


@dataclass(frozen=True, slots=True)
class Contact:
    """A patient's own address; what is not known is empty."""

    phone: str = ""
    email: str = ""
    address: str = ""

    def __post_init__(self) -> None:
        check_phone("the phone number", self.phone)
        check_text("the e-mail address", self.email, _MOST_EMAIL)
        if self.email and not _EMAIL.fullmatch(self.email):
            raise ValueError("an e-mail address looks like name@place.org")
        check_text("the address", self.address, LONGEST_ADDRESS)


@dataclass(frozen=True, slots=True)
class EmergencyContact:
    """Who is to be told when something happens."""

    name: str = ""
    relation: str = ""
    phone: str = ""

    def __post_init__(self) -> None:
        check_text("the name of the emergency contact", self.name, LONGEST_LINE)
        check_text("the relation of the emergency contact", self.relation, LONGEST_LINE)
        check_phone("the phone number of the emergency contact", self.phone)


@dataclass(frozen=True, slots=True)
class Identifier:
    """A number that somebody else knows the patient by.

    Attributes:
        system: Whose number it is, such as a health insurance.
    """

    system: str
    value: str

    def __post_init__(self) -> None:
        check_text("whose number it is", self.system, LONGEST_LINE)
        check_text("a further number", self.value, LONGEST_LINE)
        if not (self.system.strip() and self.value.strip()):
            raise ValueError("a further number needs both: whose it is, and the number")


def check_phone(what: str, text: object) -> None:
    """Let pass a phone number as people write them, or nothing.

    Raises:
        ValueError: It holds other signs, or too few digits to be one.
    """
    check_text(what, text, _MOST_PHONE)
    said = str(text)
    if not said:
        return
    if not _PHONE.fullmatch(said) or sum(sign.isdigit() for sign in said) < _FEWEST_DIGITS:
        raise ValueError(f"{what} holds digits, spaces and + - ( ) / only")


def check_language(tag: object) -> None:
    """Let pass a language tag after BCP 47 (language, script, region, variants), or nothing.

    Raises:
        ValueError: It is none.
    """
    check_text("the language", tag, 35)
    if tag and not _LANGUAGE.fullmatch(str(tag)):
        raise ValueError("a language is told by its tag, such as en, de-CH or zh-Hant")
