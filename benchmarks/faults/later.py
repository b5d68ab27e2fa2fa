"""Still later kinds, measured on before anything was tuned on them; now they count as tuned on."""

from __future__ import annotations

from dataclasses import replace

from faults.broken import (
    BESIDE,
    DEEP,
    LONG,
    at,
    goes_back,
    grows,
    parallel,
    since,
    stopped,
)
from faults.cases import Kind
from faults.healthy import cosine, linear, warmed
from faults.judging import (
    MANY,
    WORDS,
    biased_first,
    failed,
    healthy_kind,
    improves,
    judged_kind,
    kind,
    no_data,
    no_target,
    spiked,
    wild,
)
from faults.tasks import mixture, teacher

KINDS = [
    judged_kind(
        "adagrad at a rate of 5", replace(MANY, optimiser="adagrad", rate=5.0), failed, "error"
    ),
    judged_kind(
        "rmsprop at a rate of 1", replace(LONG, optimiser="rmsprop", rate=1.0), failed, "error"
    ),
    kind(
        "a target that is missing",
        replace(LONG, before=at(0.3, no_target)),
        {"non-finite"},
        BESIDE,
        "error",
    ),
    kind(
        "inputs of zero, words",
        replace(WORDS, before=since(0.0, no_data)),
        {"not-learning"},
        BESIDE,
        "error",
    ),
    kind(
        "a rate of 1e-8, tanh",
        replace(MANY, activation="tanh", optimiser="momentum", rate=1e-8),
        {"not-learning"},
        BESIDE,
        "error",
    ),
    judged_kind(
        "a corrupt batch, fifteen classes",
        replace(MANY, optimiser="momentum", rate=0.01, log_every=1, before=at(0.55, wild)),
        spiked,
        "note",
    ),
    kind(
        "seven sigmoids, small weights",
        replace(
            MANY,
            hidden=(24,) * 7,
            activation="sigmoid",
            gain=0.5,
            histograms=6,
            optimiser="sgd",
            rate=0.05,
        ),
        {"vanishing-gradients"},
        BESIDE,
    ),
    kind(
        "a first layer far below zero",
        replace(WORDS, hidden=(40, 40), histograms=8, before=at(0.5, biased_first)),
        {"dead-units", "vanishing-gradients"},
        BESIDE,
    ),
    kind(
        "mixture, 400, adam",
        replace(MANY, task=mixture(rows=400, classes=15, features=30), steps=1200),
        (),
        label=True,
    ),
    kind(
        "regression, 80",
        replace(
            LONG,
            task=teacher(rows=80, noise=0.7),
            optimiser="adam",
            rate=4e-3,
            hidden=(96,),
            steps=1000,
        ),
        (),
        label=True,
    ),
    kind("a machine that waits, words", WORDS, {"stall"}, (), edit=stopped, label=True),
    kind(
        "a checkpoint much older",
        replace(MANY, steps=700),
        {"restart"},
        (),
        "note",
        goes_back(0.9, 0.3),
        label=True,
    ),
    kind(
        "two of eight classes alike",
        replace(MANY, classes=8, task=mixture(rows=6000, classes=8, alike=0.5, validation=800)),
        {"confused-classes"},
        (),
        label=True,
    ),
    kind(
        "nine layers, one too large",
        replace(DEEP, hidden=(28,) * 9, before=at(0, grows(4, 30.0))),
        {"odd-layer"},
        BESIDE,
    ),
    Kind(
        "a rank that is twice as slow",
        parallel(slow=2.0),
        (frozenset({"straggler"}),),
        severity="warning",
    ),
    Kind(
        "a rank that leaves at once",
        parallel(parts_at=0.1, broken_reduce=True),
        (frozenset({"rank-mismatch"}),),
        severity="warning",
    ),
    judged_kind(
        "regression, stopped early",
        replace(LONG, task=teacher(noise=0.0), rate=2e-3, steps=200, evaluate_every=8, log_every=2),
        improves,
        "note",
    ),
    judged_kind(
        "fifteen classes, stopped early",
        replace(
            MANY,
            optimiser="sgd",
            rate=0.03,
            steps=200,
            evaluate_every=8,
            log_every=2,
            schedule=lambda _: 1.0,
        ),
        improves,
        "note",
    ),
    healthy_kind(
        "fine-tuning of a regression", replace(LONG, warm=400, rate=1e-3, schedule=linear)
    ),
    healthy_kind(
        "fine-tuning, fifteen classes", replace(MANY, warm=300, rate=2e-4, schedule=cosine)
    ),
    healthy_kind("words, nesterov", replace(WORDS, optimiser="nesterov", rate=0.05)),
    healthy_kind(
        "words, rmsprop, warmed", replace(WORDS, optimiser="rmsprop", rate=2e-3, schedule=warmed)
    ),
    healthy_kind("five classes", replace(MANY, classes=5, task=mixture(rows=5000, classes=5))),
    healthy_kind(
        "three classes that overlap",
        replace(MANY, classes=3, task=mixture(rows=5000, classes=3, distance=0.8)),
    ),
    healthy_kind("four layers with histograms", replace(MANY, hidden=(32,) * 4, histograms=10)),
    healthy_kind("half dropped", replace(MANY, hidden=(96,), dropout=0.5)),
    healthy_kind("regression, sgd", replace(LONG, optimiser="sgd", rate=0.05, schedule=linear)),
    healthy_kind(
        "six layers, layer norms logged", replace(DEEP, hidden=(32,) * 6, optimiser="adamw")
    ),
    healthy_kind(
        "every record, batch of four", replace(MANY, batch=4, rate=5e-4, log_every=1, steps=1200)
    ),
]
