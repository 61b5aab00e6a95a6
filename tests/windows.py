"""Windows as tests leave them."""

from PySide6.QtWidgets import QWidget

from bodymap.widgets.main_window import MainWindow


def close(window: QWidget) -> None:
    """Close it whatever it may lose by it: it would be asked about otherwise, and stay."""
    if isinstance(window, MainWindow):
        window.leaving.may_lose()
    window.close()
