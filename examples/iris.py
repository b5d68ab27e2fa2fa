"""Classify iris flowers by their sepals with a small network, at two learning rates.

The petals would make it too easy: by the sepals alone, two of the three species overlap.

Logs what a classification report needs: loss and accuracy of training and validation, histograms
of weights and gradients, a confusion matrix with class names, a PR curve a class, parameters and
a text. Everything is numpy and tensorboardX; it takes a few seconds.
"""

import argparse
from pathlib import Path

import numpy as np
from tensorboardX import SummaryWriter
from tensorboardX.proto.summary_pb2 import Summary
from tensorboardX.proto.tensor_pb2 import TensorProto
from tensorboardX.proto.tensor_shape_pb2 import TensorShapeProto
from tensorboardX.summary import hparams

NAMES = ("setosa", "versicolor", "virginica")
ABOUT = """Two layers, softmax, plain stochastic gradient descent.

| part | size |
|---|---|
| input | sepal length and width, standardised |
| hidden | 16 units, tanh |
| output | 3 species |
"""


def load():
    """The flowers as (features, species) of a training and of a validation set."""
    table = np.genfromtxt(
        Path(__file__).with_name("iris.csv"), delimiter=",", skip_header=1, dtype=str
    )
    x = table[:, :2].astype(float)
    x = (x - x.mean(axis=0)) / x.std(axis=0)
    y = np.array([NAMES.index(name) for name in table[:, 4]])
    order = np.random.default_rng(7).permutation(len(x))
    train, val = order[:100], order[100:]
    return (x[train], y[train]), (x[val], y[val])


def forward(weights, x):
    """Hidden activations and class probabilities."""
    hidden = np.tanh(x @ weights["hidden"] + weights["hidden_bias"])
    logits = hidden @ weights["output"] + weights["output_bias"]
    logits -= logits.max(axis=1, keepdims=True)
    exp = np.exp(logits)
    return hidden, exp / exp.sum(axis=1, keepdims=True)


def backward(weights, x, y):
    """Gradients of the mean cross-entropy, by name of the weight."""
    hidden, p = forward(weights, x)
    d_logits = (p - np.eye(len(NAMES))[y]) / len(x)
    d_hidden = d_logits @ weights["output"].T * (1 - hidden**2)
    return {
        "hidden": x.T @ d_hidden,
        "hidden_bias": d_hidden.sum(axis=0),
        "output": hidden.T @ d_logits,
        "output_bias": d_logits.sum(axis=0),
    }


def log_confusion(writer, actual, predicted, step):
    """Log a confusion matrix as numbers: a square tensor, rows actual and columns predicted."""
    matrix = np.zeros((len(NAMES), len(NAMES)), dtype=np.float32)
    np.add.at(matrix, (actual, predicted), 1)
    shape = TensorShapeProto(dim=[TensorShapeProto.Dim(size=size) for size in matrix.shape])
    tensor = TensorProto(dtype="DT_FLOAT", tensor_shape=shape, float_val=matrix.ravel().tolist())
    value = Summary.Value(tag="val/confusion", tensor=tensor)
    writer.file_writer.add_summary(Summary(value=[value]), step)


def train(directory, rate, epochs):
    """Train one network and log it."""
    rng = np.random.default_rng(1)
    (x, y), (x_val, y_val) = load()
    weights = {
        "hidden": rng.normal(0, 0.5, (2, 16)),
        "hidden_bias": np.zeros(16),
        "output": rng.normal(0, 0.5, (16, len(NAMES))),
        "output_bias": np.zeros(len(NAMES)),
    }
    with SummaryWriter(str(Path(directory) / f"lr={rate}")) as writer:
        writer.add_text("about", ABOUT)
        writer.add_text("val/confusion/labels", ", ".join(NAMES))
        settings = {"model": "MLP 2-16-3", "dataset": "iris", "learning rate": rate, "batch": 20}
        for summary in hparams(settings, {}):
            writer.file_writer.add_summary(summary)
        for epoch in range(epochs):
            for batch in rng.permutation(len(x)).reshape(-1, 20):
                gradients = backward(weights, x[batch], y[batch])
                for name, gradient in gradients.items():
                    weights[name] -= rate * gradient
            log_epoch(
                writer, weights, {"train": (x[batch], y[batch]), "val": (x_val, y_val)}, epoch
            )
            if epoch % 20 == 0 or epoch == epochs - 1:
                for name in ("hidden", "output"):
                    writer.add_histogram(f"weights/{name}", weights[name], epoch)
                    writer.add_histogram(f"gradients/{name}", gradients[name], epoch)
                p = forward(weights, x_val)[1]
                log_confusion(writer, y_val, p.argmax(axis=1), epoch)
        for index, name in enumerate(NAMES):
            writer.add_pr_curve(f"pr/{name}", y_val == index, p[:, index], epochs - 1)


def log_epoch(writer, weights, sets, epoch):
    """Log loss and accuracy of the last training batch and of the validation set."""
    for split, (x, y) in sets.items():
        p = forward(weights, x)[1]
        writer.add_scalar(f"{split}/loss", -np.log(p[np.arange(len(y)), y] + 1e-12).mean(), epoch)
        writer.add_scalar(f"{split}/accuracy", (p.argmax(axis=1) == y).mean(), epoch)


def main():
    """Train both networks."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("directory", nargs="?", default="runs/iris")
    parser.add_argument("--epochs", type=int, default=200)
    arguments = parser.parse_args()
    for rate in (0.1, 0.01):
        train(arguments.directory, rate, arguments.epochs)
    print(f"Now: reportgen {arguments.directory} -o report.html")


if __name__ == "__main__":
    main()
