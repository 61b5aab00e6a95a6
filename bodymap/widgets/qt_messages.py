"""What Qt warns of, in one line each; its words may quote what is shown."""

import logging

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

_log = logging.getLogger(__name__)

_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}
_OF_THE_PLATFORM = "qt.qpa."
"""Categories that speak of screens and plug-ins, never of what is shown."""


def tell_qt_messages_discreetly() -> None:
    """Put Qt's messages into the log, without their words unless these are of the platform."""
    qInstallMessageHandler(_tell)


def _tell(kind: QtMsgType, context: QMessageLogContext, words: str) -> None:
    category = context.category or "default"
    is_harmless = category.startswith(_OF_THE_PLATFORM)
    _log.log(
        _LEVELS.get(kind, logging.WARNING), "Qt %s: %s", category, words if is_harmless else "–"
    )
