"""Confusion matrices at every size, and what changed in them."""

from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex

from reportgen.analysis import matrices
from reportgen.figures.canvas import style
from reportgen.figures.classification import (
    confusion,
    confusion_change,
    confusion_steps,
    matrix_grid,
    top_confusions,
)
from reportgen.figures.encoding import encode

ORANGE = style.RunStyle("#d55e00", "-")


def labels(size):
    return tuple(f"class {index}" for index in range(size))


def blocks(size, group=4):
    """A matrix whose classes are confused within groups, in an order that hides the groups."""
    matrix = np.diag(np.full(size, 50.0))
    for row in range(size):
        for column in range(size):
            if row != column and row % (size // group) == column % (size // group):
                matrix[row, column] = 10
    return matrix


def cells(figure):
    """Count of every cell by row and column."""
    texts = [text.get_text() for text in figure.axes[0].texts]
    return [text for text in texts if "%" not in text]


def test_counts_and_row_shares_stand_in_the_cells():
    chart = confusion.prepare("m", np.array([[3.0, 1.0], [0.0, 6.0]]), ("cat", "dog"))
    figure = chart.draw()
    assert cells(figure) == ["3", "1", "0", "6"]
    assert [t.get_text() for t in figure.axes[0].texts if "%" in t.get_text()] == [
        "75%",
        "25%",
        "0%",
        "100%",
    ]
    mesh = figure.axes[0].collections[0].get_array()
    np.testing.assert_allclose(mesh, [[0.75, 0.25], [0, 1]])
    assert "9 of 10 right (90.0%)" in chart.caption()
    assert "cat is most often taken for dog (1 of 4)" in chart.caption()


def test_the_table_has_precision_recall_f1_and_support():
    data = confusion.prepare("m", np.array([[3.0, 1.0], [0.0, 6.0]]), ("cat", "dog")).data()
    assert data["precision"].tolist() == pytest.approx([1, 6 / 7])
    assert data["recall"].tolist() == pytest.approx([0.75, 1])
    assert data["F1"].tolist() == pytest.approx([6 / 7, 12 / 13])
    assert data["support"].tolist() == [4, 6]


def test_many_classes_stand_beside_those_that_they_are_taken_for():
    matrix = blocks(32)
    chart = confusion.prepare("m", matrix, labels(32))
    groups = [index % 8 for index in chart.order]
    changes = sum(a != b for a, b in pairwise(groups))
    assert sorted(chart.order) == list(range(32))
    assert changes == 7
    drawn = chart.draw().axes[0]
    assert not drawn.texts
    np.testing.assert_array_equal(
        np.ravel(drawn.collections[0].get_array()),
        np.ravel(matrices.row_shares(matrix)[np.ix_(chart.order, chart.order)]),
    )


def test_the_top_confusions_are_the_most_frequent_ones():
    matrix = np.diag(np.full(100, 20.0))
    matrix[3, 7], matrix[9, 2] = 30, 5
    chart = top_confusions.prepare("m", matrix, labels(100), ORANGE)
    axes = chart.draw().axes[0]
    assert [bar.get_width() for bar in axes.patches] == [30, 5]
    assert {to_hex(bar.get_facecolor()) for bar in axes.patches} == {ORANGE.color}
    texts = [text.get_text() for text in axes.texts]
    assert texts[:6] == ["actual", "→", "predicted", "class 3", "→", "class 7"]
    assert texts[-2:] == ["30 (60%)", "5 (20%)"]
    assert "The 2 most frequent confusions are 100.0% of all." in chart.caption()


def test_the_change_is_in_points_of_each_row():
    before, now = np.array([[5.0, 5.0], [0.0, 10.0]]), np.array([[10.0, 0.0], [2.0, 8.0]])
    chart = confusion_change.prepare("m", before, now, ("cat", "dog"), "step 0")
    np.testing.assert_allclose(chart.change, [[0.5, -0.5], [0.2, -0.2]])
    assert cells(chart.draw()) == ["+50", "\N{MINUS SIGN}50", "+20", "\N{MINUS SIGN}20"]
    assert "Accuracy 75.0% then, 90.0% now. cat (50 points) gained most." in chart.caption()


def test_matrices_over_steps_stand_beside_one_another():
    frame = pd.DataFrame(
        {
            "step": range(10),
            "matrix": [np.array([[step, 10.0 - step], [0, 10.0]]) for step in range(10)],
            "labels": [("a", "b")] * 10,
        }
    )
    chart = confusion_steps.prepare("m", frame)
    figure = chart.draw()
    assert [axes.get_title() for axes in figure.axes] == [f"step {n}" for n in (0, 2, 4, 5, 7, 9)]
    assert "Accuracy is best at step 9: 95.0%." in chart.caption()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("size", "value"),
    [(size, 1.0) for size in (0, 1, 20, 21, 60, 61)]
    + [(60, 1e300)]
    + [(2, value) for value in (0.0, 1e300, 1e-300, np.nan, np.inf, -1.0)],
)
def test_hostile_matrices_are_drawn_or_told(size, value, checked):
    if value == 1e300 and size > 2:
        value = 1e290
    matrix = np.full((size, size), value)
    names = tuple(f"{'שלום 混同 &<' * 20}{index}" for index in range(size))
    checked(top_confusions.prepare("m", matrix, names, ORANGE))
    if size <= 60 and size:
        checked(confusion.prepare("m", matrix, names))
        checked(confusion_change.prepare("m", matrix[::-1], matrix, names, "step 1"))


@pytest.mark.parametrize("value", [np.nan, np.inf, -1.0])
def test_what_is_no_count_is_told(value):
    matrix = np.array([[3.0, value], [0.0, 6.0]])
    said = "1 cell holds no count (NaN, infinite or negative), taken as 0."
    assert said in confusion.prepare("m", matrix, ("a", "b")).caption()
    assert said in confusion_change.prepare("m", np.eye(2), matrix, ("a", "b"), "x").caption()
    assert said in top_confusions.prepare("m", matrix, ("a", "b"), ORANGE).caption()
    assert said in steps_of([np.eye(2), matrix]).caption()


def steps_of(matrices):
    columns = {"step": range(len(matrices)), "matrix": matrices}
    return confusion_steps.prepare(
        "m", pd.DataFrame(columns | {"labels": [labels(len(matrix)) for matrix in matrices]})
    )


def test_matrices_of_another_size_are_left_out_and_told():
    chart = steps_of([np.eye(2), np.eye(3), np.eye(3)])
    assert chart.steps == (1, 2)
    assert "1 matrix of another number of classes left out." in chart.caption()


def test_a_class_without_a_name_is_called_by_its_place():
    chart = confusion.prepare("m", np.eye(3), ("cat",))
    assert chart.labels == ("cat", "1", "2")
    assert len(cells(chart.draw())) == 9


def test_a_row_of_nothing_has_no_shares():
    chart = confusion.prepare("m", np.array([[3.0, 1.0], [0.0, 0.0]]), ("cat", "dog"))
    texts = [text.get_text() for text in chart.draw().axes[0].texts]
    assert texts == ["3", "75%", "1", "25%", "0", "0"]


def test_a_class_that_one_of_two_matrices_never_met_has_no_change():
    before, now = np.array([[5.0, 5.0], [0.0, 0.0]]), np.array([[10.0, 0.0], [2.0, 8.0]])
    chart = confusion_change.prepare("m", before, now, ("cat", "dog"), "step 0")
    assert cells(chart.draw()) == ["+50", "\N{MINUS SIGN}50"]
    assert "1 row is blank: one of the two matrices has no example of the class." in chart.caption()
    assert chart.data()["predicted cat"].isna().tolist() == [False, True]


def test_matrices_of_many_classes_share_one_order():
    matrix = blocks(32)
    order = confusion.prepare("m", matrix, labels(32)).order
    change = confusion_change.prepare("m", np.eye(32), matrix, labels(32), "step 0")
    np.testing.assert_array_equal(change.order, order)
    shown = steps_of([matrix, matrix]).draw().axes[-1].collections[0].get_array()
    expected = matrices.row_shares(matrix)[np.ix_(order, order)]
    np.testing.assert_array_equal(np.ravel(shown), np.ravel(expected))


@pytest.mark.filterwarnings("ignore:Glyph")  # of a font that has not all scripts
@pytest.mark.parametrize("size", [1, 2, 3, 8, 20, 60])
@pytest.mark.parametrize("name", ["c", "class", "n" * 300, "混同行列" * 9, "שלום עולם", "<b>&amp;"])
def test_everything_in_a_matrix_stands_within_its_figure(size, name):
    names = tuple(f"{name}{index}" for index in range(size))
    figure = confusion.prepare("m", np.full((size, size), 1234.0), names).draw()
    FigureCanvasAgg(figure).draw()
    width, height = encode.size(figure)
    axes = figure.axes[0]
    texts = [*axes.get_xticklabels(), *axes.get_yticklabels(), axes.xaxis.label, axes.yaxis.label]
    for text in texts:
        box = text.get_window_extent()
        assert -1 <= box.x0 <= box.x1 <= width + 1, text
        assert -1 <= box.y0 <= box.y1 <= height + 1, text
    assert width == 440
    assert height <= 490


@pytest.mark.parametrize("size", [3, 10, 11, 20])
def test_numbers_do_not_leave_their_cells(size):
    values = np.resize([0, 7, 42, 999, 4_321, 16_868, 654_321, 7_654_321, 0.123], (size, size))
    figure = confusion.prepare("m", values.astype(float), labels(size)).draw()
    FigureCanvasAgg(figure).draw()
    axes = figure.axes[0]
    cell = axes.get_window_extent().width / size
    assert max(text.get_window_extent().width for text in axes.texts) <= cell + 1


@pytest.mark.parametrize(
    ("value", "most", "text"),
    [
        (16_868, 5, "16868"),
        (16_868, 4, "17k"),
        (4_321, 3, "4k"),
        (4_321, 4, "4321"),
        (1_234_567, 4, "1.2M"),
        (999_999, 4, "1M"),
        (0.1234, 3, "0.1"),
        (1e300, 3, "1e300"),
    ],
)
def test_a_count_is_written_as_its_cell_allows(value, most, text):
    assert matrix_grid.fitting(value, most) == text


def luminance(color):
    parts = np.array([int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)])
    return np.where(parts <= 0.03928, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4) @ (
        0.2126,
        0.7152,
        0.0722,
    )


def contrast(color, other):
    low, high = sorted((luminance(color), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("dark", [False, True])
def test_numbers_can_be_read_on_every_colour_of_a_change(dark):
    seen = [style.DARK.get(color, color) if dark else color for color in style.CHANGES]
    high, low = (style.DARK[color] if dark else color for color in (style.ON_HIGH, style.ON_LOW))
    assert len(set(seen)) == len(seen) == 32
    assert min(contrast(color, high) for color in seen[:8] + seen[-8:]) >= 4.5
    assert min(contrast(color, low) for color in seen[8:-8]) >= 4.5
