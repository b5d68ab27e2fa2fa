"""Healthy runs of every shape."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from faults import logs
from faults.cases import Kind, trained
from faults.networks import Setup
from faults.tasks import bigrams, mixture, parity, teacher


def cosine(share):
    """Half a cosine, to 0."""
    return 0.5 + 0.5 * np.cos(np.pi * share)


def warmed(share):
    """A straight rise over a tenth, then half a cosine."""
    return share / 0.1 if share < 0.1 else cosine((share - 0.1) / 0.9)


def linear(share):
    """A straight fall."""
    return 1 - share


def steps(share):
    """A tenth after a half, a hundredth after three quarters."""
    return 1.0 if share < 0.5 else 0.1 if share < 0.75 else 0.01


def one_cycle(share):
    """Up over 30 %, then down."""
    return 0.04 + 0.96 * share / 0.3 if share < 0.3 else 0.96 * cosine((share - 0.3) / 0.7) + 0.001


def restarts(share):
    """Half a cosine, four times."""
    return cosine(share * 4 % 1)


def inverse_root(share):
    """A rise over a tenth, then the inverse of the root."""
    return share / 0.1 if share < 0.1 else (0.1 / share) ** 0.5


def trapezoid(share):
    """Level, and a straight fall over the last quarter."""
    return min(1.0, (1 - share) / 0.25)


BASE = Setup(task=mixture(rows=6000), schedule=cosine)


def thin(all_items):
    """A log of which only some records were written."""

    def edit(log, _seed):
        for tag, columns in log.scalars.items():
            log.scalars[tag] = tuple(column[all_items - 1 :: all_items] for column in columns)

    return edit


def _pauses(log, _seed):
    """Each evaluation takes two minutes, in which nothing is logged."""
    for tag, (when, times, values) in log.scalars.items():
        waited = 120.0 * ((when + (tag.startswith("val"))) // 100)
        log.scalars[tag] = (when, times + waited, values)


def _scaled(log, _seed):
    """Loss scaling of mixed precision: the first norms overflow."""
    when, times, values = log.scalars["grad_norm"]
    values = values.copy()
    values[[0, 1, 60]] = np.inf
    log.scalars["grad_norm"] = (when, times, values)


def _without(*tags):
    def edit(log, _seed):
        for tag in tags:
            log.scalars.pop(tag, None)

    return edit


def _renamed(names):
    def edit(log, _seed):
        log.scalars = {names.get(tag, tag): columns for tag, columns in log.scalars.items()}

    return edit


def _counters(log, seed):
    """Settings, counters and tags of the machine beside the losses."""
    rng = np.random.default_rng([seed, 5])
    when, times, _ = log.scalars["train/loss"]
    log.scalars["epoch"] = (when, times, (when // 100).astype(float))
    log.scalars["weight_decay"] = (when, times, np.full(len(when), 0.01))
    log.scalars["batch_size"] = (when, times, np.full(len(when), 32.0))
    log.scalars["system/gpu_0_utilization"] = (when, times, rng.uniform(80, 100, len(when)))
    log.scalars["system/gpu_1_memory"] = (when, times, np.full(len(when), 71.5))
    log.scalars["loss_scale"] = (when, times, 2.0 ** (10 + when // 200))
    log.scalars["train/samples_per_second"] = (when, times, rng.normal(900, 60, len(when)))


def bandit(seeds):
    """REINFORCE on a bandit with noisy rewards: policy, value and entropy losses, and a reward."""
    made = []
    for seed in seeds:
        rng = np.random.default_rng([seed, 7])
        means = rng.normal(0, 1, 8)
        logits, value = np.zeros(8), 0.0
        rows = []
        for _ in range(600):
            p = np.exp(logits - logits.max())
            p /= p.sum()
            arms = rng.choice(8, 16, p=p)
            reward = means[arms] + rng.standard_t(3, 16)
            advantage = reward - value
            gradient = (advantage[:, None] * (np.eye(8)[arms] - p)).mean(axis=0)
            entropy = -(p * np.log(p + 1e-12)).sum()
            rows.append(
                (
                    reward.mean(),
                    -(advantage * np.log(p[arms])).mean(),
                    (advantage**2).mean(),
                    entropy,
                    np.sqrt((gradient**2).sum()),
                )
            )
            logits = logits + 0.1 * gradient
            value += 0.05 * advantage.mean()
        table = np.array(rows)
        when = np.arange(len(table))
        times = logs.clock(when, rng)
        tags = (
            "rollout/ep_rew_mean",
            "train/policy_gradient_loss",
            "train/value_loss",
            "train/entropy",
            "train/grad_norm",
        )
        log = logs.Log({tag: (when, times, table[:, i]) for i, tag in enumerate(tags)})
        made.append((logs.experiment({"run": log}), set(), set()))
    return made


def adversarial(seeds):
    """A generator of one number and a logistic critic, by turns."""
    made = []
    for seed in seeds:
        rng = np.random.default_rng([seed, 8])
        shift, (slope, bias, bend) = -2.0, (0.0, 0.0, 0.0)
        rows = []
        for _ in range(800):
            real, noise = rng.normal(1, 0.5, 32), rng.normal(0, 0.5, 32)
            fake = shift + noise

            def judged(x):
                return 1 / (1 + np.exp(-np.clip(slope * x + bias + bend * x * x, -30, 30)))  # noqa: B023

            on_real, on_fake = judged(real), judged(fake)
            loss_d = -np.log(on_real + 1e-8).mean() - np.log(1 - on_fake + 1e-8).mean()
            for x, error in ((real, on_real - 1), (fake, on_fake)):
                slope -= 0.05 * (error * x).mean()
                bias -= 0.05 * error.mean()
                bend -= 0.01 * (error * x * x).mean()
            on_fake = judged(fake)
            loss_g = -np.log(on_fake + 1e-8).mean()
            shift += 0.05 * ((1 - on_fake) * (slope + 2 * bend * fake)).mean()
            rows.append((loss_d, loss_g))
        table = np.array(rows)
        when = np.arange(len(table))
        times = logs.clock(when, rng)
        log = logs.Log(
            {
                "loss/D": (when, times, table[:, 0]),
                "loss/G": (when, times, table[:, 1]),
            }
        )
        made.append((logs.experiment({"run": log}), set(), set()))
    return made


def ranks(seeds):
    """Four ranks with shards of their own, all as fast."""
    made = []
    for seed in seeds:
        runs = {}
        for rank in range(4):
            rng = np.random.default_rng([seed, rank, 9])
            when = np.arange(200)
            seconds = np.exp(rng.normal(np.log(0.4), 0.1, 200))
            seconds[::50] += 5
            times = logs.BEGIN + np.cumsum(seconds)
            weight = np.zeros(3)
            losses = []
            for _ in when:
                x = rng.normal(size=(32, 3))
                residual = x @ (weight - [1, -2, 0.5]) + rng.normal(0, 0.3, 32)
                weight = weight - 0.05 * x.T @ residual / 32
                losses.append((residual**2).mean())
            runs[f"job/rank_{rank}"] = logs.Log(
                {
                    "train/loss": (when, times, np.array(losses)),
                    "step_time": (when, times, seconds),
                },
                rank=rank,
            )
        made.append((logs.experiment(runs), set(), set()))
    return made


def _deep(**changes):
    return replace(
        BASE, hidden=(24,) * 8, residual=True, gain=0.5, logs_layers=True, rate=1e-3, **changes
    )


def _k(name, setup, edit=None, allowed=(), **others):
    return Kind(name, trained(setup, edit, **others), allowed=frozenset(allowed))


KINDS = [
    _k("sgd", replace(BASE, optimiser="sgd", rate=0.2)),
    _k("momentum, steps", replace(BASE, optimiser="momentum", rate=0.03, schedule=steps)),
    _k("nesterov", replace(BASE, optimiser="nesterov", rate=0.03)),
    _k("adam, warmed cosine", replace(BASE, schedule=warmed)),
    _k("adamw, trapezoid", replace(BASE, optimiser="adamw", decay=0.05, schedule=trapezoid)),
    _k("rmsprop", replace(BASE, optimiser="rmsprop", rate=1e-3)),
    _k("adagrad", replace(BASE, optimiser="adagrad", rate=0.03)),
    _k("lion", replace(BASE, optimiser="lion", rate=5e-4)),
    _k("one cycle", replace(BASE, schedule=one_cycle, rate=0.01)),
    _k("warm restarts, rate logged", replace(BASE, schedule=restarts, rate=0.01)),
    _k("warm restarts, rate not logged",
       replace(BASE, schedule=restarts, rate=0.01, logs_rate=False)),
    _k("inverse root", replace(BASE, schedule=inverse_root)),
    _k("constant rate", replace(BASE, schedule=lambda _: 1.0, steps=1200)),
    _k("dropout", replace(BASE, dropout=0.3, hidden=(64,))),
    _k("label smoothing", replace(BASE, smoothing=0.1)),
    _k("weight decay", replace(BASE, decay=1e-3)),
    _k("batch of one", replace(BASE, batch=1, rate=1e-3, steps=1600, log_every=2)),
    _k("large batch", replace(BASE, batch=256, rate=0.01)),
    _k("few epochs", replace(BASE, steps=500, evaluate_every=100)),
    _k("sparse logging", BASE, thin(20)),
    _k("dense logging", replace(BASE, log_every=1, steps=1500)),
    _k("fine-tuning", replace(BASE, rate=1e-4, schedule=linear, warm=300)),
    _k("mixed precision", BASE, _scaled, allowed=("non-finite",)),
    _k("regression", replace(BASE, task=teacher(), classes=0, rate=0.01)),
    _k("regression, loss to zero",
       replace(BASE, task=teacher(noise=0.0, features=4), classes=0, hidden=(64,), rate=0.01)),
    _k("late start", replace(BASE, task=parity(), classes=2, hidden=(64,), rate=3e-3, steps=1500,
                             schedule=lambda _: 1.0)),
    _k("words", replace(BASE, task=bigrams(), classes=16, hidden=(48,), rate=5e-3)),
    _k("words, few left to learn", replace(BASE, task=bigrams(noise=2.0, rows=20000), classes=16,
                                           hidden=(48,), rate=5e-3),
       allowed=("not-learning",)),
    _k("tanh with histograms", replace(BASE, activation="tanh", histograms=12, hidden=(32, 32))),
    _k("relu with histograms", replace(BASE, histograms=12, hidden=(64, 32))),
    _k("wide relu with histograms", replace(BASE, histograms=8, hidden=(128,))),
    _k("eight layers", _deep()),
    _k("eight layers, tanh", _deep(activation="tanh")),
    _k("resumed", replace(BASE, first_step=50_000, warm=300)),
    _k("evaluations pause", BASE, _pauses),
    _k("counters and settings", BASE, _counters),
    _k("small validation set", replace(BASE, task=mixture(rows=6000, validation=40),
                                       schedule=linear)),
    _k("many wrong labels, much data", replace(BASE, task=mixture(rows=12000, wrong=0.4))),
    _k("loss only", BASE, _without("lr", "grad_norm", "val/loss", "val/accuracy")),
    _k("validation only", BASE, _without("lr", "grad_norm", "train/loss")),
    _k("clipped", replace(BASE, clip=0.5, optimiser="momentum", rate=0.05)),
    Kind("reinforcement learning", bandit),
    Kind("adversarial pair", adversarial),
    Kind("ranks", ranks, allowed=frozenset({"still-improving"})),
]  # fmt: skip
