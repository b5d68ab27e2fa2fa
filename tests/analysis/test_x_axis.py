"""Time on the x axis excludes pauses; epochs are looked up among all scalars."""

import numpy as np

from figures import shared
from reportgen.analysis.x_axis import active_seconds, positioned
from reportgen.choices import XAxis


def test_the_pause_before_a_restart_does_not_count():
    wall = np.concatenate([np.arange(100) * 2.0, 10_000 + np.arange(100) * 2.0])
    steps = np.concatenate([np.arange(100), 60 + np.arange(100)])
    seconds, pauses = active_seconds(wall, steps)
    assert pauses.tolist() == [10_000 - 198]
    assert seconds[-1] == 198 * 2
    assert (np.diff(seconds) >= 0).all()


def test_the_pause_in_a_short_series_does_not_count():
    wall = np.concatenate([np.arange(30) * 80.0, 7_200 + np.arange(30, 50) * 80.0])
    seconds, pauses = active_seconds(wall, np.arange(50))
    assert pauses.tolist() == [7_280]
    assert seconds[-1] == 48 * 80


def test_regular_evaluations_are_not_pauses():
    gaps = np.where(np.arange(1, 1000) % 50 == 0, 120.0, 1.0)
    seconds, pauses = active_seconds(np.concatenate([[0], gaps.cumsum()]), np.arange(1000))
    assert not len(pauses)
    assert seconds[-1] == gaps.sum()


def test_a_few_long_gaps_of_the_same_length_are_regular_work():
    gaps = np.where(np.arange(1, 5001) % 1000 == 0, 600.0, 1.0)
    _, pauses = active_seconds(np.concatenate([[0], gaps.cumsum()]), np.arange(5001))
    assert not len(pauses)


def test_epochs_are_found_where_no_curve_is_drawn_of_them():
    scalars = shared.scalars_of(
        {("a", "loss"): [3.0, 2.0, 1.0], ("a", "epoch"): ([0, 2], [0.0, 1.0])}
    )
    losses = scalars[scalars["tag"] == "loss"]
    placed, axis = positioned(losses, XAxis.EPOCH, all_scalars=scalars)
    assert axis.label == "epoch"
    assert placed["x"].tolist() == [0.0, 0.5, 1.0]
    assert positioned(losses, XAxis.EPOCH)[1].note.startswith("Over steps")
