"""Ranks of one run: their spread is drawn, and the straggler is named."""

from dataclasses import astuple

import numpy as np
import pandas as pd
import pytest

from reportgen.analysis.ranks import members
from reportgen.figures.canvas.style import run_styles
from reportgen.figures.curves import line_ranks

NAMES = [f"gpu_{rank}" for rank in range(4)]
STYLES = run_styles(NAMES)


def log(rates, values=lambda rank, step: rank + step, steps=20):
    """Scalars of four ranks, each with so many steps a second."""
    rows = [
        (f"gpu_{rank}", "loss", step, 1e9 + step / rate, float(values(rank, step)))
        for rank, rate in enumerate(rates)
        for step in range(steps)
    ]
    return pd.DataFrame(rows, columns=["run", "tag", "step", "wall_time", "value"])


def test_the_mean_is_drawn_over_the_ranks_from_lowest_to_highest():
    chart = line_ranks.prepare("loss", log([1, 1, 1, 1]), NAMES, STYLES)
    lines = {line.get_gid(): line.get_ydata() for line in chart.draw().axes[0].get_lines()}
    np.testing.assert_array_equal(lines["line-3"], 2 + np.arange(20))
    np.testing.assert_array_equal(lines["mean"], 1.5 + np.arange(20))
    assert chart.data()[["lowest", "highest"]].iloc[5].tolist() == [5, 8]


def test_where_it_is_not_drawn_the_mean_stands_for_it():
    chart = line_ranks.prepare("loss", log([1, 1, 1, 1]), NAMES, STYLES)
    np.testing.assert_array_equal(astuple(chart.sparkline())[0], 1.5 + np.arange(20))


def test_the_straggler_is_named_by_steps_per_second():
    chart = line_ranks.prepare_speed("speed", log([10, 10, 6, 10]), NAMES, STYLES)
    slow = "gpu_2 is the straggler: 6 steps a second (167 ms a step)"
    assert f"{slow}; the median of all is 10 steps a second (100 ms a step)." in chart.caption()
    assert chart.data()["mean time per step (s)"].iloc[0] == pytest.approx(1 / 9)
    assert chart.marked == 2
    even = line_ranks.prepare_speed("speed", log([10, 10, 9.9, 10]), NAMES, STYLES)
    assert "All ranks are equally fast: 10 steps a second (100 ms a step)." in even.caption()


def test_a_pause_before_a_restart_is_no_time_of_a_step():
    frame = log([10, 10, 6, 10], steps=301)
    frame.loc[frame["step"] > 150, "wall_time"] += 7200
    chart = line_ranks.prepare_speed("speed", frame, NAMES, STYLES)
    assert "gpu_2 is the straggler: 6.02 steps a second" in chart.caption()


def test_wall_times_that_stand_still_are_told():
    for wall_time in (0.0, 1e9):
        chart = line_ranks.prepare_speed(
            "speed", log([1] * 4).assign(wall_time=wall_time), NAMES, STYLES
        )
        assert "The wall times do not show how fast a rank is." in chart.caption()
        chart.draw()


def test_a_rank_that_stands_apart_is_named():
    chart = line_ranks.prepare(
        "throughput",
        log([1] * 4, lambda rank, _: 50 if rank == 1 else 100 + rank),
        NAMES,
        STYLES,
    )
    assert "gpu_1 is an outlier: its median is 50, that of the others 102." in chart.caption()


def test_what_is_not_drawn_of_ranks_is_told():
    frame = log([1] * 4, steps=1000)
    frame.loc[frame["step"] == 7, "value"] = np.nan
    chart = line_ranks.prepare("loss", frame[frame.index != 999], NAMES, STYLES)
    caption = chart.caption()
    assert " of 999 points per line are drawn, including every extreme." in caption
    assert "1 step that not every rank logged left out. 4 values not finite." in caption
    assert "gpu_3 is an outlier" not in caption


def test_the_band_keeps_the_extremes_of_every_rank():
    frame = log([1] * 4, lambda rank, step: 100 if (rank, step) == (2, 500) else rank, steps=1000)
    frame.loc[(frame["run"] == "gpu_1") & (frame["step"] == 501), "value"] = -100
    axes = line_ranks.prepare("loss", frame, NAMES, STYLES).draw().axes[0]
    band = axes.collections[0].get_paths()[0].vertices[:, 1]
    assert (band.min(), band.max()) == (-100, 100)


def test_a_rank_with_values_that_are_not_finite_has_a_middle():
    frame = log([1] * 4, lambda rank, step: np.nan if step == 3 else 50 if rank == 1 else 100)
    caption = line_ranks.prepare("throughput", frame, NAMES, STYLES).caption()
    assert "gpu_1 is an outlier: its median is 50, that of the others 100." in caption


def test_one_step_of_ranks_is_dots_and_none_that_is_finite_is_told():
    axes = line_ranks.prepare("loss", log([1] * 4, steps=1), NAMES, STYLES).draw().axes[0]
    assert {line.get_marker() for line in axes.get_lines()} == {"o"}
    lost = line_ranks.prepare("loss", log([1] * 4, lambda *_: np.nan), NAMES, STYLES).draw().axes[0]
    assert [text.get_text() for text in lost.texts] == ["no finite value"]


def test_ranks_without_a_step_in_common_are_told():
    frame = log([1] * 4)
    frame["step"] += 100 * frame["run"].str[-1].astype(int)
    chart = line_ranks.prepare("loss", frame, NAMES, STYLES)
    assert chart.caption() == "The ranks have no step in common."
    chart.draw()


def test_ranks_belong_to_the_directory_that_they_share():
    runs = pd.DataFrame({"run": ["a/gpu_1", "a/gpu_0", "b/gpu_0", "c"], "rank": [1, 0, 0, -1]})
    assert members(runs) == {"a": ["a/gpu_0", "a/gpu_1"]}
