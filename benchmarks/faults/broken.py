"""Runs with faults in them: made, not drawn."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from faults import logs
from faults.cases import Kind, trained
from faults.healthy import BASE, cosine, warmed
from faults.networks import Setup, train
from faults.tasks import bigrams, mixture, teacher

FLAT = replace(BASE, schedule=lambda _: 1.0)
FAILS = frozenset({"divergence", "non-finite", "not-learning", "exploding-gradients"})
BESIDE = FAILS | {
    *("loss-spike", "vanishing-gradients", "dead-units", "constant-metric", "confused-classes"),
}


def at(share, change):
    """What changes the state at a share of the steps, and leaves it alone before and after."""

    def before(state):
        if state.step == int(share * state.setup.steps):
            change(state)

    return before


def since(share, change):
    """What changes the state at each step from a share on."""

    def before(state):
        if state.step >= int(share * state.setup.steps):
            change(state)

    return before


def raised(times):
    """A rate that is so many times as high."""

    def change(state):
        state.factor = times

    return change


def _missing_value(state):
    state.inputs = state.inputs.copy()
    state.inputs[:, 0, 0] = np.nan


def _wild_batch(times):
    def change(state):
        state.inputs = state.inputs * np.float32(times)

    return change


def _high_bias(state):
    for layer in range(len(state.weights) // 2 - 1):
        state.weights[2 * layer + 1][:] = -8


def _kicked(state):
    """A step that throws the biases far below 0, as a step of far too high a rate does."""
    state.weights[1] -= 12


def _accumulates(state):
    state.accumulates = True


def _freezes(layer):
    def change(state):
        state.skipped = 2 * layer

    return change


def grows(layer, times):
    """A layer whose weights are so many times as large."""

    def change(state):
        state.weights[2 * layer] *= np.float32(times)

    return change


def _shuffles_labels(state):
    order = state.rng.permutation(state.targets.shape[1])
    state.targets = state.targets[:, order]


def _overflows(state):
    """A loss term that is the logarithm of a probability that reached 0."""
    p = state.weights[-1]
    state.weights[-1] = np.where(np.abs(p) > 0, p + np.log(np.zeros_like(p)), p).astype(np.float32)


def stopped(log, seed):
    """The machine waits for an hour: a file system that hangs."""
    rng = np.random.default_rng([seed, 11])
    last = max(int(columns[0][-1]) for columns in log.scalars.values())
    when = int(rng.uniform(0.3, 0.8) * last)
    waited = float(np.exp(rng.uniform(np.log(300), np.log(7200))))
    for tag, (steps, times, values) in log.scalars.items():
        log.scalars[tag] = (steps, times + waited * (steps > when), values)


def _preempted_twice(log, seed):
    """The machine is taken away twice and given back, with the memory as it was."""
    rng = np.random.default_rng([seed, 12])
    last = max(int(columns[0][-1]) for columns in log.scalars.values())
    whens = (rng.uniform([0.2, 0.6], [0.4, 0.8]) * last).astype(int)
    waits = np.exp(rng.uniform(np.log([200, 3000]), np.log([900, 9000])))
    for tag, (steps, times, values) in log.scalars.items():
        waited = sum(wait * (steps > when) for when, wait in zip(whens, waits, strict=True))
        log.scalars[tag] = (steps, times + waited, values)


def goes_back(share_from, share_to):
    """Weights of an earlier step are loaded, and the steps between are run again."""

    def edit(log, seed):
        last = max(int(columns[0][-1]) for columns in log.scalars.values())
        end, start = int(share_from * last), int(share_to * last)
        rng = np.random.default_rng([seed, 13])
        for tag, (steps, times, values) in log.scalars.items():
            again = steps >= start
            before = steps <= end
            noise = np.exp(rng.normal(0, 0.01, again.sum())) if "loss" in tag else 1.0
            first = times[before][-1] if before.any() else times[0]
            later = times[again] - (times[again][0] if again.any() else 0) + first + 45
            log.scalars[tag] = (
                np.concatenate([steps[before], steps[again]]),
                np.concatenate([times[before], later]),
                np.concatenate([values[before], values[again] * noise]),
            )

    return edit


def _stale_score(log, _seed):
    """An accuracy that is computed from the predictions of the first step again and again."""
    when, times, values = log.scalars["val/accuracy"]
    log.scalars["val/accuracy"] = (when, times, np.full(len(when), values[0]))


def parallel(slow=0.0, parts_at=0.0, broken_reduce=False):
    """Four ranks that average gradients; one may be slow, or leave the average out.

    Args:
        slow: how many times as long one rank takes.
        parts_at: share of the steps from which on one rank does not take part in the average.
        broken_reduce: whether the logged loss is averaged over the ranks.
    """

    def make(seeds):
        made = []
        for seed in seeds:
            rng = np.random.default_rng([seed, 14])
            count, total = 4, 240
            weights = np.zeros((count, 5))
            truth = rng.normal(0, 1, 5)
            bad = int(rng.integers(count))
            losses, seconds = np.zeros((count, total)), np.zeros((count, total))
            for step in range(total):
                x = rng.normal(size=(count, 16, 5))
                y = x @ truth + rng.normal(0, 0.3, (count, 16))
                residual = np.einsum("rbf,rf->rb", x, weights) - y
                gradients = np.einsum("rbf,rb->rf", x, residual) / 16
                mean = gradients.mean(axis=0, keepdims=True).repeat(count, axis=0)
                own_items = (residual**2).mean(axis=1)
                reduced = np.full(count, own_items.mean())
                if parts_at and step >= parts_at * total:
                    mean[bad], reduced[bad] = gradients[bad], own_items[bad]
                weights -= 0.05 * mean
                losses[:, step] = reduced if broken_reduce else own_items
                seconds[:, step] = 0.3 * np.exp(rng.normal(0, 0.08, count))
                if slow:
                    seconds[bad, step] *= slow
            runs = {}
            for rank in range(count):
                # All wait for the slowest.
                times = logs.BEGIN + seconds.max(axis=0).cumsum()
                when = np.arange(total)
                runs[f"job/rank_{rank}"] = logs.Log(
                    {
                        "train/loss": (when, times, losses[rank]),
                        "step_time": (when, times, seconds[rank]),
                    },
                    rank=rank,
                )
            made.append((logs.experiment(runs), set(), set()))
        return made

    return make


def by_the_clock(times):
    """Four ranks that do not wait for each other and log their loss alone; one is slow."""

    def make(seeds):
        made = []
        for seed in seeds:
            runs = {}
            for rank in range(4):
                rng = np.random.default_rng([seed, rank, 15])
                when = np.arange(0, 1500, 10)
                seconds = np.exp(rng.normal(np.log(0.5), 0.1, 1500)) * (times if rank == 1 else 1)
                losses = 2 * np.exp(-when / 300) + 0.5 + rng.normal(0, 0.05, len(when))
                runs[f"job/rank_{rank}"] = logs.Log(
                    {"train/loss": (when, logs.BEGIN + seconds.cumsum()[when], losses)}, rank=rank
                )
            made.append((logs.experiment(runs), set(), set()))
        return made

    return make


def seeds_of_two(better):
    """Two groups of five seeds, the second's network smaller where it shall be worse."""

    def make(seeds):
        made = []
        setups = {
            "wide": replace(BASE, steps=400, hidden=(32,)),
            "other": replace(BASE, steps=400, hidden=(32,), rate=5e-5 if better else 3e-3),
        }
        per_case = 5
        drawn = {
            name: train(
                setup,
                [
                    1000 * seed + 37 * (name == "other") + k
                    for seed in seeds
                    for k in range(per_case)
                ],
            )
            for name, setup in setups.items()
        }
        for place, seed in enumerate(seeds):
            runs = {}
            for name, result in drawn.items():
                for k in range(per_case):
                    log = logs.of_seed(result, place * per_case + k, seed)
                    log.scalars = {
                        tag: log.scalars[tag] for tag in ("train/loss", "val/loss", "val/accuracy")
                    }
                    log.confusion = None
                    log.parameters = {"net": name, "steps": 400.0, "seed": float(k)}
                    runs[f"{name}_{k}"] = log
            made.append((logs.experiment(runs), set(), {"still-improving"} if better else set()))
        return made

    return make


def _k(name, setup, rules, allowed=BESIDE, edit=None, severity="warning", **others):
    groups = (frozenset(rules),) if rules else ()
    return Kind(
        *(name, trained(setup, edit, **others), groups, frozenset(allowed) | frozenset(rules)),
        severity,
    )


LONG = Setup(task=teacher(noise=0.1), classes=0, hidden=(32, 32), optimiser="momentum", rate=0.02)
DEEP = replace(BASE, hidden=(24,) * 8, residual=True, gain=0.5, logs_layers=True, rate=1e-3)
SMALL = mixture(rows=150, distance=1.6)
NOT_LABELLED = {"label": False}

KINDS = [
    _k("rate far too high", replace(FLAT, optimiser="sgd", rate=30.0), FAILS, severity="error",
       **NOT_LABELLED),
    _k("rate too high, momentum", replace(FLAT, optimiser="momentum", rate=3.0, activation="tanh"),
       FAILS, severity="error", **NOT_LABELLED),
    _k("rate rises 200 times in the middle",
       replace(BASE, optimiser="sgd", rate=0.2, before=since(0.5, raised(200.0))),
       FAILS, severity="error", **NOT_LABELLED),
    _k("adam at a rate of 1", replace(FLAT, rate=1.0, hidden=(32, 32)), FAILS, severity="error",
       **NOT_LABELLED),
    _k("gradients never cleared", replace(FLAT, optimiser="sgd", rate=0.05,
                                          before=since(0.3, _accumulates)),
       FAILS, severity="error", **NOT_LABELLED),
    _k("regression unstable", replace(LONG, rate=0.02, before=since(0.4, raised(40.0))),
       FAILS, severity="error", **NOT_LABELLED),
    _k("a missing value in a batch", replace(BASE, before=at(0.6, _missing_value)),
       {"non-finite"}, severity="error", **NOT_LABELLED),
    _k("overflow in a loss term", replace(BASE, optimiser="momentum", rate=0.02,
                                          before=at(0.35, _overflows)),
       {"non-finite"}, severity="error", **NOT_LABELLED),
    _k("a corrupt batch", replace(BASE, optimiser="sgd", rate=0.1, log_every=1,
                                  before=at(0.6, _wild_batch(60.0))),
       {"loss-spike"}, {"confused-classes", "divergence", "exploding-gradients"}, severity="note"),
    _k("a corrupt batch, words", replace(BASE, task=bigrams(), classes=16, hidden=(48,),
       log_every=1,
                                         rate=5e-3, before=at(0.5, _wild_batch(60.0))),
       {"loss-spike"}, {"confused-classes"}, severity="note"),
    _k("labels that do not fit", replace(BASE, before=since(0.0, _shuffles_labels)),
       {"not-learning"}, severity="error", **NOT_LABELLED),
    _k("a rate of zero", replace(BASE, rate=0.0), {"not-learning"}, severity="error",
       **NOT_LABELLED),
    _k("a rate of 1e-9", replace(BASE, task=bigrams(), classes=16, rate=1e-9, optimiser="sgd"),
       {"not-learning"}, severity="error", **NOT_LABELLED),
    _k("ten sigmoids deep", replace(FLAT, hidden=(24,) * 10, activation="sigmoid", histograms=8,
                                    optimiser="sgd", rate=0.1),
       {"vanishing-gradients"}, **NOT_LABELLED),
    _k("ten sigmoids deep, norms", replace(FLAT, hidden=(24,) * 10, activation="sigmoid",
                                           logs_layers=True, optimiser="momentum", rate=0.02),
       {"vanishing-gradients"}, **NOT_LABELLED),
    _k("tanh, small weights", replace(FLAT, hidden=(24,) * 6, activation="tanh", gain=0.05,
                                      histograms=8, optimiser="sgd", rate=0.1),
       {"vanishing-gradients"}, **NOT_LABELLED),
    _k("bias far below zero", replace(FLAT, hidden=(48, 48), histograms=10, before=at(0,
       _high_bias)),
       {"dead-units", "vanishing-gradients"}, **NOT_LABELLED),
    _k("units that die in the middle", replace(FLAT, hidden=(48,), histograms=12,
                                               before=at(0.4, _kicked)),
       {"dead-units"}, **NOT_LABELLED),
    _k("units that die of a high rate", replace(FLAT, hidden=(48, 48), histograms=12, rate=3e-3,
                                                optimiser="sgd", before=at(0.3, raised(3e4))),
       {"dead-units", "non-finite"}, severity="warning", **NOT_LABELLED),
    _k("too small a set", replace(BASE, task=SMALL, steps=1500, hidden=(64,)), ()),
    _k("too small a set, adamw", replace(BASE, task=mixture(rows=300, distance=1.2), steps=1600,
                                         hidden=(96,), optimiser="adamw", decay=0.01), ()),
    _k("wrong labels, many epochs", replace(BASE, task=mixture(rows=500, wrong=0.4), hidden=(96,),
                                            steps=1600, schedule=warmed), ()),
    _k("words, too few", replace(BASE, task=bigrams(rows=500, noise=1.0), classes=16, hidden=(64,),
                                 rate=5e-3, steps=1200), ()),
    _k("regression, too few", replace(LONG, task=teacher(rows=60, noise=0.5), optimiser="adam",
                                      rate=3e-3, hidden=(64,), schedule=cosine, steps=1500), ()),
    _k("stopped early", replace(FLAT, optimiser="sgd", rate=0.02, steps=250,
                                evaluate_every=10, log_every=2),
       {"still-improving"}, severity="note"),
    _k("stopped early, no rate", replace(LONG, task=teacher(noise=0.0), optimiser="adam", rate=1e-3,
                                         steps=200, evaluate_every=8, log_every=2, logs_rate=False),
       {"still-improving"}, severity="note"),
    _k("a machine that waits", BASE, {"stall"}, (), stopped),
    _k("a machine that waits, sparse", replace(BASE, log_every=20, steps=1200), {"stall"}, (),
       stopped, pace=1.0),
    _k("a machine that waits twice", BASE, {"stall"}, (), _preempted_twice),
    _k("an older checkpoint", BASE, {"restart"}, (), goes_back(0.6, 0.4), severity="note"),
    _k("from the start again", BASE, {"restart"}, (), goes_back(0.3, 0.0), severity="note"),
    _k("an accuracy that is stale", BASE, {"constant-metric"}, (), _stale_score, severity="note"),
    _k("two classes alike", replace(BASE, task=mixture(rows=6000, alike=0.5, validation=1000)),
       {"confused-classes"}, ()),
    _k("two classes alike, fewer", replace(BASE, task=mixture(rows=4000, classes=6, alike=0.6,
                                                              validation=600), classes=6),
       {"confused-classes"}, ()),
    _k("a layer that is too large", replace(DEEP, before=at(0, grows(3, 40.0))),
       {"odd-layer"}, FAILS | {"loss-spike"}, **NOT_LABELLED),
    Kind("a slow rank", parallel(slow=1.5), (frozenset({"straggler"}),), severity="warning"),
    Kind("a rank that is a bit slow", parallel(slow=1.35), (frozenset({"straggler"}),),
       severity="warning"),
    Kind("a slow rank, by the clock", by_the_clock(1.6), (frozenset({"straggler"}),),
         frozenset({"still-improving"}), severity="warning"),
    Kind("a rank outside the average", parallel(parts_at=0.4, broken_reduce=True),
         (frozenset({"rank-mismatch"}),), severity="warning"),
    Kind("a rank that leaves late", parallel(parts_at=0.8, broken_reduce=True),
         (frozenset({"rank-mismatch"}),), severity="warning"),
    Kind("two groups alike", seeds_of_two(better=False), (frozenset({"within-noise"}),),
         severity="note"),
    Kind("two groups that differ", seeds_of_two(better=True)),
]  # fmt: skip
