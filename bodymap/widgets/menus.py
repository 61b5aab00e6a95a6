"""Where in the menu each action stands."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtGui import QAction, QUndoGroup
from PySide6.QtWidgets import QMenu, QWidget

from bodymap.widgets.actions import ActionId, Actions

Rows = tuple[ActionId | None, ...]

MENUS: Mapping[str, Rows] = {
    "Visit": (
        ActionId.FIND_PATIENT,
        ActionId.NEW_PATIENT,
        ActionId.PATIENT_PAGE,
        ActionId.OVER_TIME,
        ActionId.FIGURES,
        ActionId.NEW_VISIT,
        None,
        ActionId.SIGN,
        ActionId.PRINT,
    ),
    "Review": (
        ActionId.REVIEWS,
        ActionId.NEXT_REVIEW,
        ActionId.COMMENT,
        ActionId.ROUNDS,
        None,
        ActionId.TRAINEES,
    ),
    "Record": (
        ActionId.PAGE_SCREENING,
        ActionId.PAGE_CONSENT,
        ActionId.PAGE_NEEDLES,
        ActionId.PAGE_MEASURES,
        ActionId.PAGE_TEXT,
        ActionId.PAGE_EVENTS,
        None,
        ActionId.ANSWER_REST_NO,
        ActionId.PUT_AWAY,
        None,
        ActionId.PAGE_CLINIC,
    ),
    "Edit": (
        ActionId.UNDO,
        ActionId.REDO,
        None,
        ActionId.DUPLICATE,
        ActionId.MIRROR,
        ActionId.DELETE,
        ActionId.COPY_FORWARD,
        None,
        ActionId.NEXT_MARK,
        ActionId.PREVIOUS_MARK,
    ),
    "Tools": (
        ActionId.TOOL_SELECT,
        ActionId.TOOL_TRIGGER_POINT,
        ActionId.TOOL_NEEDLE,
        ActionId.TOOL_PAIN_LASSO,
        ActionId.TOOL_PAIN_REGION,
        ActionId.TOOL_PAIN_BRUSH,
        ActionId.TOOL_PAIN_ERASER,
        ActionId.TOOL_NOTE,
        ActionId.TOOL_BARRED_AREA,
    ),
    "Body": (
        ActionId.VIEW_FRONT,
        ActionId.VIEW_BACK,
        ActionId.VIEW_LEFT,
        ActionId.VIEW_RIGHT,
        ActionId.VIEW_SOLES,
        ActionId.VIEW_FEET,
        None,
        ActionId.SHOW_SKIN,
        ActionId.SHOW_OUTER,
        ActionId.SHOW_MIDDLE,
        ActionId.SHOW_DEEP,
        None,
        ActionId.LAYER_SKELETON,
        ActionId.LAYER_HAZARDS,
        ActionId.LAYER_REGIONS,
        ActionId.LAYER_DERMATOMES,
        ActionId.LAYER_SEGMENTS,
        None,
        ActionId.ZOOM_IN,
        ActionId.ZOOM_OUT,
        ActionId.ZOOM_FIT,
    ),
    "Reference": (
        ActionId.REFERENCE,
        ActionId.FIND_MUSCLE,
        ActionId.EXPLAIN_PAIN,
        ActionId.SHOW_REFERRAL,
    ),
    "Window": (
        ActionId.USERS,
        ActionId.ACCOUNT,
        ActionId.RECOVERY_KEY,
        ActionId.AUDIT,
        ActionId.DATA,
        ActionId.LOCK,
        ActionId.SIGN_OUT,
        None,
        ActionId.CHANGE_THEME,
        ActionId.TOUCH,
        None,
        ActionId.NEXT_PANEL,
        ActionId.PREVIOUS_PANEL,
        None,
        ActionId.KEYS,
    ),
}

MARK_MENU: Rows = (
    ActionId.REFERENCE,
    None,
    ActionId.DUPLICATE,
    ActionId.MIRROR,
    None,
    ActionId.DELETE,
)
"""What a press with the right button on a mark offers."""


def main_menu(parent: QWidget, actions: Actions) -> QMenu:
    """The menu behind the menu button."""
    menu = QMenu(parent)
    menu.setObjectName("main-menu")
    for title, rows in MENUS.items():
        filled(menu.addMenu(title), actions, rows)
    menu.addSeparator()
    menu.addAction(actions[ActionId.QUIT])
    return menu


def filled(menu: QMenu, actions: Actions, rows: Rows) -> QMenu:
    """Put actions into a menu; None stands for a line."""
    for row in rows:
        if row is None:
            menu.addSeparator()
        else:
            menu.addAction(actions[row])
    return menu


def follow_history(history: QUndoGroup, actions: Actions) -> None:
    """Let Undo and Redo say what they would do."""
    undo, redo = actions[ActionId.UNDO], actions[ActionId.REDO]

    def name(action: QAction, verb: str, text: str) -> None:
        action.setText(f"{verb} {text}".strip())
        action.setToolTip(f"{action.text()}  ({action.shortcut().toString()})")

    for action, verb, can, named in (
        (undo, "Undo", history.canUndoChanged, history.undoTextChanged),
        (redo, "Redo", history.canRedoChanged, history.redoTextChanged),
    ):
        can.connect(action.setEnabled)
        named.connect(partial(name, action, verb))
        action.setEnabled(False)
