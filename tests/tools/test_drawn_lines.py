from pathlib import Path

import pytest

from tools.draw_atlas.drawn_lines import TABLES, DrawnLineError, read_table


def table(folder: Path, text: str) -> Path:
    (folder / "t.txt").write_text(text, encoding="utf-8")
    return folder


def test_a_row_says_all_about_a_line(tmp_path: Path) -> None:
    text = "# a remark\n\nbrow | pair | fill:feature brow | 2 | 0.5 | ks | 1,2! 3,4 -5,6.5\n"
    (line,) = read_table("t", table(tmp_path, text))
    assert line.id == "brow"
    assert line.where == {"skin", "superficial"}
    assert line.knots == ((1, 2), (3, 4), (-5, 6.5))
    assert line.corners == {0}


@pytest.mark.parametrize(
    "row",
    [
        "brow | pair | line | 2 | 0.5 | 1,2 3,4",
        "brow | both | line | 2 | 0.5 | k | 1,2 3,4",
        "brow | pair | line | 2 | 0.5 | x | 1,2 3,4",
        "brow | pair | line | two | 0.5 | k | 1,2 3,4",
        "brow | pair | line | 2 | 0.5 | k | 1;2 3,4",
    ],
)
def test_a_bad_row_is_named(tmp_path: Path, row: str) -> None:
    with pytest.raises(DrawnLineError, match=r"t\.txt, line 2"):
        read_table("t", table(tmp_path, "# first\n" + row))


@pytest.mark.parametrize("name", sorted(path.stem for path in TABLES.glob("*.txt")))
def test_every_table_can_be_read(name: str) -> None:
    assert read_table(name)
