"""Train one deep network on eleven tasks and log 152 tags, as large trainings do.

A residual network of 24 layers learns eleven small classifications at once. From step 205 on,
layer 17 has a learning rate that is far too high, as a wrong parameter group would give it. Logs
five numbers a layer, loss and accuracy of each task, losses, schedule and the state of the machine.
"""

import argparse

import numpy as np
from logs import Log
from tensorboardX import summary

LAYERS, WIDTH, INPUTS = 24, 20, 10
FAULTY, FAULT_FROM = 17, 205
TASKS = {  # classes, and the share of labels that are wrong
    "parity": (2, 0.10),
    "side": (2, 0.02),
    "ring": (2, 0.25),
    "corner": (4, 0.05),
    "slope": (4, 0.20),
    "nearest": (5, 0.10),
    "largest": (5, 0.30),
    "order": (3, 0.05),
    "sign": (2, 0.35),
    "region": (8, 0.05),
    "band": (3, 0.15),
}


class Data:
    """Points, and for each task what a fixed random network says of them, with wrong labels."""

    def __init__(self, rng):
        self.rng = rng
        self.teachers = {
            task: (rng.normal(0, 1, (INPUTS, 12)), rng.normal(0, 1, (12, classes)))
            for task, (classes, _) in TASKS.items()
        }

    def draw(self, count):
        """Points (count, INPUTS) and labels (count,) by task."""
        x = self.rng.normal(size=(count, INPUTS))
        labels = {}
        for task, (inner, outer) in self.teachers.items():
            classes, wrong = TASKS[task]
            label = (np.tanh(x @ inner) @ outer).argmax(axis=1)
            random = self.rng.integers(classes, size=count)
            labels[task] = np.where(self.rng.random(count) < wrong, random, label)
        return x, labels


class Network:
    """An input layer, residual tanh layers, and a linear head a task; trained by momentum."""

    def __init__(self, rng):
        self.first = rng.normal(0, INPUTS**-0.5, (INPUTS, WIDTH))
        self.layers = [rng.normal(0, 0.3 * WIDTH**-0.5, (WIDTH, WIDTH)) for _ in range(LAYERS)]
        self.heads = {task: np.zeros((WIDTH, classes)) for task, (classes, _) in TASKS.items()}
        self.speed = {}

    def forward(self, x):
        """What each residual layer adds, the stream before each layer and after the last."""
        streams, added = [x @ self.first], []
        for weight in self.layers:
            added.append(np.tanh(streams[-1] @ weight))
            streams.append(streams[-1] + 0.3 * added[-1])
        return streams, added

    def evaluate(self, x, labels):
        """Loss and accuracy by task."""
        last = self.forward(x)[0][-1]
        scores = {}
        for task, head in self.heads.items():
            p = _softmax(last @ head)
            right = p.argmax(axis=1) == labels[task]
            scores[task] = (-np.log(p[np.arange(len(x)), labels[task]]).mean(), right.mean())
        return scores

    def gradients(self, x, labels):
        """Mean loss over the tasks, gradients of first, layers and heads, and what was added."""
        streams, added = self.forward(x)
        loss, d_stream, d_heads = 0.0, np.zeros_like(streams[-1]), {}
        for task, head in self.heads.items():
            p = _softmax(streams[-1] @ head)
            loss -= np.log(p[np.arange(len(x)), labels[task]]).mean() / len(TASKS)
            delta = (p - np.eye(p.shape[1])[labels[task]]) / len(x) / len(TASKS)
            d_heads[task] = streams[-1].T @ delta
            d_stream += delta @ head.T
        d_layers = [np.empty(0)] * LAYERS
        for index in reversed(range(LAYERS)):
            d_added = 0.3 * d_stream * (1 - added[index] ** 2)
            d_layers[index] = streams[index].T @ d_added
            d_stream = d_stream + d_added @ self.layers[index].T
        return loss, x.T @ d_stream, d_layers, d_heads, added

    def update(self, name, weight, gradient, rate):
        """Move a weight in place, and return the size of the move relative to the weight."""
        speed = self.speed[name] = 0.9 * self.speed.get(name, 0) + gradient
        weight -= rate * speed
        return rate * np.linalg.norm(speed) / max(np.linalg.norm(weight), 1e-9)


def _softmax(logits):
    exp = np.exp(logits - logits.max(axis=1, keepdims=True))
    return exp / exp.sum(axis=1, keepdims=True) + 1e-12


def train(log, steps):
    """Train the network and log it."""
    rng = np.random.default_rng(11)
    data, network = Data(rng), Network(rng)
    x_val, labels_val = data.draw(1000)
    ram = 180.0
    for step in range(steps):
        rate = 0.5 * min(1, (step + 1) / 20) * 0.5 * (1 + np.cos(np.pi * step / steps))
        x, labels = data.draw(64)
        loss, d_first, d_layers, d_heads, added = network.gradients(x, labels)
        norms = [np.linalg.norm(gradient) for gradient in d_layers]
        network.update("first", network.first, d_first, rate)
        for task, gradient in d_heads.items():
            network.update(task, network.heads[task], gradient, rate)
        for index, weight in enumerate(network.layers):
            faulty = index == FAULTY and step >= FAULT_FROM
            ratio = network.update(index, weight, d_layers[index], rate * (150 if faulty else 1))
            if step % 10 == 0 or step == steps - 1:
                values = {
                    "grad_norm": norms[index],
                    "weight_norm": np.linalg.norm(weight),
                    "act_mean": added[index].mean(),
                    "act_std": added[index].std(),
                    "update_ratio": ratio,
                }
                for name, value in values.items():
                    log.add(summary.scalar(f"layers/{index}/{name}", value), step)
        ram += 0.06 + 0.02 * rng.normal()
        values = {
            "train/loss": loss,
            "train/grad_norm": np.linalg.norm(norms),
            "train/lr": rate,
            "perf/tokens_per_s": 41_200 + 600 * rng.normal(),
            "perf/step_s": 2.98 + 0.05 * rng.normal(),
            "system/gpu_util": 97 + rng.normal(),
            "system/gpu_mem_gb": 71.8 if step > 200 else 68.0,
            "system/cpu": 21 + rng.normal(),
            "system/ram_gb": ram,
        }
        for tag, value in values.items():
            log.add(summary.scalar(tag, value), step)
        if step % 20 == 0 or step == steps - 1:
            scores = network.evaluate(x_val, labels_val)
            log.add(
                summary.scalar("val/loss", np.mean([loss for loss, _ in scores.values()])), step
            )
            for task, (task_loss, accuracy) in scores.items():
                log.add(summary.scalar(f"eval/{task}/loss", task_loss), step)
                log.add(summary.scalar(f"eval/{task}/accuracy", accuracy), step)


def main():
    """Train and log."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("directory", nargs="?", default="runs/many_tags")
    parser.add_argument("--epochs", type=int, default=400, help="steps")
    arguments = parser.parse_args()
    with Log(arguments.directory, pace=3.0) as log:
        log.parameters(
            {"layers": LAYERS, "width": WIDTH, "lr": 0.5, "tasks": len(TASKS), "seed": 11}
        )
        train(log, arguments.epochs)
    print(f"Now: reportgen {arguments.directory} -o report.html")


if __name__ == "__main__":
    main()
