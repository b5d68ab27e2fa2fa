"""Every run's value is a ring in its group's row; the mean has its interval."""

import numpy as np
import pytest
from scipy import stats

from figures import shared
from reportgen.analysis.groups.group_results import group_results
from reportgen.analysis.groups.seed_groups import SeedGroup
from reportgen.figures.canvas.style import RunStyle
from reportgen.figures.groups import group_values

VALUES = {"a/0": 3.0, "a/1": 5.0, "a/2": 4.0, "b/0": 1.0, "b/1": 1.5, "b/2": 2.0}


def chart(values=VALUES):
    names = list(dict.fromkeys(run.partition("/")[0] for run in values))
    groups = [
        SeedGroup(name, tuple(run for run in values if run.startswith(f"{name}/")))
        for name in names
    ]
    styles = {run: RunStyle("#d55e00", "-") for run in values}
    results = group_results(groups, values, "up")
    return group_values.prepare("Each seed", "acc", "up", "last 5 evaluations", results, styles)


def lines_of(figure, prefix):
    return [line for line in figure.axes[0].get_lines() if line.get_gid().startswith(prefix)]


def test_rings_means_and_intervals_stand_in_rows_the_best_on_top():
    figure = chart().draw()
    rings = lines_of(figure, "point-")
    assert [float(ring.get_xdata()[0]) for ring in rings] == [3, 5, 4, 1, 1.5, 2]
    assert [int(ring.get_ydata()[0]) for ring in rings] == [0, 0, 0, -1, -1, -1]
    assert {ring.get_markerfacecolor() for ring in rings} == {"#ffffff"}
    assert [float(mean.get_xdata()[0]) for mean in lines_of(figure, "mean-")] == [4, 1.5]
    expected = stats.t.interval(0.95, 2, loc=4, scale=stats.sem([3, 4, 5]))
    assert lines_of(figure, "interval-1")[0].get_xdata() == pytest.approx(expected)
    labels = [label.get_text() for label in figure.axes[0].get_yticklabels()]
    assert labels == ["a", "b"]
    shared.check(chart())


def test_what_is_missing_or_cut_is_told():
    made = chart({"a/0": 3.0, "a/1": 3.1, "b/0": 1.0, "c/0": np.nan, "b/1": 9.0})
    assert "Longer than the axis: b (\N{MINUS SIGN}45.82 to 55.82)." in made.caption()
    assert "No interval for one seed: a." in chart({"a/0": 3.0}).caption()
    assert (
        "1 run left out, without a value that has a mean."
        in chart({"a/0": 3.0, "a/1": np.inf}).caption()
    )
    shared.check(made)


def test_the_table_has_a_row_a_run():
    frame = chart().data()
    assert frame["run"].tolist() == list(VALUES)
    assert frame["acc"].tolist() == list(VALUES.values())


@pytest.mark.parametrize("value", [0.0, 1e300, -1e-300, 1.7e308])
def test_hostile_values_are_drawn_or_told(value):
    shared.check(chart({"a/0": value, "a/1": value, "b/0": -value, "b/1": 1.0}))
