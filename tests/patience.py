"""Waiting for a window however slow the machine is: it takes long only when a test fails."""

from collections.abc import Callable
from contextlib import AbstractContextManager

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from pytestqt.wait_signal import SignalBlocker
from typing_extensions import override

PATIENCE_MS = 60_000


class PatientBot(QtBot):
    """Waits a minute where pytest-qt gives up after five seconds."""

    @override
    def waitExposed(
        self, widget: QWidget, *, timeout: int = PATIENCE_MS
    ) -> AbstractContextManager[None]:
        return super().waitExposed(widget, timeout=timeout)

    @override
    def waitSignal(
        self,
        signal: SignalInstance,
        *,
        timeout: int = PATIENCE_MS,
        raising: bool | None = None,
        check_params_cb: Callable[..., bool] | None = None,
    ) -> SignalBlocker:
        return super().waitSignal(
            signal, timeout=timeout, raising=raising, check_params_cb=check_params_cb
        )

    @override
    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = PATIENCE_MS) -> None:
        super().waitUntil(callback, timeout=timeout)
