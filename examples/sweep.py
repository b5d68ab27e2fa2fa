"""Search for good parameters: 60 small networks with random settings on one data set.

Three interleaved spirals of points are to be told apart. Every trial draws its learning rate,
depth, width, batch size and dropout; trial_000 has the settings that one would try first and is a
baseline to compare with. Logs loss and accuracy of each epoch and the parameters of each trial.
"""

import argparse
from itertools import pairwise
from pathlib import Path

import numpy as np
from logs import Log
from tensorboardX import summary

CLASSES = 3
TRIALS = 60
FIRST_GUESS = {"lr": 1e-3, "depth": 2, "width": 32, "batch_size": 64, "dropout": 0.2}


def spirals(rng, count):
    """Points (count, 2) on three noisy spirals, and which spiral each is on."""
    arm = rng.integers(CLASSES, size=count)
    radius = np.sqrt(rng.uniform(0.03, 1, count))
    angle = 4.5 * radius + 2 * np.pi * arm / CLASSES + rng.normal(0, 0.4, count)
    return np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1), arm


def draw(rng):
    """Random settings of a trial."""
    return {
        "lr": float(f"{10 ** rng.uniform(-4, -1):.1e}"),
        "depth": int(rng.choice([1, 2, 3, 4])),
        "width": int(rng.choice([16, 32, 64])),
        "batch_size": int(rng.choice([16, 32, 64, 128])),
        "dropout": round(float(rng.uniform(0, 0.5)), 2),
    }


class Network:
    """Dense layers with ReLU and dropout, trained by Adam."""

    def __init__(self, rng, settings):
        sizes = [2, *[settings["width"]] * settings["depth"], CLASSES]
        self.rng, self.settings, self.step = rng, settings, 0
        self.weights = [
            rng.normal(0, np.sqrt(2 / fan_in), (fan_in, fan_out))
            for fan_in, fan_out in pairwise(sizes)
        ]
        self.weights += [np.zeros(size) for size in sizes[1:]]
        self.moments = [(np.zeros_like(w), np.zeros_like(w)) for w in self.weights]

    def forward(self, x, dropout=0.0):
        """Activations of every layer, and the class probabilities."""
        depth = len(self.weights) // 2
        activations = [x]
        for layer in range(depth - 1):
            hidden = np.maximum(
                activations[-1] @ self.weights[layer] + self.weights[depth + layer], 0
            )
            if dropout:
                hidden *= (self.rng.random(hidden.shape) >= dropout) / (1 - dropout)
            activations.append(hidden)
        logits = activations[-1] @ self.weights[depth - 1] + self.weights[-1]
        exp = np.exp(logits - logits.max(axis=1, keepdims=True))
        return activations, exp / exp.sum(axis=1, keepdims=True)

    def train(self, x, y):
        """Take one Adam step on a batch and return its mean cross-entropy."""
        activations, p = self.forward(x, self.settings["dropout"])
        depth = len(self.weights) // 2
        gradients = [None] * len(self.weights)
        delta = (p - np.eye(CLASSES)[y]) / len(x)
        for layer in reversed(range(depth)):
            gradients[layer] = activations[layer].T @ delta
            gradients[depth + layer] = delta.sum(axis=0)
            delta = (delta @ self.weights[layer].T) * (activations[layer] > 0)
        self.step += 1
        bias = np.sqrt(1 - 0.999**self.step) / (1 - 0.9**self.step)
        for index, gradient in enumerate(gradients):
            mean, square = self.moments[index]
            mean = mean + 0.1 * (gradient - mean)
            square = square + 0.001 * (gradient**2 - square)
            self.moments[index] = mean, square
            self.weights[index] -= self.settings["lr"] * bias * mean / (np.sqrt(square) + 1e-8)
        return -np.log(p[np.arange(len(x)), y] + 1e-12).mean()


def main():
    """Train the trials one after the other."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("directory", nargs="?", default="runs/sweep")
    parser.add_argument("--epochs", type=int, default=30)
    arguments = parser.parse_args()

    rng = np.random.default_rng(5)
    (x, y), (x_val, y_val) = spirals(rng, 600), spirals(rng, 1000)
    for trial in range(TRIALS):
        settings = FIRST_GUESS if trial == 0 else draw(rng)
        network = Network(np.random.default_rng(trial), settings)
        directory = Path(arguments.directory) / f"trial_{trial:03d}"
        with Log(directory, start=700.0 * trial, pace=12.0) as log:
            log.parameters(settings | {"dataset": "spirals", "epochs": arguments.epochs})
            for epoch in range(arguments.epochs):
                order = np.array_split(
                    network.rng.permutation(len(x)), len(x) // settings["batch_size"]
                )
                loss = np.mean([network.train(x[batch], y[batch]) for batch in order])
                p = network.forward(x_val)[1]
                val_loss = -np.log(p[np.arange(len(p)), y_val] + 1e-12).mean()
                log.add(summary.scalar("train/loss", loss), epoch)
                log.add(summary.scalar("val/loss", val_loss), epoch)
                log.add(summary.scalar("val/accuracy", (p.argmax(axis=1) == y_val).mean()), epoch)
    print(f"Now: reportgen {arguments.directory} --baseline trial_000 -o report.html")


if __name__ == "__main__":
    main()
