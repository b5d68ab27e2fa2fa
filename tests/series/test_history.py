import numpy as np
import pandas as pd

from reportgen.series.history import history, totals


def rows(values):
    return pd.DataFrame({"run": "a", "tag": "t", "step": np.arange(len(values)), "value": values})


def test_few_values_are_all_in_the_sample_and_all_marked():
    series = history(rows([1.0, np.nan, 0.0, np.inf, 2.0]))
    assert series.sample().tolist() == [0, 2, 4]
    assert series.marks().tolist() == [1, 3]
    assert (series.points, series.bad, series.not_positive) == (5, 2, 1)


def test_of_many_values_every_nth_and_the_last_are_in_the_sample():
    series = history(rows(np.arange(3_000.0)))
    assert series.sample().tolist() == [*range(0, 3_000, 4), 2_999]


def test_of_many_bad_values_every_nth_is_marked_and_all_are_counted():
    series = history(rows(np.full(1_025, np.nan)))
    assert series.marks().tolist() == list(range(0, 1_025, 2))
    assert series.bad == 1_025
    assert not len(series.sample())
    assert not len(series.drawn(100))


def test_a_frame_of_all_rows_is_counted_by_its_rows():
    frame = rows([1.0, np.nan])
    assert totals(frame) == (2, 1)
