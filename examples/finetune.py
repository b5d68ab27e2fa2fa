"""Fine-tune a small language model on a few lines of text with four settings, and see what happens.

A network that predicts the next letter from the twelve before it is first trained on weather
reports and a few recipes, then fine-tuned on cooking instructions through low-rank adapters (LoRA).
What goes wrong is real: the second learning rate overfits the small text and meets a batch of
damaged text on its way; the highest one diverges; the lowest is not finished. Logs losses,
accuracy, gradient norm, learning rate, parameters, and what the model writes for three prompts.
"""

import argparse
import logging
from copy import deepcopy
from pathlib import Path

import numpy as np
from logs import Log
from tensorboardX import summary

CONTEXT, WIDTH, EMBEDDING = 12, 96, 16
BATCH, WARM_UP = 32, 100
RUNS = {
    "lr1e-2_lora16": {"lr": 1e-2, "lora_rank": 16},
    "lr3e-3_lora4": {"lr": 3e-3, "lora_rank": 4},
    "lr3e-1_lora16": {"lr": 0.3, "lora_rank": 16},
    "lr1e-3_lora4": {"lr": 1e-3, "lora_rank": 4},
}
DAMAGED = "lr1e-2_lora16"  # this run is given a batch of damaged text
PROMPTS = ("add the ", "cook the rice ", "the soup is ")

WEATHER = [
    f"{when} the {what} is {how} in the {where}."
    for when in ("today", "tonight", "tomorrow", "at noon", "by evening")
    for what in ("rain", "wind", "sky", "snow", "fog", "air")
    for how in ("heavy", "light", "clear", "cold", "calm", "warm")
    for where in ("north", "south", "hills", "valley", "city")
]
COOKING = [
    f"{do} the {what} {how}{end}"
    for do in ("add", "cook", "stir", "wash", "chop", "taste")
    for what in ("rice", "beans", "soup", "onions", "sauce")
    for how in ("slowly", "with salt", "in a large pot", "for ten minutes", "until soft")
    for end in (".", " and serve.", ", then rest.")
]
LETTERS = sorted(set("".join(WEATHER + COOKING)) | {"\n", "#"})


def windows(lines):
    """Contexts (n, CONTEXT) and the letter after each (n,), as numbers."""
    text = np.array([LETTERS.index(letter) for letter in "\n" * CONTEXT + "\n".join(lines)])
    places = np.arange(len(text) - CONTEXT)
    return text[places[:, None] + np.arange(CONTEXT)], text[CONTEXT:]


class Model:
    """Letters to embeddings, one hidden layer, next letter; adapters on both dense layers."""

    def __init__(self, rng):
        self.table = rng.normal(0, 0.3, (len(LETTERS), EMBEDDING))
        self.hidden = rng.normal(0, (CONTEXT * EMBEDDING) ** -0.5, (CONTEXT * EMBEDDING, WIDTH))
        self.output = rng.normal(0, WIDTH**-0.5, (WIDTH, len(LETTERS)))
        self.adapters = {}

    def adapt(self, rng, rank):
        """Freeze the model and add adapters of a rank, which change nothing yet."""
        for name in ("hidden", "output"):
            rows, columns = getattr(self, name).shape
            self.adapters[name] = [rng.normal(0, 0.2, (rows, rank)), np.zeros((rank, columns))]

    def weight(self, name):
        """A dense layer's weights with its adapter."""
        down_up = self.adapters.get(name)
        return getattr(self, name) + (down_up[0] @ down_up[1] if down_up else 0)

    def forward(self, x):
        """Inputs of both dense layers, and the probabilities of the next letter."""
        flat = self.table[x].reshape(len(x), -1)
        hidden = np.tanh(flat @ self.weight("hidden"))
        logits = hidden @ self.weight("output")
        exp = np.exp(logits - logits.max(axis=1, keepdims=True))
        return flat, hidden, exp / exp.sum(axis=1, keepdims=True)

    def loss(self, x, y):
        """Mean cross-entropy and accuracy."""
        p = self.forward(x)[2]
        return -np.log(p[np.arange(len(y)), y]).mean(), (p.argmax(axis=1) == y).mean()

    def gradients(self, x, y):
        """Loss, and gradients of both dense layers' weights by name, and of the input."""
        flat, hidden, p = self.forward(x)
        loss = -np.log(p[np.arange(len(y)), y]).mean()
        delta = (p - np.eye(len(LETTERS))[y]) / len(y)
        d_hidden = delta @ self.weight("output").T * (1 - hidden**2)
        dense = {"hidden": flat.T @ d_hidden, "output": hidden.T @ delta}
        return loss, dense, d_hidden @ self.weight("hidden").T

    def write(self, prompt, letters=40):
        """Continue a prompt with the likeliest letters."""
        text = prompt
        for _ in range(letters):
            context = [LETTERS.index(letter) for letter in ("\n" * CONTEXT + text)[-CONTEXT:]]
            p = self.forward(np.array([context]))[2][0]
            if not np.isfinite(p).all():
                return text + "(not a number)"
            text += LETTERS[p.argmax()]
            if text.endswith("\n"):
                break
        return text.rstrip("\n")


def pretrain(rng):
    """Train a model on the weather reports and a few instructions."""
    few = [str(line) for line in rng.permutation(COOKING)[:9]]
    model, (x, y) = Model(rng), windows(WEATHER + few * 4)
    for step in range(2500):
        batch = rng.integers(len(y), size=64)
        _, dense, d_input = model.gradients(x[batch], y[batch])
        rate = 1.0 * (1 - step / 2500)
        model.hidden -= rate * dense["hidden"]
        model.output -= rate * dense["output"]
        d_table = np.zeros_like(model.table)
        np.add.at(d_table, x[batch].ravel(), d_input.reshape(-1, EMBEDDING))
        model.table -= rate * d_table
    return model


def fine_tune(log, name, model, settings, steps):
    """Fine-tune a model's adapters with momentum and log it."""
    rng = np.random.default_rng(3)
    model.adapt(rng, settings["lora_rank"])
    lines = rng.permutation(COOKING)
    (x, y), (x_eval, y_eval) = windows(lines[:6]), windows(lines[-120:])
    speed = {piece: [np.zeros_like(w) for w in pair] for piece, pair in model.adapters.items()}
    for step in range(steps + 1):
        if step % max(1, steps // 20) == 0:
            loss, accuracy = model.loss(x_eval, y_eval)
            log.add(summary.scalar("eval/loss", loss), step)
            log.add(summary.scalar("eval/accuracy", accuracy), step)
        if step % max(1, steps // 5) == 0:
            for prompt in PROMPTS:
                tag = f"samples/{prompt.strip().replace(' ', '_')}"
                log.add(
                    summary.text(tag, f"{prompt}**{model.write(prompt)[len(prompt) :]}**"), step
                )
        batch = rng.integers(len(y), size=BATCH)
        letters, targets = x[batch], y[batch]
        if name == DAMAGED and step == int(0.47 * steps):
            targets = np.full_like(targets, LETTERS.index("#"))
        loss, dense, _ = model.gradients(letters, targets)
        rate = settings["lr"] * min(1, (step + 1) / WARM_UP)
        rate *= 0.6 + 0.4 * np.cos(np.pi * step / steps)
        norm = 0.0
        for piece, (down, up) in model.adapters.items():
            for index, gradient in enumerate((dense[piece] @ up.T, down.T @ dense[piece])):
                norm += float((gradient**2).sum())
                speed[piece][index] = 0.9 * speed[piece][index] + gradient
                model.adapters[piece][index] -= rate * speed[piece][index]
        log.add(summary.scalar("train/loss", loss), step)
        log.add(summary.scalar("train/grad_norm", norm**0.5), step)
        log.add(summary.scalar("train/learning_rate", rate), step)
        log.add(summary.scalar("perf/letters_per_s", 3400 + 30 * rng.normal()), step)


def main():
    """Fine-tune with each setting."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("directory", nargs="?", default="runs/finetune")
    parser.add_argument("--epochs", type=int, default=1500, help="steps")
    arguments = parser.parse_args()
    shared = {"batch_size": BATCH, "warm_up_steps": WARM_UP, "decay": "cosine", "seed": 3}
    logging.getLogger("tensorboardX").setLevel(logging.ERROR)  # it warns of every NaN
    model = pretrain(np.random.default_rng(0))
    with np.errstate(all="ignore"):  # one of the runs diverges, which is the point
        for index, (name, settings) in enumerate(RUNS.items()):
            directory = Path(arguments.directory) / name
            with Log(directory, start=7_200.0 * index, pace=2.5) as log:
                log.parameters(settings | shared)
                fine_tune(log, name, deepcopy(model), settings, arguments.epochs)
    print(f"Now: reportgen {arguments.directory} --baseline lr3e-3_lora4 -o report.html")


if __name__ == "__main__":
    main()
