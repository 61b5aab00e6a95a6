"""Whoever hears the window knows which line has the keys."""

from PySide6.QtWidgets import QAbstractSpinBox, QComboBox, QLineEdit, QPlainTextEdit


def test_every_line_of_the_inspector_has_a_name(charted):
    unnamed, names = [], []
    for kind in (QLineEdit, QPlainTextEdit, QComboBox, QAbstractSpinBox):
        for control in charted.inspector.findChildren(kind):
            if isinstance(control.parent(), QAbstractSpinBox | QComboBox):
                continue  # the line within a control that has the name
            names.append(control.accessibleName())
            if not control.accessibleName():
                unnamed.append(control.objectName())
    assert unnamed == []
    assert {"Time in", "Time out", "Needles between these two"} <= set(names)
