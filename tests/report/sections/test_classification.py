"""Classification: runs of one tag together, scores beside matrices, change against a baseline."""

from dataclasses import replace

import numpy as np
import pytest

from reportgen import Experiment, Options, build
from reportgen.figures.canvas.style import run_styles
from reportgen.frames.experiment import COLUMNS, frame
from reportgen.outputs.html.html import page
from reportgen.report.blocks import FigureBlock, Notice
from reportgen.report.draw import draw
from reportgen.report.sections import classification
from reportgen.report.table import Table

GOOD, FAIR, BAD = ([[9.0, 1.0], [0.0, 10.0]], [[8.0, 2.0], [2.0, 8.0]], [[5.0, 5.0], [5.0, 5.0]])
ANIMALS = ("cat", "dog")
DASH = "\N{EN DASH}"


def experiment_of(rows):
    """Rows of run, tag, step, matrix and labels; a run "a/val" is of group "a", split "val"."""
    names = list(dict.fromkeys(row[0] for row in rows))
    frames = {kind: frame(kind) for kind in COLUMNS}
    run, tag, step, content, labels = (list(column) for column in zip(*rows, strict=True))
    frames["confusions"] = frame(
        "confusions",
        {
            "run": run,
            "tag": tag,
            "step": step,
            "wall_time": [float(item) for item in step],
            "matrix": [np.asarray(item, float) for item in content],
            "labels": labels,
        },
    )
    columns = {name: [0] * len(names) for name in COLUMNS["runs"]}
    parts = [name.partition("/") for name in names]
    columns |= {
        "run": names,
        "group": [item[0] for item in parts],
        "split": [item[2] for item in parts],
    }
    columns |= {name: [""] * len(names) for name in ("path", "status")}
    frames["runs"] = frame("runs", columns)
    return Experiment(paths=("demo",), **frames)


def blocks_of(rows, baseline=""):
    content = experiment_of(rows)
    return classification.blocks(content, run_styles(list(content.runs["run"])), baseline)


def titles(blocks):
    return [
        block.chart.title if isinstance(block, FigureBlock) else block.title for block in blocks
    ]


def changes(blocks):
    """The change of each run, by its name."""
    return {
        block.runs[0]: block.chart
        for block in blocks
        if isinstance(block, FigureBlock) and block.chart.kind == "confusion_change"
    }


def test_runs_of_one_tag_stand_together_the_most_accurate_first():
    rows = [
        (run, tag, step, matrix, ANIMALS)
        for run, matrix in (("b", FAIR), ("a", GOOD))
        for tag in ("val/confusion", "test/confusion")
        for step in (0, 1)
    ]
    assert titles(blocks_of(rows)) == [
        title
        for tag in ("val/confusion", "test/confusion")
        for title in (
            f"{tag}, 2 runs",
            *(
                f"{tag}, {run}, {what}"
                for run in ("a", "b")
                for what in ("step 1", "classes", "change")
            ),
        )
    ]


def test_the_table_of_runs_compares_their_last_matrices():
    rows = [
        ("b", "m", 0, FAIR, ANIMALS),
        ("a", "m", 0, GOOD, ANIMALS),
        ("c", "m", 0, np.zeros((2, 2)), ANIMALS),
    ]
    table = blocks_of(rows)[0]
    assert [cell.text for cell in table.rows[0]] == [
        "a",
        "0",
        "0.950",
        "0.955",
        "0.950",
        "0.950",
        "20",
    ]
    assert [row[0].text for row in table.rows] == ["a", "b", "c"]
    assert [row[2].best for row in table.rows] == [True, False, False]
    assert table.rows[2][2].text == DASH


def test_scores_stand_beside_the_matrix_in_three_decimals_with_averages_last():
    matrix, table, *_ = blocks_of([("a", "m", 0, GOOD, ANIMALS)])
    assert (matrix.wide, table.wide, table.headed, table.foot) == (False, False, True, 2)
    assert (matrix.runs, table.runs) == (("a",), ("a",))
    assert [[cell.text for cell in row] for row in table.rows] == [
        ["cat", "1.000", "0.900", "0.947", "10"],
        ["dog", "0.909", "1.000", "0.952", "10"],
        ["macro average", "0.955", "0.950", "0.950", "20"],
        ["weighted average", "0.955", "0.950", "0.950", "20"],
    ]


def test_what_is_undefined_is_a_dash_and_told():
    table = blocks_of([("a", "m", 0, [[9, 0, 0], [1, 0, 0], [0, 0, 0]], ("x", "y", "z"))])[1]
    assert [[cell.text for cell in row] for row in table.rows[1:3]] == [
        ["y", DASH, "0.000", "0.000", "1"],
        ["z", DASH, DASH, DASH, "0"],
    ]
    assert "2 classes were never predicted and have no precision" in table.note
    assert "1 class was never met and has no recall" in table.note


def test_of_very_many_classes_the_worst_are_shown_and_the_others_counted():
    matrix = np.diag(np.arange(1.0, 1001.0))
    matrix[700:, 0] = 5_000.0
    table = blocks_of([("a", "m", 0, matrix, tuple(f"c{i}" for i in range(1000)))])[1]
    assert len(table.rows) == 62
    assert table.rows[0][0].text == "c0"
    assert "The 60 classes with the lowest F1 of 1,000" in table.note


def test_the_change_is_against_the_baseline_s_last_matrix():
    rows = [
        ("base", "m", 0, BAD, ANIMALS),
        ("base", "m", 5, FAIR, ANIMALS),
        ("new", "m", 0, BAD, ANIMALS),
        ("new", "m", 7, GOOD, ANIMALS),
    ]
    result = changes(blocks_of(rows, "base"))
    np.testing.assert_allclose(result["new"].change, [[0.1, -0.1], [-0.2, 0.2]])
    assert "against the baseline base, step 5" in result["new"].caption()
    assert "against step 0" in result["base"].caption()
    assert "against step 0" in changes(blocks_of(rows))["new"].caption()


def test_a_run_of_one_step_has_a_change_against_the_baseline():
    rows = [("base", "m", 0, FAIR, ANIMALS), ("new", "m", 0, GOOD, ANIMALS)]
    assert list(changes(blocks_of(rows, "base"))) == ["new"]


def test_classes_in_another_order_are_compared_by_name():
    turned = np.asarray(GOOD)[::-1, ::-1]
    rows = [("base", "m", 0, turned, ("dog", "cat")), ("new", "m", 0, GOOD, ANIMALS)]
    assert not changes(blocks_of(rows, "base"))["new"].change.any()


def test_of_several_runs_of_the_baseline_that_of_the_same_split_is_taken():
    rows = [
        ("base/train", "m", 0, BAD, ANIMALS),
        ("base/val", "m", 0, FAIR, ANIMALS),
        ("new/val", "m", 0, GOOD, ANIMALS),
    ]
    assert "the baseline base/val" in changes(blocks_of(rows, "base"))["new/val"].caption()


@pytest.mark.parametrize(
    ("other", "said"),
    [
        (("base", "m", 0, FAIR, ("cat", "fox")), "The baseline base has other classes"),
        (("base", "m", 0, np.eye(3), ("cat", "dog", "fox")), "The baseline base has other classes"),
        (("base", "n", 0, FAIR, ANIMALS), "The baseline base has no m"),
    ],
)
def test_why_the_baseline_is_not_compared_with_is_told(other, said):
    rows = [other, ("new", "m", 0, BAD, ANIMALS), ("new", "m", 7, GOOD, ANIMALS)]
    caption = changes(blocks_of(rows, "base"))["new"].caption()
    assert caption.startswith(f"{said}, so this is against the first step.")
    assert "against step 0" in caption
    alone = [other, ("new", "m", 7, GOOD, ANIMALS)]
    (notice,) = [item for item in blocks_of(alone, "base") if isinstance(item, Notice)]
    assert notice.text == f"m, new, change: not drawn. {said}, and there is no earlier step."


def test_of_more_than_60_classes_the_change_is_told():
    names = tuple(f"c{index}" for index in range(61))
    rows = [("a", "m", 0, np.ones((61, 61)), names), ("a", "m", 5, np.eye(61), names)]
    top, table, notice = blocks_of(rows)
    assert top.chart.kind == "top_confusions"
    assert isinstance(table, Table)
    assert notice.text == (
        "m, a: accuracy 100.0%, and 1.6% of step 0; of more than 60 classes no change is drawn."
    )


def test_hostile_names_are_text_on_the_page():
    names = ("<b>x</b>" * 40, "שלום", "混同行列", "a|b`c`", "\x07\n")
    matrix = np.eye(5) * 3
    content = experiment_of([(f"r{i}<i>", "m", i, matrix, names) for i in range(3)])
    report = replace(build(content, Options()), experiment=content)
    drawings = draw(report, svg=[block.id for block in report.figures()])
    text = page(report, drawings, inline=False, icon="icon.svg").decode()
    assert "<b>x" not in text
    assert "r0<i>" not in text
    assert text.count("<tfoot>") == 3
    assert 'id="table-m-r0-i-classes"' in text
    assert text.count("<figure") == text.count("<figcaption")


def test_thirty_runs_are_all_there():
    rows = [(f"r{i}", "m", 0, np.eye(3) + i, ("a", "b", "c")) for i in range(30)]
    result = blocks_of(rows)
    assert len(result[0].rows) == 30
    assert sum(isinstance(item, FigureBlock) for item in result) == 30
