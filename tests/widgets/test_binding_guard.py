"""The binding to Qt counts references to None right.

PySide6 6.12.0 drops one with every call that gives nothing back, and on Python 3.11 the process is
aborted after a few thousand of them. From Python 3.12 on None is immortal.
"""

import sys

import pytest
from PySide6.QtCore import QObject, QPointF, QRectF, QSettings, QTimer
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen, QPolygonF, QTransform
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QSlider, QWidget

CALLS = 2_000
SLACK = 20
"""References that others take or drop meanwhile."""


@pytest.fixture
def qt(qtbot, tmp_path):
    """One of each, so that nothing is made while references are counted."""
    image = QImage(64, 64, QImage.Format.Format_ARGB32_Premultiplied)
    made = {
        "image": image,
        "painter": QPainter(image),
        "path": QPainterPath(),
        "widget": QWidget(),
        "label": QLabel(),
        "line": QLineEdit(),
        "button": QPushButton(),
        "slider": QSlider(),
        "object": QObject(),
        "timer": QTimer(),
        "settings": QSettings(str(tmp_path / "x.ini"), QSettings.Format.IniFormat),
    }
    for name in ("widget", "label", "line", "button", "slider"):
        qtbot.addWidget(made[name])
    yield made
    made["painter"].end()


POINT, BOX = QPointF(3, 4), QRectF(1, 2, 30, 20)
PEN, INK = QPen(QColor("black"), 1.5), QColor("firebrick")
TURN, CORNERS = QTransform.fromScale(1, 1), QPolygonF([QPointF(0, 0), QPointF(9, 0), QPointF(4, 8)])

VOID = {
    "painter.save and restore": lambda qt: (qt["painter"].save(), qt["painter"].restore()),
    "painter.setPen": lambda qt: qt["painter"].setPen(PEN),
    "painter.setBrush": lambda qt: qt["painter"].setBrush(INK),
    "painter.setTransform": lambda qt: qt["painter"].setTransform(TURN),
    "painter.setOpacity": lambda qt: qt["painter"].setOpacity(0.5),
    "painter.drawEllipse": lambda qt: qt["painter"].drawEllipse(POINT, 4.0, 4.0),
    "painter.drawLine": lambda qt: qt["painter"].drawLine(POINT, QPointF(9, 9)),
    "painter.drawPolyline": lambda qt: qt["painter"].drawPolyline(CORNERS),
    "painter.drawPath": lambda qt: qt["painter"].drawPath(qt["path"]),
    "painter.fillPath": lambda qt: qt["painter"].fillPath(qt["path"], INK),
    "painter.drawImage": lambda qt: qt["painter"].drawImage(BOX, qt["image"]),
    "painter.drawText": lambda qt: qt["painter"].drawText(POINT, "T5"),
    "path.moveTo": lambda qt: qt["path"].moveTo(1, 2),
    "path.addPolygon": lambda qt: (qt["path"].clear(), qt["path"].addPolygon(CORNERS)),
    "path.closeSubpath": lambda qt: qt["path"].closeSubpath(),
    "widget.update": lambda qt: qt["widget"].update(),
    "widget.resize": lambda qt: qt["widget"].resize(40, 30),
    "widget.setVisible": lambda qt: qt["label"].setVisible(False),
    "widget.setEnabled": lambda qt: qt["button"].setEnabled(True),
    "widget.setToolTip": lambda qt: qt["button"].setToolTip("Right"),
    "label.setText": lambda qt: qt["label"].setText("right"),
    "line.setText": lambda qt: qt["line"].setText("left"),
    "button.setChecked": lambda qt: qt["button"].setChecked(False),
    "slider.setValue": lambda qt: qt["slider"].setValue(7),
    "object.setObjectName": lambda qt: qt["object"].setObjectName("one"),
    "object.setProperty": lambda qt: qt["object"].setProperty("look", "link"),
    "timer.start and stop": lambda qt: (qt["timer"].start(1000), qt["timer"].stop()),
    "settings.setValue": lambda qt: qt["settings"].setValue("a", 1),
}


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is immortal")
@pytest.mark.parametrize("call", VOID.values(), ids=VOID)
def test_no_reference_to_none_is_lost(qt, call):
    call(qt)
    before = sys.getrefcount(None)
    for _ in range(CALLS):
        call(qt)
    assert sys.getrefcount(None) - before >= -SLACK


def test_a_hundred_thousand_calls_are_survived(qt):
    for _ in range(100_000 // len(VOID) + 1):
        for call in VOID.values():
            call(qt)
