"""What Python still knows of the items that Qt's layouts are made of."""

from PySide6.QtWidgets import QLayout, QLayoutItem
from shiboken6 import Shiboken


def items_known_to_python() -> list[str]:
    """Items of layouts, layouts themselves left out, that Python has an object of."""
    return [
        repr(known)
        for known in Shiboken.getAllValidWrappers()
        if isinstance(known, QLayoutItem) and not isinstance(known, QLayout)
    ]
