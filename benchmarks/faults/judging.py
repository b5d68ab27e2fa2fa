"""Makers of kinds: what must be found is judged by the training itself where that can tell."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from faults.broken import (
    BESIDE,
    FAILS,
)
from faults.cases import Kind, judged, labelled
from faults.healthy import BASE
from faults.tasks import bigrams, mixture

WORDS = replace(BASE, task=bigrams(words=12, rows=8000), classes=12, hidden=(40,), rate=5e-3)
MANY = replace(BASE, task=mixture(rows=8000, classes=15, features=30), classes=15, hidden=(48,))


def failed(result, place):
    """A training failed where the test loss is no number, or no better than before it began."""
    losses = result.test_losses[:, place]
    first = result.scalars["train/loss"][1][0, place]
    if not np.isfinite(losses).all() or losses[-1] > 1.2 * first:
        return {FAILS}, BESIDE | {"overfitting"}
    return set(), BESIDE | {"overfitting", "still-improving"}


def spiked(result, place):
    """A spike is there where the training loss is three times what it was before."""
    losses = result.scalars["train/loss"][1][:, place]
    middle = int(0.55 * len(losses))
    before = np.median(losses[middle - 30 : middle])
    peak = losses[middle - 2 : middle + 12].max()
    allowed = {"confused-classes", "still-improving", "loss-spike", "divergence"}
    return ({frozenset({"loss-spike", "divergence"})} if peak > 3 * before else set()), allowed


def improves(result, place):
    """It stopped early where a quarter more of the steps brings 8 % more."""
    _, may = labelled(result, place)
    stopped_early = result.later[place] < (1 - 0.08) * result.test_losses[-1, place]
    return ({"still-improving"} if stopped_early else set()), may | {"still-improving"}


def flip(state):
    """One weight becomes very large, as by a flipped bit."""
    state.weights[0][:, 0, 0] = 1e30


def no_data(state):
    """The loader gives zeros."""
    state.inputs = np.zeros_like(state.inputs)


def no_target(state):
    """A label that is missing in the table."""
    state.targets = state.targets.copy()
    state.targets[:, 1] = np.nan


def wild(state):
    """Inputs that were not scaled."""
    state.inputs = state.inputs * np.float32(80)


def biased_first(state):
    """Biases of the second layer so low that no unit of it is on."""
    state.weights[1][:] = -12


def biased(state):
    """The same of the next layer."""
    state.weights[3][:] = -15


def stale_loss(log, _seed):
    """A validation loss that is computed once."""
    when, times, values = log.scalars["val/loss"]
    log.scalars["val/loss"] = (when, times, np.full(len(when), values[1]))


def kind(name, setup, rules, allowed=(), severity="warning", edit=None, pace=0.5, label=False):
    """A kind whose fault is made, and surely there."""

    def judge(result, place):
        must, may = labelled(result, place) if label else (set(), set())
        return must, may | set(allowed)

    groups = (frozenset(rules),) if rules else ()
    made = judged(setup, judge, edit, pace)
    return Kind(name, made, groups, frozenset(allowed) | frozenset(rules), severity)


def judged_kind(name, setup, judge, severity, **others):
    """A kind of which `judge` says by the training what must be found."""
    return Kind(name, judged(setup, judge, **others), severity=severity)


def healthy_kind(name, setup, edit=None, **others):
    """A kind without a fault."""
    return Kind(name, judged(setup, labelled, edit, **others))
