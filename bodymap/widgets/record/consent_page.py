"""Consent to the visit's treatment, and how hands, skin and patient were prepared."""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from PySide6.QtWidgets import QPushButton
from typing_extensions import override

from bodymap.chart.consent import Consent, ConsentForm, ConsentGiver, Told
from bodymap.chart.day_words import day
from bodymap.widgets.controls.field import Field, label, wrapping
from bodymap.widgets.controls.note_edit import NoteEdit
from bodymap.widgets.controls.segments import Chips, Option, Segments
from bodymap.widgets.controls.switch import Switch
from bodymap.widgets.record import words
from bodymap.widgets.record.line import Line
from bodymap.widgets.record.page import Page
from bodymap.widgets.record.sections import RecordShown
from bodymap.widgets.record.signature_pad import SignaturePad
from bodymap.widgets.theme import Theme

_Word = TypeVar("_Word", bound=StrEnum)


class ConsentPage(Page):
    """What was explained and agreed to; hands, gloves, skin and position."""

    def __init__(self, theme: Theme) -> None:
        super().__init__("consent-page", theme)
        self.usual = QPushButton("All explained, consent given verbally")
        self.usual.setObjectName("consent-usual")
        self.usual.setProperty("look", "primary")
        self.form = Segments("consent-form", _options(words.FORM_WORDS), columns=2, clearable=True)
        self.given_by = Segments("consent-given-by", _options(words.GIVER_WORDS), columns=2)
        self.scope = Segments("consent-scope", _options(words.SCOPE_WORDS), columns=2)
        self.earlier = wrapping(label("", "muted", "consent-earlier"))
        self.confirm = QPushButton("It still stands")
        self.confirm.setObjectName("consent-confirm")
        self._standing: Consent | None = None
        self.guardian = Line("consent-guardian", "Name of the guardian")
        self._guardian = Field("Guardian", self.guardian)
        self.told = Chips("consent-told", _options(words.TOLD_WORDS), columns=2)
        self.signature = SignaturePad("consent-signature", theme)
        self.clear = QPushButton("Clear the signature")
        self.clear.setObjectName("consent-clear")
        self.clear.setProperty("look", "link")
        self.withdrawn = Switch("consent-withdrawn", "Consent was withdrawn", theme)
        self.note = NoteEdit("consent-note", "What else was said or asked", height=60)
        self.hands = Segments("hygiene-hands", _options(words.HAND_WORDS), clearable=True)
        self.gloves = Segments("hygiene-gloves", _options(words.GLOVE_WORDS), clearable=True)
        self.skin = Segments("hygiene-skin", _options(words.SKIN_WORDS), clearable=True)
        self.positions = Chips("hygiene-positions", _options(words.POSITION_WORDS))
        self.hygiene_note = NoteEdit("hygiene-note", "Supports, draping, special needs", height=60)
        self._lay_out()
        self._connect()

    @override
    def show_record(self, shown: RecordShown) -> None:
        super().show_record(shown)
        consent, hygiene = shown.record.consent, shown.record.hygiene
        self._show_earlier(shown)
        self.usual.setVisible(consent == Consent())
        self.scope.set_value(consent.scope)
        self.form.set_value(consent.form)
        self.given_by.set_value(consent.given_by)
        self._guardian.setVisible(consent.given_by is ConsentGiver.GUARDIAN)
        self.guardian.show_text(consent.guardian)
        self.told.set_values(consent.told)
        self.signature.show_signature(consent.signature)
        self.clear.setVisible(bool(consent.signature))
        self.withdrawn.setChecked(consent.withdrawn)
        self.note.set_text(consent.note)
        self.hands.set_value(hygiene.hands)
        self.gloves.set_value(hygiene.gloves)
        self.skin.set_value(hygiene.skin)
        self.positions.set_values(hygiene.positions)
        self.hygiene_note.set_text(hygiene.note)

    @override
    def set_theme(self, theme: Theme) -> None:
        super().set_theme(theme)
        self.signature.set_theme(theme)
        self.withdrawn.set_theme(theme)

    def _lay_out(self) -> None:
        for widget in (
            self.earlier,
            self.confirm,
            self.usual,
            Field("Consent", self.form),
            Field("For", self.scope),
            Field("Given by", self.given_by),
            self._guardian,
            Field("Explained", self.told),
            Field("Signature", self.signature),
            self.clear,
            self.withdrawn,
            Field("Note on consent", self.note),
            label("", "muted"),
            Field("Hand hygiene", self.hands),
            Field("Gloves", self.gloves),
            Field("Skin preparation", self.skin),
            Field("Patient’s position", self.positions),
            Field("Note on hygiene", self.hygiene_note),
        ):
            self.column.addWidget(widget)

    def _connect(self) -> None:
        self.usual.clicked.connect(self._usual)
        self.confirm.clicked.connect(self._confirm)
        self.scope.chosen.connect(self._chose_scope)
        self.clear.clicked.connect(self._clear)
        self.withdrawn.clicked.connect(self._withdraw)
        self.form.chosen.connect(self._chose_form)
        self.given_by.chosen.connect(self._chose_giver)
        self.guardian.written.connect(self._wrote_guardian)
        self.told.chosen.connect(self._told)
        self.signature.signed.connect(self._signed)
        self.note.written.connect(self._wrote_note)
        self.hands.chosen.connect(self._chose_hands)
        self.gloves.chosen.connect(self._chose_gloves)
        self.skin.chosen.connect(self._chose_skin)
        self.positions.chosen.connect(self._chose_positions)
        self.hygiene_note.written.connect(self._wrote_hygiene_note)

    def _usual(self) -> None:
        given = Consent(ConsentForm.VERBAL, told=frozenset(Told))
        self.asked.emit("consent", given)

    def _show_earlier(self, shown: RecordShown) -> None:
        earlier = shown.earlier_consent
        is_open = shown.record.consent == Consent() and earlier is not None
        self._standing = earlier.consent if earlier else None
        self.earlier.setVisible(is_open)
        self.confirm.setVisible(is_open)
        if earlier is not None:
            how = words.FORM_WORDS[earlier.consent.form or ConsentForm.VERBAL].lower()
            self.earlier.setText(
                f"Consent for this complaint was given on {day(earlier.given)}, {how}."
            )

    def _confirm(self) -> None:
        if self._standing is not None:
            self.asked.emit("consent", self._standing)

    def _chose_scope(self, value: object) -> None:
        self.edited.emit("consent", "scope", value)

    def _clear(self) -> None:
        self.edited.emit("consent", "signature", ())

    def _withdraw(self) -> None:
        self.edited.emit("consent", "withdrawn", self.withdrawn.isChecked())

    def _chose_form(self, value: object) -> None:
        self.edited.emit("consent", "form", value)

    def _chose_giver(self, value: object) -> None:
        self.edited.emit("consent", "given_by", value)

    def _wrote_guardian(self, text: str) -> None:
        self.edited.emit("consent", "guardian", text)

    def _told(self, values: object) -> None:
        self.edited.emit("consent", "told", values)

    def _signed(self, strokes: object) -> None:
        self.edited.emit("consent", "signature", strokes)

    def _wrote_note(self, text: str) -> None:
        self.edited.emit("consent", "note", text)

    def _chose_hands(self, value: object) -> None:
        self.edited.emit("hygiene", "hands", value)

    def _chose_gloves(self, value: object) -> None:
        self.edited.emit("hygiene", "gloves", value)

    def _chose_skin(self, value: object) -> None:
        self.edited.emit("hygiene", "skin", value)

    def _chose_positions(self, values: object) -> None:
        self.edited.emit("hygiene", "positions", values)

    def _wrote_hygiene_note(self, text: str) -> None:
        self.edited.emit("hygiene", "note", text)


def _options(named: Mapping[_Word, str]) -> list[Option]:
    return [Option(value, text) for value, text in named.items()]
