"""The values of a family of tags as a matrix."""

import numpy as np
import pandas as pd
import pytest

from reportgen.analysis.family_grid import MAX_COLUMNS, family_grid
from reportgen.analysis.tag_families import tag_families


def rows_of(steps, value):
    """Rows of nine layers, and of a tag that is no member."""
    rows = [
        (f"layers/{layer}/norm", step, value(layer, step)) for layer in range(9) for step in steps
    ]
    return pd.DataFrame([*rows, ("loss", 0, 7.0)], columns=["tag", "step", "value"])


def grid_of(rows):
    (family,) = tag_families(rows["tag"])
    return family_grid(family, rows)


def test_a_row_is_a_member_and_a_column_a_step():
    grid = grid_of(rows_of([0, 10, 30], lambda layer, step: layer + step))
    assert grid.cells.shape == (9, 3)
    assert grid.cells[2].tolist() == [2, 12, 32]
    assert grid.edges.tolist() == [0, 5, 20, 30]
    assert grid.ends[2].tolist() == [2, 32, 2, 32]
    assert (grid.first_step, grid.last_step) == (0, 30)


def test_many_steps_are_averaged_in_columns():
    grid = grid_of(rows_of(range(480), lambda _, step: step))
    assert grid.cells.shape == (9, MAX_COLUMNS)
    assert grid.cells[0, 0] == pytest.approx(4.5)


def test_what_is_not_finite_is_left_out_and_counted():
    grid = grid_of(rows_of([0, 1], lambda layer, step: np.nan if layer == 3 else float(step)))
    assert np.isnan(grid.cells[3]).all()
    assert grid.not_finite == 2
    assert grid.odd is None


def test_the_largest_numbers_do_not_overflow():
    grid = grid_of(rows_of(range(100), lambda _, __: 1.7e308))
    assert np.isfinite(grid.cells).all()


def test_the_last_value_of_a_step_counts_and_one_step_is_enough():
    rows = rows_of([4], lambda layer, _: layer)
    grid = grid_of(pd.concat([rows, rows.assign(value=rows["value"] + 100)]))
    assert grid.cells[:, 0].tolist() == list(range(100, 109))
    assert grid.edges.tolist() == [3.5, 4.5]
