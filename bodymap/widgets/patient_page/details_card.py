"""Who the patient is and how to reach them."""

from collections.abc import Mapping

from PySide6.QtCore import Signal

from bodymap.chart.people import Patient
from bodymap.widgets.controls.field import label
from bodymap.widgets.controls.segments import Option, Segments
from bodymap.widgets.patient_page.cards import Card, rule
from bodymap.widgets.patient_page.lines import Fields, side_by_side
from bodymap.widgets.patient_page.words import HINTS, PATIENT_FIELDS
from bodymap.widgets.people.words import SEX_WORDS


class DetailsCard(Card):
    """Every field of a patient that is one line, one choice or one text.

    Signals:
        edited: A field by name, and what was entered.
    """

    edited = Signal(str, object)

    def __init__(self) -> None:
        super().__init__("Details", "patient-details")
        self.form = Fields(self, PATIENT_FIELDS, HINTS)
        form = self.form
        sex = [Option(sex, text) for sex, text in SEX_WORDS.items()]
        self.add(
            side_by_side(form.line("family_name"), form.line("given_name")),
            side_by_side(form.line("preferred_name"), form.line("birth_date")),
            form.choice("sex", Segments("patient-sex", sex, columns=4)),
            side_by_side(form.line("number"), form.line("language")),
            rule(),
            side_by_side(form.line("phone"), form.line("email")),
            form.text("address"),
            rule(),
            form.line("emergency_name"),
            side_by_side(form.line("emergency_relation"), form.line("emergency_phone")),
            rule(),
            form.text("notes", height=84),
            label("Saved as you go on to the next field.", "muted"),
        )
        form.edited.connect(self.edited)

    def show_patient(self, patient: Patient) -> None:
        """Show what is known."""
        for name, value in values(patient).items():
            self.form.show_value(name, value)


def values(patient: Patient) -> Mapping[str, object]:
    """What each field of the card shows."""
    return {
        "family_name": patient.family_name,
        "given_name": patient.given_name,
        "preferred_name": patient.preferred_name,
        "birth_date": patient.birth_date.isoformat(),
        "sex": patient.sex,
        "number": patient.number,
        "language": patient.language,
        "phone": patient.contact.phone,
        "email": patient.contact.email,
        "address": patient.contact.address,
        "emergency_name": patient.emergency.name,
        "emergency_relation": patient.emergency.relation,
        "emergency_phone": patient.emergency.phone,
        "notes": patient.notes,
    }
