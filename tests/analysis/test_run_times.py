"""Durations exclude pauses of a run, and the time between runs."""

import numpy as np
import pandas as pd
import pytest

import reportgen
from reportgen.analysis.run_times import working_time
from reportgen.frames.experiment import frame


def scalars(times, run="a", tag="loss"):
    times = np.asarray(times, float)
    columns = {"run": [run] * len(times), "tag": [tag] * len(times), "step": range(len(times))}
    return frame("scalars", columns | {"wall_time": times, "value": times})


def joined(*frames):
    return pd.concat(frames).astype({"run": "category", "tag": "category"})


def test_pauses_are_subtracted():
    times = 1e9 + np.concatenate([np.arange(100), 90_000 + np.arange(100)])
    assert working_time(scalars(times)) == (198, 90_000 - 99)


def test_time_between_runs_does_not_count_and_shared_time_counts_once():
    first, second = 1e9 + np.arange(101.0), 1e9 + 50 + np.arange(101.0)
    later = 2e9 + np.arange(11.0)
    runs = joined(scalars(first), scalars(second, "b"), scalars(later, "c"))
    assert working_time(runs) == (160, 0)


def test_missing_wall_times_give_no_duration():
    assert np.isnan(working_time(scalars([0, 1, 2]))[0])


def test_lower_steps_of_another_tag_are_not_a_restart():
    times = 1e9 + 120 * np.arange(10.0)
    both = joined(scalars(times), scalars(times + 60.5, tag="epoch"))
    both.loc[both["tag"] == "epoch", "step"] = 0
    assert working_time(both)[1] == 0


@pytest.mark.parametrize(
    ("steps", "text"),
    [(range(200), "200 steps (0 to 199)"), ([0, 9], "steps 0 to 9"), ([7], "step 7")],
)
def test_steps_are_counted_as_they_are(tmp_path, steps, text):
    from tensorboardX import SummaryWriter

    with SummaryWriter(str(tmp_path)) as writer:
        for step in steps:
            writer.add_scalar("loss", 1, step)
    assert text in reportgen.build(reportgen.read(tmp_path)).facts


def test_a_run_without_values_shows_no_step(tmp_path):
    from tensorboardX import SummaryWriter

    for name in ("a", "b"):
        with SummaryWriter(str(tmp_path / name)) as writer:
            if name == "a":
                writer.add_scalar("loss", 1, 3)
    report = reportgen.build(reportgen.read(tmp_path))
    assert "-1" not in str(report.summary.rows)
    assert "-1" not in str(report.facts)
