"""Everything a person can do with a key or a button, in one table."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup, QKeySequence

from bodymap.atlas.ids import Dissection, LayerId, ViewId
from bodymap.widgets.icons import icon
from bodymap.widgets.map.tool_id import ToolId
from bodymap.widgets.theme import Theme


class ActionId(StrEnum):
    """One thing that can be done."""

    VIEW_FRONT = "view-front"
    VIEW_BACK = "view-back"
    VIEW_LEFT = "view-left"
    VIEW_RIGHT = "view-right"
    VIEW_SOLES = "view-soles"
    VIEW_FEET = "view-feet"
    TOOL_SELECT = "tool-select"
    TOOL_TRIGGER_POINT = "tool-trigger-point"
    TOOL_NEEDLE = "tool-needle"
    TOOL_PAIN_LASSO = "tool-pain-lasso"
    TOOL_PAIN_REGION = "tool-pain-region"
    TOOL_PAIN_BRUSH = "tool-pain-brush"
    TOOL_PAIN_ERASER = "tool-pain-eraser"
    TOOL_NOTE = "tool-note"
    TOOL_BARRED_AREA = "tool-barred-area"
    SHOW_SKIN = "show-skin"
    SHOW_OUTER = "show-outer"
    SHOW_MIDDLE = "show-middle"
    SHOW_DEEP = "show-deep"
    LAYER_SKELETON = "layer-skeleton"
    LAYER_HAZARDS = "layer-hazards"
    LAYER_REGIONS = "layer-regions"
    LAYER_DERMATOMES = "layer-dermatomes"
    LAYER_SEGMENTS = "layer-segments"
    ZOOM_IN = "zoom-in"
    ZOOM_OUT = "zoom-out"
    ZOOM_FIT = "zoom-fit"
    UNDO = "undo"
    REDO = "redo"
    DELETE = "delete"
    DUPLICATE = "duplicate"
    MIRROR = "mirror"
    COPY_FORWARD = "copy-forward"
    NEXT_MARK = "next-mark"
    PREVIOUS_MARK = "previous-mark"
    FIND_PATIENT = "find-patient"
    NEW_PATIENT = "new-patient"
    PATIENT_PAGE = "patient-page"
    OVER_TIME = "over-time"
    FIGURES = "figures"
    NEW_VISIT = "new-visit"
    SIGN = "sign"
    REVIEWS = "reviews"
    NEXT_REVIEW = "next-review"
    COMMENT = "comment"
    ROUNDS = "rounds"
    TRAINEES = "trainees"
    AUDIT = "audit"
    PRINT = "print"
    PAGE_SCREENING = "page-screening"
    PAGE_CONSENT = "page-consent"
    PAGE_NEEDLES = "page-needles"
    PAGE_MEASURES = "page-measures"
    PAGE_TEXT = "page-text"
    PAGE_EVENTS = "page-events"
    PAGE_CLINIC = "page-clinic"
    ANSWER_REST_NO = "answer-rest-no"
    PUT_AWAY = "put-away"
    REFERENCE = "reference"
    FIND_MUSCLE = "find-muscle"
    EXPLAIN_PAIN = "explain-pain"
    SHOW_REFERRAL = "show-referral"
    NEXT_PANEL = "next-panel"
    PREVIOUS_PANEL = "previous-panel"
    OPEN_MENU = "open-menu"
    CHANGE_THEME = "change-theme"
    TOUCH = "touch"
    KEYS = "keys"
    USERS = "users"
    ACCOUNT = "account"
    RECOVERY_KEY = "recovery-key"
    DATA = "data"
    LOCK = "lock"
    SIGN_OUT = "sign-out"
    QUIT = "quit"


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """What an action is called and how it is reached.

    Attributes:
        text: The words in menus and on the keys' page.
        keys: Key sequences in Qt's portable form, the usual one first.
        tip: What it does, in a sentence; shown with the key.
        icon: A file in `assets/icons`, or nothing.
        short: The words on a button, where they differ.
        role: The colour of the icon.
        group: Actions of one group exclude each other.
        checkable: Whether it is a state rather than a deed.
    """

    text: str
    keys: tuple[str, ...]
    tip: str
    icon: str = ""
    short: str = ""
    role: str = "ink"
    group: str = ""
    checkable: bool = False


def _view(text: str, key: str, tip: str) -> ActionSpec:
    return ActionSpec(text, (key,), tip, group="view", checkable=True)


def _tool(text: str, keys: str, tip: str, icon_role: tuple[str, str], short: str) -> ActionSpec:
    name, role = icon_role
    return ActionSpec(text, tuple(keys), tip, name, short, role, group="tool", checkable=True)


def _show(text: str, key: str, tip: str) -> ActionSpec:
    return ActionSpec(text, (key,), tip, group="dissection", checkable=True)


_PAIN = "pain"

SPECS: Mapping[ActionId, ActionSpec] = {
    ActionId.VIEW_FRONT: _view("Front", "1", "The body from the front"),
    ActionId.VIEW_BACK: _view("Back", "2", "The body from the back"),
    ActionId.VIEW_LEFT: _view("Left", "3", "The patient’s left side"),
    ActionId.VIEW_RIGHT: _view("Right", "4", "The patient’s right side"),
    ActionId.VIEW_SOLES: _view("Soles", "5", "The soles of the feet"),
    ActionId.VIEW_FEET: _view("Feet", "6", "The backs of the feet"),
    ActionId.TOOL_SELECT: _tool(
        "Select", "V", "Choose and move marks", ("select", "ink"), "Select"
    ),
    ActionId.TOOL_TRIGGER_POINT: _tool(
        "Trigger point",
        "T",
        "Click where the trigger point is",
        ("trigger-point", "trigger-point"),
        "Trigger pt",
    ),
    ActionId.TOOL_NEEDLE: _tool(
        "Needle", "N", "Click where the needle went in", ("needle", "needle"), "Needle"
    ),
    ActionId.TOOL_PAIN_LASSO: _tool(
        "Pain zone: lasso", "PL", "Draw round the area of pain", ("pain-lasso", _PAIN), "Lasso"
    ),
    ActionId.TOOL_PAIN_REGION: _tool(
        "Pain zone: region", "R", "Click to take a whole region", ("pain-region", _PAIN), "Region"
    ),
    ActionId.TOOL_PAIN_BRUSH: _tool(
        "Pain zone: brush", "B", "Paint the area of pain", ("pain-brush", _PAIN), "Brush"
    ),
    ActionId.TOOL_PAIN_ERASER: _tool(
        "Pain zone: eraser", "E", "Rub out part of a pain zone", ("pain-eraser", _PAIN), "Eraser"
    ),
    ActionId.TOOL_NOTE: _tool("Note", "O", "Click to pin a note", ("note", "note"), "Note"),
    ActionId.TOOL_BARRED_AREA: _tool(
        "Area not to needle",
        "A",
        "Draw where an item of the screening applies; click to take a whole region",
        ("caution", "problem"),
        "Not here",
    ),
    ActionId.SHOW_SKIN: _show("Skin", "Alt+1", "The skin"),
    ActionId.SHOW_OUTER: _show("Outer", "Alt+2", "The outer muscles"),
    ActionId.SHOW_MIDDLE: _show("Middle", "Alt+3", "The muscles beneath them"),
    ActionId.SHOW_DEEP: _show("Deep", "Alt+4", "The deepest muscles"),
    ActionId.LAYER_SKELETON: ActionSpec(
        "Skeleton", ("K",), "Show the bones over the muscles", checkable=True
    ),
    ActionId.LAYER_HAZARDS: ActionSpec(
        "Hazards", ("H",), "Show lungs, nerves and vessels to keep clear of", checkable=True
    ),
    ActionId.LAYER_REGIONS: ActionSpec(
        "Regions", ("G",), "Show the regions of the skin", checkable=True
    ),
    ActionId.LAYER_DERMATOMES: ActionSpec(
        "Dermatomes", ("D",), "Show which spinal level serves which skin", checkable=True
    ),
    ActionId.LAYER_SEGMENTS: ActionSpec(
        "Motor segments",
        ("Shift+D",),
        "Show which spinal levels serve which muscles",
        checkable=True,
    ),
    ActionId.ZOOM_IN: ActionSpec("Zoom in", ("+", "=", "Ctrl++", "Ctrl+="), "Closer", "plus"),
    ActionId.ZOOM_OUT: ActionSpec("Zoom out", ("-", "Ctrl+-"), "Further away", "minus"),
    ActionId.ZOOM_FIT: ActionSpec("Fit", ("0", "Ctrl+0"), "The whole figure", "fit"),
    ActionId.UNDO: ActionSpec("Undo", ("Ctrl+Z",), "Take the last step back", "undo"),
    ActionId.REDO: ActionSpec("Redo", ("Ctrl+Shift+Z", "Ctrl+Y"), "Do it again", "redo"),
    ActionId.DELETE: ActionSpec(
        "Delete", ("Del", "Backspace"), "Take the chosen marks off the map", "remove"
    ),
    ActionId.DUPLICATE: ActionSpec(
        "Duplicate", ("Ctrl+D",), "Copy the chosen marks beside themselves", "duplicate"
    ),
    ActionId.MIRROR: ActionSpec(
        "Mirror", ("M",), "Copy the chosen marks to the other side of the body", "mirror"
    ),
    ActionId.COPY_FORWARD: ActionSpec(
        "Copy from a visit or template",
        ("Ctrl+E",),
        "Chart marks of an earlier visit or a template here as well",
    ),
    ActionId.NEXT_MARK: ActionSpec("Next mark", (".",), "Go to the next mark"),
    ActionId.PREVIOUS_MARK: ActionSpec("Previous mark", (",",), "Go to the mark before"),
    ActionId.FIND_PATIENT: ActionSpec(
        "Find patient", ("Ctrl+F",), "Search by name or number", "search"
    ),
    ActionId.NEW_PATIENT: ActionSpec(
        "New patient", ("Ctrl+Shift+N",), "Add a patient to the clinic", "person"
    ),
    ActionId.PATIENT_PAGE: ActionSpec(
        "Patient’s page", ("Ctrl+I",), "Details, alerts, complaints and all visits, and back"
    ),
    ActionId.OVER_TIME: ActionSpec(
        "Over time", ("C",), "Compare visits on the body, see many as heat", "over-time"
    ),
    ActionId.FIGURES: ActionSpec(
        "Clinic in figures", ("Ctrl+Shift+F",), "What was treated how often, and with what effect"
    ),
    ActionId.NEW_VISIT: ActionSpec(
        "New visit", ("Ctrl+N",), "Begin a visit with this patient", "visit"
    ),
    ActionId.PRINT: ActionSpec(
        "Print summary", ("Ctrl+P",), "Save the visit as a PDF for the file", "print"
    ),
    ActionId.SIGN: ActionSpec(
        "Sign", ("Ctrl+Return",), "Sign this visit, add to it, or see who signed it"
    ),
    ActionId.REVIEWS: ActionSpec(
        "To review", ("Ctrl+R",), "Visits that wait for you, the longest first"
    ),
    ActionId.NEXT_REVIEW: ActionSpec(
        "Next to review", ("Ctrl+J",), "Leave this one waiting and take the next"
    ),
    ActionId.COMMENT: ActionSpec(
        "Comment", ("Ctrl+M",), "Remark on a mark, a place on the body or the visit"
    ),
    ActionId.ROUNDS: ActionSpec(
        "Rounds and comments",
        ("Ctrl+Shift+J",),
        "Each time this visit was handed in, and what was said of it",
    ),
    ActionId.TRAINEES: ActionSpec(
        "Trainees", ("Ctrl+Shift+R",), "How each of your trainees is doing over time"
    ),
    ActionId.AUDIT: ActionSpec(
        "Audit trail", ("Ctrl+Shift+A",), "Who did what, and whether all is as bodymap wrote it"
    ),
    ActionId.PAGE_SCREENING: ActionSpec(
        "Screening", ("Ctrl+1",), "What has to be asked before the needle"
    ),
    ActionId.PAGE_CONSENT: ActionSpec(
        "Consent and hygiene", ("Ctrl+2",), "What was agreed, and how skin and hands were prepared"
    ),
    ActionId.PAGE_NEEDLES: ActionSpec(
        "Needles in and out", ("Ctrl+3",), "Count needles in, out and into the sharps"
    ),
    ActionId.PAGE_MEASURES: ActionSpec(
        "Measures", ("Ctrl+4",), "What was measured before and after"
    ),
    ActionId.PAGE_TEXT: ActionSpec(
        "Text and advice", ("Ctrl+5",), "Notes in words, aftercare and what comes next"
    ),
    ActionId.PAGE_EVENTS: ActionSpec(
        "Events and follow-up", ("Ctrl+6",), "What went wrong, and how the patient was afterwards"
    ),
    ActionId.PAGE_CLINIC: ActionSpec(
        "Clinic’s lists", ("Ctrl+7",), "Advice, conditions, reminder and codes for all visits"
    ),
    ActionId.ANSWER_REST_NO: ActionSpec(
        "Answer the rest with No", ("Ctrl+Shift+0",), "No to every screening item that is open"
    ),
    ActionId.PUT_AWAY: ActionSpec(
        "All needles out", ("Ctrl+Shift+O",), "Every needle is out and in the sharps container"
    ),
    ActionId.REFERENCE: ActionSpec(
        "About this muscle", ("I",), "What is known of the muscle pointed at or charted", "book"
    ),
    ActionId.FIND_MUSCLE: ActionSpec(
        "Find muscle", ("Ctrl+K",), "Find a muscle by any name and show it on the body"
    ),
    ActionId.EXPLAIN_PAIN: ActionSpec(
        "From pain to muscle", ("X",), "Which muscles may explain the drawn pain"
    ),
    ActionId.SHOW_REFERRAL: ActionSpec(
        "Referral on the body", ("F",), "Show where a muscle’s pain is felt", checkable=True
    ),
    ActionId.NEXT_PANEL: ActionSpec(
        "Next panel", ("F6",), "Go to the visits, the map or the inspector"
    ),
    ActionId.PREVIOUS_PANEL: ActionSpec("Previous panel", ("Shift+F6",), "Go back a panel"),
    ActionId.OPEN_MENU: ActionSpec("Menu", ("F10",), "Everything that can be done", "menu"),
    ActionId.CHANGE_THEME: ActionSpec(
        "Dark theme", ("Ctrl+Shift+L",), "For a dimmed room", "dark", checkable=True
    ),
    ActionId.TOUCH: ActionSpec(
        "Large targets", ("Ctrl+Shift+T",), "Buttons made for fingers and gloves", checkable=True
    ),
    ActionId.KEYS: ActionSpec("Keys", ("F1", "?"), "All keys on one page", "keys"),
    ActionId.USERS: ActionSpec(
        "Users", ("Ctrl+Shift+U",), "Who works here, and what each of them may do", "person"
    ),
    ActionId.ACCOUNT: ActionSpec(
        "Password and lock", ("Ctrl+Alt+P",), "Change your password, and when the window locks"
    ),
    ActionId.RECOVERY_KEY: ActionSpec(
        "Recovery key", ("Ctrl+Alt+R",), "Make a new one; the one before no longer opens the clinic"
    ),
    ActionId.DATA: ActionSpec(
        "Data and backups", ("Ctrl+Shift+B",), "Where the data lies, and its backups"
    ),
    ActionId.LOCK: ActionSpec("Lock", ("Ctrl+L",), "Cover everything until your password", "lock"),
    ActionId.SIGN_OUT: ActionSpec(
        "Sign out", ("Ctrl+Shift+Q",), "Let somebody else sign in; everything is saved"
    ),
    ActionId.QUIT: ActionSpec("Quit", ("Ctrl+Q",), "Close bodymap; everything is saved"),
}

VIEWS: Mapping[ActionId, ViewId] = {
    ActionId.VIEW_FRONT: ViewId.ANTERIOR,
    ActionId.VIEW_BACK: ViewId.POSTERIOR,
    ActionId.VIEW_LEFT: ViewId.LATERAL_LEFT,
    ActionId.VIEW_RIGHT: ViewId.LATERAL_RIGHT,
    ActionId.VIEW_SOLES: ViewId.SOLES,
    ActionId.VIEW_FEET: ViewId.FEET_DORSAL,
}
TOOLS: Mapping[ActionId, ToolId] = {
    ActionId.TOOL_SELECT: ToolId.SELECT,
    ActionId.TOOL_TRIGGER_POINT: ToolId.TRIGGER_POINT,
    ActionId.TOOL_NEEDLE: ToolId.NEEDLE_SITE,
    ActionId.TOOL_PAIN_LASSO: ToolId.PAIN_LASSO,
    ActionId.TOOL_PAIN_REGION: ToolId.PAIN_REGION,
    ActionId.TOOL_PAIN_BRUSH: ToolId.PAIN_BRUSH,
    ActionId.TOOL_PAIN_ERASER: ToolId.PAIN_ERASER,
    ActionId.TOOL_NOTE: ToolId.NOTE,
    ActionId.TOOL_BARRED_AREA: ToolId.BARRED_AREA,
}
DISSECTIONS: Mapping[ActionId, Dissection] = {
    ActionId.SHOW_SKIN: Dissection.SKIN,
    ActionId.SHOW_OUTER: Dissection.SUPERFICIAL,
    ActionId.SHOW_MIDDLE: Dissection.INTERMEDIATE,
    ActionId.SHOW_DEEP: Dissection.DEEP,
}
LAYERS: Mapping[ActionId, LayerId] = {
    ActionId.LAYER_SKELETON: LayerId.SKELETON,
    ActionId.LAYER_HAZARDS: LayerId.HAZARDS,
    ActionId.LAYER_REGIONS: LayerId.SURFACE_REGIONS,
}


class Actions(QObject):
    """The actions of one window."""

    def __init__(self, parent: QObject, theme: Theme) -> None:
        super().__init__(parent)
        self._groups: dict[str, QActionGroup] = {}
        self._actions = {action: self._made(action, spec) for action, spec in SPECS.items()}
        self._theme: Theme | None = None
        self.set_theme(theme)

    def __getitem__(self, action: ActionId) -> QAction:
        return self._actions[action]

    def all(self) -> Iterable[QAction]:
        """Every action, in the order of the table."""
        return self._actions.values()

    def bind(self, action: ActionId, slot: Callable[[], object]) -> None:
        """Say what happens when the action is triggered."""
        self._actions[action].triggered.connect(slot)

    def set_theme(self, theme: Theme) -> None:
        """Draw the icons in a theme's colours."""
        if theme is self._theme:
            return
        self._theme = theme
        for action, spec in SPECS.items():
            if spec.icon:
                self._actions[action].setIcon(icon(spec.icon, theme, spec.role))

    def _made(self, action: ActionId, spec: ActionSpec) -> QAction:
        made = QAction(spec.text, self)
        made.setObjectName(f"action-{action}")
        made.setIconText(spec.short or spec.text)
        made.setShortcuts([QKeySequence(key) for key in spec.keys])
        made.setToolTip(f"{spec.tip}  ({shown_key(spec.keys[0])})")
        made.setStatusTip(spec.tip)
        made.setCheckable(spec.checkable)
        if spec.group:
            self._group(spec.group).addAction(made)
        return made

    def _group(self, name: str) -> QActionGroup:
        if name not in self._groups:
            self._groups[name] = QActionGroup(self)
        return self._groups[name]


def shown_key(key: str) -> str:
    """A key sequence as it is called on this platform."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
