"""The cases: what is trained, and which findings are true of it.

A kind names what must be found (`expected`: of each group of rules at least one) and what may be
found beside it (`allowed`). Where it depends on how the training went, the losses on many test
samples say it: see `labelled`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from faults import logs
from faults.networks import Trained, train

from reportgen.frames.experiment import Experiment

OVERFITS = 0.10  # rise of the test loss over its best, as a share, that must be found
MAY_OVERFIT = 0.03  # that may be
NEAR_CHANCE = 0.97  # of the loss of guessing: that it is no better may be told
IMPROVES = 0.03  # fall of the test loss in a quarter more of the steps that may be told


@dataclass(frozen=True)
class Kind:
    """One kind of case.

    Attributes:
        name: in the tables.
        make: the experiments of some seeds, each with the findings that the test losses ask for
            and allow.
        expected: groups of rules; of each at least one must be found.
        allowed: rules that may be found beside them.
        severity: of what is expected.
    """

    name: str
    make: Callable[[list[int]], list[tuple[Experiment, set[str], set[str]]]]
    expected: tuple[frozenset[str], ...] = ()
    allowed: frozenset[str] = frozenset()
    severity: str = ""


@dataclass(frozen=True)
class Case:
    """One experiment, and what is true of it."""

    kind: str
    seed: int
    experiment: Experiment
    expected: tuple[frozenset[str], ...]
    allowed: frozenset[str]
    severity: str


def cases(kinds: list[Kind], seeds: list[int]) -> Iterator[Case]:
    """The cases of some kinds and seeds."""
    for kind in kinds:
        for seed, (experiment, must, may) in zip(seeds, kind.make(seeds), strict=True):
            groups = (rule if isinstance(rule, frozenset) else frozenset({rule}) for rule in must)
            expected = kind.expected + tuple(sorted(groups, key=sorted))
            yield Case(kind.name, seed, experiment, expected, kind.allowed | may, kind.severity)


def trained(setup, edit=None, pace=0.5, label=True):
    """What makes the experiments of networks that are trained so.

    Args:
        setup: of the networks.
        edit: see `judged`.
        pace: see there.
        label: whether the test losses say which findings are true.
    """
    return judged(setup, labelled if label else _unjudged, edit, pace)


def _unjudged(_result, _place):
    return set(), set()


def judged(setup, judge, edit=None, pace=0.5):
    """What makes the experiments of networks of which the training says what is true.

    Args:
        setup: of the networks.
        judge: what must and may be found, given the training and the place of the seed in it.
        edit: changes a log, given it and the seed.
        pace: seconds a step.
    """

    def make(seeds):
        result = train(setup, seeds)
        made = []
        for place, seed in enumerate(seeds):
            log = logs.of_seed(result, place, seed, pace)
            if edit:
                log = edit(log, seed) or log
            must, may = judge(result, place)
            made.append((logs.experiment({"run": log}), must, may))
        return made

    return make


def labelled(result: Trained, place: int) -> tuple[set[str], set[str]]:
    """Which findings the losses on many test samples ask for, and which they allow."""
    losses = result.test_losses[:, place]
    finite = losses[np.isfinite(losses)]
    if len(finite) < 3:
        return set(), set()
    window = max(1, len(finite) // 10)
    smooth = np.convolve(finite, np.ones(window) / window, "valid")
    rise = smooth[-1] / smooth.min() - 1
    must, may = set(), set()
    train_losses = result.scalars["train/loss"][1][:, place]
    tenth = max(1, len(train_losses) // 10)
    reached = train_losses[-tenth:].mean() < 0.9 * train_losses[: max(1, tenth // 2)].mean()
    if reached and rise > OVERFITS:
        must.add("overfitting")
    elif rise > MAY_OVERFIT:
        may.add("overfitting")
    if result.test_confusion is not None and _confuses(result.test_confusion[place]):
        may.add("confused-classes")
    if result.classes and smooth[-1] > NEAR_CHANCE * np.log(result.classes):
        may.add("not-learning")
    if result.later[place] < (1 - IMPROVES) * smooth[-1]:
        may.add("still-improving")
    return must, may


def _confuses(counts: np.ndarray) -> bool:
    """Whether a class is taken for another in 15 % of many rows, and three times the mean pair."""
    shares = counts / np.maximum(1, counts.sum(axis=1, keepdims=True))
    off = shares[~np.eye(len(counts), dtype=bool)]
    return bool(off.max() > max(0.15, 3 * off.mean()))
