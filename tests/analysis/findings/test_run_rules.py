"""Rules that look at clocks, steps, layers, classes, ranks and groups."""

import numpy as np
import pytest
from tensorboardX import SummaryWriter

import reportgen
from analysis.findings.observed import BEGIN, experiment, falling
from reportgen.analysis.findings.find import find, find_in
from reportgen.analysis.findings.observations import FailedCheck, Observations

RANKS = tuple(f"job/rank_{rank}" for rank in range(4))


def found(scalars, **others):
    return {finding.rule: finding for finding in find(experiment(scalars, **others))}


def timed(gaps, values=None):
    """A loss whose records come after the given seconds."""
    points = len(gaps)
    return np.arange(points), falling(points) if values is None else values, BEGIN + np.cumsum(gaps)


def test_a_long_gap_is_a_stall():
    gaps = np.full(200, 2.0)
    gaps[120] = 3600
    finding = found({"run": {"train/loss": timed(gaps)}})["stall"]
    assert (finding.step, finding.end_step) == (119, 120)
    assert finding.numbers["seconds"] == 3600


def test_gaps_that_come_with_every_evaluation_are_no_stalls():
    gaps = np.full(200, 2.0)
    gaps[20::20] = 120
    assert "stall" not in found({"run": {"train/loss": timed(gaps)}})


def test_a_gap_in_which_something_else_was_logged_is_no_stall():
    gaps = np.full(200, 2.0)
    gaps[120] = 3600
    steps, loss, times = timed(gaps)
    between = np.linspace(times[119], times[120], 50)
    other = np.arange(50), np.linspace(0.1, 0.9, 50), between
    assert "stall" not in found(
        {"run": {"train/loss": (steps, loss, times), "val/accuracy": other}}
    )


def test_compiling_before_the_first_steps_is_no_stall():
    gaps = np.full(200, 2.0)
    gaps[1] = 600
    assert "stall" not in found({"run": {"train/loss": timed(gaps)}})


def test_steps_that_go_back_are_a_restart():
    steps = np.r_[np.arange(100), np.arange(60, 160)]
    loss = np.r_[falling(160)[:100], falling(160, seed=1)[60:]]
    times = BEGIN + np.arange(200.0)
    finding = found({"run": {"train/loss": (steps, loss, times)}})["restart"]
    assert (finding.severity, finding.step, finding.end_step) == ("note", 60, 99)
    assert finding.numbers["lost_steps"] == 39


def test_steps_that_are_counted_anew_each_epoch_are_no_restart():
    steps = np.tile(np.arange(20), 10)
    times = BEGIN + np.arange(200.0)
    assert "restart" not in found({"run": {"train/loss": (steps, falling(200), times)}})


def test_values_that_a_restart_made_void_are_told():
    finding = found({"run": {"train/loss": falling(100)}}, purged={"run": 40})["restart"]
    assert finding.numbers["void_values"] == 40


def log_trainings(path, levels):
    """Write one file a training, from step 0 each."""
    for number, level in enumerate(levels):
        with SummaryWriter(str(path), filename_suffix=f".{number}") as writer:
            for step in range(60):
                loss = level * (0.1 + 0.9**step)
                writer.add_scalar("val/loss", loss, step, walltime=BEGIN + 1e4 * number + step)


def test_several_trainings_in_one_directory_are_told_and_the_last_is_judged(tmp_path):
    log_trainings(tmp_path / "run", [1.0, 3.0])
    findings = find(reportgen.read(tmp_path))
    assert [finding.rule for finding in findings] == ["restart"]
    assert findings[0].sentence == (
        "The run was started again from step 0: 2 trainings are in its directory, which reached "
        "the steps 59 and 59; the last is the one that counts."
    )


def test_what_the_table_ranks_is_what_cannot_be_told_apart(tmp_path):
    log_trainings(tmp_path / "a", [1.0, 3.0])
    log_trainings(tmp_path / "b", [3.0])
    found_in = {finding.rule: finding for finding in find(reportgen.read(tmp_path))}
    assert "within-noise" in found_in  # the first training of a is three times as good
    log_trainings(tmp_path / "c", [1.0])
    assert "within-noise" not in {finding.rule for finding in find(reportgen.read(tmp_path))}


def test_the_slowest_rank_is_a_straggler():
    seconds = np.random.default_rng(0).normal(1, 0.05, (4, 100))
    seconds[2] *= 1.5
    logs = {rank: {"step_time": seconds[place]} for place, rank in enumerate(RANKS)}
    finding = found(logs, ranks=RANKS)["straggler"]
    assert (finding.run, finding.figure) == (RANKS[2], "ranks")


def test_ranks_that_are_as_fast_have_no_straggler():
    seconds = np.random.default_rng(0).normal(1, 0.05, (4, 100))
    logs = {rank: {"step_time": seconds[place]} for place, rank in enumerate(RANKS)}
    assert not found(logs, ranks=RANKS)


def test_ranks_that_part_are_a_mismatch():
    losses = np.tile(falling(100), (4, 1))
    losses[1, 40:] *= 1.1
    logs = {rank: {"train/loss": losses[place]} for place, rank in enumerate(RANKS)}
    finding = found(logs, ranks=RANKS)["rank-mismatch"]
    assert (finding.run, finding.step) == (RANKS[1], 40)


def test_ranks_that_log_their_own_losses_are_no_mismatch():
    logs = {rank: {"train/loss": falling(100, seed=place)} for place, rank in enumerate(RANKS)}
    assert "rank-mismatch" not in found(logs, ranks=RANKS)


def test_a_class_that_is_taken_for_another_is_told_with_counts():
    matrix = np.full((5, 5), 2.0) + 90 * np.eye(5)
    matrix[3, 1], matrix[3, 3] = 40, 52
    names = ("ant", "bee", "cat", "dog", "eel")
    finding = found({}, confusions=[("run", "val/confusion", 9, matrix, names)])["confused-classes"]
    assert "40 of 98 dog are taken for bee" in finding.sentence


@pytest.mark.parametrize("support", [8, 200])
def test_errors_that_are_spread_evenly_confuse_no_classes(support):
    matrix = np.full((5, 5), 0.1 * support) + 0.5 * support * np.eye(5)
    assert not found({}, confusions=[("run", "val/confusion", 9, matrix, ())])


def layers(factor):
    rng = np.random.default_rng(0)
    levels = np.linspace(1, 2, 12)
    levels[6] *= factor
    return {
        f"layers/{place}/norm": level * np.exp(rng.normal(0, 0.02, 40))
        for place, level in enumerate(levels)
    }


@pytest.mark.parametrize("factor", [20, 1 / 20])
def test_a_layer_unlike_its_neighbours_is_odd(factor):
    finding = found({"run": layers(factor)})["odd-layer"]
    assert (finding.tag, finding.figure) == ("layers/6/norm", "family")


def test_layers_that_change_with_depth_are_not_odd():
    assert not found({"run": layers(1)})


def gradients(sizes, zero=0.0):
    """Histograms of gradients of each layer, five records each."""
    return [
        ("run", f"gradients/{layer}", step, [-size, -1e-12, 1e-12], [-1e-12, 1e-12, size], counts)
        for layer, size in enumerate(sizes)
        for step in range(5)
        for counts in [[500 * (1 - zero), 1000 * zero, 500 * (1 - zero)]]
    ]


def test_a_first_layer_without_gradient_is_told():
    finding = found({}, histograms=gradients([1e-7, 1e-4, 1e-1]))["vanishing-gradients"]
    assert finding.tag == "gradients/0"
    assert not found({}, histograms=gradients([0.02, 0.05, 0.1]))


def test_gradients_of_which_most_are_zero_are_dead_units():
    finding = found({}, histograms=gradients([0.1, 0.1], zero=0.8))["dead-units"]
    assert finding.numbers["share"] == pytest.approx(0.8)
    assert not found({}, histograms=gradients([0.1, 0.1], zero=0.3))


def test_a_norm_that_grows_by_orders_while_the_loss_does_not_fall_explodes():
    norm = np.r_[np.full(100, 0.5), np.geomspace(0.5, 5e3, 100)]
    flat = np.r_[falling(100), np.full(100, 1.0)]
    finding = found({"run": {"grad_norm": norm, "train/loss": flat}})["exploding-gradients"]
    assert finding.severity == "error"
    assert "exploding-gradients" not in found(
        {"run": {"grad_norm": norm, "train/loss": falling(200)}}
    )


def test_a_norm_that_falls_to_nothing_while_the_loss_is_high_vanishes():
    norm = np.r_[np.full(60, 0.5), np.full(140, 1e-9)]
    loss = np.r_[np.linspace(2.5, 2.2, 60), np.full(140, 2.2)]
    assert "vanishing-gradients" in found({"run": {"grad_norm": norm, "train/loss": loss}})


def seeds(gap):
    rng = np.random.default_rng(0)
    logs, parameters = {}, {}
    for net, level in (("a", 0.8), ("b", 0.8 + gap)):
        for seed in range(4):
            reached = level + rng.normal(0, 0.01)
            logs[f"{net}{seed}"] = {"val/accuracy": reached - 0.5 * 0.9 ** np.arange(60)}
            parameters[f"{net}{seed}"] = {"net": net, "rate": 0.1, "seed": float(seed)}
    return logs, parameters


def test_groups_of_seeds_that_noise_explains_are_told():
    logs, parameters = seeds(0.0)
    finding = found(logs, parameters=parameters)["within-noise"]
    assert (finding.severity, finding.figure) == ("note", "table")


def test_groups_of_seeds_that_differ_are_not():
    logs, parameters = seeds(0.1)
    assert not found(logs, parameters=parameters)


def test_a_failed_check_is_an_error():
    failed = FailedCheck("best val/loss <= 1", "run", "val/loss", 7, 1.5, 1.0)
    [finding] = find_in(Observations((), failed_checks=(failed,)))
    assert finding.rule == "check-failed"
    assert "failed: the value is 1.5 at step 7, the limit 1." in finding.sentence
