"""Rules that look at losses: each finds its fault, names its steps, and is silent without it."""

import numpy as np
import pytest

from analysis.findings.observed import experiment, falling
from reportgen.analysis.findings.find import find


def found(scalars, **others):
    return {finding.rule: finding for finding in find(experiment({"run": scalars}, **others))}


@pytest.mark.parametrize("scale", [1e-6, 1.0, 1e6])
@pytest.mark.parametrize("points", [60, 400, 20_000])
def test_healthy_losses_of_any_length_and_unit_are_passed_over(points, scale):
    rate = 0.5 + 0.5 * np.cos(np.pi * np.arange(points) / points)
    assert not found({"train/loss": scale * falling(points), "lr": rate})


def test_values_that_stay_nan_are_an_error_with_the_last_finite_value():
    loss = falling(100)
    loss[60:] = np.nan
    finding = found({"train/loss": loss, "grad_norm": loss})["non-finite"]
    assert (finding.severity, finding.step, finding.end_step) == ("error", 60, 99)
    assert finding.numbers["last_finite_step"] == 59
    assert finding.tags == ("grad_norm",)
    assert "checkpoint of step 59" in finding.advice


def test_values_that_are_finite_again_are_a_note():
    loss = falling(100)
    loss[[40, 41]] = np.inf
    finding = found({"train/loss": loss})["non-finite"]
    assert (finding.severity, finding.step, finding.end_step) == ("note", 40, 41)


def test_a_score_that_is_not_defined_at_first_is_passed_over():
    score = np.linspace(0.1, 0.9, 50)
    score[:10] = np.nan
    assert not found({"val/precision": score})


def test_a_spike_that_recovers_is_a_note():
    loss = falling(300)
    loss[200:203] = 4.0
    finding = found({"train/loss": loss})["loss-spike"]
    assert (finding.severity, finding.step, finding.end_step) == ("note", 200, 203)
    assert "to 4 at step 200" in finding.sentence


def test_a_spike_that_stays_half_way_is_a_warning():
    loss = falling(300, end=1.0)
    loss[250:] *= np.linspace(1.5, 1.38, 50)
    finding = found({"train/loss": loss})["loss-spike"]
    assert finding.severity == "warning"


def test_a_loss_with_heavy_tails_has_no_spikes():
    noise = np.random.default_rng(0).laplace(0, 1, 2000)
    assert "loss-spike" not in found({"train/loss": falling(2000) * np.exp(0.1 * noise)})


def test_a_raised_learning_rate_explains_a_rise():
    loss, rate = falling(300, noise=0.005), np.full(300, 1e-4)
    loss[200:220] *= np.linspace(1.8, 1, 20)
    rate[200:] = 1e-2
    assert "loss-spike" in found({"train/loss": loss})
    assert "loss-spike" not in found({"train/loss": loss, "lr": rate})


def test_a_loss_that_rises_for_good_is_a_divergence():
    loss = falling(200)
    loss[120:] = np.linspace(0.4, 3.0, 80)
    finding = found({"train/loss": loss})["divergence"]
    assert finding.severity == "error"
    assert 80 <= finding.step <= 130


def test_a_loss_that_never_falls_is_not_learning():
    rng = np.random.default_rng(0)
    finding = found({"train/loss": 2.303 + rng.normal(0, 0.02, 100)})["not-learning"]
    assert finding.severity == "error"


def test_a_loss_at_the_level_of_guessing_is_not_learning_and_says_so():
    confusion = [("run", "val/confusion", 0, np.ones((10, 10)), ())]
    loss = np.r_[np.linspace(3.2, 2.31, 20), np.full(80, 2.305)]
    finding = found({"train/loss": loss}, confusions=confusion)["not-learning"]
    assert "guessing among 10 classes (2.3)" in finding.sentence


def test_a_flat_loss_of_a_run_that_was_resumed_is_passed_over():
    steps = 50_000 + np.arange(100)
    loss = 0.3 + np.random.default_rng(0).normal(0, 0.005, 100)
    assert "not-learning" not in found({"train/loss": (steps, loss)})


def test_a_flat_loss_of_a_run_that_has_learnt_before_is_passed_over():
    loss = 0.3 + np.random.default_rng(0).normal(0, 0.005, 100)
    assert "not-learning" not in found({"train/loss": loss, "val/accuracy": np.full(10, 0.9)})


def test_overfitting_names_the_best_step():
    steps = np.arange(0, 2000, 20)
    validation = falling(100, noise=0.01)
    validation[60:] += np.linspace(0, 0.9, 40)
    finding = found({"train/loss": falling(2000), "val/loss": (steps, validation)})["overfitting"]
    assert finding.severity == "warning"
    assert 1000 <= finding.step <= 1300
    assert finding.advice == f"Use the checkpoint of step {finding.step:,}."


def test_a_validation_loss_that_rises_with_the_training_loss_is_no_overfitting():
    loss = falling(200)
    loss[120:] += np.linspace(0, 0.9, 80)
    assert "overfitting" not in found({"train/loss": loss, "val/loss": loss})


def test_a_validation_loss_that_comes_back_is_no_overfitting():
    validation = falling(100, noise=0.01)
    validation[40:60] += 0.3
    assert "overfitting" not in found({"train/loss": falling(100), "val/loss": validation})


def test_a_loss_that_still_falls_fast_is_told_unless_the_rate_has_decayed():
    loss = 3 * np.exp(-1.5 * np.arange(300) / 300)
    constant, decayed = np.full(300, 1e-3), np.linspace(1e-3, 0, 300)
    assert found({"train/loss": loss, "lr": constant})["still-improving"].severity == "note"
    assert found({"train/loss": loss})["still-improving"]
    assert not found({"train/loss": loss, "lr": decayed})


def test_a_score_that_never_changes_is_told_and_a_setting_is_not():
    same = np.full(40, 0.5)
    logged = {"train/loss": falling(400), "val/accuracy": same, "weight_decay": same, "lr": same}
    assert list(found(logged)) == ["constant-metric"]


def test_losses_beside_a_reward_are_no_objectives():
    rising = np.linspace(0.1, 9, 300)
    reward = np.linspace(0, 1, 300)
    assert not found({"rollout/ep_rew_mean": reward, "train/loss": rising})


def test_a_metric_of_unknown_direction_is_passed_over():
    assert not found({"parameters/slope": np.linspace(1, 100, 300)})


def test_the_user_can_say_which_direction_is_better():
    logs = experiment({"run": {"energy": np.linspace(1, 100, 300)}})
    assert not find(logs, directions={"energy": "down"})


def wild(points, level):
    """A training that blows up at its first steps: single batches are at 0, most are high."""
    rng = np.random.default_rng(1)
    loss = level * np.exp(rng.normal(0, 0.5, points))
    loss[::7] = 0.0
    loss[0] = 2.4
    return loss


def test_a_loss_that_rises_at_once_and_never_comes_back_diverges():
    evaluated = (np.arange(10, 200, 10), np.full(19, 30.0))
    finding = found({"train/loss": wild(200, 20.0), "val/loss": evaluated})["divergence"]
    assert finding.numbers == {"best": 2.4, "end": 30.0}
    assert "from 2.4 at step 0, and val/loss never comes back to that" in finding.sentence


def test_a_first_batch_that_was_lucky_is_no_divergence():
    loss = np.random.default_rng(0).lognormal(0, 0.7, 300)
    loss[0] = 0.3
    evaluated = (np.arange(10, 300, 10), np.full(29, 1.2))
    assert "divergence" not in found({"train/loss": loss, "val/loss": evaluated})


def test_a_held_out_loss_on_another_scale_is_no_divergence():
    evaluated = (np.arange(10, 200, 10), np.linspace(9.0, 8.0, 19))
    scaled = {"train/loss": falling(200, start=0.3, end=0.1), "val/loss": evaluated}
    assert "divergence" not in found(scaled)


def test_a_jump_that_is_mostly_made_up_for_is_no_overfitting():
    held_out = np.r_[np.linspace(1.5, 0.3, 40), np.geomspace(8.0, 0.4, 40)]
    assert "overfitting" not in found({"train/loss": falling(80, end=0.05), "val/loss": held_out})


def test_a_learning_rate_far_above_all_before_explains_no_spike():
    loss, rate = falling(300), np.full(300, 0.1)
    loss[200:204] = 4.0
    rate[200] = 30.0
    assert "loss-spike" in found({"train/loss": loss, "lr": rate})
