import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from bodymap.widgets.controls.choice import DropDown
from bodymap.widgets.controls.elided import ElidedLabel
from bodymap.widgets.controls.field import Field
from bodymap.widgets.controls.note_edit import NoteEdit
from bodymap.widgets.controls.segments import Chips, Option, Segments, rating
from bodymap.widgets.controls.switch import Switch
from bodymap.widgets.printing.save_as import FileDialogSaveAs
from bodymap.widgets.theme import Theme

LEFT = Qt.MouseButton.LeftButton
COLOURS = [Option("r", "Red"), Option("g", "Green"), Option("b", "Blue", "Blue as the sky")]


@pytest.fixture
def shown(qtbot):
    def show(widget):
        qtbot.addWidget(widget)
        with qtbot.waitExposed(widget):
            widget.show()
        return widget

    return show


def test_a_choice_is_told_once(qtbot, shown):
    segments = shown(Segments("colour", COLOURS))
    with qtbot.waitSignal(segments.chosen) as told:
        qtbot.mouseClick(segments.button("g"), LEFT)
    assert told.args == ["g"]
    assert segments.value == "g"


def test_a_choice_is_shown_without_telling(qtbot, shown):
    segments = shown(Segments("colour", COLOURS))
    with qtbot.assertNotEmitted(segments.chosen):
        segments.set_value("b")
    assert [segments.button(value).isChecked() for value in "rgb"] == [False, False, True]


def test_only_a_clearable_choice_can_be_taken_back(qtbot, shown):
    fixed, free = shown(Segments("a", COLOURS)), shown(Segments("b", COLOURS, clearable=True))
    for segments in (fixed, free):
        qtbot.mouseClick(segments.button("r"), LEFT)
        qtbot.mouseClick(segments.button("r"), LEFT)
    assert (fixed.value, free.value) == ("r", None)


def test_the_arrow_keys_go_from_choice_to_choice(qtbot, shown):
    segments = shown(Segments("colour", COLOURS))
    segments.set_value("r")
    segments.button("r").setFocus()
    qtbot.keyClick(segments.button("r"), Qt.Key.Key_Right)
    assert segments.value == "g"


def test_other_options_keep_the_value_that_is_still_among_them(shown):
    segments = shown(Segments("colour", COLOURS))
    segments.set_value("g")
    segments.set_options(COLOURS[1:])
    assert segments.value == "g"
    assert segments.button("g").isChecked()


def test_pain_is_rated_from_0_to_10(shown):
    scale = shown(rating("pain", touch=False))
    assert [scale.button(n).text() for n in range(11)] == [str(n) for n in range(11)]
    assert scale.button(10).accessibleName() == "10, worst imaginable pain"


def test_a_rating_takes_two_rows_for_fingers(shown):
    scale = shown(rating("pain", touch=True))
    assert scale.button(6).y() > scale.button(5).y()
    scale.set_columns(11)
    scale.layout().activate()
    assert scale.button(10).y() == scale.button(0).y()


def test_chips_are_chosen_in_any_number(qtbot, shown):
    chips = shown(Chips("colours", COLOURS))
    qtbot.mouseClick(chips.button("r"), LEFT)
    with qtbot.waitSignal(chips.chosen) as told:
        qtbot.mouseClick(chips.button("b"), LEFT)
    assert told.args == [frozenset("rb")]


def test_a_switch_is_turned_by_the_space_bar(qtbot, shown):
    switch = shown(Switch("bones", "Bones", Theme.load("light")))
    qtbot.keyClick(switch, Qt.Key.Key_Space)
    assert switch.isChecked()


def test_a_list_keeps_its_choice_when_filled_again(shown):
    choice = shown(DropDown("muscle", Theme.load("light")))
    choice.fill([(None, "None"), ("a", "First"), ("b", "Second")], "b")
    assert choice.currentText() == "Second"
    choice.fill([(None, "None"), ("b", "Second")], "b")
    assert choice.currentText() == "Second"
    choice.fill([(None, "None")], "b")
    assert choice.currentIndex() == -1


def test_what_is_being_typed_is_not_disturbed(qtbot, shown):
    note = shown(NoteEdit("note", ""))
    note.set_text("as stored")
    qtbot.keyClicks(note, "and ")
    note.set_text("as stored")
    assert note.toPlainText() == "and as stored"
    note.set_text("changed elsewhere")
    assert note.toPlainText() == "changed elsewhere"


def test_a_field_says_what_is_wrong_with_it(shown):
    field = shown(Field("Name", Segments("name", COLOURS)))
    field.set_problem("It is missing.")
    assert field.problem == "It is missing."
    assert field.control.accessibleDescription() == "It is missing."
    field.set_problem("")
    assert field.problem == ""


def test_a_line_that_does_not_fit_has_the_whole_in_its_tip(shown):
    line = shown(ElidedLabel("name", "name"))
    line.setText("<b>Example</b>, Amara Aurelia of the Long Name")
    line.resize(80, 20)
    line.grab()
    assert line.toolTip().startswith("<span>&lt;b&gt;Example")
    line.resize(800, 20)
    line.grab()
    assert line.toolTip() == ""


def test_the_file_dialog_answers_with_a_pdf(qtbot, shown, tmp_path):
    parent, answers = shown(QWidget()), []
    FileDialogSaveAs(parent).ask(str(tmp_path), "visit.pdf", answers.append)
    dialog = parent.findChild(QFileDialog)
    dialog.accept()
    qtbot.waitUntil(lambda: answers == [tmp_path / "visit.pdf"])


def test_a_dismissed_file_dialog_answers_nothing(shown, tmp_path):
    parent, answers = shown(QWidget()), []
    FileDialogSaveAs(parent).ask(str(tmp_path), "visit.pdf", answers.append)
    parent.findChild(QFileDialog).reject()
    assert answers == []
