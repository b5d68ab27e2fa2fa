"""Train three versions of a program with five seeds each, of which one has lost accuracy.

The versions are `main`, `refactor`, which trains exactly as main does, and `new-loader`, whose data
loader mixes up some labels. One run of each would not tell them apart; five do.
"""

import argparse
from pathlib import Path

import numpy as np
from tensorboardX import SummaryWriter

VERSIONS = ("main", "refactor", "new-loader")
SEEDS = 5
WRONG_LABELS = 0.04  # of the new loader
WIDTH, BATCH, RATE = 12, 32, 0.5


def main():
    """Train every version with every seed, and say which command compares them."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("directory", nargs="?", default="runs/seeds")
    parser.add_argument("--epochs", type=int, default=25)
    parser.add_argument("--no-regression", action="store_true", help="a loader without the mistake")
    arguments = parser.parse_args()
    for version in VERSIONS:
        wrong = WRONG_LABELS if version == "new-loader" and not arguments.no_regression else 0.0
        for seed in range(SEEDS):
            history = train(SEEDS * VERSIONS.index(version) + seed, wrong, arguments.epochs)
            log(Path(arguments.directory, version, f"seed_{seed}"), history)
    print(
        f"Now: reportgen {arguments.directory} --baseline main "
        '--check "last val/loss <= baseline + noise" --explain'
    )


def log(directory, history):
    """Write the losses and accuracies of one run."""
    with SummaryWriter(str(directory)) as writer:
        for epoch, (train_loss, loss, accuracy) in enumerate(history):
            writer.add_scalar("train/loss", train_loss, epoch)
            writer.add_scalar("val/loss", loss, epoch)
            writer.add_scalar("val/accuracy", accuracy, epoch)


def spirals(count, rng):
    """Return points of two noisy arms that wind about each other, and which arm each is of."""
    labels = rng.integers(0, 2, count)
    turn = rng.uniform(0.3, 1.0, count)
    angle = 5 * turn + np.pi * labels
    points = turn[:, None] * np.stack([np.cos(angle), np.sin(angle)], axis=1)
    return 2 * points + rng.normal(0, 0.12, (count, 2)), labels.astype(float)


def train(seed, wrong, epochs):
    """Train a small network and return its losses and accuracy by epoch.

    Args:
        seed: of the weights and of the order of the data; the data are always the same.
        wrong: share of labels that are mixed up in each batch.
        epochs: how long.
    """
    x, y = spirals(384, np.random.default_rng(1))
    val_x, val_y = spirals(2_000, np.random.default_rng(2))
    rng = np.random.default_rng([3, seed])
    weights = [
        rng.normal(0, 1, (2, WIDTH)),
        np.zeros(WIDTH),
        rng.normal(0, 0.3, WIDTH),
        np.zeros(1),
    ]
    history = []
    for _ in range(epochs):
        losses = []
        for batch in rng.permutation(len(x)).reshape(-1, BATCH):
            labels = np.where(rng.uniform(size=BATCH) < wrong, 1 - y[batch], y[batch])
            losses.append(step(weights, x[batch], labels))
        chance = predict(weights, val_x)[1]
        history.append((np.mean(losses), entropy(chance, val_y), np.mean((chance > 0.5) == val_y)))
    return history


def predict(weights, x):
    """Return the hidden layer and the probability of the second arm."""
    hidden = np.tanh(x @ weights[0] + weights[1])
    return hidden, 1 / (1 + np.exp(-(hidden @ weights[2] + weights[3])))


def entropy(chance, labels):
    """Return the cross entropy of predicted probabilities."""
    right = np.where(labels == 1, chance, 1 - chance)
    return -np.log(np.maximum(right, 1e-9)).mean()


def step(weights, x, labels):
    """Take one step of gradient descent and return the loss before it."""
    hidden, chance = predict(weights, x)
    error = (chance - labels) / len(x)
    back = np.outer(error, weights[2]) * (1 - hidden**2)
    gradients = (x.T @ back, back.sum(0), hidden.T @ error, error.sum(keepdims=True))
    for weight, gradient in zip(weights, gradients, strict=True):
        np.subtract(weight, RATE * gradient, out=weight)
    return entropy(chance, labels)


if __name__ == "__main__":
    main()
