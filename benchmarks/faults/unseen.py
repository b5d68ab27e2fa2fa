"""Further kinds, measured on before anything was tuned on them; now they count as tuned on."""

from __future__ import annotations

from dataclasses import replace

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
from faults.cases import Kind
from faults.healthy import BASE, cosine, linear, restarts, thin, warmed
from faults.judging import (
    MANY,
    WORDS,
    biased,
    failed,
    flip,
    healthy_kind,
    improves,
    judged_kind,
    kind,
    no_data,
    spiked,
    stale_loss,
)
from faults.tasks import bigrams, mixture, teacher

KINDS = [
    judged_kind("regression, momentum at a rate of 2", replace(LONG, rate=2.0), failed, "error"),
    judged_kind(
        "words, adamw at a rate of 1", replace(WORDS, optimiser="adamw", rate=1.0), failed, "error"
    ),
    judged_kind(
        "rate 50 times as high, tanh",
        replace(
            MANY, activation="tanh", optimiser="sgd", rate=0.1, before=since(0.7, raised(50.0))
        ),
        failed,
        "error",
    ),
    kind("a flipped bit", replace(WORDS, before=at(0.7, flip)), FAILS, BESIDE, "error"),
    kind(
        "a loader that gives zeros",
        replace(MANY, before=since(0.0, no_data)),
        {"not-learning"},
        BESIDE,
        "error",
    ),
    kind(
        "an optimiser without weights", replace(WORDS, rate=0.0), {"not-learning"}, BESIDE, "error"
    ),
    judged_kind(
        "one step at 300 times the rate",
        replace(MANY, optimiser="sgd", rate=0.15, log_every=1, before=at(0.55, raised(300.0))),
        spiked,
        "note",
    ),
    kind(
        "eight sigmoids, words",
        replace(
            WORDS,
            hidden=(20,) * 8,
            activation="sigmoid",
            optimiser="momentum",
            rate=0.01,
            histograms=6,
            schedule=linear,
        ),
        {"vanishing-gradients"},
        BESIDE,
    ),
    kind(
        "a second layer far below zero",
        replace(FLAT, hidden=(40, 40, 40), histograms=8, before=at(0.2, biased)),
        {"dead-units", "vanishing-gradients"},
        BESIDE,
    ),
    kind(
        "words, 300", replace(WORDS, task=bigrams(words=12, rows=300), steps=1000), (), label=True
    ),
    kind(
        "mixture, 200, momentum",
        replace(
            FLAT, task=mixture(rows=200, distance=1.4), optimiser="momentum", rate=0.03, steps=1000
        ),
        (),
        label=True,
    ),
    kind(
        "regression, 100",
        replace(
            LONG,
            task=teacher(rows=100, noise=0.6),
            optimiser="adam",
            rate=5e-3,
            hidden=(80,),
            schedule=warmed,
            steps=1200,
        ),
        (),
        label=True,
    ),
    kind(
        "a machine that waits, pace 1.5",
        replace(MANY, log_every=10),
        {"stall"},
        (),
        edit=stopped,
        pace=1.5,
        label=True,
    ),
    kind(
        "a checkpoint a bit older",
        replace(WORDS, steps=1000),
        {"restart"},
        (),
        "note",
        goes_back(0.8, 0.7),
        label=True,
    ),
    kind(
        "a validation loss that is stale",
        MANY,
        {"constant-metric"},
        ("not-learning",),
        "note",
        stale_loss,
    ),
    kind(
        "two of fifteen classes alike",
        replace(MANY, task=mixture(rows=8000, classes=15, features=30, alike=0.5, validation=1500)),
        {"confused-classes"},
        (),
        label=True,
    ),
    kind(
        "ten layers, one too large",
        replace(DEEP, hidden=(20,) * 10, activation="tanh", before=at(0, grows(6, 30.0))),
        {"odd-layer"},
        BESIDE,
    ),
    Kind(
        "a rank that is 1.4 times as slow",
        parallel(slow=1.4),
        (frozenset({"straggler"}),),
        severity="warning",
    ),
    Kind(
        "a slow rank of four clocks",
        by_the_clock(1.45),
        (frozenset({"straggler"}),),
        frozenset({"still-improving"}),
        severity="warning",
    ),
    Kind(
        "a rank that leaves in the middle",
        parallel(parts_at=0.6, broken_reduce=True),
        (frozenset({"rank-mismatch"}),),
        severity="warning",
    ),
    judged_kind(
        "words, stopped early",
        replace(
            WORDS,
            optimiser="momentum",
            rate=4e-3,
            steps=240,
            evaluate_every=8,
            log_every=2,
            schedule=lambda _: 1.0,
        ),
        improves,
        "note",
    ),
    judged_kind(
        "mixture, stopped early",
        replace(MANY, rate=3e-4, steps=240, evaluate_every=8, log_every=2, schedule=lambda _: 1.0),
        improves,
        "note",
    ),
    Kind(
        "two groups alike, other seeds",
        seeds_of_two(better=False),
        (frozenset({"within-noise"}),),
        severity="note",
    ),
    healthy_kind("words, adam, linear", replace(WORDS, schedule=linear)),
    healthy_kind(
        "words, warm restarts, rate not logged", replace(WORDS, schedule=restarts, logs_rate=False)
    ),
    healthy_kind("fifteen classes", MANY),
    healthy_kind("fifteen classes, lion", replace(MANY, optimiser="lion", rate=3e-4)),
    healthy_kind(
        "fifteen classes, a fifth wrong",
        replace(MANY, task=mixture(rows=12000, classes=15, features=30, wrong=0.2)),
    ),
    healthy_kind("batch of eight", replace(BASE, batch=8, rate=1e-3)),
    healthy_kind("squared decay", replace(BASE, schedule=lambda share: (1 - share) ** 2)),
    healthy_kind(
        "regression, dropout",
        replace(LONG, dropout=0.2, optimiser="adam", rate=3e-3, schedule=cosine),
    ),
    healthy_kind(
        "regression, much noise",
        replace(
            LONG, task=teacher(rows=6000, noise=2.0), optimiser="adamw", rate=1e-3, schedule=cosine
        ),
    ),
    healthy_kind("ten layers, tanh", replace(DEEP, hidden=(20,) * 10, activation="tanh")),
    healthy_kind("twelve layers", replace(DEEP, hidden=(20,) * 12)),
    healthy_kind(
        "tanh, three layers with histograms",
        replace(MANY, activation="tanh", hidden=(32,) * 3, histograms=8),
    ),
    healthy_kind("fine-tuning of words", replace(WORDS, warm=400, rate=3e-4, schedule=linear)),
    healthy_kind("few records", MANY, thin(16)),
    healthy_kind("four evaluations", replace(MANY, evaluate_every=200)),
    healthy_kind("long and dense", replace(BASE, steps=3000, log_every=1, batch=16)),
    healthy_kind("sgd at a high rate", replace(MANY, optimiser="sgd", rate=0.6)),
]
