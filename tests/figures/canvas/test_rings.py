"""Rings stand where something happened in charts that have no lines of runs."""

import re

import numpy as np
import pandas as pd
import pytest

from reportgen.figures.canvas import style
from reportgen.figures.canvas.rings import RingPlace, at_steps, draw_rings
from reportgen.figures.canvas.style import new_figure, styled
from reportgen.figures.classification import confusion
from reportgen.figures.distributions import heat_map, percentiles, ridgeline
from reportgen.figures.mark import Mark

BLUE = style.RunStyle("#0072b2", "-")


def mark(number, step=0, **others):
    return Mark(number, "note", "run", step, step, **others)


def rings(figure):
    """Place of each ring by its id, in pixels from the lower left corner."""
    places = {}
    for artist in figure.axes[0].lines:
        if re.fullmatch(r"mark-\d+", str(artist.get_gid())):
            places.setdefault(str(artist.get_gid()), []).append(
                tuple(float(axis[0]) for axis in artist.get_data())
            )
    return places


def test_rings_of_one_place_stand_side_by_side():
    with styled():
        figure, axes = new_figure()
        axes.set(xlim=(0, 10), ylim=(0, 1))
        draw_rings(figure, axes, at_steps([mark(1, 5), mark(2, 5)]))
    (first,), (second,) = rings(figure).values()
    assert first[1] == second[1]
    assert first[0] - second[0] >= 17


@pytest.mark.parametrize("x", [-1e9, 0, 10, 1e9, np.nan])
def test_rings_stay_inside_the_figure(x):
    with styled():
        figure, axes = new_figure()
        axes.set(xlim=(0, 10), ylim=(0, 1))
        draw_rings(figure, axes, [RingPlace(mark(1), x, np.nan)])
    ((place,),) = rings(figure).values()
    width, height = figure.get_size_inches() * style.PIXELS_PER_INCH
    assert 8 <= place[0] <= width - 8
    assert 8 <= place[1] <= height - 8


@pytest.mark.parametrize("form", [heat_map, percentiles, ridgeline])
def test_histograms_have_a_ring_at_the_step(form):
    edges, count = np.linspace(-1, 1, 11), np.arange(10.0)
    logged = {"left": [edges[:-1]] * 3, "right": [edges[1:]] * 3, "count": [count] * 3}
    sums = dict.fromkeys(("num", "sum", "sum_squares"), np.nan)
    histograms = pd.DataFrame({"step": [0, 10, 20], **logged, **sums})
    chart = form.prepare("act", histograms, BLUE).with_marks([mark(3, 10)])
    assert list(rings(chart.draw())) == ["mark-3"]


def test_confused_classes_are_framed_where_they_are_drawn():
    matrix = np.diag([9.0, 9.0, 9.0])
    matrix[2, 0] = 5
    chart = confusion.prepare("val", matrix, ["a", "b", "c"])
    figure = chart.with_marks([mark(2, cells=((2, 0),))]).draw()
    [frame] = [patch for patch in figure.axes[0].patches if not patch.get_fill()]
    assert frame.get_xy() == (0, 2)
    assert list(rings(figure)) == ["mark-2"]


def test_several_cells_of_one_statement_have_rings_with_ids_of_their_own():
    matrix = np.diag([9.0, 9.0, 9.0]) + 3
    cells = ((0, 1), (1, 2))
    figure = confusion.prepare("val", matrix, ["a", "b", "c"]).with_marks([mark(2, cells=cells)])
    assert {"mark-2", "mark-2-2"} <= {line.get_gid() for line in figure.draw().axes[0].lines}


def test_cells_that_are_not_in_the_matrix_are_passed_over():
    chart = confusion.prepare("val", np.eye(2), ["a", "b"])
    assert not rings(chart.with_marks([mark(1, cells=((4, 0),))]).draw())
