"""The rules of others, as they are published, on the same logs: names of our rules that they say.

An epoch is a record of the validation loss; its training loss is the mean since the one before.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from reportgen.analysis.findings.histograms import bins_of
from reportgen.frames.experiment import Experiment

LEARNT = 0.7  # AutoTrainer looks for faults below this accuracy


class Logged:
    """One run as a callback sees it."""

    def __init__(self, experiment: Experiment) -> None:
        scalars = experiment.scalars
        run = experiment.runs["run"].iloc[0]
        self.series = {
            str(tag): (
                rows["step"].to_numpy(),
                rows["value"].to_numpy(),
                rows["wall_time"].to_numpy(),
            )
            for tag, rows in scalars[scalars["run"] == run].groupby("tag", observed=True)
        }
        self.loss = self.series.get("train/loss", (np.zeros(0),) * 3)
        steps, self.validation, _ = self.series.get("val/loss", (np.zeros(0),) * 3)
        bounds = np.searchsorted(self.loss[0], steps, side="right")
        pieces = np.split(self.loss[1], bounds)[: len(steps)]
        self.training = np.array([piece.mean() if len(piece) else np.nan for piece in pieces])
        accuracy = self.series.get("val/accuracy", (np.zeros(0), np.zeros(0)))[1]
        self.accuracy = float(accuracy[-1]) if len(accuracy) else 0.0
        self.histograms: dict[str, np.ndarray] = {}
        for tag, rows in experiment.histograms.groupby("tag", observed=True):
            columns = zip(rows["left"], rows["right"], rows["count"], strict=True)
            self.histograms[str(tag)] = np.array([bins_of(*bins) for bins in columns])


def umlaut(log: Logged) -> set[str]:
    """UMLAUT (CHI 2021): NaN, and a validation loss above that of the epoch before."""
    result = set()
    if np.isnan(log.loss[1]).any():
        result.add("non-finite")
    if ((np.diff(log.validation) > 0) & (np.diff(log.training) <= 0)).any():
        result.add("overfitting")
    return result


def debugger(log: Logged) -> set[str]:
    """The built-in rules of SageMaker Debugger with their defaults."""
    result = set()
    if any(not np.isfinite(values).all() for _, values, _ in log.series.values()):
        result.add("non-finite")
    if len(log.validation):
        with np.errstate(invalid="ignore", divide="ignore"):
            gap = (log.validation - log.training) / log.training
        if (gap > 0.1).any():
            result.add("overfitting")
    values = log.loss[1]
    if len(values) > 10 and (values[10:] > values[:-10] * (1 - 0.001)).any():
        result.add("not-learning")
    sizes = [rows[:, 1] for tag, rows in log.histograms.items() if tag.startswith("gradients")]
    if any((rows < 1e-7).any() for rows in sizes):
        result.add("vanishing-gradients")
    active = [rows[:, 0] for tag, rows in log.histograms.items() if tag.startswith("activations")]
    if any((rows > 0.5).any() for rows in active):
        result.add("dead-units")
    times = np.unique(np.concatenate([times for *_, times in log.series.values()] or [np.zeros(0)]))
    if len(times) > 1 and np.diff(times).max() > 1800:
        result.add("stall")
    return result


def keras(log: Logged) -> set[str]:
    """EarlyStopping with a patience of 10, and TerminateOnNaN."""
    result = set()
    if not np.isfinite(log.loss[1]).all():
        result.add("non-finite")
    best, waited = np.inf, 0
    for value in log.validation:
        best, waited = (value, 0) if value < best else (best, waited + 1)
        if waited >= 10:
            result.add("overfitting")
    return result


def auto_trainer(log: Logged) -> set[str]:
    """AutoTrainer (ICSE 2021): gradients that vanish, explode or are 0, and slow convergence."""
    result = set()
    if not np.isfinite(log.loss[1]).all():
        result.add("non-finite")
    layers = [rows for tag, rows in sorted(log.histograms.items()) if tag.startswith("gradients")]
    low = log.accuracy < LEARNT
    if len(layers) > 1:
        first, last = layers[0][:, 1], layers[-1][:, 1]
        with np.errstate(divide="ignore", invalid="ignore"):
            ratio = first / last
        if low and ((ratio < 1e-3) & (first < 1e-4)).any():
            result.add("vanishing-gradients")
        if (ratio > 70).any():
            result.add("exploding-gradients")
        if low and any((rows[:, 0] > 0.7).any() for rows in layers):
            result.add("dead-units")
    training = log.training[np.isfinite(log.training)]
    if low and len(training) > 3 and np.abs(np.diff(training[-4:])).max() < 0.01:
        result.add("not-learning")
    return result


PEERS: Mapping[str, Callable[[Logged], set[str]]] = {
    "UMLAUT": umlaut,
    "SageMaker Debugger": debugger,
    "Keras, patience 10": keras,
    "AutoTrainer": auto_trainer,
}
COVERED = {
    "UMLAUT": {"non-finite", "overfitting"},
    "SageMaker Debugger": {
        *("non-finite", "overfitting", "not-learning", "vanishing-gradients", "dead-units"),
        "stall",
    },
    "Keras, patience 10": {"non-finite", "overfitting"},
    "AutoTrainer": {
        *("non-finite", "vanishing-gradients", "exploding-gradients", "dead-units"),
        "not-learning",
    },
}
