"""Data that networks are trained on: made anew for each seed."""

from __future__ import annotations

import numpy as np


def one_hot(labels, classes):
    """Rows with a 1 at the label's place."""
    return np.eye(classes, dtype=np.float32)[labels]


def mixture(
    rows=2000,
    classes=10,
    features=20,
    distance=2.2,
    wrong=0.0,
    alike=0.0,
    validation=400,
    test=2000,
):
    """Normal clouds, one a class.

    Args:
        rows: of training.
        classes: their number.
        features: of a row.
        distance: of the centres, in standard deviations.
        wrong: share of training labels that are drawn anew.
        alike: share of the labels of class 0 that are written as class 1, in all data.
        validation: rows.
        test: rows.
    """

    def make(rng):
        centres = rng.normal(0, 1, (classes, features))
        centres *= distance / np.sqrt(features) * 1.6
        total = rows + validation + test
        labels = rng.integers(0, classes, total)
        inputs = centres[labels] + rng.normal(0, 1, (total, features))
        if alike:
            swapped = (labels == 0) & (rng.random(total) < alike)
            labels = np.where(swapped, 1, labels)
        if wrong:
            drawn = rng.integers(0, classes, rows)
            labels[:rows] = np.where(rng.random(rows) < wrong, drawn, labels[:rows])
        return _split(inputs, one_hot(labels, classes), rows, validation)

    return make


def teacher(rows=2000, features=12, noise=0.3, validation=300, test=1500):
    """A smooth function of the inputs with noise, for regression."""

    def make(rng):
        total = rows + validation + test
        inputs = rng.normal(0, 1, (total, features))
        first = rng.normal(0, 1 / np.sqrt(features), (features, 8))
        second = rng.normal(0, 1, (8, 1))
        targets = np.tanh(1.5 * inputs @ first) @ second + rng.normal(0, noise, (total, 1))
        return _split(inputs, targets, rows, validation)

    return make


def parity(rows=4000, features=12, bits=3):
    """The parity of few bits of many: learnt late and at once."""

    def make(rng):
        total = rows + 400 + 1500
        inputs = rng.choice([-1.0, 1.0], (total, features))
        labels = (inputs[:, :bits].prod(axis=1) > 0).astype(int)
        return _split(inputs, one_hot(labels, 2), rows, 400)

    return make


def bigrams(rows=6000, words=16, noise=0.5, validation=600):
    """The next of few words by the two before: a language model's data."""

    def make(rng):
        logits = rng.normal(0, 1 / noise, (words, words, words))
        p = np.exp(logits)
        p /= p.sum(axis=2, keepdims=True)
        total = rows + validation + 2000
        first, second = rng.integers(0, words, (2, total))
        drawn = (p[first, second].cumsum(axis=1) > rng.random((total, 1))).argmax(axis=1)
        inputs = np.concatenate([one_hot(first, words), one_hot(second, words)], axis=1)
        return _split(inputs, one_hot(drawn, words), rows, validation)

    return make


def _split(inputs, targets, rows, validation):
    end = rows + validation
    parts = (slice(rows), slice(rows, end), slice(end, None))
    return tuple(column[piece] for piece in parts for column in (inputs, targets))
