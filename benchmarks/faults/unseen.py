"""Further kinds, faults and healthy runs, of which the last nothing was tuned on."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from faults import logs
from faults.broken import (
    BESIDE,
    DEEP,
    FAILS,
    FLAT,
    LONG,
    at,
    by_the_clock,
    goes_back,
    grows,
    parallel,
    raised,
    seeds_of_two,
    since,
    stopped,
)
from faults.cases import Kind, labelled
from faults.healthy import BASE, cosine, linear, restarts, thin, warmed
from faults.networks import train
from faults.tasks import bigrams, mixture, teacher

WORDS = replace(BASE, task=bigrams(words=12, rows=8000), classes=12, hidden=(40,), rate=5e-3)
MANY = replace(BASE, task=mixture(rows=8000, classes=15, features=30), classes=15, hidden=(48,))


def judged(setup, judge, edit=None, pace=0.5):
    """What makes experiments, of which `judge` says by the training what must and may be found."""

    def make(seeds):
        result = train(setup, seeds)
        made = []
        for place, seed in enumerate(seeds):
            log = logs.of_seed(result, place, seed, pace)
            if edit:
                edit(log, seed)
            must, may = judge(result, place)
            made.append((logs.experiment({"run": log}), must, may))
        return made

    return make


def _failed(result, place):
    """A training failed where the test loss is no number, or no better than before it began."""
    losses = result.test_losses[:, place]
    first = result.scalars["train/loss"][1][0, place]
    if not np.isfinite(losses).all() or losses[-1] > 1.2 * first:
        return {FAILS}, BESIDE | {"overfitting"}
    return set(), BESIDE | {"overfitting", "still-improving"}


def _spiked(result, place):
    """A spike is there where the training loss is three times what it was before."""
    losses = result.scalars["train/loss"][1][:, place]
    middle = int(0.55 * len(losses))
    before = np.median(losses[middle - 30 : middle])
    peak = losses[middle - 2 : middle + 12].max()
    allowed = {"confused-classes", "still-improving", "loss-spike", "divergence"}
    return ({frozenset({"loss-spike", "divergence"})} if peak > 3 * before else set()), allowed


def _improves(result, place):
    """It stopped early where a quarter more of the steps brings 8 % more."""
    _, may = labelled(result, place)
    stopped_early = result.later[place] < (1 - 0.08) * result.test_losses[-1, place]
    return ({"still-improving"} if stopped_early else set()), may | {"still-improving"}


def _flip(state):
    """One weight becomes very large, as by a flipped bit."""
    state.weights[0][:, 0, 0] = 1e30


def _no_data(state):
    """The loader gives zeros."""
    state.inputs = np.zeros_like(state.inputs)


def _no_target(state):
    """A label that is missing in the table."""
    state.targets = state.targets.copy()
    state.targets[:, 1] = np.nan


def _wild(state):
    """Inputs that were not scaled."""
    state.inputs = state.inputs * np.float32(80)


def _biased_first(state):
    state.weights[1][:] = -12


def _biased(state):
    state.weights[3][:] = -15


def _stale_loss(log, _seed):
    when, times, values = log.scalars["val/loss"]
    log.scalars["val/loss"] = (when, times, np.full(len(when), values[1]))


def _k(name, setup, rules, allowed=(), severity="warning", edit=None, pace=0.5, label=False):
    def judge(result, place):
        must, may = labelled(result, place) if label else (set(), set())
        return must, may | set(allowed)

    groups = (frozenset(rules),) if rules else ()
    made = judged(setup, judge, edit, pace)
    return Kind(name, made, groups, frozenset(allowed) | frozenset(rules), severity)


def _j(name, setup, judge, severity, **others):
    return Kind(name, judged(setup, judge, **others), severity=severity)


def _h(name, setup, edit=None, **others):
    return Kind(name, judged(setup, labelled, edit, **others))


KINDS = [
    _j("regression, momentum at a rate of 2", replace(LONG, rate=2.0), _failed, "error"),
    _j("words, adamw at a rate of 1", replace(WORDS, optimiser="adamw", rate=1.0), _failed,
       "error"),
    _j("rate 50 times as high, tanh", replace(MANY, activation="tanh", optimiser="sgd", rate=0.1,
                                              before=since(0.7, raised(50.0))), _failed, "error"),
    _k("a flipped bit", replace(WORDS, before=at(0.7, _flip)), FAILS, BESIDE, "error"),
    _k("a loader that gives zeros", replace(MANY, before=since(0.0, _no_data)),
       {"not-learning"}, BESIDE, "error"),
    _k("an optimiser without weights", replace(WORDS, rate=0.0), {"not-learning"}, BESIDE, "error"),
    _j("one step at 300 times the rate", replace(MANY, optimiser="sgd", rate=0.15, log_every=1,
                                                 before=at(0.55, raised(300.0))), _spiked, "note"),
    _k("eight sigmoids, words", replace(WORDS, hidden=(20,) * 8, activation="sigmoid",
                                        optimiser="momentum", rate=0.01, histograms=6,
                                        schedule=linear),
       {"vanishing-gradients"}, BESIDE),
    _k("a second layer far below zero", replace(FLAT, hidden=(40, 40, 40), histograms=8,
                                                before=at(0.2, _biased)),
       {"dead-units", "vanishing-gradients"}, BESIDE),
    _k("words, 300", replace(WORDS, task=bigrams(words=12, rows=300), steps=1000), (), label=True),
    _k("mixture, 200, momentum", replace(FLAT, task=mixture(rows=200, distance=1.4),
                                         optimiser="momentum", rate=0.03, steps=1000), (),
       label=True),
    _k("regression, 100", replace(LONG, task=teacher(rows=100, noise=0.6), optimiser="adam",
                                  rate=5e-3, hidden=(80,), schedule=warmed, steps=1200), (),
       label=True),
    _k("a machine that waits, pace 1.5", replace(MANY, log_every=10), {"stall"}, (), edit=stopped,
       pace=1.5, label=True),
    _k("a checkpoint a bit older", replace(WORDS, steps=1000), {"restart"}, (), "note",
       goes_back(0.8, 0.7), label=True),
    _k("a validation loss that is stale", MANY, {"constant-metric"}, ("not-learning",), "note",
       _stale_loss),
    _k("two of fifteen classes alike",
       replace(MANY, task=mixture(rows=8000, classes=15, features=30, alike=0.5, validation=1500)),
       {"confused-classes"}, (), label=True),
    _k("ten layers, one too large", replace(DEEP, hidden=(20,) * 10, activation="tanh",
                                            before=at(0, grows(6, 30.0))),
       {"odd-layer"}, BESIDE),
    Kind("a rank that is 1.4 times as slow", parallel(slow=1.4), (frozenset({"straggler"}),),
         severity="warning"),
    Kind("a slow rank of four clocks", by_the_clock(1.45), (frozenset({"straggler"}),),
         frozenset({"still-improving"}), severity="warning"),
    Kind("a rank that leaves in the middle", parallel(parts_at=0.6, broken_reduce=True),
         (frozenset({"rank-mismatch"}),), severity="warning"),
    _j("words, stopped early", replace(WORDS, optimiser="momentum", rate=4e-3, steps=240,
                                       evaluate_every=8, log_every=2, schedule=lambda _: 1.0),
       _improves, "note"),
    _j("mixture, stopped early", replace(MANY, rate=3e-4, steps=240, evaluate_every=8, log_every=2,
                                         schedule=lambda _: 1.0), _improves, "note"),
    Kind("two groups alike, other seeds", seeds_of_two(better=False),
         (frozenset({"within-noise"}),), severity="note"),
    _h("words, adam, linear", replace(WORDS, schedule=linear)),
    _h("words, warm restarts, rate not logged", replace(WORDS, schedule=restarts, logs_rate=False)),
    _h("fifteen classes", MANY),
    _h("fifteen classes, lion", replace(MANY, optimiser="lion", rate=3e-4)),
    _h("fifteen classes, a fifth wrong", replace(MANY, task=mixture(rows=12000, classes=15,
                                                                    features=30, wrong=0.2))),
    _h("batch of eight", replace(BASE, batch=8, rate=1e-3)),
    _h("squared decay", replace(BASE, schedule=lambda share: (1 - share) ** 2)),
    _h("regression, dropout", replace(LONG, dropout=0.2, optimiser="adam", rate=3e-3,
                                      schedule=cosine)),
    _h("regression, much noise", replace(LONG, task=teacher(rows=6000, noise=2.0),
                                         optimiser="adamw", rate=1e-3, schedule=cosine)),
    _h("ten layers, tanh", replace(DEEP, hidden=(20,) * 10, activation="tanh")),
    _h("twelve layers", replace(DEEP, hidden=(20,) * 12)),
    _h("tanh, three layers with histograms", replace(MANY, activation="tanh", hidden=(32,) * 3,
                                                     histograms=8)),
    _h("fine-tuning of words", replace(WORDS, warm=400, rate=3e-4, schedule=linear)),
    _h("few records", MANY, thin(16)),
    _h("four evaluations", replace(MANY, evaluate_every=200)),
    _h("long and dense", replace(BASE, steps=3000, log_every=1, batch=16)),
    _h("sgd at a high rate", replace(MANY, optimiser="sgd", rate=0.6)),
]  # fmt: skip

UNSEEN = [
    _j("adagrad at a rate of 5", replace(MANY, optimiser="adagrad", rate=5.0), _failed, "error"),
    _j("rmsprop at a rate of 1", replace(LONG, optimiser="rmsprop", rate=1.0), _failed, "error"),
    _k("a target that is missing", replace(LONG, before=at(0.3, _no_target)), {"non-finite"},
       BESIDE, "error"),
    _k("inputs of zero, words", replace(WORDS, before=since(0.0, _no_data)), {"not-learning"},
       BESIDE, "error"),
    _k("a rate of 1e-8, tanh", replace(MANY, activation="tanh", optimiser="momentum", rate=1e-8),
       {"not-learning"}, BESIDE, "error"),
    _j("a corrupt batch, fifteen classes", replace(MANY, optimiser="momentum", rate=0.01,
                                                   log_every=1, before=at(0.55, _wild)),
       _spiked, "note"),
    _k("seven sigmoids, small weights", replace(MANY, hidden=(24,) * 7, activation="sigmoid",
                                                gain=0.5, histograms=6, optimiser="sgd", rate=0.05),
       {"vanishing-gradients"}, BESIDE),
    _k("a first layer far below zero", replace(WORDS, hidden=(40, 40), histograms=8,
                                               before=at(0.5, _biased_first)),
       {"dead-units", "vanishing-gradients"}, BESIDE),
    _k("mixture, 400, adam", replace(MANY, task=mixture(rows=400, classes=15, features=30),
                                     steps=1200), (), label=True),
    _k("regression, 80", replace(LONG, task=teacher(rows=80, noise=0.7), optimiser="adam",
                                 rate=4e-3, hidden=(96,), steps=1000), (), label=True),
    _k("a machine that waits, words", WORDS, {"stall"}, (), edit=stopped, label=True),
    _k("a checkpoint much older", replace(MANY, steps=700), {"restart"}, (), "note",
       goes_back(0.9, 0.3), label=True),
    _k("two of eight classes alike", replace(MANY, classes=8, task=mixture(
        rows=6000, classes=8, alike=0.5, validation=800)), {"confused-classes"}, (), label=True),
    _k("nine layers, one too large", replace(DEEP, hidden=(28,) * 9, before=at(0, grows(4, 30.0))),
       {"odd-layer"}, BESIDE),
    Kind("a rank that is twice as slow", parallel(slow=2.0), (frozenset({"straggler"}),),
         severity="warning"),
    Kind("a rank that leaves at once", parallel(parts_at=0.1, broken_reduce=True),
         (frozenset({"rank-mismatch"}),), severity="warning"),
    _j("regression, stopped early", replace(LONG, task=teacher(noise=0.0), rate=2e-3, steps=200,
                                            evaluate_every=8, log_every=2), _improves, "note"),
    _j("fifteen classes, stopped early", replace(MANY, optimiser="sgd", rate=0.03, steps=200,
                                                 evaluate_every=8, log_every=2,
                                                 schedule=lambda _: 1.0), _improves, "note"),
    _h("fine-tuning of a regression", replace(LONG, warm=400, rate=1e-3, schedule=linear)),
    _h("fine-tuning, fifteen classes", replace(MANY, warm=300, rate=2e-4, schedule=cosine)),
    _h("words, nesterov", replace(WORDS, optimiser="nesterov", rate=0.05)),
    _h("words, rmsprop, warmed", replace(WORDS, optimiser="rmsprop", rate=2e-3, schedule=warmed)),
    _h("five classes", replace(MANY, classes=5, task=mixture(rows=5000, classes=5))),
    _h("three classes that overlap", replace(MANY, classes=3, task=mixture(
        rows=5000, classes=3, distance=0.8))),
    _h("four layers with histograms", replace(MANY, hidden=(32,) * 4, histograms=10)),
    _h("half dropped", replace(MANY, hidden=(96,), dropout=0.5)),
    _h("regression, sgd", replace(LONG, optimiser="sgd", rate=0.05, schedule=linear)),
    _h("six layers, layer norms logged", replace(DEEP, hidden=(32,) * 6, optimiser="adamw")),
    _h("every record, batch of four", replace(MANY, batch=4, rate=5e-4, log_every=1, steps=1200)),
]  # fmt: skip
