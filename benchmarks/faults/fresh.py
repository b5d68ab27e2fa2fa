"""Kinds that nothing was tuned on, neither a threshold nor a rule nor a label."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from faults.broken import (
    BESIDE,
    DEEP,
    LONG,
    at,
    by_the_clock,
    goes_back,
    grows,
    parallel,
    raised,
    since,
    stopped,
)
from faults.cases import Kind
from faults.healthy import BASE, cosine, linear, thin, warmed
from faults.judging import (
    WORDS,
    failed,
    healthy_kind,
    improves,
    judged_kind,
    kind,
    no_data,
    spiked,
    wild,
)
from faults.tasks import bigrams, mixture, teacher

NINE = replace(BASE, task=mixture(rows=6000, classes=9, features=25), classes=9, hidden=(40,))


def _infinite_target(state):
    """A label that was divided by zero."""
    state.targets = state.targets.copy()
    state.targets[:, 2] = np.inf


UNSEEN = [
    judged_kind(
        "regression, adam at a rate of 2",
        replace(LONG, optimiser="adam", rate=2.0),
        failed,
        "error",
    ),
    judged_kind(
        "nine classes, sgd at a rate of 8",
        replace(NINE, optimiser="sgd", rate=8.0),
        failed,
        "error",
    ),
    judged_kind(
        "words, momentum at a rate of 5",
        replace(WORDS, optimiser="momentum", rate=5.0),
        failed,
        "error",
    ),
    judged_kind(
        "nine classes, adagrad at a rate of 3",
        replace(NINE, optimiser="adagrad", rate=3.0),
        failed,
        "error",
    ),
    judged_kind(
        "rate 100 times as high, words",
        replace(WORDS, optimiser="sgd", rate=0.2, before=since(0.4, raised(100.0))),
        failed,
        "error",
    ),
    kind(
        "a target divided by zero",
        replace(LONG, before=at(0.5, _infinite_target)),
        {"non-finite"},
        BESIDE,
        "error",
    ),
    kind(
        "inputs of zero, nine classes",
        replace(NINE, before=since(0.0, no_data)),
        {"not-learning"},
        BESIDE,
        "error",
    ),
    kind(
        "a rate of 1e-8, nine classes",
        replace(NINE, optimiser="sgd", rate=1e-8),
        {"not-learning"},
        BESIDE,
        "error",
    ),
    judged_kind(
        "a corrupt batch, nine classes",
        replace(NINE, optimiser="sgd", rate=0.1, log_every=1, before=at(0.7, wild)),
        spiked,
        "note",
    ),
    kind(
        "nine sigmoids",
        replace(
            NINE, hidden=(20,) * 9, activation="sigmoid", optimiser="sgd", rate=0.05, histograms=6
        ),
        {"vanishing-gradients"},
        BESIDE,
    ),
    kind(
        "mixture, 300, rmsprop",
        replace(
            NINE,
            task=mixture(rows=300, classes=9, distance=1.5),
            optimiser="rmsprop",
            rate=2e-3,
            steps=1200,
        ),
        (),
        label=True,
    ),
    kind(
        "words, 500, momentum",
        replace(
            WORDS, task=bigrams(words=12, rows=500), optimiser="momentum", rate=0.05, steps=1200
        ),
        (),
        label=True,
    ),
    kind(
        "regression, 60",
        replace(
            LONG,
            task=teacher(rows=60, noise=0.8),
            optimiser="adamw",
            rate=3e-3,
            hidden=(64,),
            steps=1000,
        ),
        (),
        label=True,
    ),
    kind("a machine that waits, regression", LONG, {"stall"}, (), edit=stopped, label=True),
    kind(
        "an older checkpoint, words",
        replace(WORDS, steps=900),
        {"restart"},
        (),
        "note",
        goes_back(0.7, 0.45),
        label=True,
    ),
    kind(
        "two of nine classes alike",
        replace(NINE, task=mixture(rows=6000, classes=9, features=25, alike=0.5, validation=900)),
        {"confused-classes"},
        (),
        label=True,
    ),
    kind(
        "eleven layers, one too large",
        replace(DEEP, hidden=(20,) * 11, before=at(0, grows(7, 25.0))),
        {"odd-layer"},
        BESIDE,
    ),
    Kind(
        "a rank that is 1.7 times as slow",
        parallel(slow=1.7),
        (frozenset({"straggler"}),),
        severity="warning",
    ),
    Kind(
        "a slow rank, another clock",
        by_the_clock(1.55),
        (frozenset({"straggler"}),),
        frozenset({"still-improving"}),
        severity="warning",
    ),
    Kind(
        "a rank that leaves at a half",
        parallel(parts_at=0.5, broken_reduce=True),
        (frozenset({"rank-mismatch"}),),
        severity="warning",
    ),
    judged_kind(
        "nine classes, stopped early",
        replace(NINE, rate=3e-4, steps=240, evaluate_every=8, log_every=2, schedule=lambda _: 1.0),
        improves,
        "note",
    ),
    judged_kind(
        "regression, adam, stopped early",
        replace(
            LONG,
            task=teacher(noise=0.05),
            optimiser="adam",
            rate=5e-4,
            steps=240,
            evaluate_every=8,
            log_every=2,
            schedule=lambda _: 1.0,
        ),
        improves,
        "note",
    ),
    healthy_kind("nine classes", NINE),
    healthy_kind("nine classes, adamw, warmed", replace(NINE, optimiser="adamw", schedule=warmed)),
    healthy_kind(
        "regression, rmsprop", replace(LONG, optimiser="rmsprop", rate=1e-3, schedule=cosine)
    ),
    healthy_kind("words, a third dropped", replace(WORDS, dropout=0.3)),
    healthy_kind(
        "fine-tuning of nine classes, sgd",
        replace(NINE, warm=300, optimiser="sgd", rate=0.02, schedule=linear),
    ),
    healthy_kind("seven layers, norms logged", replace(DEEP, hidden=(28,) * 7, rate=2e-3)),
    healthy_kind("batch of two", replace(NINE, batch=2, rate=3e-4, log_every=1, steps=1500)),
    healthy_kind(
        "nine classes, a quarter wrong",
        replace(NINE, task=mixture(rows=10000, classes=9, features=25, wrong=0.25)),
    ),
    healthy_kind("few records, words", WORDS, thin(12)),
    healthy_kind("three evaluations", replace(NINE, evaluate_every=260)),
    healthy_kind("sgd at a rate of a half", replace(NINE, optimiser="sgd", rate=0.5)),
]
