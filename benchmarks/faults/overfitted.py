"""Cases for overfitting alone: sets of all sizes, labelled by the loss on many test samples."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from faults import logs
from faults.cases import OVERFITS
from faults.healthy import BASE, cosine, linear
from faults.networks import Setup, train
from faults.tasks import bigrams, mixture, teacher

from reportgen.frames.experiment import Experiment


def setups() -> Iterator[tuple[str, Setup]]:
    """What is trained: from far too little data to plenty."""
    for rows in (100, 250, 600, 1500, 5000):
        for distance in (1.2, 2.2):
            yield (
                f"mixture of {rows}, distance {distance}",
                replace(BASE, task=mixture(rows=rows, distance=distance, test=4000), steps=1000),
            )
    for rows, dropout, decay in ((300, 0.5, 0.0), (300, 0.0, 0.03), (1000, 0.3, 0.0)):
        setup = replace(BASE, dropout=dropout, decay=decay, hidden=(64,), schedule=linear)
        yield (
            f"mixture of {rows}, dropout {dropout}, decay {decay}",
            replace(setup, task=mixture(rows=rows, distance=1.6), steps=1000),
        )
    for rows in (400, 1500, 6000):
        task = bigrams(rows=rows, noise=0.8)
        yield (
            f"words, {rows}",
            replace(BASE, task=task, classes=16, hidden=(48,), rate=5e-3, steps=1000),
        )
    for rows in (60, 200, 1000):
        yield (
            f"regression of {rows}",
            replace(
                BASE, task=teacher(rows=rows, noise=0.5), classes=0, hidden=(64,), rate=5e-3,
                schedule=cosine, steps=1000,
            ),
        )  # fmt: skip


def labelled_cases(seeds: list[int]) -> Iterator[tuple[str, int, Experiment, bool]]:
    """Name, seed, experiment, and whether the test loss rises by more than a tenth in the end."""
    for name, setup in setups():
        result = train(setup, seeds)
        for place, seed in enumerate(seeds):
            losses = result.test_losses[:, place]
            window = max(1, len(losses) // 10)
            smooth = np.convolve(losses, np.ones(window) / window, "valid")
            rise = smooth[-1] - smooth.min()
            truth = rise > OVERFITS * smooth.min()
            log = logs.of_seed(result, place, seed)
            yield name, seed, logs.experiment({"run": log}), bool(truth)


def macro_f1(pairs: list[tuple[bool, bool]]) -> float:
    """The mean F1 of both classes, of pairs of what is true and what was said."""
    scores = []
    for wanted in (True, False):
        right = sum(truth == said == wanted for truth, said in pairs)
        wrong = sum(truth != said for truth, said in pairs)
        scores.append(2 * right / (2 * right + wrong) if right or wrong else 1.0)
    return sum(scores) / 2
